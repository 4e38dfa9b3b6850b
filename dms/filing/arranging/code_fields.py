"""What stands for the fields of a reference code: the fonds, the category, and codes in place of departments' names.

What always holds: whoever gives numbers takes the fields from here, so that one thing has one code everywhere.
"""

import re
from collections.abc import Mapping

from dms.domain.reference_code import DEFAULT_CATEGORY
from dms.filing.arranging.errors import CodeWordUnfit
from dms.store import CodeFields, UnitOfWork

CATEGORY_SETTING = "category_code"
DEPARTMENTS_SETTING = "department_codes"
NO_DEPARTMENT = "QT"
"""其他: stands for the department of a paper that belongs to none."""
COLLECTIVE_CUSTOMER = "HJ"
"""合卷: stands for the customer of a collective volume."""
TAKEN_CATEGORIES = frozenset({"KU", "WS", "KJ", "RS", "ZP"})
"""Categories that the standards have given away."""
_WORD = re.compile(r"[A-Za-z0-9]{1,8}")


def code_fields(
    work: UnitOfWork,
    *,
    year: int,
    customer_code: str | None = None,
    series_code: str = "",
    term: str = "",
    department: str = "",
) -> CodeFields:
    """The fields of every pattern but its running numbers, to be given to `work.numbers`.

    `customer_code` is None for a collective volume, `term` the code of the retention rule, `department` the name as
    customers bear it. A department without a code stands there by its name, which `Numbers` then refuses.
    """
    return {
        "fonds": work.scheme.fonds_code(),
        "category": category_code(work),
        "customer": COLLECTIVE_CUSTOMER if customer_code is None else customer_code,
        "series": series_code,
        "year": year,
        "term": term,
        "department": department_codes(work).get(department, department) or NO_DEPARTMENT,
    }


def category_code(work: UnitOfWork) -> str:
    """The category 门类代码 of this archive."""
    return work.settings.text(CATEGORY_SETTING, DEFAULT_CATEGORY)


def department_codes(work: UnitOfWork) -> dict[str, str]:
    """The code of every department that was given one, by its name."""
    return dict(work.settings.get(DEPARTMENTS_SETTING, {}))


def checked_category(stated: str) -> str:
    """The category as it may stand in codes, in capitals; raises `CodeWordUnfit`."""
    word = stated.strip().upper()
    if not _WORD.fullmatch(word) or word in TAKEN_CATEGORIES:
        raise CodeWordUnfit(stated)
    return word


def checked_departments(stated: Mapping[str, str]) -> dict[str, str]:
    """The codes by department, those left empty without; raises `CodeWordUnfit` for one unfit or given twice."""
    codes = {name: code.strip().upper() for name, code in stated.items() if name and code.strip()}
    for name, code in codes.items():
        twice = [*codes.values(), NO_DEPARTMENT].count(code) > 1
        if twice or not _WORD.fullmatch(code):
            raise CodeWordUnfit(stated[name])
    return codes
