"""What may still happen to a paper in a sealed volume: by two persons, with a note, and under a new seal.

What always holds:
- G1 Two persons, a reason, a line in the filing note and a new seal, in one transaction; the old seal stays.
- G2 A number that was given stays given: a paper that is moved out keeps its old code as a former one, and the code is
  void with the reason.
- G3 The text index and the journal follow in the same transaction.
"""

from collections.abc import Mapping
from dataclasses import dataclass, fields, replace
from datetime import date
from enum import Enum
from typing import Any

from dms.archive import Archive, customer_to_file_for, require_use, series_with_code, type_with_code
from dms.domain.actor import Actor, Permission
from dms.domain.day import FIRST_YEAR, LAST_YEAR
from dms.domain.item import Classification, CopyKind, Item, PartySide
from dms.domain.one_line import one_line
from dms.domain.policy import Use
from dms.domain.volume import NoteKind, Volume, VolumeSeal
from dms.errors import Bilingual
from dms.filing.errors import PaperFactInvalid
from dms.filing.sealing.binding_up import seal_anew
from dms.filing.sealing.errors import NothingToAmend
from dms.filing.sealing.noting import add_note, corrected_edition
from dms.filing.sealing.reaching import reason_given, require_second, require_whole, sealed_in
from dms.store import UnitOfWork

MAX_TEXT_CHARACTERS = 200


@dataclass(frozen=True, slots=True, kw_only=True)
class Amendment:
    """What the catalogue should say of a sealed paper; None leaves a fact as it is."""

    title: str | None = None
    doc_no: str | None = None
    author: str | None = None
    doc_on: date | None = None
    type_code: str | None = None
    copy_kind: CopyKind | None = None
    side: PartySide | None = None
    sheets: int | None = None
    remark: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Destination:
    """Where a paper belongs that was filed in the wrong place."""

    customer_code: str
    series_code: str
    year: int


_NAMES: dict[str, str] = {
    "title": "题名",
    "doc_no": "文号",
    "author": "责任者",
    "doc_on": "日期",
    "type_code": "类型",
    "copy_kind": "稿本",
    "side": "来源方",
    "sheets": "张数",
    "remark": "备注",
}


_WORDS: dict[object, str] = {
    CopyKind.UNKNOWN: "未注明",
    CopyKind.ORIGINAL: "原件正本",
    CopyKind.COUNTERPART: "原件副本",
    CopyKind.COPY: "复印件",
    CopyKind.BORN_DIGITAL: "电子原生",
    PartySide.UNKNOWN: "未注明",
    PartySide.OWN: "本单位",
    PartySide.CUSTOMER: "客户",
    PartySide.GUARANTOR: "担保方",
    PartySide.THIRD: "第三方",
}
"""What stands in the filing note, which is written in Chinese whoever writes it."""


def amend(
    actor: Actor, second: Actor, item_id: str, amendment: Amendment, reason: str, *, archive: Archive
) -> VolumeSeal:
    """The new seal after a fact of a sealed paper was corrected; printed lists are issued anew as 更正版.

    Raises `ReasonMissing`, `ItemNotFound`, `PaperNotInVolume`, `SamePersonTwice`, `VolumePartlyHidden`,
    `PaperFactInvalid`, `TypeNotFound` or `NothingToAmend`.
    """
    actor.require(Permission.CONFIRM)
    given = reason_given(reason)
    with archive.begin() as work:
        item, volume = _to_be_changed(actor, second, item_id, work=work)
        require_use(actor, Use.CHANGE, item, work=work)
        wanted = _amended(item.classification, amendment, work=work)
        before, after = _difference(item.classification, wanted)
        work.items.classify(item.key, wanted)
        edition = corrected_edition(volume.id, work=work) + 1
        text = f"更正版 {edition}：{before} → {after}，{given}"
        details = {"before": before, "after": after, "reason": given, "second": second.name}
        return _done(
            actor, second, item, volume, NoteKind.AMENDED, text, "paper_amended", details, archive=archive, work=work
        )


def move_out(
    actor: Actor, second: Actor, item_id: str, destination: Destination, reason: str, *, archive: Archive
) -> Item:
    """The paper, now lying loose where it belongs; its row in the sealed volume is struck through (移出).

    Raises `ReasonMissing`, `ItemNotFound`, `PaperNotInVolume`, `SamePersonTwice`, `VolumePartlyHidden`,
    `CustomerNotFound`, `SeriesNotFound`, `PaperFactInvalid` or `NothingToAmend`.
    """
    actor.require(Permission.MANAGE_CUSTOMERS)
    given = reason_given(reason)
    with archive.begin() as work:
        item, volume = _to_be_changed(actor, second, item_id, work=work)
        require_use(actor, Use.CHANGE, item, work=work)
        wanted = _redirected(actor, item.classification, destination, work=work)
        open_id = work.volumes.open_for(
            customer_id=wanted.customer_id or 0, series_code=destination.series_code, year=destination.year
        )
        code = item.placement.reference_code if item.placement else None
        work.items.unplace(item.key, to_volume_id=open_id)
        work.items.classify(item.key, wanted)
        target = f"{destination.customer_code}·{destination.series_code}·{destination.year}"
        if code:
            work.numbers.void(code, f"移出至 {target}：{given}", archive.now())  # G2
        arrived = work.volumes.get(open_id, actor=actor)
        into = f"由 {code or volume.reference_code} 移入：{given}"
        add_note(actor, arrived, NoteKind.ADDED, into, archive=archive, work=work, second=second, item=item)
        details = {"before": code, "after": target, "reason": given, "second": second.name}
        text = f"移出至 {target}：{given}"
        _done(
            actor,
            second,
            item,
            volume,
            NoteKind.MOVED_OUT,
            text,
            "paper_moved_out",
            details,
            archive=archive,
            work=work,
        )
        return work.items.get(item.key)


