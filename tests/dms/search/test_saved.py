"""A saved search tells exactly what is new since its owner looked last, and tells it to nobody else."""

from dataclasses import replace
from datetime import timedelta

import pytest
from simulators.laid_papers import Paper, lay
from simulators.people import ARCHIVIST, AUDITOR, LAWYER, person

from dms.archive import ItemNotFound
from dms.domain.actor import OPERATOR, ActionForbidden, Role
from dms.search import (
    Listed,
    LookWish,
    News,
    SearchRequest,
    SearchSort,
    forget_saved,
    go_on_looking,
    index_item,
    look_at_saved,
    news_of_saved,
    rename_saved,
    save_search,
    saved_searches,
    unindex_item,
)
from dms.search.errors import SavedNameTaken, SavedNameUnusable, SavedSearchesFull, SavedSearchNotFound
from dms.search.saved import MAX_NAME_CHARACTERS, MAX_SAVED

CLEARED = replace(LAWYER, clearance=1)
"""The same person, with a higher clearance."""
OVERDUE = SearchRequest(query="逾期")
ONLY_NEW = LookWish(listed=Listed.NEW)


def put(archive, *texts, grade=3):
    """The ids of new papers."""
    with archive.begin() as work:
        keys = [lay(work, Paper(pages=(text,), grade=grade)) for text in texts]
        return [work.items.get(key).id for key in keys]


def look(archive, saved, actor=LAWYER, wish=None):
    return look_at_saved(actor, saved.id, archive=archive, wish=wish)


def ids(seen):
    return [hit.item_id for hit in seen.result.hits]


@pytest.fixture
def saved(archive):
    put(archive, "逾期付款", "按期付款")
    return save_search(LAWYER, "逾期付款案", OVERDUE, archive=archive)


def test_what_was_found_when_a_search_was_saved_is_not_new(archive, saved):
    seen = look(archive, saved)
    assert (seen.total, seen.new_total, seen.new_item_ids) == (1, 0, frozenset())
    assert look(archive, saved, wish=ONLY_NEW).result.hits == ()


def test_new_papers_are_counted_marked_and_listed_alone_once(archive, saved):
    [paper, _] = put(archive, "又一次逾期", "与此无关")
    assert news_of_saved(LAWYER, saved.id, archive=archive) == News(total=2, new_total=1)
    seen = look(archive, saved, wish=ONLY_NEW)
    assert (seen.total, seen.new_total, seen.result.total) == (2, 1, 1)
    assert ids(seen) == [paper]
    assert seen.new_item_ids == {paper}
    assert look(archive, saved).new_total == 0


def test_counting_what_is_new_is_not_looking(archive, saved):
    put(archive, "又一次逾期")
    for _ in range(2):
        assert news_of_saved(LAWYER, saved.id, archive=archive).new_total == 1
    assert look(archive, saved).new_total == 1


def test_an_older_paper_that_comes_to_fit_is_new(archive, saved):
    with archive.begin() as work:
        key = lay(work, Paper(pages=("另有约定",), title="说明"))
    assert look(archive, saved).new_total == 0
    with archive.begin() as work:
        stated = replace(work.items.get(key).classification, title="逾期说明")
        work.items.classify(key, stated)
        index_item(work, key)
    assert look(archive, saved).new_total == 1


def test_a_paper_that_fits_no_more_is_not_counted_and_is_new_when_it_fits_again(archive, saved):
    with archive.begin() as work:
        key = lay(work, Paper(pages=("逾期通知",)))
    assert look(archive, saved).total == 2
    with archive.begin() as work:
        work.items.withdraw(key)
        unindex_item(work, key)
    seen = look(archive, saved)
    assert (seen.total, seen.new_total) == (1, 0)
    with archive.begin() as work:
        work.items.return_to_tray(key)
        index_item(work, key)
    assert look(archive, saved).new_total == 1


def test_nothing_is_counted_that_the_person_may_not_see_at_this_moment(archive, saved):
    put(archive, "绝密的逾期", grade=1)
    assert news_of_saved(LAWYER, saved.id, archive=archive) == News(total=1, new_total=0)
    assert news_of_saved(CLEARED, saved.id, archive=archive) == News(total=2, new_total=1)
    assert look(archive, saved, CLEARED).new_total == 1
    seen = look(archive, saved)
    assert (seen.total, seen.new_total, seen.result.total) == (1, 0, 1)


def test_new_ones_between_old_ones_are_listed_alone_in_the_order_of_the_search(archive):
    texts = [f"逾期{'。' * number}" for number in range(9)]
    with archive.begin() as work:
        keys = [lay(work, Paper(pages=(text,), grade=1 if number % 3 else 3)) for number, text in enumerate(texts)]
        hidden = [work.items.get(key).id for number, key in enumerate(keys) if number % 3]
    saved = save_search(LAWYER, "逾期", replace(OVERDUE, sort=SearchSort.ARRIVAL), archive=archive)
    seen = look(archive, saved, CLEARED, replace(ONLY_NEW, limit=4))
    assert (seen.new_total, seen.result.total) == (6, 6)
    assert ids(seen) == hidden[:1:-1]
    rest = go_on_looking(CLEARED, saved.id, archive=archive, wish=replace(ONLY_NEW, limit=4, offset=4))
    assert ids(rest) == hidden[1::-1]
    assert rest.new_item_ids == set(hidden[:2])


def test_going_on_looking_keeps_what_was_new_at_the_last_look(archive, saved, clock):
    [paper] = put(archive, "又一次逾期")
    clock.advance(timedelta(days=3))
    first = look(archive, saved)
    again = go_on_looking(LAWYER, saved.id, archive=archive)
    for seen in (first, again):
        assert (seen.new_item_ids, seen.since_at) == ({paper}, saved.made_at)
    clock.advance(timedelta(days=1))
    assert look(archive, saved).since_at == saved.made_at + timedelta(days=3)


