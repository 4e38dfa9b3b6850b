"""仅存储 (PIPL art. 47): a paper is kept and used for nothing else until somebody lifts that, each for a reason."""

from dataclasses import dataclass

from dms.archive import Archive, item_for
from dms.custody.protecting.errors import ProtectorNotPerson, RestrictionReasonMissing, RestrictionUnchanged
from dms.domain.actor import Actor, Permission
from dms.domain.item import Item
from dms.domain.one_line import one_line
from dms.domain.subject_request import Restriction

MAX_REASON_CHARACTERS = 200


@dataclass(frozen=True, slots=True, kw_only=True)
class RestrictedPaper:
    """A paper in store only, and why."""

    item: Item
    restriction: Restriction


def restrict_item(
    actor: Actor, item_id: str, reason: str, *, archive: Archive, request_id: int | None = None
) -> Restriction:
    """The paper is in store only from now on; raises `ItemNotFound`, `RestrictionUnchanged` or another."""
    return _state(actor, item_id, reason, restricted=True, request_id=request_id, archive=archive)


def lift_restriction(actor: Actor, item_id: str, reason: str, *, archive: Archive) -> Restriction:
    """The paper may be used again; raises as `restrict_item` does."""
    return _state(actor, item_id, reason, restricted=False, request_id=None, archive=archive)


def restrictions_of(actor: Actor, item_id: str, *, archive: Archive) -> tuple[Restriction, ...]:
    """What was ever said of a paper, the latest first; raises `ItemNotFound`."""
    actor.require(Permission.MANAGE_PERSONAL_DATA)
    with archive.looking() as view:
        return tuple(view.restrictions.of_item(item_for(actor, item_id, work=view).key))


def restricted_papers(actor: Actor, *, archive: Archive) -> tuple[RestrictedPaper, ...]:
    """The papers in store only that the actor may know of, in the order of their arrival."""
    actor.require(Permission.MANAGE_PERSONAL_DATA)
    with archive.looking() as view:
        lines = {each.item_key: each for each in view.restrictions.in_force()}
        items = view.items.with_keys(list(lines), actor=actor)
    return tuple(RestrictedPaper(item=item, restriction=lines[item.key]) for item in items)


def _state(
    actor: Actor, item_id: str, reason: str, *, restricted: bool, request_id: int | None, archive: Archive
) -> Restriction:
    actor.require(Permission.MANAGE_PERSONAL_DATA)
    if actor.user_id is None:
        raise ProtectorNotPerson
    told = one_line(reason)[:MAX_REASON_CHARACTERS]
    if not told:
        raise RestrictionReasonMissing
    with archive.begin() as work:
        item = item_for(actor, item_id, work=work)
        if item.storage_only is restricted:
            raise RestrictionUnchanged
        line = Restriction(
            item_key=item.key,
            restricted=restricted,
            reason=told,
            request_id=request_id,
            by=actor.name,
            at=archive.now(),
        )
        work.restrictions.add(line)
        work.items.keep_only(item.key, storage_only=restricted)
        archive.record(work, actor, "item_restricted" if restricted else "item_unrestricted", item.id, reason=told)
    return line
