"""What the company decided about signing in: who proves himself twice, and how long sessions and invitations last."""

from datetime import timedelta

from dms.archive import Archive
from dms.custody.securing.errors import SignInRuleInvalid
from dms.domain.actor import Actor, Permission, Role
from dms.domain.sign_in import SignInRules
from dms.errors import Bilingual
from dms.store import UnitOfWork

SETTING = "sign_in_rules"
IDLE_MINUTES = range(5, 10 * 60 + 1)
SESSION_HOURS = range(1, 24 + 1)
INVITATION_DAYS = range(1, 30 + 1)


def rules_in(view: UnitOfWork) -> SignInRules:
    """The rules in force."""
    stated = view.settings.get(SETTING, {})
    default = SignInRules()
    return SignInRules(
        second_factor_roles=frozenset(Role(role) for role in stated.get("second_factor_roles", ())),
        idle_for=_span(stated.get("idle_minutes"), default.idle_for, timedelta(minutes=1)),
        session_for=_span(stated.get("session_hours"), default.session_for, timedelta(hours=1)),
        invitation_for=_span(stated.get("invitation_days"), default.invitation_for, timedelta(days=1)),
    )


def sign_in_rules(actor: Actor, *, archive: Archive) -> SignInRules:
    """The rules in force, for those who keep the accounts."""
    actor.require(Permission.MANAGE_USERS)
    with archive.looking() as view:
        return rules_in(view)


def state_sign_in_rules(actor: Actor, rules: SignInRules, *, archive: Archive) -> SignInRules:
    """The rules, from now on as stated; raises `SignInRuleInvalid`."""
    actor.require(Permission.MANAGE_USERS)
    roles = sorted(rules.second_factor_roles)
    spans = {
        "idle_minutes": rules.idle_for // timedelta(minutes=1),
        "session_hours": rules.session_for // timedelta(hours=1),
        "invitation_days": rules.invitation_for // timedelta(days=1),
    }
    _check(spans["idle_minutes"], IDLE_MINUTES, "闲置退出（分钟）", "minutes without a request")
    _check(spans["session_hours"], SESSION_HOURS, "最长登录（小时）", "hours of one session")
    _check(spans["invitation_days"], INVITATION_DAYS, "邀请有效期（天）", "days of an invitation")
    with archive.begin() as work:
        work.settings.state(SETTING, {"second_factor_roles": roles, **spans})
        archive.record(work, actor, "sign_in_rules_stated", SETTING, roles=", ".join(roles), **spans)
        return rules_in(work)


def _check(stated: int, possible: range, zh: str, en: str) -> None:
    if stated not in possible:
        first, last = possible[0], possible[-1]
        raise SignInRuleInvalid(
            Bilingual(zh=f"{zh}不能是 {stated}。", en=f"The {en} cannot be {stated}."),
            Bilingual(zh=f"请填写 {first} 到 {last}。", en=f"State a number from {first} to {last}."),
        )


def _span(stated: int | None, default: timedelta, unit: timedelta) -> timedelta:
    return default if stated is None else stated * unit
