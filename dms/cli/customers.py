"""``dms customer show | change | merge``: the whole card of a customer, and duplicates that turn out to be one."""

from collections.abc import Callable
from dataclasses import replace
from datetime import date
from typing import Any

import click

from dms.cli.registers import customer_group
from dms.cli.session import Session, answer, with_session
from dms.domain.customer import (
    Contact,
    Customer,
    CustomerFacts,
    CustomerGrade,
    CustomerNature,
    CustomerStatus,
    FormerName,
    Side,
    VolumeAxis,
)
from dms.domain.day import parse_day
from dms.filing import CARD_TEXTS, change_customer, customer_overview, merge_customers

_TEXTS = {
    "name": "Full name as on the licence 全称.",
    "uscc": "Unified social credit code 统一社会信用代码.",
    "department": "所属部门.",
    "legal_representative": "法定代表人.",
    "address": "地址.",
    "postcode": "邮编.",
    "phone": "电话.",
    "fax": "传真.",
    "registered_capital": "注册资本.",
    "scale": "经营规模.",
    "scope": "经营范围.",
    "industry": "所属行业.",
    "custodian": "档案责任人.",
    "second_contact": "第二联系人.",
    "risk_reason": "风险提示.",
}
_CHOICES = {"grade": CustomerGrade, "status": CustomerStatus, "nature": CustomerNature, "volume_axis": VolumeAxis}


def _card_options(command: Callable[..., None]) -> Callable[..., None]:
    for name, axis in _CHOICES.items():
        command = click.option(_option(name), type=click.Choice([each.value for each in axis]))(command)
    for name, told in reversed(_TEXTS.items()):
        command = click.option(_option(name), help=told)(command)
    return command


def _option(name: str) -> str:
    return "--" + name.replace("_", "-")


@customer_group.command("change")
@click.argument("code")
@_card_options
@click.option("--side", "sides", multiple=True, type=click.Choice([side.value for side in Side]))
@click.option("--former-name", "former_names", multiple=True, help="NAME or NAME=DAY 曾用名=截止日期; replaces all.")
@click.option("--contact", "contacts", multiple=True, help="NAME,PHONE,FUNCTION 联系人; replaces all.")
@click.option("--json", "as_json", is_flag=True)
@with_session
def change(
    session: Session,
    *,
    code: str,
    sides: tuple[str, ...],
    former_names: tuple[str, ...],
    contacts: tuple[str, ...],
    as_json: bool,
    **stated: str | None,
) -> None:
    """Change what is stated about a customer; what is left out stays as it is, an empty text takes it away."""
    with session.archive() as archive:
        actor = session.actor(archive)
        known = customer_overview(actor, code, archive=archive).customer.facts
        facts = _changed(known, stated)
        facts = replace(facts, sides=frozenset(map(Side, sides))) if sides else facts
        facts = replace(facts, former_names=tuple(map(_former_name, former_names))) if former_names else facts
        facts = replace(facts, contacts=tuple(map(_contact, contacts))) if contacts else facts
        customer = change_customer(actor, code, facts, archive=archive)
    if as_json:
        answer(_card(customer))
        return
    session.say(f"已保存客户 {customer.code} {customer.name}", f"Saved {customer.code} {customer.name}")


@customer_group.command("merge")
@click.argument("code")
@click.option("--into", "into_code", required=True, help="The customer that stands for both 保留的客户代码.")
@click.option("--yes", is_flag=True, help="Do not ask 不再询问.")
@with_session
def merge(session: Session, *, code: str, into_code: str, yes: bool) -> None:
    """Merge a customer that was registered twice; both codes stay, nothing is renumbered. This cannot be undone."""
    session.require_consent(
        f"把客户 {code} 并入 {into_code}？合并后不能撤销。",
        f"Merge {code} into {into_code}? It cannot be undone.",
        given=yes,
    )
    with session.archive() as archive:
        heir = merge_customers(session.actor(archive), code, into_code, archive=archive)
    session.say(f"{code} 已并入 {heir.code} {heir.name}", f"{code} was merged into {heir.code} {heir.name}")


@customer_group.command("show")
@click.argument("code")
@click.option("--json", "as_json", is_flag=True)
@with_session
def show(session: Session, *, code: str, as_json: bool) -> None:
    """Show the card of a customer."""
    with session.archive() as archive:
        overview = customer_overview(session.actor(archive), code, archive=archive)
    card = _card(overview.customer) | {
        "merged_into": overview.merged_into.code if overview.merged_into else None,
        "merged": [each.code for each in overview.merged],
    }
    if as_json:
        answer(card)
        return
    for name, value in card.items():
        if value:
            click.echo(f"{name:20} {value}")


def _changed(known: CustomerFacts, stated: dict[str, str | None]) -> CustomerFacts:
    given: dict[str, Any] = {name: text for name, text in stated.items() if text is not None}
    chosen: dict[str, Any] = {name: axis(given[name]) for name, axis in _CHOICES.items() if name in given}
    return replace(known, **given | chosen)


def _former_name(text: str) -> FormerName:
    name, _, day = text.rpartition("=")
    until_on = parse_day(day)
    return FormerName(name, until_on) if name and until_on else FormerName(text)


def _contact(text: str) -> Contact:
    name, phone, role = (*text.replace("，", ",").split(",", 2), "", "")[:3]
    return Contact(name=name, phone=phone, role=role)


def _card(customer: Customer) -> dict[str, Any]:
    facts = customer.facts
    return {
        "code": facts.code,
        "name": facts.name,
        "former_names": [{"name": each.name, "until_on": _day(each.until_on)} for each in facts.former_names],
        "uscc": facts.uscc,
        "sides": sorted(facts.sides),
        "department": facts.department,
        **{name: getattr(facts, name).value for name in _CHOICES},
        **{name: getattr(facts, name) for name in CARD_TEXTS},
        "contacts": [{"name": each.name, "phone": each.phone, "role": each.role} for each in facts.contacts],
    }


def _day(day: date | None) -> str | None:
    return day.isoformat() if day else None
