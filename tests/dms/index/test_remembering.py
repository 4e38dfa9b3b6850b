"""What is kept in memory of segments is read once, and what is too large is not kept at all."""

import numpy as np
import pytest
from laid_shelves import RowsInMemory, Text, documents_of, pile_of

from dms.domain.criterion import Phrase
from dms.index import Family, IndexMemory, SegmentHead
from dms.index import memory as remembering
from dms.index.matching import Matching
from dms.index.segment import Segment

TEXTS = [Text(body=("本合同的违约金按日计算",)), Text(body=("收货单",)), Text(body=("违约金的计算另议",))] * 20
PHRASE, TOLERANT = Phrase("的违约金"), Phrase("违约金的", tolerant=True)
A_RUN = (1, Family.AMOUNT, 10, 20)


class Reader:
    """Gives the same rows whenever it is asked, and counts how often that is."""

    def __init__(self, *rows: bytes) -> None:
        self.rows = rows
        self.asked = 0

    def __call__(self) -> tuple[bytes, ...]:
        self.asked += 1
        return self.rows


def test_the_rows_of_a_range_are_read_once_and_those_of_another_range_on_their_own():
    memory, reader, other = IndexMemory(), Reader(b"one", b"two"), Reader()
    assert [memory.run(A_RUN, reader) for _ in range(3)] == [(b"one", b"two")] * 3
    assert reader.asked == 1
    assert memory.run((1, Family.AMOUNT, 10, 21), other) == () == memory.run((1, Family.AMOUNT, 10, 21), other)
    assert other.asked == 1


def test_a_range_that_would_crowd_out_everything_else_is_read_each_time():
    memory, reader = IndexMemory(), Reader(bytes(5_000_000))
    for _ in range(2):
        assert memory.run(A_RUN, reader) == reader.rows
    assert reader.asked == 2


class Watched:
    """A segment whose rows tell how often they were read, asked with one memory for all."""

    def __init__(self):
        self.rows = RowsInMemory(*documents_of(TEXTS))
        self.memory = IndexMemory()

    def weights(self, wanted, considered=None):
        seen = np.ones(len(TEXTS), np.bool_) if considered is None else considered
        shelf = Segment(SegmentHead.read(1, self.rows), self.rows, seen)
        self.rows.read.clear()
        return Matching(shelf, {}, seen, numbers=lambda _: {}, memory=self.memory).weights(wanted) * seen

    @property
    def lists_read(self):
        return sum(count for family, count in self.rows.read.items() if family is not Family.HEAD)


def on_a_pile(wanted):
    seen = np.ones(len(TEXTS), np.bool_)
    return Matching(pile_of(TEXTS), {}, seen, numbers=lambda _: {}, memory=IndexMemory()).weights(wanted)


@pytest.mark.parametrize("wanted", [PHRASE, TOLERANT])
def test_who_asks_the_same_again_gets_the_same_and_no_list_is_read_for_it(wanted):
    watched = Watched()
    first = watched.weights(wanted)
    assert watched.lists_read
    assert watched.weights(wanted).tolist() == first.tolist() == on_a_pile(wanted).tolist()
    assert not watched.lists_read


def test_what_was_found_among_few_papers_is_never_taken_for_what_stands_in_all():
    watched, few = Watched(), np.zeros(len(TEXTS), np.bool_)
    few[0] = True
    assert np.flatnonzero(watched.weights(PHRASE, few)).tolist() == [0]
    assert watched.weights(PHRASE).tolist() == on_a_pile(PHRASE).tolist()
    assert np.flatnonzero(watched.weights(PHRASE, few)).tolist() == [0]


def test_an_answer_may_be_changed_without_changing_what_is_remembered():
    memory, name = IndexMemory(), (1, PHRASE, False)
    answer = memory.weights(name, lambda: np.array([0.0, 2.0, 0.0]))
    answer[:] = 9
    again = memory.weights(name, lambda: pytest.fail("looked up twice"))
    again[:] = 9
    assert memory.weights(name, lambda: pytest.fail("looked up twice")).tolist() == [0.0, 2.0, 0.0]


def test_what_was_asked_longest_ago_makes_room(monkeypatch):
    monkeypatch.setattr(remembering, "WEIGHTS_KEPT_BYTES", 600)
    memory, asked = IndexMemory(), []
    for number in (1, 2, 3, 3, 1):
        memory.weights((number, PHRASE, False), lambda number=number: asked.append(number) or np.ones(80))
    assert asked == [1, 2, 3, 1]


@pytest.mark.parametrize(
    "weights",
    [[], [0.0] * 9, [1.0, 4.0, 0.0] * 30, [0.0] * 99 + [7.0], [255.0] * 9, [256.0, 0.0], [65536.0] * 9, [0.5, 300.25]],
)
def test_what_is_remembered_is_told_again_to_the_last_digit(weights):
    memory, name = IndexMemory(), (1, PHRASE, False)
    looked_up = np.array(weights)
    answer = memory.weights(name, lambda: looked_up)
    answer[:] = 9
    again = memory.weights(name, lambda: pytest.fail("looked up twice"))
    assert again.dtype == np.float64
    assert again.tolist() == weights
