"""``dms export`` and ``dms import``: said plainly, confirmed, and done."""

import json
import os
import pty
import signal
import subprocess
import sys
from pathlib import Path

import bagit
import pytest
from simulators.archives import founded_archive, sealed_objects
from simulators.command_line import run
from simulators.lived_in import everything, hand_in

from dms.domain.actor import OPERATOR
from dms.domain.item import ItemState


@pytest.fixture
def paper(archive):
    return hand_in(archive, "设备采购合同\n合同编号：HT-2024-001", "合同.pdf")


def test_without_a_yes_nothing_leaves(paper, tmp_path):
    done = run("export", tmp_path / "bag", "--json")
    assert done.exit_code == 2
    assert done.answer["error"]["code"] == "export_not_confirmed"
    assert not (tmp_path / "bag").exists()


@pytest.mark.parametrize(
    ("language", "warning"), [("zh", "全部是明文"), ("en", "everything in the export is in clear")]
)
def test_what_it_means_is_said_before_it_is_done(environment, paper, tmp_path, language, warning):
    environment.setenv("DMS_LANG", language)
    done = run("export", tmp_path / "bag", "--yes")
    assert done.exit_code == 0
    assert warning in done.messages
    assert paper not in done.messages


def test_a_bag_comes_out_and_goes_into_another_archive(environment, archive, paper, tmp_path):
    out = run("export", tmp_path / "bag", "--with-images", "--yes", "--json")
    assert out.exit_code == 0
    assert out.answer["items"] == 1
    assert bagit.Bag(str(tmp_path / "bag")).validate()
    other = founded_archive(tmp_path / "other")
    environment.setenv("DMS_HOME", str(tmp_path / "other"))
    came = run("import", tmp_path / "bag", "--json")
    assert came.exit_code == 0
    assert (came.answer["imported"], came.answer["already"], came.answer["duplicates"]) == (1, 0, [])
    assert came.answer["manifest_sha256"] == out.answer["manifest_sha256"]
    assert everything(other)["papers"] == everything(archive)["papers"]
    again = run("import", tmp_path / "bag")
    assert "1 were here already" in again.messages
    other.close()


def test_damage_ends_an_export_with_exit_code_7_unless_it_may_be_left_out(archive, paper, tmp_path):
    for path in sealed_objects(archive):
        path.unlink()
    done = run("export", tmp_path / "bag", "--yes", "--json")
    assert (done.exit_code, done.answer["error"]["code"]) == (7, "export_found_damage")
    assert paper in done.answer["error"]["message"]
    left = run("export", tmp_path / "bag", "--yes", "--leave-out-damaged", "--json")
    assert left.exit_code == 0
    assert [each["item_id"] for each in left.answer["left_out"]] == [paper]


def test_a_folder_that_is_no_bag_is_refused_with_exit_code_3(archive, tmp_path):
    (tmp_path / "scans").mkdir()
    done = run("import", tmp_path / "scans", "--json")
    assert (done.exit_code, done.answer["error"]["code"]) == (3, "not_a_bag")


def test_a_spoiled_bag_is_refused_with_exit_code_3(paper, tmp_path):
    run("export", tmp_path / "bag", "--yes")
    (original,) = (tmp_path / "bag/data/items").glob("*/original.*")
    original.write_bytes(b"something else")
    done = run("import", tmp_path / "bag", "--json")
    assert (done.exit_code, done.answer["error"]["code"]) == (3, "bag_altered")
    assert original.name in done.answer["error"]["message"]


def test_a_contradiction_is_named_with_exit_code_6(environment, paper, tmp_path):
    run("customer", "add", "--code", "C0001", "--name", "甲公司")
    run("export", tmp_path / "bag", "--yes")
    founded_archive(tmp_path / "other").close()
    environment.setenv("DMS_HOME", str(tmp_path / "other"))
    run("customer", "add", "--code", "C0001", "--name", "乙公司")
    done = run("import", tmp_path / "bag", "--json")
    assert (done.exit_code, done.answer["error"]["code"]) == (6, "import_conflicts")
    assert "C0001" in done.answer["error"]["message"]


def test_a_user_without_the_right_is_forbidden(environment, paper, tmp_path):
    (tmp_path / "password").write_text("四海之内皆兄弟 2026")
    added = run("user", "add", "chen", "--role", "archivist", "--password-file", tmp_path / "password")
    assert added.exit_code == 0
    assert run("export", tmp_path / "bag", "--yes", "--as", "chen").exit_code == 5
    assert run("import", tmp_path / "bag", "--as", "chen").exit_code == 5


def test_what_waits_in_the_bag_is_read_after_it_has_come(environment, archive, tmp_path):
    hand_in(archive, "还没有识别", "a.pdf", read=False)
    run("export", tmp_path / "bag", "--yes")
    other = founded_archive(tmp_path / "other")
    environment.setenv("DMS_HOME", str(tmp_path / "other"))
    assert json.loads(run("import", tmp_path / "bag", "--json").text)["queued"] == 1
    with other.looking() as view:
        (item,) = [view.items.get(key) for key, _ in view.items.ids(limit=5)]
        assert view.tasks.waiting_count() == 1
    assert item.state is ItemState.RECEIVED
    assert item.received_by == OPERATOR.name
    other.close()


@pytest.mark.parametrize(("typed", "exit_code"), [("Q001", 0), ("yes", 2)])
def test_at_a_terminal_the_fonds_code_is_typed(paper, tmp_path, typed, exit_code):
    ours, theirs = pty.openpty()
    with subprocess.Popen(
        program("export", tmp_path / "bag", "--json"), stdin=theirs, stdout=subprocess.PIPE, stderr=theirs, cwd=ROOT
    ) as exporting:
        os.close(theirs)
        seen = ""
        while "in clear: " not in seen:
            seen += os.read(ours, 1000).decode()
        os.write(ours, f"{typed}\n".encode())
        answer, _ = exporting.communicate(timeout=60)
    os.close(ours)
    assert exporting.returncode == exit_code
    assert "Whoever can read the folder can read every paper" in seen
    assert ("error" in json.loads(answer)) is (exit_code != 0)
    assert (tmp_path / "bag").exists() is (exit_code == 0)


def test_an_export_that_is_told_to_end_takes_away_what_it_wrote(archive, tmp_path):
    for number in range(3):
        hand_in(archive, os.urandom(20 * 1024 * 1024), f"{number}.pdf", read=False)
    with subprocess.Popen(program("export", tmp_path / "bag", "--yes"), stderr=subprocess.DEVNULL, cwd=ROOT) as going:
        while not list(tmp_path.glob(".bag*/data/items/*/original.bin")) and going.poll() is None:
            pass
        going.send_signal(signal.SIGTERM)
    assert going.returncode in {143, 0}
    assert (tmp_path / "bag").exists() is (going.returncode == 0)
    assert not list(tmp_path.glob(".bag*"))


ROOT = Path(__file__).parents[3]


def program(*arguments: object) -> list[str]:
    return [sys.executable, "-c", "from dms.cli import main; main()", *map(str, arguments)]
