import pytest
from simulators.laid_papers import Paper, add_customer, lay, page

from dms.domain.actor import OPERATOR
from dms.domain.item import Classification
from dms.search import IndexAgreement, SearchRequest, check_index, index_item, rebuild_index, search, unindex_item
from dms.store.fulltext import IndexedText


def _total(archive, query):
    return search(OPERATOR, SearchRequest(query=query), archive=archive).total


@pytest.fixture
def papers(archive):
    """The keys of two papers."""
    with archive.begin() as work:
        return [lay(work, Paper(pages=("违约金",))), lay(work, Paper(pages=("定金",)))]


def test_indexing_again_takes_up_what_changed(archive, papers):
    with archive.begin() as work:
        work.contents.add_page(papers[0], page(2, "补充条款"))
        customer = add_customer(work, "C0001", "江苏华信化工有限公司")
        work.items.classify(papers[0], Classification(title="新题名", customer_id=customer))
        for _ in range(3):
            index_item(work, papers[0])
    for query in ("补充条款", "违约金补充", "新题名", "华信化工"):
        assert _total(archive, query) == 1
    assert check_index(archive) == IndexAgreement(items=2, missing=0, surplus=0, sound=True, complete=True)


def test_an_item_that_cannot_be_read_any_more_leaves_the_index(archive, papers):
    with archive.begin() as work:
        work.items.withdraw(papers[0])
        index_item(work, papers[0])
        assert work.fulltext.keys() == {papers[1]}
        unindex_item(work, papers[1])
        unindex_item(work, papers[1])
        assert work.fulltext.keys() == set()


def test_what_disagrees_is_counted_and_healed_by_rebuilding(archive, papers):
    with archive.begin() as work:
        unindex_item(work, papers[0])
        work.items.withdraw(papers[1])
        work.fulltext.put(999, IndexedText(body="幽灵", title=(), customer=(), contract=()))
    agreement = check_index(archive)
    assert agreement == IndexAgreement(items=1, missing=1, surplus=2, sound=True, complete=True)
    assert not agreement.agrees
    seen = []
    assert rebuild_index(archive, progress=lambda done, total: seen.append((done, total))) == 1
    assert seen == [(1, 1)]
    assert check_index(archive).agrees
    assert (_total(archive, "违约金"), _total(archive, "定金"), _total(archive, "幽灵")) == (1, 0, 0)


def test_rebuilding_an_empty_archive_does_nothing(archive):
    assert rebuild_index(archive) == 0
    assert check_index(archive).agrees


def test_rebuilding_reads_items_by_the_hundred_and_misses_none(archive):
    with archive.begin() as work:
        for number in range(120):
            lay(work, Paper(pages=(f"编号{number:04d}",)))
    steps = []
    assert rebuild_index(archive, progress=lambda done, _: steps.append(done)) == 120
    assert steps == [120]
    assert _total(archive, "编号") == 120
    assert _total(archive, "编号0077") == 1


def test_a_damaged_index_is_noticed_and_made_anew(archive, papers):
    with archive.begin() as work:
        work.connection.exec_driver_sql("DELETE FROM index_text")
    assert not check_index(archive).sound
    assert rebuild_index(archive) == 2
    assert check_index(archive).agrees
    assert _total(archive, "违约金") == 1


def test_a_text_that_stands_in_two_facts_is_indexed_once(archive):
    with archive.begin() as work:
        lay(work, Paper(title="采购合同", original_filename="采购 合同"))
    assert _total(archive, "采购合同") == 1
