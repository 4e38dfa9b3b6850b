"""Finding what a person named, and telling whether a person may sign."""

from dms.archive import Archive
from dms.custody.titles.errors import (
    SafeNotFound,
    SafePartlyHidden,
    TitleFactInvalid,
    TitleKindUnknown,
    TitleNotFound,
    TitleReasonMissing,
    TitleRequestNotFound,
    TitleRequestStateUnfit,
    TitleSignatureNeedsPerson,
    TitleSignedTwice,
    TitleSlipNotFound,
    TitleSlipStateUnfit,
    TitleUnderHold,
)
from dms.domain.actor import Actor
from dms.domain.clock import local_day
from dms.domain.location import Location, LocationKind
from dms.domain.one_line import one_line
from dms.domain.title_document import TitleDocument
from dms.domain.title_request import TitleRequest, TitleRequestState
from dms.domain.title_slip import SlipState, TitleSlip
from dms.errors import Bilingual
from dms.store import UnitOfWork

LARGEST_ID = 2**63 - 1
MAX_REASON_CHARACTERS = 200
MAX_NAME_CHARACTERS = 100


def title_for(actor: Actor, named: str | int, *, work: UnitOfWork) -> TitleDocument:
    """The title document with this id or number; raises `TitleNotFound`, alike for missing and barred ones."""
    number = _number(named)
    found = (
        work.titles.known(number, actor=actor)
        if number is not None
        else work.titles.with_number(str(named), actor=actor)
    )
    if found is None:
        raise TitleNotFound(str(named))
    return found


def slip_for(actor: Actor, named: str | int, *states: SlipState, work: UnitOfWork) -> TitleSlip:
    """The slip with this id or number, in one of the states where any are given.

    Raises `TitleSlipNotFound`, alike for missing and barred ones, or `TitleSlipStateUnfit`.
    """
    number = _number(named)
    slips = work.title_slips
    found = slips.known(number, actor=actor) if number is not None else slips.with_number(str(named), actor=actor)
    if found is None:
        raise TitleSlipNotFound(str(named))
    if states and found.state not in states:
        raise TitleSlipStateUnfit(found.state)
    return found


def request_for(actor: Actor, named: str | int, *states: TitleRequestState, work: UnitOfWork) -> TitleRequest:
    """The request with this id or number, in one of the states where any are given.

    Raises `TitleRequestNotFound`, alike for missing and barred ones, or `TitleRequestStateUnfit`.
    """
    number = _number(named)
    requests = work.title_requests
    found = requests.known(number, actor=actor) if number is not None else requests.with_number(str(named), actor=actor)
    if found is None:
        raise TitleRequestNotFound(str(named))
    if states and found.state not in states:
        raise TitleRequestStateUnfit(found.state)
    return found


def safe_with_code(code: str, *, work: UnitOfWork) -> Location:
    """The safe in use with this code or barcode; raises `SafeNotFound`."""
    found = work.locations.with_code(one_line(code))
    if found is None or found.kind is not LocationKind.SAFE:
        raise SafeNotFound(code)
    return found


def check_kind(code: str, *, work: UnitOfWork) -> None:
    """Raise `TitleKindUnknown` unless a kind in use bears this code."""
    known = [kind.code for kind in work.titles.kinds()]
    if code not in known:
        raise TitleKindUnknown(code, known)


def check_all_visible(actor: Actor, location_id: int, *, work: UnitOfWork) -> None:
    """Raise `SafePartlyHidden` where something lies in the safe that the actor may not know of."""
    if work.titles.hidden_in(location_id, actor=actor):
        raise SafePartlyHidden


def check_free(title: TitleDocument, *, work: UnitOfWork) -> None:
    """Raise `TitleUnderHold` where a hold reaches the title document (I9)."""
    through_volume = work.holds.covering(title.item_key) if title.item_key is not None else ()
    numbers = {hold.number for hold in through_volume}
    numbers |= {work.holds.get(hold_id).number for hold_id in work.titles.held_by(title)}
    if numbers:
        raise TitleUnderHold(sorted(numbers))


def sign(actor: Actor) -> str:
    """The name with which a person signs; raises `TitleSignatureNeedsPerson` for whoever has no account."""
    if actor.user_id is None:
        raise TitleSignatureNeedsPerson
    return actor.name


def one_of_two(actor: Actor, other: Actor) -> str:
    """The name with which the other person signs; raises `TitleSignedTwice` where it is the same one."""
    name = sign(other)
    if other.user_id == actor.user_id or name == actor.name:
        raise TitleSignedTwice(name)
    return name


def reason_given(text: str) -> str:
    """The reason on one line; raises `TitleReasonMissing` or `TitleFactInvalid`."""
    told = within(one_line(text), MAX_REASON_CHARACTERS, "原因或用途", "reason")
    if not told:
        raise TitleReasonMissing
    return told


def within(text: str, most: int, zh: str, en: str) -> str:
    """The text, unless it is longer than `most` characters; raises `TitleFactInvalid`."""
    if len(text) > most:
        raise TitleFactInvalid(
            Bilingual(f"{zh}过长。", f"The {en} is too long."),
            Bilingual(f"请写在 {most} 字以内。", f"Write it in {most} characters at most."),
        )
    return text


def year_of(archive: Archive) -> int:
    """The present year, which numbers bear."""
    return local_day(archive.now()).year


def _number(named: str | int) -> int | None:
    """The id where one was named; a number of a register has letters in it."""
    if isinstance(named, int):
        return named if 0 < named <= LARGEST_ID else LARGEST_ID
    digits = named if named.isascii() and named.isdecimal() else ""
    return min(int(digits), LARGEST_ID) if digits and len(digits) < len(str(LARGEST_ID)) else None
