"""From one paper of an answer on to the next, and back to the list at the same place."""

import re
from urllib.parse import unquote

import pytest
from simulators.desk import Desk


@pytest.fixture
def desk(archive) -> Desk:
    return Desk(archive).sign_in()


def way(page: str) -> dict[str, str]:
    links = re.findall(
        r'<a class="(?:viewer-button|way-back)"[^>]*?href="([^"]+)"[^>]*?(data-way(?:-back|="-?1"))', page
    )
    return {name: unquote(address).replace("&amp;", "&") for address, name in links}


def test_the_papers_of_an_answer_follow_each_other(desk):
    for number in range(3):
        desk.send(f"第{number}份 逾期交货的违约金" + "，另有说明" * number)
    listed = desk.get("/search?q=违约金&sort=arrival").text
    first = re.search(r'<a data-list-entry href="([^"]+)"', listed)[1].replace("&amp;", "&")
    page = desk.get(first).text
    assert "第 1 / 3 件" in page
    assert 'data-way="-1"' not in page
    second = way(page)['data-way="1"']
    assert second.endswith("?q=违约金&sort=arrival&at=2")
    page = desk.get(second).text
    assert "第 2 / 3 件" in page
    assert way(page)['data-way="-1"'].split("?")[0] == first.split("?")[0]
    last = desk.get(way(page)['data-way="1"']).text
    assert "第 3 / 3 件" in last
    assert 'data-way="1"' not in last
    assert way(last)["data-way-back"] == "/search?q=违约金&sort=arrival#hit-3"


def test_the_way_back_leads_to_the_page_of_the_list(desk):
    for number in range(22):
        desk.send(f"第{number}份 违约金")
    paper = re.search(r'<a data-list-entry href="(/items/\w+)', desk.get("/search?q=违约金&page=2").text)[1]
    assert way(desk.get(f"{paper}?q=违约金&at=22").text)["data-way-back"] == "/search?q=违约金&page=2#hit-22"


@pytest.mark.parametrize("arguments", ["", "?q=违约金", "?q=违约金&at=0", "?q=违约金&at=x", "?at=1"])
def test_without_a_place_in_an_answer_there_is_no_way(desk, arguments):
    paper = desk.send("违约金")
    page = desk.get(f"/items/{paper}{arguments}")
    assert page.status_code == 200
    assert "data-way-bar" not in page.text


@pytest.mark.parametrize("place", ["7", "99999999999999999999999999"])
def test_a_place_that_no_answer_has_any_more_still_leads_back(desk, place):
    paper = desk.send("违约金")
    assert way(desk.get(f"/items/{paper}?q=违约金&at={place}").text).keys() == {"data-way-back"}
