"""How codes are written: styles, own patterns, words that stand in codes, and the look ahead."""

from dataclasses import replace

import pytest
from simulators.people import ARCHIVIST, CLEARED_ARCHIVIST, CLERK
from simulators.scanner import file_paper

from dms.domain.actor import OPERATOR, ActionForbidden
from dms.domain.customer import CustomerFacts
from dms.domain.reference_code import NUMBERING_STYLES, CodeFieldUnfit, CodeKind, PatternUnusable
from dms.filing import register_customer
from dms.filing.arranging import (
    CodeWordUnfit,
    NumberingStyleUnknown,
    NumberingWish,
    PatternsClash,
    code_fields,
    numbering,
    preview_numbering,
    state_numbering,
    style_texts,
)

DAY_BOOK = {CodeKind.BOX: "{fonds}-X·{year}-{box:6}"}


@pytest.fixture
def of_sales(archive):
    """A paper of a customer of the sales department, in an open volume."""
    facts = CustomerFacts(code="C-0002", name="近水机械", department="销售部")
    register_customer(OPERATOR, facts, archive=archive)
    return file_paper(archive, "合同", customer_code="C-0002", year=2024)


def stated(archive, **wish):
    return state_numbering(ARCHIVIST, NumberingWish(**({"texts": {}} | wish)), archive=archive)


def previewed(archive, actor=ARCHIVIST, **wish):
    shown = preview_numbering(actor, NumberingWish(**({"texts": {}} | wish)), archive=archive)
    return shown, {each.kind: each.codes for each in shown.patterns}


@pytest.mark.parametrize("style", NUMBERING_STYLES)
def test_every_style_can_be_put_in_force_after_any_other(archive, style):
    for before in NUMBERING_STYLES:
        stated(archive, texts=style_texts(before))
        assert stated(archive, texts=style_texts(style)).style_code == style


def test_a_pattern_of_our_own_is_in_force_for_its_kind_alone(archive):
    before = numbering(ARCHIVIST, archive=archive)
    after = stated(archive, texts=DAY_BOOK)
    assert after.patterns[CodeKind.BOX].text == DAY_BOOK[CodeKind.BOX]
    assert after.style_code is None
    assert {kind for kind in CodeKind if after.patterns[kind] != before.patterns[kind]} == {CodeKind.BOX}


def test_codes_that_were_given_stay_and_the_count_goes_on_in_a_wider_pattern(archive, of_sales):
    with archive.begin() as work:
        fields = code_fields(work, year=2024, customer_code="C-0002", series_code="3")
        old = work.numbers.allocate(work.numbers.pattern(CodeKind.VOLUME), fields, "volume:1", archive.now())
    wider = {kind: text.replace("volume:3", "volume:5") for kind, text in style_texts("volume").items()}
    stated(archive, texts=wider)
    assert old == "Q001-KH·C.0002·3·2024-001"
    assert previewed(archive)[1][CodeKind.VOLUME][0] == "Q001-KH·C.0002·3·2024-00002"


def test_the_look_ahead_shows_the_next_codes_of_open_volumes_and_spends_nothing(archive, of_sales):
    shown, codes = previewed(archive)
    assert shown.usable
    assert codes[CodeKind.ITEM] == ("Q001-KH·C.0002·3·2024-001-001", "Q001-KH·C.0002·3·2024-001-002")
    assert codes[CodeKind.PAGE][0] == "Q001-KH·C.0002·3·2024-001-001-0001"
    assert codes[CodeKind.TRANSFER] == ("Q001-YJ·2026-0001", "Q001-YJ·2026-0002")
    assert previewed(archive)[0] == shown
    with archive.looking() as view:
        assert view.number_register.count() == 0


def test_the_look_ahead_names_no_customer_that_the_person_may_not_know_of(archive, of_sales):
    outsider = replace(CLEARED_ARCHIVIST, departments=frozenset({"工程部"}))
    _, codes = previewed(archive, outsider)
    assert codes[CodeKind.VOLUME][0] == "Q001-KH·C0001·1·2026-001"
    assert "销售部" not in numbering(outsider, archive=archive).departments


def test_the_look_ahead_tells_what_is_wrong_with_which_pattern(archive):
    shown, codes = previewed(archive, texts={CodeKind.VOLUME: "卷{volume}", CodeKind.BOX: "{fonds}-{box}"})
    problems = {each.kind: each.problem for each in shown.patterns}
    assert problems[CodeKind.VOLUME]
    assert codes[CodeKind.VOLUME] == ()
    assert problems[CodeKind.BOX] is None
    assert not shown.usable
    clash, _ = previewed(archive, texts={CodeKind.ITEM: "{fonds}-{volume:3}-{item:3}"})
    assert clash.problem
    assert not clash.usable


