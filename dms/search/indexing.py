"""Bringing items into the index and out of it; the index holds hints only and can be made anew at any time."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass

from dms.archive import Archive
from dms.domain.criterion import MentionKind
from dms.domain.item import READABLE_STATES, Item
from dms.search.analysis import fold_pages, folded
from dms.search.mentioning import mentions
from dms.store import UnitOfWork
from dms.store.fulltext import IndexedText

ITEMS_A_TRANSACTION = 50
"""Rebuilding gives way to other writers after this many items."""


def index_item(work: UnitOfWork, item_key: int) -> None:
    """Write the index row of an item from its pages and facts, in the caller's transaction; safe to repeat.

    To be called wherever page texts, their corrections, title, customer, contract or the state of an item change; an
    item whose state is not readable is taken out.
    """
    item = work.items.get(item_key)
    if item.state in READABLE_STATES:
        work.fulltext.put(item_key, _indexed_text(work, item))
    else:
        work.fulltext.drop(item_key)


def unindex_item(work: UnitOfWork, item_key: int) -> None:
    """Take an item out of the index, in the caller's transaction; safe to repeat."""
    work.fulltext.drop(item_key)


def rebuild_index(archive: Archive, *, progress: Callable[[int, int], None] | None = None) -> int:
    """Index every readable item anew, in short transactions; how many there were. `progress(done, total)`.

    Searches go on meanwhile and may miss what is not back yet.
    """
    with archive.begin() as work:
        work.fulltext.drop_all()
        keys = work.fulltext.readable_keys()
    for start in range(0, len(keys), ITEMS_A_TRANSACTION):
        batch = keys[start : start + ITEMS_A_TRANSACTION]
        _index_batch(archive, batch)
        if progress:
            progress(start + len(batch), len(keys))
    with archive.begin() as work:
        work.fulltext.tidy()
    return len(keys)


@dataclass(frozen=True, slots=True, kw_only=True)
class IndexAgreement:
    """How catalogue and index agree; both counts are zero, and `sound` is true, where all is well."""

    items: int
    """Items that are to be in the index."""
    missing: int
    """Items that are not in it."""
    surplus: int
    """Rows of items that are not to be found, or do not exist."""
    sound: bool
    """Whether the index is undamaged in itself."""

    @property
    def agrees(self) -> bool:
        """Whether nothing has to be rebuilt."""
        return self.sound and not self.missing and not self.surplus


def check_index(archive: Archive) -> IndexAgreement:
    """Whether every readable item, and nothing else, is in an undamaged index; `rebuild_index` heals what is not."""
    with archive.begin() as work:
        wanted, present = set(work.fulltext.readable_keys()), work.fulltext.keys()
        return IndexAgreement(
            items=len(wanted),
            missing=len(wanted - present),
            surplus=len(present - wanted),
            sound=work.fulltext.is_sound(),
        )


def _index_batch(archive: Archive, keys: Iterable[int]) -> None:
    with archive.begin() as work:
        for key in keys:
            index_item(work, key)


def _indexed_text(work: UnitOfWork, item: Item) -> IndexedText:
    pages, corrections = work.contents.pages(item.key), work.contents.corrections(item.key)
    read = [page.text for page in pages]
    corrected = [corrections.get(page.number, page.text) for page in pages] if corrections else []
    named = _named([*read, *corrections.values()])
    return IndexedText(
        body=fold_pages(read).text,
        title=_runs([item.classification.title, item.original_filename]),
        customer=_runs(_customer_texts(work, item.classification.customer_id)),
        contract=_runs([item.claimed_contract_no, *_contract_texts(work, item.classification.contract_id)]),
        corrected=fold_pages(corrected).text,
        amounts=tuple(sorted({low for kind, low, _ in named if kind is MentionKind.AMOUNT})),
        days=tuple(sorted({(low, high) for kind, low, high in named if kind is MentionKind.DAY})),
    )


def _named(texts: Iterable[str]) -> set[tuple[MentionKind, int, int]]:
    """Kind and bounds of every value that the texts name, each once."""
    return {(named.kind, named.low, named.high) for text in texts for named in mentions(text)}


def _customer_texts(work: UnitOfWork, customer_id: int | None) -> list[str]:
    if customer_id is None:
        return []
    facts = work.customers.get(customer_id).facts
    return [facts.code, facts.name, *(former.name for former in facts.former_names), facts.uscc or ""]


def _contract_texts(work: UnitOfWork, contract_id: int | None) -> list[str]:
    if contract_id is None:
        return []
    facts = work.contracts.get(contract_id).facts
    return [facts.number, facts.title]


def _runs(texts: Iterable[str]) -> tuple[str, ...]:
    """The folded texts, each once, without those of which nothing is left."""
    return tuple(dict.fromkeys(run for run in map(folded, texts) if run))
