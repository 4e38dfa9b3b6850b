"""The contract ledger at the command line."""

from datetime import datetime

import pytest
from simulators.command_line import run
from simulators.ledger_sheets import workbook
from simulators.scanner import add_customer, file_paper

ROW = ("HT-2024-009", "轴承采购合同", "C0001", None, datetime(2024, 5, 1), None, 1200.5, "履行中")


@pytest.fixture
def sheet(archive, tmp_path):
    add_customer(archive)

    def put(*rows):
        path = tmp_path / "台账.xlsx"
        path.write_bytes(workbook(*rows))
        return path

    return put


def test_a_sheet_is_looked_at_and_then_taken_over(sheet):
    path = sheet(ROW)
    looked = run("contract", "import", path, "--dry-run", "--json")
    assert (looked.exit_code, looked.answer["new"], looked.answer["dry_run"]) == (0, 1, True)
    assert run("contract", "list", "--json").answer["total"] == 0
    assert run("contract", "import", path, "--json").answer["new"] == 1
    assert run("contract", "import", path).messages.strip() == "Added 0, changed 0; 1 are the same"
    (contract,) = run("contract", "list", "--words", "轴承", "--json").answer["contracts"]
    assert (contract["number"], contract["amount"], contract["signed_on"]) == ("HT-2024-009", "1200.50", "2024-05-01")


def test_bad_cells_are_told_by_row_and_column_and_nothing_is_taken_over(sheet):
    path = sheet(ROW, ("HT-1", "", "C9", None, "昨天"))
    refused = run("contract", "import", path)
    assert refused.exit_code == 3
    assert "C3: There is no customer “C9”" in refused.messages and "E3: “昨天” is no day" in refused.messages
    told = run("contract", "import", path, "--dry-run", "--json").answer["problems"]
    assert {(each["row"], each["column"]) for each in told} == {(3, "C"), (3, "E")}
    assert run("contract", "list", "--json").answer["total"] == 0


def test_the_ledger_goes_out_and_comes_back_the_same(archive, tmp_path):
    add_customer(archive)
    file_paper(archive, "合同")
    kept = tmp_path / "out.xlsx"
    assert run("contract", "export", "-o", kept).exit_code == 0
    assert run("contract", "export", "-o", kept).exit_code == 6
    assert run("contract", "import", kept, "--json").answer["unchanged"] == 1


def test_one_contract_is_shown_with_its_papers_and_what_is_missing(archive):
    add_customer(archive)
    file_paper(archive, "合同")
    shown = run("contract", "show", "HT-2024-001", "--json").answer
    assert [paper["title"] for paper in shown["papers"]] == ["钢材采购合同"]
    assert [each["code"] for each in shown["missing"]] == ["authorization"]
    text = run("contract", "show", "ht-2024-001", "--customer", "C0001").text
    assert "钢材采购合同" in text and "missing: the authority to sign it" in text
    assert run("contract", "show", "HT-404").exit_code == 4


def test_a_state_is_stated_with_its_day(archive):
    add_customer(archive)
    file_paper(archive, "合同")
    assert run("contract", "state", "HT-2024-001", "performed").exit_code == 3
    assert run("contract", "state", "HT-2024-001", "performed", "--on", "2025-03-01").exit_code == 0
    assert run("contract", "state", "HT-2024-001", "negotiating").exit_code == 6
    assert run("contract", "list", "--state", "performed").text.startswith("HT-2024-001")


def test_what_is_missing_is_listed_and_written_down(archive, tmp_path):
    add_customer(archive)
    file_paper(archive, "合同")
    found = run("contract", "missing", "--json").answer
    assert {(each["code"], each["contract"]) for each in found["missing"]} == {
        ("licence", None),
        ("authorization", "HT-2024-001"),
    }
    listed = run("contract", "missing", "--contract", "HT-2024-001", "-o", tmp_path / "missing.xlsx").text
    assert "the authority to sign it  not there" in listed and "licence" not in listed
    assert (tmp_path / "missing.xlsx").stat().st_size > 1000
    assert run("contract", "missing", "--why", "expired").text == ""


def test_a_workbook_that_is_not_there_or_is_none_is_refused(sheet, tmp_path):
    sheet()
    (tmp_path / "x.xlsx").write_bytes(b"PK not a workbook")
    assert run("contract", "import", tmp_path / "none.xlsx").exit_code == 3
    refused = run("contract", "import", tmp_path / "x.xlsx", "--json")
    assert refused.answer["error"]["code"] == "sheet_unreadable"
