"""Whoever may know of a paper is given exactly what is kept of it, and the journal says so; nobody else is."""

import hashlib
from datetime import timedelta
from io import BytesIO

import pytest
from pypdf import PdfReader
from simulators.archives import sealed_objects
from simulators.destroyed import destroy_papers
from simulators.people import ADMINISTRATOR, AUDITOR, CLEARED_ARCHIVIST, CLERK, LAWYER
from simulators.readers import blank_jpeg
from simulators.scanner import add_customer, file_paper, hand_in, scan

from dms.archive import ItemNotFound, ObjectDamaged
from dms.custody import (
    ItemDestroyed,
    NotReadable,
    PageNotFound,
    item_facts,
    open_item,
    original,
    page_image,
    page_reading,
    page_thumbnail,
    searchable_copy,
)
from dms.domain.actor import ActionForbidden
from dms.domain.item import ItemState, Problem
from dms.domain.task import TaskKind
from dms.errors import Bilingual

EVERY_DOOR = {
    "open": lambda actor, item_id, archive: open_item(actor, item_id, archive=archive),
    "facts": lambda actor, item_id, archive: item_facts(actor, item_id, archive=archive),
    "image": lambda actor, item_id, archive: page_image(actor, item_id, 1, archive=archive),
    "thumbnail": lambda actor, item_id, archive: page_thumbnail(actor, item_id, 1, archive=archive),
    "reading": lambda actor, item_id, archive: page_reading(actor, item_id, 1, archive=archive),
    "original": lambda actor, item_id, archive: original(actor, item_id, archive=archive),
    "copy": lambda actor, item_id, archive: searchable_copy(actor, item_id, archive=archive),
}


def acts(archive, item, actor):
    with archive.looking() as view:
        return [entry.action for entry in view.journal.entries(subject=item.id) if entry.actor == actor.name]


@pytest.fixture
def paper(archive):
    add_customer(archive)
    return file_paper(archive, "采购合同\n第二行\f第二页")


def test_an_opened_paper_comes_with_everything_that_belongs_to_it(archive, paper):
    opened = open_item(LAWYER, paper.id, archive=archive)
    assert opened.item == paper
    assert [page.text for page in opened.pages] == ["采购合同\n第二行", "第二页"]
    assert (opened.customer.code, opened.contract.number, opened.volume.year) == ("C0001", "HT-2024-001", 2024)
    assert [entry.action for entry in opened.history] == ["item_opened", "item_filed", "item_read", "item_received"]
    assert opened.proposals


def test_a_paper_of_which_nothing_is_stated_yet_can_be_opened(archive):
    opened = open_item(LAWYER, hand_in(archive, "还没有读").id, archive=archive)
    assert (opened.customer, opened.contract, opened.volume, opened.pages) == (None, None, None, ())


def test_the_volume_of_an_opened_paper_counts_only_what_one_may_know_of(archive, paper):
    file_paper(archive, "绝密合同", grade=1)
    assert open_item(LAWYER, paper.id, archive=archive).volume.item_count == 1
    assert open_item(CLEARED_ARCHIVIST, paper.id, archive=archive).volume.item_count == 2


def test_the_original_comes_back_to_the_byte(archive, paper):
    taken = original(LAWYER, paper.id, archive=archive)
    assert taken.content == "采购合同\n第二行\f第二页".encode()
    assert taken.media_type == "image/png"
    assert acts(archive, paper, LAWYER) == ["original_taken"]
    with archive.looking() as view:
        received = next(view.journal.entries(subject=paper.id))
    assert hashlib.sha256(taken.content).hexdigest() == received.details["sha256"]


def test_the_original_can_be_taken_before_it_is_read_and_when_it_cannot_be_read(archive):
    for item in (hand_in(archive, "还没有读"), scan(archive, "!refuse")):
        assert original(LAWYER, item.id, archive=archive).content


def test_a_page_is_shown_as_it_was_sealed(archive, paper):
    assert page_image(LAWYER, paper.id, 2, archive=archive) == blank_jpeg(1000, 1400)
    assert page_thumbnail(LAWYER, paper.id, 2, archive=archive) == blank_jpeg(100, 140)
    assert page_reading(LAWYER, paper.id, 2, archive=archive).text == "第二页"


def test_turning_pages_is_one_visit(archive, paper, clock):
    for number in (1, 2, 1):
        page_image(LAWYER, paper.id, number, archive=archive)
        page_thumbnail(LAWYER, paper.id, number, archive=archive)
        page_reading(LAWYER, paper.id, number, archive=archive)
    assert acts(archive, paper, LAWYER) == ["item_opened"]
    clock.advance(timedelta(minutes=31))
    page_image(LAWYER, paper.id, 1, archive=archive)
    assert acts(archive, paper, LAWYER) == ["item_opened", "item_opened"]


