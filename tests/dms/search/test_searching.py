from datetime import date
from decimal import Decimal

import pytest
from simulators.laid_papers import AGGRESSIVE, Paper, add_contract, add_customer, lay

from dms.archive import ItemNotFound
from dms.domain.actor import OPERATOR, ActionForbidden, Actor, Origin, Role
from dms.search import SearchRequest, SearchSort, hit_places, search
from dms.search.analysis import folded
from dms.search.result import HitPlace

LAWYER = Actor(user_id=7, name="lawyer", roles=frozenset({Role.LAWYER}), clearance=3, origin=Origin.WEB)
AUDITOR = Actor(user_id=8, name="auditor", roles=frozenset({Role.AUDITOR}), clearance=1, origin=Origin.WEB)


def _ask(archive, query, *, actor=OPERATOR, **asked):
    return search(actor, SearchRequest(query=query, **asked), archive=archive)


def _lay(archive, *papers):
    """The ids of the papers."""
    with archive.begin() as work:
        keys = [lay(work, paper) for paper in papers]
        return [work.items.get(key).id for key in keys]


def _ids(result):
    return {hit.item_id for hit in result.hits}


def _marked(snippet):
    return [text for text, marked in snippet.parts if marked]


def test_a_phrase_is_found_across_a_line_end_and_marked_exactly(archive):
    [item_id] = _lay(archive, Paper(pages=("买卖合同\n甲方应付违约\n金百分之五",)))
    result = _ask(archive, "违约金")
    assert [tuple(part) for part in result.hits[0].snippets[0].parts] == [
        ("买卖合同甲方应付", False),
        ("违约金", True),
        ("百分之五", False),
    ]
    assert hit_places(OPERATOR, item_id, "违约金", archive=archive) == (HitPlace(1, 9, 13),)


def test_a_phrase_across_a_page_end_is_found_and_placed_on_both_pages(archive):
    [item_id] = _lay(archive, Paper(pages=("逾期的应付违约", "", " 金百分之五", "别的")))
    [hit] = _ask(archive, "违约金").hits
    assert (hit.page, hit.pages_with_hits) == (1, (1, 3))
    assert [(snippet.page, _marked(snippet)) for snippet in hit.snippets] == [(1, ["违约"]), (3, ["金"])]
    assert hit_places(OPERATOR, item_id, "违约金", archive=archive) == (HitPlace(1, 5, 7), HitPlace(3, 1, 2))


def test_the_words_of_one_query_may_stand_on_different_pages(archive):
    _lay(archive, Paper(pages=("甲方应付定金", "乙方", "逾期的违约金")), Paper(pages=("只有定金",)))
    [hit] = _ask(archive, "违约金 定金").hits
    assert hit.pages_with_hits == (1, 3)
    assert [(snippet.page, _marked(snippet)) for snippet in hit.snippets] == [(1, ["定金"]), (3, ["违约金"])]


def test_a_word_in_the_facts_is_found_without_a_page(archive):
    with archive.begin() as work:
        customer = add_customer(
            work, "C0001", "江苏华信化工有限公司", former=("南京华信厂",), uscc="91320100MA1MTXYZ0A"
        )
        contract = add_contract(work, "HT-2023-00871", "原料采购", customer)
        paper = Paper(pages=("正文",), title="年度总结", customer_id=customer, contract_id=contract)
        lay(work, paper)
    for query in (
        "华信化工",
        "南京华信",
        "c0001",
        "91320100MA1MTXYZ0A",
        "HT-2023-00871",
        "原料采购",
        "年度总结",
        "scan",
    ):
        [hit] = _ask(archive, query).hits
        assert (hit.page, hit.pages_with_hits, hit.snippets[0].page) == (None, (), None)
        assert folded("".join(_marked(hit.snippets[0]))) == folded(query)
    for query in ("NOT 华信化工", "NOT 正文", "正文:华信化工", "题名:华信化工", "客户:正文"):
        assert _ask(archive, query).total == 0


def test_a_number_is_found_however_it_is_hyphenated(archive):
    _lay(archive, Paper(pages=("编号：CG－2016—\n4121 。",)))
    for query in ("CG-2016-4121", "cg20164121", "ＣＧ 2016 4121", '"CG 2016-4121"', "2016-41", "1"):
        assert _ask(archive, query).total == 1, query
    assert _ask(archive, "CG-2016-4122").total == 0


