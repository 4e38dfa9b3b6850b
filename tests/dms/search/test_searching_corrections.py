from simulators.laid_papers import Paper, lay

from dms.domain.actor import OPERATOR
from dms.domain.correction import PageCorrection
from dms.search import HitPlace, SearchRequest, hit_places, index_item, search


def _ask(archive, query):
    return search(OPERATOR, SearchRequest(query=query), archive=archive)


def _lay(archive, *papers):
    """The ids of the papers."""
    with archive.begin() as work:
        keys = [lay(work, paper) for paper in papers]
        return [work.items.get(key).id for key in keys]


def _marked(snippet):
    return [text for text, marked in snippet.parts if marked]


def _correct(archive, item_id, number, text):
    with archive.begin() as work:
        key = work.items.with_id(item_id, actor=OPERATOR).key
        stated = PageCorrection(page_number=number, text=text, corrected_by="clerk", corrected_at=archive.now())
        work.contents.correct(key, stated)
        index_item(work, key)


def test_what_a_person_corrected_is_found_and_quoted_as_corrected(archive):
    [item_id] = _lay(archive, Paper(pages=("第一页", "应付逾期违钓会百分之五")))
    assert _ask(archive, "违约金").total == 0
    _correct(archive, item_id, 2, "应付逾期违约金百分之五")
    [hit] = _ask(archive, "违约金").hits
    assert (hit.page, hit.snippets[0].corrected, _marked(hit.snippets[0])) == (2, True, ["违约金"])
    assert hit_places(OPERATOR, item_id, "违约金", archive=archive) == (HitPlace(2, 4, 7, (4, 7)),)
    [hit] = _ask(archive, "违钓会").hits
    assert (hit.snippets[0].corrected, _marked(hit.snippets[0])) == (False, ["违钓会"])


def test_a_hit_that_the_correction_left_alone_is_placed_once(archive):
    [item_id] = _lay(archive, Paper(pages=("违约金和定会",)))
    _correct(archive, item_id, 1, "违约金和定金")
    assert hit_places(OPERATOR, item_id, "违约金 OR 定金", archive=archive) == (
        HitPlace(1, 0, 3),
        HitPlace(1, 4, 6, (4, 6)),
    )


def test_the_beginning_of_a_paper_is_quoted_as_corrected(archive):
    [item_id] = _lay(archive, Paper(pages=("合司",)))
    _correct(archive, item_id, 1, "合同")
    assert _ask(archive, "").hits[0].snippet.text == "合同"


def test_a_correction_that_was_taken_back_is_found_no_more(archive):
    [item_id] = _lay(archive, Paper(pages=("违钓金",)))
    _correct(archive, item_id, 1, "违约金")
    _correct(archive, item_id, 1, None)
    assert _ask(archive, "违约金").total == 0
    assert _ask(archive, "违钓金").hits[0].snippet.corrected is False
    assert hit_places(OPERATOR, item_id, "违约金", archive=archive) == ()
