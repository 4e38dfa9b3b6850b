"""A number once given is never given again, and one that was left out needs a reason."""

import pytest
from sqlalchemy.exc import DBAPIError
from store_parts import NOW

from dms.domain.numbering import NumberGap
from dms.domain.reference_code import NUMBERING_STYLES, CodeFieldUnfit, CodeKind, ReferencePattern
from dms.store import NumberSpent

FIELDS = {"fonds": "Q001", "category": "KH", "customer": "C0123", "series": "3", "year": 2025}
SCOPE = "Q001-KH·C0123·3·2025-*"


@pytest.fixture
def work(store):
    with store.begin() as begun:
        yield begun


@pytest.fixture
def pattern():
    return NUMBERING_STYLES["volume"].patterns[CodeKind.VOLUME]


def test_numbers_count_from_one_within_everything_else_of_the_code(work, pattern):
    given = [work.numbers.allocate(pattern, FIELDS, f"volume:{n}", NOW) for n in (1, 2)]
    other_year = work.numbers.allocate(pattern, {**FIELDS, "year": 2026}, "volume:3", NOW)
    assert given == ["Q001-KH·C0123·3·2025-001", "Q001-KH·C0123·3·2025-002"]
    assert other_year == "Q001-KH·C0123·3·2026-001"


def test_many_are_given_at_once_and_each_knows_its_bearer(work, pattern):
    codes = work.numbers.allocate_all(pattern, FIELDS, [f"volume:{n}" for n in range(50)], NOW)
    assert len(set(codes)) == 50
    assert work.numbers.spent(codes[7]).subject == "volume:7"
    assert [spent.code for spent in work.numbers.of_subject("volume:7")] == [codes[7]]
    assert work.numbers.count(CodeKind.VOLUME) == 50
    assert [spent.code for spent in work.numbers.page(CodeKind.VOLUME, limit=2, offset=48)] == codes[48:]
    assert work.numbers.allocate_all(pattern, FIELDS, [], NOW) == []


def test_a_look_at_what_comes_next_spends_nothing(work, pattern):
    ahead = work.numbers.peek(pattern, FIELDS, 2)
    assert work.numbers.allocate_all(pattern, FIELDS, ["a", "b"], NOW) == ahead


def test_a_transaction_that_fails_has_given_nothing(store, pattern):
    with pytest.raises(RuntimeError), store.begin() as work:
        work.numbers.allocate(pattern, FIELDS, "volume:1", NOW)
        raise RuntimeError
    with store.looking() as view:
        assert view.numbers.count(CodeKind.VOLUME) == 0
        assert view.numbers.peek(pattern, FIELDS) == ["Q001-KH·C0123·3·2025-001"]


@pytest.fixture
def begun_and_ended(store):
    """A catalogue in which a number was given in an earlier transaction."""
    with store.begin() as work:
        return work.numbers.allocate(work.numbers.pattern(CodeKind.VOLUME), FIELDS, "volume:1", NOW)


def test_a_void_number_stays_spent(work, pattern):
    code = work.numbers.allocate(pattern, FIELDS, "volume:1", NOW)
    work.numbers.void(code, "误编", NOW)
    assert work.numbers.allocate(pattern, FIELDS, "volume:2", NOW) != code
    assert (work.numbers.spent(code).voided_at, work.numbers.spent(code).void_reason) == (NOW, "误编")
    assert work.numbers.gaps(CodeKind.VOLUME) == []
    with pytest.raises(LookupError):
        work.numbers.void(code, "再次", NOW)
    with pytest.raises(LookupError):
        work.numbers.void("Q001-9", "未曾使用", NOW)


def test_codes_of_an_older_archive_are_kept_as_written_and_what_they_leave_out_is_a_gap(work, pattern):
    work.numbers.register(pattern, "Q001-KH·C0123·3·2025-003", "volume:9", NOW)
    work.numbers.register(pattern, "旧档 1998 卷 7", "volume:10", NOW)
    assert work.numbers.spent("旧档 1998 卷 7").number is None
    gaps = [NumberGap(kind=CodeKind.VOLUME, scope=SCOPE, number=number) for number in (1, 2)]
    assert work.numbers.gaps(CodeKind.VOLUME) == gaps
    assert work.numbers.gaps(CodeKind.VOLUME, limit=1) == gaps[:1]
    assert work.numbers.allocate(pattern, FIELDS, "volume:11", NOW).endswith("-004")


def test_a_gap_is_closed_by_a_reason(work, pattern):
    work.numbers.register(pattern, "Q001-KH·C0123·3·2025-002", "volume:9", NOW)
    assert work.numbers.skip(pattern, FIELDS, 1, "卷一于2019年水损注销", NOW) == "Q001-KH·C0123·3·2025-001"
    assert work.numbers.gaps(CodeKind.VOLUME) == []


def test_no_code_is_registered_twice(work, pattern):
    code = work.numbers.allocate(pattern, FIELDS, "volume:1", NOW)
    for again in (
        lambda: work.numbers.register(pattern, code, "volume:2", NOW),
        lambda: work.numbers.skip(pattern, FIELDS, 1, "理由", NOW),
    ):
        with pytest.raises(NumberSpent) as caught:
            again()
        assert code in caught.value.message.zh


def test_a_number_whose_code_something_else_bears_is_passed_over_and_is_no_gap(work, pattern):
    item_pattern = work.numbers.pattern(CodeKind.ITEM)
    work.numbers.register(item_pattern, "Q001-KH·C0123·3·2025-001", "item", NOW)
    assert work.numbers.allocate(pattern, FIELDS, "volume:1", NOW).endswith("-002")
    assert work.numbers.gaps(CodeKind.VOLUME) == []


def test_a_value_that_cannot_stand_in_a_code_spends_nothing(work, pattern):
    with pytest.raises(CodeFieldUnfit):
        work.numbers.allocate(pattern, {**FIELDS, "customer": "客户"}, "volume:1", NOW)
    assert work.numbers.count(CodeKind.VOLUME) == 0


def test_the_company_may_write_its_codes_otherwise(work, pattern):
    assert work.numbers.pattern(CodeKind.VOLUME) == pattern
    for text in ("{fonds}-{year}-{volume:5}", "{fonds}-{year}-{volume:4}"):
        work.numbers.state_pattern(ReferencePattern.parse(CodeKind.VOLUME, text))
    assert work.numbers.pattern(CodeKind.VOLUME).text == "{fonds}-{year}-{volume:4}"
    assert work.numbers.pattern(CodeKind.ITEM) == NUMBERING_STYLES["volume"].patterns[CodeKind.ITEM]


@pytest.mark.parametrize(
    "statement",
    [
        "DELETE FROM spent_number",
        "UPDATE spent_number SET subject = 'other'",
        "UPDATE spent_number SET subject = 'other', voided_at = '2026'",
        "DELETE FROM number_counter",
        "UPDATE number_counter SET last = 0",
    ],
)
def test_the_catalogue_itself_forgets_no_number(store, begun_and_ended, statement):
    assert begun_and_ended
    with pytest.raises(DBAPIError), store.begin() as work:
        work.connection.exec_driver_sql(statement)
