"""What every shelf owes; the same suite runs on each kind."""

import random
from datetime import date

import numpy as np
import pytest
from laid_shelves import SHELVES, RowsInMemory, Text, documents_of, pile_of

from dms.domain.criterion import MentionKind
from dms.domain.likeness import ALIKE
from dms.index.document import REGIONS
from dms.index.postings import as_places
from dms.index.segment import Segment, SegmentHead
from dms.index.tallying import documents_of as documents_among
from dms.index.units import pattern_of

ALPHABET = "合同违约金的一二未末己已0o1l𬭎\ue000é"


def random_texts(seed, count=40, longest=200):
    rng = random.Random(seed)

    def run(most):
        return "".join(rng.choices(ALPHABET, k=rng.randint(0, most)))

    return [
        Text(
            body=(run(longest), run(longest // 4)),
            title=(run(9), run(9)),
            customer=(run(5),),
            contract=(run(6), run(1)),
            amounts=tuple(rng.choices([1, 99, 43_800_000, 10**17], k=rng.randint(0, 3))),
            days=tuple((low, low + rng.choice([0, 30, 364])) for low in rng.choices(range(730000, 731000), k=2)),
        )
        for _ in range(count)
    ]


TEXTS = random_texts(1)


@pytest.fixture(scope="module", params=SHELVES)
def shelf(request):
    return SHELVES[request.param](TEXTS)


def as_laid(texts):
    """The whole row of a shelf as plain text, breaks and all: what the places are counted in."""
    return "".join(
        f"{run}\0" for region in range(len(REGIONS)) for text in texts for run in text.regions[region] if run
    )


def units(text):
    return list(pattern_of(text))


def places_by_looking(row, pattern):
    return [at for at in range(len(row) - len(pattern) + 1) if row[at : at + len(pattern)] == pattern]


def test_every_run_of_characters_is_found_at_each_of_its_places_and_nowhere_else(shelf):
    rng, row = random.Random(2), units(as_laid(TEXTS))
    for _ in range(400):
        runs = rng.choice(TEXTS).runs
        run = rng.choice([run for run in runs if run] or ["合"])
        start = rng.randrange(len(run))
        pattern = units(run[start : start + rng.randint(1, 9)])
        assert shelf.places(tuple(pattern)).tolist() == places_by_looking(row, pattern)


def test_what_stands_nowhere_is_found_nowhere(shelf):
    for absent in ("龘", "龘龘", "合龘", "合同龘", "龘同"):
        assert shelf.places(pattern_of(absent)).tolist() == []


def test_nothing_reaches_from_one_run_into_the_next():
    texts = [Text(body=("合同", "违约"), title=("责任",)), Text(body=("金额",))]
    for make in SHELVES.values():
        assert [make(texts).places(pattern_of(across)).tolist() for across in ("同违", "约责", "约金", "任金")] == [
            []
        ] * 4


def test_look_alikes_stand_for_each_other_in_ones_and_twos_and_more(shelf):
    keyed = ["".join(ALIKE.get(character, character)[0] for character in as_laid(TEXTS))][0]
    row = units(keyed)
    for pattern in ("未", "己", "未己", "己未末", "o1", "0l合", "l"):
        wanted = units("".join(ALIKE.get(character, character)[0] for character in pattern))
        alike = places_by_looking(row, wanted)
        assert list(shelf.alike_phrase_set(pattern_of(pattern))) == alike
        exact = shelf.places(pattern_of(pattern)).tolist()
        assert list(shelf.merely_alike_set(pattern_of(pattern))) == sorted(set(alike) - set(exact))


def test_documents_that_name_a_value_between_the_bounds_are_told(shelf):
    for low, high in ((1, 1), (2, 43_800_000), (43_800_000, 43_800_000), (0, 10**18), (100, 10_000)):
        wanted = {place for place, text in enumerate(TEXTS) if any(low <= value <= high for value in text.amounts)}
        assert set(shelf.naming(MentionKind.AMOUNT, low, high).tolist()) == wanted


def test_a_stretch_of_days_is_named_only_by_what_lies_wholly_inside_it(shelf):
    for low, high in ((730000, 730400), (730100, 730131), (729000, 732000), (730500, 730500)):
        wanted = {
            place for place, text in enumerate(TEXTS) if any(low <= first and last <= high for first, last in text.days)
        }
        assert set(shelf.naming(MentionKind.DAY, low, high).tolist()) == wanted


def test_a_window_ends_where_the_text_of_the_document_ends(shelf):
    row = np.array(units(as_laid(TEXTS)))
    for region in range(len(REGIONS)):
        for ordinal in (0, 7, len(TEXTS) - 1):
            first, end = shelf.starts[region, ordinal : ordinal + 2].tolist()
            if end > first:
                around = shelf.windows(np.array([first]), before=50, behind=1000)[0].tolist()
                assert around == [0] * 50 + row[first:end].tolist() + [0] * (1000 - end + first)


def test_a_shelf_of_documents_without_text_answers_too():
    for make in SHELVES.values():
        empty = make([Text(), Text()])
        assert len(empty.keys) == 2
        assert empty.places((5,)).tolist() == []
        assert empty.places((5, 6, 7)).tolist() == []
        assert list(empty.alike_phrase_set((5, 6, 7))) == []
        assert list(empty.merely_alike_set(pattern_of("未己"))) == []
        assert empty.naming(MentionKind.AMOUNT, 0, 10).tolist() == []
        assert empty.naming(MentionKind.DAY, 0, date.max.toordinal()).tolist() == []


def test_frequent_pairs_have_rows_and_document_lists_of_their_own_and_are_found_alike():
    rng = random.Random(3)
    texts = [Text(body=("".join(rng.choices("合同金", k=3000)),), title=("合同",)) for _ in range(12)]
    segment, pile = SHELVES["segment"](texts), SHELVES["pile"](texts)
    for pattern in ("合", "合同", "同金合", "合同金合同", "金金金金"):
        wanted = pile.places(pattern_of(pattern))
        assert len(wanted) > 100
        assert np.array_equal(segment.places(pattern_of(pattern)), wanted)
    assert segment.listed(pattern_of("合同")) is None or len(segment.listed(pattern_of("合同"))[0]) == 12
    ordinals, times, elsewhere = segment.listed(pattern_of("合"))
    assert ordinals.tolist() == list(range(12))
    assert times.tolist() == [min(255, text.body[0].count("合")) for text in texts]
    assert elsewhere.tolist() == [4] * 12


@pytest.mark.parametrize("few", [False, True])
def test_what_merely_looks_like_a_frequent_phrase_is_told_among_all_documents_and_among_few(few):
    rng = random.Random(5)
    texts = [Text(body=("".join(rng.choices("未合己末已", [40, 40, 40, 1, 1], k=1500)),)) for _ in range(40)]
    considered = np.arange(len(texts)) % 20 == 3 if few else np.ones(len(texts), np.bool_)
    documents, packed = documents_of(texts)
    rows = RowsInMemory(documents, packed)
    segment, pile = Segment(SegmentHead.read(1, rows), rows, considered), pile_of(texts)

    def among_considered(found):
        places = as_places(found)
        return places[considered[documents_among(pile, places)]].tolist()

    for pattern in ("未", "末", "未合", "己未合", "合己未合", "末合末合", "未合己未合己", "合合"):
        wanted = among_considered(pile.merely_alike_set(pattern_of(pattern)))
        assert among_considered(segment.merely_alike_set(pattern_of(pattern))) == wanted
        assert wanted or pattern == "合合" or len(pattern) > 3
