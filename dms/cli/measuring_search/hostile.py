"""Strings that nobody types by mistake, put into the search page: no error page, and none that takes long."""

import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from random import Random

from dms.cli.measuring_search.browsing import Browser
from dms.cli.measuring_search.corpus import Corpus
from dms.cli.measuring_search.drawing import COMMON_WORDS, substring_of
from dms.cli.measuring_search.filling import FilledArchive, founded_for, index_papers, lay_papers
from dms.cli.measuring_search.plan import Plan
from dms.cli.measuring_search.table import AtMost, Figure
from dms.cli.measuring_search.words import WORDS
from dms.search import SearchRequest

PART = "hostile"
PAGES = 20_000
STRINGS = 10_000
SLOWEST_S = 2.0
SHOWN_MISTAKES = 5
FINE = 200

_SIGNS = "\"'“”()（）[]{}<>*?~:：/\\|&!^+-=%#@$`;,.·…—　\t\n\r\x00\x1b\ufeff\u200b\u202e\ud800\udfff"
_WORDS = WORDS["hostile_words"]


@dataclass(slots=True)
class Endurance:
    """What came of the strings."""

    asked: int = 0
    errors: int = 0
    worst_s: float = 0.0
    mistakes: list[str] = field(default_factory=list)
    """The first strings with an error page or past the time, with what happened."""

    def note(self, text: str, status: int, elapsed_s: float) -> None:
        """Count one string."""
        self.asked += 1
        self.errors += status != FINE
        self.worst_s = max(self.worst_s, elapsed_s)
        if (status != FINE or elapsed_s > SLOWEST_S) and len(self.mistakes) < SHOWN_MISTAKES:
            self.mistakes.append(f"{status} {elapsed_s:.2f} s {text[:80]!a} ({len(text)} characters)")


def measure_hostile(plan: Plan) -> Iterator[Figure]:
    """The figures of this part, over an archive of its own."""
    corpus = Corpus(plan.seed, plan.pages_up_to(PAGES))
    with founded_for(corpus) as filled:
        lay_papers(filled, corpus.papers())
        index_papers(filled)
        plan.say(f"{corpus.pages_total} pages laid and indexed; asking")
        endured = endure(filled, plan.queries_up_to(STRINGS))
    yield Figure(part=PART, name="pages", value=corpus.pages_total)
    yield from told(PART, endured)


def endure(filled: FilledArchive, count: int) -> Endurance:
    """Put so many strings into the search page, every third one with tolerance."""
    chance, done = Random(filled.corpus.seed), Endurance()  # noqa: S311 -- what is drawn need not surprise anyone
    browser = Browser(filled.archive, filled.secrets)
    for number in range(count):
        text = hostile_string(filled.corpus, chance)
        began = time.perf_counter()
        status = browser.search(SearchRequest(query=text, tolerant=number % 3 == 0))
        done.note(text, status, time.perf_counter() - began)
    return done


def hostile_string(corpus: Corpus, chance: Random) -> str:
    """A string of one of the kinds that break searches."""
    kinds: tuple[Callable[[], str], ...] = (
        lambda: "".join(chance.choices(_SIGNS, k=chance.randint(1, 40))),
        lambda: " ".join(chance.choices([*_WORDS, *COMMON_WORDS], k=chance.randint(1, 30))),
        lambda: "".join(chance.choices([*_SIGNS, *_WORDS, *COMMON_WORDS, " "], k=chance.randint(1, 60))),
        lambda: "".join(chr(chance.randrange(0x110000)) for _ in range(chance.randint(1, 50))),
        lambda: "(" * chance.randint(1, 500) + chance.choice(COMMON_WORDS) + ")" * chance.randint(0, 500),
        lambda: chance.choice('的合一*?~"( ') * chance.randint(1, 2000),
        lambda: substring_of(corpus.paper(chance.randrange(corpus.items_expected)), chance, longest=900),
        lambda: f" {chance.choice(('OR', 'AND', 'NEAR/1000', 'NOT', '*'))} ".join(
            chance.choices(COMMON_WORDS, k=chance.randint(2, 90))
        ),
        lambda: "*".join(chance.choices("的一有合同甲乙方约定付", k=chance.randint(2, 60))),
        lambda: "?".join(chance.choices("的一有合同甲乙方约定付", k=chance.randint(2, 60))),
        lambda: " ".join(f"{word}~" for word in chance.choices(COMMON_WORDS, k=chance.randint(1, 30))),
    )
    return chance.choice(kinds)()


def told(part: str, endured: Endurance) -> Iterator[Figure]:
    """What came of the strings as figures."""
    yield Figure(part=part, name="strings put into the search page", value=endured.asked)
    yield Figure(part=part, name="error pages", value=endured.errors, aim=AtMost(0))
    yield Figure(part=part, name="slowest", value=round(endured.worst_s, 3), unit="s", aim=AtMost(SLOWEST_S))
    for number, mistake in enumerate(endured.mistakes, start=1):
        yield Figure(part=part, name=f"mistake {number}", value=mistake)
