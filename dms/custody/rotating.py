"""Giving the archive new keys without touching its content.

Content is sealed under item keys, which never change; what changes is what they are wrapped by. The order, and what a
crash in between leaves (`finish_rotation` goes on from there, at the next opening by itself):
- N1 The keyring gets new epochs and a new catalogue key, durably; the old ones stay. Nothing else has changed.
- N2 One transaction forbids the older epochs: a process that has not noticed yet is refused, never obeyed wrongly. It
  journals the beginning; until the journal tells the end as well, no backup counts as newer than the rotation.
- N3 Item keys are wrapped anew in short transactions; old and new ones open meanwhile.
- N4 The catalogue is exchanged for one under its new key, by one rename; either key opens it until then.
- N5 Only when nothing needs them any more, and by an act of its own, the old keys are retired, out of the keyring.
  What lies in an old copy and was destroyed here since is beyond recovery from then on; so is every older backup.
"""

from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from time import sleep
from typing import Final

from dms.archive import Archive, print_key_id
from dms.custody.errors import CopiesWouldBeLost, KeysStillNeeded, OldKeysInTheWay
from dms.custody.keyholding_errors import KeyringNotChanged
from dms.domain.actor import GRADES, Actor, Permission
from dms.domain.backup import BackupPlace
from dms.domain.clock import local_day
from dms.store import UnitOfWork
from vault import DEFAULT_COST, Argon2Cost, Keyring, RecoveryKey, UnlockSecret, VaultError
from vault.errors import StorageFailed, StorageFull, WrappingKeysExhausted

