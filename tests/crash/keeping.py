"""The steps of keeping an archive, and what they promise: destruction, new keys, copies."""

import shutil

from simulators.archives import PASSPHRASE, ObedientClock, sealed_objects
from simulators.committee import LONG_AGO, Committee, found_committee
from simulators.scanner import statement

from crash.papers import named
from crash.steps import copies_of
from dms.archive import Archive, ItemNotFound
from dms.bootstrap import RestoreOrder, restore_archive, unlocked_at
from dms.custody import key_state, retire_keys, rotate_keys
from dms.custody.appraising import carry_out_list
from dms.domain.actor import OPERATOR
from dms.domain.backup import PlaceKind
from dms.domain.destruction_line import Outcome
from dms.domain.destruction_list import DestructionList, shortcomings
from dms.domain.item import ItemState, RenditionRole
from dms.filing import confirm
from dms.preservation import NewPlace, add_place, back_up, place_at
from dms.search import SearchRequest, search
from dms.store import Store
from vault import Passphrase


def lay_list(archive: Archive, names: tuple[str, ...]) -> str:
    """The number of a destruction list of these papers that was begun, and of which nothing is destroyed yet."""
    committee = found_committee(archive)
    for name in names:
        stated = statement(contract_no="", type_code="negotiation_record", title=name, doc_on=LONG_AGO)
        confirm(OPERATOR, named(archive, name).id, stated, archive=archive)
    committee.recompute()
    list_id = committee.begun(*(named(archive, name) for name in names))
    with archive.looking() as view:
        return view.destruction_lists.get(list_id).number


def is_laid(archive: Archive, number: str) -> None:
    """The list is there with all its signatures, and every line of it tells the truth."""
    with archive.looking() as view:
        listed = view.destruction_lists.get(view.destruction_lists.id_of(number) or 0)
        lines = view.destruction_lists.lines(listed.id)
        told = {line.item_key: line.outcome is Outcome.DESTROYED for line in lines}
        gone = {key: view.items.get(key).state is ItemState.DESTROYED for key in told}
    assert shortcomings(listed) == (), "a signature is gone"
    assert told == gone, "a line of the list does not tell what became of its paper"


def destroy_next(archive: Archive, name: str) -> str:
    """The id of the paper, of which nothing but the stub is left; the next line of the list is that of this paper."""
    item = named(archive, name)
    if item.state is not ItemState.DESTROYED:
        (listed,) = _running(archive)
        with archive.looking() as view:
            (line,) = view.destruction_lists.pending(listed.id, limit=1)
        if line.item_key != item.key:
            raise ItemNotFound(name)  # the paper before it was refused, and is the next one still
        carry_out_list(Committee(archive=archive).keeper, listed.id, archive=archive, most_lines=1)
    return item.id


def _running(archive: Archive) -> list[DestructionList]:
    with archive.looking() as view:
        return view.destruction_lists.running()


def is_destroyed(archive: Archive, item_id: str, phrase: str) -> None:
    """Key, pages, objects and words of the item are gone; the stub and its proof are there."""
    with archive.looking() as view:
        item = view.items.with_id(item_id, actor=OPERATOR)
        assert item is not None, f"the stub of {item_id} is gone"
        original = view.contents.rendition(item.key, RenditionRole.ORIGINAL)
        proofs = [proof.item_id for proof in view.destructions.all()]
        condemned, wanted = view.destructions.condemned(), view.contents.object_ids()
    left = (item.state, item.wrapped_key, item.pages_read, original)
    assert left == (ItemState.DESTROYED, b"", 0, None), f"of {item_id} is left: {left}"
    assert item_id in proofs, f"the proof of {item_id} is gone"
    assert not condemned, "objects of a destroyed item wait to be removed"
    assert {path.name for path in sealed_objects(archive)} == wanted, "the vault holds what the catalogue does not know"
    assert not search(OPERATOR, SearchRequest(query=f'"{phrase}"'), archive=archive).hits, "destroyed words are found"


def rotate(archive: Archive) -> str:
    """The number of the newest epoch."""
    rotate_keys(OPERATOR, archive=archive)
    return str(min(key_state(OPERATOR, archive=archive).newest.values()))


def rotate_beside_another(archive: Archive) -> str:
    """The number of the newest epoch; meanwhile another program has the catalogue open and sleeps."""
    other = Store.open(archive.home / "catalogue.db", lambda: archive.keyring.catalogue_keys())
    try:
        with other.looking() as view:
            view.journal.count()
        return rotate(archive)
    finally:
        other.close()


def is_rotated(archive: Archive, epoch: str) -> None:
    """Every item key is wrapped under this epoch or a newer one."""
    state = key_state(OPERATOR, archive=archive)
    assert state.waiting == 0, f"{state.waiting} item keys are wrapped under an older epoch"
    assert min(state.newest.values()) >= int(epoch), f"the newest epochs are {dict(state.newest)}"


def leave_unfinished(archive: Archive) -> str:
    """The newest epoch of a rotation that is cut off after its first step; an object also waits to be removed."""
    receipt = archive.vault.seal(b"condemned", key=archive.vault.new_item_key(), owner=b"nobody")
    with archive.begin() as work:
        work.destructions.condemn([receipt.object_id], at=archive.now())
    with archive.keys.changing() as keyring:
        archive.keys.replace(keyring.with_new_epochs().with_new_catalogue_key())
    return str(min(key_state(OPERATOR, archive=archive).newest.values()))


def is_set_right(archive: Archive, epoch: str) -> None:
    """The rotation went on to its end, and what waited to be removed is gone."""
    is_rotated(archive, epoch)
    with archive.looking() as view:
        assert not view.destructions.condemned(), "an object still waits to be removed"
    assert not archive.store.rekey(), "the catalogue is still under its old key"


def retire(archive: Archive) -> str:
    """Nothing: the older epochs are gone."""
    retire_keys(OPERATOR, archive=archive, despite_places=True)
    return ""


def is_retired(archive: Archive, told: str) -> None:
    """The keyring holds the newest epochs alone."""
    state = key_state(OPERATOR, archive=archive)
    assert not state.older_held, f"the keyring still holds {dict(state.epochs)}"


def copy(archive: Archive) -> str:
    """The number of the last journal entry in the copy."""
    place = add_place(OPERATOR, NewPlace(address=str(copies_of(archive))), archive=archive)
    return str(back_up(OPERATOR, place.id or 0, archive=archive).journal_seq)


def is_copied(archive: Archive, journal_seq: str) -> None:
    """The newest copy that opens is this one or a later one, and an archive comes back from it, whole."""
    place = place_at(PlaceKind.FOLDER, str(copies_of(archive)), {})
    home = archive.home.with_name("restored")
    keyring = unlocked_at(place, Passphrase(PASSPHRASE))
    restored = restore_archive(RestoreOrder(place=place, home=home), keyring, clock=ObedientClock())
    shutil.rmtree(home)
    assert restored.journal_seq >= int(journal_seq), f"what comes back ends at journal entry {restored.journal_seq}"
