"""Sealing a volume: a root over everything in it, signed by the archive; and sealing it anew after a change.

What always holds:
- B1 A volume is sealed after a second person has checked it, never before, and never by a seal without its papers.
- B2 A later seal stands beside the earlier ones and names the root of the one before; none is ever altered.
- B3 Whatever changes in a sealed volume comes with its note and its new seal in one transaction, so the newest seal
  always states what lies there.
"""

import json
from datetime import datetime

from dms.archive import Archive
from dms.domain.actor import SYSTEM, Actor, Permission
from dms.domain.merkle import MERKLE_ALGORITHM
from dms.domain.volume import FilingNoteLine, NoteKind, Volume, VolumeSeal, VolumeState
from dms.filing.sealing.errors import NotChecked, SealNotFound, VolumeEmpty
from dms.filing.sealing.reaching import is_same_person, require_whole, volume_for, volume_in
from dms.filing.sealing.statement import canonical, items_stated, new_statement, papers_stated, volume_stated
from dms.store import UnitOfWork
from vault import SIGNATURE_ALGORITHM, SigningKey, public_key_pem

SEAL_ALGORITHM = f"{MERKLE_ALGORITHM}+{SIGNATURE_ALGORITHM}"
_PURPOSE = "volume-seals"


def signing_key(archive: Archive) -> SigningKey:
    """The key with which this archive signs seals; `ArchiveSealed` where the keyring opens no more."""
    return SigningKey(archive.keyring, _PURPOSE)


def seal_public_key(actor: Actor, *, archive: Archive) -> str:
    """The public key (PEM) with which anybody can check the seals of this archive."""
    actor.require(Permission.CONSULT)
    return public_key_pem(signing_key(archive).public_key)


def seal_volume(actor: Actor, volume_id: int, *, archive: Archive) -> VolumeSeal:
    """The first seal of a checked volume, which never changes from then on.

    Raises `VolumeNotFound`, `VolumeStateUnfit`, `NotChecked`, `VolumeEmpty` or `VolumePartlyHidden`.
    """
    actor.require(Permission.MANAGE_CUSTOMERS)
    with archive.begin() as work:
        volume = volume_in({VolumeState.CHECKING}, actor, volume_id, work=work)
        require_whole(actor, volume_id, work=work)
        if not volume.checked_by or is_same_person(volume.compiled_by, volume.checked_by):
            raise NotChecked  # B1
        if not work.volumes.items_of(volume_id):
            raise VolumeEmpty
        work.volumes.sealed(volume_id, at=archive.now())
        seal = add_seal(actor, volume_id, "封卷", archive=archive, work=work)
        _tell_volume_before(actor, volume, archive=archive, work=work)
        archive.record(
            work, actor, "volume_sealed", f"volume:{volume_id}", code=volume.reference_code, sha256=seal.root
        )
    return seal


def seal_anew(
    actor: Actor, second: Actor, volume_id: int, reason: str, *, archive: Archive, work: UnitOfWork
) -> VolumeSeal:
    """The next seal of a sealed volume that was changed in this very transaction (B3)."""
    seal = add_seal(actor, volume_id, reason, archive=archive, work=work, second_person=second.name)
    work.volumes.resealed(volume_id, version=seal.version)
    return seal


def add_seal(
    actor: Actor, volume_id: int, reason: str, *, archive: Archive, work: UnitOfWork, second_person: str = ""
) -> VolumeSeal:
    """One more seal over the volume as this transaction sees it; the volume's own row is the caller's."""
    last = work.seals.latest(volume_id)
    before = items_stated(json.loads(last.facts)) if last else {}
    volume = work.volumes.get(volume_id, actor=SYSTEM)
    papers = work.volumes.items_of(volume_id)
    sealed_at, version = archive.now(), last.version + 1 if last else 1
    stated = new_statement(
        volume_stated(volume, work=work),
        papers_stated(papers, work=work, before=before),
        fonds=work.scheme.fonds_code(),
        previous_root=last.root if last else None,  # B2
        reason=reason,
        retention_code=volume.retention_code,
        sealed_at=sealed_at.isoformat(timespec="seconds"),
        sealed_by=actor.name,
        second_person=second_person or volume.checked_by,
        version=version,
    )
    seal = _signed(volume_id, version, canonical(stated), stated["root"], sealed_at, actor, archive=archive)
    work.seals.add(seal)
    return seal


def seal_statement(actor: Actor, volume_id: int, version: int, *, archive: Archive) -> VolumeSeal:
    """One seal with the text that it states, for whoever may see the whole volume.

    Raises `VolumeNotFound`, `VolumePartlyHidden` or `SealNotFound`.
    """
    actor.require(Permission.CONSULT)
    with archive.begin() as work:
        volume = volume_for(actor, volume_id, work=work)
        require_whole(actor, volume_id, work=work)
        seals = {seal.version: seal for seal in work.seals.of_volume(volume_id)}
        if version not in seals:
            raise SealNotFound(version)
        archive.record(work, actor, "volume_seal_taken", f"volume:{volume_id}", code=volume.reference_code)
        return seals[version]


def _signed(
    volume_id: int, version: int, facts: str, root: str, sealed_at: datetime, actor: Actor, *, archive: Archive
) -> VolumeSeal:
    key = signing_key(archive)
    return VolumeSeal(
        volume_id=volume_id,
        version=version,
        root=root,
        algorithm=SEAL_ALGORITHM,
        signature=key.sign(facts.encode()),
        public_key=key.public_key,
        sealed_at=sealed_at,
        sealed_by=actor.name,
        facts=facts,
    )


def _tell_volume_before(actor: Actor, volume: Volume, *, archive: Archive, work: UnitOfWork) -> None:
    """A continuation is told in the filing note of the volume that it continues: 补充 n 件，见 …"""
    if volume.continuation_of is None:
        return
    text = f"补充 {volume.item_count} 件，见续卷 {volume.reference_code}"
    if any(line.text == text for line in work.volume_notes.of_volume(volume.continuation_of)):
        return
    work.volume_notes.add(
        FilingNoteLine(
            volume_id=volume.continuation_of,
            written_at=archive.now(),
            by=actor.name,
            second_person=volume.checked_by,
            kind=NoteKind.ADDED,
            text=text,
        )
    )
