"""Reports open as pages with charts and tables, download, and are handed in once their period is over."""

import pytest

from dms.domain.report import ReportName


def test_every_report_is_offered_and_opens(office):
    page = office.get("/reports")
    assert page.status_code == 200
    for name in ReportName:
        opened = office.get(f"/reports/{name.value}?year=2025")
        assert opened.status_code == 200, name
        assert "<table" in opened.text


@pytest.mark.parametrize("ending", ["pdf", "xlsx"])
def test_a_report_is_downloaded(office, ending):
    given = office.get(f"/reports/contracts/document.{ending}?year=2025&part=half")
    assert given.status_code == 200
    assert "attachment" in given.headers["Content-Disposition"]


def test_a_report_is_handed_in_and_kept(office):
    done = office.post("/reports/contracts/hand-in", {"year": "2025", "recipient": "总经理办公室"})
    assert done.status_code == 302
    page = office.get("/reports").text
    assert "总经理办公室" in page
    assert office.get("/reports/handed-in/1.pdf").data.startswith(b"%PDF")


def test_a_period_that_is_not_over_is_not_handed_in(office):
    refused = office.post("/reports/contracts/hand-in", {"year": "2026", "recipient": "总经理办公室"})
    assert refused.status_code == 409
    assert "尚未结束" in refused.text


def test_the_guide_to_the_fonds_is_written_and_printed(office):
    office.post("/reports/fonds-guide", {"creator_history": "公司成立于1998年。", "contents": "合同"})
    assert "公司成立于1998年。" in office.get("/reports/fonds-guide").text
    assert office.get("/reports/fonds-guide.pdf").data.startswith(b"%PDF")


def test_no_other_report_exists(office):
    assert office.get("/reports/nothing").status_code == 404
    assert office.get("/reports/contracts/document.exe").status_code == 404
