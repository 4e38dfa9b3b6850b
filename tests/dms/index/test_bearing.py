"""How much may be misread of a phrase depends on how much would have to be looked into, and on nothing unseen."""

import numpy as np
import pytest
from laid_shelves import SHELVES, Text

from dms.domain.criterion import Phrase, TextPart
from dms.index import IndexMemory
from dms.index.bearing import Bounds, misread_at_most, misread_borne_among
from dms.index.matching import Matching

FEW = Bounds(always_among=10, most_alike=20, most_doubtful=8)
PHRASE = Phrase("质量保证金条款", TextPart.ANYWHERE, tolerant=True)


def matching_of(make, texts, seen):
    return Matching(make(texts), {}, np.array(seen), numbers=lambda _: {}, memory=IndexMemory())


def texts(whole, parts):
    return [*[Text(body=("质量保证金条款",))] * whole, *[Text(body=("质量保证书另行",))] * parts, Text(body=("无关",))]


@pytest.mark.parametrize("make", SHELVES.values(), ids=SHELVES.keys())
class TestAmongManyDocuments:
    def test_all_is_borne_with_where_little_is_in_doubt(self, make):
        matching = matching_of(make, texts(whole=15, parts=8), [True] * 24)
        assert misread_borne_among(PHRASE, [matching], FEW) == misread_at_most(PHRASE) == 1

    def test_nothing_but_look_alikes_where_much_is_in_doubt(self, make):
        assert misread_borne_among(PHRASE, [matching_of(make, texts(whole=3, parts=9), [True] * 13)], FEW) == 0

    def test_nothing_but_look_alikes_where_very_many_hold_the_phrase(self, make):
        assert misread_borne_among(PHRASE, [matching_of(make, texts(whole=21, parts=0), [True] * 22)], FEW) == 0

    def test_what_is_not_considered_decides_nothing(self, make):
        held, seen = texts(whole=40, parts=40), [True] * 12 + [False] * 28 + [True] * 5 + [False] * 35 + [True]
        assert misread_borne_among(PHRASE, [matching_of(make, held, seen)], FEW) == 1

    def test_several_shelves_count_together(self, make):
        shelves = [matching_of(make, texts(whole=4, parts=5), [True] * 10) for _ in range(2)]
        assert misread_borne_among(PHRASE, shelves, FEW) == 0
        assert misread_borne_among(PHRASE, shelves[:1], FEW) == 1


def test_a_phrase_too_long_to_look_for_is_borne_with_but_for_look_alikes():
    assert misread_at_most(Phrase("合" * 33, TextPart.ANYWHERE, tolerant=True)) == 0
