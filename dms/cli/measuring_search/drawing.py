"""Drawing queries at random: stretches of the papers as they stand, and trees of conditions over them."""

import re
from collections.abc import Sequence
from random import Random

from dms.cli.measuring_search.brute_force import Both, Either, InYears, Near, Query, Record, Wild, Without, Words
from dms.cli.measuring_search.corpus import FIRST_YEAR, LAST_YEAR, Paper
from dms.cli.measuring_search.folding import plain
from dms.cli.measuring_search.words import WORDS

LONGEST_SUBSTRING = 30
COMMON_WORDS = WORDS["common_words"]
QUOTES = frozenset('"“”„＂「」『』')
"""A person who copies a passage cannot put these between quotation marks; like all punctuation they do not count."""
_HAN = re.compile(r"[一-鿿]+")
_NUMERALS = frozenset("〇零一二三四五六七八九十百千万亿两廿卅元角分圆整年月日号与或非近先至到壹贰叁肆伍陆柒捌玖拾佰仟")
"""A bare word with one of these might be read as a value or an operator; it is put between quotation marks."""
SHORTEST_BOX, LONGEST_BOX = 2, 5


def substring_of(paper: Paper, chance: Random, longest: int = LONGEST_SUBSTRING, shortest: int = 1) -> str:
    """A stretch of the pages as they stand, page ends as line ends, of so many characters; "" where none is left."""
    text = "\n".join(paper.pages)
    length = chance.randint(shortest, longest)
    start = chance.randrange(max(1, len(text) - length))
    return "".join(character for character in text[start : start + length] if character not in QUOTES)


def quoted(text: str) -> str:
    """A passage as a person types it to be found as it stands."""
    return f'"{text}"'


def word(written: str) -> str:
    """A word as a person types it, between quotation marks unless it stands safely alone."""
    is_safe = _HAN.fullmatch(written) and not _NUMERALS & set(written)
    return written if is_safe else quoted(written)


def typed(query: Query) -> str:
    """The text by which a person asks for this."""
    match query:
        case Words(written):
            return word(written)
        case Wild(written):
            return written
        case InYears(first, last):
            return f"年度:{first}..{last}"
        case Near(left, right, distance, ordered):
            sign = "BEFORE" if ordered else "NEAR"
            return f"{_side(left)} {sign}/{distance} {_side(right)}"
        case Without(part):
            return f"NOT {_grouped(part)}"
        case Both(parts):
            return " AND ".join(map(_grouped, parts))
        case Either(parts):
            return " OR ".join(map(_grouped, parts))


class QueryDrawer:
    """Draws trees of conditions over the papers of some records."""

    def __init__(self, records: Sequence[Record], chance: Random) -> None:
        self._records, self._chance = records, chance

    def draw(self) -> Query:
        """A tree of one of the kinds that people ask."""
        kinds = (
            lambda: Both((self._words(), self._words())),
            lambda: Either((self._words(), self._words())),
            lambda: Both((self._words(), Without(self._words()))),
            lambda: Without(self._words()),
            lambda: Both((Either((self._words(), self._words())), Without(Both((self._words(), self._words()))))),
            lambda: Both((self._words(), self._years(), Without(self.near()))),
            lambda: Either((self.near(), self._wild(), self._words())),
            self.near,
            self.near,
            self._wild,
        )
        return self._chance.choice(kinds)()

    def near(self) -> Near:
        """Two stretches of one paper, or words beside them, at about the distance at which they stand."""
        chance, body = self._chance, self._body()
        first, second = self._stretch(body), self._stretch(body)
        distance = chance.randint(0, 40)
        place = chance.randrange(max(1, len(body) - 80))
        if chance.random() < 0.7:
            first, gap = body[place : place + 3], chance.randint(0, 40)
            second = body[place + 3 + gap : place + 6 + gap]
            # At the very distance, and one short of it: that is where a mistake would be made.
            distance = max(0, gap - chance.randint(0, 1))
        left: tuple[Words, ...] = (Words(first),)
        if chance.random() < 0.3:
            left = (*left, Words(chance.choice(COMMON_WORDS)))
        right = (Words(second),)
        sides = (right, left) if chance.random() < 0.4 else (left, right)
        return Near(sides[0], sides[1], distance, chance.random() < 0.5)

    def _words(self) -> Words:
        if self._chance.random() < 0.5:
            return Words(self._chance.choice(COMMON_WORDS))
        return Words(self._stretch(self._body()))

    def _wild(self) -> Wild:
        """A stretch of Chinese characters with a piece taken out."""
        for _ in range(1000):
            found = [run for run in _HAN.findall(self._body()) if len(run) > LONGEST_BOX and not _NUMERALS & set(run)]
            if found:
                run = self._chance.choice(found)
                start = self._chance.randrange(len(run) - LONGEST_BOX)
                return Wild(self._holed(run[start : start + 12]))
        return Wild("合?")

    def _holed(self, run: str) -> str:
        chance = self._chance
        if chance.random() < 0.5:
            place = chance.randrange(1, len(run) - 1)
            return f"{run[:place]}?{run[place + 1 :]}"
        start = chance.randrange(1, len(run) - 1)
        return f"{run[:start]}*{run[chance.randrange(start, len(run)) :]}"

    def _years(self) -> InYears:
        first = self._chance.randint(FIRST_YEAR, LAST_YEAR)
        return InYears(first, self._chance.randint(first, LAST_YEAR))

    def _body(self) -> str:
        return self._chance.choice(self._records).body

    def _stretch(self, body: str) -> str:
        length = self._chance.randint(SHORTEST_BOX, LONGEST_BOX)
        start = self._chance.randrange(max(1, len(body) - length))
        return body[start : start + length]


def _side(words: tuple[Words, ...]) -> str:
    typed_words = [word(one.written) for one in words]
    return typed_words[0] if len(typed_words) == 1 else f"({' OR '.join(typed_words)})"


def _grouped(query: Query) -> str:
    is_single = isinstance(query, Words | Wild | InYears)
    return typed(query) if is_single else f"({typed(query)})"


def means_something(text: str) -> bool:
    """Whether anything is left of a stretch when it is compared."""
    return bool(plain(text))
