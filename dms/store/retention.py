"""The retention rules of the company, every version of them; what nobody stated is as shipped."""

from typing import Any

from sqlalchemy import Connection, Row, func, select

from dms.domain.retention import (
    DEFAULT_RETENTION_RULES,
    RetentionAction,
    RetentionRule,
    RetentionTrigger,
    RetentionVocabulary,
)
from dms.store.filing_tables import retention_rule as table


class Retention:
    """Retention rules, by code and version; a version is never changed, a new one is stated."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def all(self) -> list[RetentionRule]:
        """The rules in force: of every code the newest version, the shipped ones first."""
        rules = {rule.code: rule for rule in DEFAULT_RETENTION_RULES}
        query = select(table).order_by(table.c.position, table.c.version)
        return list((rules | {row.code: _rule(row) for row in self._connection.execute(query)}).values())

    def with_code(self, code: str, *, version: int | None = None) -> RetentionRule | None:
        """The rule with this code, in its newest version or a given one; None for one that there is not."""
        query = select(table).where(table.c.code == code).order_by(table.c.version.desc())
        row = self._connection.execute(query if version is None else query.where(table.c.version == version)).first()
        if row:
            return _rule(row)
        shipped = (rule for rule in DEFAULT_RETENTION_RULES if rule.code == code)
        return next((rule for rule in shipped if version in (None, rule.version)), None)

    def versions(self) -> list[RetentionRule]:
        """Every version of every rule, those of one code together, the newest first."""
        stated = [_rule(row) for row in self._connection.execute(select(table).order_by(table.c.position))]
        known = {(rule.code, rule.version) for rule in stated}
        shipped = [rule for rule in DEFAULT_RETENTION_RULES if (rule.code, rule.version) not in known]
        order = list(dict.fromkeys(rule.code for rule in (*shipped, *stated)))
        return sorted((*shipped, *stated), key=lambda rule: (order.index(rule.code), -rule.version))

    def state(self, rule: RetentionRule) -> RetentionRule:
        """The rule as it is in force from now on, under the next version number of its code."""
        known = self.with_code(rule.code)
        version = known.version + 1 if known else 1
        position = self._connection.execute(select(func.coalesce(func.max(table.c.position), 0))).scalar_one() + 1
        values = {name: getattr(rule, name) for name in RetentionRule.__dataclass_fields__} | {"version": version}
        kinds = {name: values[name].value for name in ("vocabulary", "trigger", "action")}
        self._connection.execute(table.insert().values(**values | kinds, position=position))
        return RetentionRule(**values)


def _rule(row: Row[Any]) -> RetentionRule:
    values = {name: getattr(row, name) for name in RetentionRule.__dataclass_fields__}
    kinds = {
        "vocabulary": RetentionVocabulary(row.vocabulary),
        "trigger": RetentionTrigger(row.trigger),
        "action": RetentionAction(row.action),
    }
    return RetentionRule(**values | kinds)
