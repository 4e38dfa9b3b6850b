"""Collecting what one person holds or owes, from every part of the archive, and giving it to another.

Invariant: everything that `held_things` says passes on is moved by `pass_on`, whatever its kind; nothing else is.
"""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime
from itertools import chain

from dms.custody import appraising, lending, titles
from dms.domain.actor import Origin
from dms.domain.duty import DutyKind
from dms.domain.leaving import HeldKind, HeldThing, Passing
from dms.domain.transfer import TransferState
from dms.domain.user import User
from dms.errors import Bilingual
from dms.store import UnitOfWork

MOST_NAMED_ALIKE = 1000
_AWAITED: Mapping[DutyKind, HeldKind] = {
    DutyKind.DECISION: HeldKind.DECISION,
    DutyKind.OPINION: HeldKind.DUTY,
    DutyKind.SIGNATURE: HeldKind.DUTY,
    DutyKind.DESTRUCTION: HeldKind.DUTY,
}
"""Duties that nobody else can do in the person's place; what was borrowed or begun is told by who lent or keeps it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Succession:
    """Who gives to whom, and when."""

    leaver: User
    successor: User
    at: datetime


def held_things(user: User, *, on: date, view: UnitOfWork) -> tuple[HeldThing, ...]:
    """Everything that the person holds or owes on a day: first what passes on, then what is to be settled."""
    collected = [
        *_own_kinds(user, view),
        *lending.held_by(view, user.name),
        *titles.held_by(view, user.name),
        *_awaited(user, on, view),
    ]
    passing = [thing for thing in collected if thing.passing is Passing.PASSES_ON]
    return (*passing, *(thing for thing in collected if thing.passing is Passing.TO_SETTLE))


def pass_on(thing: HeldThing, succession: Succession, *, work: UnitOfWork) -> None:
    """Give a thing that passes on to the successor."""
    _PASSED_BY[thing.kind](thing, succession, work)


def _own_kinds(user: User, view: UnitOfWork) -> Iterator[HeldThing]:
    names = names_of(user)
    for customer in view.custodianships.customers_of(names):
        what = Bilingual(
            f"客户 {customer.code} {customer.name} 的资料", f"the papers of customer {customer.code} {customer.name}"
        )
        yield _passing(HeldKind.CUSTOMER, f"customer/{customer.code}", what)
    for contract_id, number, title, _customer_id in view.custodianships.contracts_of(names):
        yield _passing(
            HeldKind.CONTRACT,
            f"contract/{contract_id}",
            Bilingual(f"合同 {number} {title}".rstrip(), f"contract {number} {title}".rstrip()),
        )
    yield from _transfers(names, view)
    yield from _departments(user, view)
    for search in view.saved_searches.of(user.actor(Origin.SYSTEM)):
        what = Bilingual(f"已存检索“{search.name}”", f"the saved search “{search.name}”")
        yield _passing(HeldKind.SAVED_SEARCH, f"saved_search/{search.id}", what)


def _transfers(names: frozenset[str], view: UnitOfWork) -> Iterator[HeldThing]:
    for batch in view.custodianships.transfers_of(names):
        called = batch.number or f"{batch.from_department} {batch.year}"
        if batch.state in (TransferState.DRAFT, TransferState.RETURNED):
            what = Bilingual(f"未移交的清单 {called}", f"the list {called}, not handed over yet")
            yield _passing(HeldKind.TRANSFER, f"transfer/{batch.id}", what)
        else:
            yield HeldThing(
                kind=HeldKind.TRANSFER,
                subject=f"transfer/{batch.id}",
                what=Bilingual(f"已移交、未接收的清单 {called}", f"the list {called}, handed over and not accepted"),
                passing=Passing.TO_SETTLE,
                remedy=Bilingual("请档案员清点接收或退回。", "Let the archivist accept it or send it back."),
            )


def _departments(user: User, view: UnitOfWork) -> Iterator[HeldThing]:
    for department in view.departments.answered_for_by(user.id):
        yield HeldThing(
            kind=HeldKind.DEPARTMENT,
            subject=f"department/{department.id}",
            what=Bilingual(f"“{department.name}”的负责人", f"the charge of the department “{department.name}”"),
            passing=Passing.TO_SETTLE,
            remedy=Bilingual("请在部门登记中更换负责人。", "Name somebody else in the register of departments."),
        )


def _awaited(user: User, on: date, view: UnitOfWork) -> Iterator[HeldThing]:
    """Decisions, opinions and signatures that wait for this very person."""
    owed = chain(appraising.duties(view, on=on), lending.duties(view, on=on), titles.duties(view, on=on))
    for duty in owed:
        if duty.person == user.name and duty.kind in _AWAITED:
            yield HeldThing(
                kind=_AWAITED[duty.kind],
                subject=duty.subject,
                what=duty.what,
                passing=Passing.TO_SETTLE,
                remedy=Bilingual("请办理，或请主管改派他人。", "Do it, or have somebody else named for it."),
            )


def names_of(user: User) -> frozenset[str]:
    """The names under which things are entrusted to the person."""
    return frozenset({user.name, user.display_name})


def _passing(kind: HeldKind, subject: str, what: Bilingual) -> HeldThing:
    return HeldThing(kind=kind, subject=subject, what=what, passing=Passing.PASSES_ON)


def _key(thing: HeldThing) -> str:
    return thing.subject.partition("/")[2]


def _pass_customer(thing: HeldThing, succession: Succession, work: UnitOfWork) -> None:
    customer = work.customers.with_code(_key(thing))
    if customer is not None:
        work.customers.change(customer.id, replace(customer.facts, custodian=succession.successor.display_name))


def _pass_contract(thing: HeldThing, succession: Succession, work: UnitOfWork) -> None:
    work.custodianships.give_contract(int(_key(thing)), succession.successor.display_name)


def _pass_transfer(thing: HeldThing, succession: Succession, work: UnitOfWork) -> None:
    batch = work.transfers.get(int(_key(thing)))
    work.transfers.change(replace(batch, from_person=succession.successor.display_name))


def _pass_safe(thing: HeldThing, succession: Succession, work: UnitOfWork) -> None:
    titles.pass_safe_on(work, thing.subject, succession.successor.name)


def _pass_search(thing: HeldThing, succession: Succession, work: UnitOfWork) -> None:
    """The successor gets the question alone: what the leaver had found is none of his business."""
    giver, taker = succession.leaver.actor(Origin.SYSTEM), succession.successor.actor(Origin.SYSTEM)
    search = work.saved_searches.get(giver, int(_key(thing)))
    if search is None:
        return
    name = next(each for each in _names_like(search.name) if work.saved_searches.named(taker, each) is None)
    work.saved_searches.add(taker, name, search.request, found=(), at=succession.at)
    work.saved_searches.forget(giver, search.id)


def _names_like(name: str) -> Iterator[str]:
    yield name
    yield from (f"{name} {number}" for number in range(2, MOST_NAMED_ALIKE))


_PASSED_BY: Mapping[HeldKind, Callable[[HeldThing, Succession, UnitOfWork], None]] = {
    HeldKind.CUSTOMER: _pass_customer,
    HeldKind.CONTRACT: _pass_contract,
    HeldKind.TRANSFER: _pass_transfer,
    HeldKind.SAFE: _pass_safe,
    HeldKind.SAVED_SEARCH: _pass_search,
}
