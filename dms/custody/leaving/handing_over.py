"""Handing over what a leaver holds (C6-14): a list, three signatures, and everything on it passes on at once.

What always holds:
- Leaver, successor and archivist are three persons; each signs under the digest of the very same list.
- What is on the list passes on in the transaction of the last signature, or nothing does; a list that no longer
  says what the person holds is not signed.
- Nothing is entrusted to somebody who may not know of it (I5).
"""

import hashlib
import json
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date

from dms.archive import Archive
from dms.custody.errors import UserNotFound
from dms.custody.leaving.collecting import Succession, held_things, pass_on
from dms.custody.leaving.errors import (
    HandOverEnded,
    HandOverFactInvalid,
    HandOverNotFound,
    HandOverUnderWay,
    ListOutdated,
    NotYoursToSign,
    SuccessorMayNotSee,
)
from dms.custody.securing import folded_name
from dms.domain.actor import Actor, Origin, Permission, Role
from dms.domain.clock import local_day
from dms.domain.duty import Duty, DutyKind
from dms.domain.leaving import (
    CustodyHandOver,
    HandOverRole,
    HandOverSignature,
    HandOverState,
    HeldKind,
    HeldThing,
    Passing,
)
from dms.domain.one_line import one_line
from dms.domain.user import User
from dms.errors import Bilingual
from dms.store import UnitOfWork

MAX_REASON_CHARACTERS = 200


@dataclass(frozen=True, slots=True, kw_only=True)
class HandOverWish:
    """What is stated when a list is drawn up."""

    successor: str
    """Sign-in name."""
    reason: str
    leaves_on: date
    """The last day on which everything is handed over."""


@dataclass(frozen=True, slots=True, kw_only=True)
class LeaverStanding:
    """What one person holds, and the list of it where one is under way."""

    user: User
    things: tuple[HeldThing, ...]
    under_way: CustodyHandOver | None


@dataclass(frozen=True, slots=True, kw_only=True)
class HandOverShown:
    """A hand-over as a person reads it."""

    hand_over: CustodyHandOver
    leaver_name: str
    """As the person is called, like the other one."""
    successor_name: str
    to_settle: tuple[HeldThing, ...]
    """What the leaver has to settle himself before the account is closed; empty once the hand-over has ended."""
    missing: tuple[HandOverRole, ...]
    """Who has not signed yet."""


def leaver_standing(actor: Actor, name: str, *, archive: Archive) -> LeaverStanding:
    """What the account with this name holds; everyone may ask for himself. Raises `UserNotFound`."""
    with archive.looking() as view:
        user = _named(name, work=view)
        if user.id != actor.user_id:
            actor.require(Permission.MANAGE_USERS)
        return LeaverStanding(
            user=user,
            things=held_things(user, on=local_day(archive.now()), view=view),
            under_way=view.custody_hand_overs.open_of(user.name),
        )


def draw_up_hand_over(actor: Actor, name: str, wish: HandOverWish, *, archive: Archive) -> CustodyHandOver:
    """The list of everything that passes from this person to the successor, to be signed by three.

    Raises `UserNotFound`, `HandOverFactInvalid`, `HandOverUnderWay` or `SuccessorMayNotSee`.
    """
    actor.require(Permission.MANAGE_USERS)
    with archive.begin() as work:
        leaver, successor = _named(name, work=work), _named(wish.successor, work=work)
        reason = _checked(wish, leaver, successor, on=local_day(archive.now()))
        under_way = work.custody_hand_overs.open_of(leaver.name)
        if under_way is not None:
            raise HandOverUnderWay(leaver.name, under_way.id)
        things = _passing(held_things(leaver, on=local_day(archive.now()), view=work))
        _refuse_hidden(things, successor, work=work)
        drawn_up = work.custody_hand_overs.add(
            leaver=leaver.name,
            successor=successor.name,
            reason=reason,
            leaves_on=wish.leaves_on,
            drawn_up_by=actor.name,
            drawn_up_at=archive.now(),
            things=things,
            list_digest=list_digest(leaver.name, successor.name, things),
        )
        archive.record(work, actor, "custody_hand_over_drawn_up", leaver.name, **_told(drawn_up))
        return drawn_up


