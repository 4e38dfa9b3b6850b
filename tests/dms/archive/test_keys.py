"""The keyring that is used is the one that lies there now."""

import threading

import pytest
from simulators.archives import PASSPHRASE, founded_archive

from dms.archive import ArchiveSealed, LiveKeyring
from dms.bootstrap import open_archive
from vault import DEFAULT_COST, Argon2Cost, Keyring, Passphrase, read_keyring, replace_keyring
from vault.errors import KeyServiceUnavailable, NotEnoughMemory

CHEAP = Argon2Cost(memory_kib=8, time=1, parallelism=1)


@pytest.fixture
def beside(archive):
    """The same archive as another process has it open."""
    opened = open_archive(archive.home, PASSPHRASE)
    yield opened
    opened.close()


def test_a_new_epoch_made_by_another_process_is_used_at_once(archive, beside):
    with beside.keys.changing() as keyring:
        beside.keys.replace(keyring.with_new_epochs())
    assert archive.keyring.epochs(3) == (1, 2)
    wrapped = archive.keyring.wrap_item_key(bytes(32), item_id="x", grade=3)
    assert beside.keyring.unwrap_item_key(wrapped, item_id="x") == bytes(32)


def test_two_changes_at_the_same_moment_are_both_kept(archive, beside):
    def change(one):
        for _ in range(5):
            with one.keys.changing() as keyring:
                one.keys.replace(keyring.with_new_epochs())

    threads = [threading.Thread(target=change, args=(one,)) for one in (archive, beside)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert archive.keyring.epochs(1) == tuple(range(1, 12))


def test_after_a_change_of_the_root_the_same_passphrase_opens_it_again_by_itself(archive, beside):
    root_dependent = archive.keyring.derive_under_root("web-session")
    stable = archive.keyring.derive("duplicates")
    with beside.keys.changing() as keyring:
        changed, _ = keyring.with_new_root([Passphrase(PASSPHRASE)], labels=[""], cost=CHEAP)
        beside.keys.replace(changed)
    assert archive.keyring.derive_under_root("web-session") != root_dependent
    assert archive.keyring.derive("duplicates") == stable


def test_after_a_change_of_root_and_passphrase_the_archive_is_sealed(archive, beside):
    with beside.keys.changing() as keyring:
        changed, _ = keyring.with_new_root([Passphrase("another one entirely")], labels=[""], cost=CHEAP)
        beside.keys.replace(changed)
    with pytest.raises(ArchiveSealed):
        _ = archive.keyring
    with pytest.raises(ArchiveSealed):
        archive.keyring.wrap_item_key(bytes(32), item_id="x", grade=3)


@pytest.mark.parametrize("spoiled", [b"", b"{}", b"no keyring at all"])
def test_a_damaged_keyring_on_the_disk_does_not_take_the_good_one_away(archive, spoiled):
    before = archive.keyring.derive("duplicates")
    (archive.home / "keyring.json").write_bytes(spoiled)
    assert archive.keyring.derive("duplicates") == before


def test_a_keyring_that_vanished_does_not_take_the_good_one_away(archive):
    before = archive.keyring.derive("duplicates")
    (archive.home / "keyring.json").unlink()
    assert archive.keyring.derive("duplicates") == before


def test_an_older_copy_of_the_keyring_does_not_take_the_new_keys_away(archive):
    place = archive.home / "keyring.json"
    older = read_keyring(place)
    with archive.keys.changing() as keyring:
        archive.keys.replace(keyring.with_new_epochs())
    wrapped = archive.keyring.wrap_item_key(bytes(32), item_id="x", grade=3)
    replace_keyring(place, older)
    assert archive.keyring.unwrap_item_key(wrapped, item_id="x") == bytes(32)
    with archive.keys.changing() as keyring:
        archive.keys.replace(keyring.with_new_epochs())
    assert Keyring.unlock(read_keyring(place), Passphrase(PASSPHRASE)).epochs(3) == (1, 2, 3)
    assert archive.keyring.unwrap_item_key(wrapped, item_id="x") == bytes(32)


@pytest.mark.parametrize("reason", [NotEnoughMemory(65_536), KeyServiceUnavailable("no token")])
def test_a_new_root_that_cannot_be_opened_at_the_moment_is_not_undone(archive, tmp_path, reason):
    def unlock_again(_document):
        raise reason

    place = archive.home / "keyring.json"
    beside = LiveKeyring(place, archive.keyring, unlock_again=unlock_again)
    with archive.keys.changing() as keyring:
        changed, _ = keyring.with_new_root([Passphrase(PASSPHRASE)], labels=[""], cost=CHEAP)
        archive.keys.replace(changed)
    for _ in range(2):
        with pytest.raises(ArchiveSealed), beside.changing():
            pass
    assert read_keyring(place) == changed.document()


def test_a_keyring_of_another_archive_is_not_taken_for_ours(archive, tmp_path):
    other = founded_archive(tmp_path / "other")
    stranger, _ = Keyring.create(Passphrase("somebody else's"), cost=CHEAP)
    replace_keyring(archive.home / "keyring.json", stranger.document())
    with pytest.raises(ArchiveSealed):
        _ = archive.keyring
    other.close()


def test_a_keyring_without_a_place_never_changes():
    keyring, _ = Keyring.create(Passphrase("x"), cost=CHEAP)
    live = LiveKeyring(None, keyring)
    with live.changing() as present:
        live.replace(present.with_new_epochs())
    assert live.present().epochs(1) == (1, 2)


def test_what_is_replaced_lies_on_the_disk_and_opens_there(archive):
    with archive.keys.changing() as keyring:
        archive.keys.replace(keyring.with_slot(Passphrase("a second one"), label="副档案员", cost=CHEAP))
    document = read_keyring(archive.home / "keyring.json")
    assert Keyring.unlock(document, Passphrase("a second one")).epochs(1) == archive.keyring.epochs(1)
    assert DEFAULT_COST.memory_kib == 65_536
