"""Who decides follows from the most secret paper and from whose papers they are; states move one way."""

from dataclasses import replace
from datetime import date

import pytest

from dms.domain.lending import (
    MAY_BECOME,
    Approver,
    LendingRules,
    RequestState,
    RouteStep,
    highest_grade,
    loan_due_on,
    raised,
    route_of,
)
from dms.domain.working_days import is_weekday

SALES, WORKS = "销售一部", "工程部"
HEAD, CHARGE, BOSS = Approver.DEPARTMENT_MANAGER, Approver.MANAGER_IN_CHARGE, Approver.GENERAL_MANAGER


@pytest.mark.parametrize(
    ("grade", "owners", "steps"),
    [
        (3, {SALES}, [(HEAD, SALES)]),
        (3, {""}, [(HEAD, SALES)]),
        (3, set(), [(HEAD, SALES)]),
        (3, {WORKS}, [(CHARGE, WORKS)]),
        (3, {WORKS, "财务部"}, [(CHARGE, WORKS), (CHARGE, "财务部")]),
        (3, {SALES, WORKS}, [(CHARGE, WORKS)]),
        (2, {SALES}, [(CHARGE, SALES)]),
        (2, {WORKS}, [(CHARGE, WORKS)]),
        (2, {SALES, WORKS}, [(CHARGE, SALES), (CHARGE, WORKS)]),
        (1, {SALES}, [(BOSS, "")]),
        (1, {WORKS}, [(CHARGE, WORKS), (BOSS, "")]),
    ],
)
def test_the_route_of_a_request(grade, owners, steps):
    route = route_of(LendingRules(), grade=grade, asking_department=SALES, owning_departments=owners)
    assert set(route) == {RouteStep(approver=approver, department=department) for approver, department in steps}
    assert [step.approver for step in route] == sorted((step.approver for step in route), key=list(Approver).index)


def test_the_routes_are_data():
    strict = replace(LendingRules(), by_grade={1: BOSS, 2: BOSS, 3: CHARGE}, other_department=BOSS)
    assert route_of(strict, grade=3, asking_department=SALES, owning_departments={WORKS}) == (
        RouteStep(approver=BOSS, department=WORKS),
    )
    assert route_of(strict, grade=3, asking_department=SALES, owning_departments={SALES}) == (
        RouteStep(approver=CHARGE, department=SALES),
    )


def test_a_grade_nobody_knows_goes_to_the_top():
    (step,) = route_of(LendingRules(), grade=0, asking_department=SALES, owning_departments=set())
    assert step.approver is BOSS


def test_whoever_would_decide_about_himself_gives_way_to_the_next_rank():
    step = raised(RouteStep(approver=HEAD, department=SALES))
    assert step == RouteStep(approver=CHARGE, department=SALES)
    assert raised(step) == RouteStep(approver=BOSS)
    assert raised(RouteStep(approver=BOSS)) is None


@pytest.mark.parametrize(("grades", "highest"), [([3, 2, 3], 2), ([1, 3], 1), ([], 3), ([0, 9], 3)])
def test_the_most_secret_paper_counts(grades, highest):
    assert highest_grade(grades) == highest


@pytest.mark.parametrize(
    ("wished_days", "due_on"),
    [
        (1, date(2026, 3, 3)),
        (4, date(2026, 3, 6)),
        (5, date(2026, 3, 9)),
        (6, date(2026, 3, 9)),
        (14, date(2026, 3, 16)),
        (30, date(2026, 3, 16)),
        (0, date(2026, 3, 3)),
    ],
)
def test_an_original_is_due_on_a_working_day_no_later_than_the_rules_lend(wished_days, due_on):
    monday = date(2026, 3, 2)
    assert loan_due_on(LendingRules(), from_on=monday, wished_days=wished_days, is_working_day=is_weekday) == due_on


def test_what_ended_never_goes_on():
    ended = {state for state, after in MAY_BECOME.items() if not after}
    assert ended == set(RequestState) - {RequestState.FINDING, RequestState.PENDING, RequestState.APPROVED}
    assert set(MAY_BECOME) == set(RequestState)
