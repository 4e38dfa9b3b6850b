"""The sample archive of `dms demo`: an invented company, its customers, and scans of papers that never were.

The papers travel inside the package as they came from the scanner, so no font is needed to run the demonstration.
What stands on each of them is known, which is why our own tests read them too; the archive itself never looks at it.
"""

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from types import MappingProxyType
from typing import Any

from dms.domain.proposal import FieldName

__all__ = [
    "DemoCompany",
    "DemoCustomer",
    "DemoDepartment",
    "DemoPaper",
    "DemoPerson",
    "demo_company",
    "demo_customers",
    "demo_departments",
    "demo_papers",
    "demo_people",
]


@dataclass(frozen=True, slots=True, kw_only=True)
class DemoCompany:
    """The company whose archive it is."""

    name: str
    uscc: str


@dataclass(frozen=True, slots=True, kw_only=True)
class DemoCustomer:
    """One customer of the sample archive."""

    code: str
    name: str
    former_names: tuple[str, ...]
    uscc: str
    """Unified social credit code with a valid check character (GB 32100-2015)."""
    kind: str
    """What it does, in Chinese: 制造商, 经销商 or 服务商."""
    province: str
    sides: tuple[str, ...]
    """What it is to the company: ``customer``, ``supplier``, ``service_provider``; often more than one."""
    grade: int
    """How secret its papers are: 1, 2 or 3, where 1 is the most secret."""
    department: str
    """Whose customer it is; empty for one of the whole company."""


@dataclass(frozen=True, slots=True, kw_only=True)
class DemoPaper:
    """One scan of the sample archive, and what a perfect reader would find on it."""

    original_filename: str
    customer_code: str
    document_type: str
    """A code of `dms.domain.document_type.DEFAULT_DOCUMENT_TYPES`."""
    page_texts: tuple[str, ...]
    """The print of each page, a paragraph or a table row a line, without seals and signatures; empty if blank."""
    turned_degrees: tuple[int, ...]
    """For each page, how far it must be turned clockwise to stand upright."""
    fields: Mapping[FieldName, str]
    """Canonical values as in `dms.domain.proposal.Proposal`; what the paper does not show is absent."""
    original_bytes: bytes

    @property
    def year(self) -> int:
        """The year that the paper is dated."""
        return int(self.fields[FieldName.DOC_DATE][:4])


@dataclass(frozen=True, slots=True, kw_only=True)
class DemoPerson:
    """One person of the company, in one role."""

    name: str
    """For signing in."""
    display_name: str
    role: str
    """A value of `dms.domain.actor.Role`."""
    clearance: int
    department: str
    """The department that he belongs to; empty for none."""


@dataclass(frozen=True, slots=True, kw_only=True)
class DemoDepartment:
    """One department of the company, with the sign-in names of those who decide for it."""

    name: str
    head: str
    manager_in_charge: str


@cache
def _catalogue() -> Mapping[str, Any]:
    return _data("papers.toml")


def _data(name: str) -> Mapping[str, Any]:
    return tomllib.loads(files(__name__).joinpath(name).read_text("utf8"))


def demo_company() -> DemoCompany:
    """The company that keeps the sample archive."""
    return DemoCompany(**_catalogue()["company"])


def demo_customers() -> tuple[DemoCustomer, ...]:
    """The customers of the sample archive, by code."""
    return tuple(_customer(row) for row in _catalogue()["customer"])


def demo_papers() -> tuple[DemoPaper, ...]:
    """The papers of the sample archive with their bytes (2.4 MB); the contract with its companions comes first."""
    return tuple(_paper(row) for row in _catalogue()["paper"])


def demo_people() -> tuple[DemoPerson, ...]:
    """People for every role of the company but administrator and auditor, which the first account of an archive has."""
    return tuple(DemoPerson(**row) for row in _data("people.toml")["person"])


def demo_departments() -> tuple[DemoDepartment, ...]:
    """The departments of the company."""
    return tuple(DemoDepartment(**row) for row in _data("people.toml")["department"])


def _customer(row: Mapping[str, Any]) -> DemoCustomer:
    lists = {name: tuple(row[name]) for name in ("former_names", "sides")}
    return DemoCustomer(**{**row, **lists})


def _paper(row: Mapping[str, Any]) -> DemoPaper:
    return DemoPaper(
        original_filename=row["filename"],
        customer_code=row["customer"],
        document_type=row["type"],
        page_texts=tuple(text.strip("\n") for text in row["pages"]),
        turned_degrees=tuple(row["turned_degrees"]),
        fields=MappingProxyType({FieldName(name): value for name, value in row["fields"].items()}),
        original_bytes=files(__name__).joinpath("papers", row["filename"]).read_bytes(),
    )
