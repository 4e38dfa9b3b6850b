"""The catalogue in a bag: fonds, series, types, customers, contracts, volumes and the journal, as JSON and back.

What always holds: nothing is named by a number that only one catalogue knows. A customer is named by its code, a
contract by the customer's code and its own number; how volumes are named stands in `volume_record`.
"""

from dataclasses import dataclass
from datetime import date, datetime
from functools import partial
from typing import Any

from dms.domain.contract import ContractFacts, Party
from dms.domain.customer import CustomerFacts, CustomerGrade, FormerName, Side
from dms.domain.document_type import DocumentType, Series
from dms.domain.journal import JournalEntry
from dms.domain.scheme import YearRule
from dms.domain.synonym import SynonymGroups
from dms.errors import DmsError
from dms.exchange.particulars_record import (
    contract_particulars_from,
    contract_particulars_json,
    customer_particulars_from,
    customer_particulars_json,
)
from dms.exchange.rules_record import series_rules_from, series_rules_json
from dms.exchange.untrusted import RecordUnusable, Untrusted
from dms.search import checked_synonyms

FORMAT = "anjuan-archive"
FORMAT_VERSION = 2
READABLE_FORMATS = frozenset({1, FORMAT_VERSION})
"""The first form knew no bound volumes, numbers, relations or rules."""


@dataclass(frozen=True, slots=True, kw_only=True)
class FondsRecord:
    """Whose archive it was; `name` is empty where nobody had stated it."""

    code: str
    name: str
    former_names: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class CustomerRecord:
    """A customer with the moment of its registration."""

    facts: CustomerFacts
    created_at: datetime
    merged_into: str | None = None
    """The code of the customer that it turned out to be; None for one that stands for itself."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ContractRecord:
    """A contract; `facts.customer_id` is 0, the customer is named by its code."""

    customer_code: str
    facts: ContractFacts


def fonds_json(fonds: FondsRecord) -> dict[str, Any]:
    """The fonds as JSON."""
    return {"code": fonds.code, "name": fonds.name, "former_names": list(fonds.former_names)}


def fonds_from(stated: Untrusted) -> FondsRecord:
    """The fonds; raises `RecordUnusable`."""
    return FondsRecord(code=stated.text("code"), name=stated.text("name"), former_names=stated.texts("former_names"))


def synonyms_json(groups: SynonymGroups | None) -> list[dict[str, Any]] | None:
    """The company's own synonyms as JSON; None where it has stated none."""
    return None if groups is None else [{"words": list(group)} for group in groups]


def synonyms_from(stated: Untrusted, name: str) -> SynonymGroups:
    """The company's own synonyms; raises `RecordUnusable`."""
    try:
        return checked_synonyms([group.texts("words") for group in stated.parts(name)])
    except DmsError as error:
        raise RecordUnusable(name) from error


def series_json(series: Series) -> dict[str, Any]:
    """A series as JSON."""
    return {"code": series.code, "zh": series.zh, "en": series.en, "position": series.position} | series_rules_json(
        series
    )


def series_from(stated: Untrusted) -> Series:
    """A series; raises `RecordUnusable`."""
    return Series(
        code=_code(stated, "code"),
        zh=stated.text("zh"),
        en=stated.text("en"),
        position=stated.whole("position"),
        **series_rules_from(stated),
    )


def type_json(kind: DocumentType) -> dict[str, Any]:
    """A document type as JSON."""
    rule = kind.year_rule.value if kind.year_rule else None
    return {"code": kind.code, "zh": kind.zh, "en": kind.en, "series": kind.series, "year_rule": rule}


def type_from(stated: Untrusted) -> DocumentType:
    """A document type; raises `RecordUnusable`."""
    return DocumentType(
        code=_code(stated, "code"),
        zh=stated.text("zh"),
        en=stated.text("en"),
        series=stated.text("series"),
        year_rule=stated.maybe(partial(stated.one_of, kind=YearRule), "year_rule"),
    )


