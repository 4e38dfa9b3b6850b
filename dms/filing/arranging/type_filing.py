"""In which series each document type is filed, and by which year where it differs from the rest of the series."""

from collections.abc import Mapping
from dataclasses import dataclass, replace

from dms.archive import Archive, series_with_code, type_with_code
from dms.domain.actor import Actor, Permission
from dms.domain.document_type import DocumentType
from dms.domain.scheme import YearRule
from dms.errors import Bilingual
from dms.filing.arranging.errors import SeriesRuleUnfit
from dms.store import UnitOfWork


@dataclass(frozen=True, slots=True, kw_only=True)
class TypeFiling:
    """How papers of one type are filed."""

    series_code: str
    year_rule: YearRule | None
    """None for the rule of the series."""


def state_type_filings(
    actor: Actor, filings: Mapping[str, TypeFiling], *, archive: Archive
) -> tuple[DocumentType, ...]:
    """The types that were changed, as they are filed from now on; what was filed before stays where it is.

    All or none: raises `TypeNotFound`, `SeriesNotFound`, or `SeriesRuleUnfit` for a series that is retired.
    """
    actor.require(Permission.MANAGE_CUSTOMERS)
    with archive.begin() as work:
        stated = [_changed(code, filing, work) for code, filing in filings.items()]
        changed = tuple(kind for kind in stated if kind != type_with_code(kind.code, work=work))
        for kind in changed:
            work.scheme.state_type(kind)
            work.scheme.state_type_rule(kind.code, kind.year_rule)
            rule = kind.year_rule.value if kind.year_rule else ""
            archive.record(work, actor, "type_filing_stated", kind.code, series=kind.series, year_rule=rule)
    return changed


def _changed(type_code: str, filing: TypeFiling, work: UnitOfWork) -> DocumentType:
    known = type_with_code(type_code, work=work)
    series = series_with_code(filing.series_code, work=work)
    if series.retired and series.code != known.series:
        raise SeriesRuleUnfit(
            Bilingual(f"类目 {series.code} 已停用，不再归入资料", f"the series {series.code} is retired")
        )
    return replace(known, series=series.code, year_rule=filing.year_rule)
