"""Sealed objects (§2) and wrapped item keys (§4), opened with every check that the page asks of a reader."""

from dataclasses import dataclass

from independent import galois_counter
from independent.block_ciphers import BlockCipher
from independent.refusal import Refused, demand
from independent.suites import SUITES, Suite

MAGIC = bytes.fromhex("414E4A5345414C0A")
HEADER_BYTES = 92
PREFIX_BYTES = 28
MAX_CHUNKS = 2**32


@dataclass(frozen=True, slots=True, kw_only=True)
class SealedObject:
    """An object whose header is within its bounds; nothing of it is believed yet."""

    header: bytes
    body: bytes

    @property
    def suite(self) -> Suite:
        return SUITES[self.header[9]]

    @property
    def stride_bytes(self) -> int:
        """A whole chunk with its tag."""
        return int(2 ** self.header[10]) + galois_counter.TAG_BYTES


def open_sealed_object(stored: bytes, *, name: str, item_key: bytes, owner: bytes) -> bytes:
    """The whole content of what is stored under this name, or `Refused` before a single byte of it is given out."""
    sealed_object = parse_sealed_object(stored, name=name)
    context = _measured(owner)
    cipher = _cipher_of(sealed_object, item_key, context)
    *others, end = _chunks_of(sealed_object)
    associated = sealed_object.header + context
    content_of_end = galois_counter.opened(cipher, _nonce(len(others), is_last=True), end, associated)
    if content_of_end is None:  # V7: before any other chunk
        raise Refused("end_not_authentic")
    contents = [galois_counter.opened(cipher, _nonce(i, is_last=False), c, associated) for i, c in enumerate(others)]
    demand(None not in contents, "chunk_not_authentic")
    return b"".join(content for content in contents if content is not None) + content_of_end


def parse_sealed_object(stored: bytes, *, name: str) -> SealedObject:
    """The object with the bounds of its header and its name checked (V1, V2), in the order of §2."""
    demand(len(stored) >= HEADER_BYTES, "sealed_length_impossible", "shorter than a header")
    demand(stored[:8] == MAGIC, "not_a_sealed_object")
    version, suite, chunk_size_log2, reserved = stored[8:12]
    demand(version == 1, "sealed_version_unknown")
    demand(suite in SUITES, "sealed_suite_unknown")
    demand(8 <= chunk_size_log2 <= 20 and reserved == 0, "sealed_header_out_of_bounds")
    demand(stored[12:28].hex() == name, "another_object_under_this_name")
    return SealedObject(header=stored[:HEADER_BYTES], body=stored[HEADER_BYTES:])


def unwrap_item_key(
    blob: bytes, *, item_id: str, suite: Suite, wrapping_keys: dict[tuple[str, int, int], bytes]
) -> bytes:
    """The item's key from the 124 bytes that the catalogue stores; `wrapping_keys` by purpose, grade and epoch."""
    demand(len(blob) == 124 and blob[:4] == b"AJWK" and blob[4] == 1, "wrapped_key_malformed")
    demand(blob[5] == suite.number and blob[6] == 1 and blob[7] in (1, 2, 3), "wrapped_key_malformed")
    epoch = int.from_bytes(blob[8:12], "big")
    demand(epoch >= 1, "wrapped_key_malformed")
    item = item_id.encode()
    demand(1 <= len(item) <= 256, "item_id_unusable")
    wrapping_key = wrapping_keys.get(("items", blob[7], epoch))
    if wrapping_key is None:
        raise Refused("wrapping_key_unknown")
    item_key = suite.unwrapped(wrapping_key, blob[12:], b"item" + blob[:12] + item)
    if item_key is None:
        raise Refused("wrapped_key_not_authentic")
    return item_key


def _chunks_of(sealed_object: SealedObject) -> list[bytes]:
    """Every chunk of its full size, the last of what is left (V6)."""
    body, stride = sealed_object.body, sealed_object.stride_bytes
    count = -(-len(body) // stride)
    demand(1 <= count <= MAX_CHUNKS, "sealed_length_impossible")
    left = len(body) - (count - 1) * stride
    least = galois_counter.TAG_BYTES + (0 if count == 1 else 1)
    demand(left >= least, "sealed_length_impossible")
    return [body[start : start + stride] for start in range(0, len(body), stride)]


def _cipher_of(sealed_object: SealedObject, item_key: bytes, context: bytes) -> BlockCipher:
    """The object's own cipher, after the commitment of its key (V4)."""
    header = sealed_object.header
    salt, commitment = header[28:60], header[60:92]
    info = b"anjuan/sealed-object/1" + header[:PREFIX_BYTES] + context
    cipher = sealed_object.suite.committed_key(item_key, salt, info, commitment)
    if cipher is None:
        raise Refused("commitment_mismatch")
    return cipher


def _nonce(index: int, *, is_last: bool) -> bytes:
    """V5: where the chunk stands, and whether the object ends with it."""
    return bytes(7) + index.to_bytes(4, "big") + bytes([is_last])


def _measured(owner: bytes) -> bytes:
    demand(1 <= len(owner) <= 1024, "owner_unusable")
    return len(owner).to_bytes(4, "big") + owner
