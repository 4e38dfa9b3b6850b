"""``dms customer``, ``dms volume``, ``dms user``: the registers that the operator keeps."""

from pathlib import Path
from typing import Any

import click

from dms.bootstrap import passphrase_in
from dms.cli.session import Session, answer, with_session
from dms.custody import NewAccount, add_user, generated_password, list_users, tidy_departments
from dms.domain.actor import LOWEST_GRADE, Role
from dms.domain.customer import Customer, CustomerFacts, CustomerGrade, FormerName, Side
from dms.domain.day import FIRST_YEAR, LAST_YEAR
from dms.domain.volume import VolumeState
from dms.filing import list_customers, register_customer
from dms.filing.sealing import VolumeRow, VolumeWish, volumes_listed

EVERYTHING = 1_000_000


@click.group("customer")
def customer_group() -> None:
    """Customers 客户."""


@customer_group.command("add")
@click.option("--code", default="", help="Customer code, next free one if left out 客户代码.")
@click.option("--name", required=True, help="Full name as on the licence 全称.")
@click.option("--uscc", help="Unified social credit code 统一社会信用代码.")
@click.option("--former-name", "former_names", multiple=True, help="Former name 曾用名.")
@click.option("--side", "sides", multiple=True, type=click.Choice([side.value for side in Side]))
@click.option("--grade", type=click.Choice([grade.value for grade in CustomerGrade]), default="ordinary")
@click.option("--department", default="", help="Department 所属部门; of the whole company if left out 留空为全公司.")
@click.option("--json", "as_json", is_flag=True)
@with_session
def add_customer(
    session: Session,
    *,
    former_names: tuple[str, ...],
    sides: tuple[str, ...],
    grade: str,
    as_json: bool,
    **stated: Any,  # noqa: ANN401 -- the texts of a customer, by field
) -> None:
    """Register a customer."""
    facts = CustomerFacts(
        former_names=tuple(FormerName(former) for former in former_names),
        sides=frozenset(Side(side) for side in sides) or frozenset({Side.CUSTOMER}),
        grade=CustomerGrade(grade),
        **stated,
    )
    with session.archive() as archive:
        customer = register_customer(session.actor(archive), facts, archive=archive)
    if as_json:
        answer(_customer(customer))
        return
    session.say(f"已登记客户 {customer.code} {customer.name}", f"Registered {customer.code} {customer.name}")


@customer_group.command("list")
@click.argument("words", default="")
@click.option("--json", "as_json", is_flag=True)
@with_session
def show_customers(session: Session, *, words: str, as_json: bool) -> None:
    """List the customers whose code, name or credit code contains WORDS."""
    with session.archive() as archive:
        found = list_customers(session.actor(archive), archive=archive, words=words, limit=EVERYTHING)
    if as_json:
        answer({"total": found.total, "customers": [_customer(customer) for customer in found.customers]})
        return
    for customer in found.customers:
        click.echo(f"{customer.code:12} {customer.facts.uscc or '':18} {customer.name}")


@click.group("volume")
def volume_group() -> None:
    """Volumes 案卷."""


@volume_group.command("list")
@click.argument("words", default="")
@click.option("--year", type=click.IntRange(FIRST_YEAR, LAST_YEAR))
@click.option("--customer", "customer_code", default="", help="Of this customer 客户代码.")
@click.option("--series", "series_code", default="", help="Of this series 类目.")
@click.option("--state", "states", multiple=True, type=click.Choice([state.value for state in VolumeState]))
@click.option("--json", "as_json", is_flag=True)
@with_session
def show_volumes(session: Session, *, states: tuple[str, ...], as_json: bool, **stated: Any) -> None:  # noqa: ANN401 -- as VolumeWish
    """List the volumes, or those whose code, title or customer contains WORDS."""
    wish = VolumeWish(states=frozenset(map(VolumeState, states)), limit=EVERYTHING, **stated)
    with session.archive() as archive:
        found = volumes_listed(session.actor(archive), wish, archive=archive)
    rows = [_volume(row) for row in found.rows]
    if as_json:
        answer({"total": found.totals.volumes, "volumes": rows})
        return
    for row in rows:
        code, owner = row["reference_code"] or "-", row["customer"] or "-"
        counts = f"{row['items']:5} / {row['pages']:5}"
        click.echo(
            f"{row['year']}  {owner:10} {row['series']}  {counts}  {row['state']:10} {code} {row['customer_name']}"
        )


@click.group("user")
def user_group() -> None:
    """Accounts 账号."""


@user_group.command("add")
@click.argument("name")
@click.option("--display-name", default="")
@click.option("--role", "roles", multiple=True, required=True, type=click.Choice([role.value for role in Role]))
@click.option("--clearance", type=click.IntRange(1, LOWEST_GRADE), default=LOWEST_GRADE, show_default=True)
@click.option("--department", "departments", multiple=True, help="Sees this department 可查阅的部门; all if left out.")
@click.option("--password-file", type=click.Path(path_type=Path), help="Generated and printed once if left out.")
@with_session
def add_account(
    session: Session,
    *,
    name: str,
    display_name: str,
    roles: tuple[str, ...],
    clearance: int,
    departments: tuple[str, ...],
    password_file: Path | None,
) -> None:
    """Add an account; CLEARANCE is the most secret grade it may see (1 to 3)."""
    password = passphrase_in(password_file) if password_file else generated_password()
    with session.archive() as archive:
        account = NewAccount(
            name=name,
            display_name=display_name,
            password=password,
            roles=frozenset(Role(role) for role in roles),
            clearance=clearance,
            departments=tidy_departments(departments) if departments else None,
        )
        add_user(session.actor(archive), account, archive=archive)
    session.say(f"已添加账号 {name}", f"Added the account {name}")
    if not password_file:
        click.echo(f"{session.text('登录密码（只显示一次）', 'Password (shown only once)')}: {password}")


@user_group.command("list")
@with_session
def show_accounts(session: Session) -> None:
    """List the accounts."""
    with session.archive() as archive:
        users = list_users(session.actor(archive), archive=archive)
    for user in users:
        state = session.text("停用", "disabled") if user.disabled else ""
        seen = session.text("全部部门", "every department") if user.departments is None else _listed(user.departments)
        click.echo(f"{user.name:16} {','.join(sorted(user.roles)):40} {user.clearance} {seen} {state}".rstrip())


def _listed(departments: frozenset[str]) -> str:
    return ",".join(sorted(departments)) or "-"


def _customer(customer: Customer) -> dict[str, Any]:
    facts = customer.facts
    return {
        "code": facts.code,
        "name": facts.name,
        "former_names": [former.name for former in facts.former_names],
        "uscc": facts.uscc,
        "sides": sorted(facts.sides),
        "grade": facts.grade.value,
        "department": facts.department,
    }


def _volume(row: VolumeRow) -> dict[str, Any]:
    volume, customer = row.volume, row.customer
    return {
        "id": volume.id,
        "reference_code": volume.reference_code,
        "title": volume.title,
        "customer": customer.code if customer else None,
        "customer_name": (volume.name_of_customer or customer.name) if customer else "",
        "series": volume.series_code,
        "year": volume.year,
        "state": volume.state.value,
        "retention": volume.retention_code,
        "items": volume.item_count,
        "pages": volume.page_count,
        "sheets": volume.sheet_count,
    }
