"""No form bears what its reader may not know: customers of other departments are on no list and in no sum."""

from dataclasses import replace

import pytest
from simulators.bound_volumes import catalogue
from simulators.people import ARCHIVIST
from simulators.scanner import add_customer, file_paper

from dms.archive import CustomerNotFound
from dms.domain.actor import OPERATOR
from dms.domain.customer import CustomerFacts
from dms.filing import register_customer
from dms.filing.printing_out import PrintForm, PrintWish
from dms.filing.printing_out.collecting import facts_of

OF_SALES = replace(ARCHIVIST, departments=frozenset({"销售部"}))
HIDDEN = "芜湖长江物资有限公司"
LISTS = (
    PrintForm.VOLUME_CATALOGUE,
    PrintForm.ITEM_LIST,
    PrintForm.CONTRACT_LEDGER,
    PrintForm.MISSING_PAPERS,
    PrintForm.CARRY_FORWARD,
    PrintForm.CUSTOMER_LIST,
)


@pytest.fixture
def two_departments(archive):
    add_customer(archive)
    register_customer(OPERATOR, CustomerFacts(code="C0002", name=HIDDEN, department="采购部"), archive=archive)
    own = file_paper(archive, "甲合同", title="甲合同")
    other = file_paper(archive, "密约", title="密约", customer_code="C0002", contract_no="HT-2024-999")
    for paper in (own, other):
        catalogue(archive, paper.volume_id)
    return own, other


def wish(form, **about):
    return PrintWish(form=form, **({"year": 2024} if form is not PrintForm.CONTRACT_LEDGER else {}) | about)


@pytest.mark.parametrize("form", LISTS)
def test_a_list_is_as_if_the_other_department_had_nothing(archive, two_departments, form):
    seen = facts_of(OF_SALES, wish(form), archive=archive)
    told = repr(seen)
    assert not any(secret in told for secret in (HIDDEN, "C0002", "密约", "HT-2024-999"))
    everything = facts_of(ARCHIVIST, wish(form), archive=archive)
    assert len(seen.lines) <= len(everything.lines)


@pytest.mark.parametrize("form", [PrintForm.VOLUME_CATALOGUE, PrintForm.ITEM_LIST, PrintForm.CUSTOMER_LIST])
def test_who_sees_everything_finds_both_on_the_list(archive, two_departments, form):
    assert len(facts_of(ARCHIVIST, wish(form), archive=archive).lines) == 2


def test_covers_and_spines_of_another_department_are_not_printed(archive, two_departments):
    covers = facts_of(OF_SALES, wish(PrintForm.VOLUME_COVER), archive=archive).covers
    assert [cover.title for cover in covers] == ["合肥远山商贸有限公司往来资料"]
    assert len(facts_of(OF_SALES, wish(PrintForm.SPINE_LABELS), archive=archive).labels) == 1


def test_title_and_dates_of_a_volume_tell_nothing_of_a_paper_that_is_hidden(archive):
    add_customer(archive)
    paper = file_paper(archive, "甲合同", title="甲合同")
    file_paper(archive, "密约", title="密约", grade=1)
    catalogue(archive, paper.volume_id)
    ordinary = replace(ARCHIVIST, clearance=3)
    (cover,) = facts_of(ordinary, wish(PrintForm.VOLUME_COVER), archive=archive).covers
    (label,) = facts_of(ordinary, wish(PrintForm.SPINE_LABELS), archive=archive).labels
    (line,) = facts_of(ordinary, wish(PrintForm.VOLUME_CATALOGUE), archive=archive).lines
    assert (cover.title, line.title) == ("合肥远山商贸有限公司 2024年 交易状况",) * 2
    assert (label.title, cover.items, line.first_on, line.last_on) == ("", 1, None, None)
    every_grade = replace(ARCHIVIST, clearance=1)
    (whole,) = facts_of(every_grade, wish(PrintForm.VOLUME_COVER), archive=archive).covers
    assert (whole.title, whole.items) == ("合肥远山商贸有限公司往来资料", 2)


def test_the_card_of_a_barred_customer_is_told_like_one_that_is_not_there(archive, two_departments):
    for code in ("C0002", "C0099"):
        with pytest.raises(CustomerNotFound):
            facts_of(OF_SALES, wish(PrintForm.CUSTOMER_CARD, customer_code=code), archive=archive)


def test_a_card_says_what_the_archive_holds_of_the_customer(archive, two_departments):
    (card,) = facts_of(OF_SALES, wish(PrintForm.CUSTOMER_CARD, customer_code="C0001"), archive=archive).cards
    assert (card.contracts, card.contracts_running) == (1, 1)
    (held,) = card.holdings
    assert (held.year, held.volumes, held.items) == (2024, "Q001-KH·C0001·3·2024-001", 1)
