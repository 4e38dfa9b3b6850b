"""A hand-over from the first line of its list to the accession register, and everything that stops it."""

from dataclasses import replace
from datetime import date, timedelta

import pytest
from simulators.people import ARCHIVIST, AUDITOR, CLERK, LAWYER
from simulators.scanner import add_customer, file_paper, scan

from dms.archive import ItemNotFound
from dms.domain.actor import OPERATOR, ActionForbidden
from dms.domain.item import CopyKind
from dms.domain.reference_code import CodeKind
from dms.domain.transfer import DeadlineRule, SignatureRole, TransferState
from dms.filing import reject
from dms.filing.transferring import (
    DeadlineRuleUnknown,
    Extension,
    ExtensionUnfit,
    LineNotThere,
    LineStated,
    LinesUnchecked,
    LineTick,
    PaperListedAlready,
    ReasonMissing,
    SignatureRefused,
    TransferDepartmentBarred,
    TransferFactInvalid,
    TransferListEmpty,
    TransferNotFound,
    TransferStated,
    TransferStateUnfit,
    TransferWish,
    accept_transfer,
    accession_register,
    begin_transfer,
    change_transfer,
    check_lines,
    deadline_rules,
    extend_transfer,
    hand_over,
    list_digest,
    list_papers,
    list_transfers,
    list_unscanned,
    overdue_transfers,
    return_transfer,
    show_transfer,
    state_deadline_rule,
    tie_paper,
    transfer_id_of,
    unlist,
    withdraw_transfer,
)

SALES = TransferStated(from_department="销售部", from_person="张三", rule_code="three_working_days")


@pytest.fixture
def paper(archive):
    add_customer(archive)
    return file_paper(archive, "钢材采购合同")


@pytest.fixture
def draft(archive, paper):
    """A batch with a scanned paper and one that nobody scanned."""
    batch = begin_transfer(CLERK, SALES, archive=archive)
    list_papers(CLERK, batch.id, [paper.id], archive=archive)
    list_unscanned(CLERK, batch.id, [LineStated(title="授权委托书", pages=2, sheets=1)], archive=archive)
    return batch.id


def shown(archive, batch_id, actor=ARCHIVIST):
    return show_transfer(actor, batch_id, archive=archive)


def tick_all(archive, batch_id, ticked=True, difference=""):
    ticks = [LineTick(line_id=line.id, ticked=ticked, difference=difference) for line in shown(archive, batch_id).lines]
    return check_lines(ARCHIVIST, batch_id, ticks, archive=archive)


def handed(archive, batch_id):
    return hand_over(CLERK, batch_id, a="张三", b="李四", archive=archive)


def test_a_hand_over_goes_from_the_draft_to_the_accession_register(archive, draft):
    assert shown(archive, draft).is_list_as_signed is None
    batch = handed(archive, draft)
    assert (batch.number, batch.state) == ("Q001-YJ·2026-0001", TransferState.HANDED_OVER)
    assert tick_all(archive, draft).state is TransferState.CHECKING
    accepted = accept_transfer(ARCHIVIST, draft, archivist="王五", supervisor="赵六", archive=archive)
    assert [signature.role for signature in accepted.signatures] == list(SignatureRole)
    page = shown(archive, draft)
    assert (page.accession, page.is_list_as_signed) == ("Q001-JS·2026-00001", True)
    register = accession_register(LAWYER, archive=archive)
    assert (register.total, register.entries[0].titles) == (1, ("钢材采购合同", "授权委托书"))
    assert (register.entries[0].totals.papers, register.entries[0].totals.sheets) == (2, 2)
    with archive.looking() as view:
        acts = [entry.action for entry in view.journal.entries(subject=f"transfer:{draft}")]
    steps = "begun listed listed handed_over checked accepted"
    assert sorted(acts) == sorted(f"transfer_{step}" for step in steps.split())


def test_a_line_tells_what_the_catalogue_knows_of_its_paper(archive, draft, paper):
    line = shown(archive, draft).lines[0]
    assert (line.item_key, line.title, line.contract_no, line.copy_kind, line.pages) == (
        paper.key,
        "钢材采购合同",
        "HT-2024-001",
        CopyKind.ORIGINAL,
        1,
    )
    assert shown(archive, draft).item_ids == {paper.key: paper.id}


def test_the_digest_is_that_of_the_list_as_it_was_signed(archive, draft):
    batch = handed(archive, draft)
    lines = shown(archive, draft).lines
    assert list_digest(batch, lines) == batch.list_digest
    assert list_digest(batch, [replace(lines[0], pages=99), lines[1]]) != batch.list_digest
    assert list_digest(batch, [replace(lines[0], ticked=True, difference="缺页"), lines[1]]) == batch.list_digest


