"""Synonyms: a table that archivists edit and everyone who searches may read."""

import re
from html import unescape

import pytest

from dms.domain.actor import OPERATOR, Role
from dms.search import synonym_groups
from dms.web.synonyms import groups_typed


def typed_in(page: str) -> str:
    return unescape(re.search(r"<textarea[^>]*>([^<]*)</textarea>", page)[1])


@pytest.mark.parametrize(
    ("typed", "groups"),
    [
        ("违约金、滞纳金\n\n定金，订金,保证金", [["违约金", "滞纳金"], ["定金", "订金", "保证金"]]),
        ("liquidated damages / penalty；罚金", [["liquidated damages", "penalty", "罚金"]]),
        (" 、 \n  ", []),
    ],
)
def test_a_line_is_a_group(typed, groups):
    assert groups_typed(typed) == groups


def test_what_an_archivist_writes_is_in_force(office, archive):
    assert office.post("/synonyms", {"groups": "火星、荧惑"}).status_code == 302
    assert synonym_groups(OPERATOR, archive=archive) == (("火星", "荧惑"),)
    assert typed_in(office.get("/synonyms").text) == "火星、荧惑"


def test_what_is_refused_stays_in_the_form(office, archive):
    before = synonym_groups(OPERATOR, archive=archive)
    answer = office.post("/synonyms", {"groups": "火星、荧惑\n孤零零"})
    assert answer.status_code >= 400
    assert typed_in(answer.text) == "火星、荧惑\n孤零零"
    assert "孤零零" in answer.text.split("</textarea>")[0].split("notice-danger")[1]
    assert synonym_groups(OPERATOR, archive=archive) == before


def test_the_table_that_was_shipped_can_be_had_again(office, archive):
    shipped = synonym_groups(OPERATOR, archive=archive)
    office.post("/synonyms", {"groups": "火星、荧惑"})
    assert office.post("/synonyms/restore", {}).status_code == 302
    assert synonym_groups(OPERATOR, archive=archive) == shipped


def test_who_only_searches_may_read_the_table_and_not_change_it(desk):
    lawyer = desk.sign_in_as(Role.LAWYER)
    page = lawyer.get("/synonyms").text
    assert "滞纳金" in page
    assert "<textarea" not in page
    assert lawyer.post("/synonyms", {"groups": "火星、荧惑"}).status_code == 403
