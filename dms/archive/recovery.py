"""What was set right when an archive was opened after a crash."""

from dataclasses import astuple, dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class Recovery:
    """How much of each kind of unfinished work was found and finished, or thrown away where nobody relied on it."""

    leftovers_removed: int = 0
    """Half-written objects that were never acknowledged."""
    objects_removed: int = 0
    """Objects of destroyed items whose removal had been cut off."""
    keys_rewrapped: int = 0
    """Item keys that a rotation had not come to yet."""
    catalogue_rekeyed: int = 0
    """1 where the catalogue was still under its old key."""

    @property
    def is_empty(self) -> bool:
        """Whether there was nothing to set right."""
        return not any(astuple(self))


NOTHING_TO_RECOVER = Recovery()