def test_a_signed_list_changes_only_after_it_was_sent_back(archive, draft):
    handed(archive, draft)
    line = shown(archive, draft).lines[1]
    for change in (
        lambda: unlist(CLERK, draft, line.id, archive=archive),
        lambda: list_unscanned(CLERK, draft, [LineStated(title="另一件")], archive=archive),
        lambda: list_papers(CLERK, draft, [], archive=archive),
        lambda: change_transfer(CLERK, draft, SALES, archive=archive),
        lambda: handed(archive, draft),
        lambda: withdraw_transfer(CLERK, draft, "误报", archive=archive),
    ):
        with pytest.raises(TransferStateUnfit):
            change()


def test_what_is_missing_goes_back_and_is_signed_and_checked_anew(archive, draft):
    handed(archive, draft)
    first, second = shown(archive, draft).lines
    ticks = [LineTick(line_id=first.id, ticked=True), LineTick(line_id=second.id, ticked=False, difference="未见")]
    check_lines(ARCHIVIST, draft, ticks, archive=archive)
    with pytest.raises(LinesUnchecked) as caught:
        accept_transfer(ARCHIVIST, draft, archivist="王五", archive=archive)
    assert "缺件 1 项（第 2 项）" in caught.value.message.zh
    return_transfer(ARCHIVIST, draft, "缺授权委托书", archive=archive)
    assert [line.ticked for line in shown(archive, draft).lines] == [True, False]
    unlist(CLERK, draft, shown(archive, draft).lines[1].id, archive=archive)
    again = handed(archive, draft)
    assert (again.number, len(again.signatures)) == ("Q001-YJ·2026-0001", 2)
    assert [line.ticked for line in shown(archive, draft).lines] == [None]
    with pytest.raises(LinesUnchecked):
        accept_transfer(ARCHIVIST, draft, archivist="王五", archive=archive)
    tick_all(archive, draft, difference="系复印件")
    assert accept_transfer(ARCHIVIST, draft, archivist="王五", archive=archive).state is TransferState.ACCEPTED
    assert shown(archive, draft).lines[0].difference == "系复印件"


@pytest.mark.parametrize(("a", "b"), [("", ""), ("张三", "张三"), ("\u200b", "李四")])
def test_nobody_signs_for_two(archive, draft, a, b):
    with pytest.raises(SignatureRefused):
        hand_over(CLERK, draft, a=a, b=b, archive=archive)
    assert shown(archive, draft).batch.number == ""


@pytest.mark.parametrize(("archivist", "supervisor"), [("张三", ""), ("李四", ""), ("王五", "王五"), ("", "")])
def test_whoever_handed_over_does_not_take_over(archive, draft, archivist, supervisor):
    handed(archive, draft)
    tick_all(archive, draft)
    with pytest.raises(SignatureRefused):
        accept_transfer(ARCHIVIST, draft, archivist=archivist, supervisor=supervisor, archive=archive)
    assert accession_register(ARCHIVIST, archive=archive).total == 0


def test_an_empty_list_is_not_handed_over(archive):
    batch = begin_transfer(CLERK, SALES, archive=archive)
    with pytest.raises(TransferListEmpty):
        handed(archive, batch.id)


def test_a_paper_stands_on_one_open_list_and_once(archive, draft, paper):
    other = begin_transfer(CLERK, SALES, archive=archive)
    for batch_id in (draft, other.id):
        with pytest.raises(PaperListedAlready):
            list_papers(CLERK, batch_id, [paper.id], archive=archive)
    withdraw_transfer(CLERK, draft, "重复", archive=archive)
    assert list_papers(CLERK, other.id, [paper.id, paper.id], archive=archive) == 1


def test_one_paper_that_is_not_there_keeps_the_others_off_the_list_too(archive, paper):
    batch = begin_transfer(CLERK, SALES, archive=archive)
    gone = scan(archive, "废纸")
    reject(OPERATOR, gone.id, "废纸", archive=archive)
    for unknown in (gone.id, "nothing"):
        with pytest.raises(ItemNotFound):
            list_papers(CLERK, batch.id, [paper.id, unknown], archive=archive)
    assert shown(archive, batch.id).lines == ()


def test_a_typed_line_becomes_the_paper_that_was_scanned_later(archive, draft):
    handed(archive, draft)
    digest = shown(archive, draft).batch.list_digest
    later = scan(archive, "授权委托书")
    line = shown(archive, draft).lines[1]
    tie_paper(CLERK, draft, line.id, later.id, archive=archive)
    page = shown(archive, draft)
    assert (page.lines[1].item_key, page.lines[1].title, page.is_list_as_signed) == (later.key, "授权委托书", True)
    assert page.batch.list_digest == digest
    with pytest.raises(PaperListedAlready):
        tie_paper(CLERK, draft, page.lines[1].id, later.id, archive=archive)
    with pytest.raises(LineNotThere):
        tie_paper(CLERK, draft, 999, later.id, archive=archive)


