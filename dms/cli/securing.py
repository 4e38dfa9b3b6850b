"""``dms user invite | sessions | revoke | unlock | email | reset-second-factor | rules | openid-secret``."""

from datetime import timedelta
from pathlib import Path
from typing import Any

import click

from dms.bootstrap import passphrase_in
from dms.cli.registers import user_group
from dms.cli.session import Session, answer, with_session
from dms.cli.usage import Misused
from dms.custody import NewAccount, add_user, generated_password, tidy_departments
from dms.custody.securing import (
    IDLE_MINUTES,
    INVITATION_DAYS,
    SESSION_HOURS,
    SessionShown,
    end_pause,
    invite,
    reset_factor,
    revoke_session,
    revoke_sessions,
    sessions_of,
    set_email,
    sign_in_rules,
    state_openid_secret,
    state_sign_in_rules,
)
from dms.domain.actor import LOWEST_GRADE, Role
from dms.domain.sign_in import SignInRules
from dms.errors import Bilingual

ROLES = click.Choice([role.value for role in Role])


@user_group.command("invite")
@click.argument("name")
@click.option("--role", "roles", multiple=True, type=ROLES, help="For a new account 新账号的角色.")
@click.option("--display-name", default="", help="姓名.")
@click.option("--clearance", type=click.IntRange(1, LOWEST_GRADE), default=LOWEST_GRADE, show_default=True)
@click.option("--department", "departments", multiple=True, help="Sees this department 可查阅的部门.")
@click.option("--json", "as_json", is_flag=True)
@with_session
def invite_person(
    session: Session,
    *,
    name: str,
    roles: tuple[str, ...],
    departments: tuple[str, ...],
    as_json: bool,
    **stated: Any,  # noqa: ANN401 -- the other facts of an account, by field
) -> None:
    """Print a one-time code with which NAME sets a password; with --role, for a new account."""
    with session.archive() as archive:
        actor = session.actor(archive)
        if roles:
            account = NewAccount(
                name=name,
                password=generated_password(),
                roles=frozenset(map(Role, roles)),
                departments=tidy_departments(departments) if departments else None,
                **stated,
            )
            add_user(actor, account, archive=archive)
        invited = invite(actor, name, archive=archive)
    ends_at = invited.invitation.ends_at
    if as_json:
        answer({"user": invited.user.name, "code": invited.code, "ends_at": ends_at.isoformat()})
        return
    session.say(
        f"已邀请 {invited.user.name}，{ends_at.astimezone():%Y-%m-%d %H:%M} 之前有效，请本人打开 /invitation 设置密码",
        f"Invited {invited.user.name} until {ends_at.astimezone():%Y-%m-%d %H:%M}; the code is typed at /invitation",
    )
    click.echo(f"{session.text('邀请码（只显示一次）', 'Code (shown only once)')}: {invited.code}")


@user_group.command("sessions")
@click.argument("name")
@click.option("--json", "as_json", is_flag=True)
@with_session
def show_sessions(session: Session, *, name: str, as_json: bool) -> None:
    """List where NAME is and was signed in."""
    with session.archive() as archive:
        shown = sessions_of(session.actor(archive), name, archive=archive)
    rows = [_row(each) for each in shown]
    if as_json:
        answer({"user": name, "sessions": rows})
        return
    for row in rows:
        state = session.text("登录中", "open") if row["open"] else session.text("已结束", "ended")
        click.echo(f"{row['id']:6} {row['began_at']:32} {row['address']:16} {state} {row['device']}")


@user_group.command("revoke")
@click.argument("name")
@click.argument("session_id", required=False, type=click.IntRange(min=1))
@with_session
def end_sessions(session: Session, *, name: str, session_id: int | None) -> None:
    """End one session of NAME, or all of them."""
    with session.archive() as archive:
        actor = session.actor(archive)
        if session_id is None:
            ended = revoke_sessions(actor, name, archive=archive)
        else:
            revoke_session(actor, name, session_id, archive=archive)
            ended = 1
    session.say(f"已结束 {ended} 处登录", f"{ended} sessions ended")


@user_group.command("unlock")
@click.argument("name")
@with_session
def unlock(session: Session, *, name: str) -> None:
    """Let NAME sign in again at once after too many failures."""
    with session.archive() as archive:
        was_counted = end_pause(session.actor(archive), name, archive=archive)
    if was_counted:
        session.say(f"{name} 可以立即登录", f"{name} may sign in at once")
    else:
        session.say(f"{name} 没有被暂停", f"{name} was not paused")


