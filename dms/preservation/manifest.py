"""What a place says of itself, and what it says of one snapshot.

Invariants:
- A `Manifest` exists only for bytes whose HMAC fits (B10); whatever else it names is checked against its hashes.
- Neither names a paper, a person or a customer: both lie in clear.
"""

import hashlib
import hmac
import json
import re
import secrets
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from datetime import UTC, datetime
from typing import Any, Final

from dms.preservation.errors import ManifestDamaged

FORMAT: Final = "anjuan-backup"
SNAPSHOT_FORMAT: Final = "anjuan-backup-snapshot"
VERSION: Final = 1
_SNAPSHOT_ID: Final = re.compile(r"\d{8}-\d{6}-[0-9a-f]{8}", re.ASCII)
_SUFFIX_BYTES: Final = 4


@dataclass(frozen=True, slots=True, kw_only=True)
class Pieces:
    """Content that lies at the place in content-addressed pieces."""

    size_bytes: int
    names: tuple[str, ...]
    """SHA-256 (hex) of each piece, in order."""


@dataclass(frozen=True, slots=True, kw_only=True)
class NeededKeys:
    """Which keys of the keyring a snapshot does not open without."""

    catalogue: tuple[str, ...]
    """Marks of the catalogue keys held when it was made; one of them opens it."""
    items: Mapping[str, tuple[int, ...]]
    """By grade, the epochs under which its items' keys are wrapped."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Manifest:
    """One snapshot."""

    snapshot_id: str
    made_at: datetime
    catalogue: Pieces
    objects: Pieces
    """The list of objects, see `dms.preservation.object_list`."""
    objects_total: int
    objects_bytes: int
    items_total: int
    journal_seq: int
    journal_digest: str
    keys: NeededKeys
    destroyed: Pieces
    """The proofs of every destruction known when the manifest was written (B12), sealed as one note."""
    destroyed_note: str
    """The id of that note."""
    missing: tuple[str, ...]
    """Objects that the archive itself had lost; known when the snapshot was made."""

    @property
    def order(self) -> tuple[int, datetime, str]:
        """Later snapshots of one journal are greater, whatever the clock said."""
        return self.journal_seq, self.made_at, self.snapshot_id


def new_snapshot_id(made_at: datetime) -> str:
    """A name that tells the moment (UTC) and is never given twice."""
    return f"{made_at.astimezone(UTC):%Y%m%d-%H%M%S}-{secrets.token_hex(_SUFFIX_BYTES)}"


def is_snapshot_id(untrusted_text: str) -> bool:
    """Whether the text could be the name of a snapshot."""
    return _SNAPSHOT_ID.fullmatch(untrusted_text) is not None


def render_manifest(manifest: Manifest, *, key: bytes) -> bytes:
    """The manifest as it lies at the place, with its HMAC."""
    content = {"format": SNAPSHOT_FORMAT, "version": VERSION, **asdict(manifest)}
    content["made_at"] = manifest.made_at.isoformat()
    return _canonical({"manifest": content, "hmac": _mac(content, key)})


def parse_manifest(untrusted_bytes: bytes, snapshot_id: str, *, key: bytes) -> Manifest:
    """The manifest of this snapshot; `ManifestDamaged` where it is altered or lies under another name."""
    try:
        envelope = json.loads(untrusted_bytes)
        content, claimed = envelope["manifest"], envelope["hmac"]
        if not hmac.compare_digest(_mac(content, key), claimed) or content["snapshot_id"] != snapshot_id:
            raise ManifestDamaged(snapshot_id)
        return _manifest(content)
    except (ValueError, KeyError, TypeError, RecursionError) as error:
        raise ManifestDamaged(snapshot_id) from error


def render_description(*, mark: str, made_at: datetime) -> bytes:
    """What lies at the root of a place."""
    return _canonical({"format": FORMAT, "version": VERSION, "archive": mark, "made_at": made_at.isoformat()})


def parse_description(untrusted_bytes: bytes) -> tuple[int, str]:
    """Version and mark of the archive; `ValueError` for what is no description."""
    try:
        content = json.loads(untrusted_bytes)
        if content["format"] != FORMAT:
            raise ValueError("format")
        return int(content["version"]), str(content["archive"])
    except (KeyError, TypeError, RecursionError) as error:
        raise ValueError("no description of a backup place") from error


def _manifest(content: Mapping[str, Any]) -> Manifest:
    values = {name: content[name] for name in Manifest.__dataclass_fields__}
    keys = content["keys"]
    return Manifest(
        **values
        | {
            "made_at": datetime.fromisoformat(content["made_at"]),
            "catalogue": _pieces(content["catalogue"]),
            "objects": _pieces(content["objects"]),
            "keys": NeededKeys(
                catalogue=tuple(keys["catalogue"]),
                items={grade: tuple(epochs) for grade, epochs in keys["items"].items()},
            ),
            "destroyed": _pieces(content["destroyed"]),
            "missing": tuple(content["missing"]),
        }
    )


def _pieces(content: Mapping[str, Any]) -> Pieces:
    return Pieces(size_bytes=content["size_bytes"], names=tuple(content["names"]))


def _mac(content: Mapping[str, Any], key: bytes) -> str:
    return hmac.new(key, _canonical(content), hashlib.sha256).hexdigest()


def _canonical(content: Mapping[str, Any]) -> bytes:
    return json.dumps(content, sort_keys=True, separators=(",", ":"), ensure_ascii=True).encode("ascii")