@pytest.mark.parametrize(
    ("query", "expected"),
    [
        ("客户:华信", {0, 1}),
        ("客户:C0001", {0, 1}),
        ("合同:00871", {0}),
        ("年度:2022..2023", {0, 1}),
        ("年度:2021", {2}),
        ("类型:合同", {0}),
        ("类型:invoice", {1}),
        ("类目:交易状况", {0}),
        ("金额:[10万 TO 50万]", {0}),
        ("金额:<100000", {1}),
        ("日期:2023-05", {0}),
        ("题名:补充", {1}),
        ("页数:2", {0}),
        ("客户:华信 NOT 年度:2023", {1}),
        ("违约金 OR 年度:2021", {0, 2}),
        ("NOT 客户:华信", {2}),
    ],
)
def test_fields_narrow_the_result(archive, query, expected):
    with archive.begin() as work:
        customer = add_customer(work, "C0001", "江苏华信化工有限公司")
        contract = add_contract(work, "HT-2023-00871", "采购", customer)
    ids = _lay(
        archive,
        Paper(pages=("违约金", "第二页"), customer_id=customer, contract_id=contract, year=2023, type_code="contract",
              series_code="3", amount=Decimal(438000), doc_on=date(2023, 5, 18)),
        Paper(pages=("发票",), title="补充说明", customer_id=customer, year=2022, type_code="invoice",
              amount=Decimal(500)),
        Paper(pages=("别的",), year=2021),
    )  # fmt: skip  # one paper a line or two
    assert _ids(_ask(archive, query)) == {ids[index] for index in expected}


def test_a_contract_filter_takes_the_whole_number(archive):
    _lay(archive, Paper(claimed_contract_no="HT-2023-00871"), Paper(claimed_contract_no="HT-2023-008711"))
    assert [hit.contract_no for hit in _ask(archive, "", contract_no="ht-2023-00871").hits] == ["HT-2023-00871"]


def test_an_empty_query_lists_by_date_and_shows_the_beginning(archive):
    old, new, undated = _lay(
        archive,
        Paper(pages=("", "\n旧合同\n正文"), doc_on=date(2020, 1, 1)),
        Paper(pages=("新合同",), doc_on=date(2024, 1, 1)),
        Paper(),
    )
    result = _ask(archive, "")
    assert [hit.item_id for hit in result.hits] == [new, old, undated]
    assert [hit.page for hit in result.hits] == [None, None, None]
    assert [[(s.page, s.text) for s in hit.snippets] for hit in result.hits] == [
        [(1, "新合同")],
        [(2, "旧合同正文")],
        [],
    ]
    assert {hit.score for hit in result.hits} == {0.0}


def test_the_best_hit_has_score_one_and_dates_can_lead_instead(archive):
    often, once = _lay(
        archive,
        Paper(pages=("定金" * 8,), doc_on=date(2020, 1, 1)),
        Paper(pages=("定金以及许多其他内容，与它毫无关系",), doc_on=date(2024, 1, 1)),
        *[Paper(pages=("别的",)) for _ in range(5)],
    )[:2]
    hits = _ask(archive, "定金").hits
    assert [hit.item_id for hit in hits] == [often, once]
    assert hits[0].score == 1.0 > hits[1].score > 0
    assert [hit.item_id for hit in _ask(archive, "定金", sort=SearchSort.DATE).hits] == [once, often]


def test_total_is_true_whatever_the_stretch(archive):
    _lay(archive, *[Paper(pages=("定金",)) for _ in range(7)])
    seen = []
    for offset in (0, 3, 6, 9):
        result = _ask(archive, "定金", limit=3, offset=offset)
        assert result.total == 7
        seen += [hit.item_id for hit in result.hits]
    assert len(seen) == len(set(seen)) == 7
    assert len(_ask(archive, "定金", limit=0).hits) == 0
    assert len(_ask(archive, "定金", limit=10**9).hits) == 7
    assert len(_ask(archive, "定金", limit=-5, offset=-5).hits) == 0
    assert _ask(archive, "定金", offset=10**30).total == 7
    assert _ask(archive, "定金", year=10**30).total == 0


@pytest.mark.parametrize(
    "query",
    [
        "' OR 1=1 --",
        "NEAR(违约 金, 5)",
        "违约金）",
        '"违约金',
        "-违约金",
        "违约*金",
        "违约金5%",
        "\x00违约金",
        "违约\udfff金",
    ],
)
def test_odd_input_is_looked_for_literally(archive, query):
    item_id, _ = _lay(archive, Paper(pages=(AGGRESSIVE,)), Paper(pages=("别的",)))
    assert _ids(_ask(archive, query)) == {item_id}


def test_odd_filters_find_nothing_and_never_raise(archive):
    _lay(archive, Paper(pages=("违约金",)))
    for odd in ("\ud800", "'", "\x00", "%", "x" * 10_000):
        for name in ("customer_code", "type_code", "series_code", "contract_no"):
            assert _ask(archive, "", **{name: odd}).total == 0


