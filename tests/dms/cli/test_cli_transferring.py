"""Hand-overs at the command line."""

import pytest
from simulators.command_line import run
from simulators.scanner import add_customer, file_paper


@pytest.fixture
def paper(archive):
    add_customer(archive)
    return file_paper(archive, "钢材采购合同")


@pytest.fixture
def drafted(paper):
    """The id of a draft with two lines."""
    begun = ("transfer", "begin", "--department", "销售部", "--person", "张三", "--rule", "month", "--json")
    batch = str(run(*begun, "--begun", "2026-01-05").answer["id"])
    assert run("transfer", "add", batch, paper.id).exit_code == 0
    assert run("transfer", "add", batch, "--title", "授权委托书", "--pages", "2", "--copy-kind", "copy").exit_code == 0
    return batch


def test_a_hand_over_goes_through(drafted, paper):
    handed = run("transfer", "hand-over", drafted, "--a", "张三", "--b", "李四", "--json").answer
    number = handed["number"]
    assert (handed["state"], len(handed["signatures"]), len(handed["list_sha256"])) == ("handed_over", 2, 64)
    assert run("transfer", "check", number, "--missing", "2", "--difference", "未见").exit_code == 0
    shown = run("transfer", "show", number, "--json").answer
    assert [(line["there"], line["difference"]) for line in shown["lines"]] == [(None, ""), (False, "未见")]
    assert shown["lines"][0]["item_id"] == paper.id
    assert "missing  授权委托书" in run("transfer", "show", number).text
    assert run("transfer", "accept", number, "--archivist", "王五", "--yes").exit_code == 6
    assert run("transfer", "check", number, "--there", "2", "--all").exit_code == 0
    assert run("transfer", "accept", number, "--archivist", "王五").exit_code == 2
    assert run("transfer", "accept", number, "--archivist", "王五", "--yes").exit_code == 0
    (entry,) = run("transfer", "register", "--json").answer["accessions"]
    assert (entry["number"], entry["papers"]) == (number, 2)
    assert entry["accession"] in run("transfer", "register").text


def test_a_list_goes_back_is_changed_and_given_up(drafted):
    number = run("transfer", "hand-over", drafted, "--a", "张三", "--json").answer["number"]
    assert run("transfer", "remove", number, "1").exit_code == 6
    assert run("transfer", "return", number, "--reason", "不全").exit_code == 0
    assert run("transfer", "remove", number, "9").exit_code == 4
    assert run("transfer", "remove", number, "2").exit_code == 0
    assert run("transfer", "withdraw", number, "--reason", "并入下批", "--yes", "--json").answer["state"] == "withdrawn"


def test_what_is_late_is_listed_until_it_is_given_time(drafted):
    assert [each["id"] for each in run("transfer", "list", "--json").answer["transfers"]] == [int(drafted)]
    (late,) = run("transfer", "list", "--overdue", "--json").answer["transfers"]
    assert late["late_working_days"] > 0
    more = ("transfer", "extend", drafted, "--until", "2999-01-02", "--reason", "出差", "--approved-by", "陈总")
    assert run(*more).exit_code == 0
    assert run("transfer", "list", "--overdue", "--json").answer["total"] == 0
    assert "2999-01-02" in run("transfer", "list", "--state", "draft", "--year", "2026", "--department", "销售部").text


def test_a_typed_line_is_tied_to_its_scan(archive, drafted):
    later = file_paper(archive, "授权委托书", title="授权委托书")
    assert run("transfer", "tie", drafted, "2", later.id).exit_code == 0
    assert run("transfer", "show", drafted, "--json").answer["lines"][1]["item_id"] == later.id


def test_deadline_rules_are_listed_and_unknown_batches_told(archive):
    assert "within a month" in run("transfer", "rules").text
    assert run("transfer", "rules", "--json").answer["rules"][0]["code"] == "month"
    assert run("transfer", "show", "Q001-YJ·2026-0009").exit_code == 4
