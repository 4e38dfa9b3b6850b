"""What a use case is given: bytes that open for their own item, role and page only, and a journal for its acts."""

from dataclasses import replace

import pytest
from simulators.archives import sealed_objects
from simulators.scanner import hand_in, scan

from dms.archive import Content, NotSealed, ObjectDamaged
from dms.domain.actor import OPERATOR
from dms.domain.item import RenditionRole
from dms.errors import Kind


def content_of(role=RenditionRole.LAYOUT, page=1, plaintext=b"characters"):
    return Content(role=role, page=page, plaintext=plaintext, media_type="application/json", recipe="by hand")


def test_what_is_sealed_opens_again_exactly(archive):
    item = hand_in(archive, "采购合同")
    rendition = archive.seal(item.id, archive.item_key(item), content_of())
    assert archive.unseal(item, rendition) == b"characters"
    assert (rendition.size_bytes, rendition.recipe, rendition.created_at) == (10, "by hand", archive.now())


def test_an_object_served_as_another_page_or_role_does_not_open(archive):
    item = hand_in(archive, "采购合同")
    rendition = archive.seal(item.id, archive.item_key(item), content_of())
    for other in (replace(rendition, page=2), replace(rendition, role=RenditionRole.THUMBNAIL)):
        with pytest.raises(ObjectDamaged):
            archive.unseal(item, other)


def test_a_missing_object_is_damage_that_names_the_paper(archive):
    item = scan(archive, "采购合同")
    with archive.looking() as view:
        original = view.contents.rendition(item.key, RenditionRole.ORIGINAL)
    for path in sealed_objects(archive):
        path.unlink()
    with pytest.raises(ObjectDamaged) as caught:
        archive.unseal(item, original)
    assert caught.value.kind is Kind.DAMAGE
    assert item.id in caught.value.message.zh
    assert item.id in caught.value.message.en


def test_an_object_that_no_transaction_knows_can_be_taken_back_and_twice_does_no_harm(archive):
    item = hand_in(archive, "采购合同")
    before = sealed_objects(archive)
    rendition = archive.seal(item.id, archive.item_key(item), content_of())
    archive.discard(rendition)
    archive.discard(rendition)
    assert sealed_objects(archive) == before


def test_a_key_that_is_none_seals_nothing(archive):
    with pytest.raises(NotSealed):
        archive.seal("0" * 20, b"short", content_of())


def test_an_act_is_journaled_in_its_own_transaction(archive):
    with archive.begin() as work:
        archive.record(work, OPERATOR, "looked_around", "archive", times=3)
    with archive.looking() as view:
        (entry,) = view.journal.entries(subject="archive")
    assert (entry.actor, entry.origin, entry.action, entry.details) == (
        "operator",
        "command line",
        "looked_around",
        {"times": 3},
    )
    assert entry.at == archive.now()
