"""A sheet comes into the ledger whole or not at all, and every bad cell is told by its place."""

import time
from datetime import date, datetime
from decimal import Decimal

import pytest
from simulators.ledger_sheets import HEAD, workbook
from simulators.people import ARCHIVIST, CLERK
from simulators.scanner import add_customer, file_paper

from dms.domain.actor import OPERATOR, ActionForbidden
from dms.domain.contract import ContractState, Party
from dms.filing.ledger import (
    LedgerField,
    LedgerMovedOn,
    LedgerWish,
    RowFate,
    RowsRefused,
    SheetHeadUnfit,
    StateChange,
    change_contract_state,
    contract_ledger,
    export_ledger,
    import_contracts,
    preview_import,
)
from dms.printing import read_sheet

GOOD = ("HT-2024-001", "钢材采购合同", "C0001", None, datetime(2024, 5, 1), date(2025, 4, 30), 438000.1, "履行中")
TOO_LONG = "长" * 201


def row(**changes):
    """A row without fault but for what is changed, by the name of its column."""
    return tuple(changes.get(name, value) for name, value in zip(HEAD, (*GOOD, None), strict=True))


def rows(archive):
    return [entry.contract.facts for entry in contract_ledger(OPERATOR, LedgerWish(), archive=archive).entries]


@pytest.fixture
def with_customer(archive):
    add_customer(archive)
    add_customer(archive, "C0002", "芜湖近水机械有限公司")
    return archive


def imported(archive, *stated, actor=OPERATOR, **options):
    return import_contracts(actor, read_sheet(workbook(*stated, **options)), archive=archive)


def test_what_a_row_states_is_known_of_the_contract_afterwards(with_customer):
    plan = imported(with_customer, GOOD, above=2)
    (facts,) = rows(with_customer)
    assert plan.count(RowFate.NEW) == 1
    assert (facts.number, facts.title, facts.amount) == ("HT-2024-001", "钢材采购合同", Decimal("438000.10"))
    assert (facts.signed_on, facts.ends_on, facts.state) == (date(2024, 5, 1), date(2025, 4, 30), ContractState.RUNNING)


BAD = {
    "no number": (row(合同编号=None), "A", LedgerField.NUMBER, "没有填写合同编号"),
    "no title": (row(合同名称="  "), "B", LedgerField.TITLE, "没有填写合同名称"),
    "a title that is too long": (row(合同名称=TOO_LONG), "B", LedgerField.TITLE, "超过 200 字"),
    "no customer": (row(客户代码=None), "C", LedgerField.CUSTOMER_CODE, "没有填写客户"),
    "an unknown customer": (row(客户代码="C9"), "C", LedgerField.CUSTOMER_CODE, "没有登记客户“C9”"),
    "a code and a name of two customers": (
        row(客户名称="芜湖近水机械有限公司"), "C", LedgerField.CUSTOMER_CODE, "请核对代码和名称",
    ),
    "a day that is none": (row(签订日期="2024年13月1日"), "E", LedgerField.SIGNED_ON, "看不懂日期"),
    "a day of another age": (row(签订日期=datetime(1024, 5, 1).isoformat()[:10]), "E", LedgerField.SIGNED_ON, "日期"),
    "an end before the beginning": (row(到期日期=date(2023, 1, 1)), "F", LedgerField.ENDS_ON, "早于签订日期"),
    "an amount that is none": (row(**{"合同金额（元）": "面议"}), "G", LedgerField.AMOUNT, "看不懂金额“面议”"),
    "an amount of thirds of a fen": (row(**{"合同金额（元）": 1.2345}), "G", LedgerField.AMOUNT, "精确到分"),
    "a state that is none": (row(合同状态="搁置"), "H", LedgerField.STATE, "没有“搁置”这种状态"),
    "performed on no day": (row(合同状态="履行完毕"), "I", LedgerField.PERFORMED_ON, "却没有履行完毕日期"),
    "a formula": (row(合同名称="=A1"), "B", LedgerField.TITLE, "公式"),
    "what a formula left": (row(**{"合同金额（元）": "#N/A"}), "G", LedgerField.AMOUNT, "#N/A"),
}  # fmt: skip


@pytest.mark.parametrize("name", BAD)
def test_a_bad_cell_is_told_by_row_and_column_and_nothing_is_imported(with_customer, name):
    bad, column, field, said = BAD[name]
    other = row(合同编号="HT-2024-002")
    sheet = read_sheet(workbook(other, bad))
    (problem,) = preview_import(OPERATOR, sheet, archive=with_customer).problems
    assert (problem.row, problem.column, problem.field) == (3, column, field)
    assert said in problem.what.zh
    with pytest.raises(RowsRefused) as refused:
        import_contracts(OPERATOR, sheet, archive=with_customer)
    assert refused.value.problems == (problem,)
    assert rows(with_customer) == []


def test_all_bad_cells_of_all_rows_are_told_at_once(with_customer):
    sheet = read_sheet(workbook(row(签订日期="昨天", 合同状态="？"), GOOD, GOOD, row(合同编号="", 客户代码="C9")))
    problems = preview_import(OPERATOR, sheet, archive=with_customer).problems
    assert [(each.row, each.column) for each in problems] == [
        (2, "E"),
        (2, "H"),
        (3, "A"),
        (4, "A"),
        (5, "A"),
        (5, "C"),
    ]


