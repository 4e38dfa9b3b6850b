"""Two customers that turn out to be one: both codes lead to the papers, and nothing is renumbered."""

from dataclasses import replace

import pytest
from simulators.people import ARCHIVIST, CLERK
from simulators.scanner import COMPANY_NAME, add_customer, file_paper, scan, statement

from dms.archive import CustomerNotFound
from dms.domain.actor import OPERATOR, ActionForbidden
from dms.domain.customer import CustomerFacts
from dms.filing import (
    CustomersNotMergeable,
    ItemWish,
    confirm,
    customer_overview,
    list_items,
    merge_customers,
    register_customer,
)
from dms.search import SearchRequest, search

OTHER = "合肥远山贸易有限公司"


@pytest.fixture
def twice(archive):
    """One customer that was registered twice, each with a paper of the same contract number of its own."""
    add_customer(archive)
    add_customer(archive, "C0002", OTHER)
    return file_paper(archive, "旧合同", title="旧合同", customer_code="C0002", contract_no="HT-7")


def merged(archive, code="C0002", into="C0001", actor=ARCHIVIST):
    return merge_customers(actor, code, into, archive=archive)


def titles(archive, code):
    return [item.title for item in list_items(ARCHIVIST, ItemWish(customer_code=code), archive=archive).items]


def test_both_codes_lead_to_the_papers_and_none_is_renumbered(archive, twice):
    assert merged(archive).code == "C0001"
    assert titles(archive, "C0001") == titles(archive, "C0002") == ["旧合同"]
    heir = customer_overview(ARCHIVIST, "C0001", archive=archive)
    assert ([each.code for each in heir.merged], heir.counts, heir.merged_into) == (["C0002"], {("3", 2024): 1}, None)
    assert [each.contract.number for each in heir.contracts] == ["HT-7"]
    assert customer_overview(ARCHIVIST, "C0002", archive=archive).merged_into.code == "C0001"
    with archive.looking() as view:
        assert view.items.get(twice.key).volume_id == twice.volume_id
        *_, entry = view.journal.entries(subject="C0002")
    assert (entry.action, entry.details["into"]) == ("customer_merged", "C0001")


def test_papers_are_found_by_the_names_of_both(archive, twice):
    merged(archive)
    for name in (COMPANY_NAME, OTHER):
        hits = search(OPERATOR, SearchRequest(query=f"客户:{name}"), archive=archive).hits
        assert [hit.item_id for hit in hits] == [twice.id]


def test_new_papers_are_filed_under_the_one_that_stands_for_itself(archive, twice):
    merged(archive)
    paper = confirm(
        OPERATOR, scan(archive, "新").id, statement(customer_code="C0002", contract_no="HT-7"), archive=archive
    )
    with archive.looking() as view:
        assert view.customers.get(paper.classification.customer_id).code == "C0001"
        assert paper.classification.contract_id == twice.classification.contract_id


def test_mergers_add_up_and_never_go_round(archive, twice):
    add_customer(archive, "C0003", "远山集团")
    merged(archive)
    assert merged(archive, "C0001", "C0003").code == "C0003"
    assert titles(archive, "C0003") == ["旧合同"]
    for code, into in (("C0002", "C0003"), ("C0003", "C0002"), ("C0003", "C0003"), ("C0001", "C0003")):
        with pytest.raises(CustomersNotMergeable):
            merged(archive, code, into)
    with pytest.raises(CustomerNotFound):
        merged(archive, "C0003", "C0009")
    with pytest.raises(ActionForbidden):
        merged(archive, actor=CLERK)


def test_what_was_merged_into_a_barred_customer_does_not_tell_of_it(archive, twice):
    register_customer(OPERATOR, CustomerFacts(code="C0004", name="工程客户", department="工程部"), archive=archive)
    merged(archive, "C0002", "C0004")
    sales = replace(ARCHIVIST, departments=frozenset({"销售部"}))
    assert customer_overview(sales, "C0002", archive=archive).merged_into is None
    with pytest.raises(CustomersNotMergeable):
        merged(archive, "C0001", "C0002", actor=sales)
    with pytest.raises(CustomerNotFound):
        confirm(sales, scan(archive, "新").id, statement(customer_code="C0002"), archive=archive)
