"""Destroying an item, so that nothing of its content is left in any copy.

What always holds:
- D1 Nothing is destroyed but by a list that was signed, approved and watched (`dms.custody.appraising`), or again,
  by the proof of such a destruction; nobody else calls `destroy_item`.
- D2 Rows go first: key, page texts and their corrections, proposals, index, printed copies and the list of objects go
  in one transaction, in which the stub, the proof and the journal entry are written. From its commit on nobody can read
  the item, crash or not.
- D3 Then the lists of the index in which the item's characters still stand are made anew, and the objects are removed
  from the vault; what a crash leaves of both is removed at the next opening.
- D4 Then the keys are rotated and, when every backup place has something newer, retired (`dms.custody.rotating`): from
  then on no older backup gives the item back either.
- D5 What was destroyed stays destroyed: after a restore of an older backup it is destroyed again.
"""

from collections.abc import Iterable
from contextlib import suppress

from dms.archive import Archive, cleanse_index
from dms.custody.appraised_volumes import volumes_after_destruction
from dms.domain.actor import SYSTEM, Actor, Permission
from dms.domain.destruction import Destroyed
from dms.domain.item import Item, ItemState, RenditionRole
from dms.errors import DmsError
from dms.store import UnitOfWork
from vault import VaultError
from vault.errors import ObjectNotFound


def destroy_item(actor: Actor, item: Item, authority: str, *, archive: Archive, work: UnitOfWork) -> Destroyed:
    """What remains of an item that is destroyed in this transaction, under the list of this number.

    Whoever calls it has proved that the list may be carried out (D1), and removes the objects afterwards with
    `remove_condemned` (D3).
    """
    original = work.contents.rendition(item.key, RenditionRole.ORIGINAL)
    proof = Destroyed(
        item_id=item.id,
        destroyed_at=archive.now(),
        destroyed_by=actor.name,
        authority=authority,
        original_digest=original.digest if original else "",
        size_bytes=item.size_bytes,
        pages=item.pages_read,
    )
    _strip(item, archive=archive, work=work)
    work.destructions.add(proof)
    archive.record(work, actor, "item_destroyed", item.id, authority=authority, sha256=proof.original_digest)
    return proof


def replay_destructions(actor: Actor, destroyed: Iterable[Destroyed], *, archive: Archive) -> int:
    """Destroy again what a restored older copy brought back (D5); how many items that were."""
    actor.require(Permission.OPERATE)
    again: dict[str, list[int]] = {}
    with archive.begin() as work:
        for proof in destroyed:
            item = work.items.with_id(proof.item_id, actor=SYSTEM)
            if item is not None and item.state is not ItemState.DESTROYED:
                _strip(item, archive=archive, work=work)
                work.destructions.add(proof)
                archive.record(work, actor, "destruction_replayed", item.id, authority=proof.authority)
                again.setdefault(proof.authority, []).append(item.key)
        for number, keys in again.items():
            volumes_after_destruction(keys, number, by=actor.name, at=archive.now(), work=work)
    remove_condemned(archive)
    return sum(map(len, again.values()))


def remove_condemned(archive: Archive) -> int:
    """Remove the objects of destroyed items (D3) and what the index still holds of them; how many objects there were.

    What cannot be removed now stays listed.
    """
    with suppress(DmsError):
        cleanse_index(archive)
    with archive.looking() as view:
        condemned = view.destructions.condemned()
    removed = 0
    for object_id in condemned:
        with suppress(VaultError, DmsError):  # the destruction itself is committed; nobody may be told that it is not
            removed += _remove_object(object_id, archive)
    return removed


def _strip(item: Item, *, archive: Archive, work: UnitOfWork) -> None:
    work.destructions.condemn(work.contents.strip(item.key), at=archive.now())
    # Any printed volume or list may bear the paper: all of them go, what was asked for and not done yet begins anew.
    work.destructions.condemn(work.print_jobs.begin_again(), at=archive.now())
    work.tasks.settle_all(item.key)
    work.fulltext.drop(item.key)
    work.items.destroy(item.key)
    work.contents.forget_corrections(item.key)  # the catalogue lets them go when the item is destroyed, not before


def _remove_object(object_id: str, archive: Archive) -> bool:
    try:
        archive.vault.remove(object_id)
    except ObjectNotFound:
        found = False
    else:
        found = True
    with archive.begin() as work:
        work.destructions.removed(object_id)
    return found
