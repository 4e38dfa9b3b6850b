"""The rules of the duty calendar: reminders by kind, what comes back each month, days of notice; the mail server."""

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask_babel import gettext as _
from werkzeug.wrappers import Response

from dms.custody.duties import (
    SmtpPost,
    drop_mail_server,
    drop_recurring_duty,
    duty_rules,
    letters_queued,
    mail_server,
    state_mail_server,
    state_notice_days,
    state_recurring_duty,
    state_reminder_rule,
    try_mail_server,
)
from dms.custody.reviewing import review_rhythm, state_review_rhythm
from dms.domain.actor import Permission, Role
from dms.domain.clock import local_day
from dms.domain.customer import CustomerGrade
from dms.domain.duty import DutyKind
from dms.domain.mail import MailSecurity
from dms.errors import DmsError
from dms.filing import frame
from dms.web.current import actor, archive, user
from dms.web.declaring import needs
from dms.web.duty_form import mail_server_typed, notice_typed, recurring_typed, reminder_rule_typed, rhythm_typed
from dms.web.labels import label
from dms.web.refusals import status_of

blueprint = Blueprint("duty_rules", __name__, url_prefix="/duties")

LETTERS_SHOWN = 20
_RECURRING_ROLES = (Role.ARCHIVIST, Role.CLERK, Role.HANDLER, Role.CUSTODIAN, Role.DEPARTMENT_MANAGER, Role.LAWYER)


@blueprint.get("/rules")
@needs(Permission.CONSULT)
def index() -> str:
    """Every rule that is in force, and the forms to state them anew for those who may."""
    return _page(refusal=None)


@blueprint.post("/rules/<kind_name>")
@needs(Permission.MANAGE_CUSTOMERS)
def state_rule(kind_name: str) -> Response | tuple[str, int]:
    """State one set of rules: ``reminder``, ``recurring``, ``drop``, ``notice`` or ``rhythm``."""
    try:
        _state(kind_name)
    except DmsError as refusal:
        return _page(refusal=refusal), status_of(refusal)
    flash(_("规则已保存。"), "success")
    return redirect(url_for("duty_rules.index", _anchor=kind_name))


@blueprint.get("/mail")
@needs(Permission.OPERATE)
def mail() -> str:
    """The mail server, and the latest letters."""
    return _mail_page(refusal=None)


@blueprint.post("/mail")
@needs(Permission.OPERATE)
def state_mail() -> Response | tuple[str, int]:
    """State the mail server, end it, or send a letter of trial."""
    try:
        told = _mail_done(request.form.get("do", ""))
    except DmsError as refusal:
        return _mail_page(refusal=refusal), status_of(refusal)
    flash(told, "success")
    return redirect(url_for("duty_rules.mail"))


def _state(kind_name: str) -> None:
    asking, opened, form = actor(), archive(), request.form
    match kind_name:
        case "reminder":
            kind = next((each for each in DutyKind if each.value == form.get("kind")), DutyKind.REVIEW)
            state_reminder_rule(asking, kind, reminder_rule_typed(form), archive=opened)
        case "recurring":
            state_recurring_duty(asking, recurring_typed(form, since_on=local_day(opened.now())), archive=opened)
        case "drop":
            drop_recurring_duty(asking, form.get("code", ""), archive=opened)
        case "rhythm":
            state_review_rhythm(asking, rhythm_typed(form), archive=opened)
        case _:
            known = duty_rules(asking, archive=opened)
            state_notice_days(asking, *notice_typed(form, known), archive=opened)


def _mail_done(what: str) -> str:
    if what == "drop":
        drop_mail_server(actor(), archive=archive())
        return str(_("邮件服务器已停用。"))
    if what == "try":
        try_mail_server(actor(), request.form.get("address", ""), SmtpPost(), archive=archive())
        return str(_("测试邮件已发出，请查收。"))
    state_mail_server(actor(), mail_server_typed(request.form), archive=archive())
    return str(_("邮件服务器已保存，建议发一封测试邮件。"))


def _page(*, refusal: DmsError | None) -> str:
    return render_template(
        "pages/duties/rules.html",
        rules=duty_rules(actor(), archive=archive()),
        rhythm=review_rhythm(actor(), archive=archive()),
        grades=list(CustomerGrade),
        kinds=list(DutyKind),
        roles=[(role.value, label(role)) for role in _RECURRING_ROLES],
        types=frame(actor(), archive=archive()).types,
        refusal=refusal,
        typed=request.form,
    )


def _mail_page(*, refusal: DmsError | None) -> str:
    return render_template(
        "pages/duties/mail.html",
        server=mail_server(actor(), archive=archive()),
        letters=letters_queued(actor(), archive=archive(), limit=LETTERS_SHOWN),
        securities=[(each.value, label(each)) for each in MailSecurity],
        email=user().email,
        refusal=refusal,
        typed=request.form,
    )
