"""The form of a series: what a person typed about its rules, and the rules that it means."""

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from werkzeug.datastructures import MultiDict

from dms.domain.checklist import Requirement, RequirementScope
from dms.domain.document_type import DocumentType, Series
from dms.domain.scheme import CATALOGUE_COLUMNS, YearRule
from dms.errors import Bilingual
from dms.filing.arranging import SeriesRules, SeriesRuleUnfit, TypeFiling

BETWEEN_TYPES = "、"
BLANK_ROWS = 2
MOST_ROWS = 40
_SEPARATORS = re.compile(r"[、，,；;/\n]+")


@dataclass(frozen=True, slots=True, kw_only=True)
class TypedRequirement:
    """One row of the checklist as text; a row without a name is none."""

    code: str = ""
    zh: str = ""
    en: str = ""
    types: str = ""
    """Names or codes of document types, one of which must be there."""
    when: str = ""
    """Names or codes of those that call for it; empty for always."""
    scope: str = RequirementScope.CONTRACT.value
    expires: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class TypedSeries:
    """The form as text."""

    year_rule: str
    retention: str
    grade: str
    columns: tuple[str, ...]
    checklist: tuple[TypedRequirement, ...]
    approved_by: str = ""


def typed_in(form: MultiDict[str, str]) -> TypedSeries:
    """The form as it was sent; its rows are numbered from 0 in the order of the page."""
    rows = (_row(form, number) for number in range(min(form.get("rows", default=0, type=int), MOST_ROWS)))
    return TypedSeries(
        year_rule=form.get("year_rule", ""),
        retention=form.get("retention", ""),
        grade=form.get("grade", ""),
        columns=tuple(form.getlist("columns")),
        checklist=(*rows,),
        approved_by=form.get("approved_by", ""),
    )


def as_typed(series: Series, names: Mapping[str, str]) -> TypedSeries:
    """The form filled with the rules in force, types under these names, and with empty rows for more requirements."""
    rows = (_as_row(each, names) for each in series.checklist)
    return TypedSeries(
        year_rule=series.year_rule.value,
        retention=series.retention_code,
        grade=str(series.grade),
        columns=series.columns,
        checklist=(*rows, *(TypedRequirement() for _ in range(BLANK_ROWS))),
    )


def rules_typed(typed: TypedSeries, types: Iterable[DocumentType]) -> SeriesRules:
    """The rules that the form means; raises `SeriesRuleUnfit` for a document type that nobody knows."""
    codes = {name: kind.code for kind in types for name in (kind.code, kind.zh, kind.en.casefold())}
    return SeriesRules(
        year_rule=next((rule for rule in YearRule if rule.value == typed.year_rule), YearRule.DOC_DATE),
        retention_code=typed.retention,
        grade=int(typed.grade) if typed.grade.isdecimal() else 0,
        checklist=tuple(_requirements(typed, codes)),
        columns=tuple(name for name in CATALOGUE_COLUMNS if name in typed.columns),
    )


def filings_typed(form: MultiDict[str, str]) -> dict[str, TypeFiling]:
    """How the form files each of its document types; a year rule that does not exist is as good as none."""
    return {
        code: TypeFiling(
            series_code=form.get(f"series-{code}", ""),
            year_rule=next((rule for rule in YearRule if rule.value == form.get(f"year-{code}")), None),
        )
        for code in form.getlist("types")
    }


def _requirements(typed: TypedSeries, codes: dict[str, str]) -> Iterator[Requirement]:
    given = {row.code for row in typed.checklist if row.zh.strip()}
    for row in typed.checklist:
        if row.zh.strip():
            types = _types_named(row.types, codes)
            code = row.code or _new_code(types, given)
            given.add(code)
            yield Requirement(
                types,
                when=_types_named(row.when, codes),
                code=code,
                zh=row.zh,
                en=row.en,
                scope=next((each for each in RequirementScope if each.value == row.scope), RequirementScope.CONTRACT),
                expires=row.expires,
            )


def _types_named(text: str, codes: dict[str, str]) -> frozenset[str]:
    names = [name.strip() for name in _SEPARATORS.split(text) if name.strip()]
    unknown = [name for name in names if name not in codes and name.casefold() not in codes]
    if unknown:
        what = Bilingual(f"没有“{unknown[0]}”这种资料类型", f"there is no document type “{unknown[0]}”")
        raise SeriesRuleUnfit(what)
    return frozenset(codes.get(name) or codes[name.casefold()] for name in names)


def _new_code(types: Iterable[str], given: set[str]) -> str:
    wanted = min(types, default="requirement")
    numbered = (f"{wanted}_{number}" for number in range(2, MOST_ROWS + 2))
    return next(code for code in (wanted, *numbered) if code not in given)


def _row(form: MultiDict[str, str], number: int) -> TypedRequirement:
    return TypedRequirement(
        code=form.get(f"code-{number}", ""),
        zh=form.get(f"zh-{number}", ""),
        en=form.get(f"en-{number}", ""),
        types=form.get(f"types-{number}", ""),
        when=form.get(f"when-{number}", ""),
        scope=form.get(f"scope-{number}", ""),
        expires=form.get(f"expires-{number}") is not None,
    )


def _as_row(stated: Requirement, names: Mapping[str, str]) -> TypedRequirement:
    return TypedRequirement(
        code=stated.code,
        zh=stated.zh,
        en=stated.en,
        types=BETWEEN_TYPES.join(names.get(code, code) for code in sorted(stated.types)),
        when=BETWEEN_TYPES.join(names.get(code, code) for code in sorted(stated.when)),
        scope=stated.scope.value,
        expires=stated.expires,
    )
