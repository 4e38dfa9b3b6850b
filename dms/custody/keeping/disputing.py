"""The register of disputes: what is quarrelled about, with which contracts and papers, and how it ended.

What always holds:
- While a dispute is open no term of what is in it ends (see `dms.domain.due`, U1).
- Nothing leaves a dispute that is under hold.
"""

from dataclasses import dataclass, replace
from datetime import date

from dms.archive import Archive, text_for
from dms.custody.keeping.errors import DisputeFactInvalid, DisputeHeld, DisputeNumberTaken, DisputeStateUnfit
from dms.custody.keeping.holding import HoldShown, require_register, shown
from dms.custody.keeping.naming import Subject, contract_named, dispute_named, item_named, person, stated, subject
from dms.domain.actor import Actor, Permission
from dms.domain.clock import local_day
from dms.domain.dispute import Dispute, DisputeFacts, DisputeSubject
from dms.domain.hold import HoldTarget
from dms.domain.one_line import one_line
from dms.errors import Bilingual
from dms.store import UnitOfWork

MOST_NAME_CHARACTERS = 200
MOST_NUMBER_CHARACTERS = 60
MOST_PARTIES = 20


@dataclass(frozen=True, slots=True, kw_only=True)
class DisputeShown:
    """A dispute with what is in it and the holds on it."""

    dispute: Dispute
    contracts: tuple[Subject, ...]
    papers: tuple[Subject, ...]
    holds: tuple[HoldShown, ...]
    """Every hold that was ever placed on it, the newest first."""


def open_dispute(actor: Actor, facts: DisputeFacts, *, archive: Archive) -> Dispute:
    """The new dispute. Raises `PersonNeeded`, `DisputeFactInvalid` or `DisputeNumberTaken`."""
    actor.require(Permission.HOLD)
    person(actor)
    checked = _checked(facts, today=local_day(archive.now()))
    with archive.begin() as work:
        _refuse_taken(checked.number, work=work)
        dispute = work.disputes.add(checked)
        archive.record(work, actor, "dispute_opened", _subject(dispute), title=checked.title)
        return dispute


def change_dispute(actor: Actor, reference: str, facts: DisputeFacts, *, archive: Archive) -> Dispute:
    """The dispute with what is stated of it now; raises as `open_dispute` does, or `DisputeNotFound`."""
    actor.require(Permission.HOLD)
    person(actor)
    checked = _checked(facts, today=local_day(archive.now()))
    with archive.begin() as work:
        dispute = dispute_named(actor, reference, work=work)
        if checked.number != dispute.facts.number:
            _refuse_taken(checked.number, work=work)
        work.disputes.change(dispute.id, checked)
        archive.record(work, actor, "dispute_changed", _subject(dispute), title=checked.title)
        return work.disputes.get(dispute.id)


def close_dispute(actor: Actor, reference: str, *, on: date, outcome: str, archive: Archive) -> Dispute:
    """The dispute, closed on a day; holds on it stay until they are released.

    Raises `PersonNeeded`, `DisputeNotFound`, `DisputeStateUnfit` or `DisputeFactInvalid`.
    """
    actor.require(Permission.HOLD)
    person(actor)
    told = stated(outcome)
    with archive.begin() as work:
        dispute = dispute_named(actor, reference, work=work)
        if dispute.closed_on is not None:
            raise DisputeStateUnfit(dispute.closed_on)
        if not told or not dispute.facts.opened_on <= on <= local_day(archive.now()):
            raise _unfit("了结日期或结果不对", "The closing day or the outcome is not right")
        work.disputes.close(dispute.id, on=on, outcome=told)
        archive.record(work, actor, "dispute_closed", _subject(dispute), on=on.isoformat(), outcome=told)
        return work.disputes.get(dispute.id)


def reopen_dispute(actor: Actor, reference: str, *, reason: str, archive: Archive) -> Dispute:
    """The dispute, open again, as on appeal or retrial.

    Raises `PersonNeeded`, `DisputeNotFound`, `DisputeStateUnfit` or `DisputeFactInvalid`.
    """
    actor.require(Permission.HOLD)
    person(actor)
    told = stated(reason)
    if not told:
        raise _unfit("没有写明重新立案的原因", "The reason for opening it again is missing")
    with archive.begin() as work:
        dispute = dispute_named(actor, reference, work=work)
        if dispute.closed_on is None:
            raise DisputeStateUnfit(None)
        work.disputes.close(dispute.id, on=None, outcome="")
        archive.record(work, actor, "dispute_reopened", _subject(dispute), reason=told)
        return work.disputes.get(dispute.id)


