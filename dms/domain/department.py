"""The departments of the company: who heads each, and which manager in charge it answers to.

Invariant: a department is named in customers, accounts and contracts by its name, so a name is given once; a department
that is no more is closed, never removed.
"""

from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True, slots=True, kw_only=True)
class Department:
    """One department, as the register has it."""

    id: int
    name: str
    parent_id: int | None = None
    """The department it is a part of; None for one that answers to nobody but its manager in charge."""
    head_id: int | None = None
    """The account of the department manager 部门经理; None while the post is vacant."""
    manager_in_charge_id: int | None = None
    """The account of the 分管领导; None where that of the parent is meant."""
    opened_on: date | None = None
    """None where nobody remembers."""
    closed_on: date | None = None
    """Its last day; None while it works."""

    def is_open(self, on: date) -> bool:
        """Whether it works on this day."""
        begun = self.opened_on is None or self.opened_on <= on
        return begun and (self.closed_on is None or on <= self.closed_on)
