"""Correcting what was read: beside the image, with everything that stood there before."""

import pytest
from simulators.desk import Desk

from dms.archive import Archive
from dms.domain.actor import Role


@pytest.fixture
def desk(archive: Archive) -> Desk:
    return Desk(archive).sign_in()


@pytest.fixture
def paper(desk: Desk) -> str:
    return desk.send("逾期交货的速约金\f附页")


def correct(desk: Desk, paper: str, text: str):
    return desk.post(f"/items/{paper}/pages/1/correct?q=违约金", {"text": text})


def test_the_form_holds_what_was_read(desk, paper):
    page = desk.get(f"/items/{paper}/pages/1/correct").text
    assert ">逾期交货的速约金</textarea>" in page
    assert f'src="/items/{paper}/pages/1.jpg"' in page


def test_the_correction_is_found_and_stands_above_what_was_read(desk, paper):
    assert "没有找到" in desk.get("/search?q=违约金").text
    answer = correct(desk, paper, "逾期交货的违约金")
    assert answer.location.startswith(f"/items/{paper}?page=1&q=")
    page = desk.get(f"/items/{paper}?q=违约金").text
    assert "逾期交货的<mark>违约金</mark></p>" in page
    assert "速" in page.split("data-text-body")[1]
    assert "<mark>违约金</mark>" in desk.get("/search?q=违约金").text


def test_a_script_is_told_of_the_correction(desk, paper):
    correct(desk, paper, "逾期交货的违约金")
    told = desk.get(f"/items/{paper}/pages/1.json?q=违约金", script=True).json["correction"]
    assert (told["text"], told["by"]) == ("逾期交货的违约金", "admin")
    assert told["parts"] == [["逾期交货的", False], ["违约金", True]]
    assert desk.get(f"/items/{paper}/pages/2.json", script=True).json["correction"] is None


def test_what_was_taken_back_stays_in_the_history(desk, paper):
    correct(desk, paper, "逾期交货的违约金")
    desk.post(f"/items/{paper}/pages/1/correct/take-back", {})
    page = desk.get(f"/items/{paper}/pages/1/correct").text
    assert ">逾期交货的速约金</textarea>" in page
    assert "撤销了更正" in page
    assert ">逾期交货的违约金</pre>" in page
    assert "没有找到" in desk.get("/search?q=违约金").text


def test_a_text_that_is_too_long_stays_in_the_form(desk, paper):
    answer = correct(desk, paper, "长" * 60_000)
    assert answer.status_code >= 400
    assert "长" * 60_000 in answer.text


def test_a_page_that_is_not_there_is_not_found(desk, paper):
    assert desk.get(f"/items/{paper}/pages/9/correct").status_code == 404


def test_who_may_not_confirm_corrects_nothing(archive, desk, paper):
    lawyer = Desk(archive).sign_in_as(Role.LAWYER)
    assert "/correct" not in lawyer.get(f"/items/{paper}").text
    assert lawyer.get(f"/items/{paper}/pages/1/correct").status_code == 403
    assert correct(lawyer, paper, "别的").status_code == 403
