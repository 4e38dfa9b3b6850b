"""Reference codes as they are given: counters, and the register of every number that was ever spent.

What always holds:
- A number is given in the transaction that makes use of it; where that fails, the number was never given.
- A code once spent is never given again, also when nothing bears it any more (triggers hold the register).
- A number that is left out is a gap until somebody says why (`skip`).
"""

from collections.abc import Iterator, Mapping, Sequence
from datetime import datetime
from itertools import islice
from typing import Any

from sqlalchemy import Connection, Row, func, select
from sqlalchemy.dialects.sqlite import insert

from dms.domain.numbering import NumberGap, SpentNumber
from dms.domain.reference_code import (
    DEFAULT_STYLE,
    MOST_DIGITS,
    NUMBERING_STYLES,
    SCOPE_MARK,
    CodeKind,
    ReferencePattern,
)
from dms.store.errors import NumberSpent
from dms.store.filing_tables import number_counter, reference_pattern
from dms.store.filing_tables import spent_number as table
from dms.store.rights import among

CodeFields = Mapping[str, str | int]
MOST_GAPS = 1000
"""One wrong number out of an older catalogue leaves out millions; nobody reads that many."""


class Numbers:
    """The numbering of the archive."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def pattern(self, kind: CodeKind) -> ReferencePattern:
        """How codes of this kind are written: as the company stated it, else as shipped."""
        query = select(reference_pattern.c.text).where(reference_pattern.c.kind == kind.value)
        text = self._connection.execute(query).scalar()
        return ReferencePattern.parse(kind, text) if text else NUMBERING_STYLES[DEFAULT_STYLE].patterns[kind]

    def state_pattern(self, pattern: ReferencePattern) -> None:
        """Write codes of this kind so from now on; what was given stays as it is."""
        statement = insert(reference_pattern).values(kind=pattern.kind.value, text=pattern.text)
        self._connection.execute(
            statement.on_conflict_do_update(index_elements=["kind"], set_={"text": statement.excluded.text})
        )

    def allocate(self, pattern: ReferencePattern, fields: CodeFields, subject: str, at: datetime) -> str:
        """The next code of its scope, spent for `subject`; raises `CodeFieldUnfit`."""
        return self.allocate_all(pattern, fields, [subject], at)[0]

    def allocate_all(
        self, pattern: ReferencePattern, fields: CodeFields, subjects: Sequence[str], at: datetime
    ) -> list[str]:
        """The next codes of one scope, one for each subject in order, spent; raises `CodeFieldUnfit`.

        A number whose code is spent already (an older archive may have borne it) is passed over.
        """
        scope = pattern.counter_scope(fields)
        given = tuple(zip(self._free(pattern, fields, scope, len(subjects)), subjects, strict=True))
        rows = [
            _row(pattern.code({**fields, pattern.running_field: number}), pattern.kind, scope, number, subject, at)
            for number, subject in given
        ]
        if rows:
            self.count_to(scope, given[-1][0])
            self._connection.execute(table.insert(), rows)
        return [row["code"] for row in rows]

    def peek(self, pattern: ReferencePattern, fields: CodeFields, count: int = 1) -> list[str]:
        """The codes that `allocate_all` would give; nothing is spent."""
        numbers = self._free(pattern, fields, pattern.counter_scope(fields), count)
        return [pattern.code({**fields, pattern.running_field: number}) for number in numbers]

    def register(self, pattern: ReferencePattern, code: str, subject: str, at: datetime) -> None:
        """Spend a code that was given before this archive, as it is written; raises `NumberSpent`.

        One that is of the pattern counts: later numbers of its scope come after it, and what it leaves out is a gap.
        """
        parts = pattern.fields(code)
        number = pattern.number(code)
        scope = pattern.counter_scope(parts) if parts else ""
        self._spend(_row(code, pattern.kind, scope, number, subject, at))
        if number is not None:
            self.count_to(scope, number)

    def skip(self, pattern: ReferencePattern, fields: CodeFields, number: int, reason: str, at: datetime) -> str:
        """The code of a number that was left out, spent and void at once with the reason; raises `NumberSpent`."""
        scope, code = pattern.counter_scope(fields), pattern.code({**fields, pattern.running_field: number})
        self._spend(_row(code, pattern.kind, scope, number, "", at) | {"voided_at": at, "void_reason": reason})
        self.count_to(scope, number)
        return code

    def close_gap(self, gap: NumberGap, reason: str, at: datetime) -> SpentNumber:
        """The number of a gap, spent and void with the reason, under a code written like the one after it.

        There must be such a gap. Raises `NumberSpent` where the code is one of another scope.
        """
        after = (table.c.kind == gap.kind.value) & (table.c.scope == gap.scope) & (table.c.number > gap.number)
        following = self._connection.execute(select(table.c.code).where(after).order_by(table.c.number)).scalars()
        code = _code_like(following.first() or "", gap, self.pattern(gap.kind))
        row = _row(code, gap.kind, gap.scope, gap.number, "", at) | {"voided_at": at, "void_reason": reason}
        self._spend(row)
        return SpentNumber(**row | {"kind": gap.kind})

    def void(self, code: str, reason: str, at: datetime) -> None:
        """Say that nothing bears the code any more, and why; it stays spent. The code must be spent and not void."""
        statement = table.update().where(table.c.code == code, table.c.voided_at.is_(None))
        if not self._connection.execute(statement.values(voided_at=at, void_reason=reason)).rowcount:
            raise LookupError("the code was never given, or is void already")

    def spent(self, code: str) -> SpentNumber | None:
        """What is known of a code; None for one that was never given."""
        row = self._connection.execute(select(table).where(table.c.code == code)).first()
        return spent_in(row) if row else None

    def of_subject(self, subject: str) -> list[SpentNumber]:
        """Every code that was given to a subject, void ones included, in the order of giving."""
        query = select(table).where(table.c.subject == subject).order_by(table.c.spent_at, table.c.code)
        return [spent_in(row) for row in self._connection.execute(query)]

    def page(self, kind: CodeKind, *, scope: str | None = None, limit: int, offset: int = 0) -> list[SpentNumber]:
        """One page of the register, by scope and number."""
        query = select(table).where(table.c.kind == kind.value).order_by(table.c.scope, table.c.number, table.c.code)
        if scope is not None:
            query = query.where(table.c.scope == scope)
        return [spent_in(row) for row in self._connection.execute(query.limit(limit).offset(offset))]

    def count(self, kind: CodeKind) -> int:
        """How many codes of a kind were ever given."""
        query = select(func.count()).select_from(table).where(table.c.kind == kind.value)
        return self._connection.execute(query).scalar_one()

    def gaps(self, kind: CodeKind, *, limit: int = MOST_GAPS) -> list[NumberGap]:
        """The first numbers of a kind that were left out without a reason, by scope."""
        return list(islice((gap for gap in self._left_out(kind) if not self._spent_elsewhere(gap)), limit))

    def _left_out(self, kind: CodeKind) -> Iterator[NumberGap]:
        before = func.coalesce(
            func.lag(table.c.number).over(partition_by=table.c.scope, order_by=table.c.number), 0
        ).label("before")
        numbered = select(table.c.scope, table.c.number, before).where(
            table.c.kind == kind.value, table.c.number.is_not(None)
        )
        steps = numbered.subquery()
        query = select(steps).where(steps.c.number > steps.c.before + 1).order_by(steps.c.scope, steps.c.number)
        for row in self._connection.execute(query).all():
            yield from (NumberGap(kind=kind, scope=row.scope, number=n) for n in range(row.before + 1, row.number))

    def _spent_elsewhere(self, gap: NumberGap) -> bool:
        codes = {gap.scope.replace(SCOPE_MARK, str(gap.number).zfill(width)) for width in range(1, MOST_DIGITS + 1)}
        query = select(table.c.code).where(table.c.code.in_(codes)).limit(1)
        return self._connection.execute(query).first() is not None

    def _free(self, pattern: ReferencePattern, fields: CodeFields, scope: str, count: int) -> list[int]:
        query = select(number_counter.c.last).where(number_counter.c.scope == scope)
        number = int(self._connection.execute(query).scalar() or 0)
        free: list[int] = []
        while len(free) < count:
            wanted = {
                pattern.code({**fields, pattern.running_field: number + step}): number + step
                for step in range(1, count - len(free) + 1)
            }
            taken = set(self._connection.execute(select(table.c.code).where(among(table.c.code, wanted))).scalars())
            free += [each for code, each in wanted.items() if code not in taken]
            number += len(wanted)
        return free

    def count_to(self, scope: str, number: int) -> None:
        """Let the next number of a scope come after this one."""
        statement = insert(number_counter).values(scope=scope, last=number)
        latest = func.max(number_counter.c.last, statement.excluded.last)
        self._connection.execute(statement.on_conflict_do_update(index_elements=["scope"], set_={"last": latest}))

    def _spend(self, row: dict[str, Any]) -> None:
        if self.spent(row["code"]):
            raise NumberSpent(row["code"])
        self._connection.execute(table.insert().values(**row))


def _code_like(code: str, gap: NumberGap, pattern: ReferencePattern) -> str:
    parts = pattern.fields(code)
    if parts and pattern.counter_scope(parts) == gap.scope:
        return pattern.code({**parts, pattern.running_field: gap.number})
    # Of an older pattern, which nobody has kept: as wide as the number beside it.
    before, _, behind = gap.scope.partition(SCOPE_MARK)
    width = len(code) - len(before) - len(behind)
    return f"{before}{str(gap.number).zfill(width)}{behind}"


def _row(code: str, kind: CodeKind, scope: str, number: int | None, subject: str, at: datetime) -> dict[str, Any]:
    stated = {"code": code, "kind": kind.value, "scope": scope, "number": number, "subject": subject, "spent_at": at}
    return stated | {"void_reason": ""}


def spent_in(row: Row[Any]) -> SpentNumber:
    """The number that a row of the register states."""
    return SpentNumber(**dict(row._mapping) | {"kind": CodeKind(row.kind)})
