from typing import Any

import pytest

from dms.domain.proposal import Proposal
from dms.ingest.understanding.cues import Cues
from dms.ingest.understanding.outcome import Reason
from dms.ingest.understanding.paper import prepare
from dms.ingest.understanding.total import find_total

CASES = [
    ("capitals and figures", "contract", "总价款人民币捌拾万零玖仟伍佰捌拾元整（¥809,580.00）", "809580.00"),
    ("figures and capitals", "contract", "合同总价：809,580.00元（大写：捌拾万零玖仟伍佰捌拾元整）", "809580.00"),
    ("not the unit price", "contract", "单价人民币2,270.00元，总价款¥372,280.00元", "372280.00"),
    ("not the advance payment", "contract", "合同总价¥100,000.00元，预付款¥30,000.00元", "100000.00"),
    ("not a share of it", "contract", "合同总价¥100,000.00元。合同总价的30%，即叁万元整（¥30,000.00）", "100000.00"),
    ("not the registered capital", "contract", "注册资本：伍佰万元整（¥5,000,000.00）", None),
    ("not the penalty", "contract", "违约金人民币伍万元整（¥50,000.00）", None),
    ("ten thousands", "contract", "合同总金额：43.8万元", "438000.00"),
    ("label says ten thousands", "approval", "合同金额（万元）：37.228", "372280.00"),
    ("total row of a table", "contract", "合计 125000.00\n人民币大写 壹拾贰万伍仟元整", "125000.00"),
    ("plain number behind its label", "approval", "合同金额（元）：372280", "372280.00"),
    ("quantities are no money", "delivery_voucher", "合计 237台 2,180,400.00元", "2180400.00"),
    ("receipt", "receipt", "金额（大写）：人民币壹万元整 （小写）￥10,000.00", "10000.00"),
    ("receipt of a deposit", "receipt", "今收到定金人民币贰万元整（¥20,000.00）", "20000.00"),
    ("cell before does not matter", "receipt", "交来：预付款 金额（大写）：壹万元整 ¥10,000.00", "10000.00"),
    ("broken at the line end", "contract", "总价款人民币贰佰伍拾捌\n万元整（¥2,580,000.00）", "2580000.00"),
    ("misread capital, figures decide", "receipt", "金额（大写）：叁万伍任元整 ¥35,000.00", "35000.00"),
    ("semicolon for colon", "refund_record", "折价金额；8,888.00元", "8888.00"),
    (
        "tax included",
        "invoice",
        "合计 ¥88500.00 ¥11505.00\n价税合计（大写）壹拾万零伍元整（小写）¥100005.00",
        "100005.00",
    ),
    ("licences have none", "licence", "注册资本 伍佰万元整 金额¥1.00", None),
    (
        "greatest agreeing pair without a label",
        "contract",
        "付叁万元整（¥30,000.00）；付伍万元整（¥50,000.00）",
        "50000.00",
    ),
]


def total(read: Any, cues: Cues, text: str, code: str) -> Proposal | None:
    return find_total(prepare(read(text)), cues.of(code), cues)


@pytest.mark.parametrize(("what", "code", "text", "want"), CASES, ids=[case[0] for case in CASES])
def test_the_amount_of_the_paper_is_told_from_the_others(
    what: str, code: str, text: str, want: str | None, read: Any, cues: Cues
) -> None:
    proposal = total(read, cues, text, code)
    assert (proposal.value if proposal else None) == want


CERTAINTY = [
    ("both forms agree", "总价款壹万元整（¥10,000.00）", "10000.00", ""),
    ("both forms differ", "总价款壹万元整（¥70,000.00）", "10000.00", Reason.FIGURES_AND_CAPITALS_DIFFER),
    ("one form", "总价款¥10,000.00元", "10000.00", Reason.ONE_FORM_ONLY),
    ("two totals", "总价款壹万元整（¥10,000.00）。总价款贰万元整（¥20,000.00）", "20000.00", Reason.SEVERAL_READINGS),
    ("no label", "支付壹万元整（¥10,000.00）", "10000.00", Reason.BY_POSITION),
]


@pytest.mark.parametrize(("what", "text", "value", "reason"), CERTAINTY, ids=[case[0] for case in CERTAINTY])
def test_only_figures_and_capitals_that_agree_make_an_amount_certain(
    what: str, text: str, value: str, reason: str, read: Any, cues: Cues
) -> None:
    proposal = total(read, cues, text, "contract")
    assert proposal is not None
    assert (proposal.value, proposal.reason, proposal.certain) == (value, reason, reason == "")


def test_figures_that_a_full_line_breaks_are_read_whole(read: Any, cues: Cues) -> None:
    text = "一、卖方供应货物一批，数量十二台，合同总价人民币1,4\n47,854.00元，含税。\n二、其他"
    proposal = total(read, cues, text, "contract")
    assert proposal is not None
    assert (proposal.value, proposal.as_read) == ("1447854.00", "人民币1,4\n47,854.00元")


def test_the_number_of_the_next_row_is_not_joined_to_an_amount(read: Any, cues: Cues) -> None:
    text = "1 液压缸总成 K39-970 台 135 货款合计 9,200.00 1,242,000.00\n2 液压缸总成 K39-970 台"
    proposal = total(read, cues, text, "delivery_voucher")
    assert proposal is not None
    assert proposal.value != "1242000.002"