def test_an_empty_cell_changes_nothing_and_a_stated_one_only_its_own_fact(with_customer):
    imported(with_customer, GOOD)
    sheet = read_sheet(
        workbook(("ht-2024-001", "C0001", "二部", None), head=("合同号", "客户代码", "部门", "签约日期"))
    )
    (planned,) = preview_import(OPERATOR, sheet, archive=with_customer).rows
    assert (planned.fate, [change.field for change in planned.changes]) == (RowFate.CHANGED, [LedgerField.DEPARTMENT])
    import_contracts(OPERATOR, sheet, archive=with_customer)
    (facts,) = rows(with_customer)
    assert (facts.number, facts.department, facts.signed_on) == ("HT-2024-001", "二部", date(2024, 5, 1))


def test_importing_the_same_sheet_again_writes_nothing(with_customer):
    imported(with_customer, GOOD)
    assert imported(with_customer, GOOD).count(RowFate.UNCHANGED) == 1
    with with_customer.looking() as view:
        acts = [entry.action for entry in view.journal.entries(subject="HT-2024-001")]
    assert acts == ["contract_registered"]


def test_an_exported_ledger_comes_back_without_a_change(with_customer):
    head = (*HEAD, "合同各方", "框架合同编号", "备注", "终止日期", "经办人")
    stated = (*GOOD[:7], "终止", None, "甲方：甲公司；乙公司", "KJ-1", "+86 备注", date(2025, 1, 1), "@张三")
    imported(with_customer, stated, head=head)
    (facts,) = rows(with_customer)
    assert facts.parties == (Party("甲方", "甲公司"), Party("", "乙公司"))
    assert (facts.remark, facts.handler) == ("+86 备注", "@张三")
    again = read_sheet(export_ledger(OPERATOR, LedgerWish(), archive=with_customer))
    plan = preview_import(OPERATOR, again, archive=with_customer)
    assert (plan.problems, plan.ignored_columns, plan.count(RowFate.UNCHANGED)) == ((), (), 1)


def test_a_customer_is_found_by_name_where_no_code_is_stated(with_customer):
    imported(with_customer, row(客户代码=None, 客户名称="芜湖近水机械有限公司"))
    (entry,) = contract_ledger(OPERATOR, LedgerWish(), archive=with_customer).entries
    assert entry.customer.code == "C0002"


def test_a_sheet_without_the_columns_of_a_ledger_is_refused(with_customer):
    for head in (("姓名", "电话"), ("合同编号", "合同名称"), ("合同编号", "合同号", "客户代码")):
        with pytest.raises(SheetHeadUnfit):
            preview_import(OPERATOR, read_sheet(workbook(("1", "2", "3"), head=head)), archive=with_customer)


def test_an_amount_in_ten_thousands_is_left_alone_and_named(with_customer):
    head = ("合同编号", "合同名称", "客户代码", "合同金额（万元）")
    plan = imported(with_customer, ("HT-1", "合同", "C0001", 43.8), head=head)
    assert plan.ignored_columns == ("合同金额（万元）",)
    assert rows(with_customer)[0].amount is None


def test_what_was_previewed_is_what_is_imported(with_customer):
    sheet = read_sheet(workbook(GOOD))
    seen = preview_import(OPERATOR, sheet, archive=with_customer).fingerprint
    imported(with_customer, row(合同名称="别的名称"))
    with pytest.raises(LedgerMovedOn):
        import_contracts(OPERATOR, sheet, archive=with_customer, seen=seen)
    assert rows(with_customer)[0].title == "别的名称"


def test_a_contract_that_may_not_be_seen_is_neither_changed_nor_told_of(with_customer):
    file_paper(with_customer, "机密", grade=1)
    (problem,) = preview_import(ARCHIVIST, read_sheet(workbook(GOOD)), archive=with_customer).problems
    assert problem.column == "A" and "不在您的查阅范围内" in problem.what.zh
    assert "钢材" not in problem.what.zh


def test_only_whoever_keeps_the_ledger_imports(with_customer):
    for act in (preview_import, import_contracts):
        with pytest.raises(ActionForbidden):
            act(CLERK, read_sheet(workbook(GOOD)), archive=with_customer)


def test_a_closed_contract_that_a_sheet_says_runs_again_needs_its_closing_day_taken_back(with_customer):
    imported(with_customer, GOOD)
    (entry,) = contract_ledger(OPERATOR, LedgerWish(), archive=with_customer).entries
    ended = StateChange(becomes=ContractState.TERMINATED, happened_on=date(2024, 12, 1))
    change_contract_state(OPERATOR, entry.contract.id, ended, archive=with_customer)
    (problem,) = preview_import(OPERATOR, read_sheet(workbook(GOOD)), archive=with_customer).problems
    assert problem.field is LedgerField.STATE


@pytest.mark.slow
def test_five_thousand_rows_are_read_previewed_and_imported_within_ten_seconds(with_customer):
    sheet = workbook(*(row(合同编号=f"HT-2024-{number:05}") for number in range(5000)))
    begun = time.monotonic()
    seen = preview_import(OPERATOR, read_sheet(sheet), archive=with_customer)
    plan = import_contracts(OPERATOR, read_sheet(sheet), archive=with_customer, seen=seen.fingerprint)
    assert plan.count(RowFate.NEW) == 5000
    assert time.monotonic() - begun < 10 * 2  # the machine of the tests does other things as well