def give_back_original(actor: Actor, second: Actor, item_id: str, reason: str, *, archive: Archive) -> VolumeSeal:
    """The new seal after the owner took the original with him (客户取走原件): what remains is a copy.

    Raises `ReasonMissing`, `ItemNotFound`, `PaperNotInVolume`, `SamePersonTwice`, `VolumePartlyHidden` or, where it
    is a copy already, `NothingToAmend`.
    """
    return amend(
        actor,
        second,
        item_id,
        Amendment(copy_kind=CopyKind.COPY),
        f"所有人取走原件：{reason_given(reason)}",
        archive=archive,
    )


def note_destruction(actor: Actor, second: Actor, item_id: str, *, archive: Archive) -> VolumeSeal:
    """The new seal after a paper of the volume was destroyed under an approved list: the row stays, and says so.

    Raises `ItemNotFound`, `PaperNotInVolume`, `SamePersonTwice`, or `NothingToAmend` where it was not destroyed.
    """
    actor.require(Permission.CONFIRM)
    with archive.begin() as work:
        item, volume = _to_be_changed(actor, second, item_id, work=work)
        proof = work.destructions.of_item(item.id)
        if proof is None:
            raise NothingToAmend
        text = f"已销毁，销毁清册 {proof.authority}"
        details = {"authority": proof.authority, "second": second.name}
        return _done(
            actor, second, item, volume, NoteKind.DESTROYED, text, "volume_noted", details, archive=archive, work=work
        )


def _to_be_changed(actor: Actor, second: Actor, item_id: str, *, work: UnitOfWork) -> tuple[Item, Volume]:
    item, volume = sealed_in(actor, item_id, work=work)
    require_whole(actor, volume.id, work=work)
    require_second(actor, second, volume.id, work=work)  # G1
    return item, volume


def _done(  # noqa: PLR0913 -- G1 and G3 in one place
    actor: Actor,
    second: Actor,
    item: Item,
    volume: Volume,
    kind: NoteKind,
    text: str,
    action: str,
    details: Mapping[str, str | None],
    *,
    archive: Archive,
    work: UnitOfWork,
) -> VolumeSeal:
    add_note(actor, volume, kind, text, archive=archive, work=work, second=second, item=item)
    seal = seal_anew(actor, second, volume.id, text, archive=archive, work=work)
    archive.index_item(work, item.key)
    archive.record(work, actor, action, item.id, volume=volume.id, **details)
    return seal


def _amended(known: Classification, amendment: Amendment, *, work: UnitOfWork) -> Classification:
    stated: dict[str, Any] = {each.name: getattr(amendment, each.name) for each in fields(Amendment)}
    texts: dict[str, Any] = {name: _on_one_line(value) for name, value in stated.items()}
    _check_possible(amendment, texts)
    if amendment.type_code is not None:
        type_with_code(amendment.type_code, work=work)
    return replace(known, **{name: value for name, value in texts.items() if value is not None})


def _on_one_line(value: object) -> object:
    """Texts on a single line; an enum is text too, and stays what it is."""
    return one_line(value) if isinstance(value, str) and not isinstance(value, Enum) else value


def _check_possible(amendment: Amendment, texts: Mapping[str, object]) -> None:
    too_long = any(isinstance(value, str) and len(value) > MAX_TEXT_CHARACTERS for value in texts.values())
    year = amendment.doc_on.year if amendment.doc_on else FIRST_YEAR
    sheets = amendment.sheets if amendment.sheets is not None else 0
    if too_long or texts["title"] == "" or not FIRST_YEAR <= year <= LAST_YEAR or sheets < 0:
        raise PaperFactInvalid(
            Bilingual("更正的内容不合常理。", "The corrected fact cannot be right."),
            Bilingual(
                f"题名不能为空，文字在 {MAX_TEXT_CHARACTERS} 字以内，日期在 {FIRST_YEAR} 年至 {LAST_YEAR} 年之间。",
                f"State a title, texts of at most {MAX_TEXT_CHARACTERS} characters, and a date between {FIRST_YEAR} "
                f"and {LAST_YEAR}.",
            ),
        )


def _difference(known: Classification, wanted: Classification) -> tuple[str, str]:
    changed = [name for name in _NAMES if getattr(known, name) != getattr(wanted, name)]
    if not changed:
        raise NothingToAmend
    return _told(known, changed), _told(wanted, changed)


def _told(stated: Classification, names: list[str]) -> str:
    values = ((name, getattr(stated, name)) for name in names)
    return "、".join(f"{_NAMES[name]}“{_WORDS.get(value, value) or '空'}”" for name, value in values)


def _redirected(actor: Actor, known: Classification, destination: Destination, *, work: UnitOfWork) -> Classification:
    customer = customer_to_file_for(actor, destination.customer_code, work=work)
    series = series_with_code(destination.series_code, work=work)
    if not FIRST_YEAR <= destination.year <= LAST_YEAR:
        raise PaperFactInvalid(
            Bilingual("年度不合常理。", "The year cannot be right."),
            Bilingual(f"请填写 {FIRST_YEAR} 至 {LAST_YEAR} 年。", f"State one between {FIRST_YEAR} and {LAST_YEAR}."),
        )
    if (known.customer_id, known.series_code, known.year) == (customer.id, series.code, destination.year):
        raise NothingToAmend
    contract_id = known.contract_id if customer.id == known.customer_id else None
    return replace(
        known, customer_id=customer.id, series_code=series.code, year=destination.year, contract_id=contract_id
    )
