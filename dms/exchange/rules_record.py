"""The rules of a company in a bag: series rules, class schemes, retention, and how codes are written, as JSON and back.

What always holds: bags of the first form say nothing of them; an archive that takes one in keeps its own rules.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from dms.domain.actor import LOWEST_GRADE
from dms.domain.checklist import Requirement, RequirementScope
from dms.domain.reference_code import CodeKind, PatternUnusable, ReferencePattern
from dms.domain.retention import (
    DEFAULT_RETENTION_RULES,
    RetentionAction,
    RetentionRule,
    RetentionTrigger,
    RetentionVocabulary,
)
from dms.domain.scheme import CATALOGUE_COLUMNS, ClassScheme, Series, YearRule
from dms.exchange.untrusted import RecordUnusable, Untrusted

LONGEST_TERM_YEARS = 1000


@dataclass(frozen=True, slots=True, kw_only=True)
class SchemeRecord:
    """A class scheme as it was adopted; its series are named by their codes."""

    code: str
    zh: str
    en: str
    valid_from_on: date | None
    approved_by: str
    series_codes: tuple[str, ...]
    types: Mapping[str, str]
    """Code of the series by code of the document type."""

    def whole(self, series: Mapping[str, Series]) -> ClassScheme:
        """The scheme with its series, all of which must be given."""
        return ClassScheme(
            code=self.code,
            version=1,
            zh=self.zh,
            en=self.en,
            valid_from_on=self.valid_from_on,
            approved_by=self.approved_by,
            series=tuple(series[code] for code in self.series_codes),
            types=self.types,
        )


def series_rules_json(series: Series) -> dict[str, Any]:
    """The rules of a series as JSON."""
    return {
        "scheme": series.scheme_code,
        "year_rule": series.year_rule.value,
        "retention": series.retention_code,
        "grade": series.grade,
        "checklist": [_requirement_json(each) for each in series.checklist],
        "columns": list(series.columns),
        "retired": series.retired,
    }


def series_rules_from(stated: Untrusted) -> dict[str, Any]:
    """The rules of a series by the names of `Series`, none where the bag states none; raises `RecordUnusable`."""
    rule = stated.maybe(lambda name: stated.one_of(name, YearRule), "year_rule")
    if rule is None:
        return {}
    columns = stated.texts("columns")
    if not columns or set(columns) - set(CATALOGUE_COLUMNS):
        raise RecordUnusable("columns")
    return {
        "scheme_code": stated.text("scheme"),
        "year_rule": rule,
        "retention_code": stated.text("retention"),
        "grade": stated.whole("grade", least=1, most=LOWEST_GRADE),
        "checklist": tuple(map(_requirement_from, stated.parts("checklist"))),
        "columns": columns,
        "retired": stated.truth("retired"),
    }


def scheme_json(scheme: ClassScheme) -> dict[str, Any]:
    """A class scheme as JSON."""
    return {
        "code": scheme.code,
        "version": scheme.version,
        "zh": scheme.zh,
        "en": scheme.en,
        "valid_from_on": scheme.valid_from_on.isoformat() if scheme.valid_from_on else None,
        "approved_by": scheme.approved_by,
        "series": [each.code for each in scheme.series],
        "types": dict(scheme.types),
    }


def scheme_from(stated: Untrusted) -> SchemeRecord:
    """A class scheme; raises `RecordUnusable`."""
    return SchemeRecord(
        code=stated.text("code"),
        zh=stated.text("zh"),
        en=stated.text("en"),
        valid_from_on=stated.maybe(stated.day, "valid_from_on"),
        approved_by=stated.text("approved_by"),
        series_codes=stated.texts("series"),
        types={kind: str(series) for kind, series in stated.plain("types").items()},
    )


def retention_json(rule: RetentionRule) -> dict[str, Any]:
    """A retention rule as JSON."""
    return {
        "code": rule.code,
        "vocabulary": rule.vocabulary.value,
        "zh": rule.zh,
        "en": rule.en,
        "years": rule.years,
        "trigger": rule.trigger.value,
        "action": rule.action.value,
        "mandate": rule.mandate_zh,
        "version": rule.version,
        "approved_by": rule.approved_by,
        "approved_on": rule.approved_on.isoformat() if rule.approved_on else None,
        "criterion": rule.criterion_zh,
        "equivalent": rule.equivalent_code,
    }


def retention_from(stated: Untrusted) -> RetentionRule:
    """A retention rule; raises `RecordUnusable`.

    A bag of an earlier version does not say for what a rule is meant; that is then as shipped.
    """
    code = stated.text("code")
    shipped = next((rule for rule in DEFAULT_RETENTION_RULES if rule.code == code), None)
    criterion, equivalent = stated.maybe(stated.text, "criterion"), stated.maybe(stated.text, "equivalent")
    return RetentionRule(
        code=code,
        vocabulary=stated.one_of("vocabulary", RetentionVocabulary),
        zh=stated.text("zh"),
        en=stated.text("en"),
        years=stated.maybe(lambda name: stated.whole(name, least=1, most=LONGEST_TERM_YEARS), "years"),
        trigger=stated.one_of("trigger", RetentionTrigger),
        action=stated.one_of("action", RetentionAction),
        mandate_zh=stated.text("mandate"),
        version=stated.whole("version", least=1),
        approved_by=stated.maybe(stated.text, "approved_by") or "",
        approved_on=stated.maybe(stated.day, "approved_on"),
        criterion_zh=criterion if criterion is not None else shipped.criterion_zh if shipped else "",
        equivalent_code=equivalent if equivalent is not None else shipped.equivalent_code if shipped else "",
    )


def patterns_from(stated: Untrusted, name: str) -> tuple[ReferencePattern, ...]:
    """How codes are written, by kind; raises `RecordUnusable`."""
    try:
        return tuple(ReferencePattern.parse(CodeKind(kind), str(text)) for kind, text in stated.plain(name).items())
    except (ValueError, PatternUnusable) as error:
        raise RecordUnusable(name) from error


def _requirement_json(requirement: Requirement) -> dict[str, Any]:
    return {
        "types": sorted(requirement.types),
        "when": sorted(requirement.when),
        "code": requirement.code,
        "zh": requirement.zh,
        "en": requirement.en,
        "scope": requirement.scope.value,
        "expires": requirement.expires,
    }


def _requirement_from(stated: Untrusted) -> Requirement:
    return Requirement(
        frozenset(stated.texts("types")),
        when=frozenset(stated.texts("when")),
        code=stated.text("code"),
        zh=stated.text("zh"),
        en=stated.text("en"),
        scope=stated.one_of("scope", RequirementScope),
        expires=stated.truth("expires"),
    )
