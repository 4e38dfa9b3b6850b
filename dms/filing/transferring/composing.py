"""Composing a hand-over: the batch and the lines of its list, until somebody signs it.

What always holds:
- A list changes only while it is a draft or was returned; what was signed stays as it was signed.
- A paper stands on one open list, and once.
- Nothing is removed: a batch that is given up stays, with the reason, and its number stays spent.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date

from dms.archive import Archive, ItemNotFound, item_for
from dms.domain.actor import Actor, Permission
from dms.domain.clock import local_day
from dms.domain.day import FIRST_YEAR, LAST_YEAR
from dms.domain.item import CopyKind, Item, ItemMedium, ItemState
from dms.domain.one_line import one_line
from dms.domain.transfer import TransferBatch, TransferLine, TransferState
from dms.errors import Bilingual
from dms.filing.transferring.deadlines import MAX_REASON_CHARACTERS, due_by
from dms.filing.transferring.errors import (
    PaperListedAlready,
    ReasonMissing,
    TransferDepartmentBarred,
    TransferFactInvalid,
)
from dms.filing.transferring.finding import CHANGEABLE, RUNNING, batch_for, line_in, subject_of, within
from dms.store import UnitOfWork

MAX_TITLE_CHARACTERS = 200
MAX_NAME_CHARACTERS = 60
MOST_PAGES = 100_000
_GONE = frozenset({ItemState.WITHDRAWN, ItemState.DESTROYED})


@dataclass(frozen=True, slots=True, kw_only=True)
class TransferStated:
    """What a person states about a hand-over."""

    from_department: str
    from_person: str
    rule_code: str = ""
    """The deadline rule; empty for none."""
    begun_on: date | None = None
    """The event from which the time counts; None for today."""
    year: int | None = None
    """None for the year of that event."""
    remark: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class LineStated:
    """A paper that nobody scanned yet, as it is written on the list."""

    title: str
    contract_no: str = ""
    copy_kind: CopyKind = CopyKind.UNKNOWN
    pages: int | None = None
    sheets: int | None = None
    medium: ItemMedium = ItemMedium.PAPER


def begin_transfer(actor: Actor, stated: TransferStated, *, archive: Archive) -> TransferBatch:
    """A new draft; it has no number before it is handed over.

    Raises `TransferFactInvalid`, `TransferDepartmentBarred` or `DeadlineRuleUnknown`.
    """
    actor.require(Permission.RECEIVE)
    with archive.begin() as work:
        draft = TransferBatch(
            id=0, number="", from_department="", year=0, from_person="", rule_code="", begun_on=_today(archive),
            due_on=None,
        )  # fmt: skip
        batch = work.transfers.add(_as_stated(actor, draft, stated, work=work))
        archive.record(work, actor, "transfer_begun", subject_of(batch), department=batch.from_department)
    return batch


def change_transfer(actor: Actor, transfer_id: int, stated: TransferStated, *, archive: Archive) -> TransferBatch:
    """The batch with its facts replaced and its deadline counted anew; an extension that was granted stays.

    Raises what `begin_transfer` raises, `TransferNotFound` or `TransferStateUnfit`.
    """
    actor.require(Permission.RECEIVE)
    with archive.begin() as work:
        batch = batch_for(actor, transfer_id, *CHANGEABLE, work=work)
        changed = _as_stated(actor, batch, stated, work=work)
        # The number names the year in which it was given.
        changed = replace(changed, year=batch.year) if batch.number else changed
        work.transfers.change(changed)
        archive.record(work, actor, "transfer_changed", subject_of(batch), department=changed.from_department)
    return changed


def list_papers(actor: Actor, transfer_id: int, references: Sequence[str], *, archive: Archive) -> int:
    """How many papers were put on the list: each named by its id or its reference code.

    Raises `TransferNotFound`, `TransferStateUnfit`, `ItemNotFound` or `PaperListedAlready`; then none was.
    """
    actor.require(Permission.RECEIVE)
    wanted = dict.fromkeys(filter(None, map(one_line, references)))
    with archive.begin() as work:
        batch = batch_for(actor, transfer_id, *CHANGEABLE, work=work)
        papers = [_paper(actor, reference, work=work) for reference in wanted]
        for paper in papers:
            _check_unlisted(actor, paper, work=work)
            work.transfers.add_line(_line_of(paper, batch, work=work))
        archive.record(work, actor, "transfer_listed", subject_of(batch), items=len(papers))
    return len(papers)


def list_unscanned(actor: Actor, transfer_id: int, lines: Iterable[LineStated], *, archive: Archive) -> int:
    """How many typed lines were put on the list, for papers that nobody scanned yet.

    Raises `TransferNotFound`, `TransferStateUnfit` or `TransferFactInvalid`; then none was.
    """
    actor.require(Permission.RECEIVE)
    tidy = [_checked(line) for line in lines]
    with archive.begin() as work:
        batch = batch_for(actor, transfer_id, *CHANGEABLE, work=work)
        for line in tidy:
            work.transfers.add_line(_typed(line, batch))
        archive.record(work, actor, "transfer_listed", subject_of(batch), items=len(tidy))
    return len(tidy)


def unlist(actor: Actor, transfer_id: int, line_id: int, *, archive: Archive) -> TransferLine:
    """The line that was taken off the list; the others move up.

    Raises `TransferNotFound`, `TransferStateUnfit` or `LineNotThere`.
    """
    actor.require(Permission.RECEIVE)
    with archive.begin() as work:
        batch = batch_for(actor, transfer_id, *CHANGEABLE, work=work)
        removed = line_in(batch, line_id, work=work)
        rest = [line for line in work.transfers.lines(batch.id) if line.id != removed.id]
        work.transfers.state_lines(batch.id, rest)
        archive.record(work, actor, "transfer_unlisted", subject_of(batch), title=removed.title)
    return removed


def tie_paper(actor: Actor, transfer_id: int, line_id: int, reference: str, *, archive: Archive) -> None:
    """Say which scanned paper a typed line has become; what the line says of it stays as it was signed.

    Raises `TransferNotFound`, `LineNotThere`, `ItemNotFound` or `PaperListedAlready`.
    """
    actor.require(Permission.CONFIRM)
    with archive.begin() as work:
        batch = batch_for(actor, transfer_id, *RUNNING, TransferState.ACCEPTED, work=work)
        line = line_in(batch, line_id, work=work)
        if line.item_key is not None:
            raise PaperListedAlready(line.title, batch.number or None)
        paper = _paper(actor, one_line(reference), work=work)
        _check_unlisted(actor, paper, work=work)
        work.transfers.tie(line.id, paper.key)
        archive.record(work, actor, "transfer_line_tied", subject_of(batch), item=paper.id, title=line.title)


def withdraw_transfer(actor: Actor, transfer_id: int, reason: str, *, archive: Archive) -> TransferBatch:
    """The batch, given up for this reason; its number, if it had one, is void and never given again.

    Raises `TransferNotFound`, `TransferStateUnfit` or `ReasonMissing`.
    """
    actor.require(Permission.RECEIVE)
    told = within(one_line(reason), MAX_REASON_CHARACTERS, "撤销原因", "reason")
    if not told:
        raise ReasonMissing
    with archive.begin() as work:
        batch = batch_for(actor, transfer_id, *CHANGEABLE, work=work)
        withdrawn = replace(batch, state=TransferState.WITHDRAWN, remark=f"{batch.remark} 撤销：{told}".strip())
        work.transfers.change(withdrawn)
        if batch.number:
            work.numbers.void(batch.number, told, archive.now())
        archive.record(work, actor, "transfer_withdrawn", subject_of(batch), reason=told)
    return withdrawn


def _as_stated(actor: Actor, batch: TransferBatch, stated: TransferStated, *, work: UnitOfWork) -> TransferBatch:
    department, person = one_line(stated.from_department), one_line(stated.from_person)
    for name, zh, en in ((department, "移交部门", "department"), (person, "移交人", "person who hands over")):
        if not name:
            raise TransferFactInvalid(
                Bilingual(f"没有填写{zh}。", f"The {en} is missing."), Bilingual("请填写。", "State it.")
            )
        within(name, MAX_NAME_CHARACTERS, zh, en)
    if actor.departments is not None and department not in actor.departments:
        raise TransferDepartmentBarred(department)
    begun_on = stated.begun_on or batch.begun_on
    return replace(
        batch,
        from_department=department,
        from_person=person,
        rule_code=stated.rule_code,
        begun_on=begun_on,
        year=_year(stated.year or begun_on.year),
        due_on=due_by(stated.rule_code, begun_on, work=work),
        remark=within(one_line(stated.remark), MAX_TITLE_CHARACTERS, "备注", "remark"),
    )


def _year(year: int) -> int:
    if not FIRST_YEAR <= year <= LAST_YEAR:
        raise TransferFactInvalid(
            Bilingual(f"年度“{year}”不对。", f"{year} is no year of papers."),
            Bilingual("年度应为四位数字，例如 2026。", "Give four digits, for example 2026."),
        )
    return year


def _paper(actor: Actor, reference: str, *, work: UnitOfWork) -> Item:
    """The paper of this id or reference code; one that was rejected or destroyed is not there."""
    item_id = work.items.with_code(reference, actor=actor) or reference
    paper = item_for(actor, item_id, work=work)
    if paper.state in _GONE:
        raise ItemNotFound(reference)
    return paper


def _check_unlisted(actor: Actor, paper: Item, *, work: UnitOfWork) -> None:
    listed = next((batch for batch in work.transfers.of_item(paper.key) if batch.state in RUNNING), None)
    if listed is not None:
        known = work.transfers.known(listed.id, actor=actor)
        raise PaperListedAlready(paper.title, known.number or None if known else None)


def _line_of(paper: Item, batch: TransferBatch, *, work: UnitOfWork) -> TransferLine:
    stated = paper.classification
    contract_no = work.contracts.get(stated.contract_id).number if stated.contract_id else paper.claimed_contract_no
    return TransferLine(
        id=0,
        batch_id=batch.id,
        position=0,
        item_key=paper.key,
        title=paper.title,
        contract_no=contract_no,
        copy_kind=stated.copy_kind,
        pages=paper.pages_total,
        sheets=stated.sheets,
        medium=stated.medium,
    )


def _checked(line: LineStated) -> LineStated:
    title = within(one_line(line.title), MAX_TITLE_CHARACTERS, "题名", "title")
    if not title:
        raise TransferFactInvalid(
            Bilingual("没有填写题名。", "The title is missing."), Bilingual("请填写资料的题名。", "State the title.")
        )
    if any(count is not None and not 0 < count <= MOST_PAGES for count in (line.pages, line.sheets)):
        raise TransferFactInvalid(
            Bilingual(f"“{title}”的页数或张数不对。", f"The pages or sheets of “{title}” cannot be right."),
            Bilingual("请填写大于零的整数，不知道的留空。", "Give whole numbers above nought, or leave them empty."),
        )
    contract_no = within(one_line(line.contract_no), MAX_NAME_CHARACTERS, "合同编号", "contract number")
    return replace(line, title=title, contract_no=contract_no)


def _typed(line: LineStated, batch: TransferBatch) -> TransferLine:
    return TransferLine(
        id=0,
        batch_id=batch.id,
        position=0,
        item_key=None,
        title=line.title,
        contract_no=line.contract_no,
        copy_kind=line.copy_kind,
        pages=line.pages,
        sheets=line.sheets,
        medium=line.medium,
    )


def _today(archive: Archive) -> date:
    return local_day(archive.now())
