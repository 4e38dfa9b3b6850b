import pytest

from dms.search.help import QUERY_HELP
from dms.search.query import FIELD_NAMES, parse_query

EXAMPLES = [example for subject in QUERY_HELP for example in subject.examples]


@pytest.mark.parametrize("query", [example.query for example in EXAMPLES])
def test_every_example_is_understood_as_it_is_meant(query):
    explanation = parse_query(query).explanation
    assert explanation.notes == ()
    assert explanation.meaning.zh


@pytest.mark.parametrize(
    "sign", ["NEAR", "近", "BEFORE", "先", "AND", "与", "OR", "或", "NOT", "非", "*", "?", "~", '"']
)
def test_the_help_shows_every_sign(sign):
    assert any(sign in f"{example.query}{example.finds.zh}" for example in EXAMPLES)


@pytest.mark.parametrize("name", sorted(name for name in FIELD_NAMES if not name.isascii() and "统一" not in name))
def test_the_help_shows_every_field(name):
    assert name in {"年份", "标题", "合同号"} or any(f"{name}:" in example.query for example in EXAMPLES)
