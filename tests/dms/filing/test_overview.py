"""A customer's file at a glance: what is in it, what is missing from it, and nothing that one may not know of."""

import time

import pytest
from simulators.people import AUDITOR, CLEARED_ARCHIVIST, LAWYER
from simulators.scanner import add_customer, file_paper, scan, statement
from sqlalchemy import select

from dms.archive import CustomerNotFound
from dms.domain.actor import OPERATOR, ActionForbidden
from dms.domain.document_type import DEFAULT_DOCUMENT_TYPES, DEFAULT_SERIES
from dms.domain.item import ItemState
from dms.filing import ItemWish, confirm, customer_overview, frame, list_items, list_volumes
from dms.store import ItemOrder
from dms.store.tables import contract, item
from dms.store.tables import customer as customer_table


@pytest.fixture
def customer(archive):
    return add_customer(archive)


def overview(archive, actor=LAWYER):
    return customer_overview(actor, "C0001", archive=archive)


def test_an_empty_file_shows_every_series_and_misses_the_licence(archive, customer):
    seen = overview(archive)
    assert seen.series == DEFAULT_SERIES
    assert (seen.years, seen.counts, seen.contracts) == ((), {}, ())
    assert seen.missing_types == ("licence",)
    assert seen.in_tray == 0


def test_filed_papers_are_counted_by_series_and_year_the_latest_year_first(archive, customer):
    file_paper(archive, "合同")
    file_paper(archive, "收据", type_code="receipt", year=2022)
    file_paper(archive, "发票", type_code="invoice", year=2022)
    file_paper(archive, "执照", type_code="licence", year=2019, contract_no="")
    seen = overview(archive)
    assert seen.years == (2024, 2022, 2019)
    assert seen.counts == {("3", 2024): 1, ("2", 2022): 2, ("1", 2019): 1}
    assert seen.missing_types == ()


def test_what_a_contract_lacks_is_said_until_it_is_there(archive, customer):
    file_paper(archive, "交货单", type_code="delivery_voucher")
    assert overview(archive).contracts[0].missing_types == ("contract", "acceptance_record")
    file_paper(archive, "合同")
    assert overview(archive).contracts[0].missing_types == ("authorization", "acceptance_record")
    for number, kind in enumerate(("authorization", "acceptance_record")):
        file_paper(archive, f"第 {number} 件", type_code=kind)
    (contract,) = overview(archive).contracts
    assert (contract.missing_types, contract.item_count) == ((), 4)


def test_a_paper_that_waits_in_the_tray_is_not_called_missing(archive, customer):
    scan(archive, "营业执照", customer_code="C0001", type_code="licence")
    seen = overview(archive)
    assert (seen.missing_types, seen.in_tray) == ((), 1)


def test_secret_papers_and_their_contracts_are_not_in_the_overview_of_those_who_may_not_know_of_them(archive, customer):
    file_paper(archive, "绝密合同", grade=1, contract_no="HT-SECRET", year=2021)
    file_paper(archive, "普通合同")
    assert [contract.contract.number for contract in overview(archive).contracts] == ["HT-2024-001"]
    assert overview(archive).years == (2024,)
    cleared = overview(archive, CLEARED_ARCHIVIST)
    assert {contract.contract.number for contract in cleared.contracts} == {"HT-2024-001", "HT-SECRET"}
    assert cleared.years == (2024, 2021)


def test_a_contract_whose_number_was_corrected_away_is_shown_no_more(archive, customer):
    item = file_paper(archive, "合同", contract_no="HT-2024-01")
    confirm(OPERATOR, item.id, statement(contract_no="HT-2024-001"), archive=archive)
    assert [contract.contract.number for contract in overview(archive).contracts] == ["HT-2024-001"]


def test_items_are_listed_as_wished_and_counted_in_all(archive, customer):
    add_customer(archive, "C0002", "芜湖近水机械有限公司")
    old = file_paper(archive, "旧合同", title="旧合同", year=2020)
    new = file_paper(archive, "新合同", title="新合同")
    other = file_paper(archive, "别家合同", customer_code="C0002")
    waiting = scan(archive, "待核对", customer_code="C0001")

    def listed(**wish):
        found = list_items(LAWYER, ItemWish(**wish), archive=archive)
        assert found.total >= len(found.items)
        return found.total, {item.id for item in found.items}

    assert listed() == (3, {old.id, new.id, other.id})
    assert listed(customer_code="C0001") == (2, {old.id, new.id})
    assert listed(customer_code="C0001", year=2020) == (1, {old.id})
    assert listed(customer_code="C0001", limit=1)[0] == 2
    assert listed(series_code="1") == (0, set())
    assert listed(states=frozenset({ItemState.REVIEW})) == (1, {waiting.id})
    assert listed(contract_id=new.classification.contract_id) == (2, {old.id, new.id})
    with pytest.raises(CustomerNotFound):
        listed(customer_code="C9999")


def test_volumes_are_listed_with_their_customers_as_far_as_one_may_know_of_them(archive, customer):
    file_paper(archive, "合同\f第二页\f!blank")
    file_paper(archive, "绝密合同", grade=1)
    file_paper(archive, "绝密旧合同", grade=1, year=2020)
    ((owner, volume),) = list_volumes(LAWYER, archive=archive)
    assert (owner.code, volume.year, volume.item_count, volume.page_count) == ("C0001", 2024, 1, 2)
    assert [volume.item_count for _, volume in list_volumes(CLEARED_ARCHIVIST, archive=archive)] == [1, 2]
    assert [volume.year for _, volume in list_volumes(CLEARED_ARCHIVIST, archive=archive, year=2020)] == [2020]


def test_the_frame_is_what_the_archive_was_founded_with(archive):
    seen = frame(LAWYER, archive=archive)
    assert (seen.series, seen.types) == (DEFAULT_SERIES, DEFAULT_DOCUMENT_TYPES)


def test_nothing_is_shown_to_those_who_may_not_consult(archive, customer):
    for look in (
        lambda: customer_overview(AUDITOR, "C0001", archive=archive),
        lambda: list_items(AUDITOR, ItemWish(), archive=archive),
        lambda: list_volumes(AUDITOR, archive=archive),
        lambda: frame(AUDITOR, archive=archive),
    ):
        with pytest.raises(ActionForbidden):
            look()


@pytest.mark.slow
def test_a_file_of_ten_thousand_papers_and_a_thousand_contracts_is_shown_at_once(archive, customer):
    file_paper(archive, "合同")
    with archive.begin() as work:
        fill(work, papers=10_000, contracts=1_000, customers=10_000)
    started = time.perf_counter()
    seen = overview(archive)
    assert len(seen.contracts) == 1_000
    assert list_items(LAWYER, ItemWish(order=ItemOrder.NEWEST_PAPER), archive=archive).total == 10_001
    assert len(list_volumes(LAWYER, archive=archive)) == 1
    assert time.perf_counter() - started < 1.5


def fill(work, *, papers, contracts, customers):
    """Copies of one paper, spread over contracts of one customer, among many customers; laid down in bulk."""
    paper, agreement, owner = (
        dict(work.connection.execute(select(table)).mappings().first()) for table in (item, contract, customer_table)
    )
    rows = {
        customer_table: [owner | {"id": n, "code": f"K{n}", "uscc": None} for n in range(2, customers + 2)],
        contract: [agreement | {"id": n, "number_folded": f"N{n}"} for n in range(2, contracts + 2)],
        item: [paper | {"key": n, "id": f"{n:020x}", "contract_id": n % contracts + 1} for n in range(2, papers + 2)],
    }
    for table, copies in rows.items():
        work.connection.execute(table.insert(), copies)
