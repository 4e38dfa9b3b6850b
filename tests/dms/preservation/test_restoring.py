"""What lies at a place is believed only where it verifies; damage is named, and what was destroyed stays destroyed."""

from pathlib import Path

import pytest
from preserved import Preserved, contents, flip, opened
from simulators.destroyed import destroy_papers
from simulators.scanner import scan

from dms.bootstrap import FolderNotEmpty
from dms.custody import retire_keys, rotate_keys
from dms.domain.actor import OPERATOR
from dms.domain.item import ItemState
from dms.preservation import PlaceDamaged, SnapshotDamaged
from dms.preservation.errors import SnapshotKeysRetired, SnapshotNotFound
from dms.search import SearchRequest, check_index, rebuild_index, search


def one_below(folder: Path) -> Path:
    """The first thing that lies below a folder."""
    return next(path for path in sorted(folder.rglob("*")) if path.is_file())


def destroy(preserved: Preserved, *item_ids: str) -> None:
    destroy_papers(preserved.archive, item_ids, "销〔2026〕1号")


@pytest.mark.parametrize("folder", ["objects", "pieces", "snapshots"])
@pytest.mark.parametrize("harm", ["a flipped bit", "gone"])
def test_damage_at_the_place_is_named_and_nothing_is_restored(preserved: Preserved, tmp_path, folder: str, harm: str):
    preserved.take_in(3)
    preserved.back_up()
    harmed = one_below(preserved.folder / folder)
    flip(harmed) if harm == "a flipped bit" else harmed.unlink()
    with pytest.raises((SnapshotDamaged, SnapshotNotFound)) as refusal:
        preserved.restore(tmp_path / "restored")
    if (folder, harm) != ("snapshots", "gone"):
        assert harmed.relative_to(preserved.folder).as_posix() in str(refusal.value)
    assert [path.name for path in tmp_path.iterdir() if "restored" in path.name] == []


@pytest.mark.parametrize("folder", ["objects", "pieces"])
def test_what_is_gone_from_an_older_snapshot_is_named_by_the_next_backup(preserved: Preserved, folder: str):
    ids = preserved.take_in(1)
    preserved.back_up()
    before = set(contents(preserved.folder / folder))
    destroy(preserved, *ids)
    preserved.take_in(1, seed=5)
    preserved.back_up()
    lost = preserved.folder / folder / min(before)
    lost.unlink()
    with pytest.raises(PlaceDamaged) as refusal:
        preserved.back_up()
    assert refusal.value.damage == (lost.relative_to(preserved.folder).as_posix(),)


def test_an_archive_in_use_is_never_overwritten(preserved: Preserved):
    preserved.take_in(1)
    preserved.back_up()
    with pytest.raises(FolderNotEmpty):
        preserved.restore(preserved.archive.home)


def test_an_older_snapshot_can_be_chosen(preserved: Preserved, tmp_path):
    preserved.take_in(1)
    first = preserved.back_up()
    preserved.take_in(1, seed=2)
    preserved.back_up()
    assert preserved.restore(tmp_path / "restored", snapshot_id=first.snapshot_id).items == 1


def test_what_was_destroyed_is_destroyed_again_after_an_older_snapshot_is_restored(preserved: Preserved, tmp_path):
    ids = preserved.take_in(3)
    first = preserved.back_up()
    destroy(preserved, ids[0], ids[1])
    preserved.back_up()
    restored = preserved.restore(tmp_path / "restored", snapshot_id=first.snapshot_id)
    assert restored.destroyed_again == 2
    again = opened(tmp_path / "restored", preserved.clock)
    with again.looking() as view:
        states = [view.items.get(key).state for key, _ in view.items.ids(limit=10)]
        proofs = {proof.item_id: proof.authority for proof in view.destructions.all()}
        present = view.contents.object_ids()
    again.close()
    assert states.count(ItemState.DESTROYED) == 2
    assert proofs == {ids[0]: "销〔2026〕1号", ids[1]: "销〔2026〕1号"}
    assert {path.name for path in (tmp_path / "restored" / "vault").rglob("*") if path.is_file()} == present


