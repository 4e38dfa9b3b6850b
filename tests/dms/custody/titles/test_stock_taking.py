"""Two persons count a safe without knowing what is expected, and sign for what differs."""

from datetime import date, timedelta

import pytest
from simulators.title_documents import (
    CHECKER,
    CHIEF,
    DEED,
    HANDLER,
    KEEPER,
    PLEDGE,
    WITNESS,
    add_safe,
    asked,
    draft,
    in_safe,
    taken_over,
)
from sqlalchemy import text
from sqlalchemy.exc import IntegrityError

from dms.custody import NewAccount, add_user
from dms.custody.titles import (
    Count,
    CountIncomplete,
    DifferencesUnexplained,
    FoundBesides,
    SafeLocked,
    StockTakeNotFound,
    StockTakeStateUnfit,
    StockTakeUnderWay,
    TitleDecision,
    TitleFactInvalid,
    TitleLineNotThere,
    TitleReasonMissing,
    TitleSignedTwice,
    appoint_keeper,
    begin_count,
    cancel_stock_take,
    close_safe,
    decide_title_request,
    duties,
    explain_differences,
    hand_count_in,
    hand_titles_over,
    held_by,
    list_safes,
    list_stock_takes,
    open_safe,
    pass_safe_on,
    plan_stock_take,
    show_stock_take,
    sign_stock_take,
    take_out,
)
from dms.domain.actor import OPERATOR, ActionForbidden, Role
from dms.domain.duty import DutyKind
from dms.domain.leaving import HeldKind, Passing
from dms.domain.safe import StockTakeState

TODAY = date(2026, 3, 2)


@pytest.fixture
def titles(archive):
    return in_safe(archive, DEED, PLEDGE)


@pytest.fixture
def counting(archive, titles):
    """A stock-take of BX1, begun under an opening."""
    take = plan_stock_take(KEEPER, "BX1", TODAY, archive=archive)
    open_safe(KEEPER, WITNESS, "BX1", "季度盘点", archive=archive)
    begin_count(KEEPER, take.id, archive=archive)
    return take.id


def counted(archive, take, *pieces, besides=()):
    lines = show_stock_take(KEEPER, take, archive=archive).lines
    found = dict(zip((line.id for line in lines), pieces, strict=True))
    return hand_count_in(KEEPER, take, Count(counted=found, besides=besides), archive=archive)


def test_a_safe_in_which_all_is_as_it_should_be_is_signed_for(archive, counting):
    counted(archive, counting, 2, 1)
    closed = sign_stock_take(KEEPER, WITNESS, counting, remark="账实相符", archive=archive)
    assert (closed.state, closed.counter, closed.witness) == (StockTakeState.CLOSED, "quanzheng", "jianzheng")
    assert closed.number == "PD-2026-0001"
    assert [line.difference for line in show_stock_take(KEEPER, "PD-2026-0001", archive=archive).lines] == [0, 0]


def test_nobody_is_told_what_is_expected_before_the_count_is_in(archive, counting):
    shown = show_stock_take(KEEPER, counting, archive=archive)
    assert shown.is_blind
    assert [line.expected for line in shown.lines] == [0, 0]
    counted(archive, counting, 2, 1)
    assert [line.expected for line in show_stock_take(KEEPER, counting, archive=archive).lines] == [2, 1]


def test_what_differs_is_explained_before_anybody_signs(archive, counting):
    counted(archive, counting, 1, 1, besides=[FoundBesides(name="他项权证", certificate_no="T-9", counted=1)])
    with pytest.raises(DifferencesUnexplained):
        sign_stock_take(KEEPER, WITNESS, counting, archive=archive)
    lines = show_stock_take(KEEPER, counting, archive=archive).lines
    assert [line.difference for line in lines] == [-1, 0, 1]
    explanations = {lines[0].id: "副本借出未登记，补办申请", lines[2].id: "未办移交，补移交单"}
    explain_differences(KEEPER, counting, explanations, archive=archive)
    sign_stock_take(KEEPER, WITNESS, counting, archive=archive)
    with pytest.raises(StockTakeStateUnfit):
        explain_differences(KEEPER, counting, explanations, archive=archive)


def test_a_count_may_be_put_right_until_it_is_signed(archive, counting):
    counted(archive, counting, 1, 1)
    counted(archive, counting, 2, 1)
    assert sign_stock_take(KEEPER, WITNESS, counting, archive=archive).state is StockTakeState.CLOSED


def test_every_line_is_counted(archive, counting):
    with pytest.raises(CountIncomplete):
        hand_count_in(KEEPER, counting, Count(counted={}), archive=archive)
    with pytest.raises(TitleLineNotThere):
        hand_count_in(KEEPER, counting, Count(counted={99: 1}), archive=archive)
    with pytest.raises(TitleFactInvalid):
        counted(archive, counting, -1, 1)
    with pytest.raises(TitleFactInvalid):
        counted(archive, counting, 2, 1, besides=[FoundBesides(name="", certificate_no="", counted=1)])


def test_nothing_moves_while_it_is_counted(archive, titles):
    request = asked(archive, titles[0].id)
    decide_title_request(CHIEF, request.id, TitleDecision(approved=True, opinion=""), archive=archive)
    take = plan_stock_take(KEEPER, "BX1", TODAY, archive=archive)
    with pytest.raises(SafeLocked):
        begin_count(KEEPER, take.id, archive=archive)
    open_safe(KEEPER, WITNESS, "BX1", "季度盘点", archive=archive)
    begin_count(KEEPER, take.id, archive=archive)
    with pytest.raises(StockTakeUnderWay):
        take_out(KEEPER, request.id, archive=archive)
    second = plan_stock_take(KEEPER, "BX1", TODAY, archive=archive)
    with pytest.raises(StockTakeUnderWay):
        begin_count(KEEPER, second.id, archive=archive)
    counted(archive, take.id, 2, 1)
    take_out(KEEPER, request.id, archive=archive)


