"""Saved searches: kept by name, opened with what is new marked, and nobody else's business."""

import re

import pytest
from simulators.laid_papers import Paper, lay

from dms.domain.actor import Role


def lay_paper(archive, title: str) -> None:
    with archive.begin() as work:
        lay(work, Paper(title=title, pages=("逾期交货的违约金",), year=2023))


@pytest.fixture
def desk_with_search(office, archive):
    """One paper is there, the search for it is saved, and then another one comes."""
    lay_paper(archive, "旧合同")
    office.get("/search?q=违约金")
    assert office.post("/search/saved", {"name": "违约", "q": "违约金", "year": "2023"}).status_code == 302
    lay_paper(archive, "新合同")
    return office


def opened(desk, more: str = "") -> str:
    answer = desk.get(f"/search/saved/1/open{more}")
    assert answer.status_code == 302
    return desk.get(answer.location).text


def titles(page: str) -> list[str]:
    return re.findall(r'<a data-list-entry href="[^"]+">([^<]+)</a>', page)


def fresh(page: str) -> list[str]:
    cards = page.split('<article class="hit">')[1:]
    return [titles(card)[0] for card in cards if "badge-fresh" in card]


def test_the_list_tells_how_much_is_new(desk_with_search):
    page = desk_with_search.get("/search/saved").text
    assert titles(page) == ["违约"]
    assert "违约金 · 2023" in page
    assert "新增 1 件" in page
    assert "badge-count" in desk_with_search.get("/search").text.split("recent-list")[1]


def test_opening_marks_what_is_new_and_loading_the_page_again_still_does(desk_with_search):
    page = opened(desk_with_search)
    assert sorted(titles(page)) == ["新合同", "旧合同"]
    assert fresh(page) == ["新合同"]
    assert fresh(desk_with_search.get("/search/saved/1").text) == ["新合同"]
    assert "新增 1 件" not in desk_with_search.get("/search/saved").text


def test_opened_once_more_nothing_is_new(desk_with_search):
    opened(desk_with_search)
    assert fresh(opened(desk_with_search)) == []


def test_the_new_ones_can_be_listed_alone(desk_with_search):
    assert titles(opened(desk_with_search, "?only=new")) == ["新合同"]


def test_a_name_can_be_changed_and_a_search_removed(desk_with_search):
    desk_with_search.post("/search/saved/1/rename", {"name": "罚金"})
    assert titles(desk_with_search.get("/search/saved").text) == ["罚金"]
    desk_with_search.post("/search/saved/1/remove", {})
    assert "还没有已存检索" in desk_with_search.get("/search/saved").text


def test_a_name_that_is_taken_is_refused_and_what_was_typed_stays(desk_with_search):
    answer = desk_with_search.post("/search/saved", {"name": "违约", "q": "滞纳金", "tolerant": "1"})
    assert answer.status_code == 409
    assert 'name="name" value="违约"' in answer.text
    assert '<input type="hidden" name="q" value="滞纳金">' in answer.text
    assert '<input type="hidden" name="tolerant" value="1">' in answer.text


def test_nobody_opens_the_search_of_another(desk_with_search, archive):
    other = type(desk_with_search)(archive).sign_in_as(Role.LAWYER)
    assert "还没有已存检索" in other.get("/search/saved").text
    for address in ("/search/saved/1", "/search/saved/1/open"):
        assert other.get(address).status_code == 404
    assert other.post("/search/saved/1/remove", {}).status_code == 404


@pytest.mark.parametrize("number", ["2", "99999999999999999999999999"])
def test_a_search_that_was_never_saved_is_not_found(office, number):
    assert office.get(f"/search/saved/{number}").status_code == 404


def test_who_may_not_consult_keeps_no_searches(desk):
    assert desk.sign_in_as(Role.AUDITOR).get("/search/saved").status_code == 403


def test_the_links_of_an_opened_search_lead_to_the_search_and_not_back_to_itself(desk_with_search):
    desk_with_search.post("/search/saved", {"name": "按客户", "q": "违约金", "group": "customer"})
    answer = desk_with_search.get("/search/saved/2/open")
    page = desk_with_search.get(answer.location).text
    offered = re.search(r'<a href="([^"]+)">一并检索</a>', page)
    assert offered is not None
    assert offered[1].startswith("/search?")
    assert "synonyms=1" in offered[1]
    assert desk_with_search.get(offered[1].replace("&amp;", "&")).status_code == 200
    assert not re.search(r'<p class="hit-group">.*?href="/search/saved', page, re.DOTALL)


def test_a_paper_of_a_saved_search_leads_back_to_it(desk_with_search):
    page = opened(desk_with_search)
    first = re.search(r'<a data-list-entry href="([^"]+)"', page)
    assert first is not None
    paper = desk_with_search.get(first[1].replace("&amp;", "&")).text
    assert re.search(r'class="back-link" href="/search/saved/1#hit-1"', paper)
    onward = re.search(r'rel="next" href="([^"]+)"', paper)
    assert onward is not None
    behind = desk_with_search.get(onward[1].replace("&amp;", "&")).text
    assert re.search(r'class="back-link" href="/search/saved/1#hit-2"', behind)


def test_one_steps_through_the_new_papers_alone_where_these_alone_were_listed(desk_with_search, archive):
    lay_paper(archive, "又一份新合同")
    listed = opened(desk_with_search, "?only=new")
    assert len(titles(listed)) == 2
    first = re.search(r'<a data-list-entry href="([^"]+)"', listed)[1].replace("&amp;", "&")
    paper = desk_with_search.get(first).text
    assert "第 1 / 2 件" in paper
    assert re.search(r'class="back-link" href="/search/saved/1\?only=new#hit-1"', paper)
    onward = re.search(r'rel="next" href="([^"]+)"', paper)[1].replace("&amp;", "&")
    behind = desk_with_search.get(onward).text
    assert "第 2 / 2 件" in behind
    assert 'rel="next"' not in behind
    assert "旧合同" not in behind


def test_a_paper_of_a_saved_search_that_is_gone_has_no_way(desk_with_search):
    listed = opened(desk_with_search, "?only=new")
    paper = re.search(r'<a data-list-entry href="([^"]+)"', listed)[1].replace("&amp;", "&")
    desk_with_search.post("/search/saved/1/remove", {})
    page = desk_with_search.get(paper)
    assert page.status_code == 200
    assert "data-way-bar" not in page.text
