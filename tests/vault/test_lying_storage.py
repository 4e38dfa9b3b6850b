"""A storage that answers something else at every question: the vault gives out the paper's own bytes, or none."""

from collections.abc import Iterable, Iterator

from format_reference import seal_object
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from vault import ObjectDamaged, Vault

KEY, OWNER, NAME = bytes(range(32)), b"item/1/original/0", "a1" * 16
PLAINTEXT = b"".join(i.to_bytes(4, "big") for i in range(350))
"""Five chunks of 256 bytes and a part of one."""


class LyingStorage:
    """Holds one object in several states and draws, for every question, from which of them to answer."""

    def __init__(self, states: list[bytes], draw) -> None:
        self._states = states
        self._draw = draw

    def put(self, object_id: str, chunks: Iterable[bytes]) -> int:
        raise AssertionError("nothing is written here")

    def size(self, object_id: str) -> int:
        return len(self._state())

    def read_at(self, object_id: str, offset: int, length: int) -> bytes:
        answer = self._state()[offset : offset + length]
        return answer + self._draw(st.sampled_from([b"", b"", b"", b"\0", answer]))

    def exists(self, object_id: str) -> bool:
        return True

    def list(self) -> Iterator[str]:
        yield NAME

    def remove(self, object_id: str) -> None:
        raise AssertionError("nothing is removed here")

    def _state(self) -> bytes:
        return self._draw(st.sampled_from(self._states))


def _states(suite: int) -> list[bytes]:
    """The object, mostly; cut at chunks, with a chunk repeated, altered in head, middle and end, and another one."""
    sound = _sealed(PLAINTEXT, suite)
    chunk = slice(92 + 272, 92 + 2 * 272)
    altered = [sound[:place] + bytes([sound[place] ^ 1]) + sound[place + 1 :] for place in (50, 500, len(sound) - 1)]
    longer = sound[: chunk.stop] + sound[chunk] + sound[chunk.stop :]
    return [sound] * 8 + [sound[:-272], sound[: 92 + 2 * 272], longer, *altered, _sealed(PLAINTEXT[::-1], suite)]


def _sealed(plaintext: bytes, suite: int) -> bytes:
    object_id, salt = bytes.fromhex(NAME), plaintext[:32]
    return seal_object(plaintext, key=KEY, owner=OWNER, object_id=object_id, salt=salt, log2=8, suite=suite)


@settings(max_examples=300, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(data=st.data())
def test_whatever_the_storage_answers_no_wrong_byte_is_given_out(keyring, suite, data):
    vault = Vault(keyring, LyingStorage(_states(suite), data.draw))
    papers = (PLAINTEXT, PLAINTEXT[::-1])
    try:
        with vault.open(NAME, key=KEY, owner=OWNER) as reader:
            start, length = data.draw(st.integers(0, 1500)), data.draw(st.integers(0, 1500))
            assert reader.read_at(start, length) in {paper[start : start + length] for paper in papers}
            assert reader.read_all() in papers
    except ObjectDamaged:
        return
