"""tantivy, single characters with positions: about the least that an index of this kind can cost."""

from collections.abc import Iterable
from pathlib import Path
from typing import Any

import tantivy

from dms.cli.measuring_search.asked_classes import TextQuery
from dms.cli.measuring_search.rival_engine import FETCHED, Document

WRITER_BYTES = 256 * 1024 * 1024
TOKENIZER = "characters"


class TantivyEngine:
    """tantivy with one thread that writes, as our own index has."""

    name = "tantivy, single characters"

    def __init__(self) -> None:
        self._schema: Any = None
        self._searcher: Any = None

    def index(self, documents: Iterable[Document], folder: Path) -> None:
        """Make the index in an empty folder."""
        builder = tantivy.SchemaBuilder()
        builder.add_text_field("id", stored=True, tokenizer_name="raw")
        builder.add_text_field("body", stored=False, tokenizer_name=TOKENIZER, index_option="position")
        self._schema = builder.build()
        index = tantivy.Index(self._schema, path=str(folder))
        index.register_tokenizer(TOKENIZER, tantivy.TextAnalyzerBuilder(tantivy.Tokenizer.regex(".")).build())
        writer = index.writer(heap_size=WRITER_BYTES, num_threads=1)
        for item, body in documents:
            writer.add_document(tantivy.Document(id=item, body=body))
        writer.commit()
        writer.wait_merging_threads()
        index.reload()
        self._searcher = index.searcher()

    def count(self, query: TextQuery) -> int:
        """How many items hold every phrase."""
        parts = [(tantivy.Occur.Must, self._phrase(phrase)) for phrase in query.phrases]
        result = self._searcher.search(tantivy.Query.boolean_query(parts), limit=FETCHED)
        for _, address in result.hits:
            self._searcher.doc(address)
        return int(result.count)

    def _phrase(self, phrase: str) -> Any:  # noqa: ANN401 -- the library ships no types
        if len(phrase) == 1:
            return tantivy.Query.term_query(self._schema, "body", phrase)
        return tantivy.Query.phrase_query(self._schema, "body", list(phrase))
