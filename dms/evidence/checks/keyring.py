"""Whether the keyring on the disk is whole, is the one in use, and holds every key that the items need."""

from dms.domain.actor import LOWEST_GRADE
from dms.evidence.findings import FindingCode
from dms.evidence.walk import Stage, Walk
from dms.store import WrappingEpochInUse
from vault import VaultError, read_keyring
from vault.errors import KeyringDamaged, KeyringMissing

KEYRING = "keyring.json"
GRADES = range(1, LOWEST_GRADE + 1)


def check_keyring(walk: Walk) -> None:
    """The document is there, whole and authentic under the root at hand, and opens every epoch in use."""
    walk.tell(Stage.KEYRING, 0, 1)
    _check_document(walk)
    _check_epochs(walk)
    walk.tell(Stage.KEYRING, 1, 1)


def _check_document(walk: Walk) -> None:
    try:
        walk.archive.keyring.renewed(read_keyring(walk.archive.home / KEYRING))
    except KeyringMissing:
        walk.found(FindingCode.KEYRING_MISSING, KEYRING)
    except KeyringDamaged as error:
        walk.found(FindingCode.KEYRING_DAMAGED, KEYRING, reason=error.code)
    except VaultError as error:
        walk.found(FindingCode.KEYRING_EXCHANGED, KEYRING, reason=error.code)


def _check_epochs(walk: Walk) -> None:
    lacking = _lacking_epochs(walk)
    # A rotation that was under way at the first look has rewrapped everything, and retired the old epoch, by now.
    confirmed = _lacking_epochs(walk) if lacking else []
    for used in confirmed:
        subject = f"grade-{used.grade}-epoch-{used.epoch}"
        walk.found(FindingCode.WRAPPING_KEY_MISSING, subject, grade=used.grade, epoch=used.epoch, items=used.items)


def _lacking_epochs(walk: Walk) -> list[WrappingEpochInUse]:
    with walk.archive.looking() as view:
        in_use = view.survey.epochs_in_use()
    keyring = walk.archive.keyring  # after the look: a rotation adds an epoch before anything is wrapped under it
    known = {(grade, epoch) for grade in GRADES for epoch in keyring.epochs(grade)}
    return [used for used in in_use if (used.grade, used.epoch) not in known]
