"""A search in a few words, in the language of whoever reads the list."""

import pytest
from flask import session

from dms.domain.actor import OPERATOR
from dms.filing import frame
from dms.search import CodeNames, SearchRequest
from dms.web.search_words import in_words


@pytest.mark.parametrize(
    ("wanted", "chinese", "english"),
    [
        (SearchRequest(query="违约金"), "违约金", "违约金"),
        (SearchRequest(query="付款", within=("甲方", "违约金")), "付款 · 违约金 · 甲方", "付款 · 违约金 · 甲方"),
        (
            SearchRequest(query="a", customer_code="C0001", year=2023, type_code="contract", grade=2, state="review"),
            "a · C0001 · 2023 · 合同 · 二级 · 待核对",
            "a · C0001 · 2023 · Contract · Grade 2 · To confirm",
        ),
        (SearchRequest(query="a", tolerant=True, synonyms=True), "a · 容错 · 同义词", "a · Tolerant · Synonyms"),
        (SearchRequest(like_item_id="item1", type_code="gone"), "与一件资料相似 · gone", "Like a paper · gone"),
    ],
)
def test_a_search_tells_what_is_asked_in_both_languages(desk, archive, wanted, chinese, english):
    scheme = frame(OPERATOR, archive=archive)
    names = CodeNames.of(scheme.types, scheme.series)
    with desk.app.test_request_context():
        assert in_words(wanted, names) == chinese
    with desk.app.test_request_context():
        session["language"] = "en"
        assert in_words(wanted, names) == english
