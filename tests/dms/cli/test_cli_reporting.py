"""Reports and personal data at the command line: as numbers, as documents, handed in by a person."""

import pytest
from simulators.archives import PASSWORD
from simulators.command_line import run
from simulators.scanner import add_customer, file_paper

from dms.domain.report import ReportName

NUMBER = "11010519491231002X"


@pytest.fixture
def archivist(archive, tmp_path):
    (tmp_path / "password").write_text(PASSWORD)
    run("user", "add", "li", "--role", "archivist", "--clearance", "1", "--password-file", tmp_path / "password")
    return "li"


@pytest.mark.parametrize("name", [name.value.replace("_", "-") for name in ReportName])
def test_every_report_is_told_and_written(archive, tmp_path, name):
    told = run("report", name, "--year", "2025", "--json").answer
    assert told["first_on"] == "2025-01-01" and told["tables"]
    for ending in ("pdf", "xlsx"):
        assert run("report", name, "--half", "--year", "2025", "-o", tmp_path / f"{name}.{ending}").exit_code == 0
        assert (tmp_path / f"{name}.{ending}").stat().st_size > 1000
    assert run("report", name, "-o", tmp_path / "report.doc").exit_code == 2
    assert "##" in run("report", name).text


def test_a_report_is_handed_in_by_a_person_and_written_again(archive, archivist, tmp_path):
    assert run("report", "hand-in", "contracts", "--year", "2024", "--to", "总经理办公室").exit_code == 5
    handed = run(
        "report", "hand-in", "contracts", "--year", "2024", "--to", "总经理办公室", "--as", archivist, "--json"
    )
    assert handed.answer["id"] == 1
    listed = run("report", "handed-in", "--json").answer["reports"]
    assert [row["sha256"] for row in listed] == [handed.answer["sha256"]]
    assert run("report", "handed-in", "1", "-o", tmp_path / "kept.pdf").exit_code == 0
    assert run("report", "handed-in", "1").exit_code == 2
    assert run("report", "handed-in", "9", "-o", tmp_path / "none.pdf").exit_code == 4
    assert "总经理办公室" in run("report", "handed-in").text


def test_the_guide_to_the_fonds_is_written(archive, tmp_path):
    assert run("report", "fonds-guide", "-o", tmp_path / "guide.pdf").exit_code == 0
    assert (tmp_path / "guide.pdf").read_bytes().startswith(b"%PDF")
    assert run("report", "fonds-guide", "-o", tmp_path / "guide.txt").exit_code == 2


def test_a_person_is_found_and_papers_are_kept_in_store_only(archive, archivist, tmp_path):
    add_customer(archive)
    paper = file_paper(archive, f"授权委托书\n受托人王小明，身份证号{NUMBER}。")
    (tmp_path / "number").write_text(NUMBER)
    found = run("personal-data", "find", "--name", "王小明", "--identity-number-from", tmp_path / "number", "--json")
    assert [(each["item_id"], each["found_by"]) for each in found.answer["papers"]] == [
        (paper.id, ["name", "identity_number"])
    ]
    assert paper.id in run("personal-data", "find", "--name", "王小明").text
    assert run("personal-data", "find").exit_code == 3
    assert run("personal-data", "find", "--identity-number-from", tmp_path / "none").exit_code != 0
    assert run("personal-data", "restrict", paper.id, "--reason", "应请求", "--as", archivist).exit_code == 0
    assert run("personal-data", "restricted", "--json").answer["papers"][0]["reason"] == "应请求"
    assert paper.id in run("personal-data", "restricted").text
    assert run("personal-data", "lift", paper.id, "--reason", "已撤回", "--as", archivist).exit_code == 0
    assert run("personal-data", "requests", "--open", "--json").answer["total"] == 0
    assert run("personal-data", "answer", "7", "-o", tmp_path / "answer.pdf").exit_code == 4