@pytest.mark.parametrize(
    "line",
    [{"title": " "}, {"title": "长" * 201}, {"title": "合同", "pages": 0}, {"title": "合同", "sheets": -1}],
    ids=str,
)
def test_a_typed_line_that_cannot_be_right_is_refused(archive, draft, line):
    with pytest.raises(TransferFactInvalid):
        list_unscanned(CLERK, draft, [LineStated(title="好的"), LineStated(**line)], archive=archive)
    assert len(shown(archive, draft).lines) == 2


def test_the_number_of_a_hand_over_that_was_given_up_is_void_and_never_given_again(archive, draft):
    number = handed(archive, draft).number
    return_transfer(ARCHIVIST, draft, "不全", archive=archive)
    with pytest.raises(ReasonMissing):
        withdraw_transfer(CLERK, draft, " ", archive=archive)
    assert withdraw_transfer(CLERK, draft, "并入另一批", archive=archive).state is TransferState.WITHDRAWN
    with archive.looking() as view:
        assert view.numbers.spent(number).void_reason == "并入另一批"
        assert view.numbers.gaps(CodeKind.TRANSFER) == []
    other = begin_transfer(CLERK, SALES, archive=archive)
    list_unscanned(CLERK, other.id, [LineStated(title="合同")], archive=archive)
    assert handed(archive, other.id).number == "Q001-YJ·2026-0002"


def test_the_accession_counts_by_the_year_of_receiving(archive, draft, clock):
    handed(archive, draft)
    tick_all(archive, draft)
    clock.advance(timedelta(days=365))
    accept_transfer(ARCHIVIST, draft, archivist="王五", archive=archive)
    assert shown(archive, draft).accession == "Q001-JS·2027-00001"


def test_a_deadline_counts_working_days_and_leaves_holidays_out(archive):
    before_the_feast = replace(SALES, begun_on=date(2026, 9, 29))
    batch = begin_transfer(CLERK, before_the_feast, archive=archive)
    assert batch.due_on == date(2026, 10, 9)  # the National Day holiday lies between
    assert begin_transfer(CLERK, replace(SALES, rule_code=""), archive=archive).due_on is None
    with pytest.raises(DeadlineRuleUnknown):
        begin_transfer(CLERK, replace(SALES, rule_code="someday"), archive=archive)


def test_what_is_late_is_named_until_it_is_accepted_or_extended(archive, draft, clock):
    assert overdue_transfers(CLERK, archive=archive) == ()
    clock.advance(timedelta(days=7))
    (late,) = overdue_transfers(CLERK, archive=archive)
    assert (late.batch.id, late.late_working_days) == (draft, 2)
    wish = Extension(until_on=date(2026, 3, 20), reason="出差", approved_by="陈总")
    extended = extend_transfer(ARCHIVIST, draft, wish, archive=archive)
    assert (extended.last_day, extended.extension_reason) == (date(2026, 3, 20), "出差（陈总批准）")
    assert overdue_transfers(CLERK, archive=archive) == ()
    clock.advance(timedelta(days=30))
    assert len(overdue_transfers(CLERK, archive=archive)) == 1
    handed(archive, draft)
    tick_all(archive, draft)
    accept_transfer(ARCHIVIST, draft, archivist="王五", archive=archive)
    assert overdue_transfers(CLERK, archive=archive) == ()


def test_an_extension_is_later_has_a_reason_and_names_who_approved_it(archive, draft):
    later = Extension(until_on=date(2026, 3, 20), reason="出差", approved_by="陈总")
    for refusal, wish in (
        (ExtensionUnfit, replace(later, until_on=date(2026, 3, 5))),
        (ReasonMissing, replace(later, reason="")),
        (ReasonMissing, replace(later, approved_by=" ")),
    ):
        with pytest.raises(refusal):
            extend_transfer(ARCHIVIST, draft, wish, archive=archive)
    with pytest.raises(ExtensionUnfit):
        endless = begin_transfer(CLERK, replace(SALES, rule_code=""), archive=archive)
        extend_transfer(ARCHIVIST, endless.id, later, archive=archive)


