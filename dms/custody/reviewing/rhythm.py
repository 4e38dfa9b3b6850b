"""The rhythm of reviews: after how many months, by grade; a setting of the company."""

from datetime import date
from typing import Any, Final

from dms.archive import Archive, is_working_day
from dms.custody.reviewing.errors import ReviewFactInvalid
from dms.domain.actor import Actor, Permission
from dms.domain.customer import CustomerGrade
from dms.domain.review import LONGEST_MONTHS, ReviewRhythm
from dms.domain.working_days import first_working_day
from dms.errors import Bilingual
from dms.store import ReviewStanding, UnitOfWork

SETTING: Final = "review_rhythm"


def review_rhythm(actor: Actor, *, archive: Archive) -> ReviewRhythm:
    """The rhythm that is in force."""
    actor.require(Permission.CONSULT)
    with archive.looking() as view:
        return rhythm_in(view)


def state_review_rhythm(actor: Actor, rhythm: ReviewRhythm, *, archive: Archive) -> ReviewRhythm:
    """The rhythm, in force at once for every customer; raises `ReviewFactInvalid`."""
    actor.require(Permission.MANAGE_CUSTOMERS)
    months = {grade.value: rhythm.months.get(grade, 0) for grade in CustomerGrade}
    if not all(0 <= count <= LONGEST_MONTHS for count in (*months.values(), rhythm.watched_months)):
        raise ReviewFactInvalid(
            Bilingual("复核周期不对。", "The rhythm cannot be right."),
            Bilingual(f"请填写 0 至 {LONGEST_MONTHS} 个月；0 表示不复核。", f"State 0 to {LONGEST_MONTHS} months."),
        )
    with archive.begin() as work:
        work.settings.state(SETTING, {"months": months, "watched_months": rhythm.watched_months})
        archive.record(work, actor, "review_rhythm_stated", "settings", **months, watched=rhythm.watched_months)
    return rhythm


def rhythm_in(work: UnitOfWork) -> ReviewRhythm:
    """The rhythm that is in force: as shipped, or as the company stated it."""
    stated: dict[str, Any] | None = work.settings.get(SETTING)
    if not stated:
        return ReviewRhythm()
    months = {grade: int(stated["months"].get(grade.value, 0)) for grade in CustomerGrade}
    return ReviewRhythm(months=months, watched_months=int(stated["watched_months"]))


def due_on(standing: ReviewStanding) -> date:
    """The last day for the next review; a working day."""
    return first_working_day(standing.months_later_on, is_working_day)
