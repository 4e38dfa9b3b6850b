"""The root of a Merkle tree over a sealed volume: one digest that any changed, lost or moved leaf would change.

The tree is that of RFC 6962 §2.1 with SHA-256. A leaf and a node are hashed with different prefixes, or somebody could
pass off a node as a leaf.
"""

import hashlib
from collections.abc import Sequence

MERKLE_ALGORITHM = "RFC6962-SHA256"
_LEAF, _NODE = b"\x00", b"\x01"


def merkle_root(leaves: Sequence[bytes]) -> bytes:
    """The Merkle tree hash (32 bytes) of the leaves in their order; of none, the digest of nothing."""
    if not leaves:
        return hashlib.sha256(b"").digest()
    level = [hashlib.sha256(_LEAF + leaf).digest() for leaf in leaves]
    while len(level) > 1:
        level = [_joined(level[at : at + 2]) for at in range(0, len(level), 2)]
    return level[0]


def _joined(pair: Sequence[bytes]) -> bytes:
    """The node over two; one that is left over goes up as it is, which gives the tree of the standard."""
    return hashlib.sha256(_NODE + pair[0] + pair[1]).digest() if len(pair) > 1 else pair[0]
