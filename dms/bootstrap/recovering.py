"""Setting right what a crash left behind, when an archive is opened by a process that is alone with it.

Nothing here decides anything: every step finishes, or throws away, what an interrupted procedure says of itself.
- Half-written objects were never acknowledged and are removed.
- Objects of destroyed items are on the list of the condemned and are removed.
- A rotation whose keyring was stored goes on; both keys open until it has ended, should there be no room for it now.
- Papers whose reading was cut off are taken up again by whoever reads (`reclaim_orphans`).
An object that no row knows is *not* removed here: the catalogue might be the part that was put back from yesterday.
"""

from contextlib import suppress

from dms.archive import Archive, Recovery
from dms.custody import finish_rotation, key_state, remove_condemned
from dms.domain.actor import SYSTEM
from dms.store import CatalogueBusy, CatalogueDiskFull
from vault import LocalStorage, VaultError


def recover(archive: Archive, storage: LocalStorage, *, was_cut_off: bool) -> Recovery:
    """Set right what can be; what that was is journaled where it was anything."""
    leftovers = _remove_leftovers(storage) if was_cut_off else 0
    removed = remove_condemned(archive)
    rewrapped, rekeyed = _finish_rotation(archive)
    recovery = Recovery(
        leftovers_removed=leftovers,
        objects_removed=removed,
        keys_rewrapped=rewrapped,
        catalogue_rekeyed=rekeyed,
    )
    if not recovery.is_empty:
        _record(archive, recovery)
    return recovery


def _remove_leftovers(storage: LocalStorage) -> int:
    removed = 0
    for leftover in list(storage.leftovers()):
        with suppress(VaultError):
            storage.remove_leftover(leftover)
            removed += 1
    return removed


def _finish_rotation(archive: Archive) -> tuple[int, int]:
    if not key_state(SYSTEM, archive=archive).older_held:
        return 0, 0
    try:
        rotation = finish_rotation(SYSTEM, archive=archive, turn_s=0)
    except (CatalogueBusy, CatalogueDiskFull):
        # Old and new keys open alike; an archive that does not open at all would be worse than an old key.
        return 0, 0
    return rotation.rewrapped, int(rotation.catalogue_rekeyed)


def _record(archive: Archive, recovery: Recovery) -> None:
    with archive.begin() as work:
        archive.record(
            work,
            SYSTEM,
            "recovered",
            "archive",
            leftovers=recovery.leftovers_removed,
            objects=recovery.objects_removed,
            items=recovery.keys_rewrapped,
            catalogue=recovery.catalogue_rekeyed,
        )
