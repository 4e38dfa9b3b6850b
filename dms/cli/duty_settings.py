"""``dms duty rules | remind | recurring | mail-server | mail-test``: the rules of duties, and how letters go out."""

from pathlib import Path
from typing import Any

import click

from dms.cli.duties import duty_group
from dms.cli.session import Session, answer, with_session
from dms.custody.duties import (
    DutyRules,
    SmtpPost,
    drop_mail_server,
    drop_recurring_duty,
    duty_rules,
    mail_server,
    state_mail_server,
    state_notice_days,
    state_recurring_duty,
    state_reminder_rule,
    try_mail_server,
)
from dms.domain.actor import Role
from dms.domain.clock import local_day
from dms.domain.duty import DutyKind
from dms.domain.mail import MailSecurity, MailServer
from dms.domain.recurring_duty import EVERY_MONTH, RecurringDuty
from dms.domain.reminder import ReminderRule

_KINDS = click.Choice([kind.value for kind in DutyKind])


@duty_group.command("rules")
@click.option("--json", "as_json", is_flag=True)
@with_session
def show_rules(session: Session, *, as_json: bool) -> None:
    """Show when people are reminded, what comes back, and the days of notice."""
    with session.archive() as archive:
        rules = duty_rules(session.actor(archive), archive=archive)
    told = _rules(rules)
    if as_json:
        answer(told)
        return
    for kind, rule in told["reminders"].items():
        ahead = ",".join(map(str, rule["before_days"])) or "-"
        click.echo(f"{kind:18} {ahead:10} {rule['every_working_days']:3} {rule['escalate_after_working_days']:3}")
    for each in told["recurring"]:
        click.echo(f"{each['code']:18} {each['day']:2} {each['department'] or each['role']} {each['zh']}")


@duty_group.command("remind")
@click.argument("kind", type=_KINDS)
@click.option("--before", "before_days", multiple=True, type=int, help="Days before the day 提前天数.")
@click.option("--on-the-day/--not-on-the-day", default=True, help="当天提醒.")
@click.option("--every", default=5, help="Again after so many working days 逾期后每隔工作日; 0 for never.")
@click.option("--escalate", default=5, help="Tell whoever is above after so many 上报前工作日; 0 for never.")
@with_session
def state_rule(
    session: Session, *, kind: str, before_days: tuple[int, ...], on_the_day: bool, every: int, escalate: int
) -> None:
    """State when people are reminded of one KIND of duty."""
    rule = ReminderRule(
        before_days=before_days,
        on_the_day=on_the_day,
        every_working_days=every,
        escalate_after_working_days=escalate,
    )
    with session.archive() as archive:
        state_reminder_rule(session.actor(archive), DutyKind(kind), rule, archive=archive)
    session.say("提醒规则已保存", "The rule is kept")


@duty_group.command("notice")
@click.argument("type_code")
@click.argument("days", type=int)
@with_session
def state_notice(session: Session, *, type_code: str, days: int) -> None:
    """State how many DAYS before its end a paper of TYPE_CODE falls due; 0 for never."""
    with session.archive() as archive:
        actor = session.actor(archive)
        known = duty_rules(actor, archive=archive)
        state_notice_days(actor, {**known.notice_days, type_code: days}, known.missing_months, archive=archive)
    session.say("提醒天数已保存", "The days of notice are kept")


