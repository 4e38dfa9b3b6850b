"""The ledger of title documents whatever people try: nothing is forgotten, and no piece appears or vanishes."""

import random
from datetime import date

import pytest
from simulators.title_documents import CHIEF, DEED, HANDLER, KEEPER, PLEDGE, WITNESS, asked, in_safe
from sqlalchemy import text
from sqlalchemy.exc import IntegrityError

from dms.custody.titles import (
    Returned,
    TitleDecision,
    TitleRequestStated,
    bring_back,
    close_safe,
    decide_title_request,
    open_safe,
    report_lost,
    request_title,
    show_title,
    take_out,
    withdraw_title_request,
)
from dms.domain.title_document import ENDED, MovementKind, TitleCondition, TitleState
from dms.domain.title_request import TitleRequestState, TitleUse
from dms.errors import DmsError

HISTORIES, STEPS = 25, 30


@pytest.fixture
def deed(archive):
    return in_safe(archive)[0]


@pytest.fixture
def approved(archive, deed):
    request = asked(archive, deed.id, quantity=2)
    return decide_title_request(CHIEF, request.id, TitleDecision(approved=True, opinion="同意"), archive=archive)


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE title_movement SET remark = 'x'",
        "DELETE FROM title_movement",
        "UPDATE title_document SET balance = 7",
        "DELETE FROM title_document",
        "DELETE FROM title_request",
        "UPDATE title_request SET decided_by = 'x'",
        "UPDATE safe_opening SET witness = 'x'",
        "DELETE FROM safe_opening",
        "UPDATE title_slip SET remark = 'x'",
        "DELETE FROM title_slip",
    ],
)
def test_the_catalogue_itself_refuses_to_forget(archive, approved, statement):
    with pytest.raises(IntegrityError), archive.begin() as work:
        work.connection.execute(text(statement))


def test_the_catalogue_itself_refuses_a_balance_that_does_not_follow(archive, deed):
    columns = "title_id, moved_at, kind, change, balance, location_id, custodian, witness, other_party, remark"
    for change, balance in ((-3, -1), (-1, 0), (1, 1)):
        values = f"{deed.id}, '2026', 'lost', {change}, {balance}, {deed.location_id}, 'a', 'b', '', ''"
        with pytest.raises(IntegrityError), archive.begin() as work:
            work.connection.execute(text(f"INSERT INTO title_movement ({columns}) VALUES ({values})"))


def anything(draw, archive, titles):
    """One step that somebody tries, sensible or not."""
    with archive.looking() as view:
        known = [each.id for title in titles for each in view.title_requests.of_title(title.id)] or [1]
    title, request, pieces = draw.choice(titles).id, draw.choice(known), draw.randint(1, 3)
    wish = TitleRequestStated(
        use=draw.choice(list(TitleUse)), purpose="办事", quantity=pieces, due_on=date(2026, 3, draw.randint(2, 28))
    )
    returned = Returned(quantity=pieces, condition=TitleCondition.SOUND)
    yes = TitleDecision(approved=draw.random() < 0.8, opinion="已阅")
    draw.choice(
        (
            lambda: request_title(HANDLER, title, wish, archive=archive),
            lambda: decide_title_request(CHIEF, request, yes, archive=archive),
            lambda: open_safe(KEEPER, WITNESS, "BX1", "办理", archive=archive),
            lambda: close_safe(KEEPER, WITNESS, "BX1", archive=archive),
            lambda: take_out(KEEPER, request, archive=archive),
            lambda: take_out(KEEPER, request, archive=archive),
            lambda: bring_back(KEEPER, request, returned, archive=archive),
            lambda: withdraw_title_request(HANDLER, request, archive=archive),
            lambda: report_lost(KEEPER, CHIEF, request, "遗失", archive=archive),
        )
    )()


def judged(archive, title):
    """Hold a title document to what its ledger says."""
    shown = show_title(KEEPER, title.id, archive=archive)
    assert shown.title.balance == sum(line.change for line in shown.movements) >= 0
    assert [line.balance for line in shown.movements] == [
        sum(each.change for each in shown.movements[: place + 1]) for place in range(len(shown.movements))
    ]
    approvals = {each.id: each for each in shown.requests if each.decided_by == CHIEF.name}
    leaving = [line for line in shown.movements if line.change < 0]
    assert all(-line.change <= approvals[line.request_id].quantity for line in leaving)
    assert all(line.custodian != line.witness for line in shown.movements)
    out = sum(
        -line.change
        for each in shown.requests
        if each.state in (TitleRequestState.OUT, TitleRequestState.LOST)
        for line in shown.movements
        if line.request_id == each.id
    )
    for_good = {MovementKind.RELEASED, MovementKind.CANCELLED, MovementKind.LOST}
    gone = -sum(line.change for line in leaving if line.kind in for_good)
    assert shown.title.balance + out + gone == title.facts.quantity
    is_out = any(each.state is TitleRequestState.OUT for each in shown.requests)
    assert (shown.title.state is TitleState.OUT) == is_out
    assert not (shown.title.state in ENDED and (shown.title.balance or is_out))


@pytest.mark.parametrize("seed", range(HISTORIES))
def test_no_piece_appears_or_vanishes_whatever_people_try(archive, seed):
    draw = random.Random(seed)
    titles = in_safe(archive, DEED, PLEDGE)
    done = 0
    for _ in range(STEPS):
        try:
            anything(draw, archive, titles)
            done += 1
        except DmsError:
            continue
    assert done
    for title in titles:
        judged(archive, title)