def test_two_persons_sign(archive, counting):
    counted(archive, counting, 2, 1)
    with pytest.raises(TitleSignedTwice):
        sign_stock_take(KEEPER, KEEPER, counting, archive=archive)


def test_a_stock_take_that_was_given_up_stays_to_be_read(archive, counting):
    with pytest.raises(TitleReasonMissing):
        cancel_stock_take(KEEPER, counting, "", archive=archive)
    cancel_stock_take(KEEPER, counting, "临时停电", archive=archive)
    total, takes = list_stock_takes(KEEPER, archive=archive)
    assert (total, takes[0].take.state) == (1, StockTakeState.CANCELLED)


def test_what_is_not_there_or_not_for_everyone(archive, counting):
    with pytest.raises(StockTakeNotFound):
        show_stock_take(KEEPER, 99, archive=archive)
    with pytest.raises(StockTakeNotFound):
        show_stock_take(KEEPER, "PD-2020-0001", archive=archive)
    with pytest.raises(TitleFactInvalid):
        plan_stock_take(KEEPER, "BX1", TODAY - timedelta(days=1), archive=archive)
    with pytest.raises(ActionForbidden):
        show_stock_take(CHECKER, counting, archive=archive)


@pytest.mark.parametrize(
    "statement",
    ["UPDATE stock_take SET remark = 'x'", "UPDATE stock_take_line SET counted = 9", "DELETE FROM stock_take"],
)
def test_the_catalogue_itself_keeps_what_was_signed(archive, counting, statement):
    counted(archive, counting, 2, 1)
    sign_stock_take(KEEPER, WITNESS, counting, archive=archive)
    with pytest.raises(IntegrityError), archive.begin() as work:
        work.connection.execute(text(statement))


def owed(archive, on=TODAY):
    with archive.looking() as view:
        return {duty.subject: duty for duty in duties(view, on=on)}


def test_every_step_that_waits_is_somebodys_duty(archive):
    add_safe(archive)
    slip = draft(archive)
    duty = owed(archive)[f"title_slip/{slip.id}"]
    assert (duty.kind, duty.person, duty.due_on) == (DutyKind.HAND_OVER, "jingban", date(2026, 3, 3))
    hand_titles_over(HANDLER, slip.id, archive=archive)
    assert owed(archive)[f"title_slip/{slip.id}"].role is Role.ARCHIVIST
    (pledge,) = taken_over(archive, PLEDGE)
    assert owed(archive)[f"title/{pledge.id}"].role is Role.CUSTODIAN


def test_requests_returns_and_stock_takes_are_duties_with_a_day(archive, titles):
    assert owed(archive)["stock_take/1/2026-03-02"].due_on == date(2026, 6, 2)
    request = asked(archive, titles[0].id)
    waiting = owed(archive)[f"title_request/{request.id}"]
    assert (waiting.role, waiting.due_on) == (Role.GENERAL_MANAGER, date(2026, 3, 4))
    decide_title_request(CHIEF, request.id, TitleDecision(approved=True, opinion=""), archive=archive)
    open_safe(KEEPER, WITNESS, "BX1", "出库", archive=archive)
    take_out(KEEPER, request.id, archive=archive)
    due = owed(archive)[f"title_return/{request.id}"]
    assert (due.kind, due.person, due.due_on) == (DutyKind.TITLE_RETURN, "jingban", date(2026, 3, 6))
    plan_stock_take(KEEPER, "BX1", date(2026, 3, 20), archive=archive)
    assert owed(archive)["stock_take/1/2026-03-02"].due_on == date(2026, 3, 20)


def held(archive, name):
    with archive.looking() as view:
        return {thing.subject: thing for thing in held_by(view, name)}


def test_a_leaver_brings_back_what_he_took_and_passes_his_safe_on(archive, titles):
    account = NewAccount(name="quanzheng", password="四海之内皆兄弟 2026", roles=frozenset({Role.CUSTODIAN}))
    add_user(OPERATOR, account, archive=archive)
    with pytest.raises(TitleFactInvalid):
        appoint_keeper(OPERATOR, "BX1", "admin", archive=archive)
    assert appoint_keeper(OPERATOR, "BX1", "QUANZHENG", archive=archive) == "quanzheng"
    assert list_safes(KEEPER, archive=archive)[0].keeper == "quanzheng"
    safe = held(archive, "quanzheng")["safe/1"]
    assert (safe.kind, safe.passing) == (HeldKind.SAFE, Passing.PASSES_ON)
    with archive.begin() as work:
        pass_safe_on(work, safe.subject, "houren")
    assert held(archive, "houren").keys() == {"safe/1"}
    slip = draft(archive, DEED.__class__(kind_code="other", name="证", certificate_no="1", right_holder="甲"))
    request = asked(archive, titles[0].id)
    assert held(archive, "jingban").keys() == {f"title_slip/{slip.id}", f"title_request/{request.id}"}
    opening = open_safe(KEEPER, WITNESS, "BX1", "盘点", archive=archive)
    assert held(archive, "jianzheng")[f"safe_opening/{opening.id}"].passing is Passing.TO_SETTLE
    close_safe(KEEPER, WITNESS, "BX1", archive=archive)
    assert held(archive, "jianzheng") == {}
