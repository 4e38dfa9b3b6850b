"""The document types and the four parts of a customer file, as shipped; an archive keeps its own copy and may add.

The grouping into series follows the four parts of a customer file: base data, credit and payment, dealings,
refunds and discounts.
"""

from dataclasses import dataclass

from dms.domain.scheme import DEFAULT_SCHEME, YearRule, ready_made_schemes
from dms.domain.scheme import Series as Series


@dataclass(frozen=True, slots=True, kw_only=True)
class DocumentType:
    """One kind of paper (`code` is stable and appears in JSON) and the series it is filed in by default."""

    code: str
    zh: str
    en: str
    series: str
    year_rule: YearRule | None = None
    """By which year papers of this kind are filed; None for the rule of their series."""


DEFAULT_SERIES: tuple[Series, ...] = ready_made_schemes()[DEFAULT_SCHEME].series
_CLOSING = YearRule.CLOSING_YEAR

DEFAULT_DOCUMENT_TYPES: tuple[DocumentType, ...] = (
    DocumentType(code="contract", zh="合同", en="Contract", series="3", year_rule=_CLOSING),
    DocumentType(code="amendment", zh="补充（变更）协议", en="Amendment", series="3", year_rule=_CLOSING),
    DocumentType(code="termination", zh="解除协议", en="Termination agreement", series="3", year_rule=_CLOSING),
    DocumentType(code="licence", zh="营业执照", en="Business licence", series="1"),
    DocumentType(code="authorization", zh="授权委托书", en="Authorization", series="3"),
    DocumentType(code="identity_proof", zh="身份证明", en="Identity proof", series="1"),
    DocumentType(code="capability_proof", zh="资质与履约能力证明", en="Capability proof", series="1"),
    DocumentType(code="guarantee", zh="担保文件", en="Guarantee", series="2", year_rule=_CLOSING),
    DocumentType(code="negotiation_record", zh="谈判记录", en="Negotiation record", series="3"),
    DocumentType(code="feasibility_study", zh="可行性研究报告", en="Feasibility study", series="3"),
    DocumentType(code="approval", zh="审批文件", en="Approval", series="3"),
    DocumentType(code="correspondence", zh="往来函件", en="Correspondence", series="3"),
    DocumentType(code="notarization", zh="公证与鉴证文书", en="Notarization", series="3"),
    DocumentType(code="acceptance_record", zh="验收记录", en="Acceptance record", series="3", year_rule=_CLOSING),
    DocumentType(code="delivery_voucher", zh="交货凭证", en="Delivery voucher", series="3"),
    DocumentType(code="receipt", zh="收付款凭证", en="Receipt", series="2"),
    DocumentType(code="invoice", zh="发票", en="Invoice", series="2"),
    DocumentType(code="credit_report", zh="资信调查报告", en="Credit report", series="2"),
    DocumentType(code="refund_record", zh="退赔折价记录", en="Refund record", series="4"),
    DocumentType(code="judgment", zh="裁判与仲裁文书", en="Judgment or award", series="4", year_rule=_CLOSING),
    DocumentType(code="other", zh="其他", en="Other", series="1"),
)