def sign_hand_over(
    signer: Actor, hand_over_id: int, *, for_the_leaver: bool = False, archive: Archive
) -> CustodyHandOver:
    """The list with the signature of a person who has just proved who he is; the last one passes everything on.

    `for_the_leaver` is how a manager signs for a leaver who is not there. Raises `HandOverNotFound`, `HandOverEnded`,
    `NotYoursToSign`, `ListOutdated` or `SuccessorMayNotSee`.
    """
    with archive.begin() as work:
        hand_over = work.custody_hand_overs.find(hand_over_id)
        if hand_over is None:
            raise HandOverNotFound(hand_over_id)
        if hand_over.state is not HandOverState.DRAWN_UP:
            raise HandOverEnded
        if not _may_read(signer, hand_over, view=work):
            raise NotYoursToSign
        role = _place_of(signer, hand_over, for_the_leaver=for_the_leaver)
        succession = Succession(
            leaver=_named(hand_over.leaver, work=work),
            successor=_named(hand_over.successor, work=work),
            at=archive.now(),
        )
        _check_still_true(hand_over, succession, work=work)
        signature = HandOverSignature(role=role, name=signer.name, signed_at=archive.now())
        work.custody_hand_overs.sign(hand_over_id, signature)
        behalf = {"on_behalf": hand_over.leaver} if for_the_leaver else {}
        told = {"leaver": hand_over.leaver, "successor": hand_over.successor, "digest": hand_over.list_digest}
        archive.record(work, signer, "custody_hand_over_signed", str(hand_over_id), **told, **behalf)
        if len(hand_over.signatures) + 1 == len(HandOverRole):
            _settle(signer, hand_over, succession, work=work, archive=archive)
        return work.custody_hand_overs.get(hand_over_id)


def withdraw_hand_over(actor: Actor, hand_over_id: int, *, archive: Archive) -> CustodyHandOver:
    """Give up a list that not everyone has signed; raises `HandOverNotFound` or `HandOverEnded`."""
    actor.require(Permission.MANAGE_USERS)
    with archive.begin() as work:
        hand_over = work.custody_hand_overs.find(hand_over_id)
        if hand_over is None:
            raise HandOverNotFound(hand_over_id)
        if hand_over.state is not HandOverState.DRAWN_UP:
            raise HandOverEnded
        work.custody_hand_overs.end(hand_over_id, HandOverState.WITHDRAWN)
        archive.record(work, actor, "custody_hand_over_withdrawn", str(hand_over_id), leaver=hand_over.leaver)
        return work.custody_hand_overs.get(hand_over_id)


def show_hand_over(actor: Actor, hand_over_id: int, *, archive: Archive) -> HandOverShown:
    """One hand-over, for those who have a part in it; raises `HandOverNotFound`."""
    with archive.looking() as view:
        hand_over = view.custody_hand_overs.find(hand_over_id)
        if hand_over is None or not _may_read(actor, hand_over, view=view):
            raise HandOverNotFound(hand_over_id)
        return _shown(hand_over, on=local_day(archive.now()), view=view)


def list_hand_overs(
    actor: Actor, *, limit: int, offset: int = 0, archive: Archive
) -> tuple[int, tuple[CustodyHandOver, ...]]:
    """How many hand-overs concern the actor, and one page of them, the newest first."""
    person = None if _oversees(actor) else actor.name
    with archive.looking() as view:
        total, found = view.custody_hand_overs.page(person=person, limit=limit, offset=offset)
        return total, tuple(found)


def duties(view: UnitOfWork, *, on: date) -> Iterator[Duty]:
    """The signatures that are owed under lists of leavers."""
    for hand_over in view.custody_hand_overs.open_ones():
        for role in _missing(hand_over):
            person = {HandOverRole.LEAVER: hand_over.leaver, HandOverRole.SUCCESSOR: hand_over.successor}.get(role, "")
            yield Duty(
                kind=DutyKind.CUSTODY_HAND_OVER,
                subject=f"custody_hand_over/{hand_over.id}/{role}",
                what=Bilingual(
                    f"签署“{hand_over.leaver}”的离职交接清单", f"sign the list that “{hand_over.leaver}” hands over"
                ),
                due_on=hand_over.leaves_on,
                person=person,
                role=None if person else Role.ARCHIVIST,
            )


