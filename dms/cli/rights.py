"""``dms user departments | grant | grants | end-grant``: whose customers' papers a person may see."""

from datetime import date, datetime
from typing import Any

import click

from dms.cli.registers import user_group
from dms.cli.session import Session, answer, with_session
from dms.custody import GrantShown, GrantWish, end_grant, grant_access, grants_of, set_departments
from dms.domain.access import GrantedUse

DAY = click.DateTime(["%Y-%m-%d"])


@user_group.command("departments")
@click.argument("name")
@click.option("--department", "departments", multiple=True, help="Sees this department 可查阅的部门.")
@click.option("--all", "everything", is_flag=True, help="Sees every department 可查阅全部部门.")
@with_session
def state_departments(session: Session, *, name: str, departments: tuple[str, ...], everything: bool) -> None:
    """Let the account see the customers of these departments; without any, those of the whole company only."""
    if everything and departments:
        raise click.UsageError(session.text("--all 不能与 --department 同用。", "--all goes without --department."))
    stated = None if everything else frozenset(departments)
    with session.archive() as archive:
        user = set_departments(session.actor(archive), name, stated, archive=archive)
    listed = "、".join(sorted(user.departments or ()))
    shown = session.text("全部部门", "every department") if user.departments is None else listed or "-"
    session.say(f"用户 {user.name} 可查阅：{shown}", f"{user.name} may see: {shown}")


@user_group.command("grant")
@click.argument("name")
@click.option("--customer", "customer_code", default="", help="The papers of this customer 客户代码.")
@click.option("--item", "item_id", default="", help="This paper 资料编号.")
@click.option("--reason", required=True, help="Why 授权理由.")
@click.option("--until", "until_at", type=DAY, help="Last day 截止日期, YYYY-MM-DD.")
@click.option("--copies", is_flag=True, help="Copies may be taken too 可下载、复制.")
@with_session
def give_access(
    session: Session,
    *,
    name: str,
    until_at: datetime | None,
    copies: bool,
    **stated: str,
) -> None:
    """Grant an account the papers of a customer, or one paper, beyond its departments; to look at, or as copies."""
    uses = GrantedUse.TAKE if copies else GrantedUse.LOOK
    wish = GrantWish(until_on=until_at.date() if until_at else None, uses=uses, **stated)
    with session.archive() as archive:
        grant = grant_access(session.actor(archive), name, wish, archive=archive)
    session.say(f"已授权，编号 {grant.id}", f"Granted, number {grant.id}")


@user_group.command("grants")
@click.argument("name")
@click.option("--json", "as_json", is_flag=True)
@with_session
def show_grants(session: Session, *, name: str, as_json: bool) -> None:
    """List what was ever granted to an account, the newest first."""
    with session.archive() as archive:
        rights = grants_of(session.actor(archive), name, archive=archive)
    rows = [_row(shown) for shown in rights.grants]
    if as_json:
        departments = None if rights.user.departments is None else sorted(rights.user.departments)
        answer({"user": rights.user.name, "departments": departments, "grants": rows})
        return
    for shown, row in zip(rights.grants, rows, strict=True):
        state = session.text("有效", "in force") if shown.in_force else session.text("已终止", "ended")
        subject = row["customer"] or row["item"]
        click.echo(f"{row['id']:5} {subject:20} {row['until_on'] or '-':10} {state} {row['reason']}")


@user_group.command("end-grant")
@click.argument("grant_id", type=click.IntRange(min=1))
@click.option("--yes", is_flag=True, help="Do not ask 不再询问.")
@with_session
def take_access(session: Session, *, grant_id: int, yes: bool) -> None:
    """End a grant before its last day."""
    session.require_consent(f"终止查阅授权 {grant_id}？", f"End the grant {grant_id}?", given=yes)
    with session.archive() as archive:
        end_grant(session.actor(archive), grant_id, archive=archive)
    session.say(f"查阅授权 {grant_id} 已终止", f"The grant {grant_id} has ended")


def _row(shown: GrantShown) -> dict[str, Any]:
    grant = shown.grant
    return {
        "id": grant.id,
        "customer": shown.customer_code,
        "item": shown.item_id,
        "reason": grant.reason,
        "uses": grant.uses.value,
        "granted_by": grant.granted_by,
        "granted_at": grant.granted_at.isoformat(),
        "until_on": _day(grant.until_on),
        "until_at": grant.until_at.isoformat() if grant.until_at else None,
        "in_force": shown.in_force,
    }


def _day(day: date | None) -> str | None:
    return day.isoformat() if day else None
