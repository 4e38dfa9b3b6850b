"""New keys: content untouched, nothing unreadable at any moment, old keys retired only when it is safe."""

import threading

import pytest
from simulators.archives import PASSPHRASE, sealed_objects
from simulators.desk import LIMITS

from dms.archive import Archive
from dms.bootstrap import open_archive
from dms.custody import (
    CopiesWouldBeLost,
    KeysStillNeeded,
    OldKeysInTheWay,
    finish_rotation,
    key_state,
    retire_keys,
    rotate_keys,
    rotating,
)
from dms.domain.actor import OPERATOR, ActionForbidden, Actor, Origin, Role
from dms.domain.backup import BackupPlace, BackupRetention, BackupRun, Medium, PlaceKind, RunState
from dms.domain.item import Item, RenditionRole
from dms.domain.journal import first_broken
from dms.ingest import Claim, Upload, receive
from vault.errors import WrappingKeysExhausted

CLERK = Actor(user_id=1, name="甲", roles=frozenset({Role.CLERK}), clearance=1, origin=Origin.WEB)


def receive_papers(archive: Archive, count: int, begin: int = 0) -> list[Item]:
    papers = [f"第{number}件资料".encode() for number in range(begin, begin + count)]
    return [
        receive(
            OPERATOR,
            Upload(original_filename="x.txt", uploaded_bytes=paper, claim=Claim()),
            archive=archive,
            limits=LIMITS,
        ).item
        for paper in papers
    ]


def original_of(archive: Archive, item: Item) -> bytes:
    with archive.looking() as view:
        present = view.items.get(item.key)
        original = view.contents.rendition(item.key, RenditionRole.ORIGINAL)
    return archive.unseal(present, original)


def bytes_of_objects(archive: Archive) -> dict[str, bytes]:
    return {path.name: path.read_bytes() for path in sealed_objects(archive)}


def add_place(archive: Archive) -> BackupPlace:
    place = BackupPlace(
        id=None,
        name="移动硬盘",
        kind=PlaceKind.FOLDER,
        address="nowhere",
        medium=Medium.REMOVABLE,
        offsite=False,
        retention=BackupRetention(),
        added_at=archive.now(),
    )
    with archive.begin() as work:
        return work.backups.add_place(place)


def note_backup(archive: Archive, place: BackupPlace) -> None:
    with archive.begin() as work:
        seq, digest = work.journal.head()
        work.backups.add_run(
            BackupRun(
                id=None,
                place_id=place.id,
                snapshot_id="s",
                began_at=archive.now(),
                ended_at=archive.now(),
                state=RunState.COMPLETE,
                objects_total=0,
                bytes_total=0,
                objects_copied=0,
                bytes_copied=0,
                journal_seq=seq,
                journal_digest=digest,
            )
        )


def test_a_rotation_wraps_every_key_anew_and_touches_no_content(archive):
    items = receive_papers(archive, 12)
    before = bytes_of_objects(archive)
    rotation = rotate_keys(OPERATOR, archive=archive)
    assert rotation.rewrapped == 12
    assert rotation.catalogue_rekeyed
    assert bytes_of_objects(archive) == before
    state = key_state(OPERATOR, archive=archive)
    assert state.waiting == 0
    assert set(state.newest.values()) == {2}
    assert [original_of(archive, item).decode() for item in items] == [f"第{n}件资料" for n in range(12)]


def test_others_are_given_a_turn_between_two_transactions_of_a_rotation_and_none_after_the_last(archive, monkeypatch):
    turns: list[float] = []
    monkeypatch.setattr(rotating, "ITEMS_A_TRANSACTION", 4)
    monkeypatch.setattr(rotating, "sleep", turns.append)
    receive_papers(archive, 3)
    assert rotate_keys(OPERATOR, archive=archive).rewrapped == 3
    assert turns == []
    receive_papers(archive, 6, begin=3)
    assert rotate_keys(OPERATOR, archive=archive).rewrapped == 9
    assert turns == [rotating.TURN_S] * 2


