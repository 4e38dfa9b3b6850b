"""A class scheme is adopted after a look; what was filed stays, and no type is left in a retired series."""

from dataclasses import replace
from datetime import date

import pytest
from simulators.people import ARCHIVIST, CLERK, LAWYER
from simulators.scanner import add_customer, file_paper

from dms.domain.actor import OPERATOR, ActionForbidden
from dms.domain.document_type import DocumentType, Series
from dms.domain.scheme import YearRule, ready_made_schemes
from dms.filing import state_document_type, state_series
from dms.filing.arranging import (
    AdoptedRules,
    ApprovalNotStated,
    SchemeNotYetValid,
    SchemeUnknown,
    SchemeWish,
    SeriesRules,
    adopt_scheme,
    arrangement,
    scheme_change,
    state_series_rules,
)

SIX = SchemeWish(scheme_code="six", approved_by="总经理办公会")


def adopted(archive, scheme_code, **more):
    return adopt_scheme(ARCHIVIST, replace(SIX, scheme_code=scheme_code, **more), archive=archive)


def found(archive):
    return arrangement(LAWYER, archive=archive)


@pytest.mark.parametrize("scheme_code", ["six", "three", "loan"])
def test_every_type_is_filed_in_a_series_in_use_after_any_change(archive, scheme_code):
    state_document_type(OPERATOR, DocumentType(code="photo", zh="照片", en="Photo", series="3"), archive=archive)
    change = adopted(archive, scheme_code)
    in_use = {each.code for each in found(archive).series if not each.retired}
    assert in_use == {each.code for each in change.scheme.series}
    assert {kind.series for kind in found(archive).types} <= in_use
    assert {each.code for each in change.retired} == {"1", "2", "3", "4"}


def test_a_look_says_what_adopting_does_and_changes_nothing(archive):
    before = found(archive)
    change = scheme_change(LAWYER, SIX, archive=archive)
    assert found(archive) == before
    done = adopted(archive, "six")
    assert (done.coming, done.retired, done.moved_types) == (change.coming, change.retired, change.moved_types)
    assert ("contract", "A3") in [(kind.code, series_code) for kind, series_code in change.moved_types]


def test_papers_that_were_filed_stay_in_their_series(archive):
    add_customer(archive)
    paper = file_paper(archive, "合同")
    adopted(archive, "six")
    with archive.looking() as view:
        kept = view.items.get(paper.key)
        assert kept.classification.series_code == "3"
        assert view.scheme.series("3").retired
    later = file_paper(archive, "另一份合同", contract_no="HT-2024-002")
    assert later.classification.series_code == "A3"


def test_a_series_of_the_companys_own_is_not_touched(archive):
    state_series(OPERATOR, Series(code="X", zh="影像", en="Pictures", position=9), archive=archive)
    state_document_type(OPERATOR, DocumentType(code="photo", zh="照片", en="Photo", series="X"), archive=archive)
    adopted(archive, "three")
    assert [kind.code for kind in found(archive).types_of("X")] == ["photo"]
    assert not next(each for each in found(archive).series if each.code == "X").retired


def test_each_adoption_is_a_version_with_its_day_and_approval(archive):
    adopted(archive, "six", valid_from_on=date(2026, 1, 1))
    adopted(archive, "four")
    adopted(archive, "six")
    versions = [(each.code, each.version, each.valid_from_on, each.approved_by) for each in found(archive).adopted]
    today = date(2026, 3, 2)
    assert versions == [
        ("six", 2, today, "总经理办公会"),
        ("four", 1, today, "总经理办公会"),
        ("six", 1, date(2026, 1, 1), "总经理办公会"),
    ]


def test_a_scheme_that_comes_back_keeps_the_companys_rules_unless_those_shipped_are_wanted(archive):
    rules = SeriesRules.of(next(each for each in found(archive).series if each.code == "3"))
    changed = replace(rules, year_rule=YearRule.SIGN_YEAR, retention_code="Y")
    state_series_rules(ARCHIVIST, "3", changed, approved_by="档案科", archive=archive)
    state_document_type(OPERATOR, DocumentType(code="invoice", zh="发票", en="Invoice", series="3"), archive=archive)
    adopted(archive, "four")
    adopted(archive, "six")
    adopted(archive, "four")
    back = next(each for each in found(archive).scheme.series if each.code == "3")
    assert SeriesRules.of(back) == changed
    assert "invoice" in [kind.code for kind in found(archive).types_of("3")]
    adopted(archive, "four", rules=AdoptedRules.SHIPPED)
    assert found(archive).scheme.series == ready_made_schemes()["four"].series
    assert "invoice" in [kind.code for kind in found(archive).types_of("2")]


def test_what_cannot_be_adopted_is_refused_and_changes_nothing(archive):
    before = found(archive)
    with pytest.raises(SchemeUnknown):
        adopted(archive, "nine")
    with pytest.raises(SchemeNotYetValid):
        adopted(archive, "six", valid_from_on=date(2026, 3, 3))
    for approval in ("", "  ", "批" * 101):
        with pytest.raises(ApprovalNotStated):
            adopted(archive, "six", approved_by=approval)
    assert found(archive) == before


def test_the_scheme_is_the_archivists_decision(archive):
    with pytest.raises(ActionForbidden):
        adopt_scheme(CLERK, SIX, archive=archive)


def test_the_journal_tells_of_the_adoption(archive):
    adopted(archive, "six")
    with archive.looking() as view:
        (entry,) = view.journal.entries(newest_first=1)
    assert (entry.action, entry.subject) == ("class_scheme_adopted", "six")
    assert entry.details["approved_by"] == "总经理办公会"
    assert entry.details["retired"] == "1、2、3、4"
