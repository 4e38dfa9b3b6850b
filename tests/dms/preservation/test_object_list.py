"""The list of objects is small, ordered, and comes back as it was."""

import pytest

from dms.preservation.object_list import RECORDS_IN_A_PIECE, ListedObject, ListMalformed, packed, unpacked


def listed(count: int) -> list[ListedObject]:
    return [ListedObject(object_id=f"{number:032x}", size_bytes=number * 1000) for number in range(count)]


@pytest.mark.parametrize("count", [0, 1, RECORDS_IN_A_PIECE, RECORDS_IN_A_PIECE + 1])
def test_a_list_comes_back_from_its_pieces(count: int):
    pieces = list(packed(listed(count)))
    assert all(len(piece) <= 1 << 20 for piece in pieces)
    assert sum(map(len, pieces)) == 24 * count
    assert [found for piece in pieces for found in unpacked(piece)] == listed(count)


def test_what_is_no_list_is_refused():
    with pytest.raises(ListMalformed):
        list(unpacked(bytes(23)))
