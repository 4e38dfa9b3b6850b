"""What a person should look at before numbers are spent, in words."""

from collections.abc import Iterable, Sequence

from dms.domain.scheme import YearRule
from dms.errors import Bilingual
from dms.filing.binding.gathering import Gathered
from dms.filing.binding.plan import PlannedVolume, PlanWarning, WarningKind
from dms.filing.binding.rules import BindingRules
from dms.filing.binding.sorting_out import Fate, Period, Sorted


def warnings_of(
    gathered: Gathered,
    volumes: Sequence[PlannedVolume],
    rules: BindingRules,
    period: Period,
    *,
    this_year: int,
    in_tray: int,
) -> tuple[PlanWarning, ...]:
    """Every warning, those about the whole plan first; `in_tray` papers wait to be confirmed."""
    found = gathered.sorted_papers
    return (
        *_about_the_year(period, this_year),
        *_about_the_tray(in_tray),
        *_about_other_years(found, period),
        *_about_late_arrivals(found, period),
        *(warning for volume in volumes for warning in _about_volume(volume)),
        *(warning for each in found if each.fate is Fate.BOUND for warning in _about_paper(each, rules)),
    )


def _about_the_year(period: Period, this_year: int) -> Iterable[PlanWarning]:
    if period.year >= this_year:
        told = Bilingual(
            f"{period.year} 年尚未结束，以后收到的本年资料将编入续卷。",
            f"{period.year} is not over; papers of it that arrive later go into continuation volumes.",
        )
        yield PlanWarning(kind=WarningKind.YEAR_NOT_OVER, told=told)


def _about_the_tray(in_tray: int) -> Iterable[PlanWarning]:
    if in_tray:
        told = Bilingual(
            f"还有 {in_tray} 件资料待核对，归档之后才能装订。",
            f"Papers that wait to be confirmed: {in_tray}; they can be bound once they are filed.",
        )
        yield PlanWarning(kind=WarningKind.IN_TRAY, told=told)


def _about_other_years(found: Sequence[Sorted], period: Period) -> Iterable[PlanWarning]:
    earlier: dict[int, int] = {}
    for each in found:
        if each.fate is Fate.EARLIER and each.year is not None:
            earlier[each.year] = earlier.get(each.year, 0) + 1
    for year, count in sorted(earlier.items()):
        told = Bilingual(
            f"{year} 年度还有散页 {count} 件，请另行装订该年度。",
            f"{count} papers of {year} still lie loose; bind that year as well.",
        )
        yield PlanWarning(kind=WarningKind.EARLIER_YEARS, told=told)


def _about_late_arrivals(found: Sequence[Sorted], period: Period) -> Iterable[PlanWarning]:
    late = sum(each.arrived_late and each.year == period.year for each in found)
    if late:
        told = Bilingual(
            f"截止日期之后收到的本年度资料 {late} 件，留待下次装订。",
            f"{late} papers of the year arrived after the cut-off and wait for the next run.",
        )
        yield PlanWarning(kind=WarningKind.AFTER_CUT_OFF, told=told)


def _about_volume(volume: PlannedVolume) -> Iterable[PlanWarning]:
    if volume.problem:
        told = Bilingual(
            f"“{volume.title}”无法编制档号，不装订：{volume.problem.zh}",
            f"“{volume.title}” gets no reference code and is not bound: {volume.problem.en}",
        )
        yield PlanWarning(kind=WarningKind.NO_CODE, told=told)


def _about_paper(each: Sorted, rules: BindingRules) -> Iterable[PlanWarning]:
    paper, title = each.paper, each.paper.title or each.paper.id
    if paper.sheets_at_most > rules.most_sheets:
        yield _warning(
            each,
            WarningKind.THICK_ITEM,
            f"《{title}》有 {paper.sheets_at_most} 张，超过每卷 {rules.most_sheets} 张，单独成卷。",
            f"“{title}” has {paper.sheets_at_most} sheets, more than a volume holds, and has one by itself.",
        )
    if paper.doc_on is None:
        yield _warning(
            each,
            WarningKind.UNDATED,
            f"《{title}》日期不详，按 {each.year} 年度归档。",
            f"“{title}” bears no date and is filed under {each.year}.",
        )
    if each.rule_year is not None and paper.doc_on is not None:
        yield _warning(
            each,
            WarningKind.YEAR_DIFFERS,
            f"《{title}》按规则属 {each.rule_year} 年度，现归在 {each.year} 年度。",
            f"By its rule “{title}” belongs to {each.rule_year}; it is filed under {each.year}.",
        )
    if _lacks_contract(each, rules):
        yield _warning(
            each,
            WarningKind.NO_CONTRACT,
            f"《{title}》未关联合同，按自身日期归入 {each.year} 年度。",
            f"“{title}” belongs to no contract and goes by its own date, into {each.year}.",
        )


def _lacks_contract(each: Sorted, rules: BindingRules) -> bool:
    """Whether a paper that should wait for its contract to be closed is known to belong to none."""
    kind = rules.types.get(each.paper.type_code or "")
    asked = kind.year_rule if kind and kind.year_rule else rules.series[str(each.paper.series_code)].year_rule
    return each.paper.contract_id is None and asked is YearRule.CLOSING_YEAR


def _warning(each: Sorted, kind: WarningKind, zh: str, en: str) -> PlanWarning:
    return PlanWarning(kind=kind, told=Bilingual(zh, en), item_id=each.paper.id)
