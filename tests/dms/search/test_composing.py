from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from dms.domain.criterion import (
    EVERYTHING,
    NOTHING,
    AllOf,
    AnyOf,
    Chain,
    Fact,
    FactRange,
    Gap,
    Mention,
    MentionKind,
    Not,
    Phrase,
    TextPart,
)
from dms.search.analysis import folded
from dms.search.composing import QueryForm, compose_query
from dms.search.query import MAX_QUERY_CHARACTERS, parse_query


def _asked(form):
    return parse_query(compose_query(form)).criterion


@pytest.mark.parametrize(
    ("form", "query"),
    [
        (QueryForm(), ""),
        (QueryForm(all_words="违约金 定金"), "违约金 定金"),
        (QueryForm(exact_phrase="违约金 定金"), '"违约金 定金"'),
        (QueryForm(any_words="甲方 买方"), "(甲方 OR 买方)"),
        (QueryForm(any_words="甲方"), "甲方"),
        (QueryForm(no_words="发票 收据"), "NOT 发票 NOT 收据"),
        (QueryForm(near_first="违约", near_second="赔偿"), "违约 NEAR 赔偿"),
        (QueryForm(near_first="违约", near_second="赔偿", near_distance="１０"), "违约 NEAR/10 赔偿"),
        (QueryForm(near_first="违约", near_second="赔偿", near_in_order="on"), "违约 BEFORE 赔偿"),
        (QueryForm(near_first="违约 责任", near_second="NOT"), '"违约 责任" NEAR "NOT"'),
        (QueryForm(title="补充 协议", customer="江苏"), "题名:补充 题名:协议 客户:江苏"),
        (QueryForm(contract="（2024）苏买第12号"), '合同:"（2024）苏买第12号"'),
        (QueryForm(amount_from="10万", amount_to="50万"), "金额:[100000.00 TO 500000.00]"),
        (QueryForm(date_from="2023-05"), "日期:>=2023-05-01"),
        (QueryForm(date_to="2023年5月"), "日期:<=2023-05-31"),
        (QueryForm(all_words="甲 AND 乙:丙 (丁 戊*"), '甲 "AND" "乙:丙" "(丁" "戊*"'),
    ],
)
def test_a_form_shows_this_query(form, query):
    assert compose_query(form) == query


def _amounts(low, high):
    fen = (int(low * 100) if low else 0, int(high * 100) if high else 10**18)
    return AnyOf((FactRange(Fact.AMOUNT, low, high), Mention(MentionKind.AMOUNT, *fen)))


def _days(low, high):
    ordinals = ((low or date.min).toordinal(), (high or date.max).toordinal())
    return AnyOf((FactRange(Fact.DOC_DATE, low, high), Mention(MentionKind.DAY, *ordinals)))


@pytest.mark.parametrize(
    ("form", "criterion"),
    [
        (QueryForm(amount_from="10万"), _amounts(Decimal("100000.00"), None)),
        (QueryForm(amount_to="438,000.00元"), _amounts(None, Decimal("438000.00"))),
        (QueryForm(amount_from="500", amount_to="100"), _amounts(Decimal("100.00"), Decimal("500.00"))),
        (QueryForm(amount_from="9999万亿"), _amounts(Decimal("9999000000000000.00"), None)),
        (QueryForm(amount_from="0.01", amount_to="0.01"), _amounts(Decimal("0.01"), Decimal("0.01"))),
        (QueryForm(date_from="2023", date_to="2023"), _days(date(2023, 1, 1), date(2023, 12, 31))),
        (QueryForm(date_from="2024", date_to="2023-05"), _days(date(2023, 5, 1), date(2024, 12, 31))),
        (QueryForm(date_to="0001-01-01"), _days(None, date(1, 1, 1))),
        (QueryForm(amount_from="很多", amount_to="5"), AllOf((Phrase("金额很多"), _amounts(None, Decimal("5.00"))))),
        (QueryForm(date_from="] OR ["), Phrase("日期or")),
        (QueryForm(date_from="]", date_to='"'), NOTHING),
        (QueryForm(near_first="违约", near_second="。"), Phrase("违约")),
        (QueryForm(near_first="", near_second="违约 金"), Phrase("违约金")),
        (QueryForm(all_words="。"), NOTHING),
        (QueryForm(), EVERYTHING),
    ],
)
def test_a_form_asks_for(form, criterion):
    assert _asked(form) == criterion


