"""The dry run: what it binds, carries forward, misses and warns of, and what it shows before a number is spent."""

from dataclasses import replace
from datetime import UTC, date, datetime

import pytest
from simulators.filed_papers import Filed, add_contract, add_customer, close_contract, lay_filed, say_annex
from simulators.people import ARCHIVIST, CLEARED_ARCHIVIST, CLERK, person

from dms.domain.actor import OPERATOR, ActionForbidden, Role
from dms.domain.contract import ContractState
from dms.domain.customer import FormerName, VolumeAxis
from dms.domain.reference_code import NUMBERING_STYLES, CodeKind
from dms.domain.scheme import YearRule
from dms.filing.binding import BindingPeriodInvalid, CarriedReason, WarningKind, plan_binding

NEW_YEAR = date(2026, 1, 31)


def plan(archive, year=2025, actor=ARCHIVIST, cut_off_on=NEW_YEAR):
    return plan_binding(actor, year, cut_off_on=cut_off_on, archive=archive)


def titles(planned):
    return [[paper.title for paper in volume.papers] for volume in planned.volumes]


def kinds(planned):
    return [warning.kind for warning in planned.warnings]


def state_setting(archive, name, value):
    with archive.begin() as work:
        work.settings.state(name, value)


@pytest.fixture
def customer_id(archive):
    return add_customer(archive)


def test_nothing_is_spent_or_changed_by_looking(archive, customer_id):
    lay_filed(archive, Filed(customer_id=customer_id))
    assert plan(archive) == plan(archive)
    with archive.looking() as view:
        assert view.numbers.count(CodeKind.VOLUME) == view.numbers.count(CodeKind.ITEM) == 0
        assert view.volumes.list(actor=OPERATOR)[0].state.value == "open"


def test_a_clerk_plans_no_binding(archive):
    with pytest.raises(ActionForbidden):
        plan(archive, actor=CLERK)


@pytest.mark.parametrize(
    ("year", "cut_off_on"),
    [(2027, NEW_YEAR), (1066, NEW_YEAR), (2025, date(2026, 3, 3)), (2025, date(2024, 12, 31))],
)
def test_a_period_that_cannot_be_is_refused(archive, year, cut_off_on):
    with pytest.raises(BindingPeriodInvalid):
        plan(archive, year=year, cut_off_on=cut_off_on)


def test_each_series_of_a_customer_has_its_volume_in_the_order_of_the_series(archive, customer_id):
    lay_filed(archive, Filed(customer_id=customer_id, type_code="invoice", title="发票"))
    lay_filed(archive, Filed(customer_id=customer_id, type_code="licence", title="营业执照"))
    found = plan(archive)
    assert [volume.reference_code for volume in found.volumes] == [
        "Q001-KH·C0001·1·2025-001",
        "Q001-KH·C0001·2·2025-001",
    ]
    assert found.volumes[0].papers[0].reference_code == "Q001-KH·C0001·1·2025-001-001"
    assert found.volumes[0].title == "合肥远山商贸有限公司 2025年 客户基础资料"


def test_what_arrived_after_the_cut_off_waits_and_is_told_of(archive, customer_id):
    late = datetime(2026, 2, 1, 4, 0, tzinfo=UTC)
    lay_filed(archive, Filed(customer_id=customer_id, arrived_at=late))
    found = plan(archive)
    assert (found.volumes, kinds(found)) == ((), [WarningKind.AFTER_CUT_OFF])


def test_a_running_contract_is_carried_forward_with_its_master_papers_alone(archive, customer_id):
    contract_id = add_contract(archive, customer_id, title="压力机采购合同", department="销售部")
    lay_filed(archive, Filed(customer_id=customer_id, type_code="contract", contract_id=contract_id, title="合同"))
    lay_filed(archive, Filed(customer_id=customer_id, contract_id=contract_id, title="送货单"))
    found = plan(archive)
    assert titles(found) == [["送货单"]]
    (carried,) = found.carried
    assert (carried.number, carried.because, carried.department) == ("HT-001", CarriedReason.RUNNING, "销售部")
    assert len(carried.item_ids) == 1


