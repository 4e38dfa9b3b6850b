"""A segment is one stretch of bytes, of which every row and every document can be read by itself."""

from hypothesis import given
from hypothesis import strategies as st

from dms.index import Family, LaidSegment, Row, laid_out

ROWS = st.dictionaries(
    st.tuples(st.sampled_from(list(Family)), st.integers(0, 2**32 - 1)), st.binary(max_size=40), max_size=30
)
DOCUMENTS = st.lists(st.binary(max_size=40), max_size=10)


class Held:
    """A stretch in memory, which refuses to be read past its end."""

    def __init__(self, data):
        self.data = data

    def read_at(self, offset, length):
        assert offset + length <= len(self.data)
        return self.data[offset : offset + length]


def laid(rows, documents):
    told = [Row(family, term, data) for (family, term), data in rows.items()]
    return LaidSegment(Held(b"".join(laid_out(told, documents))))


@given(rows=ROWS, documents=DOCUMENTS)
def test_what_was_laid_out_is_read_row_by_row_and_document_by_document(rows, documents):
    segment = laid(rows, documents)
    assert {name: segment.row(*name) for name in rows} == rows
    assert segment.documents == len(documents)
    assert [segment.packed(ordinal) for ordinal in range(len(documents))] == documents
    assert list(segment.all_packed()) == documents


@given(rows=ROWS, documents=DOCUMENTS, absent=st.tuples(st.sampled_from(list(Family)), st.integers(0, 2**32 - 1)))
def test_what_was_not_laid_out_is_not_there(rows, documents, absent):
    segment = laid({name: data for name, data in rows.items() if name != absent}, documents)
    assert segment.row(*absent) is None
    assert segment.place(*absent) is None
    assert segment.packed(len(documents)) is None
    assert segment.packed(-1) is None


@given(rows=ROWS, family=st.sampled_from(list(Family)), bounds=st.tuples(*[st.integers(0, 2**32 - 1)] * 2).map(sorted))
def test_neighbouring_rows_come_in_order_of_their_terms(rows, family, bounds):
    first, last = bounds
    wanted = sorted(term for of, term in rows if of is family and first <= term <= last)
    assert list(laid(rows, []).rows(family, first, last)) == [rows[family, term] for term in wanted]