def test_once_its_epoch_is_retired_nothing_at_the_place_brings_a_destroyed_item_back(preserved: Preserved, tmp_path):
    ids = preserved.take_in(20)
    first = preserved.back_up()
    stolen_manifest = (preserved.folder / "snapshots" / f"{first.snapshot_id}.json").read_bytes()
    stolen = {name: content for name, content in preserved.lying_there().items() if "keyring" not in name}
    destroy(preserved, *ids)
    rotate_keys(OPERATOR, archive=preserved.archive)
    preserved.back_up()
    retire_keys(OPERATOR, archive=preserved.archive)
    preserved.take_in(1, seed=9)
    preserved.back_up()
    assert first.snapshot_id not in {path.stem for path in (preserved.folder / "snapshots").iterdir()}
    # Even somebody who kept everything but the old keyring and puts it back:
    for name, content in stolen.items():
        (preserved.folder / name).parent.mkdir(parents=True, exist_ok=True)
        (preserved.folder / name).write_bytes(content)
    assert (preserved.folder / "snapshots" / f"{first.snapshot_id}.json").read_bytes() == stolen_manifest
    with pytest.raises(SnapshotKeysRetired):
        preserved.restore(tmp_path / "older", snapshot_id=first.snapshot_id)
    restored = preserved.restore(tmp_path / "restored")
    assert restored.objects == 1


def test_a_restored_archive_backs_up_to_the_same_place(preserved: Preserved, tmp_path):
    preserved.take_in(2)
    preserved.back_up()
    preserved.restore(tmp_path / "restored")
    again = opened(tmp_path / "restored", preserved.clock)
    run = Preserved(archive=again, clock=preserved.clock, folder=preserved.folder).back_up()
    again.close()
    assert (run.objects_total, run.objects_copied) == (2, 0)


def test_a_newer_snapshot_whose_run_never_ended_is_passed_over(preserved: Preserved, tmp_path):
    preserved.take_in(2)
    preserved.back_up()
    keyring = (preserved.folder / "keyring.json").read_bytes()
    rotate_keys(OPERATOR, archive=preserved.archive)
    second = preserved.back_up()
    (preserved.folder / "keyring.json").write_bytes(keyring)  # as if power was lost before it was replaced
    restored = preserved.restore(tmp_path / "restored")
    assert restored.snapshot_id != second.snapshot_id
    assert restored.passed_over == (second.snapshot_id,)


def test_copies_hold_no_index_and_what_comes_back_finds_every_sentence_again(preserved: Preserved, tmp_path):
    scan(preserved.archive, "本合同的违约金按日计算")
    rebuild_index(preserved.archive)
    laid = {path.name for path in (preserved.archive.home / "index").rglob("*") if path.is_file()}
    scan(preserved.archive, "送货单第七号")
    preserved.back_up()
    assert len(laid) == 1
    assert laid.isdisjoint(Path(name).name for name in preserved.lying_there())
    preserved.restore(tmp_path / "restored")
    again = opened(tmp_path / "restored", preserved.clock)
    for sentence in ("违约金按日计算", "送货单第七号"):
        found = search(OPERATOR, SearchRequest(query=sentence), archive=again)
        assert (found.total, found.index_complete) == (1, True)
    assert check_index(again).agrees
    again.close()


def test_an_older_snapshot_brings_no_word_of_a_destroyed_paper_back_into_the_index(preserved: Preserved, tmp_path):
    doomed = scan(preserved.archive, "绝密之语永不外传").id
    scan(preserved.archive, "本合同的违约金按日计算")
    rebuild_index(preserved.archive)
    first = preserved.back_up()
    destroy(preserved, doomed)
    preserved.back_up()
    assert preserved.restore(tmp_path / "restored", snapshot_id=first.snapshot_id).destroyed_again == 1
    again = opened(tmp_path / "restored", preserved.clock)
    totals = [search(OPERATOR, SearchRequest(query=query), archive=again).total for query in ("永不外传", "违约金")]
    assert totals == [0, 1]
    assert check_index(again).agrees
    again.close()
