"""A bag with any kind of damage is refused, by name, before anything is written."""

import hashlib
import os

import bagit
import pytest
from simulators.bag_spoiling import made_to_fit
from simulators.lived_in import everything

from dms.domain.actor import OPERATOR
from dms.exchange import BagAltered, BagIncomplete, BagUnreadable, BagUnsafe, BagVersionUnknown, NotABag, import_bag
from dms.exchange.checking import checked_bag

ARCHIVE = "data/catalogue/archive.json"


def some_original(bag):
    return sorted(bag.glob("data/items/*/original.*"))[0]


def flip_a_bit(path):
    content = bytearray(path.read_bytes())
    content[len(content) // 2] ^= 1
    path.write_bytes(content)


def append(path, text):
    with path.open("a") as stream:
        stream.write(text)


def fit_tags(bag):
    names = ["bagit.txt", "bag-info.txt", "README.txt", "manifest-sha256.txt"]
    lines = [f"{hashlib.sha256((bag / name).read_bytes()).hexdigest()}  {name}\n" for name in names]
    (bag / "tagmanifest-sha256.txt").write_text("".join(lines))


def append_to_manifest(bag, line):
    append(bag / "manifest-sha256.txt", line)
    fit_tags(bag)


def list_twice(bag):
    line = (bag / "manifest-sha256.txt").read_text().splitlines()[0]
    append_to_manifest(bag, line.upper().replace("DATA/", "data/") + "\n")


DAMAGE = {
    "no declaration": (NotABag, lambda bag: (bag / "bagit.txt").unlink()),
    "a declaration of something else": (NotABag, lambda bag: (bag / "bagit.txt").write_text("hello")),
    "a version of the future": (
        BagVersionUnknown,
        lambda bag: (bag / "bagit.txt").write_text("BagIt-Version: 2.0\nTag-File-Character-Encoding: UTF-8\n"),
    ),
    "another encoding": (
        BagVersionUnknown,
        lambda bag: (bag / "bagit.txt").write_text("BagIt-Version: 1.0\nTag-File-Character-Encoding: GB18030\n"),
    ),
    "no manifest": (BagIncomplete, lambda bag: (bag / "manifest-sha256.txt").unlink()),
    "no manifest of the tags": (BagIncomplete, lambda bag: (bag / "tagmanifest-sha256.txt").unlink()),
    "a lost original": (BagIncomplete, lambda bag: some_original(bag).unlink()),
    "no payload": (BagIncomplete, lambda bag: (bag / "data").rename(bag.parent / "gone")),
    "something to be fetched": (BagIncomplete, lambda bag: (bag / "fetch.txt").write_text("http://example.org/x 1 x")),
    "an altered original": (BagAltered, lambda bag: flip_a_bit(some_original(bag))),
    "a shortened original": (BagAltered, lambda bag: os.truncate(some_original(bag), 3)),
    "an altered catalogue": (BagAltered, lambda bag: flip_a_bit(bag / ARCHIVE)),
    "an altered read-me": (BagAltered, lambda bag: flip_a_bit(bag / "README.txt")),
    "an altered manifest": (BagAltered, lambda bag: append(bag / "manifest-sha256.txt", "\n")),
    "altered information": (BagAltered, lambda bag: append(bag / "bag-info.txt", "Contact-Name: x\n")),
    "something that nobody listed": (BagAltered, lambda bag: (bag / "data/items/x.exe").write_bytes(b"x")),
    "swapped originals": (BagAltered, lambda bag: some_original(bag).write_bytes((bag / ARCHIVE).read_bytes())),
    "a way upwards": (BagUnsafe, lambda bag: append_to_manifest(bag, f"{'0' * 64}  data/../../outside\n")),
    "an absolute path": (BagUnsafe, lambda bag: append_to_manifest(bag, f"{'0' * 64}  /etc/passwd\n")),
    "a path outside the payload": (BagUnsafe, lambda bag: append_to_manifest(bag, f"{'0' * 64}  bag-info.txt\n")),
    "a place listed twice": (BagUnsafe, list_twice),
    "a manifest of nonsense": (BagUnsafe, lambda bag: append_to_manifest(bag, "nonsense\n")),
}


@pytest.mark.parametrize(("refusal", "spoil"), DAMAGE.values(), ids=DAMAGE)
def test_a_damaged_bag_is_refused(bag, refusal, spoil):
    spoil(bag)
    with pytest.raises(refusal):
        checked_bag(bag)


def test_a_link_in_place_of_an_original_is_refused(bag, tmp_path):
    original = some_original(bag)
    original.rename(tmp_path / "outside")
    original.symlink_to(tmp_path / "outside")
    with pytest.raises(BagUnsafe):
        checked_bag(bag)


def test_a_link_in_place_of_a_folder_is_refused(bag, tmp_path):
    folder = some_original(bag).parent
    folder.rename(tmp_path / "outside")
    folder.symlink_to(tmp_path / "outside")
    with pytest.raises(BagUnsafe):
        checked_bag(bag)


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="this system has no pipes with names")
def test_a_pipe_that_would_never_end_is_refused(bag):
    os.mkfifo(bag / "data/pipe")
    with pytest.raises(BagUnsafe):
        checked_bag(bag)


