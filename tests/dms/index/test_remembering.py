"""What is kept in memory of segments is read once, and what is too large is not kept at all."""

from dms.index import Family, IndexMemory

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
