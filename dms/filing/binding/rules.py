"""The rules of the archive as a binding run reads them once: series, types, limits, and how codes are written."""

from collections.abc import Mapping
from dataclasses import dataclass

from dms.domain.document_type import DocumentType, Series
from dms.domain.reference_code import DEFAULT_CATEGORY, CodeKind, ReferencePattern
from dms.domain.volume import MOST_SHEETS_A_VOLUME
from dms.store import UnitOfWork

MOST_SHEETS = "most_sheets_a_volume"
CATEGORY = "category_code"
COLLECTIVE = "collective_volumes"
COLLECTIVE_CUSTOMER = "collective_customer_code"
DEPARTMENT_CODES = "department_codes"
"""Names of settings."""
SCATTERED_CODE = "LS"
"""Stands for all scattered customers 零散客户 in codes, unless the setting says otherwise."""
WHOLE_COMPANY_CODE = "00"
"""Stands in codes for customers of no department, unless the setting says otherwise."""


@dataclass(frozen=True, slots=True, kw_only=True)
class BindingRules:
    """What decides how papers become volumes."""

    fonds_code: str
    category: str
    series: Mapping[str, Series]
    """By code, in their order; retired ones too, for papers may still lie loose in them."""
    types: Mapping[str, DocumentType]
    volume_pattern: ReferencePattern
    item_pattern: ReferencePattern
    most_sheets: int
    collective: bool
    """Whether scattered customers share volumes."""
    collective_code: str
    department_codes: Mapping[str, str]
    """What stands for a department in codes; one that is not named stands for itself."""

    def department_code(self, department: str) -> str:
        """What stands for a department in a code."""
        return self.department_codes.get(department, department or WHOLE_COMPANY_CODE)


def rules_of(work: UnitOfWork) -> BindingRules:
    """The rules as they are today."""
    return BindingRules(
        fonds_code=work.scheme.fonds_code(),
        category=work.settings.text(CATEGORY, DEFAULT_CATEGORY),
        series={each.code: each for each in work.scheme.all_series()},
        types={each.code: each for each in work.scheme.all_types()},
        volume_pattern=work.numbers.pattern(CodeKind.VOLUME),
        item_pattern=work.numbers.pattern(CodeKind.ITEM),
        most_sheets=max(1, work.settings.number(MOST_SHEETS, MOST_SHEETS_A_VOLUME)),
        collective=bool(work.settings.get(COLLECTIVE, default=True)),
        collective_code=work.settings.text(COLLECTIVE_CUSTOMER, SCATTERED_CODE),
        department_codes=work.settings.get(DEPARTMENT_CODES, {}),
    )
