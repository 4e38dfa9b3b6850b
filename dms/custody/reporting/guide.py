"""全宗指南: the history that people write, and the holdings that the archive counts (C15-05, C15-06)."""

from dataclasses import dataclass

from dms.archive import Archive
from dms.custody.reporting.archive_figures import archive_tables
from dms.custody.reporting.errors import GuideTooLong
from dms.custody.reporting.printing_out import letterhead
from dms.domain.actor import Actor, Permission
from dms.domain.clock import local_day
from dms.domain.printed import Printed
from dms.domain.report import FondsGuide, ReportTable, whole_year

MAX_PART_CHARACTERS = 20_000
_PARTS = ("creator_history", "custody_history", "contents", "use")
_HOLDING_TABLES = slice(1, 6)
"""Of the archive's figures those that tell what is held: series, term, grade, medium, shelves."""


@dataclass(frozen=True, slots=True, kw_only=True)
class GuideShown:
    """The guide with everything that is counted for it."""

    guide: FondsGuide
    company: str
    former_names: tuple[str, ...]
    fonds_code: str
    years: tuple[int, int] | None
    """Of the earliest and the latest paper; None where there is none."""
    tables: tuple[ReportTable, ...]
    """The holdings of today."""


def show_guide(actor: Actor, *, archive: Archive) -> GuideShown:
    """The guide as it stands, its figures as far as the actor sees."""
    actor.require(Permission.READ_REPORTS)
    today = local_day(archive.now())
    with archive.looking() as view:
        names = view.scheme.own_names()
        return GuideShown(
            guide=view.fonds_guides.latest(),
            company=names[0] if names else "",
            former_names=tuple(names[1:]),
            fonds_code=view.scheme.fonds_code(),
            years=view.statistics.first_year_and_last(actor=actor),
            tables=archive_tables(actor, whole_year(today.year), today=today, work=view)[_HOLDING_TABLES],
        )


def write_guide(actor: Actor, stated: FondsGuide, *, archive: Archive) -> FondsGuide:
    """The guide as written from now on, a new version; the same text again is none. Raises `GuideTooLong`."""
    actor.require(Permission.MANAGE_RETENTION)
    parts = {name: _tidied(getattr(stated, name)) for name in _PARTS}
    with archive.begin() as work:
        latest = work.fonds_guides.latest()
        if parts == {name: getattr(latest, name) for name in _PARTS}:
            return latest
        guide = FondsGuide(version=latest.version + 1, **parts, written_by=actor.name, written_at=archive.now())
        written = work.fonds_guides.write(guide)
        archive.record(work, actor, "fonds_guide_written", "fonds", version=written.version)
        return written


def print_guide(actor: Actor, *, archive: Archive) -> Printed:
    """The guide as PDF; journaled."""
    from dms.printing import FondsGuideForm, fonds_guide_pdf

    shown = show_guide(actor, archive=archive)
    with archive.begin() as work:
        head = letterhead(actor, archive=archive, work=work)
        archive.record(work, actor, "fonds_guide_taken", "fonds", version=shown.guide.version)
    form = FondsGuideForm(
        letterhead=head,
        guide=shown.guide,
        former_names=shown.former_names,
        years=shown.years,
        tables=shown.tables,
    )
    return Printed(suggested_name="全宗指南.pdf", media_type="application/pdf", content=fonds_guide_pdf(form))


def _tidied(text: str) -> str:
    lines = (line.rstrip() for line in text.replace("\r\n", "\n").replace("\r", "\n").split("\n"))
    tidy = "\n".join(lines).strip()
    if len(tidy) > MAX_PART_CHARACTERS:
        raise GuideTooLong(len(tidy), MAX_PART_CHARACTERS)
    return tidy
