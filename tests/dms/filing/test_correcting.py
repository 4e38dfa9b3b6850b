"""A person says what stands on a page; what was read stays, and both are known from then on."""

import hashlib

import pytest
from simulators.people import AUDITOR, CLERK, LAWYER
from simulators.scanner import add_customer, file_paper, hand_in, scan

from dms.archive import ItemNotFound
from dms.domain.actor import OPERATOR, ActionForbidden
from dms.filing import CorrectionTooLong, NotCorrectable, PageNotThere, correct_page, corrections_of, reject
from dms.filing.correcting import MAX_PAGE_CHARACTERS
from dms.search import SearchRequest, search

READ = "违约全按日千分之五计算\f第二页"


@pytest.fixture
def item(archive):
    return scan(archive, READ)


def counting(archive, item):
    with archive.looking() as view:
        return view.contents.corrections(item.key)


def read(archive, item):
    with archive.looking() as view:
        return [page.text for page in view.contents.pages(item.key)]


def acts(archive, item):
    with archive.looking() as view:
        entries = view.journal.entries(subject=item.id)
    return [(entry.actor, entry.action, dict(entry.details)) for entry in entries if "correct" in entry.action]


def test_a_correction_counts_and_what_was_read_stays(archive, item):
    before = read(archive, item)
    assert correct_page(CLERK, item.id, 1, "违约金按日千分之五计算", archive=archive) == "违约金按日千分之五计算"
    assert counting(archive, item) == {1: "违约金按日千分之五计算"}
    assert read(archive, item) == before
    digest = hashlib.sha256("违约金按日千分之五计算".encode()).hexdigest()
    assert acts(archive, item) == [("clerk", "page_corrected", {"page": 1, "sha256": digest})]


def test_the_last_correction_counts_and_every_one_is_remembered(archive, item):
    for text in ("违约金", "违约金按日计算"):
        correct_page(CLERK, item.id, 1, text, archive=archive)
    assert counting(archive, item) == {1: "违约金按日计算"}
    history = corrections_of(LAWYER, item.id, archive=archive)
    assert [(each.page_number, each.text, each.corrected_by) for each in history] == [
        (1, "违约金", "clerk"),
        (1, "违约金按日计算", "clerk"),
    ]
    assert history[0].corrected_at <= history[1].corrected_at


@pytest.mark.parametrize("taken_back", [None, "违约全按日千分之五计算", " 违约全按日千分之五计算\r\n"])
def test_a_correction_is_taken_back_by_nothing_or_by_what_was_read(archive, item, taken_back):
    correct_page(CLERK, item.id, 1, "违约金", archive=archive)
    assert correct_page(CLERK, item.id, 1, taken_back, archive=archive) == "违约全按日千分之五计算"
    assert counting(archive, item) == {}
    assert [each.text for each in corrections_of(CLERK, item.id, archive=archive)] == ["违约金", None]
    assert acts(archive, item)[-1] == ("clerk", "page_correction_taken_back", {"page": 1})


def test_saying_the_same_again_changes_nothing(archive, item):
    for _ in range(2):
        correct_page(CLERK, item.id, 2, "第二页（附件）", archive=archive)
    correct_page(CLERK, item.id, 1, None, archive=archive)
    assert len(corrections_of(CLERK, item.id, archive=archive)) == len(acts(archive, item)) == 1


def test_a_page_on_which_nothing_stands_can_be_said_to_be_empty(archive, item):
    assert correct_page(CLERK, item.id, 2, "\n", archive=archive) == ""
    assert counting(archive, item) == {2: ""}


def test_what_no_catalogue_can_hold_is_left_out(archive, item):
    assert correct_page(CLERK, item.id, 1, "甲\x00方\r\n乙\ud800方\f", archive=archive) == "甲方\n乙方"


def test_a_filed_paper_can_be_corrected(archive):
    add_customer(archive)
    filed = file_paper(archive, READ)
    assert correct_page(CLERK, filed.id, 1, "违约金", archive=archive) == "违约金"


@pytest.mark.parametrize("number", [0, 3, -1])
def test_a_page_that_is_not_there_cannot_be_corrected(archive, item, number):
    with pytest.raises(PageNotThere):
        correct_page(CLERK, item.id, number, "x", archive=archive)


def test_nobody_writes_a_book_on_a_page(archive, item):
    with pytest.raises(CorrectionTooLong):
        correct_page(CLERK, item.id, 1, "字" * (MAX_PAGE_CHARACTERS + 1), archive=archive)
    assert corrections_of(CLERK, item.id, archive=archive) == ()


def test_a_paper_that_is_not_read_or_was_rejected_cannot_be_corrected(archive, item):
    reject(CLERK, item.id, "误扫", archive=archive)
    for paper in (item, hand_in(archive, "还没有识别")):
        with pytest.raises(NotCorrectable):
            correct_page(CLERK, paper.id, 1, "x", archive=archive)


def test_only_who_confirms_papers_may_correct_them(archive, item):
    for actor in (LAWYER, AUDITOR):
        with pytest.raises(ActionForbidden):
            correct_page(actor, item.id, 1, "x", archive=archive)
    with pytest.raises(ItemNotFound):
        correct_page(CLERK, "00000000000000000000", 1, "x", archive=archive)


def found(archive, query):
    return [hit.item_id for hit in search(OPERATOR, SearchRequest(query=query), archive=archive).hits]


def test_a_correction_is_searched_and_so_is_what_was_read(archive, item):
    assert found(archive, "违约金按日") == []
    correct_page(CLERK, item.id, 1, "违约金按日千分之五计算，上限438,000.00元", archive=archive)
    assert found(archive, "违约金按日") == found(archive, "违约全按日") == [item.id]
    assert found(archive, "上限438,000.00元第二页") == [item.id]
    assert found(archive, "文中金额:43.8万元") == [item.id]
    correct_page(CLERK, item.id, 1, None, archive=archive)
    assert found(archive, "违约金按日") == found(archive, "文中金额:43.8万元") == []
    assert found(archive, "违约全按日") == [item.id]
