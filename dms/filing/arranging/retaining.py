"""The retention rules of the company: new versions, new terms; what a code stands for never changes."""

import re
from dataclasses import replace

from dms.archive import Archive
from dms.domain.actor import Actor, Permission
from dms.domain.one_line import one_line
from dms.domain.retention import RetentionAction, RetentionRule
from dms.errors import Bilingual
from dms.filing.arranging.errors import RetentionRuleUnfit, RetentionTermFixed

MOST_YEARS = 100
MOST_NAME_CHARACTERS = 40
MOST_MANDATE_CHARACTERS = 200
_CODE = re.compile(r"[A-Z][A-Z0-9]{0,7}")


def state_retention_rule(actor: Actor, rule: RetentionRule, *, archive: Archive) -> RetentionRule:
    """The rule in force from now on, under the next version of its code; the one that is stated is left out of account.

    Raises `RetentionRuleUnfit`, or `RetentionTermFixed` where the code is known with other years or in the other
    vocabulary.
    """
    actor.require(Permission.MANAGE_CUSTOMERS)
    stated = _checked(rule)
    with archive.begin() as work:
        known = work.retention.with_code(stated.code)
        if known and (known.years, known.vocabulary) != (stated.years, stated.vocabulary):
            raise RetentionTermFixed(stated.code)
        if known and not stated.criterion_zh:
            stated = replace(stated, criterion_zh=known.criterion_zh, equivalent_code=known.equivalent_code)
        in_force = work.retention.state(stated)
        told: dict[str, str | int | None] = {
            "zh": in_force.zh,
            "years": in_force.years,
            "trigger": in_force.trigger.value,
            "version": in_force.version,
            "mandate": in_force.mandate_zh,
        }
        archive.record(work, actor, "retention_rule_stated", in_force.code, **told)
    return in_force


def _checked(rule: RetentionRule) -> RetentionRule:
    code, zh, en = rule.code.strip().upper(), one_line(rule.zh), one_line(rule.en)
    if not _CODE.fullmatch(code):
        raise RetentionRuleUnfit(
            Bilingual(
                "代码须以字母开头，由 1 至 8 位字母和数字组成", "a code is a letter with up to 7 letters or digits"
            )
        )
    if not (1 <= len(zh) <= MOST_NAME_CHARACTERS and len(en) <= MOST_NAME_CHARACTERS):
        raise RetentionRuleUnfit(Bilingual("名称为空或过长", "its name is empty or too long"))
    if rule.years is not None and not 1 <= rule.years <= MOST_YEARS:
        raise RetentionRuleUnfit(
            Bilingual(f"年数须在 1 到 {MOST_YEARS} 之间", f"the years are between 1 and {MOST_YEARS}")
        )
    mandate = one_line(rule.mandate_zh)
    if len(mandate) > MOST_MANDATE_CHARACTERS:
        raise RetentionRuleUnfit(Bilingual("依据写得太长", "the mandate is too long"))
    action = RetentionAction.KEEP if rule.permanent else RetentionAction.APPRAISE
    return replace(rule, code=code, zh=zh, en=en or zh, action=action, mandate_zh=mandate)
