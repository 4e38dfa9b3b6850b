from typing import Any

import pytest

from dms.domain.proposal import Proposal
from dms.ingest.understanding.cues import Cues
from dms.ingest.understanding.outcome import Reason
from dms.ingest.understanding.paper import prepare
from dms.ingest.understanding.paper_day import find_paper_day

CASES = [
    ("signing label", "contract", "签订日期：2016年11月16日", "2016-11-16"),
    ("time for date", "contract", "签约时间 2016.11.16", "2016-11-16"),
    ("in a sentence", "contract", "本合同由双方于2016年11月16日在苏州签订", "2016-11-16"),
    ("signing outranks delivery", "contract", "交货日期：2017年3月1日\n签订日期：2016年11月16日", "2016-11-16"),
    ("the later signature concludes", "contract", "日期：2016年11月16日 日期：2016年11月20日", "2016-11-20"),
    ("label on its own line", "contract", "签订日期\n2016年11月16日", "2016-11-16"),
    ("eight digits behind a label", "contract", "签订日期：20161116", "2016-11-16"),
    ("broken at the line end", "contract", "签订日期：2016年11\n月16日", "2016-11-16"),
    ("not the validity", "contract", "采购合同\n有效期至2017年12月31日", None),
    ("not the original's day", "amendment", "双方于2020年3月9日签订的合同\n签订日期：2020年8月25日", "2020-08-25"),
    ("not the new delivery day", "amendment", "交货日期延至2024年8月26日后第49日\n2024年8月20日", "2024-08-20"),
    ("not the day it was founded", "licence", "成立日期：2007年02月15日\n营业期限：2007年02月15日至长期", None),
    ("issued below the registry", "licence", "成立日期：2007年02月15日\n登记机关\n2019年03月05日", "2019-03-05"),
    ("issue label of a licence", "licence", "发证日期：2019年3月5日", "2019-03-05"),
    (
        "not the term of the authorization",
        "authorization",
        "委托期限：自2024年10月16日起\n2024年10月10日",
        "2024-10-10",
    ),
    ("acceptance outranks arrival", "acceptance_record", "到货日期：2021-09-01 验收日期：2021-09-03", "2021-09-03"),
    ("not the contract's signing", "acceptance_record", "合同签订日期：2021年9月6日\n日期：2022-01-18", "2022-01-18"),
    ("beside the serial number", "receipt", "2019年11月20日 NO.0045821", "2019-11-20"),
    ("bank capitals", "receipt", "出票日期（大写）贰零贰叁年零伍月壹拾捌日", "2023-05-18"),
    ("not when the bill falls due", "receipt", "汇票到期日：2023-11-18", None),
    ("last line of a letter", "correspondence", "请于2022年3月31日前支付。\n二〇二二年三月一日", "2022-03-01"),
    (
        "last line of a judgment",
        "judgment",
        "2020年6月1日签订编号为A的合同\n二〇二二年九月二十日\n书记员 吴敏",
        "2022-09-20",
    ),
    ("issued, not valid until", "capability_proof", "发证日期：2021年12月15日\n有效期至：2026年12月15日", "2021-12-15"),
    ("not a birthday", "identity_proof", "出生 1975年3月12日\n公民身份号码", None),
    ("impossible day", "contract", "签订日期：2016年11月31日", None),
]


def day(read: Any, cues: Cues, pages: Any, code: str) -> Proposal | None:
    return find_paper_day(prepare(pages), cues.of(code), cues)


@pytest.mark.parametrize(("what", "code", "text", "want"), CASES, ids=[case[0] for case in CASES])
def test_the_day_of_the_paper_is_told_from_the_others(
    what: str, code: str, text: str, want: str | None, read: Any, cues: Cues
) -> None:
    proposal = day(read, cues, read(f"标题\n{text}"), code)
    assert (proposal.value if proposal else None) == want


UNCERTAIN = [
    ("two signatures differ", "日期：2016年11月16日 日期：2016年11月20日", {}, Reason.SEVERAL_READINGS),
    ("a look-alike", "签订日期：2O16年11月16日", {}, Reason.LOOK_ALIKES_REPLACED),
    ("under a seal", "签订日期：2016年11月16日", {"11月": 0.5}, Reason.LOW_CONFIDENCE),
    ("somewhere in the text", "甲方说2016年11月16日天气很好", {}, Reason.LAST_DAY_ON_PAPER),
]


@pytest.mark.parametrize(("what", "text", "doubtful", "reason"), UNCERTAIN, ids=[case[0] for case in UNCERTAIN])
def test_a_day_that_may_be_wrong_is_left_to_a_person(
    what: str, text: str, doubtful: dict[str, float], reason: Reason, read: Any, cues: Cues
) -> None:
    proposal = day(read, cues, read(f"采购合同\n{text}", doubtful=doubtful), "contract")
    assert proposal is not None
    assert (proposal.certain, proposal.reason) == (False, reason)
