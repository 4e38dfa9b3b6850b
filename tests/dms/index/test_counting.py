"""Of a column with very many values only the frequent ones are counted out."""

from collections import Counter
from random import Random

import numpy as np

from dms.index.counting import MOST_COUNTED, frequent_counts, value_counts
from dms.index.facts import UNKNOWN


def column(seed, values):
    chance = Random(seed)
    return np.array([chance.choice((UNKNOWN, chance.randrange(values))) for _ in range(20_000)], dtype=np.int32)


def test_every_known_value_is_counted():
    values = column(1, 90)
    wanted = Counter(values.tolist())
    del wanted[UNKNOWN]
    assert value_counts(values) == dict(wanted) == frequent_counts(values, values[:0])


def test_the_most_frequent_values_are_told_and_of_equal_ones_the_lower():
    values = column(2, 3000)
    counts = value_counts(values)
    foremost = sorted(counts, key=lambda value: (-counts[value], value))[:MOST_COUNTED]
    assert frequent_counts(values, values[:0]) == {value: counts[value] for value in foremost}


def test_a_value_that_is_chosen_is_told_however_rare_it_is():
    values = np.append(column(3, 3000), np.int32(5000))
    told = frequent_counts(values, np.array([5000, 5000], dtype=np.int32))
    assert told[5000] == 1 and len(told) == MOST_COUNTED + 1


def test_nothing_is_counted_where_nothing_is_known():
    assert value_counts(np.empty(0, np.int32)) == value_counts(np.array([UNKNOWN], np.int32)) == {}