def test_an_actor_without_clearance_learns_nothing_of_a_secret_paper(archive):
    with archive.begin() as work:
        customer = add_customer(work, "C0001", "江苏华信化工有限公司")
    secret = Paper(pages=("并购意向书", "底价三千万"), title="绝密意向", customer_id=customer, year=2021,
                   type_code="contract", series_code="3", grade=1)  # fmt: skip
    open_paper = Paper(pages=("公开的合同",), grade=3)
    secret_id, open_id = _lay(archive, secret, open_paper)
    for query in ("并购意向书", "底价", "并", "绝密", "华信", "客户:华信", "年度:2021", "类型:合同", "并购 OR 华信"):
        result = _ask(archive, query, actor=LAWYER)
        assert (result.total, result.hits) == (0, ())
        assert result.facets.customers == result.facets.years == result.facets.types == result.facets.series == ()
        assert _ask(archive, query).total == 1
        assert hit_places(LAWYER, secret_id, query, archive=archive) == ()
    for query in ("", "NOT 并购", "合同 OR 并购"):
        result = _ask(archive, query, actor=LAWYER)
        assert _ids(result) == {open_id}
        assert result.facets.years == ()
    assert _ask(archive, "", actor=LAWYER, customer_code="C0001").total == 0
    assert _ask(archive, "", actor=LAWYER, year=2021).facets.customers == ()
    assert hit_places(OPERATOR, secret_id, "底价", archive=archive) == (HitPlace(2, 0, 2),)


def test_only_those_who_may_consult_may_search(archive):
    with pytest.raises(ActionForbidden):
        _ask(archive, "违约金", actor=AUDITOR)
    with pytest.raises(ActionForbidden):
        hit_places(AUDITOR, "x", "违约金", archive=archive)


def test_a_withdrawn_paper_is_found_no_more(archive):
    [item_id] = _lay(archive, Paper(pages=("违约金",)))
    with archive.begin() as work:
        work.items.withdraw(work.items.with_id(item_id, actor=OPERATOR).key)
    assert _ask(archive, "违约金").total == 0
    assert hit_places(OPERATOR, item_id, "违约金", archive=archive) == ()


def test_every_search_is_journaled_with_what_was_asked_and_how_much_was_found(archive):
    _lay(archive, Paper(pages=("违约金",), year=2021))
    _ask(archive, "违约金", actor=LAWYER, year=2021)
    _ask(archive, "x" * 5000 + "\ud800", actor=LAWYER)
    with archive.looking() as view:
        last, first = list(view.journal.entries(newest_first=2))
    assert (first.actor, first.action, first.origin) == ("lawyer", "searched", "web")
    assert first.details == {"query": "违约金", "year": 2021, "total": 1}
    assert len(str(last.details["query"])) == 1000
    assert last.computed_digest() == last.digest


def test_places_of_a_paper_that_does_not_exist_are_none(archive):
    assert hit_places(OPERATOR, "nothing", "违约金", archive=archive) == ()


def test_a_misread_phrase_is_found_below_the_exact_ones_and_said_to_be_tolerated(archive):
    exact, alike = _lay(archive, Paper(pages=("应付逾期违约金",)), Paper(pages=("应付逾斯违约金", "逾期违约会")))
    assert _ids(_ask(archive, "逾期违约金")) == {exact}
    result = _ask(archive, "逾期违约金", tolerant=True)
    assert [(hit.item_id, hit.tolerated) for hit in result.hits] == [(exact, False), (alike, True)]
    assert (result.total, result.exact_total, result.tolerance_bounded) == (2, 1, False)
    assert result.hits[1].pages_with_hits == (1, 2)
    assert _marked(result.hits[1].snippets[0]) == ["逾斯违约金"]
    assert hit_places(OPERATOR, alike, "逾期违约金", archive=archive) == ()
    assert hit_places(OPERATOR, alike, "逾期违约金", tolerant=True, archive=archive) == (
        HitPlace(1, 2, 7),
        HitPlace(2, 0, 5),
    )


def test_what_was_read_as_look_alikes_stands_before_what_was_misread_otherwise(archive):
    misread, alike = _lay(archive, Paper(pages=("未到货债务",) * 5), Paper(pages=("末到期债务",)))
    assert [hit.item_id for hit in _ask(archive, "未到期债务", tolerant=True).hits] == [alike, misread]


def test_words_near_each_other_are_marked_where_they_are_near(archive):
    _lay(
        archive, Paper(pages=("违约。" + "甲" * 60, "违约的一方应当赔偿")), Paper(pages=("违约" + "甲" * 60 + "赔偿",))
    )
    result = _ask(archive, "违约 NEAR/10 赔偿")
    assert result.total == 1
    assert result.hits[0].pages_with_hits == (2,)
    assert _marked(result.hits[0].snippets[0]) == ["违约", "赔偿"]


