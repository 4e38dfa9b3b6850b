"""An approved destruction leaves a stub and a proof, and nothing of the content; no crash brings any of it back."""

from dataclasses import replace

import pytest
from simulators.archives import PASSPHRASE, founded_archive, sealed_objects
from simulators.desk import LIMITS
from simulators.destroyed import destroy_papers
from simulators.readers import PlainReader
from sqlalchemy.exc import IntegrityError

from dms.archive import Archive, ObjectDamaged
from dms.bootstrap import open_archive
from dms.custody import remove_condemned, replay_destructions
from dms.domain.actor import OPERATOR
from dms.domain.item import Item, ItemState, RenditionRole
from dms.filing import correct_page
from dms.ingest import Claim, Describer, ReadingRoom, Upload, receive, work_until_idle
from dms.search import SearchRequest, check_index, search
from vault import LocalStorage, Vault
from vault.errors import StorageFailed


def read_papers(archive: Archive, *texts: str) -> list[Item]:
    items = [
        receive(
            OPERATOR,
            Upload(original_filename=f"{number}.txt", uploaded_bytes=text.encode(), claim=Claim()),
            archive=archive,
            limits=LIMITS,
        ).item
        for number, text in enumerate(texts)
    ]
    work_until_idle(ReadingRoom(archive=archive, pool=PlainReader(), describer=Describer(archive)))
    with archive.looking() as view:
        return [view.items.get(item.key) for item in items]


def found(archive: Archive, words: str) -> int:
    return search(OPERATOR, SearchRequest(query=words), archive=archive).total


def test_what_is_destroyed_is_gone_and_its_stub_remains(archive):
    kept, doomed = read_papers(archive, "保留的采购合同", "到期的送货单据")
    with archive.looking() as view:
        original = view.contents.rendition(doomed.key, RenditionRole.ORIGINAL)
    correct_page(OPERATOR, doomed.id, 1, "到期的送货单据 更正", archive=archive)
    objects_before = len(sealed_objects(archive))
    (proof,) = destroy_papers(archive, [doomed.id])
    assert proof.original_digest == original.digest
    with archive.looking() as view:
        stub = view.items.get(doomed.key)
        assert stub.state is ItemState.DESTROYED
        assert stub.wrapped_key == b""
        assert view.contents.pages(doomed.key) == []
        assert view.contents.correction_history(doomed.key) == []
        assert view.contents.proposals(doomed.key) == {}
        assert view.destructions.all() == [proof]
        assert view.destructions.condemned() == []
    assert found(archive, "送货单据") == 0
    assert found(archive, "采购合同") == 1
    assert check_index(archive).sound
    assert len(sealed_objects(archive)) < objects_before
    with pytest.raises(ObjectDamaged):
        archive.unseal(doomed, original)
    with archive.looking() as view:
        assert archive.unseal(kept, view.contents.rendition(kept.key, RenditionRole.ORIGINAL))


def test_the_same_bytes_may_come_again_after_the_destruction_and_are_a_new_item(archive):
    (doomed,) = read_papers(archive, "同一份资料")
    destroy_papers(archive, [doomed.id])
    (again,) = read_papers(archive, "同一份资料")
    assert again.id != doomed.id
    assert again.state is ItemState.REVIEW
    assert found(archive, "同一份资料") == 1
    upload = Upload(original_filename="x.txt", uploaded_bytes="同一份资料".encode(), claim=Claim())
    assert receive(OPERATOR, upload, archive=archive, limits=LIMITS).item.id == again.id


def test_what_is_destroyed_already_is_passed_over(archive):
    (item,) = read_papers(archive, "合同")
    destroy_papers(archive, [item.id])
    assert destroy_papers(archive, [item.id]) == ()


def test_a_destroyed_item_never_comes_back_to_life(archive):
    (item,) = read_papers(archive, "合同")
    destroy_papers(archive, [item.id])
    with pytest.raises(IntegrityError, match="destroyed_items_stay_destroyed"), archive.begin() as work:
        work.items.rewrap(item.key, item.wrapped_key)
    with pytest.raises(IntegrityError, match="destructions_are_never_forgotten"), archive.begin() as work:
        work.connection.exec_driver_sql("DELETE FROM destruction")


def test_nothing_is_ever_added_to_a_destroyed_item(archive):
    (item,) = read_papers(archive, "合同")
    with archive.looking() as view:
        (page,) = view.contents.pages(item.key)
        original = view.contents.rendition(item.key, RenditionRole.ORIGINAL)
    destroy_papers(archive, [item.id])
    with pytest.raises(IntegrityError, match="no_page_of_a_destroyed_item"), archive.begin() as work:
        work.contents.add_page(item.key, page)
    with pytest.raises(IntegrityError, match="no_rendition_of_a_destroyed_item"), archive.begin() as work:
        work.contents.add_rendition(item.key, original)


def test_objects_that_a_crash_left_are_removed_at_the_next_opening(archive):
    (item,) = read_papers(archive, "合同")
    failing = replace(archive, vault=Vault(archive.keyring, Unremovable(archive.home / "vault")))
    destroy_papers(failing, [item.id])
    with archive.looking() as view:
        left = len(view.destructions.condemned())
    assert left > 0
    archive.close()
    reopened = open_archive(archive.home, PASSPHRASE)
    assert reopened.recovery.objects_removed == left
    assert sealed_objects(reopened) == []
    assert remove_condemned(reopened) == 0
    reopened.close()


def test_what_an_older_copy_brought_back_is_destroyed_again(archive, tmp_path):
    _, doomed = read_papers(archive, "保留的采购合同", "到期的送货单据")
    proofs = destroy_papers(archive, [doomed.id])
    restored = founded_archive(tmp_path / "restored")
    items = read_papers(restored, "保留的采购合同", "到期的送货单据")
    again = [replace(proof, item_id=items[1].id) for proof in proofs]
    assert replay_destructions(OPERATOR, again, archive=restored) == 1
    assert replay_destructions(OPERATOR, again, archive=restored) == 0
    assert found(restored, "送货单据") == 0
    assert found(restored, "采购合同") == 1
    restored.close()


class Unremovable(LocalStorage):
    """A medium from which nothing can be removed at the moment."""

    def remove(self, object_id):
        raise StorageFailed("read-only")
