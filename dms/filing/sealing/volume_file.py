"""A volume as a person sees it: its contents list with what was struck, its notes, its seals, where it stands.

Invariant: nothing about a paper shows that the asker may not see; not in the list, not in a note, not in a 互见 row.
"""

import json
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from dms.archive import Archive
from dms.domain.actor import Actor, Permission
from dms.domain.customer import Customer
from dms.domain.document_type import Series
from dms.domain.item import CopyKind, Item, ItemState
from dms.domain.location import Location
from dms.domain.retention import RetentionRule
from dms.domain.volume import FilingNoteLine, NoteKind, Volume, VolumeSeal
from dms.filing.sealing.keeping import KeptUntil, kept_until
from dms.filing.sealing.noting import corrected_edition
from dms.filing.sealing.reaching import as_known, sees_whole, volume_for
from dms.filing.sealing.statement import Json, items_stated
from dms.store import FiledPaper, UnitOfWork


class LineKind(StrEnum):
    """What a line of the contents list stands for."""

    PAPER = "paper"
    ANNEX = "annex"
    """Lies there without a number of its own."""
    DESTROYED = "destroyed"
    STRUCK = "struck"
    """移出: lay there when the volume was sealed."""
    REFERENCE = "reference"
    """互见: lies in another volume."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ContentsLine:
    """One line of the contents list 卷内目录."""

    kind: LineKind
    position: int | None
    """None for what is not in order yet, and for a 互见 row."""
    item_id: str
    reference_code: str | None
    title: str
    doc_no: str = ""
    author: str = ""
    doc_on: date | None = None
    year_note: str = ""
    pages: int = 0
    """Pages that bear writing."""
    sheets: int | None = None
    first_page: int | None = None
    last_page: int | None = None
    copy_kind: CopyKind = CopyKind.UNKNOWN
    grade: int | None = None
    remark: str = ""
    told: str = ""
    """For a line that is struck, destroyed or 互见: what the note says of it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class NoteShown:
    """One line of the filing note, with the paper it is about."""

    line: FilingNoteLine
    item_id: str = ""
    item_title: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class VolumeFile:
    """Everything about one volume that the asker may know."""

    volume: Volume
    customer: Customer | None
    """None for a collective volume."""
    series: Series
    lines: tuple[ContentsLine, ...]
    notes: tuple[NoteShown, ...]
    seals: tuple[VolumeSeal, ...]
    """The oldest first; their statements are empty here, see `seal_statement`."""
    is_whole: bool
    """Whether the asker may see every paper in it."""
    place: tuple[Location, ...]
    """Where it stands, from the outermost place; empty where nobody has said."""
    kept: KeptUntil
    terms: tuple[RetentionRule, ...]
    """The retention rules in force, for a choice."""
    corrected_edition: int
    """Which 更正版 its printed lists are; 0 for the first edition."""
    continues: Volume | None
    continued_by: tuple[Volume, ...]


def volume_file(actor: Actor, volume_id: int, *, archive: Archive) -> VolumeFile:
    """One volume with all that belongs to it; raises `VolumeNotFound`."""
    actor.require(Permission.CONSULT)
    with archive.looking() as view:
        (volume,) = as_known([volume_for(actor, volume_id, work=view)], work=view)
        seals = view.seals.of_volume(volume_id)
        visible = {item.key: item for item in view.items.of_volume(volume_id, actor=actor)}
        is_whole = sees_whole(actor, volume_id, work=view)
        return VolumeFile(
            volume=volume,
            customer=view.customers.get(volume.customer_id) if volume.customer_id is not None else None,
            series=next(each for each in view.scheme.all_series() if each.code == volume.series_code),
            lines=_contents(actor, volume_id, visible, seals, work=view),
            notes=_notes(actor, volume_id, work=view),
            seals=tuple(_without_statement(seal) for seal in seals),
            is_whole=is_whole,
            place=tuple(view.locations.path(volume.location_id)) if volume.location_id is not None else (),
            kept=kept_until(volume_id, work=view) if is_whole else _term_alone(volume, work=view),
            terms=tuple(view.retention.all()),
            corrected_edition=corrected_edition(volume_id, work=view),
            continues=_continued(actor, volume, work=view),
            continued_by=_continuations(actor, volume_id, work=view),
        )


def _term_alone(volume: Volume, *, work: UnitOfWork) -> KeptUntil:
    """The term as it stands on the spine; contracts of papers that the asker may not see would tell of them."""
    code = volume.retention_code
    return KeptUntil(rule=work.retention.with_code(code) if code else None, ends_on=None)


def _continued(actor: Actor, volume: Volume, *, work: UnitOfWork) -> Volume | None:
    before = work.volumes.find(volume.continuation_of, actor=actor) if volume.continuation_of is not None else None
    return as_known([before], work=work)[0] if before else None


def _continuations(actor: Actor, volume_id: int, *, work: UnitOfWork) -> tuple[Volume, ...]:
    found = work.volumes.with_ids(work.volumes.continuations(volume_id), actor=actor)
    return tuple(as_known([found[each] for each in sorted(found)], work=work))


