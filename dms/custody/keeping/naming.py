"""Finding what somebody names as the subject of a hold or of a dispute, and naming it to those who may know of it."""

from dataclasses import dataclass

from dms.archive import customer_for, item_for, text_for
from dms.custody.keeping.errors import DisputeNotFound, PersonNeeded, SubjectNotFound
from dms.domain.actor import Actor
from dms.domain.contract import Contract
from dms.domain.contract_number import canonical_number, folded_number
from dms.domain.dispute import Dispute
from dms.domain.hold import HoldTarget
from dms.domain.item import Item
from dms.domain.one_line import one_line
from dms.errors import DmsError
from dms.store import UnitOfWork

MOST_REASON_CHARACTERS = 500
LARGEST_ID = 2**63 - 1


@dataclass(frozen=True, slots=True, kw_only=True)
class Subject:
    """One thing that a hold may lie on."""

    target: HoldTarget
    subject_id: int
    """As `Hold.subject_id`."""
    reference: str
    """By what addresses name it: id of the item, code of the customer, number of the dispute, else its own number."""
    label: str
    """By what people know it."""


def subject_for(actor: Actor, target: HoldTarget, reference: str, *, work: UnitOfWork) -> Subject:
    """What is named by reference: an id or a code, or its own number as ``#12``.

    Raises `SubjectNotFound` alike for missing and barred ones.
    """
    named = one_line(reference)
    if named.startswith("#") and _is_id(named[1:]):
        return subject(actor, target, int(named[1:]), work=work)
    try:
        match target:
            case HoldTarget.ITEM:
                return _of_item(actor, item_named(actor, named, work=work))
            case HoldTarget.CONTRACT:
                return _of_contract(actor, contract_named(actor, named, work=work))
            case HoldTarget.CUSTOMER:
                customer = customer_for(actor, named, work=work)
                return subject(actor, target, customer.id, work=work)
            case HoldTarget.VOLUME:
                return subject(actor, target, _volume_id(actor, named, work=work), work=work)
            case HoldTarget.DISPUTE:
                return subject(actor, target, dispute_named(actor, named, work=work).id, work=work)
    except DmsError as refusal:
        raise SubjectNotFound(named) from refusal


def subject(actor: Actor, target: HoldTarget, subject_id: int, *, work: UnitOfWork) -> Subject:
    """The subject with this number; raises `SubjectNotFound` alike for missing and barred ones."""
    found = _known(actor, target, subject_id, work=work)
    if found is None:
        raise SubjectNotFound(str(subject_id))
    return found


def item_named(actor: Actor, named: str, *, work: UnitOfWork) -> Item:
    """The item with this id or reference code; raises `ItemNotFound`."""
    by_code = work.items.with_code(named, actor=actor)
    return item_for(actor, by_code or named, work=work)


def contract_named(actor: Actor, named: str, *, work: UnitOfWork) -> Contract:
    """The one contract with this number that the actor may know of, or with this id; raises `SubjectNotFound`."""
    bearers = work.contracts.with_number(folded_number(canonical_number(named)))
    known = [each for bearer in bearers if (each := work.contracts.find(bearer.id, actor=actor))]
    if len(known) == 1:
        return known[0]
    by_id = work.contracts.find(int(named), actor=actor) if _is_id(named) else None
    if by_id is None or len(known) > 1:
        raise SubjectNotFound(named)
    return by_id


def dispute_named(actor: Actor, named: str, *, work: UnitOfWork) -> Dispute:
    """The dispute with this number or id, if the actor may know of it; raises `DisputeNotFound`."""
    by_number = work.disputes.with_number(named)
    wanted = by_number.id if by_number else int(named) if _is_id(named) else 0
    found = work.disputes.known(wanted, actor=actor)
    if found is None:
        raise DisputeNotFound(named)
    return found


def person(actor: Actor) -> str:
    """The name of the person who acts; raises `PersonNeeded` for the machine's own work."""
    if actor.user_id is None:
        raise PersonNeeded
    return actor.name


def stated(text: str) -> str:
    """A reason or an authority as it is kept: on one line, of bounded length."""
    return one_line(text)[:MOST_REASON_CHARACTERS]


def _known(actor: Actor, target: HoldTarget, subject_id: int, *, work: UnitOfWork) -> Subject | None:
    match target:
        case HoldTarget.ITEM:
            return next((_of_item(actor, each) for each in work.items.with_keys([subject_id], actor=actor)), None)
        case HoldTarget.CONTRACT:
            contract = work.contracts.find(subject_id, actor=actor)
            return _of_contract(actor, contract) if contract else None
        case HoldTarget.CUSTOMER:
            return _of_customer(actor, subject_id, work=work)
        case HoldTarget.VOLUME:
            return _of_volume(actor, subject_id, work=work)
        case HoldTarget.DISPUTE:
            dispute = work.disputes.known(subject_id, actor=actor)
            return _of_dispute(actor, dispute) if dispute else None


def _of_item(actor: Actor, item: Item) -> Subject:
    title = text_for(actor, item.title)
    label = f"{item.reference_code} {title}" if item.reference_code else title
    return Subject(target=HoldTarget.ITEM, subject_id=item.key, reference=item.id, label=label)


def _of_contract(actor: Actor, contract: Contract) -> Subject:
    label = " ".join(filter(None, (contract.number, text_for(actor, contract.facts.title))))
    return Subject(target=HoldTarget.CONTRACT, subject_id=contract.id, reference=str(contract.id), label=label)


def _of_customer(actor: Actor, customer_id: int, *, work: UnitOfWork) -> Subject | None:
    if not work.customers.is_known(customer_id, actor=actor):
        return None
    customer = work.customers.get(customer_id)
    label = f"{customer.code} {customer.name}"
    return Subject(target=HoldTarget.CUSTOMER, subject_id=customer_id, reference=customer.code, label=label)


def _of_volume(actor: Actor, volume_id: int, *, work: UnitOfWork) -> Subject | None:
    volume = work.volumes.find(volume_id, actor=actor)
    if volume is None:
        return None
    label = volume.reference_code or f"{volume.name_of_customer} {volume.series_code} {volume.year}".strip()
    return Subject(target=HoldTarget.VOLUME, subject_id=volume_id, reference=str(volume_id), label=label)


def _of_dispute(actor: Actor, dispute: Dispute) -> Subject:
    label = f"{dispute.facts.number} {text_for(actor, dispute.facts.title)}"
    return Subject(target=HoldTarget.DISPUTE, subject_id=dispute.id, reference=str(dispute.id), label=label)


def _volume_id(actor: Actor, named: str, *, work: UnitOfWork) -> int:
    by_code = work.volumes.with_code(named, actor=actor)
    if by_code is not None:
        return by_code.id
    if not _is_id(named):
        raise SubjectNotFound(named)
    return int(named)


def _is_id(named: str) -> bool:
    return named.isascii() and named.isdecimal() and 0 < int(named) <= LARGEST_ID
