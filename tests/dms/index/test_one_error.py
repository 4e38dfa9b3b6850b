import random

import numpy as np
import pytest
from laid_shelves import SHELVES, Text
from test_tolerating import ALPHABET, keyed, misread

from dms.index.one_error import one_error_places
from dms.index.tallying import documents_of
from dms.index.tolerating import fewest_errors
from dms.index.units import pattern_of


def found(shelf, phrase):
    return set(documents_of(shelf, one_error_places(shelf, pattern_of(phrase))).tolist())


def fitting(texts, phrase):
    return {
        place
        for place, text in enumerate(texts)
        if any(fewest_errors(keyed(phrase), np.array([keyed(run)]))[0] <= 1 for run in text.runs if run)
    }


@pytest.mark.parametrize("kind", SHELVES)
def test_nothing_is_found_that_differs_by_more_than_one_character(kind):
    rng = random.Random(5)
    for length in (4, 5, 8, 12):
        phrases = ["".join(rng.choices(ALPHABET, k=length)) for _ in range(6)]
        texts = []
        for _ in range(60):
            filler = "".join(rng.choices(ALPHABET, k=rng.randint(0, 30)))
            inside = misread(rng.choice(phrases), rng, rng.randint(0, 2))
            texts.append(Text(body=(filler + inside + filler[::-1], inside[:3]), title=(inside[-4:], inside[:-2])))
        shelf = SHELVES[kind](texts)
        for phrase in phrases:
            assert found(shelf, phrase) <= fitting(texts, phrase)


@pytest.mark.parametrize("kind", SHELVES)
@pytest.mark.parametrize(
    "read",
    [
        "某同价款支付",
        "合同价款支某",
        "合同某款支付",
        "同价款支付",
        "合同价款支",
        "合价款支付",
        "合同价款付",
        "合同款支付",
        "合同价某款支付",
        "合同某价款支付",
        "合某同价款支付",
        "合同价款支某付",
    ],
)
def test_one_character_wrong_missing_or_extra_is_borne_with(kind, read):
    texts = [Text(body=(f"按{read}的约定",)), Text(body=(read,)), Text(title=(read,)), Text(body=("别的内容",))]
    assert found(SHELVES[kind](texts), "合同价款支付") == {0, 1, 2}


@pytest.mark.parametrize("kind", SHELVES)
def test_halves_in_two_texts_are_no_phrase(kind):
    texts = [Text(body=("某某合同价",)), Text(body=("款支付某某",)), Text(body=("合同价", "支付"))]
    assert found(SHELVES[kind](texts), "合同价款支付") == set()
