"""The register of numbers as a person may read it, and whether it agrees with what bears the numbers.

What always holds:
- A number is known to whoever may know of its bearer; one that nothing ever bore, to whoever knows of a neighbour in
  its scope. Boxes, hand-overs and accessions bear nobody's name and are known to all.
- What bears a code and what the register says of it are compared in both directions, in one transaction.
"""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import ColumnElement, Connection, Integer, Select, Text, and_, cast, func, literal, or_, select, true

from dms.domain.actor import GRADES, Actor
from dms.domain.numbering import NumberGap, SpentNumber
from dms.domain.reference_code import CodeKind
from dms.store.filing_tables import number_counter
from dms.store.filing_tables import spent_number as table
from dms.store.items import visible_to
from dms.store.numbers import Numbers, spent_in
from dms.store.rights import among
from dms.store.tables import item, volume
from dms.store.volumes import known_to

VOLUME_SUBJECT = "volume:"
"""Stands before the id of a volume where a number says what bears it; an item is named by its id alone."""


@dataclass(frozen=True, slots=True, kw_only=True)
class NumberDisagreements:
    """Where register and bearers contradict each other; all empty where they agree."""

    unrecorded: tuple[tuple[str, str], ...]
    """Subject and code of what bears a code that the register does not have for it, or has as void."""
    unborne: tuple[str, ...]
    """Codes that should be borne by what the register says, and are not."""
    counted_short: tuple[str, ...]
    """Scopes whose counter stands before a number that was given already."""


