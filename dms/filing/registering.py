"""Registering customers: one customer, one file; codes are never reused."""

import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass, replace

from dms.archive import Archive, customer_for
from dms.domain.actor import Actor, Permission
from dms.domain.customer import Customer, CustomerFacts, FormerName
from dms.domain.item import READABLE_STATES
from dms.domain.one_line import one_line
from dms.domain.uscc import is_well_formed
from dms.errors import Bilingual
from dms.filing.customer_card import tidy_card
from dms.filing.errors import CustomerAlreadyKnown, CustomerCodeTaken, CustomerFactInvalid, DepartmentOutOfReach
from dms.store import ItemFilter, UnitOfWork

MAX_CODE_CHARACTERS = 32
MAX_NAME_CHARACTERS = 200
MAX_DEPARTMENT_CHARACTERS = 60


def register_customer(actor: Actor, facts: CustomerFacts, *, archive: Archive) -> Customer:
    """The newly registered customer; an empty code is given the next free one.

    Raises `CustomerCodeTaken`, `CustomerAlreadyKnown` (same name or credit code), `CustomerFactInvalid` or
    `DepartmentOutOfReach`.
    """
    actor.require(Permission.MANAGE_CUSTOMERS)
    tidy = _tidied(facts)
    with archive.begin() as work:
        stated = replace(tidy, code=tidy.code or work.customers.next_code())
        _check_department(actor, "", stated.department)
        _check_free(actor, stated, work=work)
        customer = work.customers.add(stated, at=archive.now())
        archive.record(work, actor, "customer_registered", customer.code, name=customer.name, **_moved("", stated))
    return customer


def change_customer(actor: Actor, code: str, facts: CustomerFacts, *, archive: Archive) -> Customer:
    """The customer with its facts replaced; a changed name is kept among the former names, and its papers are found
    by the new facts from then on.

    The code cannot change. Raises `CustomerNotFound`, `CustomerAlreadyKnown`, `CustomerFactInvalid` or
    `DepartmentOutOfReach`.
    """
    actor.require(Permission.MANAGE_CUSTOMERS)
    with archive.begin() as work:
        before = customer_for(actor, code, work=work)
        stated = _with_former_name(before, replace(_tidied(facts), code=before.code))
        _check_department(actor, before.facts.department, stated.department)
        _check_unique(actor, stated, work=work, besides=before.id)
        work.customers.change(before.id, stated)
        for item_key in work.items.keys(ItemFilter(customer_id=before.id, states=READABLE_STATES)):
            archive.index_item(work, item_key)
        told = {"before": before.name, "after": stated.name} | _moved(before.facts.department, stated)
        archive.record(work, actor, "customer_changed", before.code, **told)
    return replace(before, facts=stated)


@dataclass(frozen=True, slots=True, kw_only=True)
class CustomerList:
    """One page of customers and how many there are in all."""

    total: int
    customers: tuple[Customer, ...]


def list_customers(
    actor: Actor, *, archive: Archive, words: str = "", limit: int = 50, offset: int = 0
) -> CustomerList:
    """The customers that the actor may know of and whose code, name, former name or credit code contains `words`."""
    actor.require(Permission.CONSULT)
    with archive.looking() as view:
        total, customers = view.customers.matching(one_line(words), actor=actor, limit=limit, offset=offset)
    return CustomerList(total=total, customers=tuple(customers))


def known_departments(actor: Actor, *, archive: Archive) -> list[str]:
    """The departments that customers known to the actor belong to, by name, and those of the actor."""
    actor.require(Permission.MANAGE_CUSTOMERS)
    with archive.looking() as view:
        return sorted({*view.customers.departments(actor=actor), *(actor.departments or ())})


