import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from dms.search.composing import QueryForm, compose_query
from dms.search.decomposing import form_of_query
from dms.search.query import parse_query


@pytest.mark.parametrize(
    ("query", "form"),
    [
        ("", QueryForm()),
        ("违约金 定金 NOT 发票", QueryForm(all_words="违约金 定金", no_words="发票")),
        ("NOT 发票 违约金", QueryForm(all_words="违约金", no_words="发票")),
        ('"一字 不差" 客户:江苏', QueryForm(exact_phrase="一字 不差", customer="江苏")),
        ("题名:补充 题名:协议 合同:HT-2023-0871", QueryForm(title="补充 协议", contract="HT-2023-0871")),
        ("(甲方 OR 买方) 违约", QueryForm(any_words="甲方 买方", all_words="违约")),
        ("甲方 或 买方", QueryForm(any_words="甲方 买方")),
        ("违约 NEAR 赔偿", QueryForm(near_first="违约", near_second="赔偿")),
        (
            "违约 先/5 赔偿",
            QueryForm(near_first="违约", near_second="赔偿", near_distance="5", near_in_order="1"),
        ),
        ("金额:10万..50.5万", QueryForm(amount_from="100000", amount_to="505000")),
        ("amount>=0.5", QueryForm(amount_from="0.50")),
        ("日期:2023", QueryForm(date_from="2023-01-01", date_to="2023-12-31")),
        ("43.8 万元 违约金", QueryForm(all_words="43.8 万元 违约金")),
    ],
)
def test_a_typed_query_fills_the_form(query, form):
    assert form_of_query(query) == form


@pytest.mark.parametrize(
    "query",
    [
        "违?金",
        "违约金~",
        "年度:2023 违约金",
        "登记金额:5万",
        "a NEAR b NEAR c",
        "a NEAR b c NEAR d",
        '"a b" "c d"',
        "NOT (发票 收据)",
        "(甲方 乙方) OR 买方",
        "客户:(江苏 OR 浙江)",
        "金额:1万 金额:2万",
        "违约金 " * 400,
    ],
)
def test_what_no_form_says_fills_none(query):
    assert form_of_query(query) is None


WORDS = st.lists(st.sampled_from(["违约金", "HT-2023", "a:b", "OR", "2023年", "(甲", "12%"]), max_size=2).map(" ".join)
SINGLE = st.sampled_from(["", "自交货 之日起", "违约金", "（2024）苏买第12号"])
FORMS = st.builds(
    QueryForm,
    all_words=WORDS,
    exact_phrase=st.sampled_from(["", "自交货 之日起", "违约金"]),
    any_words=st.sampled_from(["", "甲方 买方", "甲方 a:b 买方"]),
    no_words=WORDS,
    near_first=st.just("违约"),
    near_second=st.sampled_from(["赔偿", "赔偿 责任"]),
    near_distance=st.sampled_from(["", "7"]),
    near_in_order=st.sampled_from(["", "1"]),
    amount_from=st.sampled_from(["", "10万", "500000"]),
    amount_to=st.sampled_from(["", "60万"]),
    date_from=st.sampled_from(["", "2023"]),
    date_to=st.sampled_from(["", "2023-5", "很久"]),
    title=WORDS,
    customer=WORDS,
    contract=SINGLE,
)


@given(form=FORMS)
@settings(max_examples=300, deadline=None)
def test_the_form_that_made_a_query_can_be_filled_from_it_again(form):
    query = compose_query(form)
    filled = form_of_query(query)
    assert filled is not None
    assert compose_query(filled) == query


@given(query=st.lists(st.sampled_from([*'甲乙(){}"“”:~?*-', "NOT ", " OR ", " NEAR/3 ", "客户:", "金额:"]), max_size=9))
@settings(max_examples=300, deadline=None)
def test_a_filled_form_means_what_the_query_means(query):
    typed = "".join(query)
    form = form_of_query(typed)
    if form is not None:
        assert set(_parts(compose_query(form))) == set(_parts(typed))


def _parts(query):
    criterion = parse_query(query).criterion
    return getattr(criterion, "parts", (criterion,)) if type(criterion).__name__ == "AllOf" else (criterion,)
