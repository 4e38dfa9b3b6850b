"""The search page: bookmarkable, honest about its counts, and leading to the marked page."""

import re
from datetime import date
from decimal import Decimal
from urllib.parse import unquote

import pytest
from simulators.laid_papers import Paper, add_contract, add_customer, lay

from dms.domain.actor import Role
from dms.domain.item import Placement


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
    assert re.search(r'href="/items/\w+\?q=%E8%BF%9D%E7%BA%A6%E9%87%91&amp;at=[12]&amp;page=2"', page)
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


def location(answer) -> str:
    assert answer.status_code == 302
    return unquote(answer.location)


def test_a_switch_turns_over_and_leaves_everything_else(shelf):
    page = shelf.get("/search?q=违约金&year=2023").text
    assert re.search(r'name="press" value="tolerant" role="switch" aria-checked="false"', page)
    address = location(shelf.get("/search?year=2023&q=违约金&press=tolerant"))
    assert address == "/search?q=违约金&year=2023&tolerant=1"
    page = shelf.get(address).text
    assert re.search(r'name="press" value="tolerant" role="switch" aria-checked="true"', page)
    assert location(shelf.get(f"{address}&press=tolerant")) == "/search?q=违约金&year=2023"


def test_a_hit_with_something_misread_says_so(shelf, archive):
    with archive.begin() as work:
        lay(work, Paper(title="模糊的合同", pages=("逾期交货每日按千分之二支付速约金",), year=2023))
    assert titles(shelf.get("/search?q=支付违约金").text) == []
    assert "打开容错再找一次" in shelf.get("/search?q=支付违约金").text
    page = shelf.get("/search?q=支付违约金&tolerant=1").text
    assert titles(page) == ["模糊的合同"]
    assert "badge-borne" in page
    assert "一字不差 0 件，容错 1 件" in page


def test_synonyms_are_offered_and_used_when_wanted(shelf, archive):
    with archive.begin() as work:
        lay(work, Paper(title="别的说法", pages=("应付滞纳金",), year=2023))
    page = shelf.get("/search?q=违约金").text
    assert "别的说法" not in page
    assert "滞纳金" in page.split("另有同义词")[1].split("</p>")[0]
    assert "别的说法" in titles(shelf.get("/search?q=违约金&synonyms=1").text)


def test_one_can_search_within_the_results_and_go_back_query_by_query(shelf):
    address = location(shelf.get("/search?q=甲方&was=违约金&in_results=1&year=2023"))
    assert address == "/search?q=甲方&year=2023&within=违约金"
    page = shelf.get(address).text
    assert titles(page) == ["机床合同"]
    assert '<input type="hidden" name="within" value="违约金">' in page
    chips = re.findall(r'<a class="chip" href="([^"]+)"', page)
    assert unquote(chips[0]).replace("&amp;", "&") == "/search?q=甲方&year=2023"


@pytest.mark.parametrize("switch", ["tolerant", "synonyms"])
def test_a_switch_keeps_the_search_within_the_results(shelf, switch):
    address = location(shelf.get(f"/search?q=甲方&was=违约金&in_results=1&press={switch}"))
    assert {f"{switch}=1", "within=违约金", "q=甲方"} <= set(address.partition("?")[2].split("&"))


def test_a_page_beyond_the_last_leads_to_the_last(shelf):
    assert location(shelf.get("/search?q=甲方&page=99&year=2023")) == "/search?q=甲方&year=2023"


def test_the_same_query_within_its_own_results_changes_nothing(shelf):
    assert location(shelf.get("/search?q=违约金&was=违约金&in_results=1")) == "/search?q=违约金"


def test_hits_stand_together_by_customer_with_how_many_there_are(shelf):
    page = shelf.get("/search?q=&type=contract&group=customer").text
    groups = re.findall(r'<p class="hit-group">.*?<a href="[^"]+">([^<]+)</a> <span class="quiet">([^<]+)<', page, re.S)
    assert sorted(groups) == [("上海浦江国际贸易有限公司", "2 件"), ("苏州瑞泰精密机械有限公司", "1 件")]


def test_papers_like_one_are_one_click_away(shelf):
    like = re.search(r'href="(/search\?like=\w+)"', shelf.get("/search?q=违约金").text)
    page = shelf.get(like[1]).text
    chips = re.findall(r'<a class="chip" href="([^"]+)">.*?chip-value">([^<]+)<', page)
    assert [(address, title in ("机床合同", "运输合同")) for address, title in chips] == [("/search", True)]


