"""The rules of the archive as a binding run reads them once: series, types, limits, and how codes are written."""

from collections.abc import Mapping
from dataclasses import dataclass

from dms.domain.actor import SYSTEM
from dms.domain.document_type import DocumentType, Series
from dms.domain.reference_code import CodeKind, ReferencePattern
from dms.filing.arranging import code_fields, volume_rules_in_force
from dms.store import CodeFields, UnitOfWork


@dataclass(frozen=True, slots=True, kw_only=True)
class BindingRules:
    """What decides how papers become volumes."""

    series: Mapping[str, Series]
    """By code, in their order; retired ones too, for papers may still lie loose in them."""
    types: Mapping[str, DocumentType]
    volume_pattern: ReferencePattern
    item_pattern: ReferencePattern
    most_sheets: int
    collective: bool
    """Whether scattered customers 零散客户 share volumes."""
    fields_by_department: Mapping[str, CodeFields]
    """What stands for the company, its category and a department in codes."""


def rules_of(work: UnitOfWork) -> BindingRules:
    """The rules as they are today."""
    volumes = volume_rules_in_force(work)
    departments = ["", *work.customers.departments(actor=SYSTEM)]
    return BindingRules(
        series={each.code: each for each in work.scheme.all_series()},
        types={each.code: each for each in work.scheme.all_types()},
        volume_pattern=work.numbers.pattern(CodeKind.VOLUME),
        item_pattern=work.numbers.pattern(CodeKind.ITEM),
        most_sheets=volumes.most_sheets,
        collective=volumes.collective,
        fields_by_department={name: code_fields(work, year=0, department=name) for name in departments},
    )
