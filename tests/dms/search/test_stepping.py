from datetime import date

import pytest
from simulators.laid_papers import Paper, lay

from dms.archive import ItemNotFound
from dms.domain.actor import OPERATOR, ActionForbidden, Actor, Origin, Role
from dms.search import Grouping, SearchRequest, SearchSort, search
from dms.search.stepping import Neighbours, neighbours

LAWYER = Actor(user_id=7, name="lawyer", roles=frozenset({Role.LAWYER}), clearance=3, origin=Origin.WEB)
AUDITOR = Actor(user_id=8, name="auditor", roles=frozenset({Role.AUDITOR}), clearance=1, origin=Origin.WEB)
REQUEST = SearchRequest(query="货款", sort=SearchSort.OLDEST)


@pytest.fixture
def ids(archive):
    """Four papers by date, of which the third is secret; and one of something else."""
    papers = [Paper(pages=("货款",), doc_on=date(2020 + n, 1, 1), grade=1 if n == 2 else 3) for n in range(4)]
    with archive.begin() as work:
        keys = [lay(work, paper) for paper in [*papers, Paper(pages=("别的",))]]
        return [work.items.get(key).id for key in keys]


def _stepped(archive, offset, *, actor=OPERATOR, request=REQUEST):
    stood = neighbours(actor, request, offset, archive=archive)
    return stood.previous_item_id, stood.item_id, stood.next_item_id


def test_each_hit_has_the_one_before_and_the_one_behind_it(archive, ids):
    assert neighbours(OPERATOR, REQUEST, 1, archive=archive) == Neighbours(
        previous_item_id=ids[0], item_id=ids[1], next_item_id=ids[2], place=2, total=4
    )
    assert _stepped(archive, 0) == (None, ids[0], ids[1])
    assert _stepped(archive, 3) == (ids[2], ids[3], None)


def test_steps_lead_through_the_answer_in_its_own_order(archive, ids):
    for request in (REQUEST, SearchRequest(query="货款", sort=SearchSort.DATE, grouping=Grouping.CUSTOMER)):
        order = [hit.item_id for hit in search(OPERATOR, request, archive=archive).hits]
        assert [_stepped(archive, offset, request=request)[1] for offset in range(4)] == order


def test_the_stretch_of_the_request_does_not_matter(archive, ids):
    assert _stepped(archive, 1, request=SearchRequest(query="货款", sort=SearchSort.OLDEST, offset=3, limit=0)) == (
        ids[0],
        ids[1],
        ids[2],
    )


def test_beyond_the_answer_there_is_nothing_but_the_way_back(archive, ids):
    assert _stepped(archive, 4) == (ids[3], None, None)
    assert _stepped(archive, 900) == (None, None, None)
    assert _stepped(archive, -5) == (None, ids[0], ids[1])
    assert neighbours(OPERATOR, SearchRequest(query="无"), 0, archive=archive).total == 0


def test_a_secret_paper_is_stepped_over_without_a_trace(archive, ids):
    assert _stepped(archive, 1, actor=LAWYER) == (ids[0], ids[1], ids[3])
    assert neighbours(LAWYER, REQUEST, 1, archive=archive).total == 3


def test_only_those_who_may_consult_may_step(archive, ids):
    with pytest.raises(ActionForbidden):
        neighbours(AUDITOR, REQUEST, 0, archive=archive)


def test_an_example_that_one_may_not_see_leads_nowhere(archive, ids):
    with pytest.raises(ItemNotFound):
        neighbours(LAWYER, SearchRequest(like_item_id=ids[2]), 0, archive=archive)


def test_steps_are_not_journaled_because_what_they_lead_to_is(archive, ids):
    with archive.looking() as view:
        before = view.journal.count()
    _stepped(archive, 1)
    with archive.looking() as view:
        assert view.journal.count() == before
