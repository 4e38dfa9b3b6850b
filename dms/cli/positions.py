"""``dms user roles | clearance | belongs`` and ``dms access-policy``: what people are, and what that lets them do."""

from typing import Any

import click

from dms.cli.registers import user_group
from dms.cli.session import Session, answer, with_session
from dms.custody.entitling import set_clearance, set_home_department, set_roles, written_policy
from dms.domain.actor import GRADES, Permission, Role
from dms.domain.policy import RULES
from dms.domain.policy_words import PERMISSION_NAMES, ROLE_NAMES


@user_group.command("roles")
@click.argument("name")
@click.option(
    "--role", "roles", multiple=True, required=True, type=click.Choice([role.value for role in Role]), help="Role 角色."
)
@with_session
def state_roles(session: Session, *, name: str, roles: tuple[str, ...]) -> None:
    """State what a person is in the company; the roles that are not named are taken away."""
    with session.archive() as archive:
        user = set_roles(session.actor(archive), name, frozenset(map(Role, roles)), archive=archive)
    names = [ROLE_NAMES[role] for role in sorted(user.roles)]
    session.say(
        f"用户 {user.name} 的角色：{'、'.join(each.zh for each in names)}",
        f"Roles of {user.name}: {', '.join(each.en for each in names)}",
    )


@user_group.command("clearance")
@click.argument("name")
@click.argument("grade", type=click.IntRange(min(GRADES), max(GRADES)))
@with_session
def state_clearance(session: Session, *, name: str, grade: int) -> None:
    """State the most secret grade that a person may see: 1, 2 or 3."""
    with session.archive() as archive:
        user = set_clearance(session.actor(archive), name, grade, archive=archive)
    session.say(
        f"用户 {user.name} 可查阅的最高密级：{user.clearance}", f"{user.name} may see papers of grade {user.clearance}"
    )


@user_group.command("belongs")
@click.argument("name")
@click.argument("department", default="")
@with_session
def state_home(session: Session, *, name: str, department: str) -> None:
    """State the department that a person belongs to; none where it is left out."""
    with session.archive() as archive:
        user = set_home_department(session.actor(archive), name, department, archive=archive)
    home = user.home_department or "-"
    session.say(f"用户 {user.name} 所属部门：{home}", f"{user.name} belongs to: {home}")


@click.command("access-policy")
@click.option("--json", "as_json", is_flag=True)
@with_session
def access_policy_command(session: Session, *, as_json: bool) -> None:
    """Show who may do what with papers 权限规则: the written policy that the whole archive keeps to."""
    if as_json:
        answer({"roles": _permissions_by_role(), "uses": [_rule(use.value) for use in RULES]})
        return
    language = session.settings.language
    for table in written_policy():
        click.echo(f"\n{table.title.in_language(language)}")
        for row in (table.heads, *table.rows):
            click.echo(" | ".join(cell.in_language(language) for cell in row))


def _permissions_by_role() -> dict[str, list[str]]:
    """The permissions of every role, from the table that is shown."""
    rows = {row[0]: row[1:] for row in written_policy()[-1].rows}
    marks = {permission: rows[name] for permission, name in PERMISSION_NAMES.items()}
    return {
        role.value: [permission.value for permission in Permission if marks[permission][place].zh]
        for place, role in enumerate(ROLE_NAMES)
    }


def _rule(use: str) -> dict[str, Any]:
    rule = next(rule for known, rule in RULES.items() if known.value == use)
    return {
        "use": use,
        "permission": rule.permission.value,
        "grant": rule.grant.value if rule.grant else None,
        "states": sorted(state.value for state in rule.states),
        "storage_only_by": rule.storage_only_by.value if rule.storage_only_by else None,
        "despite_hold": rule.despite_hold,
    }
