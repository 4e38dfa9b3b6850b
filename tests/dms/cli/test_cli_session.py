"""Whatever a command is refused, it says why in the right language and leaves with the right code."""

import os
import subprocess
import sys
from dataclasses import replace
from pathlib import Path

import pytest
from simulators.archives import PASSWORD
from simulators.command_line import run
from simulators.scanner import add_customer, hand_in

from dms.custody import NewAccount, add_user, disable_user
from dms.domain.actor import OPERATOR, Role


def add_account(archive, name, *roles, clearance=3):
    account = NewAccount(name=name, password=PASSWORD, roles=frozenset(roles), clearance=clearance)
    add_user(OPERATOR, account, archive=archive)


@pytest.mark.parametrize(
    ("arguments", "exit_code", "code"),
    [
        (("item", "show", "f" * 20), 4, "item_not_found"),
        (("item", "text", "没有"), 4, "item_not_found"),
        (("item", "show", "\udcff"), 4, "item_not_found"),
        (("ingest", "--customer", "C9", __file__), 4, "customer_not_found"),
        (("ingest", "--type", "magazine", __file__), 4, "type_not_found"),
        (("ingest", "/nowhere/at/all"), 4, "path_missing"),
        (("ingest",), 2, "nothing_to_ingest"),
        (("customer", "list", "--as", "nobody"), 4, "user_unknown"),
        (("customer", "list", "--as", "\udcff"), 4, "user_unknown"),
        (("customer", "add", "--name", " "), 3, "customer_fact_invalid"),
        (("customer", "list", "--passphrase-file", "/nowhere"), 2, "passphrase_unusable"),
        (("customer", "list", "--home", "/nowhere"), 4, "no_archive_here"),
        (("search",), 2, "usage"),
        (("ingest", "--year", "1066"), 2, "usage"),
        (("search", "x", "--year", "9" * 30), 2, "usage"),
        (("volume", "list", "--year", "soon"), 2, "usage"),
        (("no-such-command",), 2, "usage"),
        (("customer", "list", "--no-such-option"), 2, "usage"),
    ],
)
def test_a_refusal_has_its_code_and_one_json_object(archive, arguments, exit_code, code):
    done = run(*arguments, "--json")
    assert done.exit_code == exit_code
    assert done.answer["error"]["code"] == code
    assert done.answer["error"]["message"]
    assert done.messages


def test_without_json_a_refusal_is_a_message_and_nothing_on_standard_output(archive):
    done = run("item", "show", "f" * 20)
    assert (done.exit_code, done.output) == (4, b"")
    assert done.messages.startswith("dms: There is no item ffffffffffffffffffff")
    assert done.messages.endswith("[item_not_found]\n")


@pytest.mark.parametrize(("language", "said"), [("zh", "没有编号为"), ("en", "There is no item")])
def test_a_refusal_is_said_in_the_language_of_the_run_and_in_json_in_both(archive, environment, language, said):
    environment.setenv("DMS_LANG", language)
    done = run("item", "show", "f" * 20, "--json")
    assert said in done.messages
    assert said in done.answer["error"]["message"]
    assert "没有编号为" in done.answer["error"]["message_zh"]
    assert "There is no item" in done.answer["error"]["message_en"]


def test_the_wrong_passphrase_is_forbidden(archive, tmp_path):
    (tmp_path / "passphrase").write_text("wrong")
    assert run("customer", "list").exit_code == 5


def test_without_terminal_and_without_passphrase_file_a_command_says_what_to_give(archive, environment):
    environment.delenv("DMS_PASSPHRASE_FILE")
    done = run("customer", "list")
    assert done.exit_code == 2
    assert "--passphrase-file" in done.messages


def test_a_missing_part_of_the_archive_is_damage(archive, tmp_path):
    archive.close()
    (tmp_path / "archive" / "catalogue.db").unlink()
    done = run("customer", "list", "--json")
    assert (done.exit_code, done.answer["error"]["code"]) == (7, "archive_incomplete")


def test_a_setting_that_makes_no_sense_is_named(archive, environment):
    environment.setenv("DMS_READING_PROCESSES", "many")
    done = run("customer", "list", "--json")
    assert (done.exit_code, done.answer["error"]["code"]) == (2, "setting_invalid")
    assert "DMS_READING_PROCESSES" in done.messages


def test_whoever_a_command_acts_for_has_only_his_own_rights(archive):
    add_customer(archive)
    add_account(archive, "clerk", Role.CLERK)
    add_account(archive, "auditor", Role.AUDITOR)
    assert run("customer", "list", "--as", "clerk").exit_code == 0
    assert run("customer", "add", "--name", "乙公司", "--as", "clerk").exit_code == 5
    assert run("customer", "list", "--as", "auditor").exit_code == 5
    assert run("user", "list", "--as", "clerk").exit_code == 5
    assert run("ingest", __file__, "--as", "auditor").exit_code == 5


def test_the_journal_says_for_whom_a_command_acted_and_that_it_was_a_command(archive):
    add_account(archive, "archivist", Role.ARCHIVIST)
    run("customer", "add", "--code", "C1", "--name", "甲公司", "--as", "ARCHIVIST")
    run("customer", "add", "--code", "C2", "--name", "乙公司")
    with archive.looking() as view:
        entries = [(e.actor, e.origin) for code in ("C1", "C2") for e in view.journal.entries(subject=code)]
    assert entries == [("archivist", "command line"), ("operator", "command line")]


def test_a_locked_account_acts_no_more(archive):
    add_account(archive, "clerk", Role.CLERK)
    disable_user(OPERATOR, "clerk", archive=archive)
    assert run("customer", "list", "--as", "clerk").exit_code == 4


def test_a_command_sees_no_paper_above_the_clearance_of_whom_it_acts_for(archive):
    add_account(archive, "lawyer", Role.LAWYER)
    item = hand_in(archive, "绝密")
    with archive.begin() as work:
        work.items.classify(item.key, replace(item.classification, grade=1))
    assert run("item", "show", item.id).exit_code == 0
    assert run("item", "show", item.id, "--as", "lawyer").exit_code == 4


def test_a_terminal_that_does_not_know_a_character_shows_a_question_mark(archive):
    add_customer(archive, name="𬭎远公司")
    done = run("customer", "list", encoding="gbk")
    assert done.exit_code == 0
    assert "?远公司".encode("gbk") in done.output
    exact = run("customer", "list", "--json", encoding="gbk")
    assert exact.answer["customers"][0]["name"] == "𬭎远公司"


def test_as_a_program_of_its_own_it_leaves_with_the_same_codes_and_streams(archive):
    program = [sys.executable, "-c", "from dms.cli import main; main()"]
    done = subprocess.run(
        [*program, "item", "show", "f" * 20, "--json"],
        stdin=subprocess.DEVNULL,
        capture_output=True,
        env=os.environ.copy(),
        cwd=Path(__file__).parents[3],
        check=False,
    )
    assert done.returncode == 4
    assert done.stdout.count(b"\n") == 1
    assert b"[item_not_found]" in done.stderr
