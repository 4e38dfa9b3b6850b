"""Appraisal 鉴定: a committee considers papers whose term has ended, and each is extended, kept, or put up to go.

What always holds:
- A1 Only what is due is put before a committee, and a paper lies before one committee at a time.
- A2 Every member says what he thinks of every paper, with a reason; what was said is never altered, only added to.
- A3 A paper is put up for destruction only where every member says so; one voice against it keeps the paper.
- A4 A new term ends later than the day on which it was decided.
- A5 What is not finished (claims, disputes, holds) is set aside, and stays on the due list until it is.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum

LEAST_MEMBERS = 3
"""Of a committee: who answers for the archive, who answers for the business, and a third who knows the papers."""
MOST_YEARS = 100
"""By which a term is extended; longer is for ever."""


class AppraisalState(StrEnum):
    """Where the work of a committee stands."""

    OPEN = "open"
    """组卷中: members are named and papers are put before them."""
    CONSIDERING = "considering"
    """征求意见: the papers are fixed, the members say what they think."""
    DECIDED = "decided"
    """已作出鉴定意见"""
    WITHDRAWN = "withdrawn"
    """已撤销: given up; its papers are due as they were before."""


class Verdict(StrEnum):
    """What becomes of a paper."""

    EXTEND = "extend"
    """续存"""
    PERMANENT = "permanent"
    """转为永久"""
    DESTROY = "destroy"
    """销毁"""
    SET_ASIDE = "set_aside"
    """暂存: something about it is not finished, or it lies under a hold."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Opinion:
    """What one member thinks, of one paper or of all of which he says nothing else."""

    member: str
    """Sign-in name."""
    line_id: int | None
    """None: of every paper of which the member has not spoken separately."""
    verdict: Verdict
    years: int | None = None
    """By how many years to extend; None with every other verdict."""
    reason: str
    given_at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class AppraisalLine:
    """One paper before a committee."""

    id: int
    """0 for one that is not in the catalogue yet."""
    case_id: int
    position: int
    item_key: int
    due_on: date
    """The last day of the term that has ended."""
    term_code: str
    """The retention rule under which it ended."""
    verdict: Verdict | None = None
    """None until it is decided."""
    years: int | None = None
    """By how many years the term is extended; None with every other verdict."""
    reason: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class AppraisalCase:
    """The work of one committee."""

    id: int
    number: str
    """Given once, as ``JD2026-001``."""
    title: str
    state: AppraisalState
    chair: str
    """组长: sign-in name of the member who decides."""
    members: tuple[str, ...]
    """Sign-in names, the chair among them."""
    begun_by: str
    begun_at: datetime
    decided_at: datetime | None = None
    report: str = ""
    """What the written opinion says beside the list 鉴定工作说明."""


def extended_to(due_on: date, years: int) -> date:
    """The last day of a term that goes on for so many years from where it ended; always the end of a year."""
    return date(min(due_on.year + years, date.max.year), 12, 31)


def opinions_on(line_ids: Iterable[int], opinions: Iterable[Opinion]) -> dict[int, dict[str, Opinion]]:
    """What counts of every member who spoke of each of these papers: what he said of it last, else of all."""
    of_all: dict[str, Opinion] = {}
    of_one: dict[int, dict[str, Opinion]] = {}
    for opinion in opinions:
        of_line = of_all if opinion.line_id is None else of_one.setdefault(opinion.line_id, {})
        of_line[opinion.member] = opinion
    return {line_id: of_all | of_one.get(line_id, {}) for line_id in line_ids}


def agreed_on(members: Iterable[str], counted: Mapping[str, Opinion]) -> Opinion | None:
    """An opinion that all members share; None where they differ, or where one has not spoken."""
    spoken = [counted.get(member) for member in members]
    first = spoken[0] if spoken else None
    if first is None:
        return None
    shared = {(opinion.verdict, opinion.years) if opinion else None for opinion in spoken}
    return first if len(shared) == 1 else None
