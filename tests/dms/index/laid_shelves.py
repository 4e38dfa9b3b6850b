"""The same documents on both kinds of shelf."""

from collections import Counter
from dataclasses import dataclass

from dms.index import Document, Family, Pile, PlaceSet, SegmentHead, pack, segment_rows, unpack
from dms.index.segment import Segment


@dataclass(frozen=True)
class Text:
    """What a document of a test says."""

    body: tuple[str, ...] = ()
    title: tuple[str, ...] = ()
    customer: tuple[str, ...] = ()
    contract: tuple[str, ...] = ()
    amounts: tuple[int, ...] = ()
    days: tuple[tuple[int, int], ...] = ()

    @property
    def regions(self):
        return (self.body, self.title, self.customer, self.contract)

    @property
    def runs(self):
        return [run for runs in self.regions for run in runs]


class RowsInMemory:
    """The rows of one segment, kept in a dictionary; counts how often each family is read."""

    def __init__(self, documents, packed):
        self._rows = {(row.family, row.term): row.data for row in segment_rows(documents)}
        self._packed = packed
        self.read = Counter()

    def foresee(self, segments):
        pass

    def row(self, _segment, family, term):
        self.read[family] += 1
        return self._rows.get((family, term))

    def place_set(self, segment, pair):
        return PlaceSet.deserialize(self.row(segment, Family.PAIR, pair))

    def rows(self, _segment, family, first, last):
        chosen = sorted(term for kind, term in self._rows if kind is family and first <= term <= last)
        return [self._rows[family, term] for term in chosen]

    def packed(self, _segment, ordinal):
        return self._packed[ordinal] if ordinal < len(self._packed) else None

    def forget(self, family, term):
        del self._rows[family, term]

    def shorten(self):
        self._packed = self._packed[:-1]


def documents_of(texts):
    packed = [pack(text.regions, text.amounts, text.days) for text in texts]
    return [unpack(key, one) for key, one in enumerate(packed, start=1)], packed


def segment_of(texts):
    documents, packed = documents_of(texts)
    rows = RowsInMemory(documents, packed)
    return Segment(SegmentHead.read(1, rows), rows)


def pile_of(texts):
    return Pile(documents_of(texts)[0])


SHELVES = {"segment": segment_of, "pile": pile_of}
__all__ = ["SHELVES", "Document", "Family", "RowsInMemory", "Text", "documents_of", "pile_of", "segment_of"]
