"""Retention rules get new versions; what a code stands for stays."""

from dataclasses import replace

import pytest
from simulators.people import ARCHIVIST, CLERK

from dms.domain.actor import ActionForbidden
from dms.domain.retention import RetentionAction, RetentionRule, RetentionTrigger, RetentionVocabulary
from dms.filing.arranging import RetentionRuleUnfit, RetentionTermFixed, arrangement, state_retention_rule

D15 = RetentionRule(code="D15", vocabulary=RetentionVocabulary.CURRENT, zh="15年", en="15 years", years=15)


def in_force(archive, code):
    return arrangement(ARCHIVIST, archive=archive).retention(code)


def test_a_new_term_is_in_force_under_its_code(archive):
    stated = state_retention_rule(ARCHIVIST, replace(D15, code=" d15 ", version=7), archive=archive)
    assert stated == in_force(archive, "D15") == D15


def test_a_term_as_shipped_gets_its_mandate_and_trigger_under_the_next_version(archive):
    shipped = in_force(archive, "D10")
    changed = replace(shipped, trigger=RetentionTrigger.DOCUMENT_DATE, mandate_zh="公司档案保管期限表（2026）")
    assert state_retention_rule(ARCHIVIST, changed, archive=archive) == replace(changed, version=2)
    with archive.looking() as view:
        assert view.retention.with_code("D10", version=1) == shipped


def test_a_permanent_rule_is_never_appraised(archive):
    forever = replace(D15, code="YJ", zh="永久", years=None, action=RetentionAction.APPRAISE)
    assert state_retention_rule(ARCHIVIST, forever, archive=archive).action is RetentionAction.KEEP


@pytest.mark.parametrize(
    "changes", [{"years": 20}, {"years": None}, {"vocabulary": RetentionVocabulary.LEGACY}], ids=str
)
def test_what_a_code_stands_for_never_changes(archive, changes):
    state_retention_rule(ARCHIVIST, D15, archive=archive)
    with pytest.raises(RetentionTermFixed):
        state_retention_rule(ARCHIVIST, replace(D15, **changes), archive=archive)
    assert in_force(archive, "D15") == D15


@pytest.mark.parametrize(
    "changes",
    [
        {"code": ""}, {"code": "15D"}, {"code": "期限"}, {"code": "D-15"}, {"code": "D23456789"}, {"zh": " "},
        {"zh": "长" * 41}, {"en": "x" * 41}, {"years": 0}, {"years": -1}, {"years": 101}, {"mandate_zh": "依" * 201},
    ],
    ids=str,
)  # fmt: skip
def test_a_rule_that_cannot_stand_on_a_spine_is_refused(archive, changes):
    with pytest.raises(RetentionRuleUnfit):
        state_retention_rule(ARCHIVIST, replace(D15, **changes), archive=archive)


def test_retention_is_the_archivists_decision(archive):
    with pytest.raises(ActionForbidden):
        state_retention_rule(CLERK, D15, archive=archive)
