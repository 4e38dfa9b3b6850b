"""Requests of persons about their own data 个人信息主体请求, and papers kept in store only 仅存储.

Personal Information Protection Law (PIPL) arts. 44-50: whoever is named in a paper may ask to see, copy, correct or
delete what is kept about him; where a term set by law has not ended, nothing is done with it but storing it (art. 47).
"""

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from enum import StrEnum

DAYS_TO_ANSWER = 30
"""GB/T 35273-2020, 8.7 a): within thirty days."""


class SubjectRequestKind(StrEnum):
    """What a person asks for."""

    ACCESS = "access"
    """查阅"""
    COPY = "copy"
    """复制"""
    CORRECT = "correct"
    """更正、补充"""
    DELETE = "delete"
    """删除"""
    RESTRICT = "restrict"
    """限制处理"""


@dataclass(frozen=True, slots=True, kw_only=True)
class SubjectRequest:
    """One line of the register of such requests."""

    id: int
    kind: SubjectRequestKind
    person: str
    """Whose data it is about."""
    identity_number: str
    """Plain; empty where none was given. Shown masked to those who may not see personal data."""
    contact: str
    """Telephone number or address by which the person is answered, and looked for."""
    received_on: date
    identity_checked: str
    """How the archive made sure who asks."""
    remark: str
    entered_by: str
    entered_at: datetime
    answer: str = ""
    answered_at: datetime | None = None
    """None while it is open."""
    answered_by: str = ""
    papers: tuple[str, ...] = ()
    """Ids of the papers that the answer names."""

    @property
    def due_on(self) -> date:
        """The last day on which it is answered in time."""
        return self.received_on + timedelta(days=DAYS_TO_ANSWER)


@dataclass(frozen=True, slots=True, kw_only=True)
class Restriction:
    """A paper was put into store only, or taken out of it; added, never altered."""

    item_key: int
    restricted: bool
    """Whether it is kept in store only from now on."""
    reason: str
    request_id: int | None
    """The request that led to it; None where there is none."""
    by: str
    at: datetime
