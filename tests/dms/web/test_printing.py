"""Printing in the browser: seen first, then kept; a whole year asked for, watched and taken out."""

import threading

import pytest
from simulators.bound_volumes import seal
from simulators.desk import Desk
from simulators.scanner import add_customer, file_paper

from dms.bootstrap.printing import keep_printing
from dms.domain.actor import Role
from dms.filing.printing_out import ABOUT, PrintForm

CODE = "Q001-KH·C0001·3·2024-001"


@pytest.fixture
def desk(archive):
    add_customer(archive)
    seal(archive, file_paper(archive, "甲合同"))
    return Desk(archive).sign_in_as(Role.ARCHIVIST)


def test_every_form_has_a_page_of_its_own(desk):
    index = desk.get("/print").text
    for form in PrintForm:
        assert f'href="/print/{form.value}"' in index
        page = desk.get(f"/print/{form.value}")
        assert page.status_code == 200
        assert all(f'name="{name}"' in page.text for name in ABOUT[form])


def test_a_form_is_shown_in_a_frame_of_our_own_pages_only(desk):
    page = desk.get(f"/print/contents-list?volume={CODE}")
    assert "<iframe" in page.text
    assert "frame-src 'self'" in page.headers["Content-Security-Policy"]
    assert page.headers["X-Frame-Options"] == "DENY"
    shown = desk.get(f"/print/contents-list/document.pdf?volume={CODE}")
    assert shown.data.startswith(b"%PDF")
    assert shown.headers["X-Frame-Options"] == "SAMEORIGIN"
    assert "frame-ancestors 'self'" in shown.headers["Content-Security-Policy"]
    assert "script-src" not in shown.headers["Content-Security-Policy"]
    assert shown.headers["Content-Disposition"].startswith("inline")
    assert shown.headers["Cache-Control"] == "no-store"


def test_a_form_is_kept_as_paper_or_as_a_spreadsheet(desk):
    for address in ("document.pdf?keep=1&", "document.xlsx?"):
        kept = desk.get(f"/print/contents-list/{address}volume={CODE}")
        assert kept.headers["Content-Disposition"].startswith("attachment")


def test_without_what_it_needs_no_frame_is_shown(desk):
    page = desk.get("/print/bound-volume").text
    assert "<iframe" not in page
    assert "请先填写" in page


def test_a_refusal_is_told_inside_the_frame(desk):
    refused = desk.get("/print/bound-volume/document.pdf?volume=nothing")
    assert refused.status_code == 404
    assert "请核对档号" in refused.text
    assert refused.headers["X-Frame-Options"] == "SAMEORIGIN"


def test_what_is_no_form_is_no_page(desk):
    for address in ("/print/nothing", "/print/contents-list/document.docx"):
        assert desk.get(address).status_code == 404


def test_a_whole_year_is_asked_for_watched_and_taken_out(desk, archive):
    desk.get("/print")
    asked = desk.post("/print/year", {"year": "2024"})
    address = asked.headers["Location"]
    waiting = desk.get(address)
    assert waiting.headers["Refresh"] == "3"
    assert "等待打印" in waiting.text
    keep_printing(archive, threading.Event())
    done = desk.get(address)
    assert "Refresh" not in done.headers
    assert "案卷目录 2024.pdf" in done.text
    assert desk.get(f"{address}/all.zip").data.startswith(b"PK")
    assert desk.get("/print/results/1").headers["Content-Disposition"].startswith("attachment")


def test_a_job_is_done_again_or_removed(desk, archive):
    desk.get("/print")
    address = desk.post("/print/year", {"year": "2024"}).headers["Location"]
    keep_printing(archive, threading.Event())
    desk.get(address)
    assert desk.post(f"{address}/again", {}).status_code == 302
    assert "等待打印" in desk.get(address).text
    assert desk.post(f"{address}/remove", {}).status_code == 302
    assert desk.get(address).status_code == 404


def test_a_year_that_holds_nothing_is_refused_in_words(desk):
    desk.get("/print")
    refused = desk.post("/print/year", {"year": "1999"})
    assert refused.status_code == 409
    assert "1999 年度还没有已编目的案卷" in refused.text


def test_who_may_not_consult_sees_nothing_of_it(archive):
    desk = Desk(archive).sign_in_as(Role.AUDITOR)
    for address in ("/print", "/print/customer-list", "/print/customer-list/document.pdf"):
        assert desk.get(address).status_code == 403
