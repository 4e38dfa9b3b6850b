"""The particulars of papers, contracts and customers in a bag, as JSON and back.

What always holds: bags of the first form say nothing of them; what is not stated is as it is of most.
"""

from datetime import date
from enum import Enum
from functools import partial
from typing import Any

from dms.domain.contract import ContractFacts, ContractState
from dms.domain.customer import Contact, CustomerFacts, CustomerNature, CustomerStatus, VolumeAxis
from dms.domain.item import Classification, ItemMedium, PartySide
from dms.exchange.untrusted import Untrusted

_PAPER_TEXTS = ("doc_no", "author", "year_note", "remark")
_PAPER_DAYS = ("valid_from_on", "valid_to_on")
_CONTRACT_TEXTS = ("department", "handler", "framework_no", "remark")
_CONTRACT_DAYS = ("performed_on", "settled_on", "warranty_ends_on", "terminated_on")
_CUSTOMER_TEXTS = (
    "legal_representative", "address", "postcode", "phone", "fax", "registered_capital", "scale", "scope", "industry",
    "custodian", "second_contact", "risk_reason",
)  # fmt: skip
_CUSTOMER_KINDS: dict[str, type[Enum]] = {
    "status": CustomerStatus,
    "nature": CustomerNature,
    "volume_axis": VolumeAxis,
}


def particulars_json(facts: Classification) -> dict[str, Any]:
    """The particulars of a paper as JSON."""
    return {
        **_plain(facts, (*_PAPER_TEXTS, "sheets", "is_annex", "retention_code")),
        **_days(facts, _PAPER_DAYS),
        "medium": facts.medium.value,
        "side": facts.side.value,
    }


def particulars_from(stated: Untrusted) -> dict[str, Any]:
    """The particulars of a paper by the names of `Classification`; raises `RecordUnusable`."""
    return {
        **_texts(stated, _PAPER_TEXTS),
        **_days_from(stated, _PAPER_DAYS),
        **_known(stated, {"medium": ItemMedium, "side": PartySide}),
        "sheets": stated.maybe(lambda name: stated.whole(name, least=1, most=9999), "sheets"),
        "is_annex": bool(stated.maybe(stated.truth, "is_annex")),
        "retention_code": stated.maybe(stated.text, "retention_code"),
    }


def contract_particulars_json(facts: ContractFacts) -> dict[str, Any]:
    """What the ledger knows of a contract beyond the paper itself, as JSON."""
    return {**_plain(facts, _CONTRACT_TEXTS), **_days(facts, _CONTRACT_DAYS), "state": facts.state.value}


def contract_particulars_from(stated: Untrusted) -> dict[str, Any]:
    """The same by the names of `ContractFacts`; raises `RecordUnusable`."""
    return {
        **_texts(stated, _CONTRACT_TEXTS),
        **_days_from(stated, _CONTRACT_DAYS),
        **_known(stated, {"state": ContractState}),
    }


def customer_particulars_json(facts: CustomerFacts) -> dict[str, Any]:
    """The attributes of a customer beyond name and codes, as JSON."""
    contacts = [{"name": each.name, "phone": each.phone, "role": each.role} for each in facts.contacts]
    kinds = {name: getattr(facts, name).value for name in _CUSTOMER_KINDS}
    return {**_plain(facts, _CUSTOMER_TEXTS), **kinds, "contacts": contacts}


def customer_particulars_from(stated: Untrusted) -> dict[str, Any]:
    """The same by the names of `CustomerFacts`; raises `RecordUnusable`."""
    contacts = tuple(
        Contact(name=each.text("name"), phone=each.text("phone"), role=each.text("role"))
        for each in stated.maybe(stated.parts, "contacts") or ()
    )
    return {**_texts(stated, _CUSTOMER_TEXTS), **_known(stated, _CUSTOMER_KINDS), "contacts": contacts}


def _plain(facts: object, names: tuple[str, ...]) -> dict[str, Any]:
    return {name: getattr(facts, name) for name in names}


def _days(facts: object, names: tuple[str, ...]) -> dict[str, str | None]:
    days: dict[str, date | None] = {name: getattr(facts, name) for name in names}
    return {name: day.isoformat() if day else None for name, day in days.items()}


def _texts(stated: Untrusted, names: tuple[str, ...]) -> dict[str, str]:
    return {name: stated.maybe(stated.text, name) or "" for name in names}


def _days_from(stated: Untrusted, names: tuple[str, ...]) -> dict[str, date | None]:
    return {name: stated.maybe(stated.day, name) for name in names}


def _known(stated: Untrusted, kinds: dict[str, type[Enum]]) -> dict[str, Enum]:
    """The values that are stated; one that is not keeps what the record takes for granted."""
    found = {name: stated.maybe(partial(stated.one_of, kind=kind), name) for name, kind in kinds.items()}
    return {name: value for name, value in found.items() if value is not None}