def _without_statement(seal: VolumeSeal) -> VolumeSeal:
    values = {name: getattr(seal, name) for name in VolumeSeal.__dataclass_fields__}
    return VolumeSeal(**values | {"facts": ""})


def _contents(
    actor: Actor, volume_id: int, visible: dict[int, Item], seals: Sequence[VolumeSeal], *, work: UnitOfWork
) -> tuple[ContentsLine, ...]:
    papers = [paper for paper in work.volumes.items_of(volume_id) if paper.key in visible]
    lines = [_paper_line(paper, work=work) for paper in papers]
    lines += _struck_lines(actor, volume_id, {paper.key for paper in papers}, seals, work=work)
    lines.sort(key=lambda line: (line.position is None, line.position or 0, line.kind is not LineKind.STRUCK))
    return (*lines, *_reference_lines(actor, volume_id, work=work))


def _paper_line(paper: FiledPaper, *, work: UnitOfWork) -> ContentsLine:
    proof = work.destructions.of_item(paper.id) if paper.state is ItemState.DESTROYED else None
    living = LineKind.ANNEX if paper.is_annex else LineKind.PAPER
    return ContentsLine(
        kind=LineKind.DESTROYED if proof else living,
        position=paper.position,
        item_id=paper.id,
        reference_code=paper.reference_code,
        title=paper.title,
        doc_no=paper.doc_no,
        author=paper.author,
        doc_on=paper.doc_on,
        year_note=paper.year_note,
        pages=paper.pages_written,
        sheets=paper.sheets,
        first_page=paper.first_page,
        last_page=paper.last_page,
        copy_kind=paper.copy_kind,
        grade=paper.grade,
        remark=paper.remark,
        told=f"已销毁，销毁清册 {proof.authority}" if proof else "",
    )


def _struck_lines(
    actor: Actor, volume_id: int, present: set[int], seals: Sequence[VolumeSeal], *, work: UnitOfWork
) -> list[ContentsLine]:
    notes = [line for line in work.volume_notes.of_volume(volume_id) if line.kind is NoteKind.MOVED_OUT]
    moved = {line.item_key: line for line in notes if line.item_key is not None and line.item_key not in present}
    seen = {key: item for key in moved if (item := _seen(actor, key, work=work)) is not None}
    sealed = [items_stated(json.loads(seal.facts)) for seal in seals] if seen else []
    lines = []
    for key, item in seen.items():
        stated = next((facts[item.id] for facts in reversed(sealed) if item.id in facts), None)
        lines.append(_struck_line(item, stated, moved[key]))
    return lines


def _struck_line(item: Item, stated: Json | None, line: FilingNoteLine) -> ContentsLine:
    """The line as it was sealed; of a paper that went before the volume was sealed nothing but its title is known."""
    told = f"{line.text}；现编 {item.placement.reference_code}" if _code(item) and item.placement else line.text
    if stated is None:
        return ContentsLine(
            kind=LineKind.STRUCK, position=None, item_id=item.id, reference_code=None, title=item.title, told=told
        )
    return ContentsLine(
        kind=LineKind.STRUCK,
        position=stated["position"],
        item_id=item.id,
        reference_code=stated["reference_code"],
        title=stated["title"],
        doc_no=stated["doc_no"],
        author=stated["author"],
        doc_on=date.fromisoformat(stated["doc_on"]) if stated["doc_on"] else None,
        pages=sum(1 for _, is_blank, *_ in stated["pages"] if not is_blank),
        sheets=stated["sheets"],
        first_page=stated["first_page"],
        last_page=stated["last_page"],
        copy_kind=CopyKind(stated["copy_kind"]),
        remark=stated["remark"],
        told=told,
    )


def _reference_lines(actor: Actor, volume_id: int, *, work: UnitOfWork) -> Iterable[ContentsLine]:
    for reference in work.volume_notes.references(volume_id):
        item = _seen(actor, reference.item_key, work=work)
        if item is not None:
            told = f"互见 {_code(item) or item.id}：{reference.text}"
            stated = item.classification
            yield ContentsLine(
                kind=LineKind.REFERENCE,
                position=None,
                item_id=item.id,
                reference_code=None,
                title=item.title,
                doc_no=stated.doc_no,
                author=stated.author,
                doc_on=stated.doc_on,
                copy_kind=stated.copy_kind,
                told=told,
            )


def _notes(actor: Actor, volume_id: int, *, work: UnitOfWork) -> tuple[NoteShown, ...]:
    shown = []
    for line in work.volume_notes.of_volume(volume_id):
        item = _seen(actor, line.item_key, work=work) if line.item_key is not None else None
        if item is not None:
            shown.append(NoteShown(line=line, item_id=item.id, item_title=item.title))
        elif line.item_key is None:
            shown.append(NoteShown(line=line))
    return tuple(shown)


def _seen(actor: Actor, item_key: int, *, work: UnitOfWork) -> Item | None:
    return work.items.with_id(work.items.get(item_key).id, actor=actor)


def _code(item: Item) -> str | None:
    return item.placement.reference_code if item.placement else None
