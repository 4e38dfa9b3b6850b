"""Leaving 离职交接 (C6-14): what a person holds or owes, and the hand-over that must come before the account is closed.

What always holds:
- The same thing bears the same subject for as long as it is held, so that a signed list can be held against the facts.
- What was entrusted to the person passes to a successor; what he took out or began himself, he settles himself.
"""

from dataclasses import dataclass, field
from datetime import date, datetime
from enum import StrEnum

from dms.errors import Bilingual


class HeldKind(StrEnum):
    """What kind of thing somebody holds."""

    CUSTOMER = "customer"
    """客户资料保管: the files of a customer, as their custodian."""
    CONTRACT = "contract"
    """合同经办: a running contract, as its handler."""
    TRANSFER = "transfer"
    """资料移交: a hand-over that is not accepted yet."""
    LOAN = "loan"
    """借出原件"""
    REQUEST = "request"
    """利用申请: a request that he made and that is not over."""
    DECISION = "decision"
    """待审批事项"""
    TITLE = "title"
    """领用的权证"""
    SAFE = "safe"
    """保管的保险柜"""
    DUTY = "duty"
    """其他待办"""
    DRAFT = "draft"
    """未完成的草稿"""
    SAVED_SEARCH = "saved_search"
    """已存检索"""
    DEPARTMENT = "department"
    """部门负责人: a department, as its head or the manager in charge of it."""


class Passing(StrEnum):
    """What becomes of a held thing when its holder leaves."""

    PASSES_ON = "passes_on"
    """It goes to the successor with the signed list."""
    TO_SETTLE = "to_settle"
    """Nobody can take it over: it is returned, decided or withdrawn first."""


@dataclass(frozen=True, slots=True, kw_only=True)
class HeldThing:
    """One thing that a person holds or owes."""

    kind: HeldKind
    subject: str
    """What it is, as ``loan/12``: kind of thing, slash, its number or code."""
    what: Bilingual
    """What it is called on the list of the hand-over."""
    passing: Passing
    remedy: Bilingual | None = None
    """How it is settled; None for what passes on."""


class HandOverState(StrEnum):
    """Where the hand-over of a leaver stands."""

    DRAWN_UP = "drawn_up"
    """已列清单: the list is drawn up; nobody has signed yet, or not everyone."""
    SIGNED = "signed"
    """已交接: all three have signed, and what was on the list belongs to the successor."""
    WITHDRAWN = "withdrawn"
    """已撤销: given up before all had signed."""


class HandOverRole(StrEnum):
    """Who signs the list of a leaver."""

    LEAVER = "leaver"
    """移交人"""
    SUCCESSOR = "successor"
    """接收人"""
    ARCHIVIST = "archivist"
    """监交人: an archivist who looks on."""


@dataclass(frozen=True, slots=True, kw_only=True)
class HandOverSignature:
    """One signature under the list of a leaver; each person signs with his own password."""

    role: HandOverRole
    name: str
    """Sign-in name."""
    signed_at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class CustodyHandOver:
    """The hand-over of one person who leaves, or changes his work."""

    id: int
    leaver: str
    """Sign-in name, like the other two."""
    successor: str
    reason: str
    leaves_on: date
    """The last day on which everything is handed over."""
    drawn_up_by: str
    drawn_up_at: datetime
    state: HandOverState
    things: tuple[HeldThing, ...]
    """The list as it was drawn up."""
    list_digest: str
    """SHA-256 (hex) of the list, which every signature stands under."""
    signatures: tuple[HandOverSignature, ...] = field(default=())
