import random

import numpy as np
import pytest
from laid_shelves import SHELVES, Text

from dms.domain.likeness import ALIKE, misread_borne
from dms.index.tallying import documents_of
from dms.index.tolerating import fewest_errors, tolerated_places
from dms.index.units import pattern_of

ALPHABET = "合同违约金的一二三未末己已甲乙丙丁方款项"


def keyed(text):
    return pattern_of("".join(ALIKE.get(character, character)[0] for character in text))


def misread(text, rng, errors):
    characters = list(text)
    for _ in range(errors):
        at = rng.randrange(len(characters))
        kind = rng.choice(["wrong", "missing", "extra"])
        if kind == "wrong":
            characters[at] = rng.choice(ALPHABET)
        elif kind == "missing" and len(characters) > 1:
            del characters[at]
        else:
            characters.insert(at, rng.choice(ALPHABET))
    return "".join(characters)


def found(shelf, phrase):
    everything = np.ones(len(shelf.keys), dtype=bool)
    places = tolerated_places(shelf, pattern_of(phrase), everything, misread_borne(len(phrase)))
    return set(documents_of(shelf, places).tolist())


def fitting(texts, phrase):
    """The documents that bear the phrase with no more errors than are borne with, by looking at every run."""
    borne = misread_borne(len(phrase))
    return {
        place
        for place, text in enumerate(texts)
        if any(fewest_errors(keyed(phrase), np.array([keyed(run)]))[0] <= borne for run in text.runs if run)
    }


@pytest.mark.parametrize("kind", SHELVES)
def test_whatever_is_misread_within_bounds_is_found_and_nothing_else(kind):
    rng = random.Random(4)
    for length in (4, 5, 7, 8, 11, 12, 16):
        phrases = ["".join(rng.choices(ALPHABET, k=length)) for _ in range(6)]
        texts = []
        for _ in range(60):
            filler = "".join(rng.choices(ALPHABET, k=rng.randint(0, 40)))
            inside = misread(rng.choice(phrases), rng, rng.randint(0, 3))
            texts.append(Text(body=(filler + inside + filler[::-1], inside[:3]), title=(inside[-4:], inside[:-2])))
        shelf = SHELVES[kind](texts)
        for phrase in phrases:
            assert found(shelf, phrase) == fitting(texts, phrase)


def test_a_phrase_that_lacks_its_beginning_is_found_at_the_very_first_place():
    texts = [Text(body=("同价款的支付方式",)), Text(body=("某某某",))]
    for make in SHELVES.values():
        assert found(make(texts), "合同价款的支付方") == {0}


def test_a_phrase_is_not_pieced_together_from_two_documents():
    texts = [Text(body=("某某甲方应付",)), Text(body=("违约责任某某",))]
    for make in SHELVES.values():
        assert found(make(texts), "应付违约") == set()


@pytest.mark.parametrize(
    ("pattern", "text", "errors"),
    [("合同", "甲合同乙", 0), ("合同", "合个同", 1), ("合同金", "合金", 1), ("合同", "甲乙", 2), ("合同", "合\0同", 1)],
)
def test_errors_are_counted_where_the_text_fits_best(pattern, text, errors):
    assert fewest_errors(pattern_of(pattern), np.array([pattern_of(text)])).tolist() == [errors]