def test_after_retirement_only_the_new_keys_are_left_and_everything_opens(archive):
    items = receive_papers(archive, 3)
    rotate_keys(OPERATOR, archive=archive)
    assert retire_keys(OPERATOR, archive=archive) == 3
    assert archive.keyring.epochs(1) == archive.keyring.epochs(3) == (2,)
    assert len(archive.keyring.catalogue_keys()) == 1
    archive.close()
    reopened = open_archive(archive.home, PASSPHRASE)
    assert original_of(reopened, items[0]) == "第0件资料".encode()
    with reopened.looking() as view:
        assert first_broken(view.journal.entries()) is None
        assert view.journal.latest_seq({"keys_retired"}) > view.journal.latest_seq({"keys_rotated"}) > 0
    reopened.close()


def test_an_item_looked_up_before_a_retirement_still_opens(archive):
    (item,) = receive_papers(archive, 1)
    with archive.looking() as view:
        original = view.contents.rendition(item.key, RenditionRole.ORIGINAL)
    rotate_keys(OPERATOR, archive=archive)
    retire_keys(OPERATOR, archive=archive)
    assert archive.unseal(item, original) == "第0件资料".encode()


def test_a_rotation_that_was_cut_off_is_finished_at_the_next_opening(archive):
    items = receive_papers(archive, 5)
    with archive.keys.changing() as keyring:
        archive.keys.replace(keyring.with_new_epochs().with_new_catalogue_key())
    archive.close()
    reopened = open_archive(archive.home, PASSPHRASE)
    assert reopened.recovery.keys_rewrapped == 5
    assert reopened.recovery.catalogue_rekeyed == 1
    assert key_state(OPERATOR, archive=reopened).waiting == 0
    assert original_of(reopened, items[4]) == "第4件资料".encode()
    assert finish_rotation(OPERATOR, archive=reopened).rewrapped == 0
    reopened.close()
    again = open_archive(archive.home, PASSPHRASE)
    assert again.recovery.is_empty
    again.close()


def test_papers_that_arrive_meanwhile_are_wrapped_under_the_new_keys_or_wrapped_anew(archive):
    receive_papers(archive, 20)
    beside = open_archive(archive.home, PASSPHRASE)
    arrived = []

    def receive_on():
        for number in range(30):
            arrived.extend(receive_papers(beside, 1, begin=1000 + number))

    clerk = threading.Thread(target=receive_on)
    clerk.start()
    rotate_keys(OPERATOR, archive=archive)
    clerk.join()
    assert key_state(OPERATOR, archive=archive).waiting == 0
    retire_keys(OPERATOR, archive=archive)
    assert [original_of(beside, item).decode() for item in arrived] == [f"第{1000 + n}件资料" for n in range(30)]
    beside.close()


def test_old_keys_are_not_retired_while_an_item_needs_them(archive):
    receive_papers(archive, 2)
    with archive.keys.changing() as keyring:
        archive.keys.replace(keyring.with_new_epochs())
    with pytest.raises(KeysStillNeeded):
        retire_keys(OPERATOR, archive=archive)
    assert archive.keyring.epochs(3) == (1, 2)


def test_old_keys_are_not_retired_while_the_catalogue_needs_them(archive):
    with archive.keys.changing() as keyring:
        archive.keys.replace(keyring.with_new_epochs().with_new_catalogue_key())
    assert key_state(OPERATOR, archive=archive).waiting == 0
    with pytest.raises(KeysStillNeeded) as caught:
        retire_keys(OPERATOR, archive=archive)
    assert "目录数据库" in caught.value.message.zh
    finish_rotation(OPERATOR, archive=archive)
    retire_keys(OPERATOR, archive=archive)
    archive.close()
    open_archive(archive.home, PASSPHRASE).close()


def test_a_rotation_that_begins_while_keys_are_about_to_be_retired_keeps_what_it_needs(archive):
    receive_papers(archive, 2)
    rotate_keys(OPERATOR, archive=archive)
    beside = open_archive(archive.home, PASSPHRASE)
    refused = []

    def retire():
        try:
            retire_keys(OPERATOR, archive=beside)
        except KeysStillNeeded:
            refused.append(True)

    retiring = threading.Thread(target=retire)
    with archive.keys.changing() as keyring:
        retiring.start()
        retiring.join(0.3)  # by then it waits for its turn with the keyring
        archive.keys.replace(keyring.with_new_epochs().with_new_catalogue_key())
    retiring.join()
    assert refused
    assert archive.keyring.epochs(3) == (1, 2, 3)
    beside.close()