def list_digest(leaver: str, successor: str, things: Sequence[HeldThing]) -> str:
    """SHA-256 (hex) over the canonical JSON of what passes from whom to whom."""
    listed = sorted([thing.kind, thing.subject] for thing in things)
    content = {"leaver": leaver, "successor": successor, "things": listed}
    canonical = json.dumps(content, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    return hashlib.sha256(canonical.encode()).hexdigest()


def _settle(
    signer: Actor, hand_over: CustodyHandOver, succession: Succession, *, work: UnitOfWork, archive: Archive
) -> None:
    for thing in hand_over.things:
        pass_on(thing, succession, work=work)
    work.custody_hand_overs.end(hand_over.id, HandOverState.SIGNED)
    archive.record(work, signer, "custody_handed_over", hand_over.leaver, **_told(hand_over))


def _told(hand_over: CustodyHandOver) -> dict[str, str | int | None]:
    """What the journal keeps of a hand-over."""
    return {"successor": hand_over.successor, "things": len(hand_over.things), "digest": hand_over.list_digest}


def _check_still_true(hand_over: CustodyHandOver, succession: Succession, *, work: UnitOfWork) -> None:
    present = _passing(held_things(succession.leaver, on=local_day(succession.at), view=work))
    if list_digest(hand_over.leaver, hand_over.successor, present) != hand_over.list_digest:
        raise ListOutdated
    _refuse_hidden(present, succession.successor, work=work)


def _place_of(signer: Actor, hand_over: CustodyHandOver, *, for_the_leaver: bool) -> HandOverRole:
    """Where the signer's name goes; a person, not a machine, and each only once."""
    signed = {each.name for each in hand_over.signatures}
    if signer.user_id is None or signer.name in signed:
        raise NotYoursToSign
    role = _role_of(signer, hand_over, for_the_leaver=for_the_leaver)
    if role is None or role not in _missing(hand_over):
        raise NotYoursToSign
    return role


def _role_of(signer: Actor, hand_over: CustodyHandOver, *, for_the_leaver: bool) -> HandOverRole | None:
    if signer.name in (hand_over.leaver, hand_over.successor):
        own = HandOverRole.LEAVER if signer.name == hand_over.leaver else HandOverRole.SUCCESSOR
        return None if for_the_leaver else own
    if for_the_leaver:
        return HandOverRole.LEAVER if signer.may(Permission.OVERSEE_DUTIES) else None
    return HandOverRole.ARCHIVIST if signer.may(Permission.MANAGE_CUSTOMERS) else None


def _checked(wish: HandOverWish, leaver: User, successor: User, *, on: date) -> str:
    reason = one_line(wish.reason)[:MAX_REASON_CHARACTERS]
    if not reason:
        raise HandOverFactInvalid(
            Bilingual("没有填写交接原因。", "No reason was given."),
            Bilingual("请写明原因，例如离职、调岗。", "Say why, for example that the person leaves."),
        )
    if successor.id == leaver.id or successor.disabled:
        raise HandOverFactInvalid(
            Bilingual(f"“{successor.name}”不能作接收人。", f"“{successor.name}” cannot be the successor."),
            Bilingual("请选择另一位在职人员。", "Choose another person whose account is open."),
        )
    if wish.leaves_on < on:
        raise HandOverFactInvalid(
            Bilingual(f"交接期限 {wish.leaves_on} 已经过去。", f"The last day, {wish.leaves_on}, is past."),
            Bilingual("请填写今天或以后的日期。", "State today or a later day."),
        )
    return reason


def _refuse_hidden(things: Sequence[HeldThing], successor: User, *, work: UnitOfWork) -> None:
    hidden = _hidden_from(successor.actor(Origin.SYSTEM), things, work=work)
    if hidden:
        raise SuccessorMayNotSee(successor.name, hidden)


def _hidden_from(reader: Actor, things: Sequence[HeldThing], *, work: UnitOfWork) -> tuple[str, ...]:
    """The codes of the customers on a list of whom a person may not know."""
    codes = sorted(set(_customer_codes(things, work)))
    return tuple(code for code in codes if work.customers.known_with_code(code, actor=reader) is None)


def _customer_codes(things: Sequence[HeldThing], work: UnitOfWork) -> Iterator[str]:
    for thing in things:
        key = thing.subject.partition("/")[2]
        if thing.kind is HeldKind.CUSTOMER:
            yield key
        elif thing.kind is HeldKind.CONTRACT:
            yield work.customers.get(work.contracts.get(int(key)).facts.customer_id).code


def _passing(things: Sequence[HeldThing]) -> tuple[HeldThing, ...]:
    return tuple(thing for thing in things if thing.passing is Passing.PASSES_ON)


def _missing(hand_over: CustodyHandOver) -> tuple[HandOverRole, ...]:
    signed = {each.role for each in hand_over.signatures}
    return tuple(role for role in HandOverRole if role not in signed)


def _oversees(actor: Actor) -> bool:
    return any(map(actor.may, (Permission.MANAGE_USERS, Permission.MANAGE_CUSTOMERS, Permission.OVERSEE_DUTIES)))


def _may_read(actor: Actor, hand_over: CustodyHandOver, *, view: UnitOfWork) -> bool:
    """Those who give and take, who keep the accounts, and of the others whoever may know of everything on the list."""
    if actor.name in (hand_over.leaver, hand_over.successor) or actor.may(Permission.MANAGE_USERS):
        return True
    return _oversees(actor) and not _hidden_from(actor, hand_over.things, work=view)


def _shown(hand_over: CustodyHandOver, *, on: date, view: UnitOfWork) -> HandOverShown:
    leaver, successor = _named(hand_over.leaver, work=view), _named(hand_over.successor, work=view)
    is_open = hand_over.state is HandOverState.DRAWN_UP
    held = held_things(leaver, on=on, view=view) if is_open else ()
    return HandOverShown(
        hand_over=hand_over,
        leaver_name=leaver.display_name,
        successor_name=successor.display_name,
        to_settle=tuple(thing for thing in held if thing.passing is Passing.TO_SETTLE),
        missing=_missing(hand_over) if is_open else (),
    )


def _named(name: str, *, work: UnitOfWork) -> User:
    user = work.users.with_name(folded_name(name))
    if user is None:
        raise UserNotFound(name)
    return user
