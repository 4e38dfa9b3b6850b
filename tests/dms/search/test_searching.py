from simulators.laid_papers import Paper, add_contract, add_customer, lay

from dms.domain.actor import OPERATOR
from dms.search import SearchRequest, hit_places, search


def _found(archive, query, **asked):
    return search(OPERATOR, SearchRequest(query=query, **asked), archive=archive)


def test_a_phrase_is_found_across_a_line_end_and_marked_exactly(archive):
    with archive.begin() as work:
        lay(work, Paper(pages=("买卖合同\n甲方应付违约\n金百分之五",), title="买卖合同"))
    result = _found(archive, "违约金")
    print(result)
    assert result.total == 1
    assert [tuple(part) for part in result.hits[0].snippets[0].parts] == [
        ("买卖合同甲方应付", False),
        ("违约金", True),
        ("百分之五", False),
    ]
    print(hit_places(OPERATOR, result.hits[0].item_id, "违约金 合同", archive=archive))
