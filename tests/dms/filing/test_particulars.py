"""The particulars of a paper are kept as a person states them, and what he does not state is not touched."""

from dataclasses import replace
from datetime import date

import pytest
from simulators.people import CLERK, LAWYER
from simulators.scanner import add_customer, file_paper, scan, statement

from dms.domain.actor import OPERATOR, ActionForbidden
from dms.domain.item import ItemMedium, PartySide
from dms.filing import (
    UNDATED_NOTE,
    NotInTray,
    PaperFactInvalid,
    Particulars,
    confirm,
    describe_paper,
    particulars_of,
    reject,
)

WHOLE = Particulars(
    doc_no="皖江〔2024〕15号",
    author="安徽皖江重工机械有限公司",
    medium=ItemMedium.ELECTRONIC,
    side=PartySide.OWN,
    sheets=12,
    is_annex=True,
    year_note="按签订年度归档",
    retention_code="D30",
    remark="缺第3页",
    valid_from_on=date(2024, 1, 1),
    valid_to_on=date(2026, 12, 31),
)


@pytest.fixture
def customer(archive):
    return add_customer(archive)


def test_everything_that_is_stated_of_a_paper_is_kept(archive, customer):
    filed = file_paper(archive, "采购合同", particulars=WHOLE)
    assert particulars_of(filed.classification) == WHOLE


def test_a_correction_that_says_nothing_of_them_leaves_them_as_they_were(archive, customer):
    filed = file_paper(archive, "采购合同", particulars=WHOLE)
    corrected = confirm(CLERK, filed.id, statement(title="改题名"), archive=archive)
    assert particulars_of(corrected.classification) == WHOLE
    cleared = confirm(CLERK, filed.id, statement(particulars=Particulars()), archive=archive)
    assert particulars_of(cleared.classification) == Particulars()


def test_they_are_stated_by_themselves_and_nothing_else_changes(archive, customer):
    filed = file_paper(archive, "采购合同")
    described = describe_paper(CLERK, filed.id, WHOLE, archive=archive)
    assert described == replace(filed, classification=described.classification)
    assert particulars_of(described.classification) == WHOLE
    describe_paper(CLERK, filed.id, WHOLE, archive=archive)
    with archive.looking() as view:
        acts = [entry.action for entry in view.journal.entries(subject=filed.id)]
    assert acts.count("item_described") == 1


def test_a_paper_in_the_tray_can_be_described_before_it_is_filed(archive, customer):
    item = scan(archive, "采购合同")
    described = describe_paper(CLERK, item.id, replace(WHOLE, year_note=""), archive=archive)
    assert described.state is item.state
    assert confirm(CLERK, item.id, statement(), archive=archive).classification.sheets == 12


def test_texts_stand_on_one_line_and_an_empty_term_is_that_of_the_series(archive, customer):
    untidy = Particulars(doc_no=" 皖江\n〔2024〕\u200b15号 ", remark="\u202e缺页", retention_code="  ")
    stated = particulars_of(file_paper(archive, "采购合同", particulars=untidy).classification)
    assert stated == Particulars(doc_no="皖江 〔2024〕15号", remark="缺页")


@pytest.mark.parametrize(
    "impossible",
    [
        {"sheets": 0},
        {"sheets": -1},
        {"sheets": 10_000},
        {"doc_no": "长" * 201},
        {"author": "长" * 201},
        {"remark": "长" * 201},
        {"year_note": "长" * 201},
        {"retention_code": "D99"},
        {"valid_from_on": date(2025, 1, 2), "valid_to_on": date(2025, 1, 1)},
        {"valid_to_on": date(1066, 10, 14)},
    ],
    ids=str,
)
def test_a_particular_that_cannot_be_right_is_refused_and_nothing_is_written(archive, customer, impossible):
    item = file_paper(archive, "采购合同")
    wrong = Particulars(**impossible)
    for decide in (
        lambda: confirm(CLERK, item.id, statement(title="改", particulars=wrong), archive=archive),
        lambda: describe_paper(CLERK, item.id, wrong, archive=archive),
    ):
        with pytest.raises(PaperFactInvalid) as caught:
            decide()
        assert caught.value.message.zh and caught.value.remedy.en
    with archive.looking() as view:
        assert view.items.get(item.key) == item


def test_an_undated_paper_bears_the_note_until_its_date_is_known(archive, customer):
    undated = file_paper(archive, "函", type_code="correspondence", doc_on=None, year=2024)
    assert undated.classification.year_note == UNDATED_NOTE
    noted = confirm(
        OPERATOR,
        undated.id,
        statement(doc_on=None, year=2024, particulars=Particulars(year_note="附信封")),
        archive=archive,
    )
    assert noted.classification.year_note == "附信封"
    describe_paper(OPERATOR, undated.id, Particulars(), archive=archive)
    dated = confirm(OPERATOR, undated.id, statement(doc_on=date(2024, 3, 1)), archive=archive)
    assert dated.classification.year_note == ""


def test_who_may_not_file_papers_describes_none_and_a_rejected_one_is_not_described(archive, customer):
    item = file_paper(archive, "采购合同")
    with pytest.raises(ActionForbidden):
        describe_paper(LAWYER, item.id, WHOLE, archive=archive)
    reject(CLERK, item.id, "误扫", archive=archive)
    with pytest.raises(NotInTray):
        describe_paper(CLERK, item.id, WHOLE, archive=archive)