ITEMS_A_TRANSACTION: Final = 250
"""After so many the next writer has its turn."""
TURN_S: Final = 0.12
"""Whoever waits for the write lock looks up every tenth of a second; a shorter pause would starve everybody else."""
BEGUN = "keys_rotation_begun"
ROTATED = "keys_rotated"
RETIRED = "keys_retired"
ARCHIVE = "archive"
"""The subject of journal entries about the whole archive."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Rotation:
    """What a rotation did."""

    rewrapped: int
    """Item keys that are wrapped under the newest epochs now."""
    unreadable: tuple[str, ...]
    """Ids of items whose wrapped key is damaged; the old epochs stay until they are repaired."""
    catalogue_rekeyed: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class KeyState:
    """Which keys are in use."""

    newest: Mapping[int, int]
    """The newest epoch of each grade."""
    epochs: Mapping[int, tuple[int, ...]]
    """All epochs that the keyring still holds, by grade."""
    waiting: int
    """Item keys that are not wrapped under the newest epoch yet."""
    catalogue_waits: bool
    """Whether the catalogue itself is still under an older key."""
    is_under_way: bool
    """Whether a rotation has begun of which the journal does not tell the end."""
    places_behind: tuple[BackupPlace, ...]
    """Places whose latest complete backup was made before the latest rotation."""

    @property
    def older_held(self) -> bool:
        """Whether the keyring still holds keys of older epochs."""
        return any(len(held) > 1 for held in self.epochs.values())


def key_state(actor: Actor, *, archive: Archive) -> KeyState:
    """Which epochs there are, how many keys wait, and which places are behind."""
    actor.require(Permission.OPERATE)
    keyring = archive.keyring
    newest = newest_epochs(keyring)
    with archive.looking() as view:
        return KeyState(
            newest=newest,
            epochs={grade: keyring.epochs(grade) for grade in GRADES},
            waiting=view.wrapping_epochs.stale_count(newest),
            catalogue_waits=not archive.store.has_newest_key(),
            is_under_way=_is_under_way(view),
            places_behind=_places_behind(view),
        )


def rotate_keys(
    actor: Actor, *, archive: Archive, report: Callable[[int, int], None] = lambda done, total: None
) -> Rotation:
    """Give every grade a new epoch and the catalogue a new key; `report(done, total)` counts item keys.

    Raises `KeyringNotChanged`, `OldKeysInTheWay` or what the catalogue's disk raises; begun work is
    finished by calling `finish_rotation`, or by opening the archive.
    """
    actor.require(Permission.OPERATE)
    with _changing(archive) as keyring:
        archive.keys.replace(keyring.with_new_epochs().with_new_catalogue_key())  # N1
    return finish_rotation(actor, archive=archive, report=report)


def finish_rotation(
    actor: Actor,
    *,
    archive: Archive,
    report: Callable[[int, int], None] = lambda done, total: None,
    turn_s: float = TURN_S,
) -> Rotation:
    """Bring everything under the newest keys, whatever was done already; doing it again does nothing.

    `turn_s` is how long others may write between two transactions; 0 where there are no others.
    """
    actor.require(Permission.OPERATE)
    with archive.begin() as work:  # N2
        newest = newest_epochs(archive.keyring)
        if any(work.wrapping_epochs.oldest(grade) < epoch for grade, epoch in newest.items()):
            archive.record(work, actor, BEGUN, ARCHIVE)
        for grade, epoch in newest.items():
            work.wrapping_epochs.forbid_before(grade, epoch)
        total = work.wrapping_epochs.stale_count(newest)
    rewrapped, unreadable = _rewrap_all(newest, total, archive=archive, report=report, turn_s=turn_s)  # N3
    _rewrap_prints(newest, archive=archive, turn_s=turn_s)
    rekeyed = archive.store.rekey()  # N4
    with archive.begin() as work:
        if rewrapped or rekeyed or _is_under_way(work):
            archive.record(work, actor, ROTATED, ARCHIVE, items=rewrapped, unreadable=len(unreadable))
    return Rotation(rewrapped=rewrapped, unreadable=tuple(unreadable), catalogue_rekeyed=rekeyed)


def retire_keys(actor: Actor, *, archive: Archive, despite_places: bool = False) -> int:
    """Take the keys of older epochs out of the keyring (N5); how many epochs went.

    Raises `KeysStillNeeded`, and `CopiesWouldBeLost` where a backup place has nothing newer than the rotation, unless
    that is accepted.
    """
    actor.require(Permission.OPERATE)
    with _changing(archive) as keyring:
        # Asked only now: a rotation that began in between would need the very keys that go.
        _require_unneeded(key_state(actor, archive=archive), despite_places=despite_places)
        gone = sum(len(keyring.epochs(grade)) - 1 for grade in GRADES)
        if gone or len(keyring.catalogue_keys()) > 1:
            with archive.begin() as work:
                archive.record(work, actor, RETIRED, ARCHIVE, epochs=gone)
                archive.keys.replace(keyring.without_older_epochs())  # last: what fails here leaves no entry either
    return gone


def change_root(
    actor: Actor, kept: Mapping[str, UnlockSecret], *, archive: Archive, cost: Argon2Cost = DEFAULT_COST
) -> RecoveryKey:
    """A new root for all keys: only the secrets given, by their labels, and a new recovery key open it from now on.

    `cost` is that of passphrases. The recovery key is to be shown to a person once. Whoever else has the archive open
    goes on where the secret it was opened with was given here as well, and is sealed otherwise. Raises what the vault
    raises of an unusable slot.
    """
    actor.require(Permission.OPERATE)
    with _changing(archive) as keyring:
        changed, recovery_key = keyring.with_new_root(
            list(kept.values()), labels=list(kept), cost=cost, created_on=local_day(archive.now())
        )
        with archive.begin() as work:
            archive.record(work, actor, "root_changed", ARCHIVE, slots=len(changed.slots()))
            archive.keys.replace(changed)  # last: what fails here leaves no entry either
    return recovery_key


def newest_epochs(keyring: Keyring) -> dict[int, int]:
    """The newest epoch of each grade."""
    return {grade: max(keyring.epochs(grade)) for grade in GRADES}


def _rewrap_all(
    newest: Mapping[int, int], total: int, *, archive: Archive, report: Callable[[int, int], None], turn_s: float
) -> tuple[int, list[str]]:
    rewrapped, after_key = 0, 0
    unreadable: list[str] = []
    while True:
        with archive.begin() as work:
            batch = work.wrapping_epochs.stale(newest, after_key=after_key, limit=ITEMS_A_TRANSACTION)
            failed = [item_id for key, item_id, blob in batch if not _rewrap(key, item_id, blob, archive, work)]
        rewrapped += len(batch) - len(failed)
        unreadable += failed
        if batch:
            report(rewrapped + len(unreadable), total)
        if len(batch) < ITEMS_A_TRANSACTION:  # the last; nothing comes after it under a forbidden epoch
            return rewrapped, unreadable
        after_key = batch[-1][0]
        sleep(turn_s)


def _rewrap_prints(newest: Mapping[int, int], *, archive: Archive, turn_s: float) -> None:
    """Wrap the keys of printed documents anew; one that does not open is forgotten, for it can be printed again."""
    after_id = 0
    while True:
        with archive.begin() as work:
            batch = work.wrapping_epochs.stale_prints(newest, after_id=after_id, limit=ITEMS_A_TRANSACTION)
            for result_id, object_id, blob in batch:
                _rewrap_print(result_id, object_id, blob, archive, work)
        if len(batch) < ITEMS_A_TRANSACTION:
            return
        after_id = batch[-1][0]
        sleep(turn_s)


def _rewrap_print(result_id: int, object_id: str, blob: bytes, archive: Archive, work: UnitOfWork) -> None:
    try:
        work.print_jobs.rewrap(result_id, archive.keyring.rewrap_item_key(blob, item_id=print_key_id(object_id)))
    except VaultError:
        work.print_jobs.drop_result(result_id)
        work.destructions.condemn([object_id], at=archive.now())


def _rewrap(item_key: int, item_id: str, blob: bytes, archive: Archive, work: UnitOfWork) -> bool:
    try:
        work.items.rewrap(item_key, archive.keyring.rewrap_item_key(blob, item_id=item_id))
    except VaultError:
        return False  # a damaged key is named by verification; it must not keep all the others under old keys
    return True


@contextmanager
def _changing(archive: Archive) -> Iterator[Keyring]:
    try:
        with archive.keys.changing() as keyring:
            yield keyring
    except WrappingKeysExhausted as error:
        raise OldKeysInTheWay from error
    except (StorageFull, StorageFailed) as error:
        raise KeyringNotChanged(error.code) from error


def _require_unneeded(state: KeyState, *, despite_places: bool) -> None:
    if state.waiting or state.catalogue_waits or state.is_under_way:
        raise KeysStillNeeded(state.waiting)
    if state.places_behind and not despite_places:
        raise CopiesWouldBeLost(tuple(place.name for place in state.places_behind))


def _is_under_way(view: UnitOfWork) -> bool:
    return view.journal.latest_seq({BEGUN}) > view.journal.latest_seq({ROTATED})


def _places_behind(view: UnitOfWork) -> tuple[BackupPlace, ...]:
    rotated_at = view.journal.latest_seq({ROTATED})
    latest = [(place, view.backups.latest_complete(place.id or 0)) for place in view.backups.places()]
    return tuple(place for place, run in latest if run is None or run.journal_seq < rotated_at)
