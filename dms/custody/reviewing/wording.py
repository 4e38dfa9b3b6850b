"""What the results of a review are called, on paper and on the command line."""

from typing import Final

from dms.domain.customer import CustomerGrade
from dms.domain.review import Outlook, RiskReason
from dms.errors import Bilingual

GRADE_NAMES: Final[dict[CustomerGrade, Bilingual]] = {
    CustomerGrade.IMPORTANT: Bilingual("重要", "important"),
    CustomerGrade.SPECIAL: Bilingual("特殊", "special"),
    CustomerGrade.ORDINARY: Bilingual("一般", "ordinary"),
}
OUTLOOK_NAMES: Final[dict[Outlook, Bilingual]] = {
    Outlook.STEADY: Bilingual("平稳", "steady"),
    Outlook.GROWING: Bilingual("成长快", "growing fast"),
    Outlook.SHRINKING: Bilingual("萎缩", "shrinking"),
    Outlook.LOST: Bilingual("流失", "lost"),
}
RISK_NAMES: Final[dict[RiskReason, Bilingual]] = {
    RiskReason.ARREARS: Bilingual("拖欠款项", "in arrears"),
    RiskReason.BREACH: Bilingual("违约", "breach of contract"),
    RiskReason.LAWSUIT: Bilingual("涉诉或被执行", "sued or under execution"),
    RiskReason.INSOLVENCY: Bilingual("经营困难", "in difficulties"),
    RiskReason.PAPERS_EXPIRED: Bilingual("证照、授权过期", "licence or authority expired"),
    RiskReason.IDENTITY_CHANGED: Bilingual("主体变更、注销或吊销", "changed, deregistered or revoked"),
    RiskReason.OTHER: Bilingual("其他", "other"),
}


def risks_told(risks: tuple[RiskReason, ...]) -> str:
    """``拖欠款项、违约``; empty without any."""
    return "、".join(RISK_NAMES[risk].zh for risk in risks)
