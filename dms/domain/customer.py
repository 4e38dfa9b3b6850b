"""The counterparties of the company (客户), whatever side they stand on."""

from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum


class Side(StrEnum):
    """On which side of our dealings a customer stands; one may stand on several."""

    CUSTOMER = "customer"
    SUPPLIER = "supplier"
    SERVICE_PROVIDER = "service_provider"


class CustomerGrade(StrEnum):
    """The result of the last review: 重要, 特殊 or 一般."""

    IMPORTANT = "important"
    SPECIAL = "special"
    ORDINARY = "ordinary"


class CustomerStatus(StrEnum):
    """How far dealings with the customer have come; ending them ends nothing of its file."""

    PROSPECT = "prospect"
    """未来客户"""
    NEW = "new"
    """新客户"""
    OLD = "old"
    """老客户"""
    ENDED = "ended"
    """终止往来"""


class CustomerNature(StrEnum):
    """What kind of party it is."""

    GOVERNMENT = "government"
    SPECIAL = "special"
    ORDINARY = "ordinary"
    INDIVIDUAL = "individual"
    PARTNER = "partner"


class VolumeAxis(StrEnum):
    """How much business there is: 主力, 一般 or 零散; papers of scattered customers may share a volume."""

    MAIN = "main"
    GENERAL = "general"
    SCATTERED = "scattered"


@dataclass(frozen=True, slots=True, kw_only=True)
class Contact:
    """A person of the customer's with whom we deal, in that function and no further."""

    name: str
    phone: str = ""
    role: str = ""


@dataclass(frozen=True, slots=True)
class FormerName:
    """A name the customer once had; `until_on` is None where the day of the change is not known."""

    name: str
    until_on: date | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class CustomerFacts:
    """What a person states about a customer."""

    code: str
    name: str
    former_names: tuple[FormerName, ...] = ()
    uscc: str | None = None
    """Unified social credit code; None for persons, foreign parties, or where it is not known yet."""
    sides: frozenset[Side] = frozenset({Side.CUSTOMER})
    grade: CustomerGrade = CustomerGrade.ORDINARY
    department: str = ""
    """The department (部门) whose customer it is; empty for a customer of the whole company."""
    status: CustomerStatus = CustomerStatus.NEW
    nature: CustomerNature = CustomerNature.ORDINARY
    volume_axis: VolumeAxis = VolumeAxis.GENERAL
    legal_representative: str = ""
    address: str = ""
    postcode: str = ""
    phone: str = ""
    fax: str = ""
    registered_capital: str = ""
    """As the licence writes it, currency included."""
    scale: str = ""
    scope: str = ""
    """经营范围"""
    industry: str = ""
    contacts: tuple[Contact, ...] = ()
    custodian: str = ""
    """Who keeps the customer's file."""
    second_contact: str = ""
    """The second of our own people who deal with it."""
    risk_reason: str = ""
    """Why it is watched: arrears, insolvency; empty where nothing is known against it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Customer:
    """A customer as the catalogue knows it."""

    id: int
    facts: CustomerFacts
    created_at: datetime
    merged_into_id: int | None = None
    """The customer that it turned out to be, or was merged with; None for one that stands for itself."""

    @property
    def code(self) -> str:
        """The code by which people name the customer; never reused."""
        return self.facts.code

    @property
    def name(self) -> str:
        """The present name."""
        return self.facts.name


def name_in_year(facts: CustomerFacts, year: int) -> str:
    """The name that the customer bore at the end of a year, by the dates of its former names."""
    dated = sorted((known.until_on, known.name) for known in facts.former_names if known.until_on)
    return next((name for until_on, name in dated if until_on.year > year), facts.name)