def test_suggestions_name_what_they_are_and_lead_to_whole_searches(shelf):
    shelf.get("/search?q=违约金&year=2023")
    answer = shelf.get("/search/suggestions?q=违约", script=True).json["suggestions"]
    assert answer[0]["named"] == "最近检索"
    assert unquote(answer[0]["address"]) == "/search?q=违约金&year=2023"
    answer = shelf.get("/search/suggestions?q=瑞泰", script=True).json["suggestions"]
    assert {"customer"} <= {each["kind"] for each in answer}


def test_recent_searches_stand_under_the_box_until_they_are_cleared(shelf):
    shelf.get("/search?q=违约金&year=2023&tolerant=1")
    assert "违约金 · 2023 · 容错" in shelf.get("/search").text
    assert shelf.post("/search/recent/clear", {}).status_code == 302
    assert "违约金 · 2023" not in shelf.get("/search").text


@pytest.mark.parametrize(("ending", "begins"), [("pdf", b"%PDF"), ("xlsx", b"PK")])
def test_the_whole_result_can_be_taken_along(shelf, ending, begins):
    page = shelf.get("/search?q=违约金&year=2023").text
    address = re.search(rf'href="(/search/export\.{ending}\?[^"]+)"', page)[1].replace("&amp;", "&")
    answer = shelf.get(address)
    assert answer.status_code == 200
    assert answer.data.startswith(begins)
    assert answer.headers["Content-Disposition"].startswith("attachment")
    assert answer.headers["Cache-Control"] == "no-store"


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
    "arguments",
    [
        "year=abc",
        "year=99999999999999999999999",
        "page=0",
        "page=-3",
        "page=99999999999",
        "sort=nonsense",
        "type=nonsense",
        "customer=%00",
        "grade=99999999999999999999999",
        "state=%ED%A0%80",
        "group=nonsense",
        "within=%22((((",
        "within=%00&within=AND&tolerant=1&synonyms=1",
    ],
)
def test_an_address_typed_by_hand_never_breaks_the_page(office, arguments):
    assert office.get(f"/search?q=x&{arguments}").status_code == 200


@pytest.mark.parametrize("item_id", ["nonsense", "%00", "' OR 1=1"])
def test_a_paper_that_is_not_there_is_like_nothing(office, item_id):
    assert office.get(f"/search?like={item_id}").status_code == 404


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


def test_a_reference_code_in_the_box_leads_to_its_paper(shelf, archive):
    code = "Q001-KH·C0001·3·2023-001-001"
    with archive.begin() as work:
        item = work.items.get(1)
        volume_id = work.volumes.open_for(customer_id=1, series_code="3", year=2023)
        work.items.file(item.key, item.classification, volume_id=volume_id)
        work.items.place(item.key, Placement(volume_id=volume_id, position=1, reference_code=code))
        work.volumes.number(volume_id, number=1, reference_code=code[:-4])
    assert shelf.get(f"/search?q={code[:-4]}").location == f"/volumes/{volume_id}"
    assert shelf.get(f"/search?q=+{code}+").location == f"/items/{item.id}"
    assert shelf.get(f"/search?q={code}&year=2023").status_code == 200
    assert shelf.get("/search?q=Q001-KH·C0001·3·2023-001-002").status_code == 200
    assert code in shelf.get("/search?q=机床").text


def test_clearing_the_filters_keeps_the_switches_and_the_order(shelf):
    page = shelf.get("/search?q=甲方&year=2023&type=contract&within=违约金&tolerant=1&sort=date").text
    (clear,) = re.findall(r'class="chip-clear" href="([^"]+)"', page)
    assert unquote(clear).replace("&amp;", "&") == "/search?q=甲方&tolerant=1&sort=date"


def test_where_nothing_is_found_the_filters_are_named_and_not_coded(shelf):
    page = shelf.get("/search?q=不存在的词语&type=contract&grade=1&state=filed").text
    values = re.findall(r'class="chip-value">([^<]+)<', page)
    assert "contract" not in values
    assert "filed" not in values
    assert "1" not in values
    assert len(values) == 3


def test_a_card_shows_the_amount_by_which_papers_are_sorted(office, archive):
    with archive.begin() as work:
        lay(work, Paper(pages=("违约金",), amount=Decimal("438000.00")))
    assert "¥438,000.00" in office.get("/search?q=违约金&sort=amount").text


def test_advice_fits_what_was_asked(shelf):
    nothing = shelf.get("/search?q=%28%29").text
    assert "输入的内容里没有可以检索的文字" in nothing
    assert "打开容错" not in nothing
    unknown = shelf.get("/search?q=深海采矿机械臂").text
    assert "打开容错" in unknown
    assert "同义词再找一次" not in unknown
    assert "同义词再找一次" in shelf.get("/search?q=质保金&year=1990").text
