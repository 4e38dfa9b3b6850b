"""What comes back by the calendar, and what of it is owed."""

from dataclasses import replace
from datetime import date

from dms.archive import is_working_day
from dms.domain.actor import Role
from dms.domain.duty import DutyKind
from dms.domain.recurring_duty import RecurringDuty, occurrences, subject_of

STATISTICS = RecurringDuty(
    code="contract_statistics",
    kind=DutyKind.STATISTICS,
    zh="合同统计报表",
    en="Contract statistics",
    day=10,
    months=(1, 7),
    role=Role.ARCHIVIST,
    since_on=date(2025, 3, 1),
)
SUPPLY = replace(
    STATISTICS, code="sales", kind=DutyKind.SUPPLY, months=tuple(range(1, 13)), department="销售部", role=None
)


def due(rule: RecurringDuty, until_on: date, *done: str) -> list[date]:
    found = occurrences(rule, done=frozenset(done), until_on=until_on, is_working_day=is_working_day)
    return [duty.due_on for duty in found]


def test_statistics_are_due_on_the_tenth_of_january_and_july_or_the_next_working_day():
    assert due(STATISTICS, date(2027, 1, 31)) == [
        date(2025, 7, 10),
        date(2026, 1, 12),
        date(2026, 7, 10),
        date(2027, 1, 11),
    ]


def test_nothing_is_owed_from_before_the_rule_was_stated():
    assert due(replace(STATISTICS, since_on=date(2025, 7, 11)), date(2025, 12, 31)) == []


def test_what_was_handed_in_is_owed_no_more():
    assert subject_of(SUPPLY, date(2025, 4, 10)) == "supply/sales/2025-04"
    assert due(SUPPLY, date(2025, 6, 30), "supply/sales/2025-04") == [
        date(2025, 3, 10),
        date(2025, 5, 12),
        date(2025, 6, 10),
    ]


def test_a_department_is_named_as_the_one_that_owes():
    (first, *_) = occurrences(SUPPLY, done=frozenset(), until_on=date(2025, 12, 31), is_working_day=is_working_day)
    assert (first.department, first.role, first.kind) == ("销售部", None, DutyKind.SUPPLY)
