"""Whatever a person asks, the archive answers as one that never held what he may not see.

The ordinary run asks for some persons; ``DMS_TEST_PERSONS=30 DMS_TEST_QUERIES=5000`` (``make nightly``) for the whole
number over 2,000 papers.
"""

import os
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from pathlib import Path
from random import Random

import pytest
from random_queries import passage, random_request, typed_so_far
from simulators.archives import ObedientClock
from withheld import LAID_LATER, SEES_ALL, Holding, Person, laid, made_up, random_person, seen_by

from dms.archive import Archive, CustomerNotFound, ItemNotFound
from dms.custody import holdings
from dms.domain.actor import Actor
from dms.domain.item import ItemState
from dms.filing import ItemWish, customer_overview, list_customers, list_items, list_volumes, tray
from dms.filing.sealing import VolumeWish, volume_file, volumes_listed
from dms.search import SearchRequest, SearchResult, hit_places, neighbours, suggest
from dms.search.answering import answer
from dms.store import ItemFilter

ITEMS = 2000
ORDINARY = (0, 2, 7, 9)
"""Persons for every day: of no department, of one with a grant of each kind, of all, of four with many grants."""
PERSONS = range(int(os.environ["DMS_TEST_PERSONS"])) if "DMS_TEST_PERSONS" in os.environ else ORDINARY
QUERIES = int(os.environ.get("DMS_TEST_QUERIES", "160")) // len(PERSONS) + 1
"""For each person."""
SEED = 20260302
EVERYBODY = 10_000


@dataclass(frozen=True)
class Beside:
    """One person before the archive, and before one that never held what he may not see, where he sees all."""

    whole: Archive
    never_held: Archive
    person: Person
    holding: Holding

    def both(self) -> tuple[tuple[Actor, Archive], tuple[Actor, Archive]]:
        actor = self.person.actor()
        everything = replace(SEES_ALL.actor(), user_id=actor.user_id)  # whose recent and saved searches are asked for
        return (actor, self.whole), (everything, self.never_held)


@pytest.fixture(scope="module")
def holding() -> Holding:
    return made_up(Random(SEED), items=ITEMS)


@pytest.fixture(scope="module")
def whole(holding: Holding, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Archive]:
    later = {row["key"] for row in holding.items if row["key"] % LAID_LATER == 0}
    archive = laid(tmp_path_factory.mktemp("whole") / "archive", holding, clock=ObedientClock(), later=later)
    yield archive
    archive.close()


@pytest.fixture(scope="module", params=PERSONS)
def beside(
    request: pytest.FixtureRequest, holding: Holding, whole: Archive, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Beside]:
    person = random_person(Random(SEED + request.param), holding)
    with never_held(person, holding, tmp_path_factory.mktemp("never")) as archive:
        yield Beside(whole, archive, person, holding)


@contextmanager
def never_held(person: Person, holding: Holding, folder: Path) -> Iterator[Archive]:
    archive = laid(folder / "archive", seen_by(person, holding), clock=ObedientClock())
    yield archive
    archive.close()


def answered(actor: Actor, archive: Archive, request: SearchRequest) -> SearchResult | str:
    with archive.looking() as view:
        try:
            return answer(view, actor, request)
        except ItemNotFound as refusal:
            return refusal.message.zh


def test_searches_tell_nothing_of_what_is_not_seen(beside):
    chance, texts = Random(SEED), beside.holding.texts()
    fruitful = 0
    seen = {row["id"] for row in seen_by(beside.person, beside.holding).items}
    for _ in range(QUERIES):
        request = random_request(chance, texts)
        found, expected = (answered(actor, archive, request) for actor, archive in beside.both())
        assert isinstance(found, str) or {hit.item_id for hit in found.hits} <= seen
        assert found == expected, request
        fruitful += isinstance(found, SearchResult) and found.total > 0
    assert fruitful


def test_going_from_hit_to_hit_tells_nothing_of_what_is_not_seen(beside):
    chance, texts = Random(SEED + 1), beside.holding.texts()
    for _ in range(QUERIES // 8):
        request = replace(random_request(chance, texts), like_item_id=None)
        offset = chance.randrange(30)
        found, expected = (neighbours(actor, request, offset, archive=archive) for actor, archive in beside.both())
        assert found == expected, (request, offset)
        assert found.item_id is None or not hit_places(beside.person.actor(), "0" * 20, "合同", archive=beside.whole)


def test_suggestions_tell_nothing_of_what_is_not_seen(beside):
    chance, texts = Random(SEED + 2), beside.holding.texts()
    for _ in range(QUERIES // 4):
        typed = typed_so_far(chance, texts)
        found, expected = (suggest(actor, typed, archive=archive) for actor, archive in beside.both())
        assert found == expected, typed


def test_frequencies_tell_nothing_of_what_is_not_seen(beside):
    chance, texts = Random(SEED + 3), beside.holding.texts()
    runs = sorted({passage(chance, texts, longest=3).replace(" ", "") for _ in range(60)})
    counts = []
    for actor, archive in beside.both():
        with archive.looking() as view:
            counts.append([view.fulltext.frequencies(runs, actor, most=most) for most in (1, 20, EVERYBODY)])
    assert counts[0] == counts[1]


def test_lists_and_counts_tell_nothing_of_what_is_not_seen(beside):
    told = []
    for actor, archive in beside.both():
        everywhere = ItemWish(states=frozenset(ItemState), limit=EVERYBODY)
        told.append(
            (
                list_customers(actor, archive=archive, limit=EVERYBODY),
                list_customers(actor, archive=archive, words="有限公司1", limit=EVERYBODY),
                list_items(actor, everywhere, archive=archive),
                list_volumes(actor, archive=archive),
                volumes_listed(actor, VolumeWish(limit=EVERYBODY), archive=archive),
                holdings(actor, archive=archive),
                tray(actor, archive=archive, limit=EVERYBODY),
            )
        )
    assert told[0] == told[1]


def test_the_pages_of_customers_tell_nothing_of_what_is_not_seen(beside):
    opened = 0
    for row in beside.holding.customers:
        seen = [overview(actor, archive, row["code"]) for actor, archive in beside.both()]
        assert seen[0] == seen[1]
        opened += not isinstance(seen[0], str)
    assert opened == list_customers(beside.person.actor(), archive=beside.whole, limit=EVERYBODY).total


def test_a_volume_tells_nothing_of_what_is_not_seen_in_it(beside):
    opened = []
    for actor, archive in beside.both():
        rows = volumes_listed(actor, VolumeWish(limit=EVERYBODY), archive=archive).rows
        shown = (volume_file(actor, row.volume.id, archive=archive) for row in rows)
        opened.append([(each.volume, each.lines, each.notes) for each in shown])
    assert opened[0] == opened[1]


def overview(actor: Actor, archive: Archive, code: str) -> object:
    try:
        return customer_overview(actor, code, archive=archive)
    except CustomerNotFound as refusal:
        return refusal.message.zh


def test_the_archive_agrees_with_the_rights_in_plain_words(beside):
    expected = {row["key"] for row in seen_by(beside.person, beside.holding).items}
    with beside.whole.looking() as view:
        seen = view.items.list(ItemFilter(), actor=beside.person.actor(), limit=EVERYBODY)
    assert {item.key for item in seen} == expected
