"""Correcting what OCR read: a person says what stands on a page, and it is searched from then on.

What always holds:
- C1 What was read stays as it was read; a correction stands beside it, with the person and the moment.
- C2 Corrections are added and never altered. The last one counts; one that takes the former ones back is a row too.
- C3 Correction, text index and journal entry come in one transaction. The journal keeps the digest of the text and
  not the text itself, for the journal outlives the paper.
"""

import hashlib
import unicodedata
from dataclasses import replace

from dms.archive import Archive, item_for, require_use, text_for, written_back
from dms.domain.actor import Actor, Permission
from dms.domain.correction import PageCorrection
from dms.domain.item import READABLE_STATES, Item, Page
from dms.domain.policy import Use
from dms.filing.errors import CorrectionTooLong, NotCorrectable, PageNotThere
from dms.store import UnitOfWork

MAX_PAGE_CHARACTERS = 50_000
_KEPT_CONTROLS = frozenset("\n\t")
_UNWRITABLE = frozenset({"Cc", "Cs"})


def correct_page(actor: Actor, item_id: str, number: int, text: str | None, *, archive: Archive) -> str:
    """The text that counts for the page from now on: `text`, or what OCR read where `text` is None or just that.

    Line ends become line feeds; control characters are left out. Nothing is written where the text counts already.
    Raises `ItemNotFound`, `NotCorrectable`, `PageNotThere` or `CorrectionTooLong`.
    """
    actor.require(Permission.CONFIRM)
    stated = None if text is None else _checked(text)
    with archive.begin() as work:
        item = _correctable(actor, item_id, work=work)
        page = _page(item, number, work=work)
        stated = _with_hidden_numbers(actor, stated, item, page, work=work)
        wanted = None if stated is None or stated == _tidied(page.text) else stated
        if wanted != work.contents.corrections(item.key).get(number):
            _write(actor, item, number, wanted, archive=archive, work=work)
    return text_for(actor, page.text if wanted is None else wanted)


def corrections_of(actor: Actor, item_id: str, *, archive: Archive) -> tuple[PageCorrection, ...]:
    """Every correction of a paper, the oldest first, those that were taken back too; raises `ItemNotFound`."""
    actor.require(Permission.CONSULT)
    with archive.looking() as view:
        history = view.contents.correction_history(item_for(actor, item_id, work=view).key)
    return tuple(each if each.text is None else replace(each, text=text_for(actor, each.text)) for each in history)


def _with_hidden_numbers(actor: Actor, stated: str | None, item: Item, page: Page, *, work: UnitOfWork) -> str | None:
    """What was typed, with the identity numbers that the person was shown masked as they stand."""
    if stated is None:
        return None
    corrected = work.contents.corrections(item.key).get(page.number)
    return written_back(actor, stated, [text for text in (corrected, _tidied(page.text)) if text is not None])


def _correctable(actor: Actor, item_id: str, *, work: UnitOfWork) -> Item:
    item = item_for(actor, item_id, work=work)
    if item.state not in READABLE_STATES:
        raise NotCorrectable(item.state)
    require_use(actor, Use.CHANGE, item, work=work)
    return item


def _page(item: Item, number: int, *, work: UnitOfWork) -> Page:
    pages = {page.number: page for page in work.contents.pages(item.key)}
    if number not in pages:
        raise PageNotThere(number, len(pages))
    return pages[number]


def _write(actor: Actor, item: Item, number: int, text: str | None, *, archive: Archive, work: UnitOfWork) -> None:
    correction = PageCorrection(page_number=number, text=text, corrected_by=actor.name, corrected_at=archive.now())
    work.contents.correct(item.key, correction)  # C2
    archive.index_item(work, item.key)  # C3
    if text is None:
        archive.record(work, actor, "page_correction_taken_back", item.id, page=number)
    else:
        digest = hashlib.sha256(text.encode()).hexdigest()
        archive.record(work, actor, "page_corrected", item.id, page=number, sha256=digest)


def _checked(text: str) -> str:
    if len(text) > MAX_PAGE_CHARACTERS:
        raise CorrectionTooLong(len(text), MAX_PAGE_CHARACTERS)
    return _tidied(text)


def _tidied(text: str) -> str:
    """The text as it can be stored and compared: a browser sends other line ends, and drops those around it."""
    lines = text.replace("\r\n", "\n").replace("\r", "\n")
    return "".join(filter(_is_writable, lines)).strip()


def _is_writable(character: str) -> bool:
    return character in _KEPT_CONTROLS or unicodedata.category(character) not in _UNWRITABLE
