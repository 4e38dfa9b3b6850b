"""Naming a deputy 代理: who decides in one's place, from one day to another."""

from datetime import date

from dms.archive import Archive
from dms.custody.lending.errors import DeputyNotFound, DeputyUnfit
from dms.custody.lending.finding import LARGEST_ID, person
from dms.domain.actor import Actor, Origin, Permission
from dms.domain.clock import local_day
from dms.domain.lending import Deputy
from dms.domain.one_line import one_line
from dms.store import UnitOfWork

LONGEST_DAYS = 366


def name_deputy(actor: Actor, name: str, *, from_on: date, until_on: date, archive: Archive) -> Deputy:
    """The deputy in the actor's own place; raises `NotAPerson` or `DeputyUnfit`."""
    actor.require(Permission.DECIDE_REQUESTS)
    with archive.begin() as work:
        principal = person(actor, work=work)
        deputy_id = _fit_person(one_line(name), work=work)
        today = local_day(archive.now())
        is_in_time = today <= from_on <= until_on and (until_on - from_on).days < LONGEST_DAYS
        if deputy_id is None or deputy_id == principal.id or not is_in_time:
            raise DeputyUnfit(until_on=until_on)
        named = work.deputies.add(
            user_id=principal.id, deputy_id=deputy_id, from_on=from_on, until_on=until_on, by=actor.name,
            at=archive.now(),
        )  # fmt: skip
        days = {"from_on": from_on.isoformat(), "until_on": until_on.isoformat()}
        archive.record(work, actor, "deputy_named", principal.name, deputy=one_line(name), **days)
    return named


def end_deputy(actor: Actor, entry_id: int, *, archive: Archive) -> Deputy:
    """The entry of the actor's own, ended; raises `NotAPerson` or `DeputyNotFound`."""
    actor.require(Permission.DECIDE_REQUESTS)
    with archive.begin() as work:
        principal = person(actor, work=work)
        known = {each.id for each in work.deputies.of_user(principal.id)}
        if entry_id not in known or not 0 < entry_id <= LARGEST_ID:
            raise DeputyNotFound(entry_id)
        work.deputies.end(entry_id, at=archive.now())
        archive.record(work, actor, "deputy_ended", principal.name, entry=entry_id)
        return work.deputies.get(entry_id)


def deputies_of(actor: Actor, *, archive: Archive) -> tuple[tuple[Deputy, str], ...]:
    """Everyone who ever was to decide in the actor's place, the newest first, each with his sign-in name."""
    actor.require(Permission.DECIDE_REQUESTS)
    with archive.looking() as view:
        named = view.deputies.of_user(actor.user_id) if actor.user_id is not None else []
        users = {each.id: each.name for each in view.users.all()}
        return tuple((each, users.get(each.deputy_id, "")) for each in named)


def _fit_person(name: str, *, work: UnitOfWork) -> int | None:
    user = work.users.with_name(name)
    is_fit = user is not None and not user.disabled and user.actor(Origin.SYSTEM).may(Permission.DECIDE_REQUESTS)
    return user.id if user is not None and is_fit else None
