"""What a person keeps of searching is kept exactly, and for that person alone."""

import random
from dataclasses import replace
from datetime import timedelta

import pytest
from sqlalchemy.exc import IntegrityError
from store_parts import EVERY_GRADE, NOW, ORDINARY_GRADE

from dms.domain.actor import OPERATOR
from dms.store.saved_searches import RECENT_KEPT, LastLook

REQUEST = {"query": "违约金", "year": 2023}


@pytest.fixture
def work(store):
    with store.begin() as begun:
        yield begun


def keep(work, owner=EVERY_GRADE, name="逾期", found=(), request=REQUEST):
    return work.saved_searches.add(owner, name, request, found=found, at=NOW)


def test_a_saved_search_is_given_back_as_it_was_saved(work):
    kept = keep(work, found=(3, 1))
    assert (kept.name, kept.request, kept.made_at, kept.looked_at) == ("逾期", REQUEST, NOW, NOW)
    assert work.saved_searches.get(EVERY_GRADE, kept.id) == kept
    assert work.saved_searches.named(EVERY_GRADE, "逾期") == kept
    assert work.saved_searches.last_look(kept.id) == LastLook(found=frozenset({1, 3}), new=frozenset())


def test_each_persons_searches_are_for_that_person_alone(work):
    own, foreign, operators = keep(work), keep(work, ORDINARY_GRADE), keep(work, OPERATOR)
    for owner, kept in ((EVERY_GRADE, own), (ORDINARY_GRADE, foreign), (OPERATOR, operators)):
        assert work.saved_searches.of(owner) == [kept]
        assert work.saved_searches.named(owner, "逾期") == kept
        assert work.saved_searches.count(owner) == 1
    assert work.saved_searches.get(EVERY_GRADE, foreign.id) is None
    work.saved_searches.forget(EVERY_GRADE, foreign.id)
    work.saved_searches.rename(EVERY_GRADE, foreign.id, "改名")
    work.saved_searches.looked(EVERY_GRADE, foreign.id, found={9}, new={9}, at=NOW)
    assert work.saved_searches.of(ORDINARY_GRADE) == [foreign]
    assert work.saved_searches.last_look(foreign.id).found == frozenset()


def test_a_person_keeps_the_same_search_whatever_door_he_comes_in_by(work):
    kept = keep(work)
    assert work.saved_searches.of(replace(EVERY_GRADE, name="改名后", clearance=3)) == [kept]


def test_a_name_stands_once_for_each_person_the_operator_too(work):
    keep(work, OPERATOR)
    with pytest.raises(IntegrityError):
        keep(work, OPERATOR)


def test_a_look_replaces_what_was_found_before(work):
    kept, later = keep(work, found={1}), NOW + timedelta(days=3)
    work.saved_searches.looked(EVERY_GRADE, kept.id, found={1, 2}, new={2}, at=later)
    looked = work.saved_searches.get(EVERY_GRADE, kept.id)
    assert (looked.made_at, looked.since_at, looked.looked_at) == (NOW, NOW, later)
    assert work.saved_searches.last_look(kept.id) == LastLook(found=frozenset({1, 2}), new=frozenset({2}))


def test_searches_are_renamed_and_forgotten(work):
    kept = keep(work)
    work.saved_searches.rename(EVERY_GRADE, kept.id, "改名")
    assert [each.name for each in work.saved_searches.of(EVERY_GRADE)] == ["改名"]
    work.saved_searches.forget(EVERY_GRADE, kept.id)
    assert work.saved_searches.of(EVERY_GRADE) == []


def test_the_number_of_a_forgotten_search_is_never_given_again(work):
    kept = keep(work)
    work.saved_searches.forget(EVERY_GRADE, kept.id)
    assert keep(work).id > kept.id


@pytest.mark.parametrize("keys", [(), (1,), (2**40, 7, 7), tuple(range(1, 5000, 3))])
def test_any_set_of_items_is_remembered_exactly(work, keys):
    assert work.saved_searches.last_look(keep(work, found=keys).id).found == frozenset(keys)


def test_half_of_a_large_archive_is_remembered_in_little_room(work):
    keys = random.Random(4).sample(range(200_000), 100_000)
    kept = keep(work, found=keys)
    assert work.saved_searches.last_look(kept.id).found == frozenset(keys)
    [size_bytes] = work.connection.exec_driver_sql("SELECT length(found) FROM saved_search").scalars()
    assert size_bytes < 60_000


def remember(work, identity, owner=EVERY_GRADE, **request):
    work.recent_searches.remember(owner, identity=identity, request={"query": identity, **request})


def queries(work, owner=EVERY_GRADE):
    return [request["query"] for request in work.recent_searches.of(owner)]


def test_the_latest_search_stands_first_and_each_once(work):
    for identity in ("甲", "乙", "甲"):
        remember(work, identity)
    remember(work, "乙", sort="date")
    assert work.recent_searches.of(EVERY_GRADE) == [{"query": "乙", "sort": "date"}, {"query": "甲"}]


def test_only_the_last_searches_are_kept(work):
    for number in range(RECENT_KEPT + 5):
        remember(work, str(number))
        remember(work, str(number), ORDINARY_GRADE)
    assert queries(work) == [str(number) for number in range(RECENT_KEPT + 4, 4, -1)]


def test_recent_searches_are_for_the_person_alone_and_can_be_cleared(work):
    remember(work, "甲")
    remember(work, "乙", ORDINARY_GRADE)
    remember(work, "丙", OPERATOR)
    assert (queries(work), queries(work, ORDINARY_GRADE), queries(work, OPERATOR)) == (["甲"], ["乙"], ["丙"])
    assert work.recent_searches.clear(ORDINARY_GRADE) == 1
    assert (queries(work), queries(work, ORDINARY_GRADE), queries(work, OPERATOR)) == (["甲"], [], ["丙"])
