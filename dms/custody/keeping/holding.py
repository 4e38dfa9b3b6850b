"""Placing and releasing holds, and telling of them to those who may know what they lie on.

What always holds:
- H1 A hold is placed and released by a person, each with a reason and an authority (I9).
- H2 Nobody is told of a hold on something that he may not know of; why it was placed is told to those who work with
  holds and appraisals, and to nobody else.
- H3 Whether a paper is free is asked inside the transaction that destroys, lends or changes its term.
"""

from collections.abc import Collection
from dataclasses import dataclass, replace

from dms.archive import Archive, text_for
from dms.custody.keeping.errors import HoldFactMissing, HoldNotFound, HoldReleased, PlacedAlready, UnderHold
from dms.custody.keeping.naming import LARGEST_ID, Subject, person, stated, subject, subject_for
from dms.domain.actor import Actor, Permission
from dms.domain.hold import Hold, HoldRelease, HoldTarget, NewHold
from dms.store import HoldFilter, UnitOfWork


@dataclass(frozen=True, slots=True, kw_only=True)
class HoldWish:
    """A hold that is to be placed."""

    target: HoldTarget
    reference: str
    """Id or code of the item, number of the contract, code of the customer, and so on."""
    reason: str
    authority: str


@dataclass(frozen=True, slots=True, kw_only=True)
class HoldShown:
    """A hold as a person may know of it."""

    hold: Hold
    """Reasons and authorities are empty where the person is not told them (H2)."""
    subject: Subject | None
    """None where it lies on something that this person may not know of."""
    is_told: bool
    """Whether the reasons are told."""


@dataclass(frozen=True, slots=True, kw_only=True)
class HoldList:
    """One page of the register."""

    total: int
    holds: tuple[HoldShown, ...]


def place_hold(actor: Actor, wish: HoldWish, *, archive: Archive) -> Hold:
    """The new hold, in force from now on, over everything in its subject.

    Raises `PersonNeeded`, `HoldFactMissing`, `SubjectNotFound` or `PlacedAlready`.
    """
    actor.require(Permission.HOLD)
    by, reason, authority = person(actor), stated(wish.reason), stated(wish.authority)
    if not (reason and authority):
        raise HoldFactMissing  # H1
    with archive.begin() as work:
        named = subject_for(actor, wish.target, wish.reference, work=work)
        standing = work.holds.on(named.target, named.subject_id)
        alike = next((hold for hold in standing if hold.in_force and hold.authority == authority), None)
        if alike is not None:
            raise PlacedAlready(alike.number)
        hold = work.holds.add(
            NewHold(
                target=named.target,
                subject_id=named.subject_id,
                reason=reason,
                authority=authority,
                placed_by=by,
                placed_at=archive.now(),
            )
        )
        told = {"hold": hold.number, "target": hold.target.value, "reason": reason, "authority": authority}
        archive.record(work, actor, "hold_placed", journal_subject(named), **told)
        return hold


def release_hold(actor: Actor, hold_id: int, *, reason: str, authority: str, archive: Archive) -> Hold:
    """The hold, released; whatever other holds cover stays held.

    Raises `PersonNeeded`, `HoldFactMissing`, `HoldNotFound` or `HoldReleased`.
    """
    actor.require(Permission.HOLD)
    by, why, right = person(actor), stated(reason), stated(authority)
    if not (why and right):
        raise HoldFactMissing  # H1
    with archive.begin() as work:
        hold = _hold_for(actor, hold_id, work=work)
        if not hold.in_force:
            raise HoldReleased(hold.number)
        release = HoldRelease(reason=why, authority=right, released_by=by, released_at=archive.now())
        work.holds.release(hold.id, release)
        named = subject(actor, hold.target, hold.subject_id, work=work)
        told = {"hold": hold.number, "target": hold.target.value, "reason": why, "authority": right}
        archive.record(work, actor, "hold_released", journal_subject(named), **told)
        return work.holds.get(hold.id)


def show_hold(actor: Actor, hold_id: int, *, archive: Archive) -> tuple[HoldShown, int]:
    """One hold, and how many papers lie under it now that the actor may see; raises `HoldNotFound`."""
    require_register(actor)
    with archive.looking() as view:
        hold = _hold_for(actor, hold_id, work=view)
        return shown(actor, hold, work=view), view.holds.covered_count(hold.id, actor=actor)


def list_holds(actor: Actor, wanted: HoldFilter, *, archive: Archive, limit: int, offset: int = 0) -> HoldList:
    """One page of the register as far as the actor may know of it, the newest first."""
    require_register(actor)
    with archive.looking() as view:
        total, holds = view.holds.list(wanted, actor=actor, limit=limit, offset=offset)
        return HoldList(total=total, holds=tuple(shown(actor, hold, work=view) for hold in holds))


