"""Who and what can open the archive: passphrases, the recovery key, key files, hardware keys.

What always holds:
- Every change replaces the keyring as a whole, and is journaled with the slot's id, kind and label, never a secret.
- A way in that people hold, a passphrase or the recovery key, is always left.
- Removing a slot ends its secret for this keyring and those to come; an older copy of the keyring still opens by it.

The order of a change, and what a crash leaves:
- H1 What shall open the archive exists first (a key file durable, a token's key made). Left alone it opens nothing.
- H2 The changed keyring is computed from the one on the disk, which nobody else changes meanwhile.
- H3 The journal entry is written, the keyring replaced by one rename, then the entry committed. A replacement that
  fails leaves neither; a crash between the last two leaves a change that `dms keys list` shows and the journal lacks,
  never an entry about a change that did not happen.
"""

from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from datetime import date
from pathlib import Path

from dms.archive import Archive
from dms.custody.keyholding_errors import (
    KeyFileInsideArchive,
    KeyFileNotMade,
    KeyringNotChanged,
    PassphraseInUse,
    PassphraseTooWeak,
    PassphraseUntidy,
    SlotLabelInvalid,
    SlotNeeded,
    SlotNotFound,
    SlotUnclear,
    TokenInUse,
    TokenNotAtWork,
    TokenPinWrong,
    TooManyWaysIn,
)
from dms.domain.actor import Actor, Permission
from dms.domain.clock import local_day
from dms.domain.one_line import one_line
from vault import (
    Argon2Cost,
    Disk,
    KeyFile,
    Keyring,
    KeyService,
    Passphrase,
    Pkcs11KeyService,
    RecoveryKey,
    SlotKind,
    SlotSummary,
    TokenAddress,
    UnlockSecret,
    VaultError,
    calibrated_cost,
    errors,
)

MIN_PASSPHRASE_CHARACTERS = 8
HELD_BY_PEOPLE = frozenset({SlotKind.PASSPHRASE, SlotKind.RECOVERY})


def list_slots(actor: Actor, *, archive: Archive) -> tuple[SlotSummary, ...]:
    """What may be shown of every slot of the keyring, in the order in which they were made."""
    actor.require(Permission.OPERATE)
    return archive.keyring.slots()


def add_passphrase(
    actor: Actor, untrusted_text: str, *, archive: Archive, label: str = "", cost: Argon2Cost | None = None
) -> SlotSummary:
    """The slot of one more passphrase, as dear to guess as this machine bears unless a cost is given.

    Raises `PassphraseTooWeak`, `PassphraseInUse`, `TooManyWaysIn`, `SlotLabelInvalid`, `KeyringNotChanged`.
    """
    actor.require(Permission.OPERATE)
    passphrase = checked_passphrase(untrusted_text)
    cost = cost or calibrated_cost()

    def change(keyring: Keyring) -> Keyring:
        _require_new(passphrase, keyring)
        return keyring.with_slot(passphrase, label=one_line(label), cost=cost, created_on=_today(archive))

    return _changed(actor, change, archive=archive)


def change_passphrase(
    actor: Actor, untrusted_text: str, *, archive: Archive, slot_id: str = "", cost: Argon2Cost | None = None
) -> SlotSummary:
    """The slot that takes the place of a passphrase: the one named, or the only one there is, whose label it keeps.

    Raises `PassphraseTooWeak`, `PassphraseInUse`, `SlotNotFound`, `SlotUnclear`, `KeyringNotChanged`.
    """
    actor.require(Permission.OPERATE)
    passphrase = checked_passphrase(untrusted_text)
    cost = cost or calibrated_cost()

    def change(keyring: Keyring) -> Keyring:
        old = _passphrase_slot(keyring, slot_id)
        _require_new(passphrase, keyring)
        return _exchanged(
            keyring,
            (old,),
            lambda base: base.with_slot(passphrase, label=old.label, cost=cost, created_on=_today(archive)),
        )

    return _changed(actor, change, archive=archive)


def new_recovery_key(actor: Actor, *, archive: Archive) -> str:
    """A new recovery key as text, to be shown once and kept on paper; older ones open the archive no more.

    Raises `TooManyWaysIn`, `KeyringNotChanged`.
    """
    actor.require(Permission.OPERATE)
    recovery_key = RecoveryKey.random()

    def change(keyring: Keyring) -> Keyring:
        old = tuple(slot for slot in keyring.slots() if slot.kind is SlotKind.RECOVERY)
        return _exchanged(keyring, old, lambda base: base.with_slot(recovery_key, created_on=_today(archive)))

    _changed(actor, change, archive=archive)
    return recovery_key.printable()


def add_key_file(actor: Actor, place: Path, *, archive: Archive, label: str = "") -> SlotSummary:
    """The slot of a new key file at this place, mode 0600, for starting without a person.

    Raises `KeyFileInsideArchive`, `KeyFileNotMade`, `TooManyWaysIn`, `SlotLabelInvalid`, `KeyringNotChanged`.
    """
    actor.require(Permission.OPERATE)
    if place.resolve().is_relative_to(archive.home.resolve()):
        raise KeyFileInsideArchive(place)
    try:
        key_file = KeyFile.create(place)  # H1
    except VaultError as error:
        raise KeyFileNotMade(place, error.code) from error
    try:
        return _changed(
            actor,
            lambda keyring: keyring.with_slot(key_file, label=one_line(label), created_on=_today(archive)),
            archive=archive,
        )
    except BaseException:
        # Where it opens nothing, it would only keep the next attempt from this place.
        with suppress(VaultError, FileNotFoundError):
            if not _opens(key_file, archive.keyring):
                Disk().remove(place)
        raise


