"""Numbers that were given: each is spent for good, and a gap among them needs a reason."""

from dataclasses import dataclass
from datetime import datetime

from dms.domain.reference_code import CodeKind


@dataclass(frozen=True, slots=True, kw_only=True)
class SpentNumber:
    """A reference code that was given once; nothing else ever bears it."""

    code: str
    kind: CodeKind
    scope: str
    """Within what the number counts, see `ReferencePattern.counter_scope`; empty for a code of an older archive."""
    number: int | None
    """None for a code of an older archive that no pattern reads."""
    subject: str
    """What bears it: the id of an item, ``volume:7``, ``transfer:3``; empty for one that nothing ever bore."""
    spent_at: datetime
    voided_at: datetime | None = None
    void_reason: str = ""
    """Why nothing bears it any more; empty while something does."""


@dataclass(frozen=True, slots=True, kw_only=True)
class NumberGap:
    """A number that was left out, and nobody has said why."""

    kind: CodeKind
    scope: str
    number: int