def test_an_end_that_cannot_be_read_is_looked_for_as_text_and_said_so():
    assert parse_query(compose_query(QueryForm(amount_from="很多"))).read_literally


def test_a_word_of_a_form_that_is_a_date_is_found_however_it_is_written():
    assert AnyOf in {type(part) for part in _asked(QueryForm(all_words="违约金 2023年5月18日")).parts}


SIGNS = (
    *'()（）[]【】{}<>=*?~^:：-+\\/.,。、|&#%"“”„「」『』＂',
    *("AND", "OR", "NOT", "NEAR/5", "BEFORE", "TO", "..", "与", "或", "非", "近/3", "先", "客户:", "年度:", "金额：>"),
    *("a", "B", "违约金", "合同", "é", "😀", "\u0301", "\u202e", " ", "　", "\n", "\x00", "\x1c", "\ud800"),
)
HOSTILE = st.lists(st.sampled_from(SIGNS), max_size=7).map("".join) | st.text(max_size=7)
UNREADABLE = HOSTILE.map(lambda text: f"x{text}")
FORMS = st.builds(
    QueryForm,
    all_words=HOSTILE,
    exact_phrase=HOSTILE,
    any_words=HOSTILE,
    no_words=HOSTILE,
    near_first=HOSTILE,
    near_second=HOSTILE,
    near_distance=UNREADABLE | st.sampled_from(["", "7"]),
    near_in_order=st.sampled_from(["", "on"]),
    amount_from=st.just("") | UNREADABLE,
    date_to=st.just("") | UNREADABLE,
    title=HOSTILE,
    customer=HOSTILE,
    contract=HOSTILE,
)


def _phrases(texts, part=TextPart.ANYWHERE):
    return [Phrase(folded(text), part) for text in texts if folded(text)]


def _joined(parts, group):
    return parts if len(parts) < 2 else [group(tuple(parts))]


def _near(form):
    first, second = folded(form.near_first), folded(form.near_second)
    if not (first and second):
        return _phrases([form.near_first, form.near_second])
    gap = Gap(0, 7 if form.near_distance == "7" else 20)
    return [Chain(((first,), (second,)), (gap,), ordered=form.near_in_order == "on")]


def _said(form):
    """What the fields say, word by word; None where they say nothing at all."""
    words = [
        *_phrases(form.all_words.split()),
        *_phrases([form.exact_phrase]),
        *_joined(_phrases(form.any_words.split()), AnyOf),
        *_near(form),
        *_phrases(form.title.split(), TextPart.TITLE),
        *_phrases(form.customer.split(), TextPart.CUSTOMER),
        *_phrases([form.contract], TextPart.CONTRACT),
        *_phrases([f"金额{form.amount_from}"] if form.amount_from else []),
        *_phrases([f"日期{form.date_to}"] if form.date_to else []),
        *map(Not, _phrases(form.no_words.split())),
    ]
    return next(iter(_joined(words, AllOf)), NOTHING if compose_query(form) else EVERYTHING)


def _as_written(criterion):
    """The criterion without other ways to write an amount or a date."""
    match criterion:
        case AllOf(parts):
            return AllOf(tuple(map(_as_written, parts)))
        case AnyOf(parts) if any(isinstance(part, Mention) for part in parts):
            written = [part for part in parts if not isinstance(part, Mention)]
            return written[0] if len(written) == 1 else AnyOf(tuple(written))
        case _:
            return criterion


@given(form=FORMS)
@settings(max_examples=600, deadline=None)
def test_whatever_stands_in_a_form_is_text(form):
    query = compose_query(form)
    assert len(query) <= MAX_QUERY_CHARACTERS
    assert _as_written(parse_query(query).criterion) == _said(form)
