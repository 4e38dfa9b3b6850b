"""Holds 冻结: what is under one is neither destroyed, nor lent, nor given another term, until a person releases it.

What always holds (I9):
- A hold ends by being released, with a reason and an authority of its own, and by nothing else: no day ends it.
- Several may lie on the same paper; it is free when the last of them is released.
- What lay under a hold stays under it wherever it is filed afterwards.
"""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum


class HoldTarget(StrEnum):
    """On what a hold is placed; it covers every paper of it, those that come later included."""

    ITEM = "item"
    """件"""
    CONTRACT = "contract"
    """合同: all papers of it."""
    CUSTOMER = "customer"
    """客户: its whole file, those of customers that were merged into it included."""
    VOLUME = "volume"
    """案卷"""
    DISPUTE = "dispute"
    """争议: the contracts and papers that are in it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class NewHold:
    """What is stated when a hold is placed."""

    target: HoldTarget
    subject_id: int
    """Key of the item, or id of the contract, customer, volume or dispute."""
    reason: str
    authority: str
    """By what right 冻结依据: a court's notice, a resolution, an instruction, with its number."""
    placed_by: str
    placed_at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class HoldRelease:
    """The act that ends a hold."""

    reason: str
    authority: str
    released_by: str
    released_at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class Hold:
    """A hold as it stands in the register."""

    id: int
    target: HoldTarget
    subject_id: int
    reason: str
    authority: str
    placed_by: str
    placed_at: datetime
    release: HoldRelease | None = None
    """None while it is in force."""

    @property
    def in_force(self) -> bool:
        """Whether it still holds."""
        return self.release is None

    @property
    def number(self) -> str:
        """What people call it: ``DJ-2026-0007``, the year it was placed and its place in the register."""
        return f"DJ-{self.placed_at.year}-{self.id:04}"