def test_opening_a_paper_and_turning_its_pages_is_one_visit(archive, paper):
    open_item(LAWYER, paper.id, archive=archive)
    page_image(LAWYER, paper.id, 1, archive=archive)
    assert acts(archive, paper, LAWYER) == ["item_opened"]


def test_asking_how_far_reading_has_come_is_no_visit(archive, paper):
    assert item_facts(LAWYER, paper.id, archive=archive) == paper
    assert acts(archive, paper, LAWYER) == []


@pytest.mark.parametrize("number", [0, -1, 3, 10**30])
def test_a_page_that_does_not_exist_is_not_found_and_no_visit(archive, paper, number):
    with pytest.raises(PageNotFound) as caught:
        page_image(LAWYER, paper.id, number, archive=archive)
    assert caught.value.message.zh and caught.value.message.en
    assert acts(archive, paper, LAWYER) == []


def test_a_page_that_has_not_been_read_yet_is_not_found(archive):
    with pytest.raises(PageNotFound):
        page_image(LAWYER, hand_in(archive, "还没有读").id, 1, archive=archive)


def test_the_searchable_copy_holds_every_page_with_its_text(archive, paper):
    copy = searchable_copy(LAWYER, paper.id, archive=archive)
    texts = [page.extract_text() for page in PdfReader(BytesIO(copy.content)).pages]
    assert ["".join(text.split()) for text in texts] == ["采购合同第二行", "第二页"]
    assert copy.media_type == "application/pdf"
    assert acts(archive, paper, LAWYER) == ["searchable_copy_taken"]


def test_half_a_paper_is_never_given_out_as_if_it_were_whole(archive, clock):
    broken = hand_in(archive, "第一页\f!die")
    with archive.begin() as work:
        work.tasks.settle(TaskKind.READ_ITEM, broken.key)
        work.items.examined(broken.key, media_type="image/png", pages_total=2)
        work.items.break_off(broken.key, ItemState.FAILED, problem())
    unread = hand_in(archive, "还没有读")
    for item in (broken, unread):
        with pytest.raises(NotReadable) as caught:
            searchable_copy(LAWYER, item.id, archive=archive)
        assert caught.value.message.zh and caught.value.message.en
        assert acts(archive, item, LAWYER) == []


def problem():
    return Problem("reader_died", Bilingual("中断", "broke off"))


def test_damage_in_the_vault_is_named_and_nothing_is_released(archive, paper):
    for path in sealed_objects(archive):
        path.unlink()
    for door in ("image", "thumbnail", "reading", "original", "copy"):
        with pytest.raises(ObjectDamaged):
            EVERY_DOOR[door](LAWYER, paper.id, archive)


@pytest.mark.parametrize("door", ["image", "thumbnail", "reading", "original", "copy"])
def test_whoever_asks_for_a_destroyed_paper_is_told_that_it_was_destroyed(archive, paper, door):
    destroy_papers(archive, [paper.id], "销2026-001")
    with pytest.raises(ItemDestroyed):
        EVERY_DOOR[door](LAWYER, paper.id, archive)
    assert acts(archive, paper, LAWYER) == []
    assert open_item(LAWYER, paper.id, archive=archive).item.state is ItemState.DESTROYED


@pytest.mark.parametrize("door", EVERY_DOOR)
@pytest.mark.parametrize("actor", [CLERK, LAWYER], ids=lambda actor: actor.name)
def test_no_door_opens_to_a_paper_above_ones_clearance(archive, door, actor):
    add_customer(archive)
    secret = file_paper(archive, "绝密合同", grade=2)
    with pytest.raises(ItemNotFound):
        EVERY_DOOR[door](actor, secret.id, archive)
    assert acts(archive, secret, actor) == []
    assert EVERY_DOOR[door](CLEARED_ARCHIVIST, secret.id, archive)


@pytest.mark.parametrize("door", EVERY_DOOR)
@pytest.mark.parametrize("actor", [ADMINISTRATOR, AUDITOR], ids=lambda actor: actor.name)
def test_no_door_opens_to_those_who_may_not_consult(archive, paper, door, actor):
    with pytest.raises(ActionForbidden):
        EVERY_DOOR[door](actor, paper.id, archive)
    assert acts(archive, paper, actor) == []


@pytest.mark.parametrize("door", EVERY_DOOR)
def test_no_door_opens_to_a_paper_that_does_not_exist(archive, door):
    with pytest.raises(ItemNotFound):
        EVERY_DOOR[door](LAWYER, "f" * 20, archive)
