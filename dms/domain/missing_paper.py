"""What a customer file or a contract lacks (补充资料清单), and why: nothing there, or what is there has expired."""

from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from dms.domain.checklist import Requirement, RequirementScope


class MissingReason(StrEnum):
    """Why a paper is asked for."""

    ABSENT = "absent"
    EXPIRED = "expired"


@dataclass(frozen=True, slots=True, kw_only=True)
class PaperHeld:
    """A paper that is there: its type, and the last day on which it holds."""

    type_code: str
    valid_to_on: date | None = None
    """None for one that does not expire."""


@dataclass(frozen=True, slots=True, kw_only=True)
class MissingPaper:
    """One paper that is to be brought."""

    requirement: Requirement
    customer_id: int
    contract_id: int | None
    """None where the customer file lacks it."""
    department: str
    """Who owes it; empty where no department is known."""
    because: MissingReason


def missing_papers(
    checklist: Iterable[Requirement],
    held: Collection[PaperHeld],
    *,
    on: date,
    customer_id: int,
    contract_id: int | None,
    department: str,
) -> tuple[MissingPaper, ...]:
    """What of a checklist is not there on this day; an expired paper counts as missing where the rule says so.

    With `contract_id` None only what a customer file must hold is asked for, else only what a contract must.
    """
    scope = RequirementScope.CUSTOMER if contract_id is None else RequirementScope.CONTRACT
    unmet = _unmet((each for each in checklist if each.scope is scope), held, on)
    return tuple(
        MissingPaper(
            requirement=requirement,
            customer_id=customer_id,
            contract_id=contract_id,
            department=department,
            because=reason,
        )
        for requirement, reason in unmet
    )


def _unmet(
    checklist: Iterable[Requirement], held: Collection[PaperHeld], on: date
) -> Iterator[tuple[Requirement, MissingReason]]:
    present = {paper.type_code for paper in held}
    valid = {paper.type_code for paper in held if paper.valid_to_on is None or paper.valid_to_on >= on}
    for requirement in checklist:
        if not requirement.is_met(present):
            yield requirement, MissingReason.ABSENT
        elif requirement.expires and not requirement.types & valid and requirement.types & present:
            yield requirement, MissingReason.EXPIRED
