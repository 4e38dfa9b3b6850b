"""The rules of a series: what can be set, what is refused, and that a change is a version of its own."""

from dataclasses import replace

import pytest
from simulators.people import ARCHIVIST, CLERK

from dms.archive import SeriesNotFound
from dms.domain.actor import OPERATOR, ActionForbidden
from dms.domain.checklist import Requirement
from dms.domain.document_type import Series
from dms.domain.scheme import CATALOGUE_COLUMNS, YearRule
from dms.filing import state_series
from dms.filing.arranging import (
    ApprovalNotStated,
    SchemeWish,
    SeriesRules,
    SeriesRuleUnfit,
    adopt_scheme,
    arrangement,
    state_series_rules,
)

SECRECY = Requirement(frozenset({"approval"}), when=frozenset({"contract"}), code="secrecy", zh="保密协议")
RULES = SeriesRules(
    year_rule=YearRule.CLOSING_YEAR,
    retention_code="Y",
    grade=2,
    checklist=(SECRECY,),
    columns=("position", "title", "doc_on", "pages"),
)


def stated(archive, series_code="3", **changes):
    rules = replace(RULES, **changes)
    return state_series_rules(ARCHIVIST, series_code, rules, approved_by="档案科", archive=archive)


def series(archive, code):
    return next(each for each in arrangement(OPERATOR, archive=archive).series if each.code == code)


def test_every_rule_of_a_series_is_replaced_and_its_name_and_place_stay(archive):
    before = series(archive, "3")
    changed = stated(archive)
    assert series(archive, "3") == changed
    assert SeriesRules.of(changed) == replace(RULES, checklist=(replace(SECRECY, en="保密协议"),))
    assert (changed.zh, changed.position, changed.scheme_code) == (before.zh, before.position, "four")


def test_a_change_is_a_version_of_the_scheme_in_force_and_moves_no_type(archive):
    types = arrangement(OPERATOR, archive=archive).types
    stated(archive)
    stated(archive, grade=1)
    found = arrangement(OPERATOR, archive=archive)
    assert (found.scheme.code, found.scheme.version, found.scheme.approved_by) == ("four", 2, "档案科")
    assert found.types == types
    assert not any(each.retired for each in found.series)


def test_a_series_outside_the_scheme_in_force_changes_without_a_version(archive):
    state_series(OPERATOR, Series(code="X", zh="影像", en="Pictures", position=9), archive=archive)
    stated(archive, "X")
    assert arrangement(OPERATOR, archive=archive).adopted == ()
    adopt_scheme(ARCHIVIST, SchemeWish(scheme_code="six", approved_by="甲"), archive=archive)
    assert stated(archive, "3").retired
    assert series(archive, "3").retired
    assert arrangement(OPERATOR, archive=archive).scheme.code == "six"


def test_the_journal_keeps_the_rules_before_and_after(archive):
    stated(archive)
    with archive.looking() as view:
        (entry,) = view.journal.entries(newest_first=1)
    assert (entry.action, entry.subject) == ("series_rules_stated", "3")
    assert '"retention": "D30"' in entry.details["before"]
    assert '"retention": "Y"' in entry.details["after"]


@pytest.mark.parametrize(
    "changes",
    [
        pytest.param({"retention_code": "D99"}, id="a term that there is not"),
        pytest.param({"retention_code": "LC"}, id="a term of volumes bound before"),
        pytest.param({"grade": 0}, id="a grade that there is not"),
        pytest.param({"columns": ("position", "title", "doc_on")}, id="a list without pages"),
        pytest.param({"columns": (*CATALOGUE_COLUMNS, "title")}, id="a column twice"),
        pytest.param({"columns": (*CATALOGUE_COLUMNS, "colour")}, id="a column that there is not"),
        pytest.param({"checklist": (replace(SECRECY, types=frozenset()),)}, id="a requirement of nothing"),
        pytest.param({"checklist": (replace(SECRECY, types=frozenset({"poem"})),)}, id="an unknown type"),
        pytest.param({"checklist": (replace(SECRECY, when=frozenset({"poem"})),)}, id="an unknown occasion"),
        pytest.param({"checklist": (replace(SECRECY, zh=" "),)}, id="a requirement without a name"),
        pytest.param({"checklist": (replace(SECRECY, code=""),)}, id="a requirement without a code"),
        pytest.param({"checklist": (SECRECY, SECRECY)}, id="a requirement twice"),
        pytest.param(
            {"checklist": tuple(replace(SECRECY, code=f"c{n}") for n in range(31))}, id="too many requirements"
        ),
    ],
)
def test_rules_that_nobody_could_keep_are_refused(archive, changes):
    before = series(archive, "3")
    with pytest.raises(SeriesRuleUnfit):
        stated(archive, **changes)
    assert series(archive, "3") == before


def test_a_rule_needs_a_series_an_approval_and_an_archivist(archive):
    with pytest.raises(SeriesNotFound):
        stated(archive, "99")
    with pytest.raises(ApprovalNotStated):
        state_series_rules(ARCHIVIST, "3", RULES, approved_by="", archive=archive)
    with pytest.raises(ActionForbidden):
        state_series_rules(CLERK, "3", RULES, approved_by="档案科", archive=archive)
