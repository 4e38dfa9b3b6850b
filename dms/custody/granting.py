"""Reading rights (C8-06, C8-17): to which departments' customers a person is let, and what is granted beyond that.

What always holds:
- Nobody widens, narrows or ends what he himself may see.
- A grant says why it was given; it is ended, never deleted, and lapses by itself behind its last day.
- Whoever manages accounts names customers by code and papers by number; he need not be able to open them.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime

from dms.archive import Archive, CustomerNotFound, ItemNotFound
from dms.custody.accounts import user_with_name
from dms.custody.errors import AccessAlreadyGranted, GrantFactInvalid, GrantNotFound, OwnRights
from dms.domain.access import AccessGrant, GrantedUse
from dms.domain.actor import SYSTEM, Actor, Permission
from dms.domain.clock import local_day
from dms.domain.one_line import one_line
from dms.domain.user import User
from dms.errors import Bilingual
from dms.store import UnitOfWork

MAX_REASON_CHARACTERS = 200
MAX_DEPARTMENT_CHARACTERS = 60
WHOLE_COMPANY = "*"
"""What the journal says of a person who may see the customers of every department."""


@dataclass(frozen=True, slots=True, kw_only=True)
class GrantWish:
    """What is to be granted: the papers of one customer, or one paper; the other is left empty."""

    customer_code: str = ""
    item_id: str = ""
    reason: str
    until_on: date | None = None
    """The last day; None until it is ended."""
    uses: GrantedUse = GrantedUse.LOOK


@dataclass(frozen=True, slots=True, kw_only=True)
class GrantShown:
    """A grant as a person reads it."""

    grant: AccessGrant
    customer_code: str | None
    """None, like the name, for a grant of one paper."""
    customer_name: str | None
    item_id: str | None
    """None for a grant of a customer's papers."""
    in_force: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class RightsOfUser:
    """What one account may see besides its grade."""

    user: User
    grants: tuple[GrantShown, ...]
    """All there ever were, the newest first."""


def grant_access(actor: Actor, name: str, wish: GrantWish, *, archive: Archive) -> AccessGrant:
    """The grant to the account with this name; one of a customer's papers reaches as far as the person's own grade.

    Raises `UserNotFound`, `OwnRights`, `CustomerNotFound`, `ItemNotFound`, `GrantFactInvalid` or
    `AccessAlreadyGranted`.
    """
    actor.require(Permission.MANAGE_USERS)
    with archive.begin() as work:
        user = _another(actor, name, work=work)
        reason = _checked_reason(wish)
        today = local_day(archive.now())
        if wish.until_on is not None and wish.until_on < today:
            raise _invalid_day(wish.until_on)
        customer_id, item_key = _named(wish, work=work)
        _refuse_second(user, customer_id, item_key, wish.uses, archive=archive, work=work)
        grant = work.grants.add(
            user_id=user.id,
            customer_id=customer_id,
            item_key=item_key,
            reason=reason,
            granted_by=actor.name,
            granted_at=archive.now(),
            until_on=wish.until_on,
            uses=wish.uses,
        )
        archive.record(work, actor, "access_granted", user.name, reason=reason, **_told(grant, work=work))
        return grant


def end_grant(actor: Actor, grant_id: int, *, archive: Archive) -> AccessGrant:
    """The grant, in force no more; one that ended before is left as it is. Raises `GrantNotFound` or `OwnRights`."""
    actor.require(Permission.MANAGE_USERS)
    with archive.begin() as work:
        grant = _grant(grant_id, work=work)
        user = work.users.get(grant.user_id)
        if grant.user_id == actor.user_id:
            raise OwnRights
        if user is not None and grant.is_in_force(archive.now()):
            work.grants.end(grant_id, at=archive.now())
            archive.record(work, actor, "access_ended", user.name, **_told(grant, work=work))
        return _grant(grant_id, work=work)


def grants_of(actor: Actor, name: str, *, archive: Archive) -> RightsOfUser:
    """The account with every grant it ever had; raises `UserNotFound`."""
    actor.require(Permission.MANAGE_USERS)
    with archive.looking() as view:
        user = user_with_name(name, work=view)
        return RightsOfUser(
            user=user,
            grants=tuple(_shown(grant, at=archive.now(), work=view) for grant in view.grants.of_user(user.id)),
        )


def grants_in_force(actor: Actor, *, archive: Archive) -> dict[int, int]:
    """How many grants each account has now, by user id; one without any is absent."""
    actor.require(Permission.MANAGE_USERS)
    with archive.looking() as view:
        return view.grants.counts_in_force(at=archive.now())


