"""The customer form: what a person typed about a customer, and the facts that it means."""

from collections.abc import Iterator
from dataclasses import dataclass, replace

from werkzeug.datastructures import MultiDict

from dms.domain.customer import CustomerFacts, CustomerGrade, FormerName, Side
from dms.domain.day import parse_day


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
    )


def facts_typed(typed: TypedCustomer, known: CustomerFacts | None = None) -> CustomerFacts:
    """What the form means; a side or grade that does not exist is as good as none.

    What the form does not ask for stays as it is `known`.
    """
    return replace(
        known or CustomerFacts(code=typed.code, name=typed.name),
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
