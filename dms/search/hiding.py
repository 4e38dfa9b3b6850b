"""Searching without learning identity numbers: whoever may not read them does not find papers by them either (I5).

What always holds:
- A paper in which digits of a query stand in identity numbers alone is not found by that query, not even counted.
- Where they stand elsewhere on it too, or a word is looked for besides, it is found as any other.
- What is looked at is bounded: digits that stand in more than `MOST_LOOKED_AT` papers tell nobody apart.
"""

from collections.abc import Iterable, Iterator, Sequence
from itertools import chain

from dms.archive import sees_personal_data
from dms.domain.actor import Actor
from dms.domain.criterion import AllOf, AnyOf, AtLeast, Chain, Criterion, Fact, FactRange, Not, Phrase, Wanted
from dms.domain.item import Page
from dms.domain.personal_data import hidden_places, identity_numbers
from dms.domain.proposal import Place
from dms.search.marking import MarkedText, stands_on_pages
from dms.store import FoundOrder, Inquiry, UnitOfWork

FEWEST_DIGITS = 6
"""In a text that is looked for; fewer are a year or a page, and stand in every other paper."""
FEWEST_IN_A_PIECE = 2
"""Where several are looked for together, as when a number is typed with blanks in it."""
MOST_LOOKED_AT = 400


def without_hidden(view: UnitOfWork, actor: Actor, criterion: Criterion) -> Criterion:
    """The criterion, which no longer fits papers that it would fit through masked digits alone."""
    if sees_personal_data(actor):
        return criterion
    return _without_hidden(view, actor, criterion)


def is_open(actor: Actor, pages: Sequence[Page], place: Place) -> bool:
    """Whether the actor may be shown that what he looks for stands here: not on masked characters."""
    if sees_personal_data(actor):
        return True
    text = next(page.text for page in pages if page.number == place.page)
    return _hidden_in(text).isdisjoint(range(place.start, place.end))


def _without_hidden(view: UnitOfWork, actor: Actor, criterion: Criterion) -> Criterion:
    match criterion:
        case Phrase() | Chain() if _digits_in(criterion) >= FEWEST_DIGITS:
            barred = _found_by_hidden(view, actor, criterion)
            return AllOf((criterion, *(Not(FactRange(Fact.ITEM, key, key)) for key in barred)))
        case Not(part):
            return Not(_without_hidden(view, actor, part))
        case AllOf(parts):
            told = tuple(_without_hidden(view, actor, part) for part in parts)
            barred = _found_by_pieces(view, actor, criterion)
            return AllOf((*told, *(Not(FactRange(Fact.ITEM, key, key)) for key in barred)))
        case AnyOf(parts):
            return AnyOf(tuple(_without_hidden(view, actor, part) for part in parts))
        case AtLeast(count, parts):
            return AtLeast(count, tuple(_without_hidden(view, actor, part) for part in parts))
        case _:
            return criterion


def _digits_in(one: Phrase | Chain) -> int:
    texts: Iterable[str] = [one.folded] if isinstance(one, Phrase) else (max(link, key=len) for link in one.links)
    return sum(character.isdigit() for text in texts for character in text)


def _found_by_pieces(view: UnitOfWork, actor: Actor, together: AllOf) -> Iterator[int]:
    """The keys of the papers found by a number typed in pieces, one of which stands in identity numbers alone."""
    pieces = [part for part in together.parts if isinstance(part, Phrase | Chain)]
    short = [part for part in pieces if FEWEST_IN_A_PIECE <= _digits_in(part) < FEWEST_DIGITS]
    if sum(map(_digits_in, short)) >= FEWEST_DIGITS:
        yield from dict.fromkeys(
            key for piece in short for key in _found_by_hidden(view, actor, piece, within=together)
        )


def _found_by_hidden(view: UnitOfWork, actor: Actor, one: Wanted, *, within: Criterion | None = None) -> Iterator[int]:
    """The keys of the papers in which what is looked for stands in identity numbers alone; `within` narrows them."""
    inquiry = Inquiry(
        criterion=within or one,
        chosen={},
        actor=actor,
        order=FoundOrder.ARRIVAL,
        limit=MOST_LOOKED_AT,
        offset=0,
        facets=False,
    )
    found = view.fulltext.find(inquiry)
    texts = view.fulltext.page_texts(found.ranks)
    corrections = view.contents.corrections_of_all(found.ranks)
    for key in found.ranks:
        pages = [text for _, text in texts.get(key, ())]
        changed = corrections.get(key, {})
        present = [changed.get(number, text) for number, text in texts.get(key, ())]
        if any(map(identity_numbers, chain(pages, present))) and not _stands_in_the_open(pages, present, one):
            yield key


def _stands_in_the_open(pages: Sequence[str], present: Sequence[str], one: Wanted) -> bool:
    return stands_on_pages(one) and any(
        _is_open(texts, one) for texts in ([pages] if pages == present else [pages, present])
    )


def _is_open(texts: Sequence[str], one: Wanted) -> bool:
    marked = MarkedText(texts, [one])
    hidden = [_hidden_in(text) for text in texts]
    return any(
        hidden[mark.page].isdisjoint(range(mark.start, mark.end))
        for page in marked.pages
        for mark in marked.on_page(page)
    )


def _hidden_in(text: str) -> frozenset[int]:
    return frozenset(place for number in identity_numbers(text) for place in hidden_places(text, number))
