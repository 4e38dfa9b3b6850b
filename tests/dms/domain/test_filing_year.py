"""Which year a paper is filed under, by the rule of its series."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dms.domain.document_type import DEFAULT_DOCUMENT_TYPES, DEFAULT_SERIES
from dms.domain.retention import DEFAULT_RETENTION_RULES
from dms.domain.scheme import YearChoice, YearRule, filing_year_of, ready_made_schemes

SIGNED, WRITTEN, CLOSED, CAME = date(2021, 1, 5), date(2022, 2, 6), date(2023, 3, 7), date(2024, 4, 8)
MAYBE_DAY = st.none() | st.dates(date(1990, 1, 1), date(2060, 12, 31))


@pytest.mark.parametrize(
    ("rule", "year"),
    [
        (YearRule.DOC_DATE, 2022),
        (YearRule.CLOSING_YEAR, 2023),
        (YearRule.SIGN_YEAR, 2021),
        (YearRule.FILING_YEAR, 2024),
    ],
)
def test_each_rule_takes_its_own_day(rule, year):
    choice = filing_year_of(rule, doc_on=WRITTEN, signed_on=SIGNED, closing_on=CLOSED, received_on=CAME)
    assert choice == YearChoice(year=year)


def test_master_papers_of_a_running_contract_wait():
    choice = filing_year_of(YearRule.CLOSING_YEAR, doc_on=WRITTEN, signed_on=SIGNED, received_on=CAME)
    assert choice == YearChoice(year=None, running=True)


@pytest.mark.parametrize("rule", [YearRule.DOC_DATE, YearRule.SIGN_YEAR, YearRule.FILING_YEAR])
def test_an_undated_paper_goes_by_its_arrival_and_says_so(rule):
    assert filing_year_of(rule, doc_on=None, received_on=CAME) == YearChoice(year=2024, undated=True)


def test_without_a_day_of_signing_the_papers_own_date_counts():
    assert filing_year_of(YearRule.SIGN_YEAR, doc_on=WRITTEN, received_on=CAME) == YearChoice(year=2022)


@given(st.sampled_from(YearRule), MAYBE_DAY, MAYBE_DAY, MAYBE_DAY, MAYBE_DAY)
def test_a_year_is_that_of_a_stated_day_or_is_missing_for_a_reason(rule, doc_on, signed_on, closing_on, received_on):
    choice = filing_year_of(rule, doc_on=doc_on, signed_on=signed_on, closing_on=closing_on, received_on=received_on)
    stated = {day.year for day in (doc_on, signed_on, closing_on, received_on) if day}
    assert choice.year in stated or (choice.year is None and (choice.running or received_on is None))
    assert not choice.running or (rule is YearRule.CLOSING_YEAR and closing_on is None)


def test_every_ready_made_scheme_files_every_type_of_paper():
    known = {kind.code for kind in DEFAULT_DOCUMENT_TYPES}
    for scheme in ready_made_schemes().values():
        assert set(scheme.types) == known
        assert set(scheme.types.values()) == {series.code for series in scheme.series}


def test_the_default_types_lie_where_the_default_scheme_says():
    assert ready_made_schemes()["four"].types == {kind.code: kind.series for kind in DEFAULT_DOCUMENT_TYPES}
    assert ready_made_schemes()["four"].series == DEFAULT_SERIES


def test_codes_of_series_are_unique_over_all_schemes_and_each_has_a_known_retention_rule():
    series = [each for scheme in ready_made_schemes().values() for each in scheme.series]
    rules = {rule.code for rule in DEFAULT_RETENTION_RULES}
    assert len({each.code for each in series}) == len(series) == 4 + 6 + 3 + 4
    assert {each.retention_code for each in series} <= rules


def test_checklists_of_the_schemes_ask_only_for_papers_that_are_filed_in_them():
    for scheme in ready_made_schemes().values():
        for requirement in (each for series in scheme.series for each in series.checklist):
            assert requirement.types | requirement.when <= set(scheme.types)
            assert requirement.code and requirement.zh and requirement.en
