"""The customers of another department are neither listed nor opened, and no refusal gives them away."""

from dataclasses import replace

import pytest
from simulators.people import ARCHIVIST, CLERK
from simulators.scanner import LIMITS, file_paper, hand_in, scan, statement

from dms.archive import CustomerNotFound, ItemNotFound
from dms.custody import holdings, open_item
from dms.domain.actor import OPERATOR
from dms.domain.customer import CustomerFacts
from dms.filing import (
    ArrivedAgain,
    CustomerAlreadyKnown,
    CustomerCodeTaken,
    DepartmentOutOfReach,
    ItemWish,
    bring_back,
    change_customer,
    confirm,
    customer_overview,
    known_departments,
    list_customers,
    list_items,
    list_volumes,
    register_customer,
    reject,
    tray,
)
from dms.ingest import Claim, Upload, receive

USCC = "91340100MA2MRT4J3X"
WORKS = CustomerFacts(code="C0001", name="合肥远山商贸有限公司", uscc=USCC, department="工程部")
SALES = CustomerFacts(code="C0002", name="芜湖近水机械有限公司", department="销售部")
OF_SALES = frozenset({"销售部"})
SALES_ARCHIVIST = replace(ARCHIVIST, departments=OF_SALES)
SALES_CLERK = replace(CLERK, departments=OF_SALES)


@pytest.fixture(autouse=True)
def customers(archive):
    """One customer of engineering and one of sales, with a filed paper each."""
    for facts in (WORKS, SALES):
        register_customer(OPERATOR, facts, archive=archive)


def test_customers_and_their_papers_are_listed_for_their_department_only(archive):
    hidden = file_paper(archive, "工程合同")
    file_paper(archive, "销售合同", customer_code="C0002")
    assert [customer.code for customer in list_customers(SALES_CLERK, archive=archive).customers] == ["C0002"]
    assert list_customers(SALES_CLERK, archive=archive, words="远山").total == 0
    assert [customer.code for customer, _ in list_volumes(SALES_CLERK, archive=archive)] == ["C0002"]
    assert list_items(SALES_CLERK, ItemWish(), archive=archive).total == 1
    assert list_items(SALES_CLERK, ItemWish(contract_id=1), archive=archive).total == 0
    held = holdings(SALES_CLERK, archive=archive)
    assert (held.customers_count, held.filed_count, held.pages_count) == (1, 1, 1)
    with pytest.raises(ItemNotFound):
        open_item(SALES_CLERK, hidden.id, archive=archive)
    for ask in (
        lambda: customer_overview(SALES_CLERK, "C0001", archive=archive),
        lambda: list_items(SALES_CLERK, ItemWish(customer_code="C0001"), archive=archive),
    ):
        with pytest.raises(CustomerNotFound) as barred:
            ask()
        assert "远山" not in f"{barred.value.message.zh}{barred.value.message.en}"


def test_a_barred_customer_and_one_that_does_not_exist_are_never_told_apart(archive):
    sentences = set()
    for code in ("C0001", "C9999"):
        with pytest.raises(CustomerNotFound) as caught:
            customer_overview(SALES_CLERK, code, archive=archive)
        sentences.add(caught.value.message.zh.replace(code, "?"))
    assert len(sentences) == 1


def test_nothing_is_handed_in_or_filed_under_a_barred_customer(archive):
    upload = Upload(original_filename="a.png", uploaded_bytes=b"x", claim=Claim(customer_code="C0001"))
    with pytest.raises(CustomerNotFound):
        receive(SALES_CLERK, upload, archive=archive, limits=LIMITS)
    item = scan(archive, "合同")
    with pytest.raises(CustomerNotFound):
        confirm(SALES_CLERK, item.id, statement(customer_code="C0001"), archive=archive)
    confirm(SALES_CLERK, item.id, statement(customer_code="C0002"), archive=archive)


