"""Handing title documents over 权证移交, apart from ordinary papers and at once, with a slip of their own (C7-02).

What always holds:
1. The list is fixed when it is handed over: its digest is kept with the signatures, and nothing of it changes then.
2. Name, number and quantity of every line are checked by the archive, and again by the custodian (C7-04).
3. The three parties are three persons, each with an account of his own.
4. Taken over is only what agrees; what does not agree goes back, is corrected, and is signed anew.
5. What was taken over stands on the ledger from that moment, and waits for the safe.
"""

import hashlib
import json
from collections.abc import Sequence
from dataclasses import dataclass, replace

from dms.archive import Archive, customer_for, is_working_day, item_for
from dms.custody.titles.errors import (
    TitleFactInvalid,
    TitleLineNotThere,
    TitleListedAlready,
    TitleSignedTwice,
    TitleSlipDisagrees,
    TitleSlipEmpty,
)
from dms.custody.titles.reaching import (
    MAX_NAME_CHARACTERS,
    MAX_REASON_CHARACTERS,
    check_kind,
    reason_given,
    safe_with_code,
    sign,
    slip_for,
    within,
    year_of,
)
from dms.domain.actor import Actor, Permission
from dms.domain.clock import local_day
from dms.domain.contract_number import folded_number
from dms.domain.one_line import one_line
from dms.domain.title_document import TitleDocument, TitleFacts
from dms.domain.title_slip import LineCheck, SlipLine, SlipRole, SlipSignature, SlipState, TitleSlip
from dms.domain.working_days import after_working_days
from dms.errors import Bilingual
from dms.store import UnitOfWork

MOST_PIECES = 1000
WORKING_DAYS_TO_HAND_OVER = 1
"""第一时间移交: on the next working day at the latest, unless the company sets another time."""
DAYS_SETTING = "title_working_days_to_hand_over"
_CHANGEABLE = (SlipState.DRAFT, SlipState.RETURNED)
_CHECKED_IN = {SlipRole.CHECKER: SlipState.HANDED_OVER, SlipRole.CUSTODIAN: SlipState.CHECKED}


@dataclass(frozen=True, slots=True, kw_only=True)
class SlipStated:
    """What a person states about a slip."""

    customer_code: str
    contract_no: str = ""
    from_department: str
    remark: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class TitleStated:
    """One title document as it is written on a slip."""

    facts: TitleFacts
    item_id: str = ""
    """The scan of it; empty where there is none."""


@dataclass(frozen=True, slots=True, kw_only=True)
class LineChecked:
    """What one party says of one line."""

    line_id: int
    check: LineCheck


def begin_slip(actor: Actor, stated: SlipStated, *, archive: Archive) -> TitleSlip:
    """A new draft; it has no number before it is handed over.

    Raises `CustomerNotFound`, `TitleFactInvalid` or `TitleSignatureNeedsPerson`.
    """
    actor.require(Permission.RECEIVE)
    with archive.begin() as work:
        customer = customer_for(actor, stated.customer_code, work=work)
        department = within(one_line(stated.from_department), MAX_NAME_CHARACTERS, "移交部门", "department")
        if not department:
            raise _missing("移交部门", "department")
        today = local_day(archive.now())
        days = work.settings.number(DAYS_SETTING, WORKING_DAYS_TO_HAND_OVER)
        slip = work.title_slips.add(
            TitleSlip(
                id=0,
                number="",
                customer_id=customer.id,
                contract_id=_contract(customer.id, stated.contract_no, work=work),
                from_department=department,
                begun_on=today,
                begun_by=sign(actor),
                due_on=after_working_days(today, days, is_working_day),
                remark=within(one_line(stated.remark), MAX_REASON_CHARACTERS, "备注", "remark"),
            )
        )
        archive.record(work, actor, "title_slip_begun", _subject(slip), customer_code=customer.facts.code)
    return slip


