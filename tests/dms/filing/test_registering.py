"""One customer, one file: codes and names are unique, tidy, and papers are found by the names of today."""

import pytest
from simulators.people import ARCHIVIST, AUDITOR, CLERK, LAWYER
from simulators.scanner import COMPANY_NAME, file_paper

from dms.archive import CustomerNotFound
from dms.domain.actor import OPERATOR, ActionForbidden
from dms.domain.customer import CustomerFacts, CustomerGrade, FormerName, Side
from dms.filing import (
    CustomerAlreadyKnown,
    CustomerCodeTaken,
    CustomerFactInvalid,
    change_customer,
    list_customers,
    register_customer,
)
from dms.search import SearchRequest, search

USCC = "91340100MA2MRT4J3X"


def facts(**changes):
    return CustomerFacts(**({"code": "C0001", "name": COMPANY_NAME} | changes))


def register(archive, **changes):
    return register_customer(ARCHIVIST, facts(**changes), archive=archive)


def change(archive, **changes):
    return change_customer(ARCHIVIST, "C0001", facts(**changes), archive=archive)


def found(archive, query):
    return [hit.item_id for hit in search(OPERATOR, SearchRequest(query=query), archive=archive).hits]


def test_a_registered_customer_is_kept_as_stated_and_journaled(archive):
    sides = frozenset({Side.SUPPLIER})
    customer = register(
        archive, uscc=USCC, sides=sides, grade=CustomerGrade.SPECIAL, former_names=(FormerName("旧名"),)
    )
    with archive.looking() as view:
        assert view.customers.get(customer.id) == customer
        entry = next(view.journal.entries(subject="C0001"))
    assert (customer.facts.uscc, customer.facts.sides, customer.facts.grade) == (USCC, sides, CustomerGrade.SPECIAL)
    assert (entry.actor, entry.action) == ("archivist", "customer_registered")


def test_a_customer_without_a_code_is_given_the_next_free_one(archive):
    assert [register(archive, code="", name=f"公司 {n}").code for n in range(3)] == ["C0001", "C0002", "C0003"]


@pytest.mark.parametrize(
    ("stated", "kept"),
    [
        ({"name": "  合肥\u3000远山\n公司 "}, ("name", "合肥 远山 公司")),
        ({"name": "\ufeff合肥\u200b远山\x00公司\u202e"}, ("name", "合肥远山公司")),
        ({"name": "𬭎远生僻字公司"}, ("name", "𬭎远生僻字公司")),
        ({"code": "Ｃ００９９"}, ("code", "C0099")),
        ({"code": " c-01 "}, ("code", "c-01")),
        ({"uscc": "９１３４０１００ ｍａ２ｍｒｔ４ｊ３ｘ"}, ("uscc", USCC)),
        ({"uscc": " "}, ("uscc", None)),
        (
            {"former_names": (FormerName(" 旧\x00名 "), FormerName("旧名"), FormerName("\u200b"))},
            ("former_names", (FormerName("旧名"),)),
        ),
    ],
)
def test_what_is_stated_is_tidied(archive, stated, kept):
    customer = register(archive, **stated)
    assert getattr(customer.facts, kept[0]) == kept[1]


@pytest.mark.parametrize(
    "stated",
    [
        {"name": ""},
        {"name": "\x00\u200b"},
        {"name": "长" * 201},
        {"former_names": (FormerName("长" * 201),)},
        {"code": "客户一"},
        {"code": "C" * 33},
        {"code": "C/1"},
        {"code": "---"},
        {"code": "C'; DROP TABLE customer"},
        {"uscc": "123"},
        {"uscc": "9134010OMA2MRT4J3X"},
    ],
    ids=str,
)
def test_what_cannot_be_right_is_refused_in_both_languages(archive, stated):
    with pytest.raises(CustomerFactInvalid) as caught:
        register(archive, **stated)
    assert caught.value.message.zh and caught.value.message.en


def test_a_code_is_never_given_twice(archive):
    register(archive)
    with pytest.raises(CustomerCodeTaken) as caught:
        register(archive, code="c0001", name="另一家公司")
    assert COMPANY_NAME in caught.value.message.zh


@pytest.mark.parametrize("same", [{"name": f" {COMPANY_NAME}\u200b"}, {"name": "另一家公司", "uscc": USCC.lower()}])
def test_one_customer_has_one_file(archive, same):
    register(archive, uscc=USCC)
    with pytest.raises(CustomerAlreadyKnown) as caught:
        register(archive, code="C0002", **same)
    assert "C0001" in caught.value.message.zh


def test_a_changed_name_is_kept_among_the_former_ones_once(archive):
    register(archive)
    assert change(archive, name="远山集团").facts.former_names == (FormerName(COMPANY_NAME),)
    changed = change(archive, name="远山控股", former_names=(FormerName(COMPANY_NAME), FormerName("远山集团")))
    assert [former.name for former in changed.facts.former_names] == [COMPANY_NAME, "远山集团"]
    assert change(archive, name="远山控股", former_names=()).facts.former_names == ()


def test_a_customers_code_never_changes(archive):
    register(archive)
    assert change(archive, code="C9999", name="远山集团").code == "C0001"


def test_a_change_to_the_name_or_number_of_another_customer_is_refused(archive):
    register(archive)
    register(archive, code="C0002", name="近水公司", uscc=USCC)
    for taken in ({"name": "近水公司"}, {"uscc": USCC}):
        with pytest.raises(CustomerAlreadyKnown):
            change(archive, **taken)
    with pytest.raises(CustomerNotFound):
        change_customer(ARCHIVIST, "C0003", facts(), archive=archive)


def test_papers_are_found_by_the_new_name_and_still_by_the_old_one(archive):
    register(archive)
    item = file_paper(archive, "采购合同")
    change(archive, name="皖中实业集团")
    assert found(archive, "客户:皖中实业") == [item.id]
    assert found(archive, f"客户:{COMPANY_NAME}") == [item.id]


@pytest.mark.parametrize("actor", [CLERK, LAWYER, AUDITOR])
def test_only_those_who_keep_the_register_change_it(archive, actor):
    with pytest.raises(ActionForbidden):
        register_customer(actor, facts(), archive=archive)
    with pytest.raises(ActionForbidden):
        change_customer(actor, "C0001", facts(), archive=archive)


def test_the_register_is_shown_to_those_who_consult(archive):
    register(archive)
    assert list_customers(LAWYER, archive=archive, words="远山").total == 1
    with pytest.raises(ActionForbidden):
        list_customers(AUDITOR, archive=archive)


@pytest.mark.parametrize("words", ["\x00", "\udcff", "x" * 100_000, "%" * 1000, "\n", "'"])
def test_odd_words_find_nothing_and_break_nothing(archive, words):
    assert list_customers(LAWYER, archive=archive, words=words).total == 0