@duty_group.command("recurring")
@click.argument("code")
@click.option("--name", "zh", default="", help="名称.")
@click.option("--name-en", "en", default="", help="英文名称.")
@click.option("--day", default=5, help="By which day of the month 几日前.")
@click.option("--month", "months", multiple=True, type=int, help="In which months; every month if left out 月份.")
@click.option("--department", default="", help="责任部门.")
@click.option("--role", type=click.Choice([role.value for role in Role]), help="责任角色.")
@click.option("--statistics", is_flag=True, help="Statistics rather than papers 统计报表.")
@click.option("--drop", is_flag=True, help="Is owed no more 取消.")
@with_session
def state_recurring(
    session: Session,
    *,
    code: str,
    months: tuple[int, ...],
    role: str | None,
    statistics: bool,
    drop: bool,
    **stated: Any,  # noqa: ANN401 -- names, day and department, by field
) -> None:
    """State what is handed in each month under CODE, and by whom."""
    with session.archive() as archive:
        actor = session.actor(archive)
        if drop:
            drop_recurring_duty(actor, code, archive=archive)
        else:
            duty = RecurringDuty(
                code=code,
                kind=DutyKind.STATISTICS if statistics else DutyKind.SUPPLY,
                months=months or EVERY_MONTH,
                role=Role(role) if role else None,
                since_on=local_day(archive.now()),
                **stated,
            )
            state_recurring_duty(actor, duty, archive=archive)
    session.say("定期事项已保存", "Kept")


@duty_group.command("mail-server")
@click.option("--host", help="服务器地址; shows the server if left out.")
@click.option("--port", type=int, default=587)
@click.option("--security", type=click.Choice([each.value for each in MailSecurity]), default="starttls")
@click.option("--sender", default="", help="发件地址.")
@click.option("--user", "user_name", default="", help="用户名.")
@click.option("--password-file", type=click.Path(path_type=Path, exists=True), help="File with the password 密码文件.")
@click.option("--page-address", default="", help="Where the pages are reached 网页地址.")
@click.option("--drop", is_flag=True, help="Send no letters any more 停用.")
@click.option("--json", "as_json", is_flag=True)
@with_session
def state_server(
    session: Session,
    *,
    host: str | None,
    password_file: Path | None,
    security: str,
    drop: bool,
    as_json: bool,
    **stated: Any,  # noqa: ANN401 -- port, sender, user and page address, by field
) -> None:
    """Show or state the server through which letters go out; the password is never shown."""
    with session.archive() as archive:
        actor = session.actor(archive)
        if drop:
            drop_mail_server(actor, archive=archive)
        elif host:
            password = password_file.read_text(encoding="utf-8").strip() if password_file else ""
            server = MailServer(host=host, security=MailSecurity(security), password=password, **stated)
            state_mail_server(actor, server, archive=archive)
        known = mail_server(actor, archive=archive)
    told = _server(known)
    if as_json:
        answer({"server": told})
        return
    session.say(_as_line(told) or "没有邮件服务器", _as_line(told) or "No mail server")


@duty_group.command("mail-test")
@click.argument("address")
@with_session
def try_server(session: Session, *, address: str) -> None:
    """Send a letter of trial to ADDRESS at once."""
    with session.archive() as archive:
        try_mail_server(session.actor(archive), address, SmtpPost(), archive=archive)
    session.say(f"测试邮件已发到 {address}", f"A letter of trial was sent to {address}")


def _rules(rules: DutyRules) -> dict[str, Any]:
    return {
        "reminders": {kind.value: _rule(rule) for kind, rule in rules.reminders.items()},
        "recurring": [_recurring(each) for each in rules.recurring],
        "notice_days": dict(rules.notice_days),
        "missing_months": rules.missing_months,
    }


def _rule(rule: ReminderRule) -> dict[str, Any]:
    values = {name: getattr(rule, name) for name in ReminderRule.__dataclass_fields__}
    return values | {"before_days": list(rule.before_days)}


def _recurring(duty: RecurringDuty) -> dict[str, Any]:
    values = {name: getattr(duty, name) for name in RecurringDuty.__dataclass_fields__}
    role = duty.role.value if duty.role else None
    return values | {
        "kind": duty.kind.value,
        "role": role,
        "months": list(duty.months),
        "since_on": duty.since_on.isoformat(),
    }


def _server(server: MailServer | None) -> dict[str, Any] | None:
    if server is None:
        return None
    names = ("host", "port", "sender", "user_name", "page_address")
    return {name: getattr(server, name) for name in names} | {"security": server.security.value}


def _as_line(told: dict[str, Any] | None) -> str:
    return f"{told['sender']} → {told['host']}:{told['port']} ({told['security']})" if told else ""
