"""Persons: an opinion or a signature is somebody's own, and whoever is named for a part must be able to have it."""

from collections.abc import Callable
from datetime import timedelta
from typing import Final

from dms.archive import Archive
from dms.custody.appraising.errors import AccountJustChanged, PersonNeeded, PersonUnfit
from dms.custody.appraising.list_errors import OFFICE_NAMES, ApproverUnknown
from dms.domain.actor import Actor, Origin, Permission, Role
from dms.domain.clock import local_day
from dms.domain.destruction_list import Office
from dms.domain.user import User
from dms.errors import Bilingual
from dms.store import UnitOfWork

APPROVER_SETTING: Final = "destruction_approver"
"""Sign-in name of the legal representative, or of whom he entrusted; empty for the only general manager."""
OFFICE_ROLES: Final[dict[Office, frozenset[Role]]] = {
    Office.UNIT_HEAD: frozenset({Role.GENERAL_MANAGER, Role.MANAGER_IN_CHARGE}),
    Office.ARCHIVE_HEAD: frozenset({Role.ARCHIVIST, Role.DEPARTMENT_MANAGER, Role.MANAGER_IN_CHARGE}),
    Office.BUSINESS_HEAD: frozenset({Role.DEPARTMENT_MANAGER, Role.MANAGER_IN_CHARGE}),
    Office.ARCHIVE_HANDLER: frozenset({Role.ARCHIVIST}),
    Office.BUSINESS_HANDLER: frozenset({Role.CLERK, Role.HANDLER}),
}
"""In which roles somebody may sign in an office."""
SETTLING: Final = timedelta(days=7)
_TAKEN_OVER_BY: Final = frozenset(
    {
        "user_added",
        "user_invited",
        "password_reset",
        "second_factor_reset",
        "roles_set",
        "user_email_stated",
        "identity_tied",
    }
)
"""Journaled acts on an account that could put somebody else into its owner's place."""
_Knows = Callable[[Actor], bool]
_NO_ACCOUNT = Bilingual("没有这个账号，或账号已停用", "there is no such account, or it is locked")
_NO_RIGHT = Bilingual("其角色没有这项权限", "the roles of the account do not allow it")
_UNSEEN = Bilingual("其密级或部门看不到其中的全部资料", "the account may not see every paper of it")


def person_of(actor: Actor) -> str:
    """The sign-in name of the person who acts; raises `PersonNeeded` for everyone who did not sign in himself.

    Whoever runs the machine may act for any account on the command line; he could sign five times.
    """
    if actor.user_id is None or actor.origin is not Origin.WEB:
        raise PersonNeeded
    return actor.name


def require_settled(actor: Actor, *, archive: Archive, work: UnitOfWork) -> None:
    """Raise `AccountJustChanged` where somebody else had a hand in the account within `SETTLING`.

    Whoever may make accounts and reset passwords could otherwise sign for all of them on one afternoon; this way
    those whose passwords he took notice first.
    """
    changed_at = work.journal.latest_by_others(actor.name, _TAKEN_OVER_BY, since=archive.now() - SETTLING)
    if changed_at is not None:
        raise AccountJustChanged(local_day(changed_at + SETTLING))


def account_of(actor: Actor) -> str:
    """The sign-in name of the account in whose name somebody acts; raises `PersonNeeded` where there is none."""
    if actor.user_id is None:
        raise PersonNeeded
    return actor.name


def fit_person(name: str, part: Bilingual, permission: Permission, *, knows: _Knows, work: UnitOfWork) -> User:
    """The account that is named for a part; raises `PersonUnfit`. `knows` says whether it may see all the papers."""
    user = work.users.with_name(name.strip()) if name.strip() else None
    if user is None or user.disabled:
        raise PersonUnfit(name, part, _NO_ACCOUNT)
    acting = user.actor(Origin.WEB)
    if not acting.may(permission):
        raise PersonUnfit(name, part, _NO_RIGHT)
    if not knows(acting):
        raise PersonUnfit(name, part, _UNSEEN)
    return user


def fit_signer(office: Office, name: str, *, knows: _Knows, work: UnitOfWork) -> User:
    """The account that is to sign in an office; raises `PersonUnfit`."""
    user = fit_person(name, OFFICE_NAMES[office], Permission.SIGN_DESTRUCTION, knows=knows, work=work)
    if not user.roles & OFFICE_ROLES[office]:
        raise PersonUnfit(name, OFFICE_NAMES[office], _NO_RIGHT)
    return user


def approver(work: UnitOfWork) -> str:
    """Sign-in name of whoever approves destruction lists: as set, else the only general manager.

    Raises `ApproverUnknown`.
    """
    stated = str(work.settings.get(APPROVER_SETTING, "") or "")
    if stated:
        return stated
    managers = [user.name for user in work.users.all() if Role.GENERAL_MANAGER in user.roles and not user.disabled]
    if len(managers) != 1:
        raise ApproverUnknown
    return managers[0]


def state_approver(actor: Actor, name: str, *, archive: Archive) -> str:
    """Sign-in name of the approver as set from now on; an empty one means the only general manager again.

    Lists that were laid before their signers keep theirs. Raises `PersonUnfit`.
    """
    actor.require(Permission.MANAGE_RETENTION)
    with archive.begin() as work:
        stated = ""
        if name.strip():
            part = Bilingual("销毁批准人", "the approver")
            stated = fit_person(name, part, Permission.APPROVE_DESTRUCTION, knows=_anything, work=work).name
        work.settings.state(APPROVER_SETTING, stated)
        archive.record(work, actor, "destruction_approver_stated", "setting", name=stated)
    return stated


def approver_stated(actor: Actor, *, archive: Archive) -> str:
    """Sign-in name of whoever approves now; empty where nobody can be found."""
    actor.require(Permission.CONSULT)
    with archive.looking() as view:
        try:
            return approver(view)
        except ApproverUnknown:
            return ""


def display_names(work: UnitOfWork) -> dict[str, str]:
    """What every account is called, by sign-in name; for forms and pages."""
    return {user.name: user.display_name or user.name for user in work.users.all()}


def _anything(acting: Actor) -> bool:
    return True