def list_title(actor: Actor, slip: str | int, stated: TitleStated, *, archive: Archive) -> SlipLine:
    """The line that was put on the slip.

    Raises `TitleSlipNotFound`, `TitleSlipStateUnfit`, `TitleFactInvalid`, `TitleKindUnknown`, `TitleListedAlready`
    or `ItemNotFound`.
    """
    actor.require(Permission.RECEIVE)
    with archive.begin() as work:
        found = slip_for(actor, slip, *_CHANGEABLE, work=work)
        facts = checked_facts(stated.facts, work=work)
        lines = work.title_slips.lines(found.id)
        if any(_same(line.facts, facts) for line in lines):
            raise TitleListedAlready(facts.certificate_no)
        refuse_second(facts, work=work)
        item = item_for(actor, stated.item_id, work=work) if stated.item_id else None
        added = SlipLine(id=0, slip_id=found.id, position=0, facts=facts, item_key=item.key if item else None)
        work.title_slips.state_lines(found.id, [*lines, added])
        archive.record(work, actor, "title_listed", _subject(found), title=facts.name, number=facts.certificate_no)
        return work.title_slips.lines(found.id)[-1]


def unlist_title(actor: Actor, slip: str | int, line_id: int, *, archive: Archive) -> SlipLine:
    """The line that was taken off the slip; the others move up.

    Raises `TitleSlipNotFound`, `TitleSlipStateUnfit` or `TitleLineNotThere`.
    """
    actor.require(Permission.RECEIVE)
    with archive.begin() as work:
        found = slip_for(actor, slip, *_CHANGEABLE, work=work)
        lines = work.title_slips.lines(found.id)
        removed = next((line for line in lines if line.id == line_id), None)
        if removed is None:
            raise TitleLineNotThere(str(line_id))
        work.title_slips.state_lines(found.id, [line for line in lines if line.id != line_id])
        archive.record(work, actor, "title_unlisted", _subject(found), title=removed.facts.name)
    return removed


def hand_titles_over(actor: Actor, slip: str | int, *, archive: Archive) -> TitleSlip:
    """The slip, numbered and signed by whoever hands over; from now on its list stands (1, 3).

    Raises `TitleSlipNotFound`, `TitleSlipStateUnfit`, `TitleSlipEmpty` or `TitleSignatureNeedsPerson`.
    """
    actor.require(Permission.RECEIVE)
    name = sign(actor)
    with archive.begin() as work:
        found = slip_for(actor, slip, *_CHANGEABLE, work=work)
        lines = [replace(line, checker=None, custodian=None) for line in work.title_slips.lines(found.id)]
        if not lines:
            raise TitleSlipEmpty
        work.title_slips.state_lines(found.id, lines)
        numbered = replace(found, number=found.number or work.title_slips.next_number(year_of(archive)))
        handed = replace(
            numbered,
            state=SlipState.HANDED_OVER,
            list_digest=slip_digest(numbered, lines),
            signatures=(SlipSignature(role=SlipRole.GIVER, user_name=name, signed_at=archive.now()),),
        )
        work.title_slips.change(handed)
        told: dict[str, str | int] = {"number": handed.number, "sha256": handed.list_digest, "items": len(lines)}
        archive.record(work, actor, "titles_handed_over", _subject(handed), **told)
    return handed


def check_titles(actor: Actor, slip: str | int, found: Sequence[LineChecked], *, archive: Archive) -> TitleSlip:
    """The slip, with what the party whose turn it is found of these lines; nothing is signed by it (2).

    Raises `TitleSlipNotFound`, `TitleSlipStateUnfit`, `TitleLineNotThere` or `TitleSignedTwice`.
    """
    with archive.begin() as work:
        kept = slip_for(actor, slip, *_CHECKED_IN.values(), work=work)
        role = next(role for role, state in _CHECKED_IN.items() if state is kept.state)
        actor.require(_permission(role))
        _another_party(actor, kept)
        known = {line.id for line in work.title_slips.lines(kept.id)}
        for each in found:
            if each.line_id not in known:
                raise TitleLineNotThere(str(each.line_id))
            work.title_slips.check(each.line_id, role, _tidy(each.check))
        archive.record(work, actor, "titles_checked", _subject(kept), items=len(found))
    return kept


