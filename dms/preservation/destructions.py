"""The proofs of destruction that travel with every snapshot, so that a restore destroys again (B12)."""

import json
from collections.abc import Iterable
from dataclasses import asdict
from datetime import datetime

from dms.archive import Archive
from dms.domain.destruction import Destroyed
from dms.preservation.manifest import Manifest
from dms.preservation.place import Place
from dms.preservation.sealed_note import open_note
from dms.preservation.snapshots import PieceDamaged, content_of
from vault import Keyring, VaultError


def destructions_as_text(archive: Archive) -> bytes:
    """Every proof that there is at this moment, as JSON."""
    with archive.looking() as view:
        proofs = view.destructions.all()
    rows = [asdict(proof) | {"destroyed_at": proof.destroyed_at.isoformat()} for proof in proofs]
    return json.dumps(rows, ensure_ascii=False).encode()


def destructions_known(place: Place, manifests: Iterable[Manifest], keyring: Keyring) -> tuple[Destroyed, ...]:
    """What was destroyed according to any of the manifests; a note that cannot be read is passed over for others."""
    proofs: dict[str, Destroyed] = {}
    for manifest in manifests:
        for proof in _read(place, manifest, keyring):
            proofs.setdefault(proof.item_id, proof)
    return tuple(proofs.values())


def _read(place: Place, manifest: Manifest, keyring: Keyring) -> list[Destroyed]:
    try:
        sealed_bytes = b"".join(content_of(place, manifest.destroyed))
        rows = json.loads(open_note(manifest.destroyed_note, sealed_bytes, keyring))
    except (PieceDamaged, VaultError):
        return []
    return [Destroyed(**row | {"destroyed_at": datetime.fromisoformat(row["destroyed_at"])}) for row in rows]