def test_deadline_rules_are_data(archive):
    own = DeadlineRule(code="ten", zh="十个工作日内", en="within ten working days", working_days=10)
    state_deadline_rule(ARCHIVIST, own, archive=archive)
    assert deadline_rules(CLERK, archive=archive)[-1] == own
    assert begin_transfer(CLERK, replace(SALES, rule_code="ten"), archive=archive).due_on == date(2026, 3, 16)
    for wrong in ({"code": ""}, {"working_days": 0}, {"days": 3}, {"working_days": 367}, {"zh": " "}):
        with pytest.raises(TransferFactInvalid):
            state_deadline_rule(ARCHIVIST, replace(own, **wrong), archive=archive)


def test_a_changed_batch_counts_its_deadline_anew_and_keeps_the_year_of_its_number(archive, draft):
    handed(archive, draft)
    return_transfer(ARCHIVIST, draft, "不全", archive=archive)
    stated = replace(SALES, begun_on=date(2025, 12, 1), from_person="张三丰", rule_code="five_days")
    changed = change_transfer(CLERK, draft, stated, archive=archive)
    assert (changed.due_on, changed.year, changed.from_person) == (date(2025, 12, 8), 2026, "张三丰")


@pytest.mark.parametrize(
    "stated", [{"from_department": " "}, {"from_person": ""}, {"from_person": "长" * 61}, {"year": 99}], ids=str
)
def test_a_batch_that_cannot_be_right_is_refused(archive, stated):
    with pytest.raises(TransferFactInvalid):
        begin_transfer(CLERK, replace(SALES, **stated), archive=archive)


def test_batches_are_listed_by_state_year_and_department(archive, draft):
    begin_transfer(CLERK, replace(SALES, from_department="财务部", year=2025), archive=archive)
    every = list_transfers(LAWYER, TransferWish(), archive=archive)
    assert (every.total, every.departments, every.years) == (2, ("财务部", "销售部"), (2026, 2025))
    assert every.transfers[1].totals.papers == 2
    wish = TransferWish(department="销售部", states=frozenset({TransferState.DRAFT}), year=2026)
    assert [each.batch.id for each in list_transfers(LAWYER, wish, archive=archive).transfers] == [draft]


def test_a_batch_is_found_by_its_number_and_by_its_id(archive, draft):
    number = handed(archive, draft).number
    assert transfer_id_of(CLERK, f" {number} ", archive=archive) == transfer_id_of(CLERK, str(draft), archive=archive)
    for unknown in ("", "Q001-YJ·2026-0009", "0", "9" * 30, "\udcff", "²"):
        with pytest.raises(TransferNotFound):
            transfer_id_of(CLERK, unknown, archive=archive)


def test_whoever_may_not_see_a_paper_does_not_see_the_list_that_names_it(archive, draft):
    secret = file_paper(archive, "绝密补充协议", title="绝密补充协议", grade=1)
    list_papers(OPERATOR, draft, [secret.id], archive=archive)
    assert list_transfers(CLERK, TransferWish(), archive=archive).total == 0
    assert list_transfers(OPERATOR, TransferWish(), archive=archive).total == 1
    with pytest.raises(TransferNotFound):
        shown(archive, draft, CLERK)
    with pytest.raises(TransferNotFound):
        list_unscanned(CLERK, draft, [LineStated(title="合同")], archive=archive)


def test_a_department_hands_over_and_sees_its_own(archive, draft):
    finance = replace(CLERK, departments=frozenset({"财务部"}))
    assert list_transfers(finance, TransferWish(), archive=archive).departments == ()
    with pytest.raises(TransferNotFound):
        shown(archive, draft, finance)
    with pytest.raises(TransferDepartmentBarred):
        begin_transfer(finance, SALES, archive=archive)
    own = begin_transfer(finance, replace(SALES, from_department="财务部"), archive=archive)
    assert [each.batch for each in list_transfers(finance, TransferWish(), archive=archive).transfers] == [own]


def test_the_archivist_checks_and_accepts_and_nobody_else(archive, draft):
    handed(archive, draft)
    for act in (
        lambda: check_lines(CLERK, draft, [], archive=archive),
        lambda: return_transfer(CLERK, draft, "不全", archive=archive),
        lambda: accept_transfer(CLERK, draft, archivist="王五", archive=archive),
        lambda: begin_transfer(LAWYER, SALES, archive=archive),
        lambda: show_transfer(AUDITOR, draft, archive=archive),
        lambda: state_deadline_rule(CLERK, DeadlineRule(code="x", zh="x", en="x", days=1), archive=archive),
    ):
        with pytest.raises(ActionForbidden):
            act()


def test_a_check_names_lines_of_its_own_list(archive, draft):
    handed(archive, draft)
    with pytest.raises(LineNotThere):
        check_lines(ARCHIVIST, draft, [LineTick(line_id=999, ticked=True)], archive=archive)
    with pytest.raises(ReasonMissing):
        return_transfer(ARCHIVIST, draft, "", archive=archive)