@pytest.mark.parametrize(
    ("facts", "because"),
    [
        ({"state": ContractState.NEGOTIATING}, CarriedReason.NEGOTIATING),
        ({"state": ContractState.DISPUTED}, CarriedReason.DISPUTED),
        ({"state": ContractState.PERFORMED}, CarriedReason.NO_CLOSING_DAY),
        ({"state": ContractState.TERMINATED, "terminated_on": date(2026, 1, 9)}, CarriedReason.CLOSED_LATER),
    ],
)
def test_the_carry_forward_list_says_why_a_contract_stays_loose(archive, customer_id, facts, because):
    contract_id = add_contract(archive, customer_id, **facts)
    lay_filed(archive, Filed(customer_id=customer_id, type_code="contract", contract_id=contract_id))
    assert [row.because for row in plan(archive).carried] == [because]


def test_papers_of_a_closed_contract_follow_into_the_closing_year(archive, customer_id):
    contract_id = add_contract(archive, customer_id, signed_on=date(2023, 3, 1))
    paper = Filed(
        customer_id=customer_id, type_code="contract", contract_id=contract_id, title="合同", doc_on=date(2023, 3, 1)
    )
    lay_filed(archive, paper)
    close_contract(archive, contract_id, date(2025, 8, 1))
    assert plan(archive, year=2023).volumes == ()
    (volume,) = plan(archive).volumes
    assert (volume.year, volume.papers[0].former_year) == (2025, 2023)
    assert volume.reference_code == "Q001-KH·C0001·3·2025-001"


def test_an_order_under_a_framework_contract_goes_by_its_own_date(archive, customer_id):
    contract_id = add_contract(archive, customer_id, framework_no="KJ-2024-01")
    lay_filed(archive, Filed(customer_id=customer_id, type_code="contract", contract_id=contract_id, title="订单"))
    assert titles(plan(archive)) == [["订单"]]


def test_a_master_paper_without_a_contract_goes_by_its_own_date_with_a_warning(archive, customer_id):
    lay_filed(archive, Filed(customer_id=customer_id, type_code="judgment", title="判决书"))
    found = plan(archive)
    assert titles(found) == [["判决书"]]
    assert kinds(found) == [WarningKind.NO_CONTRACT]


def test_loose_papers_of_earlier_years_are_counted(archive, customer_id):
    lay_filed(archive, Filed(customer_id=customer_id, doc_on=date(2023, 5, 1)))
    lay_filed(archive, Filed(customer_id=customer_id, doc_on=date(2023, 6, 1)))
    found = plan(archive)
    assert [warning.told.zh for warning in found.warnings] == ["2023 年度还有散页 2 件，请另行装订该年度。"]


def test_papers_that_wait_in_the_tray_are_counted(archive, customer_id):
    key = lay_filed(archive, Filed(customer_id=customer_id))
    with archive.begin() as work:
        work.items.return_to_tray(key)
    assert [warning.told.zh for warning in plan(archive).warnings] == ["还有 1 件资料待核对，归档之后才能装订。"]


def test_a_year_that_is_not_over_is_warned_of(archive, customer_id):
    lay_filed(archive, Filed(customer_id=customer_id, doc_on=date(2026, 1, 5)))
    assert kinds(plan(archive, year=2026)) == [WarningKind.YEAR_NOT_OVER]


def test_a_year_that_contradicts_the_date_is_warned_of_unless_somebody_said_why(archive, customer_id):
    lay_filed(archive, Filed(customer_id=customer_id, doc_on=date(2024, 5, 1), year=2025))
    noted = {"year_note": "按收到年度归档"}
    lay_filed(archive, Filed(customer_id=customer_id, doc_on=date(2024, 5, 1), year=2025, facts=noted))
    assert kinds(plan(archive)) == [WarningKind.YEAR_DIFFERS]


def test_an_undated_paper_is_warned_of(archive, customer_id):
    lay_filed(archive, Filed(customer_id=customer_id, doc_on=None, year=2025))
    assert kinds(plan(archive)) == [WarningKind.UNDATED]


