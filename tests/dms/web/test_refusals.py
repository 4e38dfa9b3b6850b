"""Whatever goes wrong, a person reads what happened and what to do, in his language."""

import logging

import pytest
from flask import request
from simulators.desk import Desk

from dms.errors import Kind
from dms.web.declaring import for_everyone_signed_in
from dms.web.refusals import STATUS


@pytest.fixture
def in_service(desk: Desk) -> Desk:
    """As in real service: faults of the program become pages instead of stopping the test."""
    desk.app.testing = False

    @desk.app.get("/fault")
    @for_everyone_signed_in
    def fault() -> str:
        raise RuntimeError(request.args["said"])

    return desk.sign_in()


def test_every_kind_of_refusal_has_a_status():
    assert set(Kind) <= set(STATUS)


def test_a_refusal_is_a_page_in_the_language_of_the_person(office):
    chinese = office.get("/customers/NOBODY")
    assert chinese.status_code == 404
    assert "没有代码为“NOBODY”的客户" in chinese.text
    english = office.get("/customers/NOBODY?lang=en")
    assert "There is no customer with the code" in english.text
    assert "customer_not_found" in english.text


def test_a_script_gets_the_same_as_json(office):
    answer = office.get("/customers/NOBODY", script=True)
    assert answer.status_code == 404
    assert answer.json["error"]["code"] == "customer_not_found"
    assert answer.json["error"]["message"] == answer.json["error"]["what"] + answer.json["error"]["remedy"]


def test_an_address_that_does_not_exist_says_so(office):
    assert "没有这个页面" in office.get("/nowhere").text
    assert office.get("/nowhere", script=True).json["error"]["code"] == "address_unknown"


def test_a_wrong_method_or_a_broken_request_says_so(office):
    assert office.browser.put("/customers").status_code == 400
    assert office.get("/tray/../%00").status_code in (400, 404)


def test_what_somebody_typed_is_never_markup(office):
    answer = office.get("/customers/<img src=x>")
    assert "<img src=x" not in answer.text
    assert "&lt;img src=x&gt;" in answer.text


def test_a_fault_gets_an_incident_number_and_tells_the_log_no_content(in_service, caplog):
    with caplog.at_level(logging.ERROR):
        answer = in_service.get("/fault?said=秘密")
    assert answer.status_code == 500
    incident = caplog.text.split("incident ")[1].split(":")[0]
    assert incident in answer.text
    assert "RuntimeError" in caplog.text
    assert "秘密" not in caplog.text
    assert "秘密" not in answer.text


def test_when_even_the_catalogue_is_gone_a_person_still_reads_why_in_both_languages(in_service):
    in_service.archive.close()
    (in_service.archive.home / "catalogue.db").unlink()
    (in_service.archive.home / "catalogue.db").write_bytes(b"no database at all" * 1000)
    answer = in_service.get("/")
    assert answer.status_code == 500
    assert "无法打开" in answer.text
    assert "cannot be opened" in answer.text