def test_the_tray_holds_what_belongs_to_nobody_yet_and_hides_what_is_barred(archive):
    loose = scan(archive, "无主资料")
    scan(archive, "工程资料", customer_code="C0001")
    hand_in(archive, "还没有读的资料", customer_code="C0001")
    seen = tray(SALES_CLERK, archive=archive)
    assert ([item.id for item in seen.waiting], seen.waiting_count, seen.under_way) == ([loose.id], 1, ())
    assert tray(CLERK, archive=archive).waiting_count == 2


def test_a_double_of_a_barred_paper_is_named_to_nobody(archive):
    scan(archive, "工程资料", customer_code="C0001")
    upload = Upload(original_filename="b.png", uploaded_bytes="工程资料".encode(), claim=Claim())
    received = receive(SALES_CLERK, upload, archive=archive, limits=LIMITS)
    assert (received.duplicate, received.item) == (True, None)


def test_a_paper_that_arrived_again_out_of_sight_is_not_named(archive):
    item = scan(archive, "采购合同")
    reject(SALES_CLERK, item.id, "重复", archive=archive)
    again = scan(archive, "采购合同", customer_code="C0001")
    with pytest.raises(ArrivedAgain) as caught:
        bring_back(SALES_CLERK, item.id, archive=archive)
    assert again.id not in f"{caught.value.message.zh}{caught.value.message.en}"


@pytest.mark.parametrize(
    ("facts", "refusal"),
    [
        (CustomerFacts(code="C0001", name="甲公司"), CustomerCodeTaken),
        (CustomerFacts(code="C0009", name="甲公司", uscc=USCC), CustomerAlreadyKnown),
        (CustomerFacts(code="C0009", name=WORKS.name), CustomerAlreadyKnown),
    ],
)
def test_whoever_registers_what_is_barred_to_him_learns_neither_name_nor_code(archive, facts, refusal):
    with pytest.raises(refusal) as told:
        register_customer(ARCHIVIST, facts, archive=archive)
    assert WORKS.name in told.value.message.zh
    with pytest.raises(refusal) as barred:
        register_customer(SALES_ARCHIVIST, facts, archive=archive)
    learned = f"{barred.value.message.zh}{barred.value.message.en}"
    assert WORKS.name not in learned
    assert facts.code == "C0001" or "C0001" not in learned


def test_a_customer_is_moved_between_departments_by_whoever_sees_both(archive):
    moved = change_customer(ARCHIVIST, "C0001", replace(WORKS, department=" 销售部 "), archive=archive)
    assert moved.facts.department == "销售部"
    change_customer(SALES_ARCHIVIST, "C0001", replace(WORKS, department=""), archive=archive)
    for unreachable in ("工程部", "法务部"):
        with pytest.raises(DepartmentOutOfReach):
            change_customer(SALES_ARCHIVIST, "C0001", replace(WORKS, department=unreachable), archive=archive)
    with archive.looking() as view:
        told = [entry.details.get("department") for entry in view.journal.entries(subject="C0001")]
    assert told == ["工程部", "销售部", ""]


def test_what_is_granted_for_a_while_cannot_be_kept_by_moving_it(archive):
    with archive.looking() as view:
        granted = frozenset({view.customers.with_code("C0001").id})
    borrower = replace(SALES_ARCHIVIST, granted_customers=granted)
    change_customer(borrower, "C0001", replace(WORKS, former_names=()), archive=archive)
    for department in ("销售部", ""):
        with pytest.raises(DepartmentOutOfReach):
            change_customer(borrower, "C0001", replace(WORKS, department=department), archive=archive)


def test_a_new_customer_is_put_under_a_department_of_ones_own(archive):
    assert known_departments(ARCHIVIST, archive=archive) == ["工程部", "销售部"]
    assert known_departments(SALES_ARCHIVIST, archive=archive) == ["销售部"]
    register_customer(SALES_ARCHIVIST, CustomerFacts(code="C0003", name="丙公司", department="销售部"), archive=archive)
    with pytest.raises(DepartmentOutOfReach):
        register_customer(
            SALES_ARCHIVIST, CustomerFacts(code="C0004", name="丁公司", department="工程部"), archive=archive
        )
