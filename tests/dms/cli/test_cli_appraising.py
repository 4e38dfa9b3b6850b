"""Appraisal and destruction on the command line: lists are drawn up, shown and printed there, and signed by nobody."""

import pytest
from simulators.command_line import run
from simulators.committee import COMMITTEE, SIGNERS, SUPERVISORS, Committee, found_committee

from dms.archive import Archive
from dms.domain.item import ItemState


@pytest.fixture
def committee(archive: Archive) -> Committee:
    return found_committee(archive)


def begun_case(*, members=COMMITTEE) -> str:
    """The number of a new appraisal."""
    named = [word for name in members for word in ("--member", name)]
    return run("appraisal", "begin", "--title", "到期鉴定", "--chair", members[0], *named, "--json").answer["number"]


def test_a_committee_is_convened_given_papers_and_asked(committee):
    paper, held = committee.paper("谈判记录一"), committee.paper("谈判记录二")
    number = begun_case()
    assert run("appraisal", "add", number, paper.id, "--json").answer == {"papers": 1, "left_out": {}}
    assert run("appraisal", "add", number, "--all-due", "--json").answer["papers"] == 1
    assert run("appraisal", "submit", number, "--json").answer["state"] == "considering"
    shown = run("appraisal", "show", number, "--json").answer
    assert [each["item_id"] for each in shown["papers"]] == [paper.id, held.id]
    assert number in run("appraisal", "list", "--state", "considering").text
    assert run("appraisal", "withdraw", number, "--reason", "重来", "--yes").exit_code == 0
    assert run("appraisal", "list", "--json").answer["appraisals"][0]["state"] == "withdrawn"


def test_what_cannot_be_meant_is_refused(committee, tmp_path):
    number = begun_case()
    assert run("appraisal", "add", number).exit_code == 2
    assert run("appraisal", "add", number, "nothing").exit_code == 6
    assert run("appraisal", "show", "JD2026-099").exit_code == 4
    assert run("appraisal", "print", number, "-o", tmp_path / "x.doc").exit_code == 2
    assert run("destruction", "draw-up", "--title", "清册", "--signer", "boss").exit_code == 2
    assert run("destruction", "show", "XH2026-099").exit_code == 4


def test_a_list_is_drawn_up_printed_and_gone_on_with_but_not_begun(committee, tmp_path):
    paper = committee.paper("谈判记录")
    case_id = committee.considered(paper)
    committee.agree(case_id)
    named = [word for office, name in SIGNERS for word in ("--signer", f"{office.value}={name}")]
    watching = [word for name in SUPERVISORS for word in ("--supervisor", name)]
    facts = ("--title", "到期资料", "--method", "碎纸", "--place", "库房")
    number = run("destruction", "draw-up", "--case", str(case_id), *facts, *named, *watching, "--json").answer["number"]
    assert run("destruction", "submit", number, "--json").answer["state"] == "signing"
    assert run("destruction", "carry-out", number, "--yes", "--as", "keeper").exit_code == 6
    for form, ending in (("list", "xlsx"), ("supervision", "pdf")):
        target = tmp_path / f"{form}.{ending}"
        assert run("destruction", "print", number, "--form", form, "-o", target).exit_code == 0
        assert target.stat().st_size > 1000
    for command in ("print", "report"):
        target = tmp_path / f"{command}.pdf"
        about = (str(case_id),) if command == "print" else ()
        assert run("appraisal", command, *about, "-o", target).exit_code == 0
    assert run("destruction", "withdraw", number, "--reason", "误列", "--yes", "--json").answer["state"] == "withdrawn"
    assert run("destruction", "list", "--json").answer["total"] == 1


def test_the_machine_goes_on_with_what_a_person_began(committee):
    paper = committee.paper("谈判记录")
    list_id = committee.begun(paper)
    assert run("destruction", "carry-out", str(list_id), "--yes").exit_code == 5
    answer = run("destruction", "carry-out", str(list_id), "--yes", "--as", "keeper", "--json").answer
    assert (answer["destroyed"], answer["state"]) == (1, "executed")
    assert "destroyed" in run("destruction", "show", str(list_id)).text
    with committee.archive.looking() as view:
        assert view.items.get(paper.key).state is ItemState.DESTROYED


def test_the_approver_is_told_and_named(committee):
    assert "boss" in run("destruction", "approver").messages
    assert run("destruction", "approver", "vice").exit_code == 3
    assert run("destruction", "approver", "boss").exit_code == 0
    assert run("destruction", "approver", "--only-manager").exit_code == 0
