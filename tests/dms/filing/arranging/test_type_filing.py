"""Document types are filed in a series in use, by its year or by one of their own; all changes together or none."""

import pytest
from simulators.people import ARCHIVIST, CLERK
from simulators.scanner import add_customer, file_paper

from dms.archive import SeriesNotFound, TypeNotFound
from dms.domain.actor import ActionForbidden
from dms.domain.scheme import YearRule
from dms.filing.arranging import (
    SchemeWish,
    SeriesRuleUnfit,
    TypeFiling,
    adopt_scheme,
    arrangement,
    state_type_filings,
)

TO_BASE = TypeFiling(series_code="1", year_rule=None)


def types(archive):
    return {kind.code: kind for kind in arrangement(ARCHIVIST, archive=archive).types}


def test_a_type_moves_with_its_year_and_papers_that_were_filed_stay(archive):
    add_customer(archive)
    before = file_paper(archive, "合同")
    filing = TypeFiling(series_code="1", year_rule=YearRule.SIGN_YEAR)
    (changed,) = state_type_filings(ARCHIVIST, {"contract": filing}, archive=archive)
    assert types(archive)["contract"] == changed
    assert (changed.series, changed.year_rule) == ("1", YearRule.SIGN_YEAR)
    with archive.looking() as view:
        assert view.items.get(before.key).classification.series_code == "3"
    assert file_paper(archive, "另一份", contract_no="HT-2").classification.series_code == "1"


def test_only_what_changes_is_journaled(archive):
    same = TypeFiling(series_code="1", year_rule=None)
    assert state_type_filings(ARCHIVIST, {"licence": same}, archive=archive) == ()
    state_type_filings(ARCHIVIST, {"licence": same, "approval": TO_BASE}, archive=archive)
    with archive.looking() as view:
        (entry,) = view.journal.entries(newest_first=1)
    assert (entry.action, entry.subject, entry.details["series"]) == ("type_filing_stated", "approval", "1")


@pytest.mark.parametrize(
    ("filings", "reason"),
    [
        ({"approval": TO_BASE, "poem": TO_BASE}, TypeNotFound),
        ({"approval": TO_BASE, "licence": TypeFiling(series_code="9", year_rule=None)}, SeriesNotFound),
        ({"approval": TO_BASE, "licence": TypeFiling(series_code="A1", year_rule=None)}, SeriesRuleUnfit),
    ],
)
def test_all_changes_are_made_or_none(archive, filings, reason):
    for code in ("six", "four"):
        adopt_scheme(ARCHIVIST, SchemeWish(scheme_code=code, approved_by="甲"), archive=archive)
    before = types(archive)
    with pytest.raises(reason):
        state_type_filings(ARCHIVIST, filings, archive=archive)
    assert types(archive) == before


def test_where_types_are_filed_is_the_archivists_decision(archive):
    with pytest.raises(ActionForbidden):
        state_type_filings(CLERK, {"approval": TO_BASE}, archive=archive)
