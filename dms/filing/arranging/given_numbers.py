"""The register of numbers that were given, and the gaps in it.

What always holds: a gap is closed by a reason, never by giving the number after all.
"""

from dataclasses import dataclass

from dms.archive import Archive
from dms.domain.actor import Actor, Permission
from dms.domain.numbering import NumberGap, SpentNumber
from dms.domain.one_line import one_line
from dms.domain.reference_code import CodeKind
from dms.filing.arranging.errors import GapReasonUnfit, NumberGapNotFound

MOST_REASON_CHARACTERS = 200


@dataclass(frozen=True, slots=True, kw_only=True)
class NumberPage:
    """One page of the register and how many numbers fit in all."""

    total: int
    numbers: tuple[SpentNumber, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class GapPage:
    """One page of the gaps that nobody has explained."""

    total: int
    """As far as they are counted: a wrong number of an older catalogue can leave out millions."""
    gaps: tuple[NumberGap, ...]


def numbers_given(
    actor: Actor, kind: CodeKind, *, archive: Archive, words: str = "", limit: int = 50, offset: int = 0
) -> NumberPage:
    """Numbers of a kind whose code holds every one of the words, and whose bearer the actor may know of."""
    actor.require(Permission.CONSULT)
    with archive.looking() as view:
        total, numbers = view.number_register.page(kind, actor=actor, words=one_line(words), limit=limit, offset=offset)
    return NumberPage(total=total, numbers=tuple(numbers))


def number_gaps(actor: Actor, kind: CodeKind, *, archive: Archive, limit: int = 50, offset: int = 0) -> GapPage:
    """Numbers of a kind that were left out without a reason, in scopes that the actor may know of."""
    actor.require(Permission.CONSULT)
    with archive.looking() as view:
        gaps = view.number_register.gaps(kind, actor=actor)
    return GapPage(total=len(gaps), gaps=tuple(gaps[offset : offset + limit]))


def explain_gap(actor: Actor, gap: NumberGap, reason: str, *, archive: Archive) -> SpentNumber:
    """The number that was left out, spent and void with the reason from now on.

    Raises `NumberGapNotFound` or `GapReasonUnfit`.
    """
    actor.require(Permission.MANAGE_CUSTOMERS)
    stated = one_line(reason)
    if not 1 <= len(stated) <= MOST_REASON_CHARACTERS:
        raise GapReasonUnfit(MOST_REASON_CHARACTERS)
    with archive.begin() as work:
        if gap not in work.number_register.gaps(gap.kind, actor=actor):
            raise NumberGapNotFound(gap.scope, gap.number)
        explained = work.numbers.close_gap(gap, stated, archive.now())
        archive.record(work, actor, "number_gap_explained", explained.code, reason=stated)
    return explained
