"""Several phrases that may be misread, all of which have to fit.

Each is looked for only where the others are, and
what is found, and how much speaks for it, is the same as if each were looked for everywhere.
"""

import random

import numpy as np
import pytest
from laid_shelves import SHELVES, Text

from dms.domain.criterion import AllOf, AnyOf, Not, Phrase
from dms.domain.likeness import misread_borne
from dms.index import IndexMemory
from dms.index.matching import Matching

ALPHABET = "合同违约金的一二三未末己已甲乙丙丁方款项"
PAPERS = 60


def spoiled(text, rng):
    at = rng.randrange(len(text))
    return text[:at] + rng.choice(ALPHABET) + text[at + rng.randrange(2) :]


def asking(shelf, phrases):
    seen = np.ones(PAPERS, np.bool_)
    matching = Matching(shelf, {}, seen, numbers=lambda _: {}, memory=IndexMemory())
    matching.bear_with({phrase: misread_borne(len(phrase.folded)) for phrase in phrases})
    return matching


@pytest.mark.parametrize("kind", SHELVES)
@pytest.mark.parametrize("seed", range(6))
def test_what_all_of_several_phrases_find_is_what_each_of_them_finds(kind, seed):
    rng = random.Random(seed)
    written = ["".join(rng.choices(ALPHABET, k=length)) for length in (4, 6, 9)]
    texts = [
        Text(body=("".join(spoiled(phrase, rng) for phrase in rng.sample(written, rng.randint(0, 3))) + "合同",))
        for _ in range(PAPERS)
    ]
    shelf, phrases = SHELVES[kind](texts), [Phrase(phrase, tolerant=True) for phrase in written]
    alone = {phrase: asking(shelf, phrases).weights(phrase) for phrase in phrases}
    first, second, third = phrases
    together = asking(shelf, phrases)
    fits = together.leniently(AllOf((first, Not(second), AnyOf((third, Phrase("合同"))))))
    assert fits.tolist() == ((alone[first] > 0) & ~(alone[second] > 0)).tolist()
    assert together.weights(first)[fits].tolist() == alone[first][fits].tolist()
    assert together.weights(third)[fits].tolist() == alone[third][fits].tolist()
    everything = asking(shelf, phrases).leniently(AllOf(tuple(phrases)))
    assert everything.tolist() == np.all([weights > 0 for weights in alone.values()], axis=0).tolist()
