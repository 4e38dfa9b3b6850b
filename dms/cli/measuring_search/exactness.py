"""Stretches of the texts and trees of conditions, against a look at every paper: none missed, none too many."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from random import Random

from dms.archive import Archive
from dms.cli.measuring_search.asking import found_ids, total_told
from dms.cli.measuring_search.brute_force import Query, Record, Words, item_id, papers_with, records_of
from dms.cli.measuring_search.corpus import Corpus
from dms.cli.measuring_search.drawing import QueryDrawer, means_something, quoted, substring_of, typed
from dms.cli.measuring_search.filling import founded_for, index_papers, lay_papers
from dms.cli.measuring_search.plan import Plan
from dms.cli.measuring_search.table import AtMost, Figure

PAGES = 20_000
SUBSTRINGS = 2_000
TREES = 500
PART = "exactness"
SHOWN_MISTAKES = 5


@dataclass(slots=True)
class Comparison:
    """What came of comparing some queries."""

    asked: int = 0
    missed: int = 0
    """Papers that should have been found, over all queries."""
    extra: int = 0
    wrong_totals: int = 0
    """Queries whose told total is not the number of papers that hold it."""
    own_missed: int = 0
    """Stretches that do not find the very paper from which they were drawn, whatever the brute force says."""
    mistakes: list[str] = field(default_factory=list)
    """The first queries that went wrong, as they were typed."""

    def compare(self, archive: Archive, text: str, wanted: frozenset[str]) -> frozenset[str]:
        """Ask and count; what was found."""
        found = found_ids(archive, text)
        self.asked += 1
        self.missed += len(wanted - found)
        self.extra += len(found - wanted)
        self.wrong_totals += total_told(archive, text) != len(wanted)
        if found != wanted:
            self._note(f"{text!r}: -{len(wanted - found)} +{len(found - wanted)}")
        return found

    def expect(self, own: str, found: frozenset[str], text: str) -> None:
        """Count where a stretch did not find the paper from which it was drawn."""
        if own not in found:
            self.own_missed += 1
            self._note(f"{text!r}: its own paper {own}")

    def _note(self, mistake: str) -> None:
        if len(self.mistakes) < SHOWN_MISTAKES:
            self.mistakes.append(mistake)


def measure_exactness(plan: Plan) -> Iterator[Figure]:
    """The figures of this part."""
    corpus = Corpus(plan.seed, plan.pages_up_to(PAGES))
    with founded_for(corpus) as filled:
        records = records_of(corpus, corpus.papers())
        lay_papers(filled, corpus.papers())
        index_papers(filled)
        plan.say(f"{len(records)} papers laid and indexed; comparing")
        substrings = compare_substrings(corpus, filled.archive, records, plan.queries_up_to(SUBSTRINGS))
        trees = compare_trees(filled.archive, records, plan.queries_up_to(TREES), plan.seed)
    yield Figure(part=PART, name="pages", value=corpus.pages_total)
    yield from _told("substrings", substrings)
    yield Figure(part=PART, name="substrings, own paper missed", value=substrings.own_missed, aim=AtMost(0))
    yield from _told("AND OR NOT NEAR * ?", trees)


def compare_substrings(corpus: Corpus, archive: Archive, records: Sequence[Record], count: int) -> Comparison:
    """Compare so many random stretches of 1 to 30 characters."""
    chance, done = Random(corpus.seed), Comparison()  # noqa: S311 -- what is drawn need not surprise anyone
    while done.asked < count:
        number = chance.randrange(len(records))
        paper = corpus.paper(number, most_pages=_pages_of(corpus, records, number))
        text = substring_of(paper, chance)
        if means_something(text):
            found = done.compare(archive, quoted(text), papers_with(Words(text), records))
            done.expect(item_id(number), found, text)
    return done


def compare_trees(archive: Archive, records: Sequence[Record], count: int, seed: int) -> Comparison:
    """Compare so many random trees of conditions."""
    drawer, done = QueryDrawer(records, Random(seed)), Comparison()  # noqa: S311 -- see above
    for _ in range(count):
        query: Query = drawer.draw()
        done.compare(archive, typed(query), papers_with(query, records))
    return done


def _pages_of(corpus: Corpus, records: Sequence[Record], number: int) -> int:
    """All of them, but for the last paper, which is cut where the corpus is full."""
    if number < len(records) - 1:
        return corpus.pages_total
    return corpus.pages_total - sum(len(corpus.paper(before).pages) for before in range(number))


def _told(what: str, done: Comparison) -> Iterator[Figure]:
    yield Figure(part=PART, name=f"{what}, asked", value=done.asked)
    yield Figure(part=PART, name=f"{what}, papers missed", value=done.missed, aim=AtMost(0))
    yield Figure(part=PART, name=f"{what}, papers too many", value=done.extra, aim=AtMost(0))
    yield Figure(part=PART, name=f"{what}, wrong totals", value=done.wrong_totals, aim=AtMost(0))
    for number, mistake in enumerate(done.mistakes, start=1):
        yield Figure(part=PART, name=f"{what}, mistake {number}", value=mistake)
