"""``dms department``: the register of departments, and who answers for each."""

from datetime import datetime
from typing import Any

import click

from dms.cli.session import Session, answer, with_session
from dms.custody.entitling import (
    DepartmentShown,
    DepartmentWish,
    add_department,
    change_department,
    close_department,
    department_register,
)

DAY = click.DateTime(["%Y-%m-%d"])


@click.group("department")
def department_group() -> None:
    """Departments 部门."""


@department_group.command("list")
@click.option("--json", "as_json", is_flag=True)
@with_session
def list_departments(session: Session, *, as_json: bool) -> None:
    """List every department, those that work first."""
    with session.archive() as archive:
        register = department_register(session.actor(archive), archive=archive)
    if as_json:
        rows = [_row(each) for each in register.departments]
        answer({"departments": rows, "unregistered": list(register.unregistered)})
        return
    for each in register.departments:
        state = session.text("在用", "works") if each.is_open else session.text("已撤销", "closed")
        people = f"{each.head or '-':12} {each.manager_in_charge or '-':12}"
        click.echo(f"{each.department.name:16} {each.parent or '-':12} {people} {state}")
    for name in register.unregistered:
        click.echo(f"{name:16} {session.text('尚未登记', 'not in the register')}")


def _with_facts(command: Any) -> Any:  # noqa: ANN401 -- a decorator of click's
    options = (
        click.option("--parent", default="", help="Department that it is a part of 上级部门."),
        click.option("--head", default="", metavar="USER", help="Department manager 部门经理."),
        click.option("--manager-in-charge", default="", metavar="USER", help="Manager in charge 分管领导."),
        click.option("--opened", "opened_at", type=DAY, help="First day 成立日期, YYYY-MM-DD."),
    )
    for option in reversed(options):
        command = option(command)
    return command


@department_group.command("add")
@click.argument("name")
@_with_facts
@with_session
def add(session: Session, *, opened_at: datetime | None, **stated: str) -> None:
    """Enter a department; its name is given once."""
    with session.archive() as archive:
        added = add_department(session.actor(archive), _wish(opened_at, stated), archive=archive)
    session.say(f"已登记部门 {added.name}", f"Entered the department {added.name}")


@department_group.command("change")
@click.argument("name")
@_with_facts
@with_session
def change(session: Session, *, opened_at: datetime | None, **stated: str) -> None:
    """State everything but the name of a department anew; what is left out is taken away."""
    with session.archive() as archive:
        changed = change_department(session.actor(archive), _wish(opened_at, stated), archive=archive)
    session.say(f"部门 {changed.name} 已保存", f"The department {changed.name} was changed")


@department_group.command("close")
@click.argument("name")
@click.option("--successor", default="", help="Department that takes over 接管部门.")
@click.option("--yes", is_flag=True, help="Do not ask 不再询问.")
@with_session
def close(session: Session, *, name: str, successor: str, yes: bool) -> None:
    """Close a department; its customers and people go to the successor."""
    session.require_consent(f"撤销部门“{name}”？", f"Close the department “{name}”?", given=yes)
    with session.archive() as archive:
        closed = close_department(session.actor(archive), name, successor=successor, archive=archive)
    session.say(f"部门 {closed.name} 已撤销", f"The department {closed.name} is closed")


def _wish(opened_at: datetime | None, stated: dict[str, str]) -> DepartmentWish:
    return DepartmentWish(opened_on=opened_at.date() if opened_at else None, **stated)


def _row(shown: DepartmentShown) -> dict[str, Any]:
    department = shown.department
    return {
        "name": department.name,
        "parent": shown.parent,
        "head": shown.head,
        "manager_in_charge": shown.manager_in_charge,
        "opened_on": department.opened_on.isoformat() if department.opened_on else None,
        "closed_on": department.closed_on.isoformat() if department.closed_on else None,
        "customers": shown.belonging.customers,
        "people": shown.belonging.people,
    }
