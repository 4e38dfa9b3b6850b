"""Whoever looks at one page of a long paper, or at a part of a large original, has no more than that decrypted."""

import dataclasses
import random

import pytest
from simulators.desk import Desk

from dms.custody import page_image
from dms.domain.actor import OPERATOR
from vault import LocalStorage, Vault
from vault.header import CHUNK_SIZE_LOG2, HEADER_BYTES
from vault.suite import TAG_BYTES

PAGES = 300
ORIGINAL_BYTES = 100_000_000
OWNER = b"item/7/original"
SEALED_CHUNK_BYTES = (1 << CHUNK_SIZE_LOG2) + TAG_BYTES


class CountingStorage(LocalStorage):
    """Counts what is read from it."""

    objects_read: set[str]
    bytes_read: int

    def forget(self):
        self.objects_read, self.bytes_read = set(), 0

    def read_at(self, object_id, offset, length):
        found = super().read_at(object_id, offset, length)
        self.objects_read.add(object_id)
        self.bytes_read += len(found)
        return found


@pytest.mark.slow
def test_one_page_of_three_hundred_is_opened_without_the_rest(archive):
    item_id = Desk(archive).send("\f".join(f"第{number}页" for number in range(1, PAGES + 1)))
    storage = CountingStorage(archive.home / "vault")
    storage.forget()
    counted = dataclasses.replace(archive, vault=Vault(archive.keyring, storage))
    image = page_image(OPERATOR, item_id, 150, archive=counted)
    chunks = -(-len(image) // (1 << CHUNK_SIZE_LOG2))
    assert len(storage.objects_read) == 1
    # The final chunk is read first, because it alone proves the length; where there are more, it is read once again.
    assert storage.bytes_read <= HEADER_BYTES + len(image) + chunks * TAG_BYTES + SEALED_CHUNK_BYTES


@pytest.mark.parametrize("length", [1, 500_000])
def test_a_part_of_a_large_original_is_read_without_the_rest(archive, length):
    storage = CountingStorage(archive.home / "vault")
    storage.forget()
    vault = Vault(archive.keyring, storage)
    key, content = vault.new_item_key(), random.Random(7).randbytes(ORIGINAL_BYTES)
    receipt = vault.seal(content, key=key, owner=OWNER)
    storage.forget()
    with vault.open(receipt.object_id, key=key, owner=OWNER) as reader:
        assert reader.read_at(50_000_000, length) == content[50_000_000 : 50_000_000 + length]
    touched = length // (1 << CHUNK_SIZE_LOG2) + 2
    assert storage.bytes_read <= HEADER_BYTES + (touched + 1) * SEALED_CHUNK_BYTES
