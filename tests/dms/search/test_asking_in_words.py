"""The query language before a whole archive: what each query finds."""

from datetime import date
from decimal import Decimal

import pytest
from simulators.laid_papers import Paper, add_contract, add_customer, lay

from dms.domain.actor import OPERATOR
from dms.search import SearchRequest, search
from dms.search.query import parse_query
from dms.search.wording import NOT_IS_EXACT, SHORT_BEARS_LOOK_ALIKES

PAPERS = {
    "penalty": Paper(
        pages=("甲方逾期交货的，应当支付违约金，并赔偿乙方的损失。", "违约金为合同总价的百分之五。"), title="购销合同"
    ),
    "arrears": Paper(
        pages=("乙方逾期付款的，按日支付滞纳\n金。如有争议，赔偿由法院判定。",), title="补充协议", grade=1
    ),
    "invoice": Paper(
        pages=("增值税专用发票 价税合计 ¥438,000.00 开票日期 2023年05月18日",),
        type_code="invoice",
        amount=Decimal("438000.00"),
        doc_on=date(2023, 5, 18),
    ),
    "letter": Paper(
        pages=("贵司于二〇二三年五月十八日来函，欠款肆拾叁万捌仟元整，合同号HT-2023-00871。",), title="往来函件"
    ),
    "misread": Paper(pages=("己方逾期未付，应支付违约佥。",)),
}


@pytest.fixture
def ask(archive):
    with archive.begin() as work:
        names = {work.items.get(lay(work, paper)).id: name for name, paper in PAPERS.items()}
        customer = add_customer(work, "C0001", "江苏锡城机械有限公司", uscc="91320594MA1WK3X20B")
        contract = add_contract(work, "HT-2023-00900", "钢材购销合同", customer)
        key = lay(work, Paper(customer_id=customer, contract_id=contract, pages=("验收合格",), title="验收单"))
        names[work.items.get(key).id] = "acceptance"

    def asked(query, **more):
        found = search(OPERATOR, SearchRequest(query=query, **more), archive=archive)
        assert found.total == len(found.hits)
        return {names[hit.item_id] for hit in found.hits}

    return asked


def test_every_sign_of_the_language_finds_what_it_says(ask):
    found = {query: ask(query) for query, _ in FOUND}
    assert found == {query: set(names.split()) for query, names in FOUND}


FOUND = [
    ("违约金", "penalty"),
    ("违?金", "penalty"),
    ("逾期*金", "penalty arrears"),
    ("逾期?货", "penalty"),
    ("HT-2023-???71", "letter"),
    ("违约金 近/5 赔偿", "penalty"),
    ("赔偿 近/5 违约金", "penalty"),
    ("违约金 先/5 赔偿", "penalty"),
    ("赔偿 先/4 违约金", ""),
    ("逾期 近/3 违约金", ""),
    ("逾期 近/10 违约金", "penalty"),
    ("损失 近/0 违约金", "penalty"),
    ("逾期 近/15 （违约金 或 滞纳金）", "penalty arrears"),
    ("甲方 先/6 支付 先/5 违约金", ""),
    ("甲方 先/15 支付 先/5 违约金", "penalty"),
    ("逾期 非 （逾期 近/10 违约金）", "arrears misread"),
    ("支付违约金~", "penalty misread"),
    ('"已方逾期未付"~', "misread"),
    ("逾期 非 支付违约金~", "arrears misread"),
    ("43.8万元", "invoice letter"),
    ("2023-5-18", "invoice letter"),
    ("2023年5月", "invoice letter"),
    ("金额:40万..50万", "invoice letter"),
    ("登记金额:40万..50万", "invoice"),
    ("文中金额:438000", "invoice letter"),
    ("日期:2023-05", "invoice letter"),
    ("登记日期:2023-05", "invoice"),
    ("文中日期:2023-05-18 非 登记日期:2023-05-18", "letter"),
    ("合同 非 金额:438000", "penalty letter acceptance"),
    ("密级:一级", "arrears"),
    ("密级:二级至三级 逾期", "penalty misread"),
    ("状态:待核对 类型:发票", "invoice"),
    ("信用代码:MA1WK", "acceptance"),
    ("客户:江*公司", "acceptance"),
    ("题名:补*协议", "arrears"),
    ("合同:HT?2023", ""),
    ("合同:HT-20*900", "acceptance"),
    ("正文:合同 近/20 违约金", "penalty"),
    ("NEAR/5 违约金", ""),
    ('"违?约*金"', "penalty"),
]


def test_tolerance_and_synonyms_can_be_asked_for_the_whole_query(ask):
    assert ask("支付违约金", tolerant=True) == {"penalty", "misread"}
    assert ask("支付违约金 NOT 违约金", tolerant=True) == {"misread"}


@pytest.mark.parametrize(
    ("query", "found"),
    [
        (">= 43万", {"invoice", "letter"}),
        ("40万至50万", {"invoice", "letter"}),
        ("2023-05-01 至 2023-05-31", {"invoice", "letter"}),
        ("2023.5", {"invoice", "letter"}),
        ("2023年5月份", {"invoice", "letter"}),
        ("违约金 或者 滞纳金", {"penalty", "arrears"}),
        ("违约金 | 滞纳金", {"penalty", "arrears"}),
        ("违约金 && 赔偿", {"penalty"}),
        ("统一社会信用代码：91320594MA1WK3X20B", {"acceptance"}),
        ("+违约金", {"penalty"}),
    ],
)
def test_what_people_type_out_of_habit_is_understood(ask, query, found):
    assert ask(query) == found


@pytest.mark.parametrize(
    ("query", "note"),
    [
        ("日期:2023-13-45", "“2023-13-45”不能作为日期的值，已按文字查找。"),
        ("金额:-438000", "“-438000”不能作为金额的值，已按文字查找。"),
        ("合同 -发票", "“-发票”前的符号不起排除作用，按“发票”查找；要排除请写：非 发票。"),
    ],
)
def test_what_cannot_be_meant_so_is_said(query, note):
    assert note in [one.zh for one in parse_query(query).explanation.notes]


def test_with_tolerance_on_it_is_said_that_what_is_excluded_is_excluded_exactly():
    assert NOT_IS_EXACT in parse_query("非 违约金", tolerant=True).explanation.notes
    assert NOT_IS_EXACT not in parse_query("非 违约金").explanation.notes


def test_with_tolerance_on_it_is_said_how_little_a_short_word_bears():
    assert SHORT_BEARS_LOOK_ALIKES in parse_query("违约金", tolerant=True).explanation.notes
    assert SHORT_BEARS_LOOK_ALIKES not in parse_query("逾期交货", tolerant=True).explanation.notes
    assert SHORT_BEARS_LOOK_ALIKES not in parse_query("违约金").explanation.notes
