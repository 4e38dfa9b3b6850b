"""The class scheme 分类方案: into which parts a customer's papers are divided, and the rules of each part.

What always holds:
- A code of a series is unique over all schemes, so a volume of an older scheme never changes its meaning.
- Every series has a retention rule and a year rule; there is no part without them.

The ready-made schemes are data (``schemes.toml``); an archive keeps its own copy and may change it.
"""

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum
from functools import cache
from importlib.resources import files
from typing import Any

from dms.domain.checklist import Requirement, RequirementScope


class YearRule(StrEnum):
    """Which year a paper is filed under."""

    DOC_DATE = "doc_date"
    """The year of its own date, not of what it tells of."""
    CLOSING_YEAR = "closing_year"
    """The year in which its contract was closed; until then it stays loose."""
    SIGN_YEAR = "sign_year"
    """The year in which its contract was signed."""
    FILING_YEAR = "filing_year"
    """The year in which it arrived."""


@dataclass(frozen=True, slots=True, kw_only=True)
class YearChoice:
    """The year that a rule gives to a paper."""

    year: int | None
    """None while the contract runs, or where nothing tells it."""
    running: bool = False
    """Whether it waits for its contract to be closed."""
    undated: bool = False
    """Whether the year of arrival stands in for a date that the paper does not bear."""


def filing_year_of(
    rule: YearRule,
    *,
    doc_on: date | None,
    signed_on: date | None = None,
    closing_on: date | None = None,
    received_on: date | None = None,
) -> YearChoice:
    """The year of a paper by its rule; an undated paper goes by its arrival, and says so.

    A paper under `CLOSING_YEAR` has no year until `closing_on` is known. One under `SIGN_YEAR` whose contract bears no
    date of signing goes by its own date.
    """
    match rule:
        case YearRule.CLOSING_YEAR:
            return YearChoice(year=closing_on.year) if closing_on else YearChoice(year=None, running=True)
        case YearRule.FILING_YEAR:
            return YearChoice(year=received_on.year if received_on else None, undated=doc_on is None)
        case YearRule.SIGN_YEAR if signed_on:
            return YearChoice(year=signed_on.year)
        case _:
            return _by_own_date(doc_on, received_on)


def _by_own_date(doc_on: date | None, received_on: date | None) -> YearChoice:
    if doc_on:
        return YearChoice(year=doc_on.year)
    return YearChoice(year=received_on.year if received_on else None, undated=True)


CATALOGUE_COLUMNS = ("position", "doc_no", "author", "title", "doc_on", "pages", "sheets", "copy_kind", "remark")
"""The columns of a contents list 卷内目录, in order, unless a series says otherwise."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Series:
    """One part of a customer file (类目); `position` orders the parts on every page and print."""

    code: str
    zh: str
    en: str
    position: int
    scheme_code: str = ""
    """The scheme it belongs to; empty for one that the company added by itself."""
    year_rule: YearRule = YearRule.DOC_DATE
    retention_code: str = "D10"
    grade: int = 3
    """密级 of its papers unless somebody says otherwise: 1 (一级, most secret) to 3."""
    checklist: tuple[Requirement, ...] = ()
    columns: tuple[str, ...] = CATALOGUE_COLUMNS
    retired: bool = False
    """Nothing new is filed in it; its volumes stay."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ClassScheme:
    """A whole scheme, as it was approved."""

    code: str
    version: int
    zh: str
    en: str
    valid_from_on: date | None = None
    """None for a ready-made one that nobody has adopted."""
    approved_by: str = ""
    series: tuple[Series, ...]
    types: Mapping[str, str] = field(default_factory=dict)
    """Code of the series by code of the document type."""


DEFAULT_SCHEME = "four"


@cache
def ready_made_schemes() -> Mapping[str, ClassScheme]:
    """The schemes of ``schemes.toml`` by code, in their order."""
    table = tomllib.loads(files(__package__).joinpath("schemes.toml").read_text(encoding="utf-8"))
    return {entry["code"]: _scheme(entry) for entry in table["scheme"]}


def _scheme(entry: Mapping[str, Any]) -> ClassScheme:
    series = tuple(_series(entry["code"], place, each) for place, each in enumerate(entry["series"], start=1))
    types = {kind: each["code"] for each in entry["series"] for kind in each["types"]}
    return ClassScheme(
        code=entry["code"], version=entry["version"], zh=entry["zh"], en=entry["en"], series=series, types=types
    )


def _series(scheme_code: str, position: int, entry: Mapping[str, Any]) -> Series:
    return Series(
        code=entry["code"],
        zh=entry["zh"],
        en=entry["en"],
        position=position,
        scheme_code=scheme_code,
        year_rule=YearRule(entry["year_rule"]),
        retention_code=entry["retention"],
        grade=entry.get("grade", 3),
        checklist=tuple(_requirement(each) for each in entry.get("checklist", ())),
    )


def _requirement(entry: Mapping[str, Any]) -> Requirement:
    return Requirement(
        frozenset(entry["types"]),
        when=frozenset(entry.get("when", ())),
        code=entry["code"],
        zh=entry["zh"],
        en=entry["en"],
        scope=RequirementScope(entry["scope"]),
        expires=entry.get("expires", False),
    )
