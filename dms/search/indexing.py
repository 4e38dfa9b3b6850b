"""Bringing items into the index and out of it; the index holds hints only and can be made anew at any time."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass

from dms.archive import Archive, settle_index
from dms.domain.criterion import MentionKind
from dms.domain.customer import CustomerFacts
from dms.domain.item import READABLE_STATES
from dms.search.analysis import fold_pages, folded
from dms.search.mentioning import mentions, mentions_across
from dms.store import SEGMENT_DOCUMENTS, SEGMENT_UNITS, IndexedText, IndexSource, IndexState, NewSegment, UnitOfWork

ITEMS_AT_ONCE = 200
"""Items that are read in one transaction while the index is made anew."""


def index_item(work: UnitOfWork, item_key: int) -> None:
    """Write the index row of an item from its pages and facts, in the caller's transaction; safe to repeat.

    To be called wherever page texts, their corrections, title, customer, contract or the state of an item change; an
    item whose state is not readable is taken out.
    """
    if work.items.get(item_key).state not in READABLE_STATES:
        work.fulltext.drop(item_key)
        return
    for key, text in _indexed_texts(work, [item_key]):
        work.fulltext.put(key, text)


def unindex_item(work: UnitOfWork, item_key: int) -> None:
    """Take an item out of the index, in the caller's transaction; safe to repeat."""
    work.fulltext.drop(item_key)


def rebuild_index(
    archive: Archive,
    *,
    progress: Callable[[int, int], None] = lambda done, total: None,
    should_stop: Callable[[], bool] = lambda: False,
) -> int:
    """Make the whole index anew beside the present one, which answers until the new one takes its place.

    Cut off or told to stop, it goes on from there when it is called again. `progress(done, total)` counts items; how
    many there are is returned.
    """
    with archive.begin() as work:
        state = work.index_upkeep.begin_building()
        left = work.index_upkeep.left_to_build(state)
    total = state.built + len(left)
    while state.building is not None:
        if left:
            state, left = _with_one_more(archive, state, left)
            progress(total - len(left), total)
        else:
            state, left = _finished(archive, state)
        if should_stop():
            return total
    while settle_index(archive):
        pass
    archive.store.sweep_index()
    return total


def _with_one_more(archive: Archive, state: IndexState, left: list[int]) -> tuple[IndexState, list[int]]:
    """How far the new index is with a segment of the first of these items, and what is left then."""
    new = _segment_of(archive, left)
    with archive.begin() as work:
        is_ours = work.index_upkeep.add_built(state, new)
        state = work.index_upkeep.state()
        # Where it is not, somebody else makes it too and has come further, or a paper in it was destroyed.
        return state, left[len(new.packed) :] if is_ours else work.index_upkeep.left_to_build(state)


def _finished(archive: Archive, state: IndexState) -> tuple[IndexState, list[int]]:
    """Let the new index take its place; what is left where it is not whole yet."""
    with archive.begin() as work:
        work.index_upkeep.finish_building(state, work.fulltext.readable_keys())
        state = work.index_upkeep.state()
        return state, work.index_upkeep.left_to_build(state) if state.building is not None else []


def _segment_of(archive: Archive, keys: Sequence[int]) -> NewSegment:
    """A segment of the first of these items, as many as fit into one."""
    packed: list[tuple[int, bytes]] = []
    units = 0
    for key, text in _packed_texts(archive, keys):
        units += len(text) // 2
        if packed and (units > SEGMENT_UNITS or len(packed) == SEGMENT_DOCUMENTS):
            break
        packed.append((key, text))
    return archive.store.new_segment(packed)


def _packed_texts(archive: Archive, keys: Sequence[int]) -> Iterator[tuple[int, bytes]]:
    for start in range(0, len(keys), ITEMS_AT_ONCE):
        together = keys[start : start + ITEMS_AT_ONCE]
        with archive.looking() as view:
            texts = {key: text.packed() for key, text in _indexed_texts(view, together)}
        yield from ((key, texts[key]) for key in together)


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
    complete: bool
    """Whether it is said to hold everything; not from the moment it was thrown away until it is made anew."""

    @property
    def agrees(self) -> bool:
        """Whether nothing has to be rebuilt."""
        return self.sound and not self.missing and not self.surplus


def check_index(archive: Archive) -> IndexAgreement:
    """Whether every readable item, and nothing else, is in an undamaged index; `rebuild_index` heals what is not."""
    with archive.looking() as view:
        wanted, present = set(view.fulltext.readable_keys()), view.fulltext.keys()
        return IndexAgreement(
            items=len(wanted),
            missing=len(wanted - present),
            surplus=len(present - wanted),
            sound=view.fulltext.is_sound(),
            complete=view.fulltext.is_complete(),
        )


def _indexed_texts(view: UnitOfWork, keys: Sequence[int]) -> Iterator[tuple[int, IndexedText]]:
    """What the index is to hold of some readable items, by ascending key."""
    customers: dict[int | None, tuple[str, ...]] = {None: ()}
    contracts: dict[int | None, tuple[str, ...]] = {None: ()}
    for source in view.contents.index_sources(keys):
        if source.customer_id not in customers:
            customers[source.customer_id] = _runs(_customer_texts(view, source.customer_id))
        if source.contract_id not in contracts:
            contracts[source.contract_id] = _runs(_contract_texts(view, source.contract_id))
        contract = dict.fromkeys([*_runs([source.claimed_contract_no]), *contracts[source.contract_id]])
        yield source.item_key, _indexed_text(source, customers[source.customer_id], tuple(contract))


def _indexed_text(source: IndexSource, customer: tuple[str, ...], contract: tuple[str, ...]) -> IndexedText:
    read = [text for _, text in source.pages]
    corrections = source.corrections
    corrected = [corrections.get(number, text) for number, text in source.pages] if corrections else []
    named = _named(read) | (_named(corrected) if corrections else set())
    return IndexedText(
        body=fold_pages(read).text,
        title=_runs([source.title, source.original_filename]),
        customer=customer,
        contract=contract,
        corrected=fold_pages(corrected).text,
        amounts=tuple(low for kind, low, _ in named if kind is MentionKind.AMOUNT),
        days=tuple((low, high) for kind, low, high in named if kind is MentionKind.DAY),
    )


def _named(pages: Sequence[str]) -> set[tuple[MentionKind, int, int]]:
    """Kind and bounds of every value that the pages of an item name, on them and across their ends, each once."""
    named = {(one.kind, one.low, one.high) for page in pages for one in mentions(page)}
    return named | {(one.kind, one.low, one.high) for one in mentions_across(pages)}


def _customer_texts(work: UnitOfWork, customer_id: int | None) -> list[str]:
    if customer_id is None:
        return []
    customer = work.customers.get(customer_id)
    # Papers of a customer that was merged are found under both.
    known = (customer.facts, work.customers.heir(customer).facts) if customer.merged_into_id else (customer.facts,)
    return [text for facts in known for text in (facts.code, facts.name, *_other_names(facts))]


def _other_names(facts: CustomerFacts) -> list[str]:
    return [*(former.name for former in facts.former_names), facts.uscc or ""]


def _contract_texts(work: UnitOfWork, contract_id: int | None) -> list[str]:
    if contract_id is None:
        return []
    facts = work.contracts.get(contract_id).facts
    return [facts.number, facts.title]


def _runs(texts: Iterable[str]) -> tuple[str, ...]:
    """The folded texts, each once, without those of which nothing is left."""
    return tuple(dict.fromkeys(run for run in map(folded, texts) if run))
