"""The vault as the archive uses it: seal, open, remove."""

import hashlib
import hmac

import pytest
from format_reference import seal_object

from vault import LocalStorage, MemoryStorage, ObjectDamaged, SealedReceipt, Vault, errors

OWNER = b"item/7/original"
MARKER = "合同编号 HT-2023-00871".encode()


@pytest.fixture
def key(vault):
    return vault.new_item_key()


@pytest.mark.parametrize("size", [0, 1, 65_536, 65_537, 300_000])
def test_what_was_sealed_is_opened_again(vault, key, size):
    content = hashlib.shake_128(b"scan").digest(size)
    receipt = vault.seal(content, key=key, owner=OWNER)
    assert receipt == SealedReceipt(
        object_id=receipt.object_id, size_bytes=size, digest=hashlib.sha256(content).hexdigest()
    )
    with vault.open(receipt.object_id, key=key, owner=OWNER) as reader:
        assert reader.size_bytes == size
        assert reader.read_all() == content
        assert b"".join(reader) == content


def test_an_object_carries_the_suite_of_its_archive(vault, memory, key, suite):
    assert memory.objects[vault.seal(MARKER, key=key, owner=OWNER).object_id][9] == suite


def test_a_stream_is_sealed_like_the_whole(vault, key):
    receipt = vault.seal((bytes([number]) * 1000 for number in range(200)), key=key, owner=OWNER)
    with vault.open(receipt.object_id, key=key, owner=OWNER) as reader:
        assert reader.read_at(150_000, 2) == bytes([150, 150])


def test_no_plaintext_and_no_name_is_found_in_the_folder_of_the_vault(keyring, key, tmp_path):
    vault = Vault(keyring, LocalStorage(tmp_path / "vault"))
    receipt = vault.seal(MARKER * 5000, key=key, owner=OWNER)
    places = [path for path in tmp_path.rglob("*") if path.is_file()]
    assert [path.name for path in places] == [receipt.object_id]
    stored = places[0].read_bytes()
    for text in (MARKER, OWNER, "00871".encode("utf-16-le"), "合同".encode("gbk"), key, receipt.digest.encode()):
        assert text not in stored


def test_sealing_one_content_twice_gives_objects_that_share_nothing(vault, memory, key):
    first, second = (memory.objects[vault.seal(MARKER, key=key, owner=OWNER).object_id] for _ in range(2))
    assert first[12:92] != second[12:92] and first[92:] != second[92:]


def test_a_paper_opens_for_no_other_item(vault, key):
    receipt = vault.seal(MARKER, key=key, owner=OWNER)
    with pytest.raises(ObjectDamaged):
        vault.open(receipt.object_id, key=key, owner=b"item/8/original")
    with pytest.raises(ObjectDamaged):
        vault.open(receipt.object_id, key=vault.new_item_key(), owner=OWNER)


def test_a_removed_paper_is_gone(vault, key):
    receipt = vault.seal(MARKER, key=key, owner=OWNER)
    vault.remove(receipt.object_id)
    with pytest.raises(errors.ObjectNotFound):
        vault.open(receipt.object_id, key=key, owner=OWNER)


class ForgetfulStorage(MemoryStorage):
    """Says that it has stored everything, and loses the end."""

    def put(self, object_id, chunks):
        size = super().put(object_id, chunks)
        self.objects[object_id] = self.objects[object_id][:-1]
        return size


class StuckStorage(MemoryStorage):
    """Gives back an older object of the same content, whatever was put."""

    def __init__(self, older):
        super().__init__()
        self.older = older

    def put(self, object_id, chunks):
        super().put(object_id, chunks)
        self.objects[object_id] = self.older
        return len(self.older)


def test_a_storage_that_loses_bytes_is_caught_before_anything_is_acknowledged(keyring, key):
    storage = ForgetfulStorage()
    with pytest.raises(errors.ReadBackFailed) as refusal:
        Vault(keyring, storage).seal(MARKER, key=key, owner=OWNER)
    assert isinstance(refusal.value.__cause__, errors.EndNotAuthentic)
    assert storage.objects == {}


def test_a_storage_that_gives_back_something_else_is_caught(vault, memory, keyring, key):
    older = memory.objects[vault.seal(MARKER, key=key, owner=OWNER).object_id]
    with pytest.raises(errors.ReadBackFailed):
        Vault(keyring, StuckStorage(older)).seal(MARKER, key=key, owner=OWNER)


class ForgingStorage(MemoryStorage):
    """Knows the key, and puts a sound object of another content in the place of what it was given."""

    def __init__(self, key, suite):
        super().__init__()
        self.key = key
        self.suite = suite

    def put(self, object_id, chunks):
        size = super().put(object_id, chunks)
        raw_id = bytes.fromhex(object_id)
        self.objects[object_id] = seal_object(
            b"", key=self.key, owner=OWNER, object_id=raw_id, salt=bytes(32), suite=self.suite
        )
        return size


def test_even_a_sound_object_of_another_content_is_not_acknowledged(keyring, key, suite):
    storage = ForgingStorage(key, suite)
    with pytest.raises(errors.ReadBackFailed):
        Vault(keyring, storage).seal(MARKER, key=key, owner=OWNER)
    assert storage.objects == {}


class Interrupted(Exception):
    pass


def test_an_upload_that_breaks_off_leaves_nothing(vault, memory, key):
    def upload():
        yield bytes(100_000)
        raise Interrupted

    with pytest.raises(Interrupted):
        vault.seal(upload(), key=key, owner=OWNER)
    assert memory.objects == {}


@pytest.mark.parametrize("owner", [b"", b"x" * 1025])
def test_nothing_is_stored_for_an_owner_that_cannot_be(vault, memory, key, owner):
    with pytest.raises(errors.OwnerUnusable):
        vault.seal(MARKER, key=key, owner=owner)
    assert memory.objects == {}


def test_a_keyed_digest_is_the_same_for_the_same_content_however_it_is_cut(vault, keyring):
    whole = vault.digest_keyed("duplicates", MARKER)
    assert whole == vault.digest_keyed("duplicates", [MARKER[:3], MARKER[3:]])
    assert whole == hmac.new(keyring.derive("duplicates"), MARKER, "sha256").hexdigest()


def test_a_keyed_digest_says_nothing_without_the_keyring(vault, frozen_keyring, memory):
    here = vault.digest_keyed("duplicates", [MARKER])
    assert here != hashlib.sha256(MARKER).hexdigest()
    assert here != vault.digest_keyed("another-use", [MARKER])
    assert here != Vault(frozen_keyring, memory).digest_keyed("duplicates", [MARKER])
