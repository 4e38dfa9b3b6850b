"""Leaving: everything comes out in clear, readable without us, and the journal knows."""

import csv
import hashlib
import json
from dataclasses import replace

import bagit
import pytest
from simulators.archives import founded_archive, sealed_objects
from simulators.lived_in import CONTRACT_TEXT, destroy, hand_in, sealed_contents

from dms.domain.actor import OPERATOR, ActionForbidden, Role
from dms.domain.item import RenditionRole
from dms.exchange import (
    ClearanceTooLow,
    ExportFoundDamage,
    ExportTargetInArchive,
    ExportTargetNotEmpty,
    ExportWish,
    export_archive,
)


def metadata(bag, item_id):
    return json.loads((bag / "data/items" / item_id / "metadata.json").read_text("utf-8"))


def entries(archive, action):
    with archive.looking() as view:
        return [entry for entry in view.journal.entries() if entry.action == action]


def test_the_library_of_congress_finds_the_bag_valid(house):
    bag = bagit.Bag(str(house.exported.path))
    assert bag.validate()
    assert bag.info["External-Identifier"] == "Q001"
    assert bag.info["Source-Organization"] == "安徽皖江重工集团有限公司"
    assert bag.info["Bagging-Date"] == "2026-03-02"


def test_everything_in_the_vault_lies_in_the_bag_under_the_digest_of_the_catalogue(house):
    sealed = sealed_contents(house.archive)
    root = house.exported.path
    outside = {}
    for item_id in house.papers.values():
        for each in metadata(root, item_id)["objects"]:
            content = (root / "data/items" / item_id / each["name"]).read_bytes()
            assert hashlib.sha256(content).hexdigest() == each["sha256"]
            outside[item_id, RenditionRole(each["role"]), each["page"]] = content
    assert outside == sealed


def test_the_manifest_of_the_bag_is_the_one_in_the_journal(house):
    manifest = (house.exported.path / "manifest-sha256.txt").read_bytes()
    entry, *_ = entries(house.archive, "archive_exported")  # other tests export from this archive as well
    assert entry.details["manifest_sha256"] == hashlib.sha256(manifest).hexdigest()
    assert entry.details["items"] == len(house.papers)


def test_the_bag_reads_without_any_program(house):
    folder = house.exported.path / "data/items" / house.papers["filed"]
    text = (folder / "text.txt").read_text("utf-8")
    assert text.split("\n\f\n")[:2] == CONTRACT_TEXT.split("\f")[:2]
    assert (folder / "original.png").read_text("utf-8") == CONTRACT_TEXT
    facts = metadata(house.exported.path, house.papers["filed"])
    assert facts["classification"]["customer"] == "C0001"
    assert facts["classification"]["contract"] == {"customer": "C0001", "number": "HT-2023-00871"}
    acts = [entry["action"] for entry in facts["journal"]]
    assert acts[:3] == ["item_received", "item_read", "item_filed"]
    corrected = json.loads((folder / "corrections.json").read_text("utf-8"))["corrections"]
    assert [(each["page"], each["text"] is None) for each in corrected] == [
        (2, False),
        (2, False),
        (2, True),
        (1, False),
    ]
    assert len(corrected) == len(acts[3:])
    assert "明文" in (house.exported.path / "README.txt").read_text("utf-8")


def test_the_lists_open_in_a_spreadsheet(house):
    raw = (house.exported.path / "data/catalogue/items.csv").read_bytes()
    assert raw.startswith(b"\xef\xbb\xbf")
    rows = list(csv.reader(raw.decode("utf-8-sig").splitlines()))
    positions = [metadata(house.exported.path, row[0])["position"] for row in rows[1:]]
    assert positions == list(range(1, len(house.papers) + 1))


def test_the_journal_in_the_bag_is_the_whole_journal(house):
    lines = (house.exported.path / "data/catalogue/journal.jsonl").read_text("utf-8").splitlines()
    with house.archive.looking() as view:
        known = [entry.digest for entry in view.journal.entries()][: len(lines)]
    assert [json.loads(line)["digest"] for line in lines] == known
    assert json.loads(lines[-1])["action"] == "archive_export_begun"


def test_of_a_destroyed_paper_only_the_record_leaves(house):
    item_id = house.papers["destroyed"]
    folder = house.exported.path / "data/items" / item_id
    assert [path.name for path in folder.iterdir()] == ["metadata.json"]
    assert metadata(house.exported.path, item_id)["destroyed"]["authority"] == "XH-2026-01"


def test_without_images_only_originals_and_texts_leave(house, tmp_path):
    export_archive(OPERATOR, ExportWish(target=tmp_path / "bag"), archive=house.archive)
    names = {path.name.split(".")[0] for path in (tmp_path / "bag/data/items").rglob("*.*")}
    assert names == {"metadata", "pages", "corrections", "text", "original"}
    assert bagit.Bag(str(tmp_path / "bag")).validate()


def test_the_paper_that_is_damaged_is_named_and_no_bag_is_left(archive, tmp_path):
    item_id = hand_in(archive, "完好的合同", "a.pdf")
    damaged = _damage_original(archive, item_id)
    with pytest.raises(ExportFoundDamage, match=f"original.png of item {item_id}"):
        export_archive(OPERATOR, ExportWish(target=tmp_path / "bag"), archive=archive)
    assert sorted(path.name for path in tmp_path.iterdir()) == ["archive"]
    assert damaged.exists()