def _tidied(facts: CustomerFacts) -> CustomerFacts:
    tidy = replace(
        tidy_card(facts),
        code=_folded(facts.code),
        name=one_line(facts.name),
        former_names=tuple(_former_names(facts)),
        uscc=_folded(facts.uscc or "").upper() or None,
        department=one_line(facts.department)[:MAX_DEPARTMENT_CHARACTERS],
    )
    _check_code(tidy.code)
    for name in (tidy.name, *(former.name for former in tidy.former_names)):
        _check_name(name)
    _check_uscc(tidy.uscc)
    return tidy


def _former_names(facts: CustomerFacts) -> Iterable[FormerName]:
    """Those that were stated at all, each once."""
    stated = (replace(former, name=one_line(former.name)) for former in facts.former_names)
    return {former.name: former for former in stated if former.name}.values()


def _folded(code: str) -> str:
    return "".join(one_line(unicodedata.normalize("NFKC", code)).split())


def _check_code(code: str) -> None:
    plain = code.replace("-", "").replace("_", "")
    if code and not (len(code) <= MAX_CODE_CHARACTERS and plain.isascii() and plain.isalnum()):
        raise CustomerFactInvalid(
            Bilingual(zh=f"客户代码“{code}”不合规。", en=f"“{code}” is no valid customer code."),
            Bilingual(
                zh="代码由字母、数字和连字符组成，最多 32 位，例如 C0123。",
                en="A code has letters, digits and dashes, at most 32, for example C0123.",
            ),
        )


def _check_name(name: str) -> None:
    if not 1 <= len(name) <= MAX_NAME_CHARACTERS:
        raise CustomerFactInvalid(
            Bilingual(zh="客户名称为空或过长。", en="The customer's name is empty or too long."),
            Bilingual(zh="请填写营业执照上的全称（200 字以内）。", en="Give the full name as on the licence."),
        )


def _check_uscc(uscc: str | None) -> None:
    if uscc is not None and not is_well_formed(uscc):
        raise CustomerFactInvalid(
            Bilingual(zh=f"统一社会信用代码“{uscc}”格式不对。", en=f"“{uscc}” is no unified social credit code."),
            Bilingual(
                zh="应为 18 位数字和大写字母（不含 I、O、S、V、Z），请对照营业执照。",
                en="It has 18 digits and capital letters; compare it with the licence.",
            ),
        )


def _check_department(actor: Actor, before: str, stated: str) -> None:
    """Nobody brings a customer within his own reach, or out of it, by naming another department."""
    within_reach = {"", *(actor.departments or ())}
    if actor.departments is not None and before != stated and not {before, stated} <= within_reach:
        raise DepartmentOutOfReach(stated)


def _moved(before: str, stated: CustomerFacts) -> dict[str, str]:
    """What the journal keeps of a department that was stated anew: who may see the papers depends on it."""
    return {"department": stated.department} if stated.department != before else {}


def _check_free(actor: Actor, stated: CustomerFacts, *, work: UnitOfWork) -> None:
    bearer = work.customers.with_code(stated.code)
    if bearer:
        raise CustomerCodeTaken(stated.code, _name_known_to(actor, bearer, work=work))
    _check_unique(actor, stated, work=work, besides=None)


def _name_known_to(actor: Actor, customer: Customer, *, work: UnitOfWork) -> str | None:
    return customer.name if work.customers.is_known(customer.id, actor=actor) else None


def _check_unique(actor: Actor, stated: CustomerFacts, *, work: UnitOfWork, besides: int | None) -> None:
    same_name = work.customers.with_name(stated.name)
    same_uscc = work.customers.with_uscc(stated.uscc) if stated.uscc else None
    for other in (same_name, same_uscc):
        if other and other.id != besides:
            raise CustomerAlreadyKnown(other.code, _name_known_to(actor, other, work=work))


def _with_former_name(before: Customer, stated: CustomerFacts) -> CustomerFacts:
    known = {former.name for former in stated.former_names}
    if stated.name == before.name or before.name in known:
        return stated
    return replace(stated, former_names=(*stated.former_names, FormerName(before.name)))