def test_departments_need_codes_before_they_stand_in_reference_codes(archive, of_sales):
    with pytest.raises(PatternsClash, match="销售部"):
        stated(archive, texts=style_texts("by_item"))
    assert not previewed(archive, texts=style_texts("by_item"))[0].usable
    wish = {"texts": style_texts("by_item"), "departments": {"销售部": "xs"}}
    assert previewed(archive, **wish)[1][CodeKind.ITEM][0] == "Q001-KH·2024-D30-XS-0001"
    assert stated(archive, **wish).departments == {"销售部": "XS"}
    assert previewed(archive)[1][CodeKind.ITEM][0] == "Q001-KH·2024-D30-XS-0001"


def test_a_department_that_came_later_is_not_numbered_until_it_has_a_code(archive):
    stated(archive, texts=style_texts("by_item"))
    with archive.begin() as work:
        pattern = work.numbers.pattern(CodeKind.ITEM)
        nobody = code_fields(work, year=2025, term="D30")
        assert work.numbers.peek(pattern, nobody) == ["Q001-KH·2025-D30-QT-0001"]
        later = code_fields(work, year=2025, term="D30", department="新部门")
        with pytest.raises(CodeFieldUnfit):
            work.numbers.peek(pattern, later)


def test_a_collective_volume_has_a_customer_of_its_own_in_codes(archive):
    with archive.looking() as view:
        fields = code_fields(view, year=2025, series_code="3")
        assert view.numbers.peek(view.numbers.pattern(CodeKind.VOLUME), fields) == ["Q001-KH·HJ·3·2025-001"]


def test_the_category_is_ours_to_choose_among_what_the_standards_left(archive):
    assert stated(archive, category=" ht ").category == "HT"
    for taken in ("KU", "ws", "", "合同", "ABCDEFGHI", "A-B"):
        with pytest.raises(CodeWordUnfit):
            stated(archive, category=taken)


@pytest.mark.parametrize("codes", [{"甲": "A", "乙": "a"}, {"甲": "QT"}, {"甲": "销"}, {"甲": "A·B"}], ids=str)
def test_codes_of_departments_are_plain_and_different(archive, codes):
    with pytest.raises(CodeWordUnfit):
        stated(archive, departments=codes)


def test_a_department_may_give_its_code_back(archive):
    stated(archive, departments={"甲": "A", "乙": "B"})
    stated(archive, departments={"甲": ""})
    stated(archive, departments={"丙": "A"})
    with archive.looking() as view:
        assert code_fields(view, year=2025, department="丙")["department"] == "A"


def test_patterns_that_cannot_be_used_change_nothing(archive):
    before = numbering(ARCHIVIST, archive=archive)
    refused = {
        "{fonds}-{colour}-{box}": PatternUnusable,
        "{fonds}-{box}-{box}": PatternUnusable,
        "{fonds}-{year}": PatternUnusable,
        "{fonds}-{customer}-{box}": PatternsClash,
        "{fonds}-JS·{year}-{box}": PatternsClash,
    }
    for text, reason in refused.items():
        with pytest.raises(reason):
            stated(archive, texts=DAY_BOOK | {CodeKind.BOX: text}, category="HT")
    assert numbering(ARCHIVIST, archive=archive) == before


def test_a_pattern_that_reads_codes_given_to_things_of_another_kind_is_refused(archive):
    with archive.begin() as work:
        work.numbers.register(work.numbers.pattern(CodeKind.VOLUME), "Q001-X·2025-000001", "volume:1", archive.now())
    with pytest.raises(PatternsClash, match="given before"):
        stated(archive, texts=DAY_BOOK)


def test_what_does_not_exist_or_is_not_allowed_is_refused(archive):
    with pytest.raises(NumberingStyleUnknown):
        style_texts("none")
    with pytest.raises(ActionForbidden):
        state_numbering(CLERK, NumberingWish(texts=DAY_BOOK), archive=archive)


def test_the_journal_keeps_what_was_before(archive):
    stated(archive, texts=DAY_BOOK, category="HT", departments={"甲": "A"})
    with archive.looking() as view:
        entries = list(view.journal.entries(newest_first=3))
    told = {(entry.action, entry.subject): entry.details for entry in entries}
    assert told["reference_pattern_stated", "box"]["before"] == "{fonds}-H·{year}-{box:4}"
    assert told["code_words_stated", "category"] == {"before": "KH", "after": "HT"}
    assert told["code_words_stated", "departments"] == {"before": "", "after": "甲 A"}
    stated(archive, texts=DAY_BOOK, category="HT")
    with archive.looking() as view:
        assert list(view.journal.entries(newest_first=3)) == entries
