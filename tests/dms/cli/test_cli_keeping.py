"""Terms, holds and disputes at the command line."""

import json
from datetime import date

import pytest
from simulators.archives import PASSWORD
from simulators.command_line import run
from simulators.filed_papers import Filed, add_contract, add_customer, lay_filed

WHY = ("--reason", "客户起诉", "--authority", "(2026)皖0104民初77号")


@pytest.fixture
def papers(archive, tmp_path):
    """The ids of a paper of 1990 and of one whose contract runs; a lawyer and an archivist work here."""
    customer_id = add_customer(archive)
    lay_filed(archive, Filed(customer_id=customer_id, title="旧送货单", doc_on=date(1990, 2, 28)))
    lay_filed(archive, Filed(customer_id=customer_id, contract_id=add_contract(archive, customer_id)))
    (tmp_path / "password").write_text(PASSWORD)
    for name, role in {"law": "lawyer", "keeper": "archivist"}.items():
        run("user", "add", name, "--role", role, "--password-file", tmp_path / "password")
    with archive.looking() as view:
        return [view.items.get(key).id for key in (1, 2)]


def test_what_is_due_is_computed_listed_and_explained(papers, tmp_path):
    assert "not computed" in run("retention", "due").messages
    assert run("retention", "recompute", "--json").answer == {"examined": 2, "changed": 2, "resumed": False}
    told = run("retention", "due", "--on", "2026-01-01", "--json").answer
    assert [(paper["item_id"], paper["due_on"], paper["held"]) for paper in told["papers"]] == [
        (papers[0], "2020-12-31", False)
    ]
    assert "旧送货单" in run("retention", "due", "--customer", "C0001", "--rule", "D30", "--held", "free").text
    assert run("retention", "due", "-o", tmp_path / "due.pdf").exit_code == 0
    assert (tmp_path / "due.pdf").read_bytes().startswith(b"%PDF")
    assert run("retention", "due", "-o", tmp_path / "due.doc").exit_code == 2
    explained = run("retention", "explain", papers[1], "--json").answer
    assert explained["state"] == "waiting" and "HT-001" in explained["sentence"]["zh"]
    assert "is not closed" in run("retention", "explain", papers[1]).text
    assert run("retention", "explain", "nothing").exit_code == 4


def test_a_rule_gets_a_new_version_only_from_a_person_with_its_approval(papers):
    stated = ("retention", "state", "D30", "--trigger", "document_date", "--mandate", "办法第12条")
    approval = ("--approved-by", "王总", "--approved-on", "2026-02-01")
    assert run(*stated, *approval).exit_code == 5
    assert run(*stated, *approval, "--as", "law").exit_code == 5
    assert run(*stated, *approval, "--as", "keeper", "--json").answer["version"] == 2
    assert run("retention", "state", "Z5", "--zh", "5年", "--years", "5", *approval, "--as", "keeper").exit_code == 3
    rules = run("retention", "rules", "--json").answer["rules"]
    assert {rule["code"]: rule["version"] for rule in rules}["D30"] == 2
    assert "v2" in run("retention", "rules", "--versions").text
    run("retention", "recompute")
    run("retention", "recompute")
    assert run("retention", "explain", papers[1], "--json").answer["version"] == 2


def test_the_schedule_is_shown_and_written(papers, tmp_path):
    assert len(run("retention", "schedule", "--json").answer["lines"]) == 4
    assert "D30" in run("retention", "schedule").text
    assert run("retention", "schedule", "-o", tmp_path / "schedule.xlsx").exit_code == 0
    assert run("retention", "schedule", "--version", "3", "-o", tmp_path / "third.pdf").exit_code == 3


def test_a_hold_is_placed_told_of_and_released(papers, tmp_path):
    assert run("hold", "place", "contract", "HT-001", *WHY).exit_code == 5
    placed = run("hold", "place", "contract", "HT-001", *WHY, "--as", "law", "--json").answer
    assert placed["in_force"]
    assert run("hold", "place", "contract", "HT-001", *WHY, "--as", "law").exit_code == 6
    assert run("hold", "of", "item", papers[1], "--json").answer["holds"][0]["subject"] == "HT-001"
    assert run("hold", "of", "item", papers[0], "--json").answer["holds"] == []
    assert placed["number"] in run("hold", "list", "--target", "contract").text
    assert run("hold", "list", "--standing", "all", "-o", tmp_path / "holds.pdf").exit_code == 0
    assert json.dumps(placed["number"]) in json.dumps(run("retention", "explain", papers[1], "--json").answer["holds"])
    released = ("--reason", "撤诉", "--authority", "裁定", "--as", "law")
    assert run("hold", "release", "1", *released).exit_code == 2
    assert "released" in run("hold", "release", "1", *released, "--yes").messages
    assert run("hold", "release", "1", *released, "--yes").exit_code == 6
    assert run("hold", "release", "9", *released, "--yes").exit_code == 4


def test_a_dispute_is_registered_filled_closed_and_opened_again(papers):
    as_lawyer = ("--as", "law")
    add = ("dispute", "add", "ZY-1", "--title", "货款纠纷", "--party", "甲", "--opened", "2026-01-15")
    assert run(*add).exit_code == 5
    assert run(*add, *as_lawyer, "--json").answer["number"] == "ZY-1"
    assert run("dispute", "put", "ZY-1", "--contract", "HT-001", *as_lawyer).exit_code == 0
    assert run("dispute", "put", "ZY-1", "--paper", papers[0], *as_lawyer).exit_code == 0
    shown = run("dispute", "show", "ZY-1", "--json").answer
    assert [subject["kind"] for subject in shown["subjects"]] == ["contract", "item"]
    assert "HT-001" in run("dispute", "show", "ZY-1").text
    assert run("dispute", "take-out", "ZY-1", "--paper", papers[0], *as_lawyer).exit_code == 0
    closing = ("dispute", "close", "ZY-1", "--on", "2026-02-20", "--outcome", "调解")
    assert run(*closing, *as_lawyer, "--json").answer["closed_on"] == "2026-02-20"
    assert run("dispute", "list", "--open", "--json").answer["total"] == 0
    assert run("dispute", "reopen", "ZY-1", "--reason", "上诉", *as_lawyer).exit_code == 0
    assert "open" in run("dispute", "list").text


def test_the_bench_fills_an_archive_and_times_its_due_days():
    figures = run("bench", "custody", "--part", "due", "--items", "200", "--seed", "3", "--json").answer
    assert figures["items"] == 200
    assert {"first_computation_s", "nothing_changed_s", "after_a_rule_changed_s"} <= set(figures)
    assert "volumes" in run("bench", "custody", "--items", "100").text