def sign_checked(actor: Actor, slip: str | int, *, archive: Archive) -> TitleSlip:
    """The slip, signed by the archive: every line agrees (2, 3).

    Raises `TitleSlipNotFound`, `TitleSlipStateUnfit`, `TitleSlipDisagrees`, `TitleSignedTwice` or
    `TitleSignatureNeedsPerson`.
    """
    actor.require(Permission.CONFIRM)
    with archive.begin() as work:
        kept = slip_for(actor, slip, SlipState.HANDED_OVER, work=work)
        _require_agreement(work.title_slips.lines(kept.id), SlipRole.CHECKER)
        signed = replace(_signed(actor, kept, SlipRole.CHECKER, archive), state=SlipState.CHECKED)
        work.title_slips.change(signed)
        archive.record(work, actor, "titles_check_signed", _subject(kept), number=kept.number)
    return signed


def take_titles_over(actor: Actor, slip: str | int, safe_code: str, *, archive: Archive) -> list[TitleDocument]:
    """The title documents, on the ledger from now on and waiting for this safe (3, 4, 5).

    Raises `TitleSlipNotFound`, `TitleSlipStateUnfit`, `TitleSlipDisagrees`, `TitleSignedTwice`, `SafeNotFound`,
    `TitleListedAlready` or `TitleSignatureNeedsPerson`.
    """
    actor.require(Permission.KEEP_TITLES)
    with archive.begin() as work:
        kept = slip_for(actor, slip, SlipState.CHECKED, work=work)
        safe = safe_with_code(safe_code, work=work)
        lines = work.title_slips.lines(kept.id)
        _require_agreement(lines, SlipRole.CUSTODIAN)
        signed = replace(_signed(actor, kept, SlipRole.CUSTODIAN, archive), state=SlipState.ACCEPTED)
        work.title_slips.change(signed)
        registered = [_registered(line, kept, safe.id, archive, work=work) for line in lines]
        told: dict[str, str | int] = {"number": kept.number, "items": len(registered), "place": safe.code}
        archive.record(work, actor, "titles_taken_over", _subject(kept), **told)
    return registered


def return_titles(actor: Actor, slip: str | int, reason: str, *, archive: Archive) -> TitleSlip:
    """The slip, sent back by the archive or the custodian; what they found stays on its lines (4).

    Raises `TitleSlipNotFound`, `TitleSlipStateUnfit` or `TitleReasonMissing`.
    """
    told = reason_given(reason)
    with archive.begin() as work:
        kept = slip_for(actor, slip, *_CHECKED_IN.values(), work=work)
        actor.require(_permission(next(role for role, state in _CHECKED_IN.items() if state is kept.state)))
        returned = replace(kept, state=SlipState.RETURNED, signatures=())
        work.title_slips.change(returned)
        archive.record(work, actor, "titles_sent_back", _subject(kept), number=kept.number, reason=told)
    return returned


def withdraw_slip(actor: Actor, slip: str | int, reason: str, *, archive: Archive) -> TitleSlip:
    """The slip, given up for this reason; its number, if it had one, is never given again.

    Raises `TitleSlipNotFound`, `TitleSlipStateUnfit` or `TitleReasonMissing`.
    """
    actor.require(Permission.RECEIVE)
    told = reason_given(reason)
    with archive.begin() as work:
        kept = slip_for(actor, slip, *_CHANGEABLE, work=work)
        withdrawn = replace(kept, state=SlipState.WITHDRAWN, remark=f"{kept.remark} 撤销：{told}".strip())
        work.title_slips.change(withdrawn)
        archive.record(work, actor, "title_slip_withdrawn", _subject(kept), reason=told)
    return withdrawn


