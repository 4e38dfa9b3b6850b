"""``dms ingest`` takes in computer files and folders, says what became of each, and reads on where it was stopped."""

import json
import os
import subprocess
import sys
import time
from pathlib import Path

import pytest
from simulators.command_line import run
from simulators.scanner import add_customer, hand_in

from dms.cli import main
from dms.demo import demo_papers
from dms.domain.actor import OPERATOR
from dms.domain.item import ItemState
from dms.store import ItemFilter


@pytest.fixture
def scans(tmp_path):
    """A folder as a person keeps it: papers, folders in folders, and what the system hides."""
    folder = tmp_path / "scans"
    for name in ("b.png", "a.png", "2024/合同 1.pdf", "2024/q1/c.pdf", ".hidden", ".git/config", "2024/.DS_Store"):
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(f"content of {name}")
    return folder


def items(archive):
    with archive.looking() as view:
        return view.items.list(ItemFilter(), actor=OPERATOR, limit=100)


def smallest_paper() -> bytes:
    return min((paper.original_bytes for paper in demo_papers()), key=len)


def test_a_folder_is_taken_in_with_everything_below_it_but_nothing_hidden(archive, scans):
    done = run("ingest", scans, "--json")
    assert done.exit_code == 0
    names = [Path(item["file"]).relative_to(scans).as_posix() for item in done.answer["items"]]
    assert names == ["2024/q1/c.pdf", "2024/合同 1.pdf", "a.png", "b.png"]
    assert {item["status"] for item in done.answer["items"]} == {"received"}
    assert sorted(item.original_filename for item in items(archive)) == ["a.png", "b.png", "c.pdf", "合同 1.pdf"]


def test_every_item_of_the_answer_has_the_promised_shape(archive, scans):
    answer = run("ingest", scans / "a.png", "--json").answer
    assert set(answer) == {"items", "elapsed_s"}
    (item,) = answer["items"]
    assert {"file", "item_id", "status", "code", "message", "pages", "type", "fields"} <= set(item)
    assert list(item["fields"]) == ["contract_no", "customer_name", "uscc", "doc_date", "amount"]
    assert item["item_id"] == items(archive)[0].id


def test_what_is_stated_on_the_command_line_is_the_claim(archive, scans):
    add_customer(archive)
    run(
        *("ingest", scans / "a.png", "--customer", "c0001", "--contract", "HT-1", "--type", "receipt"),
        *("--year", "2023"),
    )
    (item,) = items(archive)
    assert (item.claim.type_code, item.claim.year, item.claimed_contract_no) == ("receipt", 2023, "HT-1")
    assert item.claim.customer_id is not None


def test_the_same_bytes_are_a_duplicate_within_a_run_and_in_the_next(archive, scans):
    (scans / "copy of a.png").write_bytes((scans / "a.png").read_bytes())
    done = run("ingest", scans / "a.png", scans / "copy of a.png", "--json")
    first, second = done.answer["items"]
    assert (done.exit_code, first["status"], second["status"], second["code"]) == (
        0,
        "received",
        "duplicate",
        "duplicate",
    )
    assert first["item_id"] == second["item_id"]
    assert run("ingest", scans / "a.png", "--json").answer["items"][0]["status"] == "duplicate"
    assert len(items(archive)) == 1


def test_what_cannot_be_accepted_is_refused_by_name_and_the_rest_is_taken_in(archive, scans, environment):
    environment.setenv("DMS_MAX_UPLOAD_MB", "1")
    (scans / "empty.pdf").write_bytes(b"")
    (scans / "huge.pdf").write_bytes(bytes(1024 * 1024 + 1))
    os.mkfifo(scans / "pipe")
    done = run("ingest", scans / "empty.pdf", scans / "huge.pdf", scans / "pipe", scans / "a.png", "--json")
    assert done.exit_code == 3
    assert [(item["status"], item["code"]) for item in done.answer["items"]] == [
        ("refused", "empty"),
        ("refused", "too_large"),
        ("refused", "path_unreadable"),
        ("received", None),
    ]
    for refused in done.answer["items"][:3]:
        assert refused["item_id"] is None
        assert refused["message_zh"] and refused["message_en"]


@pytest.mark.parametrize("missing", [0, 1])
def test_a_path_that_does_not_exist_is_named_before_anything_is_taken_in(archive, scans, missing):
    paths = [scans / "a.png"]
    paths.insert(missing, scans / "nowhere.png")
    assert run("ingest", *paths, "--json").answer["error"]["code"] == "path_missing"
    assert items(archive) == []


