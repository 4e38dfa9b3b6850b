"""Persons are found, answered in time and once; papers in store only are there for nobody else."""

from dataclasses import replace
from datetime import date
from io import BytesIO

import pytest
from pypdf import PdfReader
from simulators.people import AUDITOR, CLEARED_ARCHIVIST, CLERK
from simulators.scanner import add_customer, file_paper

from dms.archive import ItemNotFound, PersonalDataBarred, hidden_boxes, reading_for
from dms.custody import journal_page, open_item, original, page_reading, searchable_copy
from dms.custody.protecting import (
    FoundBy,
    PersonNotNamed,
    PersonSought,
    ProtectorNotPerson,
    RequestStated,
    RestrictionReasonMissing,
    RestrictionUnchanged,
    SubjectFactInvalid,
    SubjectRequestAnswered,
    SubjectRequestNotFound,
    answer_document,
    answer_request,
    duties,
    enter_request,
    find_person,
    lift_restriction,
    list_requests,
    restrict_item,
    restricted_papers,
    restrictions_of,
    show_request,
)
from dms.domain.actor import OPERATOR, ActionForbidden
from dms.domain.customer import Contact, CustomerFacts
from dms.domain.subject_request import SubjectRequestKind
from dms.filing import correct_page, register_customer
from dms.search import SearchRequest, items_bearing, search

NUMBER = "11010519491231002X"
TEXT = f"授权委托书\n受托人王小明，身份证号{NUMBER}，电话13900000000。"


def bearing(actor, text, view):
    return items_bearing(actor, text, view=view)


@pytest.fixture
def paper(archive):
    add_customer(archive)
    card = CustomerFacts(code="C9", name="远山商贸", contacts=(Contact(name="王小明", phone="13900000000"),))
    register_customer(OPERATOR, card, archive=archive)
    file_paper(archive, "别的合同", contract_no="HT-9")
    return file_paper(archive, TEXT)


def stated(**changes):
    known = {
        "kind": SubjectRequestKind.ACCESS,
        "person": "王小明",
        "identity_number": NUMBER,
        "received_on": date(2026, 2, 20),
    }
    return RequestStated(**known | changes)


def test_a_person_is_found_on_papers_and_on_customer_cards(archive, paper):
    sought = PersonSought(name="王小明", identity_number="110105 19491231 002x", contact="13900000000")
    found = find_person(CLEARED_ARCHIVIST, sought, bearing=bearing, archive=archive)
    assert [(each.item.id, each.found_by) for each in found.papers] == [(paper.id, tuple(FoundBy))]
    assert [(each.code, each.told) for each in found.customers] == [("C9", "联系人")]


def test_the_journal_does_not_keep_the_number(archive, paper):
    sought = PersonSought(identity_number=NUMBER)
    find_person(CLEARED_ARCHIVIST, sought, bearing=bearing, archive=archive)
    with archive.looking() as view:
        assert all(NUMBER not in str(entry.details) for entry in view.journal.entries())


def test_nobody_looks_for_persons_without_the_right_or_without_a_name(archive, paper):
    with pytest.raises(ActionForbidden):
        find_person(CLERK, PersonSought(name="王小明"), bearing=bearing, archive=archive)
    with pytest.raises(PersonNotNamed):
        find_person(CLEARED_ARCHIVIST, PersonSought(name=" "), bearing=bearing, archive=archive)


def test_a_request_is_entered_answered_once_and_printed(archive, paper):
    request = enter_request(CLEARED_ARCHIVIST, stated(), archive=archive)
    assert request.due_on == date(2026, 3, 22)
    with archive.looking() as view:
        assert [duty.due_on for duty in duties(view, on=date(2026, 3, 2))] == [request.due_on]
    answered = answer_request(CLEARED_ARCHIVIST, request.id, "查到一件资料。", [paper.id, "0" * 20], archive=archive)
    assert answered.papers == (paper.id,)
    with pytest.raises(SubjectRequestAnswered):
        answer_request(CLEARED_ARCHIVIST, request.id, "再答复", [], archive=archive)
    text = PdfReader(BytesIO(answer_document(CLEARED_ARCHIVIST, request.id, archive=archive))).pages[0].extract_text()
    assert "王小明" in text
    assert NUMBER not in text
    assert list_requests(CLEARED_ARCHIVIST, archive=archive, open_only=True).total == 0
    assert show_request(CLEARED_ARCHIVIST, request.id, archive=archive).papers[0].id == paper.id


