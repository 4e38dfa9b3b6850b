"""What was destroyed is gone from every copy, whoever has them all and a secret besides; everything else is there."""

from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path

import pytest
from attacking import Attacker, ReadCatalogue, everything_below
from simulators.archives import CHEAP, COMPANY, PASSPHRASE, PASSWORD, ObedientClock
from simulators.desk import Desk
from simulators.destroyed import destroy_papers

from dms.archive import Archive, owner_of
from dms.bootstrap import Foundation, RestoreOrder, found_archive, open_archive, restore_archive, unlocked_at
from dms.custody import retire_keys, rotate_keys
from dms.domain.actor import OPERATOR
from dms.domain.backup import PlaceKind
from dms.domain.item import ItemState, RenditionRole
from dms.filing import correct_page
from dms.preservation import NewPlace, add_place, back_up, place_at
from dms.search import rebuild_index
from dms.store import SealedRow
from vault import Passphrase, RecoveryKey, UnlockSecret

DESTROYED = 20
KEPT = 5
FIRST_RARE_LETTER = 0xA000
"""Letters of the Yi script stand on no other paper; they are letters, so the index keeps them as they are."""
LETTERS_EACH = 6
SEGMENT_OWNER = b"index/segment"

pytestmark = pytest.mark.slow


@dataclass(frozen=True, slots=True, kw_only=True)
class Preserved:
    """An archive with two places for its copies."""

    archive: Archive
    clock: ObedientClock
    recovery_key: str
    folders: tuple[Path, Path]
    place_ids: tuple[int, ...]

    @property
    def secrets(self) -> list[UnlockSecret]:
        return [Passphrase(PASSPHRASE), RecoveryKey.from_typed(self.recovery_key)]

    def back_up(self) -> None:
        self.clock.advance(timedelta(days=1))
        for place_id in self.place_ids:
            back_up(OPERATOR, place_id, archive=self.archive)

    def destroy(self, item_ids: list[str]) -> None:
        destroy_papers(self.archive, item_ids, "销〔2026〕1号")


@pytest.fixture
def preserved(tmp_path):
    clock, home = ObedientClock(), tmp_path / "archive"
    foundation = Foundation(fonds_code="Q001", company_name=COMPANY, administrator="admin", password=PASSWORD)
    recovery_key = found_archive(home, PASSPHRASE, foundation, clock=clock, cost=CHEAP)
    archive = open_archive(home, PASSPHRASE, clock=clock)
    folders = (tmp_path / "disk", tmp_path / "share")
    places = [add_place(OPERATOR, NewPlace(address=str(folder)), archive=archive) for folder in folders]
    yield Preserved(
        archive=archive,
        clock=clock,
        recovery_key=recovery_key,
        folders=folders,
        place_ids=tuple(place.id or 0 for place in places),
    )
    archive.close()


def rare(number: int) -> str:
    """A word that stands on one paper and on no other."""
    first = FIRST_RARE_LETTER + number * LETTERS_EACH
    return "".join(map(chr, range(first, first + LETTERS_EACH)))


def forms(text: str) -> tuple[bytes, bytes]:
    """The text as a page of the catalogue holds it, in a row and in the index."""
    return text.encode(), text.encode("utf-16-le")


def paper(number: int) -> str:
    return f"第{number}号合同 {rare(number)} 到此为止\f第二页 {rare(number)}"


def rows_of(archive: Archive) -> list[SealedRow]:
    with archive.looking() as view:
        return view.contents.sealed(limit=10_000)