def test_damage_may_be_left_out_and_is_listed_then(archive, tmp_path):
    damaged, sound = hand_in(archive, "会坏的合同", "a.pdf"), hand_in(archive, "完好的合同", "b.pdf")
    _damage_original(archive, damaged)
    wish = ExportWish(target=tmp_path / "bag", leave_out_damaged=True)
    exported = export_archive(OPERATOR, wish, archive=archive)
    assert [(each.item_id, each.name) for each in exported.left_out] == [(damaged, "original.png")]
    (line,) = (tmp_path / "bag/data/catalogue/left-out.jsonl").read_text("utf-8").splitlines()
    assert json.loads(line)["id"] == damaged
    assert (tmp_path / "bag/data/items" / sound / "original.png").exists()
    assert not (tmp_path / "bag/data/items" / damaged / "original.png").exists()
    assert bagit.Bag(str(tmp_path / "bag")).validate()


def test_a_catalogue_that_names_another_digest_is_damage(archive, tmp_path):
    item_id = hand_in(archive, "合同", "a.pdf")
    with archive.begin() as work:
        item = work.items.with_id(item_id, actor=OPERATOR)
        original = work.contents.rendition(item.key, RenditionRole.ORIGINAL)
        work.contents.strip(item.key)
        work.contents.add_rendition(item.key, replace(original, digest="0" * 64))
    with pytest.raises(ExportFoundDamage, match="digest_differs"):
        export_archive(OPERATOR, ExportWish(target=tmp_path / "bag"), archive=archive)


def test_a_paper_destroyed_while_the_export_goes_on_is_not_in_the_bag(archive, tmp_path):
    first, second = hand_in(archive, "先导出后销毁", "a.pdf"), hand_in(archive, "导出前销毁", "b.pdf")

    def destroy_both(done, total):
        if done == 1:
            destroy(archive, first)
            destroy(archive, second)

    export_archive(OPERATOR, ExportWish(target=tmp_path / "bag"), archive=archive, report=destroy_both)
    for item_id in (first, second):
        assert [path.name for path in (tmp_path / "bag/data/items" / item_id).iterdir()] == ["metadata.json"]
        assert metadata(tmp_path / "bag", item_id)["state"] == "destroyed"
    assert bagit.Bag(str(tmp_path / "bag")).validate()


def test_keys_may_be_rotated_while_the_export_goes_on(archive, tmp_path):
    for number in range(3):
        hand_in(archive, f"第{number}件", f"{number}.pdf")

    def rewrap(done, total):
        with archive.begin() as work:
            for key, item_id in work.items.ids(limit=100):
                item = work.items.get(key)
                key_inside = archive.item_key(item)
                work.items.rewrap(key, archive.keyring.wrap_item_key(key_inside, item_id=item_id, grade=3))

    exported = export_archive(OPERATOR, ExportWish(target=tmp_path / "bag"), archive=archive, report=rewrap)
    assert exported.items_count == 3


def test_the_journal_tells_of_an_export_that_never_ended(archive, tmp_path):
    hand_in(archive, "合同", "a.pdf")

    def give_up(done, total):
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        export_archive(OPERATOR, ExportWish(target=tmp_path / "bag"), archive=archive, report=give_up)
    assert len(entries(archive, "archive_export_begun")) == 1
    assert entries(archive, "archive_exported") == []
    assert sorted(path.name for path in tmp_path.iterdir()) == ["archive"]


@pytest.mark.parametrize("inside", ["", "inbox", "export/bag"])
def test_nothing_readable_is_laid_into_the_archives_own_folder(house, inside):
    with pytest.raises(ExportTargetInArchive):
        export_archive(OPERATOR, ExportWish(target=house.archive.home / inside), archive=house.archive)


def test_a_folder_that_holds_something_is_refused_before_anything_is_journaled(archive, tmp_path):
    with pytest.raises(ExportTargetNotEmpty):
        export_archive(OPERATOR, ExportWish(target=tmp_path), archive=founded_archive(tmp_path / "other" / "archive"))


@pytest.mark.parametrize("right", [{"clearance": 2}, {"departments": frozenset({"设备部"})}])
def test_whoever_may_not_see_every_paper_cannot_take_them_out(house, tmp_path, right):
    with pytest.raises(ClearanceTooLow):
        export_archive(replace(OPERATOR, **right), ExportWish(target=tmp_path / "bag"), archive=house.archive)


@pytest.mark.parametrize("role", [Role.ARCHIVIST, Role.ADMINISTRATOR])
def test_neither_an_archivist_nor_an_administrator_takes_everything_out_alone(house, tmp_path, role):
    person = replace(OPERATOR, roles=frozenset({role}))
    with pytest.raises(ActionForbidden):
        export_archive(person, ExportWish(target=tmp_path / "bag"), archive=house.archive)


def _damage_original(archive, item_id):
    with archive.looking() as view:
        item = view.items.with_id(item_id, actor=OPERATOR)
        original = view.contents.rendition(item.key, RenditionRole.ORIGINAL)
    (path,) = [path for path in sealed_objects(archive) if path.name == original.object_id]
    content = bytearray(path.read_bytes())
    content[-1] ^= 1
    path.chmod(0o600)
    path.write_bytes(content)
    return path
