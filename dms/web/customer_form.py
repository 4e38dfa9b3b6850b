"""The customer form: what a person typed about a customer, and the facts that it means."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import Any

from werkzeug.datastructures import MultiDict

from dms.domain.customer import (
    Contact,
    CustomerFacts,
    CustomerGrade,
    CustomerNature,
    CustomerStatus,
    FormerName,
    Side,
    VolumeAxis,
)
from dms.domain.day import parse_day
from dms.filing import CARD_TEXTS


@dataclass(frozen=True, slots=True, kw_only=True)
class TypedCustomer:
    """The form as text; every attribute is the name of a field."""

    code: str = ""
    name: str = ""
    uscc: str = ""
    former_names: str = ""
    """One a line, each with the day of the change behind it where that is known."""
    sides: tuple[str, ...] = (Side.CUSTOMER.value,)
    grade: str = CustomerGrade.ORDINARY.value
    department: str = ""
    card: str = ""
    """Not empty where the form asks for the fields below; one that does not ask changes none of them."""
    status: str = CustomerStatus.NEW.value
    nature: str = CustomerNature.ORDINARY.value
    volume_axis: str = VolumeAxis.GENERAL.value
    legal_representative: str = ""
    address: str = ""
    postcode: str = ""
    phone: str = ""
    fax: str = ""
    registered_capital: str = ""
    scale: str = ""
    scope: str = ""
    industry: str = ""
    contacts: str = ""
    """One a line: name, telephone and function, with commas between."""
    custodian: str = ""
    second_contact: str = ""
    risk_reason: str = ""


_AXES: tuple[tuple[str, type[CustomerStatus] | type[CustomerNature] | type[VolumeAxis]], ...] = (
    ("status", CustomerStatus),
    ("nature", CustomerNature),
    ("volume_axis", VolumeAxis),
)
_BETWEEN = re.compile(r"[,，、;；\t]")


def typed_in(form: MultiDict[str, str]) -> TypedCustomer:
    """The form as it was sent."""
    return TypedCustomer(
        code=form.get("code", "").strip(),
        name=form.get("name", "").strip(),
        uscc=form.get("uscc", "").strip(),
        former_names=form.get("former_names", ""),
        sides=tuple(form.getlist("sides")),
        grade=form.get("grade", ""),
        department=form.get("department", "").strip(),
        contacts=form.get("contacts", ""),
        **{name: form.get(name, "").strip() for name in ("card", "status", "nature", "volume_axis", *CARD_TEXTS)},
    )


def as_typed(facts: CustomerFacts) -> TypedCustomer:
    """The form filled with what is known."""
    lines = (f"{former.name} {former.until_on or ''}".strip() for former in facts.former_names)
    return TypedCustomer(
        code=facts.code,
        name=facts.name,
        uscc=facts.uscc or "",
        former_names="\n".join(lines),
        sides=tuple(sorted(side.value for side in facts.sides)),
        grade=facts.grade.value,
        department=facts.department,
        card="1",
        contacts="\n".join(_contact_as_typed(contact) for contact in facts.contacts),
        **{name: getattr(facts, name).value for name, _ in _AXES},
        **{name: getattr(facts, name) for name in CARD_TEXTS},
    )


def facts_typed(typed: TypedCustomer, known: CustomerFacts | None = None) -> CustomerFacts:
    """What the form means; a side or grade that does not exist is as good as none.

    What the form does not ask for stays as it is `known`.
    """
    return replace(
        _with_card(known or CustomerFacts(code=typed.code, name=typed.name), typed),
        code=typed.code,
        name=typed.name,
        former_names=tuple(_former_names(typed.former_names)),
        uscc=typed.uscc or None,
        sides=frozenset(side for side in Side if side.value in typed.sides) or frozenset({Side.CUSTOMER}),
        grade=next((grade for grade in CustomerGrade if grade.value == typed.grade), CustomerGrade.ORDINARY),
        department=typed.department,
    )


def _former_names(text: str) -> Iterator[FormerName]:
    for line in filter(None, map(str.strip, text.splitlines())):
        name, _, last = line.rpartition(" ")
        until_on = parse_day(last)
        yield FormerName(name.strip(), until_on) if name and until_on else FormerName(line)


def _with_card(facts: CustomerFacts, typed: TypedCustomer) -> CustomerFacts:
    """The facts with what the fields of the card mean; a choice that does not exist changes nothing."""
    if not typed.card:
        return facts
    chosen: dict[str, Any] = {
        name: next((each for each in axis if each.value == getattr(typed, name)), getattr(facts, name))
        for name, axis in _AXES
    }
    texts: dict[str, Any] = {name: getattr(typed, name) for name in CARD_TEXTS}
    return replace(facts, contacts=tuple(_contacts(typed.contacts)), **chosen, **texts)


def _contacts(text: str) -> Iterator[Contact]:
    for line in filter(None, map(str.strip, text.splitlines())):
        name, phone, role = (part.strip() for part in (*_BETWEEN.split(line, maxsplit=2), "", "")[:3])
        yield Contact(name=name, phone=phone, role=role)


def _contact_as_typed(contact: Contact) -> str:
    return "，".join((contact.name, contact.phone, contact.role)).rstrip("，")