class NumberRegister:
    """Reads what `Numbers` has given."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def page(
        self, kind: CodeKind, *, actor: Actor, words: str = "", limit: int, offset: int = 0
    ) -> tuple[int, Sequence[SpentNumber]]:
        """How many numbers of a kind the actor may know of whose code holds every word, and one page of them."""
        holding = [table.c.code.contains(word, autoescape=True) for word in words.split()]
        fitting = and_(table.c.kind == kind.value, _known(kind, actor), *holding)
        total = self._connection.execute(select(func.count()).select_from(table).where(fitting)).scalar_one()
        query = select(table).where(fitting).order_by(table.c.scope, table.c.number, table.c.code)
        return total, [spent_in(row) for row in self._connection.execute(query.limit(limit).offset(offset))]

    def gaps(self, kind: CodeKind, *, actor: Actor) -> Sequence[NumberGap]:
        """The first numbers that were left out without a reason, of the scopes that the actor may know of."""
        gaps = Numbers(self._connection).gaps(kind)
        known = self._known_scopes(kind, {gap.scope for gap in gaps}, actor)
        return [gap for gap in gaps if gap.scope in known]

    def in_sight(self, found: NumberDisagreements, *, actor: Actor) -> NumberDisagreements:
        """Those of the disagreements that the actor may know of."""
        if _sees_everything(actor):
            return found
        return NumberDisagreements(
            unrecorded=tuple(each for each in found.unrecorded if self._is_in_sight(each[0], actor)),
            unborne=(),
            counted_short=(),
        )

    def knows(self, kind: CodeKind, code: str, *, actor: Actor) -> bool:
        """Whether the actor may know of a code of this kind."""
        fitting = and_(table.c.kind == kind.value, table.c.code == code, _known(kind, actor))
        return self._connection.execute(select(table.c.code).where(fitting)).first() is not None

    def codes(self, kind: CodeKind) -> Sequence[str]:
        """Every code of a kind that was ever given, whoever may know of it."""
        return list(self._connection.execute(select(table.c.code).where(table.c.kind == kind.value)).scalars())

    def count(self) -> int:
        """How many numbers of all kinds were ever given."""
        return self._connection.execute(select(func.count()).select_from(table)).scalar_one()

    def gap_count(self) -> int:
        """How many numbers of all kinds were left out without a reason, as far as they are counted."""
        numbers = Numbers(self._connection)
        return sum(len(numbers.gaps(kind)) for kind in CodeKind)

    def disagreements(self) -> NumberDisagreements:
        """Where the register and what bears the numbers contradict each other."""
        return NumberDisagreements(
            unrecorded=tuple((row.subject, row.code) for row in self._rows(_unrecorded_volumes(), _unrecorded_items())),
            unborne=tuple(row.code for row in self._rows(_unborne_by_volumes(), _unborne_by_items())),
            counted_short=tuple(row.scope for row in self._rows(_counted_short())),
        )

    def _is_in_sight(self, subject: str, actor: Actor) -> bool:
        _, volume_mark, number = subject.rpartition(VOLUME_SUBJECT)
        if volume_mark:
            query: Select[Any] = select(volume.c.id).where(volume.c.id == int(number), known_to(actor))
        else:
            query = select(item.c.key).where(item.c.id == subject, visible_to(actor))
        return self._connection.execute(query).first() is not None

    def _known_scopes(self, kind: CodeKind, scopes: Collection[str], actor: Actor) -> set[str]:
        known = and_(table.c.kind == kind.value, among(table.c.scope, scopes), _borne_in_sight(kind, actor))
        return set(self._connection.execute(select(table.c.scope).where(known).distinct()).scalars())

    def _rows(self, *queries: Select[Any]) -> list[Any]:
        return [row for query in queries for row in self._connection.execute(query)]


def _known(kind: CodeKind, actor: Actor) -> ColumnElement[bool]:
    seen = _borne_in_sight(kind, actor)
    beside = table.alias("beside")
    in_scope = select(beside.c.code).where(beside.c.kind == kind.value, beside.c.scope == table.c.scope)
    neighbours = in_scope.where(_borne_in_sight(kind, actor, beside)).correlate(table)
    return or_(seen, and_(table.c.subject == "", table.c.scope != "", neighbours.exists()))


def _borne_in_sight(kind: CodeKind, actor: Actor, numbers: Any = table) -> ColumnElement[bool]:  # noqa: ANN401
    if kind not in (CodeKind.VOLUME, CodeKind.ITEM, CodeKind.PAGE) or _sees_everything(actor):
        return true()
    if kind is CodeKind.VOLUME:
        # The row numbers of volumes are compared as numbers, or the whole table would be gone through for each code.
        named = cast(func.substr(numbers.c.subject, len(VOLUME_SUBJECT) + 1), Integer)
        bearer = select(volume.c.id).where(volume.c.id == named, known_to(actor))
    else:
        bearer = select(item.c.key).where(item.c.id == numbers.c.subject, visible_to(actor))
    return bearer.correlate(numbers).exists()


def _sees_everything(actor: Actor) -> bool:
    return actor.departments is None and actor.clearance == min(GRADES)


def _unrecorded_volumes() -> Select[Any]:
    subject = literal(VOLUME_SUBJECT).concat(cast(volume.c.id, Text))
    recorded = _recorded(CodeKind.VOLUME, volume.c.reference_code, subject)
    same_number = or_(volume.c.number.is_(None), table.c.number == volume.c.number)
    missing = ~recorded.where(same_number).correlate(volume).exists()
    columns = (subject.label("subject"), volume.c.reference_code.label("code"))
    return select(*columns).where(volume.c.reference_code.is_not(None), missing).order_by(volume.c.id)


def _unrecorded_items() -> Select[Any]:
    recorded = _recorded(CodeKind.ITEM, item.c.reference_code, item.c.id)
    columns = (item.c.id.label("subject"), item.c.reference_code.label("code"))
    missing = ~recorded.correlate(item).exists()
    return select(*columns).where(item.c.reference_code.is_not(None), missing).order_by(item.c.key)


def _recorded(kind: CodeKind, code: ColumnElement[Any], subject: ColumnElement[Any]) -> Select[Any]:
    same = (table.c.code == code) & (table.c.subject == subject) & (table.c.kind == kind.value)
    return select(table.c.code).where(same, table.c.voided_at.is_(None))


def _unborne_by_volumes() -> Select[Any]:
    named = cast(func.substr(table.c.subject, len(VOLUME_SUBJECT) + 1), Integer)
    bearer = select(volume.c.id).where(volume.c.id == named, volume.c.reference_code == table.c.code)
    return _unborne(CodeKind.VOLUME, bearer)


def _unborne_by_items() -> Select[Any]:
    """A code that an item bore before it was moved is borne still: it leads to the item."""
    formerly = select(func.json_each(item.c.former_codes).table_valued("value").c.value).correlate(item)
    bears = or_(item.c.reference_code == table.c.code, table.c.code.in_(formerly))
    return _unborne(CodeKind.ITEM, select(item.c.key).where(item.c.id == table.c.subject, bears))


def _unborne(kind: CodeKind, bearer: Select[Any]) -> Select[Any]:
    given = (table.c.kind == kind.value) & table.c.voided_at.is_(None)
    return select(table.c.code).where(given, ~bearer.correlate(table).exists()).order_by(table.c.code)


def _counted_short() -> Select[Any]:
    highest = select(table.c.scope, func.max(table.c.number).label("number")).where(table.c.scope != "")
    given = highest.group_by(table.c.scope).subquery()
    last = select(number_counter.c.last).where(number_counter.c.scope == given.c.scope).scalar_subquery()
    return select(given.c.scope).where(given.c.number > func.coalesce(last, 0)).order_by(given.c.scope)
