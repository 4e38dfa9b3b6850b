"""``dms backup``, ``dms backup-place``, ``dms restore`` and ``dms drill`` as a person types them."""

from pathlib import Path

import pytest
from simulators.archives import PASSPHRASE, founded_archive
from simulators.command_line import Run, run

from dms.domain.actor import OPERATOR
from dms.ingest import Claim, ReceivingLimits, Upload, receive

LIMITS = ReceivingLimits(max_upload_bytes=1 << 20, min_free_disk_bytes=0)


class Desk:
    """An archive with two papers, and whoever keeps it."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.passphrase_file = folder / "passphrase"
        self.passphrase_file.write_text(PASSPHRASE)
        archive = founded_archive(folder / "archive")
        for number in range(2):
            upload = Upload(original_filename=f"{number}.pdf", uploaded_bytes=bytes([number]) * 1000, claim=Claim())
            receive(OPERATOR, upload, archive=archive, limits=LIMITS)
        archive.close()

    def run(self, *words: str | Path, home: str = "archive") -> Run:
        return run(*words, "--home", self.folder / home, "--passphrase-file", self.passphrase_file)


@pytest.fixture
def desk(tmp_path: Path) -> Desk:
    return Desk(tmp_path)


def test_an_archive_is_backed_up_and_restored(desk: Desk):
    made = desk.run("backup", desk.folder / "copies", "--json")
    assert made.exit_code == 0, made.messages
    assert made.answer["state"] == "complete"
    assert made.answer["objects_copied"] == made.answer["objects_total"] == 2
    listed = desk.run("restore", desk.folder / "copies", "--list", "--json", home="elsewhere")
    assert [row["snapshot_id"] for row in listed.answer["snapshots"]] == [made.answer["snapshot_id"]]
    restored = desk.run("restore", desk.folder / "copies", "--json", home="elsewhere")
    assert restored.exit_code == 0, restored.messages
    assert restored.answer["objects_opened"] == 2
    assert desk.run("user", "list", home="elsewhere").exit_code == 0


def test_nothing_is_restored_over_an_archive(desk: Desk):
    desk.run("backup", desk.folder / "copies")
    refused = desk.run("restore", desk.folder / "copies")
    assert refused.exit_code == 6
    assert "folder_not_empty" in refused.messages


def test_every_place_is_backed_up_and_one_that_is_gone_is_told(desk: Desk):
    desk.run("backup", desk.folder / "copies")
    desk.run("backup", desk.folder / "usb", "--medium", "removable", "--offsite", "--name", "U盘")
    (desk.folder / "usb").rename(desk.folder / "unplugged")
    both = desk.run("backup", "--all")
    assert both.exit_code == 4
    assert "backup_place_missing" in both.messages
    assert not (desk.folder / "usb").exists()
    listed = desk.run("backup-place", "list", "--json").answer
    assert [place["name"] for place in listed["places"]] == [str(desk.folder / "copies"), "U盘"]
    assert (listed["copies"], listed["media"], listed["offsite"]) == (3, ["disk", "removable"], 1)


def test_a_place_can_be_added_changed_and_removed(desk: Desk):
    added = desk.run("backup-place", "add", desk.folder / "nas", "--name", "NAS", "--keep", "3,2,1,0", "--json").answer
    assert added["keep"] == {"days": 3, "weeks": 2, "months": 1, "years": 0}
    number = str(added["id"])
    assert desk.run("backup-place", "set", number, "--medium", "tape", "--offsite").exit_code == 0
    (place,) = desk.run("backup-place", "list", "--json").answer["places"]
    assert (place["name"], place["medium"], place["offsite"]) == ("NAS", "tape", True)
    assert desk.run("backup-place", "remove", number).exit_code == 0
    assert desk.run("backup-place", "list", "--json").answer["places"] == []
    assert desk.run("backup-place", "remove", number).exit_code == 4


def test_a_drill_restores_compares_and_leaves_nothing_behind(desk: Desk):
    desk.run("backup", desk.folder / "copies")
    before = {path.name for path in desk.folder.iterdir()}
    drill = desk.run("drill", "--json")
    assert drill.exit_code == 0, drill.messages
    assert drill.answer["passed"] is True
    assert drill.answer["facts"]["originals_compared"] == drill.answer["facts"]["originals_equal"] == "2"
    assert {path.name for path in desk.folder.iterdir()} == before


def test_a_drill_of_a_damaged_backup_fails_and_says_so(desk: Desk):
    desk.run("backup", desk.folder / "copies")
    rotten = next(path for path in (desk.folder / "copies" / "objects").rglob("*") if path.is_file())
    rotten.write_bytes(b"\0" * rotten.stat().st_size)
    drill = desk.run("drill", desk.folder / "copies")
    assert drill.exit_code == 7
    assert rotten.name in drill.text


def test_a_drill_leaves_a_report_on_paper_whether_it_passed_or_not(desk: Desk):
    desk.run("backup", desk.folder / "copies")
    passed = desk.run("drill", "--pdf", desk.folder / "passed.pdf", "--json")
    assert passed.answer["passed"] is True
    assert (desk.folder / "passed.pdf").read_bytes().startswith(b"%PDF")
    next((desk.folder / "copies" / "objects").rglob("*/*")).write_bytes(b"")
    assert desk.run("drill", "--pdf", desk.folder / "failed.pdf").exit_code == 7
    assert (desk.folder / "failed.pdf").exists()


def test_a_report_that_could_not_be_written_is_refused_before_the_drill(desk: Desk):
    desk.run("backup", desk.folder / "copies")
    there = desk.folder / "there.pdf"
    there.write_text("mine")
    for target, code in ((there, "target_exists"), (desk.folder / "none" / "x.pdf", "target_unwritable")):
        refused = desk.run("drill", "--pdf", target, "--json")
        assert refused.exit_code == 6
        assert refused.answer["error"]["code"] == code
    assert desk.run("drill", "--scratch", desk.folder / "none").exit_code == 4
    assert there.read_text() == "mine"


def test_a_place_that_was_never_reached_is_not_kept_on_record(desk: Desk):
    (desk.folder / "a-file").write_text("no folder")
    assert desk.run("backup", desk.folder / "a-file").exit_code == 6
    assert desk.run("backup-place", "list", "--json").answer["places"] == []
    desk.run("backup", desk.folder / "copies")
    (desk.folder / "copies").rename(desk.folder / "unplugged")
    desk.run("backup", desk.folder / "copies")
    assert len(desk.run("backup-place", "list", "--json").answer["places"]) == 1


def test_what_a_person_is_told_is_in_one_language(desk: Desk, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setenv("DMS_LANG", "zh")
    desk.run("backup", desk.folder / "光盘", "--medium", "optical")
    assert "光盘" in desk.run("backup-place", "list").text
    assert "optical" not in desk.run("backup-place", "list").text
    refused = desk.run("backup-place", "add", desk.folder / "nas", "--keep", "7", "--json")
    assert refused.exit_code == 2
    assert "四个数" in refused.answer["error"]["message"]
    assert "four numbers" in refused.answer["error"]["message_en"]


def test_a_drill_needs_a_backup(desk: Desk):
    assert desk.run("drill").exit_code == 4


@pytest.mark.parametrize("words", [("backup",), ("backup", "x", "--all"), ("backup-place", "add", "x", "--keep", "3")])
def test_what_makes_no_sense_is_a_usage_error(desk: Desk, words):
    assert desk.run(*words).exit_code == 2


def test_credentials_must_be_in_a_file_that_has_them(desk: Desk):
    (desk.folder / "credentials").write_text("hello")
    refused = desk.run("backup-place", "add", "s3://bucket/x", "--credentials-file", desk.folder / "credentials")
    assert refused.exit_code == 2
    assert "backup_credentials_unusable" in refused.messages


def test_a_place_is_known_by_whatever_path_leads_to_it(desk: Desk):
    desk.run("backup", desk.folder / "copies")
    (desk.folder / "link").symlink_to(desk.folder / "copies")
    assert desk.run("backup", desk.folder / "link", "--json").answer["objects_copied"] == 0
    assert desk.run("drill", desk.folder / "link").exit_code == 0
    assert len(desk.run("backup-place", "list", "--json").answer["places"]) == 1
