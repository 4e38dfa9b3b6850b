"""The classes of queries that are timed, each drawn from the corpus: no query is asked twice."""

import re
from collections.abc import Callable, Hashable, Iterator, Mapping
from dataclasses import dataclass
from itertools import islice
from random import Random
from typing import TypeVar

from dms.cli.measuring_search import clauses
from dms.cli.measuring_search.corpus import Corpus, Paper
from dms.cli.measuring_search.drawing import COMMON_WORDS, quoted, word
from dms.cli.measuring_search.folding import plain_pages
from dms.cli.measuring_search.vocabulary import CITIES, MATERIALS, PRODUCTS

BEFORE_RARE = "备注"
RARE_CHARACTERS = 6
SHORTEST_COMMON_PHRASE = 5
MOST_TRIES = 200
Drawn = TypeVar("Drawn", bound=Hashable)
_LITERAL = re.compile(r"[一-鿿]+")


@dataclass(frozen=True, slots=True, kw_only=True)
class TextQuery:
    """A query for runs of text that must all be there, for engines that do not know our language."""

    phrases: tuple[str, ...]


class ClassDrawer:
    """Draws the queries of every class."""

    def __init__(self, corpus: Corpus, seed: int) -> None:
        self._corpus, self._chance = corpus, Random(seed)  # noqa: S311 -- what is drawn need not surprise anyone

    def text_classes(self, count: int) -> Mapping[str, list[TextQuery]]:
        """Up to `count` different queries of each class that asks for text alone."""
        return {
            "rare phrase": self._different(lambda: (self._rare(),), count),
            "common phrase": [TextQuery(phrases=(phrase,)) for phrase in self._shuffled(common_phrases())[:count]],
            "common single word": [TextQuery(phrases=(one,)) for one in common_words()[:count]],
            "two common words": self._different(self._two_words, count),
            "one character": self._different(lambda: (self._character(),), count),
        }

    def classes(self, count: int) -> Mapping[str, list[str]]:
        """Up to `count` different queries of every class, as they are typed."""
        texts = {name: list(map(typed_text, queries)) for name, queries in self.text_classes(count).items()}
        return texts | {
            "amount range": self._different_texts(self._amounts, count),
            "NEAR": self._different_texts(self._near, count),
            "NOT": self._different_texts(self._not, count),
        }

    def customer_and_year(self) -> tuple[str, int]:
        """The customer and the year of a paper drawn at random."""
        while True:
            paper = self._paper()
            if paper.customer is not None:
                return self._corpus.customers[paper.customer].code, paper.year

    def _different(self, draw: Callable[[], tuple[str, ...]], count: int) -> list[TextQuery]:
        return [TextQuery(phrases=phrases) for phrases in islice(_each_once(draw), count)]

    def _different_texts(self, draw: Callable[[], str], count: int) -> list[str]:
        return list(islice(_each_once(draw), count))

    def _shuffled(self, words: list[str]) -> list[str]:
        return self._chance.sample(words, len(words))

    def _paper(self) -> Paper:
        return self._corpus.paper(self._chance.randrange(max(1, self._corpus.items_expected * 9 // 10)))

    def _rare(self) -> str:
        for _ in range(MOST_TRIES):
            body = plain_pages(self._paper().pages)
            place = body.find(BEFORE_RARE, self._chance.randrange(len(body)))
            start = place + len(BEFORE_RARE)
            if place >= 0 and start + RARE_CHARACTERS <= len(body):
                return body[start : start + RARE_CHARACTERS]
        return BEFORE_RARE

    def _two_words(self) -> tuple[str, ...]:
        return tuple(self._chance.sample(COMMON_WORDS, 2))

    def _character(self) -> str:
        return self._chance.choice(plain_pages(self._paper().pages))

    def _amounts(self) -> str:
        low = self._chance.choice((1, 10, 100)) * self._chance.randrange(1000, 10_000)
        return f"金额:{low}..{int(low * self._chance.choice((1.01, 1.1, 2, 10)))}"

    def _near(self) -> str:
        left, right = self._chance.sample(COMMON_WORDS, 2)
        sign = self._chance.choice(("NEAR", "BEFORE"))
        return f"{word(left)} {sign}/{self._chance.choice((5, 10, 20, 50))} {word(right)}"

    def _not(self) -> str:
        kept, removed = self._chance.sample(COMMON_WORDS, 2)
        return f"{word(kept)} NOT {word(removed)}"


def typed_text(query: TextQuery) -> str:
    """A query for text as a person types it."""
    return " ".join(map(quoted, query.phrases))


def common_phrases() -> list[str]:
    """What stands between the fill-ins of the clauses of every paper, each once."""
    written = clauses.clauses(clauses.EVERYWHERE)
    plain_runs = (run for clause in written for run in _LITERAL.findall(re.sub(r"\{\w+\}", "，", clause)))
    return list(dict.fromkeys(run for run in plain_runs if len(run) >= SHORTEST_COMMON_PHRASE))


def common_words() -> list[str]:
    """Words that stand in very many papers, those of most papers first."""
    return list(dict.fromkeys((*COMMON_WORDS, *PRODUCTS, *CITIES, *MATERIALS)))


def _each_once(draw: Callable[[], Drawn]) -> Iterator[Drawn]:
    """What is drawn, each once, until nothing new comes for long."""
    seen: set[Drawn] = set()
    tries = 0
    while tries < MOST_TRIES:
        drawn = draw()
        tries = tries + 1 if drawn in seen else 0
        if drawn not in seen:
            seen.add(drawn)
            yield drawn
