"""The rules of a series: year, retention, grade, checklist and catalogue columns; a change is a new scheme version."""

import json
from dataclasses import dataclass, replace

from dms.archive import Archive, series_with_code
from dms.domain.actor import GRADES, Actor, Permission
from dms.domain.checklist import Requirement
from dms.domain.clock import local_day
from dms.domain.document_type import Series
from dms.domain.one_line import one_line
from dms.domain.retention import RetentionVocabulary
from dms.domain.scheme import CATALOGUE_COLUMNS, YearRule
from dms.errors import Bilingual
from dms.filing.arranging.adopting import checked_approval
from dms.filing.arranging.errors import SeriesRuleUnfit
from dms.store import UnitOfWork

NEEDED_COLUMNS = ("position", "title", "doc_on", "pages")
"""Without these a contents list 卷内目录 leads to no paper (GB/T 11822, DA/T 22)."""
MOST_REQUIREMENTS = 30
MOST_WORDS_CHARACTERS = 60


@dataclass(frozen=True, slots=True, kw_only=True)
class SeriesRules:
    """Everything that can be set for a series but its name and place."""

    year_rule: YearRule
    retention_code: str
    grade: int
    checklist: tuple[Requirement, ...]
    columns: tuple[str, ...]

    @classmethod
    def of(cls, series: Series) -> "SeriesRules":
        """The rules that a series has."""
        return cls(
            year_rule=series.year_rule,
            retention_code=series.retention_code,
            grade=series.grade,
            checklist=series.checklist,
            columns=series.columns,
        )


def state_series_rules(
    actor: Actor, series_code: str, rules: SeriesRules, *, approved_by: str, archive: Archive
) -> Series:
    """The series with its new rules, which hold for what is filed and bound from now on.

    Where the series is of the scheme in force, that scheme gets a new version. Raises `SeriesNotFound`,
    `SeriesRuleUnfit` or `ApprovalNotStated`.
    """
    actor.require(Permission.MANAGE_CUSTOMERS)
    approval = checked_approval(approved_by)
    with archive.begin() as work:
        known = series_with_code(series_code, work=work)
        stated = _checked(rules, work)
        changed = replace(
            known,
            year_rule=stated.year_rule,
            retention_code=stated.retention_code,
            grade=stated.grade,
            checklist=stated.checklist,
            columns=stated.columns,
        )
        _put_in_force(changed, approval, archive, work)
        told = {"before": _told(SeriesRules.of(known)), "after": _told(stated), "approved_by": approval}
        archive.record(work, actor, "series_rules_stated", known.code, **told)
    return changed


def _put_in_force(changed: Series, approved_by: str, archive: Archive, work: UnitOfWork) -> None:
    current = work.scheme.current()
    if changed.code not in {each.code for each in current.series}:
        work.scheme.state_series_rules(changed)
        return
    now = archive.now()
    version = replace(
        current,
        series=tuple(changed if each.code == changed.code else each for each in current.series),
        types={kind.code: kind.series for kind in work.scheme.all_types()},
        approved_by=approved_by,
        valid_from_on=local_day(now),
    )
    work.scheme.adopt(version, at=now)


def _checked(rules: SeriesRules, work: UnitOfWork) -> SeriesRules:
    _check_retention(rules.retention_code, work)
    if rules.grade not in GRADES:
        raise SeriesRuleUnfit(Bilingual("密级只有一级、二级、三级", "a grade is 1, 2 or 3"))
    _check_columns(rules.columns)
    known = {kind.code for kind in work.scheme.all_types()}
    return replace(rules, checklist=_checked_requirements(rules.checklist, known))


def _check_retention(code: str, work: UnitOfWork) -> None:
    rule = work.retention.with_code(code)
    if rule is None:
        raise SeriesRuleUnfit(Bilingual(f"没有保管期限“{code}”", f"there is no retention rule “{code}”"))
    if rule.vocabulary is RetentionVocabulary.LEGACY:
        what = Bilingual(f"“{rule.zh}”是旧期限，只用于已有案卷", f"“{rule.en}” is for volumes bound before only")
        raise SeriesRuleUnfit(what)


def _check_columns(columns: tuple[str, ...]) -> None:
    if len(set(columns)) < len(columns) or not set(columns) <= set(CATALOGUE_COLUMNS):
        raise SeriesRuleUnfit(Bilingual("目录栏目有重复，或不存在", "a column stands there twice, or does not exist"))
    if not set(NEEDED_COLUMNS) <= set(columns):
        raise SeriesRuleUnfit(
            Bilingual("卷内目录必须有序号、题名、日期和页数", "number, title, date and pages are needed in every list")
        )


def _checked_requirements(checklist: tuple[Requirement, ...], known_types: set[str]) -> tuple[Requirement, ...]:
    if len(checklist) > MOST_REQUIREMENTS:
        raise SeriesRuleUnfit(
            Bilingual(f"检查项超过 {MOST_REQUIREMENTS} 条", f"there are over {MOST_REQUIREMENTS} requirements")
        )
    checked = tuple(_checked_requirement(each, known_types) for each in checklist)
    if len({each.code for each in checked}) < len(checked):
        raise SeriesRuleUnfit(Bilingual("两条检查项的代码相同", "two requirements have the same code"))
    return checked


def _checked_requirement(stated: Requirement, known_types: set[str]) -> Requirement:
    named = stated.types | stated.when
    zh, code = one_line(stated.zh), one_line(stated.code)
    if not stated.types or not named <= known_types:
        raise SeriesRuleUnfit(
            Bilingual(f"检查项“{zh}”没有列出已有的资料类型", f"“{stated.en or zh}” names no known document type")
        )
    if not code or not 1 <= len(zh) <= MOST_WORDS_CHARACTERS:
        raise SeriesRuleUnfit(Bilingual("检查项没有代码或名称", "a requirement has no code or no name"))
    return replace(stated, code=code, zh=zh, en=one_line(stated.en) or zh)


def _told(rules: SeriesRules) -> str:
    facts = {
        "year_rule": rules.year_rule.value,
        "retention": rules.retention_code,
        "grade": rules.grade,
        "checklist": [each.code for each in rules.checklist],
        "columns": list(rules.columns),
    }
    return json.dumps(facts, ensure_ascii=False, sort_keys=True)
