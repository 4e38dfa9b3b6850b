"""Whether every item has what its state promises, and the journal the same of its arrival.

An item is judged as one transaction saw it; what looks wrong is judged once more in a later one.
"""

from collections import Counter
from collections.abc import Iterator

from dms.domain.inspection import Finding
from dms.domain.item import READABLE_STATES, ItemState, RenditionRole
from dms.errors import Bilingual
from dms.evidence.checks.journal import ARRIVALS
from dms.evidence.findings import FindingCode, finding
from dms.evidence.walk import Stage, Walk
from dms.store import SurveyedItem, UnitOfWork

ITEMS_A_LOOK = 500
DESTRUCTIONS = ("item_destroyed", "destruction_replayed")
IMPORTED = ("item_imported",)
PAGE_ROLES = (RenditionRole.PAGE_IMAGE, RenditionRole.THUMBNAIL, RenditionRole.LAYOUT)

_REMAINS: dict[str, Bilingual] = {
    "key": Bilingual("密钥", "its key"),
    "parts": Bilingual("封存对象的登记", "rows of sealed objects"),
    "pages": Bilingual("页文字", "page texts"),
    "corrections": Bilingual("页文字更正", "corrections of page texts"),
    "proposals": Bilingual("识别建议", "proposals"),
}
_PROOF = Bilingual("销毁存根", "the proof of destruction")
_ENTRY = Bilingual("操作日志中的销毁记录", "the journal entry of the destruction")


def check_items(walk: Walk) -> None:
    """Every item is complete, and every arrival in the journal has its item."""
    with walk.archive.looking() as view:
        total = view.survey.items_total()
    after_key = 0
    while surveyed := _look(walk, after_key):
        after_key = surveyed[-1].key
        walk.counts["items"] += len(surveyed)
        walk.counts["pages"] += sum(len(item.pages) for item in surveyed)
        walk.tell(Stage.ITEMS, walk.counts["items"], total)
    _check_arrivals_left(walk)


def _look(walk: Walk, after_key: int) -> list[SurveyedItem]:
    with walk.archive.looking() as view:
        surveyed = view.survey.items(after_key=after_key, limit=ITEMS_A_LOOK)
        proofs = view.survey.destroyed_ids()
        suspect = [item.id for item in surveyed if _is_suspect(item, walk, view, proofs)]
    for item_id in suspect:
        _look_again(item_id, walk)
    return surveyed


def _is_suspect(item: SurveyedItem, walk: Walk, view: UnitOfWork, proofs: set[str]) -> bool:
    journaled = walk.arrivals.pop(item.id, None)
    return any(True for _ in _judged(item, view, journaled=journaled, has_proof=item.id in proofs))


def _look_again(item_id: str, walk: Walk) -> None:
    with walk.archive.looking() as view:
        item = view.survey.item(item_id)
        if item is None:
            return
        entries = view.survey.acts_upon(item_id, ARRIVALS)
        journaled = str(entries[-1].details.get("sha256") or "") if entries else None
        has_proof = view.destructions.of_item(item_id) is not None
        for found in _judged(item, view, journaled=journaled, has_proof=has_proof):
            walk.keep(found)


def _judged(item: SurveyedItem, view: UnitOfWork, *, journaled: str | None, has_proof: bool) -> Iterator[Finding]:
    """What is wrong with one item; `journaled` is the digest in the entry of its arrival, None without an entry."""
    if journaled is None:
        yield finding(FindingCode.ARRIVAL_UNRECORDED, item.id)
    if item.state is ItemState.DESTROYED:
        yield from _judged_stub(item, view, has_proof=has_proof)
        return
    if has_proof:
        yield finding(FindingCode.DESTRUCTION_UNDONE, item.id)
    if journaled and item.original_digest and journaled != item.original_digest:
        yield finding(FindingCode.ARRIVAL_DIFFERS, item.id)
    yield from _judged_original(item)
    yield from _judged_pages(item, view)
    yield from _judged_place(item)


def _judged_stub(item: SurveyedItem, view: UnitOfWork, *, has_proof: bool) -> Iterator[Finding]:
    present = {
        "key": item.has_key,
        "parts": item.parts,
        "pages": item.pages,
        "corrections": item.corrected_pages,
        "proposals": item.proposals,
    }
    remains = [_REMAINS[name] for name, remain in present.items() if remain]
    if remains:
        yield finding(FindingCode.DESTROYED_ITEM_REMAINS, item.id, remains=_joined(remains))
    proofs = {_PROOF: has_proof, _ENTRY: bool(view.survey.acts_upon(item.id, DESTRUCTIONS))}
    missing = [proof for proof, is_there in proofs.items() if not is_there]
    if missing:
        yield finding(FindingCode.DESTRUCTION_UNPROVEN, item.id, missing=_joined(missing))


def _judged_original(item: SurveyedItem) -> Iterator[Finding]:
    originals = sum(1 for role, _ in item.parts if role is RenditionRole.ORIGINAL)
    if originals != 1:
        yield finding(FindingCode.ORIGINAL_MISSING, item.id, count=originals)


def _judged_pages(item: SurveyedItem, view: UnitOfWork) -> Iterator[Finding]:
    expected = frozenset(range(1, (item.pages_total or 0) + 1))
    complete = item.pages == expected if item.state in READABLE_STATES else item.pages <= expected
    if not complete:
        total = item.pages_total or 0
        yield finding(FindingCode.PAGES_INCOMPLETE, item.id, total=total, present=len(item.pages))
    for page in sorted(item.corrected_pages - expected):
        yield finding(FindingCode.CORRECTION_ASTRAY, item.id, page=page)
    held = Counter((role, page) for role, page in item.parts if page is not None)
    if not held and item.pages and _came_without_images(item, view):
        return
    for page in sorted(item.pages | {page for _, page in held if page is not None}):
        wanted = 1 if page in item.pages else 0
        if any(held[role, page] != wanted for role in PAGE_ROLES):
            yield finding(FindingCode.PAGE_PARTS_INCOMPLETE, item.id, page=page)


def _came_without_images(item: SurveyedItem, view: UnitOfWork) -> bool:
    """Whether the journal says that it was brought in from a bag that held texts and originals only."""
    arrivals = view.survey.acts_upon(item.id, IMPORTED)
    return bool(arrivals) and arrivals[-1].details.get("images") == "no"


def _judged_place(item: SurveyedItem) -> Iterator[Finding]:
    if item.state is ItemState.FILED and item.volume != item.place and not _in_collective(item):
        yield finding(FindingCode.VOLUME_DIFFERS, item.id)


def _in_collective(item: SurveyedItem) -> bool:
    """Whether it lies in a volume that belongs to no customer alone, of its own series and year."""
    return item.volume is not None and item.volume == (None, *item.place[1:])


def _check_arrivals_left(walk: Walk) -> None:
    """What the journal tells of and no batch held: items of a later moment, or none at all."""
    for item_id in sorted(walk.arrivals):
        with walk.archive.looking() as view:
            is_there = view.survey.item(item_id) is not None
        if not is_there:
            walk.found(FindingCode.ITEM_VANISHED, item_id)
    walk.arrivals.clear()


def _joined(texts: list[Bilingual]) -> Bilingual:
    return Bilingual("、".join(text.zh for text in texts), ", ".join(text.en for text in texts))