def test_an_amount_is_found_and_marked_however_it_is_written(archive):
    pages = ("合同总价438,000.00元", "计人民币肆拾叁万捌仟元整", "共43.8万元")
    _lay(archive, *[Paper(pages=(page,)) for page in pages], Paper(pages=("共438元",)))
    result = _ask(archive, "438000元")
    assert result.total == 3
    assert all(_marked(hit.snippets[0]) for hit in result.hits)


def test_hits_are_sorted_as_asked(archive):
    papers = [
        Paper(pages=("货款",), doc_on=date(2022, 1, 1), amount=Decimal(5)),
        Paper(pages=("货款",)),
        Paper(pages=("货款",), doc_on=date(2020, 1, 1), amount=Decimal(50)),
    ]
    ids = _lay(archive, *papers)
    expected = {
        SearchSort.DATE: [0, 2, 1],
        SearchSort.OLDEST: [2, 0, 1],
        SearchSort.ARRIVAL: [2, 1, 0],
        SearchSort.AMOUNT: [2, 0, 1],
    }
    for sort, order in expected.items():
        found = [hit.item_id for hit in _ask(archive, "货款", sort=sort).hits]
        assert found == [ids[index] for index in order], sort


def test_a_search_within_results_finds_what_both_find_and_marks_both(archive):
    both, _, _ = _lay(archive, Paper(pages=("定金与违约金",)), Paper(pages=("定金",)), Paper(pages=("违约金",)))
    result = _ask(archive, "定金", within=("违约金 OR 滞纳金", " "))
    assert _ids(result) == {both}
    assert _marked(result.hits[0].snippets[0]) == ["定金", "违约金"]
    assert result.explanation.meaning.zh == "“定金” 且 （“违约金” 或 “滞纳金”）"
    assert len(result.explanation.terms) == 3
    places = hit_places(OPERATOR, both, "定金", within=("违约金",), archive=archive)
    assert places == (HitPlace(1, 0, 2), HitPlace(1, 3, 6))


def test_of_very_many_searches_within_each_other_the_last_ones_count(archive):
    _lay(archive, Paper(pages=("定金",)))
    result = _ask(archive, "定金", within=("不存在", *["定金"] * 16))
    assert result.total == 1
    assert "16" in result.explanation.notes[-1].zh


def test_synonyms_of_the_company_are_found_where_they_are_asked_for(archive):
    with archive.begin() as work:
        work.synonyms.state([["违约金", "滞纳金", "罚金"]])
    fine, late = _lay(archive, Paper(pages=("违约金",)), Paper(pages=("滞納金",)))
    alone = _ask(archive, "违约金")
    assert _ids(alone) == {fine}
    assert [known.zh for known in alone.explanation.synonyms_known] == ["违约金：滞纳金、罚金"]
    result = _ask(archive, "违约金", synonyms=True)
    assert _ids(result) == {fine, late}
    assert hit_places(OPERATOR, late, "违约金", synonyms=True, archive=archive) == (HitPlace(1, 0, 3),)


def test_the_journal_names_all_that_was_asked(archive):
    [item_id] = _lay(archive, Paper(pages=("违约金" * 20,)))
    asked = {"grade": 3, "state": "review", "contract_no": "HT-1", "customer_code": "C1", "type_code": "contract"}
    _ask(archive, "违约金", within=("定金", "货款"), tolerant=True, synonyms=True, like_item_id=item_id, **asked)
    with archive.looking() as view:
        [entry] = view.journal.entries(newest_first=1)
    expected = {
        "query": "违约金",
        "within": "定金 → 货款",
        "like_item_id": item_id,
        "tolerant": True,
        "synonyms": True,
        "total": 0,
    }
    assert entry.details == expected | asked


def test_a_search_is_remembered_for_whoever_asked(archive):
    _ask(archive, "违约金", tolerant=True)
    with archive.looking() as view:
        assert [one["query"] for one in view.recent_searches.of(OPERATOR)] == ["违约金"]


def test_an_example_that_one_may_not_see_is_as_if_it_did_not_exist(archive):
    [secret] = _lay(archive, Paper(pages=("并购意向书",), grade=1))
    refusals = []
    for example in (secret, "nothing", "\ud800"):
        with pytest.raises(ItemNotFound) as refusal:
            _ask(archive, "", like_item_id=example, actor=LAWYER)
        refusals.append(str(refusal.value).replace(example, "…"))
    assert len(set(refusals[:2])) == 1
