"""Opening and locking a safe: always two named persons, and a line in the register for it (C7-02, C7-05).

What always holds:
- Custodian and witness are two persons, each of whom has signed with his own password; whoever calls these functions
  has seen to that.
- A safe stands open once at a time; what moves in it is recorded before it is locked.
"""

from dataclasses import dataclass, replace

from dms.archive import Archive
from dms.custody.titles.errors import OpeningOfAnother, SafeLocked, SafeStandsOpen, TitleFactInvalid
from dms.custody.titles.reaching import (
    MAX_REASON_CHARACTERS,
    check_all_visible,
    one_of_two,
    reason_given,
    safe_with_code,
    sign,
    within,
    year_of,
)
from dms.domain.actor import Actor, Origin, Permission
from dms.domain.location import Location
from dms.domain.one_line import one_line
from dms.domain.safe import SafeOpening
from dms.domain.title_document import TitleDocument
from dms.errors import Bilingual
from dms.store import UnitOfWork

KEEPERS_SETTING = "safe_keepers"
"""Sign-in name of the custodian of each safe, by id of the location."""


@dataclass(frozen=True, slots=True, kw_only=True)
class OpenSafe:
    """A safe that stands open, and who opened it: where things may move."""

    safe: Location
    opening: SafeOpening


def open_safe(actor: Actor, witness: Actor, safe_code: str, purpose: str, *, archive: Archive) -> SafeOpening:
    """The opening, signed by both.

    Raises `SafeNotFound`, `SafeStandsOpen`, `SafePartlyHidden`, `TitleSignedTwice`, `TitleReasonMissing` or
    `TitleSignatureNeedsPerson`.
    """
    actor.require(Permission.KEEP_TITLES)
    custodian, second, told = sign(actor), one_of_two(actor, witness), reason_given(purpose)
    with archive.begin() as work:
        safe = safe_with_code(safe_code, work=work)
        check_all_visible(actor, safe.id, work=work)
        standing = work.safe_openings.open_of(safe.id)
        if standing is not None:
            raise SafeStandsOpen(standing.number)
        opening = work.safe_openings.add(
            SafeOpening(
                id=0,
                number="",
                location_id=safe.id,
                purpose=told,
                opened_at=archive.now(),
                custodian=custodian,
                witness=second,
            ),
            year=year_of(archive),
        )
        archive.record(
            work, actor, "safe_opened", f"safe:{safe.id}", place=safe.code, number=opening.number, witness=second
        )
    return opening


def close_safe(actor: Actor, witness: Actor, safe_code: str, *, remark: str = "", archive: Archive) -> SafeOpening:
    """The opening, ended: both sign that the safe is locked and that what moved is on the ledger.

    Another custodian, or another witness, may lock it where the first ones cannot. Raises `SafeNotFound`,
    `SafeLocked`, `TitleSignedTwice`, `TitleFactInvalid` or `TitleSignatureNeedsPerson`.
    """
    actor.require(Permission.KEEP_TITLES)
    custodian, second = sign(actor), one_of_two(actor, witness)
    with archive.begin() as work:
        safe = safe_with_code(safe_code, work=work)
        standing = work.safe_openings.open_of(safe.id)
        if standing is None:
            raise SafeLocked(safe.code)
        closed = replace(
            standing,
            closed_at=archive.now(),
            closed_by=custodian,
            closing_witness=second,
            remark=within(one_line(remark), MAX_REASON_CHARACTERS, "备注", "remark"),
        )
        work.safe_openings.close(closed)
        archive.record(
            work, actor, "safe_locked", f"safe:{safe.id}", place=safe.code, number=closed.number, witness=second
        )
    return closed


def appoint_keeper(actor: Actor, safe_code: str, name: str, *, archive: Archive) -> str:
    """The name of the custodian who answers for a safe from now on; empty where nobody does.

    Raises `SafeNotFound` or `TitleFactInvalid` where the person is no custodian.
    """
    actor.require(Permission.MANAGE_USERS)
    with archive.begin() as work:
        safe = safe_with_code(safe_code, work=work)
        keeper = _custodian(one_line(name), work=work) if name.strip() else ""
        work.settings.state(KEEPERS_SETTING, keepers_in(work) | {str(safe.id): keeper})
        archive.record(work, actor, "safe_keeper_appointed", f"safe:{safe.id}", place=safe.code, custodian=keeper)
    return keeper


def _custodian(name: str, *, work: UnitOfWork) -> str:
    user = work.users.with_name(name)
    if user is None or user.disabled or not user.actor(Origin.SYSTEM).may(Permission.KEEP_TITLES):
        raise TitleFactInvalid(
            Bilingual(f"“{name}”不是权证管理员。", f"“{name}” is no custodian of title documents."),
            Bilingual("请先在用户管理中给予该角色。", "Give that person the role first."),
        )
    return user.name


def keepers_in(view: UnitOfWork) -> dict[str, str]:
    """The custodians who answer for safes, by id of the location as text."""
    stated = view.settings.get(KEEPERS_SETTING)
    return dict(stated) if stated else {}


def opened_for(actor: Actor, title: TitleDocument, *, work: UnitOfWork) -> OpenSafe:
    """The safe of a title document, which stands open under this actor's signature.

    Raises `SafeLocked` or `OpeningOfAnother`.
    """
    return open_under(actor, work.locations.get(title.location_id), work=work)


def open_under(actor: Actor, safe: Location, *, work: UnitOfWork) -> OpenSafe:
    """The safe, which stands open under this actor's signature; raises `SafeLocked` or `OpeningOfAnother`."""
    standing = work.safe_openings.open_of(safe.id)
    if standing is None:
        raise SafeLocked(safe.code)
    if standing.custodian != sign(actor):
        raise OpeningOfAnother(standing.custodian)
    return OpenSafe(safe=safe, opening=standing)
