"""报送 and 存查: a report leaves the archive; the very bytes are kept, with who handed them in, to whom and when.

What always holds:
- A report of a period is handed in when the period is over, by a person with an account.
- What was handed in never changes; who reads it later sees at least as far as whoever made it out.
"""

import hashlib
from collections.abc import Iterator
from datetime import date, timedelta

from dms.archive import Archive, is_working_day
from dms.custody.reporting.errors import PeriodNotOver, RecipientMissing, ReporterNotPerson, ReportNotKept
from dms.custody.reporting.making import REPORT_TITLES, ReportWish, report_in
from dms.custody.reporting.printing_out import letterhead, typeset_report
from dms.custody.reporting.report_json import report_json
from dms.domain.actor import Actor, Permission, Role
from dms.domain.clock import local_day
from dms.domain.duty import Duty, DutyKind
from dms.domain.one_line import one_line
from dms.domain.printed import MEDIA_TYPES, PrintAs, Printed
from dms.domain.report import HandedInReport, ReportName, ReportPeriod, first_half, whole_year
from dms.errors import Bilingual
from dms.store import ReportToHandIn, UnitOfWork

MAX_RECIPIENT_CHARACTERS = 100
DUE_DAY = 10
"""Of January and July (C14-01)."""
_TOLD_AHEAD_DAYS = 45
_REPORTED = (ReportName.CONTRACTS, ReportName.ARCHIVE)


def hand_in_report(actor: Actor, wish: ReportWish, recipient: str, *, archive: Archive) -> HandedInReport:
    """The report as it was handed in; raises `ReporterNotPerson`, `RecipientMissing` or `PeriodNotOver`."""
    actor.require(Permission.READ_REPORTS)
    if actor.user_id is None:
        raise ReporterNotPerson
    stated = one_line(recipient)[:MAX_RECIPIENT_CHARACTERS]
    if not stated:
        raise RecipientMissing
    if local_day(archive.now()) <= wish.period.last_on:
        raise PeriodNotOver(wish.period)
    with archive.looking() as view:
        report = report_in(actor, wish, archive=archive, work=view)
        head = letterhead(actor, archive=archive, work=view)
    pdf = typeset_report(report, head, PrintAs.PDF)
    kept = ReportToHandIn(
        name=wish.name,
        period=wish.period,
        title=f"{report.title.zh}（{wish.period.told.zh}）",
        recipient=stated,
        figures=report_json(report),
        pdf=pdf,
        digest=hashlib.sha256(pdf).hexdigest(),
        handed_in_at=archive.now(),
    )
    with archive.begin() as work:
        handed_in = work.handed_in_reports.add(kept, actor=actor)
        subject = f"report/{wish.name.value}"
        told = {"recipient": stated, "sha256": kept.digest, "period": wish.period.told.zh}
        archive.record(work, actor, "report_handed_in", subject, report=handed_in.id, **told)
    return handed_in


def reports_handed_in(actor: Actor, *, archive: Archive) -> tuple[HandedInReport, ...]:
    """What was handed in, the latest first, as far as the actor may read it."""
    actor.require(Permission.READ_REPORTS)
    with archive.looking() as view:
        return tuple(view.handed_in_reports.all(actor=actor))


def take_handed_in(actor: Actor, report_id: int, *, archive: Archive) -> Printed:
    """The bytes that were handed in; journaled. Raises `ReportNotKept`."""
    actor.require(Permission.READ_REPORTS)
    with archive.begin() as work:
        found = work.handed_in_reports.known(report_id, actor=actor)
        if found is None:
            raise ReportNotKept(report_id)
        content = work.handed_in_reports.pdf(report_id)
        subject = f"report/{found.name.value}"
        archive.record(work, actor, "report_taken", subject, report=found.id, sha256=found.digest)
    name = f"{found.title}-{found.id}.pdf"
    return Printed(suggested_name=name, media_type=MEDIA_TYPES[PrintAs.PDF], content=content)


def duties(view: UnitOfWork, *, on: date) -> Iterator[Duty]:
    """The reports that are due on 10 January and 10 July and were not handed in yet; the archivists owe them."""
    for name, period, due_on in _calendar(on):
        if due_on - timedelta(days=_TOLD_AHEAD_DAYS) <= on and not view.handed_in_reports.is_handed_in(name, period):
            title = REPORT_TITLES[name]
            yield Duty(
                kind=DutyKind.STATISTICS,
                subject=f"report/{name.value}-{period.last_on.isoformat()}",
                what=Bilingual(f"报送{period.told.zh}{title.zh}", f"Hand in: {title.en.lower()}, {period.told.en}"),
                due_on=due_on,
                role=Role.ARCHIVIST,
            )


def _calendar(on: date) -> Iterator[tuple[ReportName, ReportPeriod, date]]:
    """The reports of the year before and of the first half, each with the day by which it is due."""
    yearly, half = _due_on(date(on.year, 1, DUE_DAY)), _due_on(date(on.year, 7, DUE_DAY))
    for name in _REPORTED:
        yield name, whole_year(on.year - 1), yearly
    yield ReportName.CONTRACTS, first_half(on.year), half
    next_yearly = _due_on(date(on.year + 1, 1, DUE_DAY))
    for name in _REPORTED:
        yield name, whole_year(on.year), next_yearly


def _due_on(day: date) -> date:
    """The day itself, or the last working day before it: 10 January is said as “by”."""
    while not is_working_day(day):
        day -= timedelta(days=1)
    return day
