"""`print_form`: one form about what a person may know of, as paper or as a spreadsheet, journaled with its digest."""

import hashlib
import re
from typing import Final

from dms.archive import Archive
from dms.domain.actor import Actor, Permission
from dms.domain.printed import MEDIA_TYPES, PrintAs, Printed
from dms.filing.printing_out.errors import NotASpreadsheet, NothingForTheForm
from dms.filing.printing_out.wish import FORM_NAMES, PAPER_ONLY, PrintForm, PrintWish, wish_as_json

_UNFIT_IN_NAMES: Final = re.compile(r'[\x00-\x1f/\\:*?"<>|]+')
_LONGEST_NAME: Final = 120


def print_form(actor: Actor, wish: PrintWish, printed_as: PrintAs = PrintAs.PDF, *, archive: Archive) -> Printed:
    """The form wished for, journaled; what the actor may not know of does not stand on it.

    Raises `NotASpreadsheet`, `PrintWishIncomplete`, `VolumeNotFound`, `CustomerNotFound`, `TransferNotFound`,
    `PlaceToPrintNotFound`, `NothingForTheForm`, and what `dms.printing` raises of fonts and characters.
    """
    actor.require(Permission.CONSULT)
    printed = made(actor, wish, printed_as, archive=archive)
    with archive.begin() as work:
        digest = hashlib.sha256(printed.content).hexdigest()
        archive.record(
            work, actor, "form_printed", wish.form.value, form=printed_as.value, sha256=digest, **_about(wish)
        )
    return printed


def made(actor: Actor, wish: PrintWish, printed_as: PrintAs, *, archive: Archive) -> Printed:
    """The document alone; whoever calls this asks for the permission and writes the journal. Raises as `print_form`."""
    if printed_as is PrintAs.XLSX and wish.form in PAPER_ONLY:
        raise NotASpreadsheet(FORM_NAMES[wish.form])  # before anything is gathered for it
    content = _content(actor, wish, printed_as, archive=archive)
    return Printed(suggested_name=name_of(wish, printed_as), media_type=MEDIA_TYPES[printed_as], content=content)


def name_of(wish: PrintWish, printed_as: PrintAs) -> str:
    """Under which name the document is given out: the form, and what it is about."""
    about = (wish.volume, wish.customer_code, wish.series_code, wish.year, wish.department, wish.batch, wish.location)
    stem = " ".join(str(part) for part in (FORM_NAMES[wish.form].zh, *about) if part is not None)
    return f"{_UNFIT_IN_NAMES.sub('_', stem)[:_LONGEST_NAME]}.{printed_as.value}"


def _content(actor: Actor, wish: PrintWish, printed_as: PrintAs, *, archive: Archive) -> bytes:
    # Loaded when something is printed: few commands need it.
    from dms.filing.printing_out.collecting import facts_of
    from dms.filing.printing_out.whole_volume import bound_volume
    from dms.printing import ListForm, NothingToPrint, form_pdf, form_xlsx

    if wish.form in (PrintForm.BOUND_VOLUME, PrintForm.VOLUME_SHEETS):
        return bound_volume(actor, wish, archive=archive)
    facts = facts_of(actor, wish, archive=archive)
    if printed_as is PrintAs.PDF:
        try:
            return form_pdf(facts)
        except NothingToPrint as error:
            raise NothingForTheForm(FORM_NAMES[wish.form]) from error
    if not isinstance(facts, ListForm):
        raise NotASpreadsheet(FORM_NAMES[wish.form])
    return form_xlsx(facts)


def _about(wish: PrintWish) -> dict[str, str | int]:
    return {name: value for name, value in wish_as_json(wish).items() if name != "form"}