def put_into_dispute(actor: Actor, reference: str, *, contract: str = "", paper: str = "", archive: Archive) -> Dispute:
    """The dispute with one more contract or paper in it; what is in it already stays there once.

    Raises `DisputeNotFound`, `SubjectNotFound` or `ItemNotFound`.
    """
    actor.require(Permission.HOLD)
    by = person(actor)
    with archive.begin() as work:
        dispute = dispute_named(actor, reference, work=work)
        contract_id, item_key = _named(actor, contract, paper, work=work)
        if contract_id not in dispute.contract_ids and item_key not in dispute.item_keys:
            added = DisputeSubject(contract_id=contract_id, item_key=item_key, added_by=by, added_at=archive.now())
            work.disputes.add_subject(dispute.id, added)
            archive.record(work, actor, "dispute_joined", _subject(dispute), contract=contract, item=paper)
        return work.disputes.get(dispute.id)


def take_out_of_dispute(
    actor: Actor, reference: str, *, contract: str = "", paper: str = "", archive: Archive
) -> Dispute:
    """The dispute without this contract or paper; the record of it stays.

    Raises `DisputeNotFound`, `SubjectNotFound`, `ItemNotFound` or `DisputeHeld`.
    """
    actor.require(Permission.HOLD)
    by = person(actor)
    with archive.begin() as work:
        dispute = dispute_named(actor, reference, work=work)
        held = next((hold for hold in work.holds.on(HoldTarget.DISPUTE, dispute.id) if hold.in_force), None)
        if held is not None:
            raise DisputeHeld(held.number)
        contract_id, item_key = _named(actor, contract, paper, work=work)
        work.disputes.take_out(dispute.id, contract_id=contract_id, item_key=item_key, by=by, at=archive.now())
        archive.record(work, actor, "dispute_left", _subject(dispute), contract=contract, item=paper)
        return work.disputes.get(dispute.id)


def show_dispute(actor: Actor, reference: str, *, archive: Archive) -> DisputeShown:
    """One dispute with everything in it; raises `DisputeNotFound`."""
    require_register(actor)
    with archive.looking() as view:
        dispute = dispute_named(actor, reference, work=view)
        holds = view.holds.on(HoldTarget.DISPUTE, dispute.id)
        contracts = [subject(actor, HoldTarget.CONTRACT, each, work=view) for each in sorted(dispute.contract_ids)]
        papers = [subject(actor, HoldTarget.ITEM, each, work=view) for each in sorted(dispute.item_keys)]
        return DisputeShown(
            dispute=_as_told(actor, dispute),
            contracts=tuple(contracts),
            papers=tuple(papers),
            holds=tuple(shown(actor, hold, work=view) for hold in holds),
        )


def list_disputes(
    actor: Actor, *, is_open: bool | None = None, archive: Archive, limit: int, offset: int = 0
) -> tuple[int, tuple[Dispute, ...]]:
    """How many disputes fit that the actor may know of, and one page of them, the latest first."""
    require_register(actor)
    with archive.looking() as view:
        total, found = view.disputes.list(actor=actor, is_open=is_open, limit=limit, offset=offset)
        return total, tuple(_as_told(actor, each) for each in found)


def _as_told(actor: Actor, dispute: Dispute) -> Dispute:
    """The dispute with identity numbers unreadable to those who may not see them."""
    facts = replace(
        dispute.facts,
        title=text_for(actor, dispute.facts.title),
        parties=tuple(text_for(actor, party) for party in dispute.facts.parties),
        remark=text_for(actor, dispute.facts.remark),
    )
    return replace(dispute, facts=facts, outcome=text_for(actor, dispute.outcome))


def _named(actor: Actor, contract: str, paper: str, *, work: UnitOfWork) -> tuple[int | None, int | None]:
    if bool(contract.strip()) == bool(paper.strip()):
        raise _unfit("请填写合同编号或资料编号，只填一项", "State a contract or a paper, one of them")
    if contract.strip():
        return contract_named(actor, one_line(contract), work=work).id, None
    return None, item_named(actor, one_line(paper), work=work).key


def _checked(facts: DisputeFacts, *, today: date) -> DisputeFacts:
    number, title = one_line(facts.number)[:MOST_NUMBER_CHARACTERS], one_line(facts.title)[:MOST_NAME_CHARACTERS]
    if not (number and title):
        raise _unfit("没有填写编号或事由", "The number or the matter is missing")
    if facts.opened_on > today:
        raise _unfit("发生日期在今天之后", "The day on which it began is yet to come")
    named = [one_line(party)[:MOST_NAME_CHARACTERS] for party in facts.parties]
    parties = tuple(dict.fromkeys(party for party in named if party))[:MOST_PARTIES]
    return replace(facts, number=number, title=title, parties=parties, remark=stated(facts.remark))


def _refuse_taken(number: str, *, work: UnitOfWork) -> None:
    if work.disputes.with_number(number) is not None:
        raise DisputeNumberTaken(number)


def _subject(dispute: Dispute) -> str:
    return f"dispute:{dispute.id}"


def _unfit(zh: str, en: str) -> DisputeFactInvalid:
    return DisputeFactInvalid(
        Bilingual(f"{zh}。", f"{en}."),
        Bilingual("请补全后再提交。", "Correct it and try again."),
    )