def holds_of(actor: Actor, target: HoldTarget, reference: str | int, *, archive: Archive) -> tuple[HoldShown, ...]:
    """The holds in force that cover a paper, a contract, a customer, a volume or a dispute, the oldest first.

    `reference` is what a person types, or the number of the subject itself. A hold on something that the actor may not
    know of is told of without its subject: the paper is held all the same. Raises `SubjectNotFound`.
    """
    actor.require(Permission.CONSULT)
    with archive.looking() as view:
        by_number = isinstance(reference, int)
        named = (
            subject(actor, target, int(reference), work=view)
            if by_number
            else subject_for(actor, target, str(reference), work=view)
        )
        return tuple(shown(actor, hold, work=view) for hold in holds_on(named, work=view))


def holds_on(named: Subject, *, work: UnitOfWork) -> tuple[Hold, ...]:
    """The holds in force that cover a subject; for the archive's own work."""
    match named.target:
        case HoldTarget.ITEM:
            return work.holds.covering(named.subject_id)
        case HoldTarget.VOLUME:
            return work.holds.on_volume(named.subject_id)
        case HoldTarget.CONTRACT:
            disputes = [each.id for each in work.disputes.of_contract(named.subject_id)]
            customer_id = work.contracts.get(named.subject_id).facts.customer_id
            wanted = [(HoldTarget.CONTRACT, named.subject_id), *_heirs(customer_id, work)]
            return _in_force([*wanted, *((HoldTarget.DISPUTE, each) for each in disputes)], work)
        case HoldTarget.CUSTOMER:
            return _in_force(_heirs(named.subject_id, work), work)
        case HoldTarget.DISPUTE:
            return _in_force([(HoldTarget.DISPUTE, named.subject_id)], work)


def hold_subject(actor: Actor, target: HoldTarget, reference: str, *, archive: Archive) -> Subject:
    """What a hold would lie on; raises `SubjectNotFound`."""
    actor.require(Permission.HOLD)
    with archive.looking() as view:
        return subject_for(actor, target, reference, work=view)


def require_free(item_keys: Collection[int], *, work: UnitOfWork) -> None:
    """Raise `UnderHold` where any of these papers is held; to be asked in the transaction of the act (H3)."""
    for key in sorted(work.holds.held_among(item_keys))[:1]:
        raise UnderHold(hold.number for hold in work.holds.covering(key))


def shown(actor: Actor, hold: Hold, *, work: UnitOfWork) -> HoldShown:
    """A hold as this person may know of it (H2)."""
    _, known = work.holds.list(HoldFilter(hold_id=hold.id), actor=actor, limit=1)
    is_told = bool(known) and (actor.may(Permission.HOLD) or actor.may(Permission.APPRAISE))
    named = subject(actor, hold.target, hold.subject_id, work=work) if known else None
    return HoldShown(hold=_as_told(actor, hold) if is_told else _without_reasons(hold), subject=named, is_told=is_told)


def journal_subject(named: Subject) -> str:
    """By what the journal names a subject."""
    return named.reference if named.target is HoldTarget.ITEM else f"{named.target.value}:{named.reference}"


def require_register(actor: Actor) -> None:
    """The register is for those who place holds and for those whom holds keep from deciding."""
    if not actor.may(Permission.APPRAISE):
        actor.require(Permission.HOLD)


def _hold_for(actor: Actor, hold_id: int, *, work: UnitOfWork) -> Hold:
    wanted = HoldFilter(hold_id=hold_id if 0 < hold_id <= LARGEST_ID else 0)
    _, found = work.holds.list(wanted, actor=actor, limit=1)
    if not found:
        raise HoldNotFound(str(hold_id))
    return found[0]


def _as_told(actor: Actor, hold: Hold) -> Hold:
    """The hold with identity numbers in its reasons unreadable to those who may not see them."""
    release = hold.release
    if release is not None:
        why, right = text_for(actor, release.reason), text_for(actor, release.authority)
        release = replace(release, reason=why, authority=right)
    reason, authority = text_for(actor, hold.reason), text_for(actor, hold.authority)
    return replace(hold, reason=reason, authority=authority, release=release)


def _without_reasons(hold: Hold) -> Hold:
    release = replace(hold.release, reason="", authority="") if hold.release else None
    return replace(hold, reason="", authority="", release=release)


def _heirs(customer_id: int, work: UnitOfWork) -> list[tuple[HoldTarget, int]]:
    """The customer and those that it was merged into: a hold on any of them covers its papers."""
    steps, found = work.customers.merged(), [customer_id]
    while (heir := steps.get(found[-1])) is not None and heir not in found:
        found.append(heir)
    return [(HoldTarget.CUSTOMER, each) for each in found]


def _in_force(wanted: list[tuple[HoldTarget, int]], work: UnitOfWork) -> tuple[Hold, ...]:
    found = [hold for target, subject_id in wanted for hold in work.holds.on(target, subject_id) if hold.in_force]
    return tuple(sorted(found, key=lambda hold: hold.id))
