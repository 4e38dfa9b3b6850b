"""Searching without learning identity numbers: whoever may not read them does not find papers by them either (I5).

What always holds:
- What a query looks for on a page, a phrase, a chain, an amount or a day, counts only where it stands in the text as
  the asker may read it, in which every masked character is one that nothing matches.
- What stands in title, customer or contract, or elsewhere on the pages, is found as for anybody else.
- What is looked at is bounded: of the papers that everything else in the query and the chosen filters leave, the
  `MOST_LOOKED_AT` latest.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from dms.archive import sees_personal_data
from dms.domain.actor import Actor
from dms.domain.criterion import (
    AllOf,
    AnyOf,
    AtLeast,
    Chain,
    Criterion,
    Fact,
    FactRange,
    Mention,
    Not,
    Phrase,
    TextPart,
    Wanted,
)
from dms.domain.item import Page
from dms.domain.personal_data import hidden_places, identity_numbers
from dms.domain.proposal import Place
from dms.search.marking import MarkedText, blotted, stands_on_pages
from dms.store import FoundOrder, Inquiry, UnitOfWork

MOST_LOOKED_AT = 1000


def without_hidden(
    view: UnitOfWork, actor: Actor, criterion: Criterion, *, beside: Iterable[Criterion] = ()
) -> Criterion:
    """The criterion, which no longer fits papers that it would fit through masked characters alone.

    `beside` are the filters that hold besides; what they leave out is not looked at.
    """
    if sees_personal_data(actor):
        return criterion
    return _Hiding(view, actor).told(criterion, tuple(beside))


def is_open(actor: Actor, pages: Sequence[Page], place: Place) -> bool:
    """Whether the actor may be shown that what he looks for stands here: not on masked characters."""
    if sees_personal_data(actor):
        return True
    text = next(page.text for page in pages if page.number == place.page)
    hidden = frozenset(place for number in identity_numbers(text) for place in hidden_places(text, number))
    return hidden.isdisjoint(range(place.start, place.end))


@dataclass(frozen=True, slots=True)
class _Hiding:
    """What somebody may not read, in one transaction."""

    view: UnitOfWork
    actor: Actor

    def told(self, criterion: Criterion, beside: tuple[Criterion, ...]) -> Criterion:
        """The criterion without what only masked characters make fit; `beside` holds for every paper of the answer."""
        match criterion:
            case Phrase() | Chain() | Mention() if _may_fit_hidden(criterion):
                return _but_for(criterion, tuple(self._found_by_hidden(criterion, beside)))
            case Not(part):
                return Not(self.told(part, beside))
            case AllOf(parts):
                others = (tuple(other for other in parts if other is not part) for part in parts)
                scopes = ((*beside, *filter(_only_widens, rest)) for rest in others)
                return AllOf(tuple(self.told(part, scope) for part, scope in zip(parts, scopes, strict=True)))
            case AnyOf(parts):
                return AnyOf(tuple(self.told(part, beside) for part in parts))
            case AtLeast(count, parts):
                return AtLeast(count, tuple(self.told(part, beside) for part in parts))
            case _:
                return criterion

    def _found_by_hidden(self, one: Wanted, beside: tuple[Criterion, ...]) -> Iterator[int]:
        """The keys of the papers on whose pages what is looked for needs masked characters."""
        found = self.view.fulltext.find(
            Inquiry(
                criterion=AllOf((one, *beside)),
                chosen={},
                actor=self.actor,
                order=FoundOrder.ARRIVAL,
                limit=MOST_LOOKED_AT,
                offset=0,
                facets=False,
            )
        )
        texts = self.view.fulltext.page_texts(found.ranks)
        corrections = self.view.contents.corrections_of_all(found.ranks)
        for key in found.ranks:
            if not _stands_in_the_open(texts.get(key, ()), corrections.get(key, {}), one):
                yield key


def _may_fit_hidden(one: Wanted) -> bool:
    """Whether it can match a character of an identity number, with those for which its digits are misread."""
    if isinstance(one, Mention):
        return True
    if not stands_on_pages(one):
        return False
    texts = [one.folded] if isinstance(one, Phrase) else [text for link in one.links for text in link]
    return any(
        character.isnumeric() or (character.isascii() and character.isalpha()) for text in texts for character in text
    )


def _but_for(one: Wanted, barred: Sequence[int]) -> Criterion:
    """What is looked for, in the barred papers outside of the pages only."""
    if not barred:
        return one
    on_pages = AllOf((one, *(Not(FactRange(Fact.ITEM, key, key)) for key in barred)))
    if isinstance(one, Mention) or one.part is not TextPart.ANYWHERE:
        return on_pages
    return AnyOf((on_pages, replace(one, part=TextPart.FACTS)))


def _only_widens(criterion: Criterion) -> bool:
    """Whether it fits no fewer papers than what is told of it, so that it may narrow what is looked at."""
    match criterion:
        case Not():
            return False
        case AllOf(parts) | AnyOf(parts) | AtLeast(_, parts):
            return all(map(_only_widens, parts))
        case _:
            return True


def _stands_in_the_open(pages: Sequence[tuple[int, str]], changed: Mapping[int, str], one: Wanted) -> bool:
    """Whether it stands in either text without its masked characters; true where none is masked."""
    as_read = [text for _, text in pages]
    as_corrected = [changed.get(number, text) for number, text in pages]
    kinds = [as_read, as_corrected] if changed else [as_read]
    shown = [[blotted(text) for text in texts] for texts in kinds]
    return shown == kinds or any(MarkedText(texts, [one]).pages for texts in shown)