def test_terms_are_never_mixed(archive, customer_id):
    lay_filed(archive, Filed(customer_id=customer_id, title="三十年"))
    lay_filed(archive, Filed(customer_id=customer_id, title="永久", facts={"retention_code": "Y"}))
    found = plan(archive)
    assert {volume.retention_code: volume.papers[0].title for volume in found.volumes} == {
        "D30": "三十年",
        "Y": "永久",
    }


def test_a_volume_holds_no_more_sheets_than_the_setting_says(archive, customer_id):
    state_setting(archive, "most_sheets_a_volume", 5)
    for day in range(1, 5):
        lay_filed(archive, Filed(customer_id=customer_id, pages=2, doc_on=date(2025, 1, day)))
    found = plan(archive)
    assert [(volume.sheet_count, volume.number) for volume in found.volumes] == [(4, 1), (4, 2)]


def test_a_paper_thicker_than_a_volume_has_one_by_itself_and_is_warned_of(archive, customer_id):
    state_setting(archive, "most_sheets_a_volume", 5)
    lay_filed(archive, Filed(customer_id=customer_id, title="薄", doc_on=date(2025, 1, 1)))
    lay_filed(archive, Filed(customer_id=customer_id, title="厚", pages=9, doc_on=date(2025, 1, 2)))
    found = plan(archive)
    assert titles(found) == [["薄"], ["厚"]]
    assert kinds(found) == [WarningKind.THICK_ITEM]


def test_an_annex_lies_behind_its_paper_and_takes_no_number(archive, customer_id):
    annex = lay_filed(
        archive, Filed(customer_id=customer_id, title="附图", doc_on=date(2025, 1, 1), facts={"is_annex": True})
    )
    main = lay_filed(archive, Filed(customer_id=customer_id, title="验收单", doc_on=date(2025, 3, 1)))
    lay_filed(archive, Filed(customer_id=customer_id, title="送货单", doc_on=date(2025, 4, 1)))
    say_annex(archive, annex, main)
    (volume,) = plan(archive).volumes
    assert [(paper.title, (paper.reference_code or "")[-3:]) for paper in volume.papers] == [
        ("验收单", "001"),
        ("附图", ""),
        ("送货单", "002"),
    ]
    assert (volume.item_count, volume.numbered_count) == (3, 2)
    assert [paper.title for paper in volume.annexes] == ["附图"]


def test_page_numbers_run_through_the_volume(archive, customer_id):
    for day, pages in enumerate((3, 1, 2), start=1):
        lay_filed(archive, Filed(customer_id=customer_id, pages=pages, doc_on=date(2025, 1, day)))
    (volume,) = plan(archive).volumes
    assert [(paper.first_page, paper.last_page) for paper in volume.papers] == [(1, 3), (4, 4), (5, 6)]
    assert (volume.page_count, volume.sheet_count, volume.spine_mm) == (6, 6, 10)


def test_a_volume_bears_the_name_of_its_year(archive):
    former = (FormerName("合肥远山贸易公司", date(2026, 1, 2)),)
    lay_filed(archive, Filed(customer_id=add_customer(archive, former_names=former)))
    (volume,) = plan(archive).volumes
    assert volume.title.startswith("合肥远山贸易公司 2025年")
    assert volume.name_of_customer == "合肥远山贸易公司"


def test_scattered_customers_share_a_volume_at_the_end(archive):
    few = {"volume_axis": VolumeAxis.SCATTERED}
    for code, name in (("C0002", "甲公司"), ("C0001", "乙公司")):
        lay_filed(archive, Filed(customer_id=add_customer(archive, code, name, **few), title=name))
    lay_filed(archive, Filed(customer_id=add_customer(archive, "C0003", "丙公司"), title="丙公司"))
    found = plan(archive)
    assert titles(found) == [["丙公司"], ["乙公司", "甲公司"]]
    assert found.volumes[1].title == "零散客户 2025年 交易状况（乙公司、甲公司）"
    assert found.volumes[1].reference_code == "Q001-KH·HJ·3·2025-001"


