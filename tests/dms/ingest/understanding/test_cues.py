import tomllib

import pytest

from dms.domain.document_type import DEFAULT_DOCUMENT_TYPES
from dms.ingest.understanding.cues import Cues, read_cues


def test_every_document_type_of_the_product_has_its_cues(cues: Cues) -> None:
    assert [t.code for t in cues.types] == [t.code for t in DEFAULT_DOCUMENT_TYPES]


def test_no_title_belongs_to_two_types(cues: Cues) -> None:
    titles = [title for t in cues.types for title in t.titles]
    assert sorted({title for title in titles if titles.count(title) > 1}) == []


def test_words_are_folded_like_the_text_they_are_looked_for_in(cues: Cues) -> None:
    assert all("（" not in title and title == title.upper() for t in cues.types for title in t.titles)


def test_a_label_of_the_type_is_never_foreign_to_all_types_by_mistake(cues: Cues) -> None:
    assert not set(cues.words.number_labels) & set(cues.words.foreign_number_labels)
    assert not set(cues.words.original_number_labels) & set(cues.words.foreign_number_labels)


def test_an_unknown_code_gets_the_cues_of_other(cues: Cues) -> None:
    assert cues.of("export_permit").code == "other"


@pytest.mark.parametrize(
    ("what", "toml", "error"),
    [("no TOML", "[[", tomllib.TOMLDecodeError), ("no tables", "", KeyError), ("no words", "type = []", KeyError)],
)
def test_damaged_tables_are_refused(what: str, toml: str, error: type[Exception]) -> None:
    with pytest.raises(error):
        read_cues(toml)
