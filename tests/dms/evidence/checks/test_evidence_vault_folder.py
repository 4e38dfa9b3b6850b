"""What lies in the vault's folder without belonging there."""

from datetime import timedelta

import pytest
from simulators.damage import age, findings, found, object_path, rows

from dms.domain.actor import OPERATOR
from dms.domain.inspection import Severity
from dms.evidence.checks import SET_ASIDE


def seal_without_row(archive, by=timedelta(hours=5)):
    receipt = archive.vault.seal(b"nobody knows me", key=bytes(32), owner=b"nobody")
    age(object_path(archive, receipt.object_id), archive.now(), by)
    return receipt.object_id


def test_an_object_that_nobody_knows_is_a_notice_with_its_age(archive):
    object_id = seal_without_row(archive)
    (notice,) = findings(archive)
    assert (notice.code, notice.subject, notice.severity) == ("object_unknown", object_id, Severity.NOTICE)
    assert "5 小时前" in notice.what.zh


def test_an_object_that_is_just_being_taken_in_is_not_told(archive):
    seal_without_row(archive, by=timedelta(minutes=5))
    assert found(archive) == set()


def test_an_object_condemned_and_still_there_is_a_notice(archive):
    object_id = seal_without_row(archive)
    with archive.begin() as work:
        work.destructions.condemn([object_id], at=archive.now())
    assert found(archive) == {("object_condemned", object_id)}


def test_what_was_never_finished_is_a_notice(archive):
    shard = object_path(archive, rows(archive)[0].object_id).parent
    leftover = shard / f".{shard.name}{'0' * 30}.{'1' * 16}.part"
    leftover.write_bytes(b"half")
    age(leftover, archive.now(), timedelta(hours=1))
    assert found(archive) == {("leftover_in_vault", f"{shard.name}/{leftover.name}")}


@pytest.mark.parametrize("name", ["note.txt", "Thumbs.db", "ABCD", "0" * 32, "bad\nname"])
def test_foreign_names_are_a_notice(archive, name):
    shard = object_path(archive, rows(archive)[0].object_id).parent
    stranger = name if name != "0" * 32 or shard.name != "00" else "f" * 32
    (shard / stranger).write_bytes(b"x")
    (archive.home / "vault" / stranger).write_bytes(b"x")
    shown = stranger.replace("\n", "\\n")
    assert found(archive) == {
        ("foreign_name_in_vault", f"{shard.name}/{shown}"),
        ("foreign_name_in_vault", shown),
    }


def test_a_folder_that_leads_elsewhere_is_a_damage_and_so_is_everything_in_it(archive, tmp_path):
    row = rows(archive)[0]
    shard = object_path(archive, row.object_id).parent
    shard.rename(tmp_path / "elsewhere")
    shard.symlink_to(tmp_path / "elsewhere")
    assert {("vault_folder_redirected", shard.name), ("object_unreadable", row.object_id)} <= found(archive)


def test_what_a_repair_kept_aside_belongs_there(archive):
    (archive.home / "vault" / SET_ASIDE).mkdir()
    (archive.home / "vault" / SET_ASIDE / "x.damaged").write_bytes(b"x")
    assert found(archive) == set()


def test_a_vault_that_is_gone_does_not_end_the_inspection(archive, tmp_path):
    (archive.home / "vault").rename(tmp_path / "gone")
    codes = {code for code, _ in found(archive)}
    assert {"archive_incomplete", "object_missing"} <= codes
    assert OPERATOR.name
