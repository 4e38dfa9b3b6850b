"""Short forms for the objects a PDF is made of (ISO 32000-1, 7.3)."""

import zlib
from collections.abc import Mapping, Sequence

from pypdf import PdfWriter
from pypdf.generic import (
    ArrayObject,
    DictionaryObject,
    FloatObject,
    IndirectObject,
    NameObject,
    NumberObject,
    PdfObject,
    StreamObject,
)

Entries = Mapping[str, PdfObject]


def name(text: str) -> NameObject:
    """The name ``/text``."""
    return NameObject(f"/{text}")


def dictionary(entries: Entries) -> DictionaryObject:
    """A dictionary; its keys are given without the slash."""
    return DictionaryObject({name(key): value for key, value in entries.items()})


def numbers(values: Sequence[float]) -> ArrayObject:
    """An array of numbers, whole ones written as such."""
    return ArrayObject([NumberObject(v) if v == int(v) else FloatObject(round(v, 3)) for v in values])


def stream(data: bytes, entries: Entries) -> StreamObject:
    """A stream whose bytes stay as they are."""
    made = StreamObject()
    made.update(dictionary(entries))
    made.set_data(data)
    return made


def deflated(data: bytes, entries: Entries) -> StreamObject:
    """A stream whose bytes are compressed (FlateDecode)."""
    return stream(zlib.compress(data), {**entries, "Filter": name("FlateDecode")})


def add(writer: PdfWriter, value: PdfObject) -> IndirectObject:
    """The reference under which `value` now stands in the document."""
    # The library documents this as the way in for objects of one's own, underscore or not.
    return writer._add_object(value)
