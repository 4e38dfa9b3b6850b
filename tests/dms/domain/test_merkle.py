"""The root of a sealed volume is that of the standard, and no change of a leaf leaves it as it was."""

import hashlib

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dms.domain.merkle import merkle_root

LEAVES = st.lists(st.binary(max_size=8), max_size=40)

# The tree of the reference implementation of RFC 6962, whose test data these leaves and roots are.
STANDARD_LEAVES = [
    bytes.fromhex(leaf)
    for leaf in (
        "", "00", "10", "2021", "3031", "40414243", "5051525354555657", "606162636465666768696a6b6c6d6e6f",
    )
]  # fmt: skip
STANDARD_ROOTS = [
    "6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d",
    "fac54203e7cc696cf0dfcb42c92a1d9dbaf70ad9e621f4bd8d98662f00e3c125",
    "aeb6bcfe274b70a14fb067a5e5578264db0fa9b51af5e0ba159158f329e06e77",
    "d37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7",
    "4e3bbb1f7b478dcfe71fb631631519a3bca12c9aefca1612bfce4c13a86264d4",
    "76e67dadbcdf1e10e1b74ddc608abd2f98dfb16fbce75277b5232a127f2087ef",
    "ddb89be403809e325750d3d263cd78929c2942b7942a34b77e122c9594a74c8c",
    "5dc9da79a70659a9ad559cb701ded9a2ab9d823aad2f4960cfe370eff4604328",
]


def by_the_book(leaves: list[bytes]) -> bytes:
    """The definition as RFC 6962 §2.1 writes it: split at the greatest power of two below the number of leaves."""
    if not leaves:
        return hashlib.sha256(b"").digest()
    if len(leaves) == 1:
        return hashlib.sha256(b"\x00" + leaves[0]).digest()
    split = 1 << (len(leaves) - 1).bit_length() - 1
    return hashlib.sha256(b"\x01" + by_the_book(leaves[:split]) + by_the_book(leaves[split:])).digest()


@pytest.mark.parametrize("count", range(1, 9))
def test_the_roots_of_the_standards_own_test_data(count):
    assert merkle_root(STANDARD_LEAVES[:count]).hex() == STANDARD_ROOTS[count - 1]


@given(LEAVES)
def test_the_root_is_that_of_the_definition(leaves):
    assert merkle_root(leaves) == by_the_book(leaves)


@given(LEAVES.filter(bool), st.data())
def test_no_leaf_can_change_go_or_come_without_another_root(leaves, data):
    place = data.draw(st.integers(0, len(leaves) - 1))
    root = merkle_root(leaves)
    assert merkle_root([*leaves[:place], leaves[place] + b"!", *leaves[place + 1 :]]) != root
    assert merkle_root([*leaves[:place], *leaves[place + 1 :]]) != root
    assert merkle_root([*leaves, leaves[place]]) != root


def test_a_node_cannot_pass_for_a_leaf():
    left, right = (hashlib.sha256(b"\x00" + leaf).digest() for leaf in (b"a", b"b"))
    assert merkle_root([left + right]) != merkle_root([b"a", b"b"])
