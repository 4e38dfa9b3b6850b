"""Settling what comes back by the calendar: somebody says that it was handed in, once and for good."""

from datetime import timedelta
from typing import Final

from dms.archive import Archive
from dms.custody.duties.errors import DutyNotOwed, SettlerNotAPerson
from dms.custody.duties.looking_up import own_duties
from dms.custody.duties.rules import RECURRING_KINDS
from dms.custody.duties.sources import Asked, owed
from dms.domain.actor import Actor, Permission
from dms.domain.clock import local_day
from dms.domain.duty import Duty
from dms.domain.one_line import one_line

MAX_NOTE_CHARACTERS: Final = 200
EARLIEST: Final = timedelta(days=92)
"""How long before its last day something may be handed in."""


def settle_duty(actor: Actor, subject: str, note: str = "", *, archive: Archive) -> Duty:
    """The duty that the actor, or somebody whom he oversees, owed until now; raises `DutyNotOwed`."""
    actor.require(Permission.CONSULT)
    if actor.user_id is None:
        raise SettlerNotAPerson
    told = one_line(note)[:MAX_NOTE_CHARACTERS]
    until_on = local_day(archive.now()) + EARLIEST
    with archive.begin() as work:
        if actor.may(Permission.OVERSEE_DUTIES):
            today = local_day(archive.now())
            reach = actor.departments
            duties = [
                duty
                for duty, _known in owed(work, Asked(today_on=today, until_on=until_on, actor=actor))
                if reach is None or duty.department in reach
            ]
        else:
            duties = [shown.duty for shown in own_duties(actor, until_on=until_on, archive=archive, view=work)]
        duty = next((each for each in duties if each.subject == subject and each.kind in RECURRING_KINDS), None)
        if duty is None or not work.duties.settle(subject, by=actor.name, at=archive.now(), note=told):
            raise DutyNotOwed(subject)
        archive.record(work, actor, "duty_settled", subject, note=told or None)
    return duty
