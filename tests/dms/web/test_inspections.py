"""Inspections in the browser."""

import json

import pytest
from simulators.damage import FULL, QUICK, object_path, rows
from simulators.desk import Desk

from dms.domain.actor import OPERATOR, Role
from dms.evidence import InspectionRequest, content_digest, verify


def test_an_archive_that_was_never_verified_says_how_to(office):
    page = office.get("/inspections").text
    assert "还没有做过检查" in page
    assert "dms verify --full" in page


def test_inspections_are_listed_with_their_verdict_newest_first(office, archive):
    office.send("一份合同")
    verify(OPERATOR, QUICK, archive=archive)
    object_path(archive, rows(archive)[0].object_id).unlink()
    verify(OPERATOR, InspectionRequest.sample("1/30"), archive=archive)
    page = office.get("/inspections").text
    assert page.index("/inspections/2") < page.index("/inspections/1")
    assert "发现 1 项损坏" in page
    assert "完好" in page
    assert "第 1/30 部分" in page


def test_long_lists_come_in_pages(office, archive):
    made = verify(OPERATOR, QUICK, archive=archive)
    with archive.begin() as work:
        for _ in range(40):
            work.inspections.add(made)
    assert 'href="/inspections/41"' in office.get("/inspections").text
    assert 'href="/inspections/2"' in office.get("/inspections?page=2").text


def test_a_sound_inspection_shows_figures_circumstances_and_the_seven_factors(office, archive):
    office.send("一份合同")
    made = verify(OPERATOR, FULL, archive=archive)
    page = office.get(f"/inspections/{made.id}").text
    assert "完好" in page
    assert "没有发现损坏" in page
    assert made.report_digest in page
    assert "证据规定第九十三条" in page
    assert "（七）" in page


def test_a_finding_leads_to_its_paper_and_says_what_to_do(office, archive):
    item_id = office.send("一份合同")
    object_path(archive, rows(archive)[0].object_id).unlink()
    made = verify(OPERATOR, QUICK, archive=archive)
    page = office.get(f"/inspections/{made.id}").text
    assert f'<a href="/items/{item_id}"><code>{item_id}</code></a>' in page
    assert "请从备份取回该对象" in page
    english = office.get(f"/inspections/{made.id}?lang=en").text
    assert "is not in the vault" in english
    assert "Fetch the object from a backup" in english
    assert "发现" not in english


def test_an_auditor_reads_it_without_being_led_to_papers(office, archive):
    item_id = office.send("一份合同")
    object_path(archive, rows(archive)[0].object_id).unlink()
    made = verify(OPERATOR, QUICK, archive=archive)
    auditor = Desk(archive).sign_in_as(Role.AUDITOR)
    page = auditor.get(f"/inspections/{made.id}").text
    assert item_id in page
    assert f'href="/items/{item_id}"' not in page
    assert auditor.get("/inspections").status_code == 200


@pytest.mark.parametrize("path", ["/inspections", "/inspections/1", "/inspections/1/report.pdf"])
def test_clerks_see_no_inspections(archive, path):
    verify(OPERATOR, QUICK, archive=archive)
    assert Desk(archive).sign_in_as(Role.CLERK).get(path).status_code == 403


def test_the_report_is_taken_as_json_that_checks_and_the_journal_says_so(office, archive):
    made = verify(OPERATOR, QUICK, archive=archive)
    answer = office.get(f"/inspections/{made.id}/report.json")
    assert answer.headers["Content-Disposition"] == f"attachment; filename=inspection-{made.id}.json"
    report = json.loads(answer.data)
    assert report["report_digest"] == made.report_digest == content_digest(made)
    assert report["content"]["counts"]["items"] == 0
    with archive.looking() as view:
        (entry,) = view.journal.entries(newest_first=1)
    assert (entry.action, entry.details["form"]) == ("inspection_report_taken", "json")


def test_the_report_is_taken_as_pdf(office, archive):
    made = verify(OPERATOR, QUICK, archive=archive)
    answer = office.get(f"/inspections/{made.id}/report.pdf")
    assert answer.data.startswith(b"%PDF")
    assert answer.headers["Cache-Control"] == "no-store"


def test_an_inspection_that_does_not_exist_is_not_found(office):
    assert office.get("/inspections/99").status_code == 404


def test_the_menu_leads_there(office):
    assert 'href="/inspections"' in office.get("/").text