def test_old_keys_are_not_retired_while_a_place_has_nothing_newer(archive):
    place = add_place(archive)
    note_backup(archive, place)
    rotate_keys(OPERATOR, archive=archive)
    with pytest.raises(CopiesWouldBeLost) as caught:
        retire_keys(OPERATOR, archive=archive)
    assert "移动硬盘" in caught.value.message.zh
    note_backup(archive, place)
    retire_keys(OPERATOR, archive=archive)
    assert archive.keyring.epochs(2) == (2,)


def test_old_keys_can_be_retired_despite_a_place_that_is_given_up(archive):
    note_backup(archive, add_place(archive))
    rotate_keys(OPERATOR, archive=archive)
    retire_keys(OPERATOR, archive=archive, despite_places=True)
    assert archive.keyring.epochs(2) == (2,)


def test_a_damaged_wrapped_key_keeps_no_other_item_back_and_is_named(archive):
    items = receive_papers(archive, 3)
    with archive.begin() as work:
        blob = bytearray(items[1].wrapped_key)
        blob[60] ^= 1
        work.items.rewrap(items[1].key, bytes(blob))
    rotation = rotate_keys(OPERATOR, archive=archive)
    assert rotation.rewrapped == 2
    assert rotation.unreadable == (items[1].id,)
    with pytest.raises(KeysStillNeeded):
        retire_keys(OPERATOR, archive=archive)


def test_a_rotation_that_comes_late_does_not_allow_again_what_another_one_forbade(archive):
    rotate_keys(OPERATOR, archive=archive)
    with archive.begin() as work:
        work.wrapping_epochs.forbid_before(1, 1)
        assert work.wrapping_epochs.oldest(1) == 2


def test_a_rotation_cut_off_before_its_last_entry_still_makes_earlier_backups_the_older_ones(archive):
    place = add_place(archive)
    note_backup(archive, place)
    with archive.keys.changing() as keyring:
        archive.keys.replace(keyring.with_new_epochs().with_new_catalogue_key())
    with archive.begin() as work:
        archive.record(work, OPERATOR, "keys_rotation_begun", "archive")
        for grade in (1, 2, 3):
            work.wrapping_epochs.forbid_before(grade, 2)
    note_backup(archive, place)
    archive.store.rekey()
    with pytest.raises(KeysStillNeeded):
        retire_keys(OPERATOR, archive=archive)
    finish_rotation(OPERATOR, archive=archive)
    with pytest.raises(CopiesWouldBeLost):
        retire_keys(OPERATOR, archive=archive)
    with archive.looking() as view:
        ended = view.journal.latest_seq({"keys_rotated"})
    finish_rotation(OPERATOR, archive=archive)
    with archive.looking() as view:
        assert view.journal.latest_seq({"keys_rotated"}) == ended


def test_a_keyring_full_of_old_keys_is_called_so_and_takes_new_ones_after_their_retirement(archive):
    with archive.keys.changing() as keyring:
        with pytest.raises(WrappingKeysExhausted):
            while True:
                keyring = keyring.with_new_epochs().with_new_catalogue_key()
        archive.keys.replace(keyring)
    with pytest.raises(OldKeysInTheWay):
        rotate_keys(OPERATOR, archive=archive)
    finish_rotation(OPERATOR, archive=archive)
    retire_keys(OPERATOR, archive=archive)
    assert rotate_keys(OPERATOR, archive=archive).catalogue_rekeyed


@pytest.mark.parametrize("act", [rotate_keys, finish_rotation, retire_keys, key_state])
def test_only_whoever_runs_the_archive_touches_its_keys(archive, act):
    with pytest.raises(ActionForbidden):
        act(CLERK, archive=archive)