def test_an_empty_folder_holds_nothing_to_take_in(archive, tmp_path):
    (tmp_path / "empty").mkdir()
    assert run("ingest", tmp_path / "empty").exit_code == 2
    assert run("ingest", tmp_path / "empty", "--wait").exit_code == 2


def test_waiting_where_nothing_waits_ends_at_once(archive):
    done = run("ingest", "--wait", "--json")
    assert done.exit_code == 0
    assert done.answer["items"] == []


def test_a_name_that_is_no_utf_8_is_taken_in_and_told_as_it_is(archive, scans):
    odd = os.fsencode(scans) + b"/" + "合同.pdf".encode("gbk")
    Path(os.fsdecode(odd)).write_text("an old name")
    done = run("ingest", os.fsdecode(odd), "--json")
    assert done.exit_code == 0
    assert os.fsencode(done.answer["items"][0]["file"]) == odd
    assert run("ingest", os.fsdecode(odd)).exit_code == 0


def test_without_json_a_line_for_every_paper_says_what_became_of_it(archive, scans):
    (scans / "empty.pdf").write_bytes(b"")
    done = run("ingest", scans / "a.png", scans / "empty.pdf")
    first, second = done.text.splitlines()
    assert first.startswith("received ")
    assert second.startswith("refused ") and "This file is empty." in second
    assert "2 papers in" in done.messages


def test_no_name_of_a_paper_is_written_to_where_a_log_may_be(archive, tmp_path):
    (tmp_path / "朱砂印泥.pdf").write_text("no paper at all")
    done = run("ingest", tmp_path / "朱砂印泥.pdf", "--wait", "--json")
    assert done.exit_code == 3
    assert done.answer["items"][0]["status"] == "refused"
    assert "朱砂" not in done.messages


@pytest.mark.slow
def test_a_scan_is_read_while_one_waits_and_found_afterwards(archive, tmp_path):
    (tmp_path / "scan").write_bytes(smallest_paper())
    done = run("ingest", tmp_path / "scan", "--wait", "--json")
    (item,) = done.answer["items"]
    assert (done.exit_code, item["code"]) == (0, None)
    assert item["status"] in ("ready", "review")
    assert item["pages"] >= 1
    text = run("item", "text", item["item_id"], "--json").answer["pages"][0]["text"]
    words = max(text.split("\n"), key=len)[:6]
    hits = run("search", f'"{words}"', "--json").answer["hits"]
    assert hits[0]["item_id"] == item["item_id"]


@pytest.mark.slow
def test_a_run_that_was_killed_while_reading_is_read_on_by_the_next(archive, tmp_path):
    (tmp_path / "scan").write_bytes(smallest_paper())
    program = [sys.executable, "-c", "from dms.cli import main; main()"]
    with subprocess.Popen(
        [*program, "ingest", str(tmp_path / "scan"), "--wait", "--json"],
        stdin=subprocess.DEVNULL,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        cwd=Path(__file__).parents[3],
    ) as killed:
        wait_until(lambda: items(archive) and items(archive)[0].state is ItemState.READING)
        killed.kill()
    (item,) = items(archive)
    assert item.state is ItemState.READING
    assert run("ingest", "--wait", "--json").exit_code == 0
    assert [found.state for found in items(archive)] == [ItemState.REVIEW]


def wait_until(condition, limit_s=60.0):
    deadline = time.monotonic() + limit_s
    while not condition():
        assert time.monotonic() < deadline
        time.sleep(0.02)


def test_a_paper_of_the_web_is_read_by_the_command_line_too(archive):
    item = hand_in(archive, "no paper at all")
    assert run("ingest", "--wait").exit_code == 0
    with archive.looking() as view:
        assert view.items.get(item.key).state is ItemState.REFUSED


def test_standard_output_is_one_object_even_for_a_program_of_its_own(archive, scans):
    done = subprocess.run(
        [sys.executable, "-c", "from dms.cli import main; main()", "ingest", str(scans), "--json"],
        stdin=subprocess.DEVNULL,
        capture_output=True,
        cwd=Path(__file__).parents[3],
        check=True,
    )
    assert len(json.loads(done.stdout)["items"]) == 4
    assert done.stdout.count(b"\n") == 1


def test_main_without_arguments_takes_those_of_the_program(archive, environment, capsysbinary):
    environment.setattr(sys, "argv", ["dms", "customer", "list", "--json"])
    main()
    assert json.loads(capsysbinary.readouterr().out) == {"total": 0, "customers": []}
