"""The forms of rules and of the mail server: what a person typed, and what it means."""

import re
from collections.abc import Mapping
from datetime import date

from werkzeug.datastructures import MultiDict

from dms.custody.duties import DutyRuleInvalid, DutyRules
from dms.domain.actor import Role
from dms.domain.customer import CustomerGrade
from dms.domain.duty import DutyKind
from dms.domain.glyph import fold_width
from dms.domain.mail import MailSecurity, MailServer
from dms.domain.recurring_duty import EVERY_MONTH, RecurringDuty
from dms.domain.reminder import ReminderRule
from dms.domain.review import ReviewRhythm
from dms.errors import Bilingual

_APART = re.compile(r"[,，、;；\s]+")
_MOST_DIGITS = 5


def reminder_rule_typed(form: MultiDict[str, str]) -> ReminderRule:
    """The rule of a kind of duty; raises `DutyRuleInvalid` for what is no number."""
    return ReminderRule(
        before_days=tuple(map(_number, _parts(form.get("before_days", "")))),
        on_the_day=bool(form.get("on_the_day")),
        every_working_days=_number(form.get("every_working_days", "0")),
        escalate_after_working_days=_number(form.get("escalate_after_working_days", "0")),
    )


def recurring_typed(form: MultiDict[str, str], *, since_on: date) -> RecurringDuty:
    """A recurring duty, owed from a day on; every month where none is named. Raises `DutyRuleInvalid`."""
    role = form.get("role", "")
    months = tuple(map(_number, _parts(form.get("months", ""))))
    kind = DutyKind.STATISTICS if form.get("kind") == DutyKind.STATISTICS.value else DutyKind.SUPPLY
    return RecurringDuty(
        code=form.get("code", ""),
        kind=kind,
        zh=form.get("zh", ""),
        en=form.get("en", ""),
        day=_number(form.get("day", "")),
        months=months or EVERY_MONTH,
        department=form.get("department", ""),
        role=Role(role) if role in set(Role) else None,
        since_on=since_on,
    )


def rhythm_typed(form: MultiDict[str, str]) -> ReviewRhythm:
    """The rhythm of reviews; raises `DutyRuleInvalid`."""
    return ReviewRhythm(
        months={grade: _number(form.get(f"months-{grade.value}", "0")) for grade in CustomerGrade},
        watched_months=_number(form.get("watched_months", "0")),
    )


def notice_typed(form: MultiDict[str, str], known: DutyRules) -> tuple[Mapping[str, int], int]:
    """Days of notice by document type, and the months for missing papers; raises `DutyRuleInvalid`."""
    prefix = "days-"
    typed = {name.removeprefix(prefix): _number(form[name]) for name in form if name.startswith(prefix)}
    months = form.get("missing_months", "")
    return {**known.notice_days, **typed}, _number(months) if months else known.missing_months


def mail_server_typed(form: MultiDict[str, str]) -> MailServer:
    """The mail server; what cannot be right is refused where it is stated."""
    security = form.get("security", "")
    return MailServer(
        host=form.get("host", ""),
        port=_number(form.get("port", "")),
        security=MailSecurity(security) if security in set(MailSecurity) else MailSecurity.STARTTLS,
        sender=form.get("sender", ""),
        user_name=form.get("user_name", ""),
        password=form.get("password", ""),
        page_address=form.get("page_address", ""),
    )


def _parts(text: str) -> list[str]:
    return [part for part in _APART.split(text.strip()) if part]


def _number(text: str) -> int:
    folded = fold_width(text).strip() or "0"
    if not (folded.isascii() and folded.isdecimal() and len(folded) <= _MOST_DIGITS):
        raise DutyRuleInvalid(
            Bilingual(f"“{text[:20]}”不是整数。", f"“{text[:20]}” is no whole number."),
            Bilingual("请填写整数；几个数之间用逗号分开。", "Give whole numbers, with commas between several."),
        )
    return int(folded)