def test_nobody_gets_destroyed_items_out_of_all_copies_together(preserved: Preserved, tmp_path):
    archive, desk = preserved.archive, Desk(preserved.archive)
    ids = [desk.send(paper(number)) for number in range(DESTROYED + KEPT)]
    for number, item_id in enumerate(ids):
        correct_page(OPERATOR, item_id, 2, f"更正为 {rare(number)}", archive=archive)
    preserved.back_up()
    stolen = everything_stolen(preserved)
    doomed = [row for row in rows_of(archive) if row.item_id in ids[:DESTROYED]]
    sealed = {name.rsplit("/", 1)[-1]: content for name, content in stolen.items()}
    assert len(doomed) == DESTROYED * (1 + 2 * 3), "an original, and image, thumbnail and layout of two pages"
    assert everything_of_the_doomed_opens(preserved, stolen, sealed, doomed, tmp_path / "before")

    preserved.destroy(ids[:DESTROYED])
    rotate_keys(OPERATOR, archive=archive)
    preserved.back_up()
    retire_keys(OPERATOR, archive=archive)
    preserved.back_up()

    present = everything_stolen(preserved)
    old_keyrings = {content for name, content in stolen.items() if "keyring" in name}
    assert old_keyrings.isdisjoint(present.values()), "an old keyring lies somewhere still"
    # He has what lies there now and, worse, all that ever lay there, except the keyrings of those days.
    everything = [*present.values(), *(content for content in stolen.values() if content not in old_keyrings)]
    attacker = Attacker(everything, logs_of(present), secrets=preserved.secrets)
    assert len(attacker.keyrings) == 2 * len({c for n, c in present.items() if n.endswith("keyring.json")})
    assert attacker.snapshots() >= 3
    catalogues = list(attacker.catalogues(made(tmp_path / "attack")))
    assert catalogues, "not even the living archive opens: the attack proves nothing"
    for number in range(DESTROYED):
        telltale = rare(number)
        for catalogue in catalogues:
            assert not set(telltale) & set(catalogue.text), f"a letter of paper {number}"
            for pair in (telltale[:2], telltale[-2:]):
                assert not any(form in catalogue.pages for form in forms(pair)), f"a piece of paper {number} in a page"
    wrapped = {pair for catalogue in catalogues for pair in catalogue.wrapped_keys}
    lost_keys = {row.wrapped_key for row in doomed}
    assert lost_keys.isdisjoint(blob for _, blob in wrapped)
    assert not any(blob in catalogue.pages for blob in lost_keys for catalogue in catalogues)
    keys = attacker.item_keys({*wrapped, *((row.item_id, row.wrapped_key) for row in doomed)})
    assert len(keys) == KEPT
    assert [row for row in doomed if attacker.opens(sealed[row.object_id], keys, owner=owner(row))] == []
    assert {name.rsplit("/", 1)[-1] for name in present}.isdisjoint(row.object_id for row in doomed)
    assert rest_is_there(archive, ids) and rest_is_there_after_restore(preserved, ids, tmp_path)


def test_nobody_reads_destroyed_items_out_of_the_files_in_which_the_index_lay(preserved: Preserved, tmp_path):
    archive, desk = preserved.archive, Desk(preserved.archive)
    ids = [desk.send(paper(number)) for number in range(3)]
    rebuild_index(archive)
    preserved.back_up()
    stolen = everything_stolen(preserved)
    files = segment_files(stolen)
    attacker = Attacker(stolen.values(), logs_of(stolen), secrets=preserved.secrets)
    keys = {key for read in attacker.catalogues(made(tmp_path / "before")) for key in read.segment_keys}
    assert len(keys) == len(files) == 1
    assert attacker.opens(*files.values(), keys, owner=SEGMENT_OWNER), "the attack proves nothing"

    preserved.destroy(ids[:2])
    rotate_keys(OPERATOR, archive=archive)
    preserved.back_up()
    retire_keys(OPERATOR, archive=archive)
    preserved.back_up()

    present = everything_stolen(preserved)
    assert segment_files(present).keys().isdisjoint(files)
    everything = [*present.values(), *(content for name, content in stolen.items() if "keyring" not in name)]
    attacker = Attacker(everything, logs_of(present), secrets=preserved.secrets)
    catalogues = list(attacker.catalogues(made(tmp_path / "attack")))
    present_keys = {key for read in catalogues for key in read.segment_keys}
    assert present_keys, "the attack proves nothing"
    assert not any(key in read.pages for key in keys for read in catalogues)
    assert not attacker.opens(*files.values(), present_keys, owner=SEGMENT_OWNER)


def test_the_key_of_a_segment_is_overwritten_once_a_paper_in_it_is_destroyed(preserved: Preserved, tmp_path):
    archive, desk = preserved.archive, Desk(preserved.archive)
    ids = [desk.send(paper(number)) for number in range(3)]
    rebuild_index(archive)
    preserved.back_up()  # empties the log, as every night does
    (before,) = catalogues_lying_there(preserved, made(tmp_path / "before"))
    assert all(key in before.pages for key in before.segment_keys)
    preserved.destroy(ids[:1])
    preserved.back_up()
    (after,) = catalogues_lying_there(preserved, made(tmp_path / "after"))
    assert len(before.segment_keys) == len(after.segment_keys) == 1
    assert not any(key in after.pages for key in before.segment_keys)


