from typing import Any

import pytest

from dms.ingest.understanding.classification import TypeFound, classify
from dms.ingest.understanding.cues import Cues, read_cues
from dms.ingest.understanding.outcome import Reason
from dms.ingest.understanding.paper import prepare

TITLES_OF_TYPE = {
    "contract": (
        "产品购销合同 工业品买卖合同 采购合同 框架协议 业务约定书 欠款还款协议 商品房预售合同 苏州某某公司经销合同"
    ),
    "amendment": "补充协议 合同变更协议书 产品购销合同补充协议（二） 补充协议之一 关于变更交货期的协议",
    "termination": "解除协议 合同终止协议书 关于解除采购合同的协议",
    "licence": "营业执照 事业单位法人证书 企业法人营业执照（副本）",
    "authorization": "授权委托书 法定代表人授权委托书 授权书",
    "identity_proof": "法定代表人身份证明 介绍信 中华人民共和国居民身份证",
    "capability_proof": "安全生产许可证 质量管理体系认证证书 类似业绩证明",
    "guarantee": "最高额保证合同 抵押合同 履约保函 不可撤销担保书",
    "negotiation_record": "合同谈判记录 会议纪要 商务洽谈纪要",
    "feasibility_study": "新厂区项目可行性研究报告",
    "approval": "合同审批表 合同评审表 关于签订合同的请示 延期还款审批单",
    "correspondence": "催款函 律师函 关于延期交货的函 工作联系函 关于召开会议的通知",
    "notarization": "公证书 律师见证书 合同鉴证书",
    "acceptance_record": "收货验收单 工程竣工验收报告 验收报告",
    "delivery_voucher": "发货单 货物交接单 销售出库单 装箱单",
    "receipt": "收款收据 电子银行承兑汇票 中国银行业务回单 付款凭证",
    "invoice": "江苏增值税专用发票 电子发票（普通发票）",
    "credit_report": "客户资信调查报告 信用评估报告",
    "refund_record": "退货单 折价审批单 质量索赔处理单",
    "judgment": "民事判决书 民事调解书 仲裁裁决书 执行裁定书",
}
TITLES = [(title, code) for code, titles in TITLES_OF_TYPE.items() for title in titles.split()]
PRINTED = [
    ("spaced out", "营 业 执 照", "licence"),
    ("in book marks", "《设备采购合同》", "contract"),
    ("traditional", "產品購銷合同", "contract"),
    ("one character misread", "授权委托节", "authorization"),
    ("one character missing", "收货验单\n验收数量 3台\n验收结论 合格", "acceptance_record"),
    ("over two lines", "产品购销\n合同", "contract"),
    ("downwards", "营\n业\n执\n照", "licence"),
    ("below a letterhead", "江苏新纪元装备制造股份有限公司\n地址：南京市\n收货验收单", "acceptance_record"),
    ("with a number in the same line", "收款收据\nNO.123456", "receipt"),
]
WORDED = [
    ("acceptance", "供货单位 甲厂\n验收数量 3台\n验收结论 合格", "acceptance_record"),
    ("receipt", "今收到某某公司\n交来货款\n经手人：张三", "receipt"),
    ("delivery", "品名 数量\n送货人：李四 车牌号：苏A12345", "delivery_voucher"),
    ("licence", "统一社会信用代码\n注册资本 伍佰万元\n登记机关", "licence"),
    ("judgment", "原告某某\n被告某某\n本院认为…判决如下", "judgment"),
    ("contract", "甲乙双方经协商一致，本合同一式两份", "contract"),
    ("amendment", "现对原合同作如下变更，其他条款不变", "amendment"),
]


def classified(read: Any, text: str, cues: Cues, claimed_type: str | None = None) -> TypeFound:
    return classify(prepare(read(text)), cues, claimed_type=claimed_type)


@pytest.mark.parametrize(("title", "code"), TITLES, ids=[case[0] for case in TITLES])
def test_the_title_says_what_a_paper_is(title: str, code: str, read: Any, cues: Cues) -> None:
    found = classified(read, f"{title}\n本文书仅供参考", cues)
    assert found.cues.code == code


@pytest.mark.parametrize(("how", "text", "code"), PRINTED, ids=[case[0] for case in PRINTED])
def test_a_title_is_recognised_however_it_is_printed(how: str, text: str, code: str, read: Any, cues: Cues) -> None:
    assert classified(read, text, cues).cues.code == code


@pytest.mark.parametrize(("what", "text", "code"), WORDED, ids=[case[0] for case in WORDED])
def test_the_wording_decides_where_no_title_is_readable(what: str, text: str, code: str, read: Any, cues: Cues) -> None:
    found = classified(read, text, cues)
    assert (found.cues.code, found.certain, found.reason) == (code, False, Reason.BY_WORDING)


def test_a_sentence_that_ends_like_a_title_is_none(read: Any, cues: Cues) -> None:
    text = "双方经友好协商，就下列事项达成协议\n验收数量 3台\n验收结论 合格\n验收人：王五"
    assert classified(read, text, cues).cues.code == "acceptance_record"


def test_a_misread_title_is_never_certain_and_is_put_right(read: Any, cues: Cues) -> None:
    found = classified(read, "授权委托节\n受托人：王五", cues)
    assert (found.title, found.certain, found.reason) == ("授权委托书", False, Reason.TITLE_MISREAD)


def test_a_clear_title_is_certain_and_stays_where_it_stands(read: Any, cues: Cues) -> None:
    found = classified(read, "江苏某某公司\n购 销 合 同", cues)
    assert found.certain
    assert found.passage is not None
    assert found.passage.as_read == "购 销 合 同"


def test_the_claim_decides_only_where_the_paper_does_not(read: Any, cues: Cues) -> None:
    assert classified(read, "今天天气晴", cues, "approval").cues.code == "approval"
    assert classified(read, "营业执照\n统一社会信用代码", cues, "approval").cues.code == "licence"


def test_a_type_that_the_company_has_added_may_be_claimed(read: Any, cues: Cues) -> None:
    assert classified(read, "今天天气晴", cues, "export_permit").cues.code == "export_permit"


def test_a_company_may_add_titles_of_its_own(read: Any) -> None:
    own = read_cues(
        """
        [[type]]
        code = "export_permit"
        number = "none"
        titles = ["出口许可批件"]
        wording = []
        customer_roles = []
        day_labels = []
        day_at_end = false
        amount_labels = []
        [[type]]
        code = "other"
        number = "none"
        titles = []
        wording = []
        customer_roles = []
        day_labels = []
        day_at_end = false
        amount_labels = []
        [words]
        roles = []
        bystanders = []
        own_roles = []
        name_labels = []
        number_labels = []
        original_number_labels = []
        agreement_number_labels = []
        own_number_labels = []
        foreign_number_labels = []
        uscc_labels = []
        foreign_day_labels = []
        foreign_amount_labels = []
        stops = []
        """
    )
    assert classified(read, "出口许可批件", own).cues.code == "export_permit"
