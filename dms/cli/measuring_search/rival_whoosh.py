"""Whoosh's own index, single characters with positions, as the search would use it."""

from collections.abc import Iterable
from pathlib import Path
from typing import Any

from whoosh.analysis import RegexTokenizer
from whoosh.fields import ID, TEXT, Schema
from whoosh.index import create_in
from whoosh.query import And, Phrase, Term

from dms.cli.measuring_search.asked_classes import TextQuery
from dms.cli.measuring_search.rival_engine import FETCHED, Document


class WhooshEngine:
    """Whoosh-Reloaded with its usual writer."""

    name = "Whoosh, single characters"

    def __init__(self) -> None:
        self._index: Any = None

    def index(self, documents: Iterable[Document], folder: Path) -> None:
        """Make the index in an empty folder."""
        schema = Schema(id=ID(stored=True), body=TEXT(analyzer=RegexTokenizer(r"."), phrase=True))
        self._index = create_in(str(folder), schema)
        writer = self._index.writer(limitmb=256)
        for item, body in documents:
            writer.add_document(id=item, body=body)
        writer.commit()

    def count(self, query: TextQuery) -> int:
        """How many items hold every phrase."""
        with self._index.searcher() as searcher:
            results = searcher.search(And([_phrase(phrase) for phrase in query.phrases]), limit=FETCHED)
            return len(results)


def _phrase(phrase: str) -> Any:  # noqa: ANN401 -- the library ships no types
    return Term("body", phrase) if len(phrase) == 1 else Phrase("body", list(phrase))
