import pytest

from dms.domain.criterion import Mention, MentionKind
from dms.search.analysis import folded
from dms.search.mentioning import mention_asked, mentions
from dms.search.spellings import Spelling, spellings
from dms.search.values import read_amounts, read_days

WITHOUT_END = 10**18
TABLE = spellings()


@pytest.mark.parametrize("row", TABLE, ids=[f"{row.text} | {row.query}" for row in TABLE])
def test_a_value_is_found_however_it_is_written_and_nothing_else_is(row: Spelling) -> None:
    assert _finds(row.query, row.text) is row.found


def test_the_table_is_as_long_as_its_name_says_and_names_no_pair_twice() -> None:
    found = [row for row in TABLE if row.found]
    assert len(found) >= 200
    assert len(TABLE) - len(found) >= 50
    assert len({(row.text, row.query) for row in TABLE}) == len(TABLE)


def _finds(query: str, text: str) -> bool:
    field, _, written = query.partition(":")
    asked = _asked(field, written) if written else mention_asked(query)
    stands_there = not written and folded(query) in folded(text)
    return stands_there or (asked is not None and _names(text, asked))


def _names(text: str, asked: Mention) -> bool:
    return any(one.kind is asked.kind and asked.low <= one.low and one.high <= asked.high for one in mentions(text))


def _asked(field: str, written: str) -> Mention:
    if field == "金额":
        amounts = read_amounts(written)
        assert amounts is not None
        low, high = (None if end is None else int(end * 100) for end in (amounts.low, amounts.high))
        return _between(MentionKind.AMOUNT, low, high)
    days = read_days(written)
    assert days is not None
    low, high = (None if end is None else end.toordinal() for end in (days.low, days.high))
    return _between(MentionKind.DAY, low, high)


def _between(kind: MentionKind, low: int | None, high: int | None) -> Mention:
    return Mention(kind, 0 if low is None else low, WITHOUT_END if high is None else high)