def add_key_service(actor: Actor, service: KeyService, *, archive: Archive, label: str = "") -> SlotSummary:
    """The slot of a hardware or cloud key service, which has its key already.

    Raises `TokenInUse`, `TokenNotAtWork`, `TokenPinWrong`, `TooManyWaysIn`, `SlotLabelInvalid`, `KeyringNotChanged`.
    """
    actor.require(Permission.OPERATE)

    def change(keyring: Keyring) -> Keyring:
        named = (service.provider, service.key_name)
        if named in {(slot.provider, slot.key_name) for slot in keyring.slots()}:
            raise TokenInUse(service.key_name)
        return keyring.with_slot(service, label=one_line(label), created_on=_today(archive))

    return _changed(actor, change, archive=archive)


def add_token(actor: Actor, address: TokenAddress, pin: str, *, archive: Archive, label: str = "") -> SlotSummary:
    """The slot of a PKCS#11 token, whose key is made on the token where it has none of this name.

    Raises what `add_key_service` raises.
    """
    actor.require(Permission.OPERATE)
    service = Pkcs11KeyService.at(address, pin=pin)
    with _vault_refusals():
        if not service.has_key():
            service.make_key()  # H1
    return add_key_service(actor, service, archive=archive, label=label)


def remove_slot(actor: Actor, slot_id: str, *, archive: Archive) -> SlotSummary:
    """The slot that was removed; raises `SlotNotFound`, `SlotNeeded`, `KeyringNotChanged`."""
    actor.require(Permission.OPERATE)

    def change(keyring: Keyring) -> Keyring:
        slot = slot_with_id(keyring.slots(), slot_id)
        rest = {other.kind for other in keyring.slots() if other.slot_id != slot.slot_id}
        if not rest & HELD_BY_PEOPLE:
            raise SlotNeeded
        return keyring.without_slot(slot.slot_id)

    return _changed(actor, change, archive=archive)


def slot_with_id(slots: tuple[SlotSummary, ...], slot_id: str) -> SlotSummary:
    """The slot with this id, upper and lower case alike; raises `SlotNotFound`."""
    found = next((slot for slot in slots if slot.slot_id == slot_id.strip().lower()), None)
    if found is None:
        raise SlotNotFound(slot_id)
    return found


def _changed(actor: Actor, change: Callable[[Keyring], Keyring], *, archive: Archive) -> SlotSummary:
    """Carry out H2 and H3; the slot that was added, else the one that was removed."""
    with _vault_refusals(), archive.keys.changing() as keyring:
        changed = change(keyring)
        added = [slot for slot in changed.slots() if slot not in keyring.slots()]
        removed = [slot for slot in keyring.slots() if slot not in changed.slots()]
        with archive.begin() as work:
            for slot in added:
                archive.record(work, actor, "slot_added", slot.slot_id, kind=slot.kind.value, label=slot.label)
            for slot in removed:
                archive.record(work, actor, "slot_removed", slot.slot_id, kind=slot.kind.value, label=slot.label)
            archive.keys.replace(changed)
    return (added or removed)[0]


def _exchanged(keyring: Keyring, old: tuple[SlotSummary, ...], with_new: Callable[[Keyring], Keyring]) -> Keyring:
    """One document without the old slots and with the new one, even where all places are taken or only one is."""
    alone = len(old) == len(keyring.slots())
    base = with_new(keyring) if alone else keyring
    for slot in old:
        base = base.without_slot(slot.slot_id)
    return base if alone else with_new(base)


def checked_passphrase(untrusted_text: str) -> Passphrase:
    """The text as a passphrase that may open an archive from now on; `PassphraseUntidy`, `PassphraseTooWeak`."""
    if untrusted_text != untrusted_text.strip() or len(untrusted_text.splitlines()) > 1:
        raise PassphraseUntidy
    if len(untrusted_text) < MIN_PASSPHRASE_CHARACTERS or len(set(untrusted_text)) == 1:
        raise PassphraseTooWeak(MIN_PASSPHRASE_CHARACTERS)
    try:
        return Passphrase(untrusted_text)
    except errors.PassphraseUnusable as error:
        raise PassphraseTooWeak(MIN_PASSPHRASE_CHARACTERS) from error


def _require_new(passphrase: Passphrase, keyring: Keyring) -> None:
    if _opens(passphrase, keyring):
        raise PassphraseInUse


def _opens(secret: UnlockSecret, keyring: Keyring) -> bool:
    try:
        Keyring.unlock(keyring.document(), secret)
    except errors.UnlockRefused:
        return False
    return True


def _passphrase_slot(keyring: Keyring, slot_id: str) -> SlotSummary:
    passphrases = tuple(slot for slot in keyring.slots() if slot.kind is SlotKind.PASSPHRASE)
    if slot_id:
        return slot_with_id(passphrases, slot_id)
    if len(passphrases) != 1:
        raise SlotUnclear(len(passphrases))
    return passphrases[0]


def _today(archive: Archive) -> date:
    return local_day(archive.now())


@contextmanager
def _vault_refusals() -> Iterator[None]:
    """What the vault refuses, in the words of whoever runs the archive."""
    try:
        yield
    except errors.TooManySlots as error:
        raise TooManyWaysIn from error
    except errors.SlotLabelUnusable as error:
        raise SlotLabelInvalid from error
    except errors.KeyServiceUnavailable as error:
        raise TokenNotAtWork(error.reason) from error
    except errors.KeyServicePinRefused as error:
        raise TokenPinWrong from error
    except VaultError as error:
        raise KeyringNotChanged(error.code) from error