def set_departments(actor: Actor, name: str, departments: frozenset[str] | None, *, archive: Archive) -> User:
    """The account, from now on let to the customers of these departments and of the whole company; None lets to all.

    Raises `UserNotFound` or `OwnRights`.
    """
    actor.require(Permission.MANAGE_USERS)
    stated = None if departments is None else tidy_departments(departments)
    with archive.begin() as work:
        user = _another(actor, name, work=work)
        work.users.set_departments(user.id, stated)
        told = WHOLE_COMPANY if stated is None else "、".join(sorted(stated))
        archive.record(work, actor, "departments_set", user.name, departments=told)
        return user_with_name(name, work=work)


def departments_in_use(actor: Actor, *, archive: Archive) -> list[str]:
    """The departments that work, and those that any customer belongs to or any account is let to, by name."""
    actor.require(Permission.MANAGE_USERS)
    with archive.looking() as view:
        of_users = (name for user in view.users.all() for name in user.departments or ())
        working = (each.name for each in view.departments.all() if each.closed_on is None)
        return sorted({*view.customers.departments(actor=SYSTEM), *of_users, *working})


def tidy_departments(stated: Iterable[str]) -> frozenset[str]:
    """The names of departments as they are kept: on one line, of bounded length, none empty."""
    return frozenset(name for name in (one_line(each)[:MAX_DEPARTMENT_CHARACTERS] for each in stated) if name)


def _another(actor: Actor, name: str, *, work: UnitOfWork) -> User:
    user = user_with_name(name, work=work)
    if user.id == actor.user_id:
        raise OwnRights
    return user


def _grant(grant_id: int, *, work: UnitOfWork) -> AccessGrant:
    grant = work.grants.get(grant_id)
    if grant is None:
        raise GrantNotFound(grant_id)
    return grant


def _named(wish: GrantWish, *, work: UnitOfWork) -> tuple[int | None, int | None]:
    """Customer and item, one of them None."""
    code, item_id = wish.customer_code.strip(), wish.item_id.strip()
    if bool(code) == bool(item_id):
        raise GrantFactInvalid(
            Bilingual("没有说明授权查阅什么。", "It was not said what is to be granted."),
            Bilingual("请填写客户代码或资料编号，只填一项。", "State a customer or a paper, one of them."),
        )
    if code:
        customer = work.customers.with_code(code) if code.isascii() else None
        if customer is None:
            raise CustomerNotFound(code)
        return customer.id, None
    item = work.items.with_id(item_id, actor=SYSTEM) if item_id.isascii() else None
    if item is None:
        raise ItemNotFound(item_id)
    return None, item.key


def _refuse_second(
    user: User, customer_id: int | None, item_key: int | None, uses: GrantedUse, *, archive: Archive, work: UnitOfWork
) -> None:
    """Raise `AccessAlreadyGranted` where a grant in force reaches as far as the one that is wished for."""
    granted = work.grants.in_force(user.id, at=archive.now())
    looking = uses is GrantedUse.LOOK
    customers = granted.customers if looking else granted.customers_to_take
    items = granted.items if looking else granted.items_to_take
    if customer_id in customers or item_key in items:
        raise AccessAlreadyGranted(user.name)


def _checked_reason(wish: GrantWish) -> str:
    reason = one_line(wish.reason)[:MAX_REASON_CHARACTERS]
    if not reason:
        raise GrantFactInvalid(
            Bilingual("没有填写授权理由。", "No reason was given."),
            Bilingual("请写明为什么需要查阅，例如审批单号。", "Say why access is needed, for example the approval."),
        )
    return reason


def _invalid_day(until_on: date) -> GrantFactInvalid:
    return GrantFactInvalid(
        Bilingual(f"截止日期 {until_on} 已经过去。", f"The last day, {until_on}, is past."),
        Bilingual("请填写今天或以后的日期，或留空。", "State today or a later day, or leave it empty."),
    )


def _told(grant: AccessGrant, *, work: UnitOfWork) -> dict[str, str]:
    """What the journal keeps of a grant."""
    told = {"grant": str(grant.id), "uses": grant.uses.value}
    if grant.customer_id is not None:
        told["customer_code"] = work.customers.get(grant.customer_id).code
    if grant.item_key is not None:
        told["item"] = work.items.get(grant.item_key).id
    if grant.until_on is not None:
        told["until_on"] = grant.until_on.isoformat()
    return told


def _shown(grant: AccessGrant, *, at: datetime, work: UnitOfWork) -> GrantShown:
    customer = None if grant.customer_id is None else work.customers.get(grant.customer_id)
    return GrantShown(
        grant=grant,
        customer_code=customer.code if customer else None,
        customer_name=customer.name if customer else None,
        item_id=None if grant.item_key is None else work.items.get(grant.item_key).id,
        in_force=grant.is_in_force(at),
    )
