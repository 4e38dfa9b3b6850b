"""A company changes its class scheme, and what was filed before keeps its meaning."""

from dataclasses import replace
from datetime import timedelta

import pytest
from store_parts import NOW, state_frame

from dms.domain.document_type import DEFAULT_SERIES, DocumentType, Series
from dms.domain.scheme import YearRule, ready_made_schemes


@pytest.fixture
def work(store):
    with store.begin() as begun:
        state_frame(begun)
        yield begun


def test_an_archive_begins_with_the_four_parts(work):
    assert (work.scheme.current().code, work.scheme.current().series) == ("four", DEFAULT_SERIES)
    assert work.scheme.adopted() == []


def test_another_scheme_takes_over_and_the_old_parts_are_retired(work):
    work.scheme.state_series(Series(code="own", zh="自设类目", en="Own", position=9))
    six = work.scheme.adopt(replace(ready_made_schemes()["six"], approved_by="总经理"), at=NOW)
    in_use = [series.code for series in work.scheme.series_in_use()]
    assert sorted(in_use) == ["A1", "A2", "A3", "A4", "A5", "A6", "own"]
    assert work.scheme.series("3").retired
    assert {kind.code: kind.series for kind in work.scheme.all_types()} == dict(six.types)
    assert work.scheme.current() == six


def test_going_back_is_a_new_version(work):
    four = ready_made_schemes()["four"]
    versions = [
        work.scheme.adopt(scheme, at=NOW + timedelta(days=day)).version
        for day, scheme in enumerate((four, ready_made_schemes()["three"], four))
    ]
    assert versions == [1, 1, 2]
    assert tuple(work.scheme.series_in_use()) == DEFAULT_SERIES
    assert [(scheme.code, scheme.version) for scheme in work.scheme.adopted()] == [
        ("four", 1),
        ("three", 1),
        ("four", 2),
    ]


def test_renaming_a_series_or_a_type_leaves_its_rules(work):
    work.scheme.state_series(Series(code="3", zh="往来", en="Dealings", position=3))
    work.scheme.state_type(DocumentType(code="contract", zh="买卖合同", en="Sale", series="3"))
    assert work.scheme.series("3") == replace(DEFAULT_SERIES[2], zh="往来")
    assert work.scheme.all_types()[0].year_rule is YearRule.CLOSING_YEAR


def test_the_rules_of_a_series_and_of_a_type_are_stated_by_themselves(work):
    ruled = replace(DEFAULT_SERIES[0], year_rule=YearRule.SIGN_YEAR, retention_code="Y", columns=("position", "title"))
    work.scheme.state_series_rules(ruled)
    work.scheme.state_type_rule("contract", None)
    assert work.scheme.series("1") == ruled
    assert work.scheme.all_types()[0].year_rule is None
    assert work.scheme.series("9") is None
