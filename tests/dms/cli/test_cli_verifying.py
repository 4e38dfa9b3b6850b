"""`dms verify` and `dms repair`: answers for people and for programs, and the exit code that alarms."""

import json
import shutil

import pytest
from simulators.command_line import run
from simulators.damage import flip, items, object_path, row_of
from simulators.scanner import scan


@pytest.fixture
def row(archive):
    scan(archive, "一份合同\f第二页")
    return row_of(archive, items(archive)[0])


@pytest.fixture
def place(archive, row, tmp_path):
    shutil.copytree(archive.home / "vault", tmp_path / "place" / "objects")
    return tmp_path / "place"


def test_a_sound_archive_is_answered_with_zero(row):
    done = run("verify", "--json")
    assert done.exit_code == 0
    answer = done.answer
    assert answer["sound"] is True
    assert (answer["scope"], answer["part"], answer["parts"], answer["findings"]) == ("quick", None, None, [])
    assert answer["counts"]["objects"] == 7
    assert answer["inspection_id"] == 1
    assert len(answer["report_digest"]) == 64
    assert answer["elapsed_s"] >= 0


@pytest.mark.parametrize(
    ("options", "scope", "decrypted"),
    [((), "quick", 0), (("--full",), "full", 7), (("--sample", "1/30"), "sample", None)],
)
def test_how_deep_to_look_is_said_by_an_option(row, options, scope, decrypted):
    answer = run("verify", *options, "--json").answer
    assert answer["scope"] == scope
    assert decrypted is None or answer["counts"]["objects_decrypted"] == decrypted
    assert (answer["parts"] == 30) == (scope == "sample")


def test_damage_is_answered_with_seven_and_one_json_object(archive, row):
    object_path(archive, row.object_id).unlink()
    done = run("verify", "--json")
    assert done.exit_code == 7
    (finding,) = done.answer["findings"]
    assert (finding["code"], finding["severity"], finding["subject"]) == ("object_missing", "damage", row.object_id)
    assert "不在封存库中" in finding["message_zh"]
    assert finding["message"] == finding["message_en"]
    assert "dms repair --from" in finding["message_en"]
    assert done.messages.endswith("[damage_found]\n")


def test_a_person_reads_verdict_figures_and_what_to_do(archive, row, environment):
    flip(object_path(archive, row.object_id), -1)
    environment.setenv("DMS_LANG", "zh")
    done = run("verify", "--full")
    assert done.exit_code == 7
    assert "全面检查 第 1 号  发现损坏" in done.text
    assert f"[损坏] 件 {row.item_id} 的原件已损坏：结尾不真实" in done.text
    assert "→ 请从备份取回该对象" in done.text
    assert "封存对象" in done.text


@pytest.mark.parametrize(
    ("options", "code"),
    [(("--full", "--sample", "1/30"), "scopes_contradict"), (("--sample", "2/30"), "sample_unusable")],
)
def test_what_cannot_be_asked_for_is_refused(archive, options, code):
    done = run("verify", *options, "--json")
    assert (done.exit_code, done.answer["error"]["code"]) == (2, code)


def test_the_report_is_written_as_pdf_and_never_over_something(row, tmp_path):
    target = tmp_path / "report.pdf"
    assert run("verify", "--pdf", target).exit_code == 0
    assert target.read_bytes().startswith(b"%PDF")
    assert run("verify", "--pdf", target, "--json").answer["error"]["code"] == "target_exists"


@pytest.mark.parametrize(
    ("part", "code"),
    [("keyring.json", "keyring_damaged"), ("catalogue.db", "catalogue_unreadable"), ("vault", "archive_incomplete")],
)
def test_an_archive_that_does_not_even_open_is_a_finding(archive, row, part, code, tmp_path):
    archive.close()
    if part == "vault":
        (archive.home / part).rename(tmp_path / "away")
    else:
        (archive.home / part).write_bytes(b"\xff" * 5000)
    for leftover in archive.home.glob("catalogue.db-*"):
        leftover.unlink()
    done = run("verify", "--json", "--pdf", tmp_path / "report.pdf")
    assert done.exit_code == 7
    assert done.answer["sound"] is False
    assert done.answer["inspection_id"] is None
    assert [finding["code"] for finding in done.answer["findings"]] == [code]
    assert (tmp_path / "report.pdf").read_bytes().startswith(b"%PDF")


def test_where_there_is_no_archive_nothing_was_damaged(tmp_path):
    assert run("verify", "--home", tmp_path / "nowhere").exit_code == 4


def test_a_wrong_passphrase_is_no_damage(archive, row, tmp_path):
    (tmp_path / "passphrase").write_text("wrong")
    assert run("verify").exit_code == 5


def test_repair_fetches_what_a_verification_found(archive, row, place):
    flip(object_path(archive, row.object_id), -1)
    assert run("verify").exit_code == 7
    planned = run("repair", "--from", place, "--dry-run", "--json")
    assert planned.exit_code == 0
    assert planned.answer == {
        "dry_run": True,
        "repairs": [
            {
                "kind": "fetch_object",
                "subject": row.object_id,
                "finding": "object_damaged",
                "possible": True,
                "done": False,
            }
        ],
    }
    assert run("verify").exit_code == 7
    done = run("repair", "--from", place, "--yes")
    assert done.exit_code == 0, done.messages
    assert "1 repairs done" in done.messages
    assert run("verify", "--full").exit_code == 0


def test_repair_says_first_what_it_will_do_and_asks(archive, row, place):
    object_path(archive, row.object_id).unlink()
    run("verify")
    done = run("repair", "--from", place)
    assert done.exit_code == 2
    assert f"fetch object {row.object_id}" in done.messages
    assert "[consent_needed]" in done.messages
    assert not object_path(archive, row.object_id).exists()


def test_what_no_backup_can_mend_is_answered_with_seven(archive, row, place):
    object_path(archive, row.object_id).unlink()
    (place / "objects" / row.object_id[:2] / row.object_id).unlink()
    run("verify")
    done = run("repair", "--from", place, "--yes", "--json")
    assert done.exit_code == 7
    assert [repair["possible"] for repair in done.answer["repairs"]] == [False]


def test_repair_does_nothing_that_was_not_asked_for(archive):
    assert run("repair").exit_code == 2
    done = run("repair", "--rebuild-index", "--yes", "--json")
    assert (done.exit_code, done.answer["repairs"]) == (0, [])


def test_the_answer_is_one_line_of_json(row):
    done = run("verify", "--json")
    assert json.loads(done.output)["sound"]