def test_a_look_while_the_index_is_made_anew_moves_nothing(archive, saved):
    [paper] = put(archive, "又一次逾期")
    with archive.begin() as work:
        work.connection.exec_driver_sql("UPDATE index_state SET complete = 0")
    for _ in range(2):
        seen = look(archive, saved)
        assert (seen.new_item_ids, seen.result.index_complete) == ({paper}, False)
    with archive.begin() as work:
        work.connection.exec_driver_sql("UPDATE index_state SET complete = 1")
    assert look(archive, saved).new_total == 1
    assert look(archive, saved).new_total == 0


def test_a_saved_search_keeps_everything_that_was_asked(archive):
    request = SearchRequest(query="逾期", year=2023, within=("货款",), tolerant=True, sort=SearchSort.OLDEST)
    save_search(LAWYER, " 逾期\n付款 ", replace(request, offset=40, limit=5), archive=archive)
    [kept] = saved_searches(LAWYER, archive=archive)
    assert (kept.name, kept.request) == ("逾期 付款", request)


def test_a_search_for_everything_can_be_kept_too(archive):
    put(archive, "甲")
    saved = save_search(LAWYER, "全部", SearchRequest(), archive=archive)
    put(archive, "乙")
    assert look(archive, saved).new_total == 1


@pytest.mark.parametrize("stranger", [ARCHIVIST, OPERATOR, person(Role.LAWYER, clearance=1, user_id=999)])
def test_for_everybody_else_a_saved_search_does_not_exist(archive, saved, stranger):
    assert saved_searches(stranger, archive=archive) == ()
    for refused in (
        lambda: look_at_saved(stranger, saved.id, archive=archive),
        lambda: go_on_looking(stranger, saved.id, archive=archive),
        lambda: news_of_saved(stranger, saved.id, archive=archive),
        lambda: rename_saved(stranger, saved.id, "我的", archive=archive),
        lambda: forget_saved(stranger, saved.id, archive=archive),
    ):
        with pytest.raises(SavedSearchNotFound):
            refused()
    assert [each.name for each in saved_searches(LAWYER, archive=archive)] == [saved.name]


def test_names_are_ones_own_and_stand_once(archive, saved):
    save_search(OPERATOR, saved.name, OVERDUE, archive=archive)
    with pytest.raises(SavedNameTaken):
        save_search(LAWYER, saved.name, SearchRequest(query="别的"), archive=archive)
    other = save_search(LAWYER, "别的", OVERDUE, archive=archive)
    with pytest.raises(SavedNameTaken):
        rename_saved(LAWYER, other.id, saved.name, archive=archive)
    assert rename_saved(LAWYER, other.id, "别的", archive=archive).name == "别的"
    assert rename_saved(LAWYER, other.id, "改了", archive=archive).name == "改了"


@pytest.mark.parametrize("name", ["", "  \n", "\u202e", "长" * (MAX_NAME_CHARACTERS + 1)])
def test_a_name_that_nobody_can_read_is_refused(archive, saved, name):
    with pytest.raises(SavedNameUnusable):
        save_search(LAWYER, name, OVERDUE, archive=archive)
    with pytest.raises(SavedNameUnusable):
        rename_saved(LAWYER, saved.id, name, archive=archive)


def test_a_person_keeps_a_bounded_number_of_searches(archive, clock):
    with archive.begin() as work:
        for number in range(MAX_SAVED):
            work.saved_searches.add(LAWYER, str(number), {}, found=(), at=clock.now())
    with pytest.raises(SavedSearchesFull):
        save_search(LAWYER, "还有一个", OVERDUE, archive=archive)


def test_a_forgotten_search_is_gone(archive, saved):
    forget_saved(LAWYER, saved.id, archive=archive)
    assert saved_searches(LAWYER, archive=archive) == ()
    with pytest.raises(SavedSearchNotFound):
        look(archive, saved)


def test_everything_that_happens_to_it_is_journaled(archive, saved):
    put(archive, "又一次逾期")
    look(archive, saved)
    rename_saved(LAWYER, saved.id, "改名", archive=archive)
    forget_saved(LAWYER, saved.id, archive=archive)
    with archive.looking() as view:
        entries = list(view.journal.entries(subject=f"saved/{saved.id}"))
    assert [entry.action for entry in entries] == [
        "search_saved",
        "saved_search_opened",
        "saved_search_renamed",
        "saved_search_removed",
    ]
    assert entries[1].details == {"name": "逾期付款案", "query": "逾期", "total": 2, "new_total": 1}


def test_papers_like_one_that_is_out_of_sight_now_are_not_told(archive):
    [example] = put(archive, "逾期付款的违约责任由甲方承担", grade=1)
    saved = save_search(CLEARED, "类似", SearchRequest(like_item_id=example), archive=archive)
    with pytest.raises(ItemNotFound):
        look(archive, saved)


def test_whoever_may_not_consult_keeps_no_searches(archive):
    for refused in (
        lambda: saved_searches(AUDITOR, archive=archive),
        lambda: save_search(AUDITOR, "查", OVERDUE, archive=archive),
        lambda: look_at_saved(AUDITOR, 1, archive=archive),
        lambda: go_on_looking(AUDITOR, 1, archive=archive),
        lambda: news_of_saved(AUDITOR, 1, archive=archive),
        lambda: rename_saved(AUDITOR, 1, "查", archive=archive),
        lambda: forget_saved(AUDITOR, 1, archive=archive),
    ):
        with pytest.raises(ActionForbidden):
            refused()