def catalogues_lying_there(preserved: Preserved, folder: Path) -> list[ReadCatalogue]:
    """The living catalogue with its log, for whoever has the archive and its passphrase, but no copies."""
    lying = {name: content for name, content in everything_stolen(preserved).items() if name.startswith("archive/")}
    attacker = Attacker(lying.values(), logs_of(lying), secrets=preserved.secrets[:1])
    return list(attacker.catalogues(folder))


def test_the_oldest_snapshot_that_opens_destroys_again(preserved: Preserved, tmp_path):
    desk = Desk(preserved.archive)
    ids = [desk.send(paper(number)) for number in range(3)]
    preserved.back_up()
    preserved.destroy(ids[:2])
    preserved.back_up()
    oldest = sorted(path.stem for path in (preserved.folders[0] / "snapshots").iterdir())[0]
    place = place_at(PlaceKind.FOLDER, str(preserved.folders[0]), {})
    order = RestoreOrder(place=place, home=tmp_path / "restored", snapshot_id=oldest)
    restored = restore_archive(order, unlocked_at(place, preserved.secrets[1]), clock=preserved.clock)
    assert restored.destroyed_again == 2
    again = open_archive(tmp_path / "restored", PASSPHRASE, clock=preserved.clock)
    try:
        with again.looking() as view:
            states = {item_id: view.items.get(key).state for key, item_id in view.items.ids(limit=10)}
        assert [states[item_id] is ItemState.DESTROYED for item_id in ids] == [True, True, False]
        assert {row.item_id for row in rows_of(again)} == {ids[2]}
    finally:
        again.close()


def everything_stolen(preserved: Preserved) -> dict[str, bytes]:
    """Archive and both places as they are at this moment, by name."""
    places = {"archive": preserved.archive.home, "disk": preserved.folders[0], "share": preserved.folders[1]}
    return {
        f"{at}/{name}": content for at, place in places.items() for name, content in everything_below(place).items()
    }


def segment_files(stolen: dict[str, bytes]) -> dict[str, bytes]:
    """The files of the index, by name."""
    return {name: content for name, content in stolen.items() if name.startswith("archive/index/")}


def logs_of(stolen: dict[str, bytes]) -> dict[bytes, bytes]:
    """Each living catalogue with its write-ahead log."""
    return {
        content: stolen.get(f"{name}-wal", b"") for name, content in stolen.items() if name.endswith("/catalogue.db")
    }


def everything_of_the_doomed_opens(
    preserved: Preserved, stolen: dict[str, bytes], sealed: dict[str, bytes], doomed: list[SealedRow], folder: Path
) -> bool:
    """Whether the same attack gets at everything before the destruction; only then its failure means anything."""
    attacker = Attacker(stolen.values(), logs_of(stolen), secrets=preserved.secrets)
    catalogues = list(attacker.catalogues(made(folder)))
    keys = attacker.item_keys(pair for catalogue in catalogues for pair in catalogue.wrapped_keys)
    text = "".join(catalogue.text for catalogue in catalogues)
    pages = b"".join(catalogue.pages for catalogue in catalogues)
    pairs = [rare(number)[:2] for number in range(DESTROYED)]
    seen = all(pair in text and all(form in pages for form in forms(pair)) for pair in pairs)
    return seen and all(attacker.opens(sealed[row.object_id], keys, owner=owner(row)) for row in doomed)


def rest_is_there(archive: Archive, ids: list[str]) -> bool:
    """Whether every paper that was not destroyed opens, and says what it said."""
    with archive.looking() as view:
        items = [view.items.with_id(item_id, actor=OPERATOR) for item_id in ids[DESTROYED:]]
        originals = [item and view.contents.rendition(item.key, RenditionRole.ORIGINAL) for item in items]
    opened = [
        archive.unseal(item, original) for item, original in zip(items, originals, strict=True) if item and original
    ]
    return opened == [paper(number).encode() for number in range(DESTROYED, DESTROYED + KEPT)]


def rest_is_there_after_restore(preserved: Preserved, ids: list[str], folder: Path) -> bool:
    there = []
    for number, copies in enumerate(preserved.folders):
        place, home = place_at(PlaceKind.FOLDER, str(copies), {}), folder / f"restored-{number}"
        order = RestoreOrder(place=place, home=home)
        restore_archive(order, unlocked_at(place, preserved.secrets[number]), clock=preserved.clock)
        again = open_archive(home, PASSPHRASE, clock=preserved.clock)
        there.append(rest_is_there(again, ids))
        again.close()
    return all(there)


def owner(row: SealedRow) -> bytes:
    return owner_of(row.item_id, row.role, row.page)


def made(folder: Path) -> Path:
    folder.mkdir()
    return folder