def customer_json(customer: CustomerRecord) -> dict[str, Any]:
    """A customer as JSON."""
    facts = customer.facts
    former = [{"name": known.name, "until_on": _day(known.until_on)} for known in facts.former_names]
    return {
        "code": facts.code,
        "name": facts.name,
        "former_names": former,
        "uscc": facts.uscc,
        "sides": sorted(facts.sides),
        "grade": facts.grade.value,
        "department": facts.department,
        **customer_particulars_json(facts),
        "merged_into": customer.merged_into,
        "created_at": customer.created_at.isoformat(),
    }


def customer_from(stated: Untrusted) -> CustomerRecord:
    """A customer; raises `RecordUnusable`."""
    former = (
        FormerName(known.text("name"), known.maybe(known.day, "until_on")) for known in stated.parts("former_names")
    )
    facts = CustomerFacts(
        code=_code(stated, "code"),
        name=stated.text("name"),
        former_names=tuple(former),
        uscc=stated.maybe(stated.text, "uscc"),
        sides=stated.choices("sides", Side),
        grade=stated.one_of("grade", CustomerGrade),
        # Bags of the first programs say nothing of departments: their customers are those of the whole company.
        department=stated.maybe(stated.text, "department") or "",
        **customer_particulars_from(stated),
    )
    merged_into = stated.maybe(stated.text, "merged_into")
    return CustomerRecord(facts=facts, created_at=stated.moment("created_at"), merged_into=merged_into)


def contract_json(contract: ContractRecord) -> dict[str, Any]:
    """A contract as JSON."""
    facts = contract.facts
    return {
        "customer": contract.customer_code,
        "number": facts.number,
        "title": facts.title,
        "parties": [{"role": party.role, "name": party.name} for party in facts.parties],
        "signed_on": _day(facts.signed_on),
        "effective_on": _day(facts.effective_on),
        "ends_on": _day(facts.ends_on),
        "amount": None if facts.amount is None else str(facts.amount),
        **contract_particulars_json(facts),
    }


def contract_from(stated: Untrusted) -> ContractRecord:
    """A contract; raises `RecordUnusable`."""
    facts = ContractFacts(
        number=stated.text("number"),
        title=stated.text("title"),
        customer_id=0,
        parties=tuple(Party(party.text("role"), party.text("name")) for party in stated.parts("parties")),
        signed_on=stated.maybe(stated.day, "signed_on"),
        effective_on=stated.maybe(stated.day, "effective_on"),
        ends_on=stated.maybe(stated.day, "ends_on"),
        amount=stated.maybe(stated.amount, "amount"),
        **contract_particulars_from(stated),
    )
    return ContractRecord(customer_code=stated.text("customer"), facts=facts)


def entry_json(entry: JournalEntry) -> dict[str, Any]:
    """A journal entry as JSON; the digest can be computed anew from it (`dms.domain.journal.entry_digest`)."""
    return {
        "seq": entry.seq,
        "at": entry.at.isoformat(timespec="microseconds"),
        "actor": entry.actor,
        "origin": entry.origin,
        "action": entry.action,
        "subject": entry.subject,
        "details": dict(entry.details),
        "previous_digest": entry.previous_digest,
        "digest": entry.digest,
    }


def entry_from(stated: Untrusted) -> JournalEntry:
    """A journal entry; raises `RecordUnusable`."""
    return JournalEntry(
        seq=stated.whole("seq"),
        at=stated.moment("at"),
        actor=stated.text("actor"),
        origin=stated.text("origin"),
        action=stated.text("action"),
        subject=stated.text("subject"),
        details=stated.plain("details"),
        previous_digest=stated.sha256("previous_digest"),
        digest=stated.sha256("digest"),
    )


def _code(stated: Untrusted, name: str) -> str:
    """A code as people type it: ASCII, not empty, one word."""
    code = stated.text(name)
    if not (code.isascii() and code.isprintable() and code == "".join(code.split()) and code):
        raise RecordUnusable(name)
    return code


def _day(day: date | None) -> str | None:
    return day.isoformat() if day else None