def test_a_bag_of_folders_without_end_is_refused(bag):
    (bag / "data" / "/".join("deep" for _ in range(400))).mkdir(parents=True)
    with pytest.raises(BagUnsafe):
        checked_bag(bag)


@pytest.mark.skipif(os.name != "posix", reason="names are bytes on POSIX only")
def test_a_name_that_is_no_text_is_refused(bag):
    (bag / "data" / os.fsdecode(b"\xff")).touch()
    with pytest.raises(BagUnsafe):
        checked_bag(bag)


def test_what_cannot_be_read_is_told_by_its_name(bag):
    checked = checked_bag(bag)
    some_original(bag).unlink()
    missing = next(path for path in checked.digests if not (bag / path).exists())
    with pytest.raises(BagUnreadable, match="original"):
        checked.read(missing)


def test_every_altered_piece_is_named(bag):
    first, second = sorted(bag.glob("data/items/*/original.*"))[:2]
    flip_a_bit(first)
    flip_a_bit(second)
    with pytest.raises(BagAltered) as refused:
        checked_bag(bag)
    assert all(str(path.relative_to(bag)) in str(refused.value) for path in (first, second))


def test_a_sum_of_sizes_that_does_not_fit_is_noticed(bag):
    text = (bag / "bag-info.txt").read_text("utf-8")
    (bag / "bag-info.txt").write_text(text.replace("Payload-Oxum: ", "Payload-Oxum: 1"), "utf-8")
    fit_tags(bag)
    with pytest.raises(BagAltered, match="Payload-Oxum"):
        checked_bag(bag)


def test_what_changes_after_the_check_is_noticed_when_it_is_read(bag):
    checked = checked_bag(bag)
    original = some_original(bag)
    flip_a_bit(original)
    flip_a_bit(bag / "data/catalogue/journal.jsonl")
    with pytest.raises(BagAltered):
        checked.read(original.relative_to(bag).as_posix())
    with pytest.raises(BagAltered):
        list(checked.lines("data/catalogue/journal.jsonl"))


def test_a_refused_bag_changes_nothing(bag, new_archive):
    flip_a_bit(some_original(bag))
    before = everything(new_archive)
    with pytest.raises(BagAltered):
        import_bag(OPERATOR, bag, archive=new_archive)
    assert everything(new_archive) == before
    assert not list((new_archive.home / "vault").rglob("*.part"))


def test_every_folder_that_is_none_is_refused(tmp_path):
    for folder in (tmp_path, tmp_path / "missing"):
        with pytest.raises(NotABag):
            checked_bag(folder)


def test_a_bag_packed_again_by_the_library_of_congress_is_understood(bag, new_archive, tmp_path):
    (bag / "data").rename(tmp_path / "again")
    bagit.make_bag(str(tmp_path / "again"), checksums=["sha256"])
    imported = import_bag(OPERATOR, tmp_path / "again", archive=new_archive)
    assert imported.imported_count > 5


def test_the_spoiler_of_these_tests_makes_bags_that_fit(bag):
    made_to_fit(bag)
    assert bagit.Bag(str(bag)).validate()
    assert checked_bag(bag).payload_bytes > 0