def test_what_cannot_be_meant_is_refused(archive):
    for wrong in ({"person": " "}, {"identity_number": "123"}, {"received_on": date(2027, 1, 1)}):
        with pytest.raises(SubjectFactInvalid):
            enter_request(CLEARED_ARCHIVIST, stated(**wrong), archive=archive)
    with pytest.raises(ProtectorNotPerson):
        enter_request(OPERATOR, stated(), archive=archive)
    with pytest.raises(SubjectRequestNotFound):
        show_request(CLEARED_ARCHIVIST, 99, archive=archive)


def test_a_paper_in_store_only_is_there_for_nobody_else_until_that_is_lifted(archive, paper):
    restrict_item(CLEARED_ARCHIVIST, paper.id, "应请求停止处理", archive=archive)
    with pytest.raises(ItemNotFound):
        open_item(replace(CLERK, clearance=1), paper.id, archive=archive)
    assert [each.item.id for each in restricted_papers(CLEARED_ARCHIVIST, archive=archive)] == [paper.id]
    with pytest.raises(RestrictionUnchanged):
        restrict_item(CLEARED_ARCHIVIST, paper.id, "再次", archive=archive)
    lift_restriction(CLEARED_ARCHIVIST, paper.id, "请求已撤回", archive=archive)
    assert open_item(CLERK, paper.id, archive=archive).item.id == paper.id
    reasons = [each.reason for each in restrictions_of(CLEARED_ARCHIVIST, paper.id, archive=archive)]
    assert reasons == ["请求已撤回", "应请求停止处理"]
    with pytest.raises(RestrictionReasonMissing):
        restrict_item(CLEARED_ARCHIVIST, paper.id, "", archive=archive)
    with pytest.raises(ProtectorNotPerson):
        restrict_item(OPERATOR, paper.id, "理由", archive=archive)


def test_identity_numbers_are_masked_on_the_page_for_those_who_may_not_see_them(archive, paper):
    opened = open_item(CLERK, paper.id, archive=archive)
    assert NUMBER not in opened.pages[0].text
    assert len(opened.pages[0].text) == len(TEXT)
    assert NUMBER not in page_reading(CLERK, paper.id, 1, archive=archive).text
    assert NUMBER in page_reading(CLEARED_ARCHIVIST, paper.id, 1, archive=archive).text


def test_hidden_characters_have_their_boxes_and_shown_ones_do_not(archive, paper):
    reading = page_reading(OPERATOR, paper.id, 1, archive=archive)
    hidden = reading_for(CLERK, reading)
    assert [len(line.characters) for line in hidden.lines] == [len(line.characters) for line in reading.lines]
    boxed = sum(
        character.box is not None
        for line, masked in zip(reading.lines, hidden.lines, strict=True)
        for character, other in zip(line.characters, masked.characters, strict=True)
        if character.text != other.text
    )
    assert bool(hidden_boxes(reading)) is bool(boxed)


def test_a_correction_by_somebody_who_sees_no_number_keeps_it(archive, paper):
    shown = open_item(CLERK, paper.id, archive=archive).pages[0].text
    correct_page(CLERK, paper.id, 1, shown.replace("受托人", "被授权人"), archive=archive)
    corrected = open_item(CLEARED_ARCHIVIST, paper.id, archive=archive).corrections[1]
    assert NUMBER in corrected
    assert "被授权人" in corrected


def test_no_title_bears_a_whole_number(archive):
    add_customer(archive)
    item = file_paper(archive, TEXT, title=f"王小明身份证{NUMBER}")
    assert item.title == "王小明身份证110***********002X"


def test_no_copy_shows_a_number_to_somebody_who_may_not_see_it(archive, paper):
    with pytest.raises(PersonalDataBarred):
        original(CLERK, paper.id, archive=archive)
    with pytest.raises(PersonalDataBarred):
        searchable_copy(CLERK, paper.id, archive=archive)
    blacked = []

    def black_out(jpeg, boxes):
        blacked.extend(boxes)
        return jpeg

    copy = searchable_copy(CLERK, paper.id, archive=archive, black_out=black_out)
    assert blacked
    assert NUMBER not in PdfReader(BytesIO(copy.content)).pages[0].extract_text()
    assert original(CLEARED_ARCHIVIST, paper.id, archive=archive).content


def test_the_journal_shows_no_number_that_was_searched_for(archive, paper):
    search(CLEARED_ARCHIVIST, SearchRequest(query=NUMBER), archive=archive)
    shown = journal_page(AUDITOR, archive=archive).entries
    assert NUMBER not in str(shown)
    assert any("110***********002X" in str(entry.details) for entry in shown)
