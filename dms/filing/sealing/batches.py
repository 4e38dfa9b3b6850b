"""The same step for many volumes, each in its own transaction: one that is refused keeps none of the others back."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from dms.archive import Archive
from dms.domain.actor import Actor, Permission
from dms.errors import DmsError
from dms.filing.sealing.binding_up import seal_volume
from dms.filing.sealing.checking import hand_to_check


@dataclass(frozen=True, slots=True, kw_only=True)
class BatchOutcome:
    """What became of many volumes, by their ids."""

    done: tuple[int, ...]
    refused: dict[int, DmsError]


def hand_all_to_check(actor: Actor, volume_ids: Sequence[int], *, archive: Archive) -> BatchOutcome:
    """Hand many catalogued volumes over to be checked, see `hand_to_check`."""
    actor.require(Permission.MANAGE_CUSTOMERS)
    return _each(volume_ids, lambda volume_id: hand_to_check(actor, volume_id, archive=archive))


def seal_all(actor: Actor, volume_ids: Sequence[int], *, archive: Archive) -> BatchOutcome:
    """Seal many checked volumes, see `seal_volume`."""
    actor.require(Permission.MANAGE_CUSTOMERS)
    return _each(volume_ids, lambda volume_id: seal_volume(actor, volume_id, archive=archive))


def _each(volume_ids: Sequence[int], act: Callable[[int], object]) -> BatchOutcome:
    done: list[int] = []
    refused: dict[int, DmsError] = {}
    for volume_id in dict.fromkeys(volume_ids):
        try:
            act(volume_id)
        except DmsError as refusal:
            refused[volume_id] = refusal
        else:
            done.append(volume_id)
    return BatchOutcome(done=tuple(done), refused=refused)
