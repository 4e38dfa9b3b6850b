"""The search page: bookmarkable, honest about its counts, and leading to the marked page."""

import re
from datetime import date

import pytest
from simulators.laid_papers import Paper, add_contract, add_customer, lay

from dms.domain.actor import Role


@pytest.fixture
def shelf(office, archive):
    """Three contracts of two customers, and an invoice."""
    with archive.begin() as work:
        mill = add_customer(work, "C0001", "苏州瑞泰精密机械有限公司")
        port = add_customer(work, "C0002", "上海浦江国际贸易有限公司")
        contract = add_contract(work, "HT-2023-00871", "数控机床买卖合同", mill)
        common = {"type_code": "contract", "series_code": "3"}
        lay(
            work,
            Paper(
                title="机床合同",
                pages=("甲方乙方", "逾期交货的违约金"),
                customer_id=mill,
                contract_id=contract,
                year=2023,
                doc_on=date(2023, 5, 18),
                **common,
            ),
        )
        lay(work, Paper(title="运输合同", pages=("违约金另议",), customer_id=port, year=2024, **common))
        lay(work, Paper(title="保管合同", pages=("没有<b>罚则</b>",), customer_id=port, year=2024, **common))
        lay(
            work,
            Paper(title="发票", pages=("价税合计",), customer_id=mill, type_code="invoice", series_code="2", year=2023),
        )
    return office


def titles(page: str) -> list[str]:
    return re.findall(r'<h2 class="hit-title"><span[^>]+>\d+</span><a [^>]+>([^<]+)</a>', page)


def test_before_anything_is_asked_the_page_shows_how_to_ask(office):
    page = office.get("/search").text
    assert "可以这样查" in page
    assert 'href="/search?q=%22%E4%B8%8D%E5%8F%AF%E6%8A%97%E5%8A%9B%22"' in page


def test_hits_are_marked_counted_and_lead_to_their_page(shelf):
    page = shelf.get("/search?q=违约金").text
    assert sorted(titles(page)) == ["机床合同", "运输合同"]
    assert "找到 <strong>2</strong> 件" in page
    assert "<mark>违约金</mark>" in page
    assert re.search(r'href="/items/\w+\?page=2&amp;q=%E8%BF%9D%E7%BA%A6%E9%87%91&amp;at=[12]"', page)
    assert "HT-2023-00871" in page
    assert "2023-05-18" in page


def test_filters_narrow_the_result_and_can_be_taken_away_one_by_one(shelf):
    page = shelf.get("/search?q=违约金&year=2023&type=contract").text
    assert titles(page) == ["机床合同"]
    chips = re.findall(r'<a class="chip" href="([^"]+)"', page)
    assert [chip.replace("&amp;", "&") for chip in chips] == [
        "/search?q=%E8%BF%9D%E7%BA%A6%E9%87%91&type=contract",
        "/search?q=%E8%BF%9D%E7%BA%A6%E9%87%91&year=2023",
    ]


def test_a_contract_number_leads_to_every_paper_of_that_contract(shelf):
    page = shelf.get("/search?q=违约金").text
    assert 'href="/search?contract=HT-2023-00871"' in page
    assert titles(shelf.get("/search?contract=HT-2023-00871").text) == ["机床合同"]


def test_facets_tell_how_many_papers_choosing_them_would_leave(shelf):
    page = shelf.get("/search?q=&type=contract").text
    year = re.search(
        r'href="(/search\?[^"]*year=2024[^"]*)"[^>]*>\s*<span>2024</span><span class="facet-count">2<', page
    )
    assert year
    assert len(titles(shelf.get(year[1].replace("&amp;", "&")).text)) == 2


def test_the_query_survives_choosing_a_filter_and_the_filter_survives_a_new_query(shelf):
    page = shelf.get("/search?q=违约金&year=2023").text
    assert 'name="q" type="search" value="违约金"' in page
    assert '<input type="hidden" name="year" value="2023">' in page


def test_nothing_found_says_what_to_try(shelf):
    page = shelf.get("/search?q=火星登陆&year=2023").text
    assert "没有找到" in page
    assert "去掉筛选条件，只按“火星登陆”检索" in page


@pytest.mark.parametrize(
    "query", ['"', "((((", "AND", "客户:", "<script>", "' OR 1=1 --", "\x00", "a" * 3000, "%00", "*"]
)
def test_odd_input_is_answered_and_never_becomes_markup(office, query):
    answer = office.browser.get("/search", query_string={"q": query})
    assert answer.status_code == 200
    assert "<script>" not in answer.text.split("<main")[1].split("</main>")[0]


@pytest.mark.parametrize(
    "arguments", ["year=abc", "page=0", "page=-3", "page=99999999999", "sort=nonsense", "type=nonsense", "customer=%00"]
)
def test_an_address_typed_by_hand_never_breaks_the_page(office, arguments):
    assert office.get(f"/search?q=x&{arguments}").status_code == 200


def test_text_of_a_paper_is_never_markup(shelf):
    page = shelf.get("/search?q=罚则").text
    assert "&lt;b&gt;" in page
    assert "<b>" not in page


def test_what_was_read_literally_is_said(office):
    assert "search-note" in office.get('/search?q="没有结束').text


def test_long_results_come_in_pages_with_a_stable_order(office, archive):
    with archive.begin() as work:
        for number in range(45):
            lay(work, Paper(title=f"第{number}号", pages=("相同的文字",), year=2023))
    pages = [titles(office.get(f"/search?q=相同&page={page}").text) for page in (1, 2, 3)]
    assert [len(found) for found in pages] == [20, 20, 5]
    assert len({title for found in pages for title in found}) == 45
    assert 'rel="next"' in office.get("/search?q=相同").text


def test_who_may_not_consult_cannot_search(desk):
    assert desk.sign_in_as(Role.AUDITOR).get("/search?q=x").status_code == 403
