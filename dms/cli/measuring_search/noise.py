"""What OCR misread: phrases of the clean text, looked for in an archive whose texts bear wrong characters.

Of the wrong characters, 40 % are look-alikes (half of them from the table by which the search is tolerant, half from
another, and where that knows nothing, any character), 30 % any character, 15 % are left out and 15 % are put in.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from random import Random

from dms.archive import Archive
from dms.cli.measuring_search.asking import first_ids, found_ids
from dms.cli.measuring_search.brute_force import Record, Words, item_id, papers_with, records_of
from dms.cli.measuring_search.corpus import Corpus, Paper
from dms.cli.measuring_search.drawing import quoted
from dms.cli.measuring_search.filling import founded_for, index_papers, lay_papers
from dms.cli.measuring_search.plan import Plan
from dms.cli.measuring_search.table import AtLeast, Figure
from dms.cli.measuring_search.vocabulary import RARE
from dms.cli.measuring_search.words import WORDS
from dms.domain.likeness import ALIKE

PART = "noise"
PAGES = 5_000
PHRASES = 1_000
SHORTEST, LONGEST = 4, 12
FIRST_HITS = 10
SHARES: Mapping[float, float | None] = {0.01: None, 0.03: 0.98, 0.05: 0.95, 0.10: None}
"""Share of wrong characters to the share of phrases that tolerance is to find; None where none was demanded."""

_TABLE_LOOK_ALIKE, _OTHER_LOOK_ALIKE, _ANY, _LEFT_OUT = 0.20, 0.40, 0.70, 0.85
"""Up to which each kind of mistake reaches, out of 1; the rest are characters put in."""
_OTHER_CLASSES = WORDS["other_look_alikes"]
"""Characters that a person would confuse; written down for this measurement, not taken from the product."""
_OTHERS = {character: one.replace(character, "") for one in _OTHER_CLASSES for character in one}


class Misreader:
    """Copies texts as a poor reader would."""

    def __init__(self, share: float, chance: Random) -> None:
        self._share, self._chance = share, chance

    def read(self, text: str) -> str:
        """The text with about so many of its characters wrong; white space is left as it is."""
        chance = self._chance
        places = [place for place, character in enumerate(text) if not character.isspace()]
        wrong = sum(chance.random() < self._share for _ in places)
        in_table = [place for place in places if text[place] in ALIKE]
        read = list(text)
        for _ in range(wrong):
            kind = chance.random()
            if kind < _TABLE_LOOK_ALIKE and in_table:
                place = chance.choice(in_table)
                read[place] = self._another(ALIKE[text[place]], text[place])
            else:
                place = chance.choice(places)
                read[place] = self._misread(text[place], kind)
        return "".join(read)

    def _misread(self, character: str, kind: float) -> str:
        if kind < _OTHER_LOOK_ALIKE:
            return self._chance.choice(_OTHERS.get(character, RARE))
        if kind < _ANY:
            return self._another(RARE, character)
        return "" if kind < _LEFT_OUT else character + self._chance.choice(RARE)

    def _another(self, characters: str, than: str) -> str:
        drawn = than
        while drawn == than:
            drawn = self._chance.choice(characters)
        return drawn


@dataclass(frozen=True, slots=True, kw_only=True)
class Sought:
    """A phrase of the clean texts, the paper from which it was drawn, and all papers in which it stands."""

    phrase: str
    own: str
    holders: frozenset[str]


@dataclass(slots=True)
class Finding:
    """What one way of asking brought over all phrases."""

    own_found: int = 0
    """Phrases that found the paper from which they were drawn."""
    held: int = 0
    held_found: int = 0
    """Of the papers that hold the phrase in truth, over all phrases, those that were found."""
    first_shown: int = 0
    first_right: int = 0
    """Of the first ten papers shown, those that hold the phrase in truth."""

    def ask(self, archive: Archive, sought: Sought, *, tolerant: bool) -> None:
        """Ask for one phrase and count."""
        found = found_ids(archive, quoted(sought.phrase), tolerant=tolerant)
        first = first_ids(archive, quoted(sought.phrase), tolerant=tolerant, limit=FIRST_HITS)
        self.own_found += sought.own in found
        self.held += len(sought.holders)
        self.held_found += len(sought.holders & found)
        self.first_shown += len(first)
        self.first_right += sum(one in sought.holders for one in first)


def measure_noise(plan: Plan) -> Iterator[Figure]:
    """The figures of this part, one archive for each share of wrong characters."""
    corpus = Corpus(plan.seed, plan.pages_up_to(PAGES))
    records = records_of(corpus, corpus.papers())
    phrases = draw_phrases(records, plan.queries_up_to(PHRASES), Random(plan.seed))  # noqa: S311 -- no secret
    yield Figure(part=PART, name="pages", value=corpus.pages_total)
    yield Figure(part=PART, name="phrases", value=len(phrases))
    for share, wanted in SHARES.items():
        plan.say(f"texts with {share:.0%} of their characters wrong")
        yield from _measured(corpus, phrases, share, wanted)


def draw_phrases(records: Sequence[Record], count: int, chance: Random) -> list[Sought]:
    """So many phrases of 4 to 12 characters as they are compared, each from a place drawn at random."""
    return [_drawn(records, chance) for _ in range(count)]


def misread_papers(corpus: Corpus, share: float) -> Iterator[Paper]:
    """The papers of the corpus with about so many characters of their pages wrong."""
    reader = Misreader(share, Random(f"{corpus.seed} {share}"))  # noqa: S311 -- no secret
    for paper in corpus.papers():
        yield replace(paper, pages=tuple(map(reader.read, paper.pages)))


def _drawn(records: Sequence[Record], chance: Random) -> Sought:
    number, length = chance.randrange(len(records)), chance.randint(SHORTEST, LONGEST)
    body = records[number].body
    start = chance.randrange(max(1, len(body) - length))
    phrase = body[start : start + length].strip(".")
    return Sought(phrase=phrase, own=item_id(number), holders=papers_with(Words(phrase), records))


def _measured(corpus: Corpus, phrases: Sequence[Sought], share: float, wanted: float | None) -> Iterator[Figure]:
    exact, tolerant = Finding(), Finding()
    with founded_for(corpus) as filled:
        lay_papers(filled, misread_papers(corpus, share))
        index_papers(filled)
        for sought in phrases:
            exact.ask(filled.archive, sought, tolerant=False)
            tolerant.ask(filled.archive, sought, tolerant=True)
    name = f"{share:.0%} wrong"
    yield from _told(f"{name}, exactly", exact, len(phrases), None)
    yield from _told(f"{name}, with tolerance", tolerant, len(phrases), wanted)


def _told(name: str, finding: Finding, phrases: int, wanted: float | None) -> Iterator[Figure]:
    aim = None if wanted is None else AtLeast(wanted)
    yield Figure(part=PART, name=f"{name}, phrases found", value=_share(finding.own_found, phrases), aim=aim)
    yield Figure(part=PART, name=f"{name}, of all papers with it", value=_share(finding.held_found, finding.held))
    yield Figure(part=PART, name=f"{name}, first ten right", value=_share(finding.first_right, finding.first_shown))


def _share(of: int, total: int) -> float:
    return round(of / total, 4) if total else 0.0