def slip_digest(slip: TitleSlip, lines: Sequence[SlipLine]) -> str:
    """SHA-256 (hex) of the list as it is signed: canonical JSON of its head and of what each line says."""
    rows = [[line.facts.kind_code, *map(str, _told(line.facts))] for line in lines]
    head = {"number": slip.number, "department": slip.from_department, "customer": slip.customer_id, "lines": rows}
    text = json.dumps(head, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    return hashlib.sha256(text.encode()).hexdigest()


def checked_facts(facts: TitleFacts, *, work: UnitOfWork) -> TitleFacts:
    """The facts as they are kept: on one line each, none missing; raises `TitleFactInvalid` or `TitleKindUnknown`."""
    check_kind(facts.kind_code, work=work)
    wanted = {"name": ("证名", "name"), "certificate_no": ("权证号", "number"), "right_holder": ("权利人", "holder")}
    texts = {field: one_line(getattr(facts, field)) for field in (*wanted, "issuer", "remark")}
    for field, (zh, en) in wanted.items():
        if not texts[field]:
            raise _missing(zh, en)
        within(texts[field], MAX_NAME_CHARACTERS, zh, en)
    within(texts["issuer"], MAX_NAME_CHARACTERS, "发证机关", "issuer")
    within(texts["remark"], MAX_REASON_CHARACTERS, "备注", "remark")
    if not 0 < facts.quantity <= MOST_PIECES:
        raise TitleFactInvalid(
            Bilingual("份数不对。", "The quantity cannot be right."),
            Bilingual(f"请填 1 到 {MOST_PIECES} 的整数。", f"Give a whole number from 1 to {MOST_PIECES}."),
        )
    if facts.value is not None and facts.value < 0:
        raise TitleFactInvalid(
            Bilingual("价值不能小于零。", "A value is not below nought."),
            Bilingual("请改正，不知道的留空。", "Correct it, or leave it empty."),
        )
    return replace(
        facts,
        name=texts["name"],
        certificate_no=texts["certificate_no"],
        right_holder=texts["right_holder"],
        issuer=texts["issuer"],
        remark=texts["remark"],
    )


def refuse_second(facts: TitleFacts, *, work: UnitOfWork) -> None:
    """Raise `TitleListedAlready` where such a certificate is in our hands already."""
    if work.titles.with_certificate(facts.certificate_no, facts.kind_code):
        raise TitleListedAlready(facts.certificate_no)


def _registered(
    line: SlipLine, slip: TitleSlip, location_id: int, archive: Archive, *, work: UnitOfWork
) -> TitleDocument:
    refuse_second(line.facts, work=work)
    title = TitleDocument(
        id=0,
        number="",
        facts=line.facts,
        customer_id=slip.customer_id,
        contract_id=slip.contract_id,
        item_key=line.item_key,
        slip_id=slip.id,
        location_id=location_id,
    )
    return work.titles.add(title, year=year_of(archive))


def _contract(customer_id: int, number: str, *, work: UnitOfWork) -> int | None:
    stated = one_line(number)
    if not stated:
        return None
    found = work.contracts.with_number(folded_number(stated), customer_id=customer_id)
    if not found:
        raise TitleFactInvalid(
            Bilingual(f"该客户没有合同“{stated}”。", f"The customer has no contract “{stated}”."),
            Bilingual("请核对合同编号，或留空。", "Check its number, or leave it empty."),
        )
    return found[0].id


def _permission(role: SlipRole) -> Permission:
    return Permission.CONFIRM if role is SlipRole.CHECKER else Permission.KEEP_TITLES


def _another_party(actor: Actor, slip: TitleSlip) -> None:
    if actor.name in {each.user_name for each in slip.signatures}:
        raise TitleSignedTwice(actor.name)


def _signed(actor: Actor, slip: TitleSlip, role: SlipRole, archive: Archive) -> TitleSlip:
    name = sign(actor)
    _another_party(actor, slip)
    given = SlipSignature(role=role, user_name=name, signed_at=archive.now())
    return replace(slip, signatures=(*slip.signatures, given))


def _require_agreement(lines: Sequence[SlipLine], role: SlipRole) -> None:
    found = {line.position: line.checker if role is SlipRole.CHECKER else line.custodian for line in lines}
    unchecked = [position for position, check in found.items() if check is None]
    differing = [position for position, check in found.items() if check is not None and not check.agrees]
    if unchecked or differing:
        raise TitleSlipDisagrees(unchecked, differing)


def _tidy(check: LineCheck) -> LineCheck:
    told = within(one_line(check.difference), MAX_REASON_CHARACTERS, "差异说明", "difference")
    return replace(check, difference=told)


def _same(one: TitleFacts, other: TitleFacts) -> bool:
    return (one.kind_code, one.certificate_no) == (other.kind_code, other.certificate_no)


def _told(facts: TitleFacts) -> tuple[object, ...]:
    return (facts.name, facts.certificate_no, facts.right_holder, facts.quantity, facts.value or "")


def _missing(zh: str, en: str) -> TitleFactInvalid:
    return TitleFactInvalid(Bilingual(f"没有填写{zh}。", f"The {en} is missing."), Bilingual("请填写。", "State it."))


def _subject(slip: TitleSlip) -> str:
    return f"title_slip:{slip.id}"