@user_group.command("email")
@click.argument("name")
@click.argument("email")
@with_session
def state_email(session: Session, *, name: str, email: str) -> None:
    """Set where mail reaches NAME; "" for nowhere."""
    with session.archive() as archive:
        user = set_email(session.actor(archive), name, email, archive=archive)
    session.say(f"{user.name} 的邮箱：{user.email or '-'}", f"Address of {user.name}: {user.email or '-'}")


@user_group.command("reset-second-factor")
@click.argument("name")
@click.option("--yes", is_flag=True, help="Do not ask 不再询问.")
@with_session
def take_factor(session: Session, *, name: str, yes: bool) -> None:
    """Take the second factor from NAME, who lost it; every session of the account ends."""
    session.require_consent(f"重置 {name} 的两步验证？", f"Reset the second factor of {name}?", given=yes)
    with session.archive() as archive:
        reset_factor(session.actor(archive), name, archive=archive)
    session.say(f"{name} 的两步验证已重置", f"The second factor of {name} was reset")


@user_group.command("rules")
@click.option("--second-factor", "roles", multiple=True, type=ROLES, help="This role needs one 必须两步验证的角色.")
@click.option("--no-second-factor", is_flag=True, help="No role needs one 都不要求两步验证.")
@click.option("--idle-minutes", type=click.IntRange(IDLE_MINUTES[0], IDLE_MINUTES[-1]), help="闲置退出分钟.")
@click.option("--session-hours", type=click.IntRange(SESSION_HOURS[0], SESSION_HOURS[-1]), help="最长登录小时.")
@click.option("--invitation-days", type=click.IntRange(INVITATION_DAYS[0], INVITATION_DAYS[-1]), help="邀请有效天数.")
@click.option("--json", "as_json", is_flag=True)
@with_session
def state_rules(
    session: Session,
    *,
    roles: tuple[str, ...],
    no_second_factor: bool,
    idle_minutes: int | None,
    session_hours: int | None,
    invitation_days: int | None,
    as_json: bool,
) -> None:
    """Show the rules of signing in, after setting those that are named."""
    if roles and no_second_factor:
        raise Misused(
            Bilingual("--second-factor 与 --no-second-factor 不能同用。", "State either roles or --no-second-factor.")
        )
    with session.archive() as archive:
        actor = session.actor(archive)
        rules = sign_in_rules(actor, archive=archive)
        stated = SignInRules(
            second_factor_roles=frozenset(map(Role, roles)) if roles or no_second_factor else rules.second_factor_roles,
            idle_for=rules.idle_for if idle_minutes is None else timedelta(minutes=idle_minutes),
            session_for=rules.session_for if session_hours is None else timedelta(hours=session_hours),
            invitation_for=rules.invitation_for if invitation_days is None else timedelta(days=invitation_days),
        )
        if stated != rules:
            rules = state_sign_in_rules(actor, stated, archive=archive)
    told = _told(rules)
    if as_json:
        answer(told)
        return
    for name, value in told.items():
        click.echo(f"{name:16} {','.join(value) or '-' if isinstance(value, list) else value}")


@user_group.command("openid-secret")
@click.option("--secret-file", type=click.Path(path_type=Path), help="File with the secret 密钥文件; none clears it.")
@with_session
def state_secret(session: Session, *, secret_file: Path | None) -> None:
    """Keep the secret shared with the company's sign-in service, encrypted; without a file, forget it."""
    secret = passphrase_in(secret_file) if secret_file else ""
    with session.archive() as archive:
        state_openid_secret(session.actor(archive), secret, archive=archive)
    session.say("已保存" if secret else "已清除", "Kept" if secret else "Forgotten")


def _told(rules: SignInRules) -> dict[str, int | list[str]]:
    return {
        "second_factor": sorted(rules.second_factor_roles),
        "idle_minutes": rules.idle_for // timedelta(minutes=1),
        "session_hours": rules.session_for // timedelta(hours=1),
        "invitation_days": rules.invitation_for // timedelta(days=1),
    }


def _row(shown: SessionShown) -> dict[str, Any]:
    session = shown.session
    return {
        "id": session.id,
        "began_at": session.began_at.isoformat(),
        "seen_at": session.seen_at.isoformat(),
        "address": session.address,
        "device": session.device,
        "means": session.means,
        "open": shown.is_open,
    }
