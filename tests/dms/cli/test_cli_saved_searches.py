"""``dms saved`` and ``dms recent`` keep searches from one command to the next."""

import pytest
from simulators.command_line import run
from simulators.scanner import add_customer, file_paper


@pytest.fixture
def kept(archive):
    """A saved search that found one paper, and another paper that came since."""
    add_customer(archive)
    file_paper(archive, "违约金条款", title="旧合同")
    saved = run("search", "违约金", "--year", "2024", "--save-as", "违约金案", "--json")
    assert (saved.exit_code, saved.answer["total"]) == (0, 1)
    new = file_paper(archive, "补充协议 违约金", title="新合同")
    [search] = run("saved", "list", "--json").answer["saved"]
    return search, new


def test_a_search_is_kept_with_everything_that_was_asked(kept):
    search, _ = kept
    assert (search["name"], search["request"]) == ("违约金案", {"query": "违约金", "year": 2024})
    assert (search["total"], search["new"]) == (2, 1)
    assert "违约金案  2 (+1)" in run("saved", "list").text


def test_a_look_tells_what_is_new_and_the_next_one_does_not(kept):
    search, new = kept
    seen = run("saved", "look", str(search["id"]), "--json").answer
    assert (seen["total"], seen["new"]) == (2, 1)
    assert [hit["item_id"] for hit in seen["hits"] if hit["new"]] == [new.id]
    assert run("saved", "look", str(search["id"]), "--new", "--json").answer["hits"] == []


def test_a_person_sees_the_new_ones_marked(kept):
    search, _ = kept
    done = run("saved", "look", str(search["id"]), "--new")
    assert "2 papers, 1 of them new since" in done.messages
    assert "[new]" in done.text
    assert "旧合同" not in done.text


def test_a_saved_search_is_renamed_and_removed(kept):
    number = str(kept[0]["id"])
    assert run("saved", "rename", number, "新名").exit_code == 0
    assert [each["name"] for each in run("saved", "list", "--json").answer["saved"]] == ["新名"]
    assert run("saved", "remove", number).exit_code == 0
    assert run("saved", "list", "--json").answer == {"saved": []}
    assert run("saved", "look", number, "--json").exit_code == 4


def test_a_name_that_is_taken_is_refused(kept):
    done = run("search", "别的", "--save-as", "违约金案", "--json")
    assert done.exit_code == 6


def test_recent_searches_are_listed_and_cleared(kept):
    run("search", "货款")
    assert run("recent", "list", "--json").answer["recent"][:2] == [
        {"query": "货款"},
        {"query": "违约金", "year": 2024},
    ]
    assert run("recent", "list").text.splitlines()[1] == "违约金 year=2024"
    assert "2 recent searches" in run("recent", "clear").messages
    assert run("recent", "list", "--json").answer == {"recent": []}