def test_a_company_may_give_scattered_customers_volumes_of_their_own(archive):
    state_setting(archive, "collective_volumes", False)
    lay_filed(archive, Filed(customer_id=add_customer(archive, volume_axis=VolumeAxis.SCATTERED)))
    assert plan(archive).volumes[0].reference_code == "Q001-KH·C0001·3·2025-001"


def test_papers_of_a_merged_customer_lie_with_the_one_that_it_turned_out_to_be(archive, customer_id):
    other = add_customer(archive, "C0002", "合肥远山商贸公司")
    lay_filed(archive, Filed(customer_id=customer_id, title="一", doc_on=date(2025, 1, 1)))
    lay_filed(archive, Filed(customer_id=other, title="二", doc_on=date(2025, 2, 1)))
    with archive.begin() as work:
        work.customers.merge(other, into_id=customer_id)
    found = plan(archive)
    assert titles(found) == [["一", "二"]]
    assert found.volumes[0].customer_code == "C0001"


def test_what_the_asker_may_not_see_is_neither_bound_nor_told_of(archive, customer_id):
    lay_filed(archive, Filed(customer_id=customer_id, title="三级"))
    lay_filed(archive, Filed(customer_id=customer_id, title="一级", facts={"grade": 1}))
    other = add_customer(archive, "C0002", "物流公司", department="物流部")
    lay_filed(archive, Filed(customer_id=other, title="别的部门"))
    of_sales = replace(person(Role.ARCHIVIST), departments=frozenset({"销售部"}))
    assert titles(plan(archive, actor=of_sales)) == [["三级"]]
    seen = [title for volume in titles(plan(archive, actor=CLEARED_ARCHIVIST)) for title in volume]
    assert sorted(seen) == ["一级", "三级", "别的部门"]


def test_what_a_file_lacks_is_listed_with_the_department_that_owes_it(archive, customer_id):
    contract_id = add_contract(archive, customer_id, title="压力机采购合同", department="销售部")
    lay_filed(archive, Filed(customer_id=customer_id, contract_id=contract_id))
    found = [(row.missing.requirement.code, row.contract_no, row.missing.department) for row in plan(archive).missing]
    assert found == [
        ("licence", "", ""),
        ("contract", "HT-001", "销售部"),
        ("acceptance_record", "HT-001", "销售部"),
    ]


def test_a_code_that_cannot_be_written_is_told_before_anything_is_begun(archive):
    lay_filed(archive, Filed(customer_id=add_customer(archive, department="销售部")))
    with archive.begin() as work:
        for pattern in NUMBERING_STYLES["by_item"].patterns.values():
            work.numbers.state_pattern(pattern)
    found = plan(archive)
    assert found.volumes[0].reference_code is None
    assert "销售部" in found.volumes[0].problem.zh
    assert kinds(found) == [WarningKind.NO_CODE]


@pytest.mark.parametrize("style", list(NUMBERING_STYLES))
def test_every_style_numbers_the_volumes_of_a_year_one_after_the_other(archive, style):
    with archive.begin() as work:
        for pattern in NUMBERING_STYLES[style].patterns.values():
            work.numbers.state_pattern(pattern)
        work.settings.state("department_codes", {"销售部": "XS"})
    for code in ("C0001", "C0002"):
        customer_id = add_customer(archive, code, f"{code}公司", department="销售部")
        lay_filed(archive, Filed(customer_id=customer_id))
        lay_filed(archive, Filed(customer_id=customer_id, doc_on=date(2025, 6, 1)))
    found = plan(archive)
    codes = [volume.reference_code for volume in found.volumes]
    papers = [paper.reference_code for volume in found.volumes for paper in volume.papers]
    assert None not in [*codes, *papers]
    assert len({*codes, *papers}) == 6


def test_a_company_that_files_by_signing_year_is_told_where_the_year_differs(archive, customer_id):
    contract_id = add_contract(archive, customer_id, signed_on=date(2024, 12, 30))
    with archive.begin() as work:
        work.scheme.state_type_rule("delivery_voucher", YearRule.SIGN_YEAR)
    lay_filed(archive, Filed(customer_id=customer_id, contract_id=contract_id))
    assert kinds(plan(archive)) == [WarningKind.YEAR_DIFFERS]
