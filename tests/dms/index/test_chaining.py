"""What stands within so many characters of something else, told by lists and by looking alike."""

import random

import pytest
from laid_shelves import SHELVES, Text
from simulators.criteria import chain, near

from dms.index.chaining import chain_places
from dms.index.tallying import documents_of

ALPHABET = "合同金𬭎𠮷"


def random_texts(seed, count=60):
    rng = random.Random(seed)
    return [
        Text(body=tuple("".join(rng.choices(ALPHABET, k=rng.randint(0, 9))) for _ in range(2))) for _ in range(count)
    ]


TEXTS = random_texts(1)


@pytest.fixture(scope="module", params=SHELVES)
def shelf(request):
    return SHELVES[request.param](TEXTS)


def stands_in(run, asked):
    """Whether a chain of two links stands in a run, told character by character."""
    ordered = list(spans(run, asked.links, asked.gaps[0]))
    return bool(ordered or (not asked.ordered and list(spans(run, asked.links[::-1], asked.gaps[0]))))


def spans(run, links, gap):
    for start in range(len(run)):
        for one in (one for one in links[0] if run.startswith(one, start)):
            for between in range(gap.low, gap.high + 1):
                if any(run.startswith(other, start + len(one) + between) for other in links[1]):
                    yield start


def found(shelf, asked):
    return sorted(set(documents_of(shelf, chain_places(shelf, asked)).tolist()))


def by_looking(asked):
    return [index for index, text in enumerate(TEXTS) if any(stands_in(run, asked) for run in text.runs)]


def test_a_rare_character_that_takes_two_units_counts_as_one():
    for make in SHELVES.values():
        shelf = make(
            [Text(body=("张𬭎铭",)), Text(body=("张一铭",)), Text(body=("张𬭎𠮷铭",)), Text(body=("张𬭎", "铭"))]
        )
        assert found(shelf, chain("张", "铭", gaps=[(1, 1)])) == [0, 1]
        assert found(shelf, chain("张", "铭", gaps=[(2, 2)])) == [2]
        assert found(shelf, near("铭", "张", gaps=[1])) == [0, 1]
        assert found(shelf, near("铭", "张", gaps=[2])) == [0, 1, 2]


def test_random_chains_are_found_where_they_stand_and_nowhere_else(shelf):
    rng = random.Random(2)
    for _ in range(400):
        links = [
            tuple("".join(rng.choices(ALPHABET, k=rng.randint(1, 2))) for _ in range(rng.randint(1, 2))) for _ in "ab"
        ]
        low = rng.randint(0, 3)
        asked = chain(*links, gaps=[(low, low + rng.randint(0, 3))], ordered=rng.random() < 0.5)
        assert found(shelf, asked) == by_looking(asked), asked
