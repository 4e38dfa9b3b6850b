"""A whole year in one go: which documents it is made of, each under the name by which a person finds it."""

from collections.abc import Iterator
from dataclasses import dataclass, replace

from dms.archive import Archive, ArchiveSealed
from dms.domain.actor import Actor, Permission
from dms.domain.printed import PrintAs, Printed
from dms.errors import DmsError
from dms.filing.printing_out.errors import NothingOfTheYear
from dms.filing.printing_out.printing import made
from dms.filing.printing_out.volumes_wished import volumes_wished
from dms.filing.printing_out.wish import FORM_NAMES, PAPERS_A_PART, PrintForm, PrintWish

VOLUMES_FOLDER = "案卷"
_LISTS = (
    PrintForm.VOLUME_CATALOGUE,
    PrintForm.CARRY_FORWARD,
    PrintForm.MISSING_PAPERS,
    PrintForm.CUSTOMER_LIST,
)
_LABELS = (PrintForm.VOLUME_COVER, PrintForm.SPINE_LABELS)
_OF_THE_BINDER = frozenset({PrintForm.CARRY_FORWARD})
"""Lists that only who binds volumes may make out."""


@dataclass(frozen=True, slots=True, kw_only=True)
class YearPrint:
    """One document of a year's prints."""

    name: str
    """Its path in the folder of results, with ``/`` between folder and name."""
    wish: PrintWish
    printed_as: PrintAs


def prints_of_year(actor: Actor, year: int, *, with_papers: bool, archive: Archive) -> tuple[YearPrint, ...]:
    """What is to be printed of a year: lists as paper and spreadsheet, labels, and one document for every volume.

    `with_papers` binds the page images in, for whoever may take copies. Raises `NothingOfTheYear` where the actor may
    know of no numbered volume.
    """
    actor.require(Permission.CONSULT)
    if with_papers:
        actor.require(Permission.TAKE_COPIES)
    with archive.looking() as view:
        volumes = volumes_wished(actor, PrintWish(form=PrintForm.VOLUME_CATALOGUE, year=year), work=view)
    if not volumes:
        raise NothingOfTheYear(year)
    form = PrintForm.BOUND_VOLUME if with_papers else PrintForm.VOLUME_SHEETS
    lists = [each for each in _LISTS if each not in _OF_THE_BINDER or actor.may(Permission.MANAGE_CUSTOMERS)]
    numbered = [(each, printed_as) for each in lists for printed_as in PrintAs]
    numbered += [(each, PrintAs.PDF) for each in _LABELS]
    return (
        *(_of_year(each, year, printed_as) for each, printed_as in numbered),
        *_item_lists(year, sum(volume.item_count for volume in volumes)),
        *(_of_volume(form, volume.id, volume.reference_code or str(volume.id)) for volume in volumes),
    )


def make_print(actor: Actor, wanted: YearPrint, *, archive: Archive) -> Printed:
    """One document of the year; raises as `print_form` does. Whoever calls this writes the journal."""
    return made(actor, wanted.wish, wanted.printed_as, archive=archive)


def year_printed(
    actor: Actor, year: int, *, with_papers: bool, archive: Archive
) -> Iterator[tuple[YearPrint, int, Printed | DmsError]]:
    """Every document of the year one after the other, or why it was refused, with how many there are; journaled.

    Raises as `prints_of_year` does.
    """
    wanted = prints_of_year(actor, year, with_papers=with_papers, archive=archive)
    for each in wanted:
        yield each, len(wanted), _made_or_refused(actor, each, archive=archive)
    with archive.begin() as work:
        archive.record(work, actor, "year_printed", str(year), documents=len(wanted))


def _made_or_refused(actor: Actor, wanted: YearPrint, *, archive: Archive) -> Printed | DmsError:
    try:
        return make_print(actor, wanted, archive=archive)
    except ArchiveSealed:
        raise
    except DmsError as refusal:
        return refusal


def _of_year(form: PrintForm, year: int, printed_as: PrintAs) -> YearPrint:
    wish = PrintWish(form=form, year=None if form is PrintForm.CUSTOMER_LIST else year)
    return YearPrint(name=f"{FORM_NAMES[form].zh} {year}.{printed_as.value}", wish=wish, printed_as=printed_as)


def _item_lists(year: int, items: int) -> Iterator[YearPrint]:
    """The item list as one spreadsheet, and on paper in as many parts as it needs."""
    parts = -(-items // PAPERS_A_PART)
    yield _of_year(PrintForm.ITEM_LIST, year, PrintAs.XLSX)
    for part in range(1, parts + 1):
        whole = _of_year(PrintForm.ITEM_LIST, year, PrintAs.PDF)
        name = whole.name if parts == 1 else f"{FORM_NAMES[PrintForm.ITEM_LIST].zh} {year} 第{part}部分.pdf"
        yield replace(whole, name=name, wish=replace(whole.wish, part=part if parts > 1 else None))


def _of_volume(form: PrintForm, volume_id: int, reference_code: str) -> YearPrint:
    # As page files are named: a point for the mark that not every file system takes.
    stem = reference_code.replace("·", ".")
    wish = PrintWish(form=form, volume=str(volume_id))
    return YearPrint(name=f"{VOLUMES_FOLDER}/{stem}.pdf", wish=wish, printed_as=PrintAs.PDF)
