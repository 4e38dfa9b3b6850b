"""What ISO 19005-2 (PDF/A-2, level B) demands of a file, as far as it can be seen in its objects.

No validator of the standard can be had from the registries (veraPDF is in none of them), so the demands that concern
papers like ours are looked at one by one; the clauses are those of the standard. Not looked at: the inner consistency
of the font programs (6.2.11.3 to 6.2.11.6) beyond their presence, and transparency (6.2.10).
"""

import io
import re
from collections.abc import Iterator
from typing import Any

from pypdf import PdfReader
from pypdf.generic import ArrayObject, ByteStringObject, ContentStream, DictionaryObject, IndirectObject, StreamObject

_FORBIDDEN_FILTERS = {"/LZWDecode", "/Crypt"}
_FORBIDDEN_ACTIONS = {
    *("/Launch", "/Sound", "/Movie", "/ResetForm", "/ImportData", "/Hide", "/SetOCGState", "/Rendition", "/Trans"),
    *("/GoTo3DView", "/JavaScript"),
}
_FORBIDDEN_OF_CATALOGUE = ("/AA", "/Requirements", "/NeedsRendering", "/Collection")
_DEVICE_COLOURS_OF_RGB = {"/DeviceRGB", "/DeviceGray"}
_LONGEST_STRING, _LONGEST_NAME, _MOST_OBJECTS = 32_767, 127, 8_388_607


def breaches(printed: bytes) -> list[str]:
    """Every demand that the file does not meet, with its clause; empty for a file that meets all looked at."""
    reader = PdfReader(io.BytesIO(printed))
    objects = list(_objects(reader))
    return [
        *_of_file(printed, reader, objects),
        *_of_catalogue(reader),
        *_of_metadata(reader),
        *(breach for each in objects for breach in _of_object(each)),
        *_of_pages(reader),
    ]


def _objects(reader: PdfReader) -> Iterator[Any]:
    """Every object that can be reached from the trailer, each once."""
    waiting: list[Any] = [reader.trailer]
    seen: set[int] = set()
    while waiting:
        each = waiting.pop()
        if isinstance(each, IndirectObject):
            if each.idnum in seen:
                continue
            seen.add(each.idnum)
            each = each.get_object()
        yield each
        if isinstance(each, DictionaryObject):
            waiting.extend(dict.values(each))
        elif isinstance(each, ArrayObject):
            waiting.extend(list.__iter__(each))


def _of_file(printed: bytes, reader: PdfReader, objects: list[Any]) -> Iterator[str]:
    first, second = printed.split(b"\n", 2)[:2]
    if not re.fullmatch(rb"%PDF-1\.[0-7]\r?", first):
        yield "6.1.2 header"
    if not (second.startswith(b"%") and len(second) > 4 and all(byte > 127 for byte in second[1:5])):
        yield "6.1.2 binary comment"
    if "/ID" not in reader.trailer:
        yield "6.1.3 file identifier"
    if "/Encrypt" in reader.trailer:
        yield "6.1.3 encrypted"
    if len(objects) > _MOST_OBJECTS:
        yield "6.1.13 number of objects"
    if not printed.rstrip(b"\r\n").endswith(b"%%EOF"):
        yield "6.1.3 data after the end"


def _of_catalogue(reader: PdfReader) -> Iterator[str]:
    root = reader.trailer["/Root"]
    yield from (f"6.6.2 or 6.11 {name}" for name in _FORBIDDEN_OF_CATALOGUE if name in root)
    names = root.get("/Names", {})
    yield from (f"6.8, 6.6.1, 6.10 {name}" for name in ("/EmbeddedFiles", "/JavaScript") if name in names)
    if "/XFA" in root.get("/AcroForm", {}):
        yield "6.4.2 XFA"
    intents = [each.get_object() for each in root.get("/OutputIntents", [])]
    profiles = [each["/DestOutputProfile"] for each in intents if each.get("/S") == "/GTS_PDFA1"]
    if len(profiles) != 1:
        yield "6.2.3 output intent"
    for profile in profiles:
        data = profile.get_data()
        if data[36:40] != b"acsp" or data[16:20] != b"RGB " or int.from_bytes(data[:4], "big") != len(data):
            yield "6.2.3 colour profile"


def _of_metadata(reader: PdfReader) -> Iterator[str]:
    stream = reader.trailer["/Root"].get("/Metadata")
    if stream is None:
        yield "6.6.2 metadata"
        return
    stream = stream.get_object()
    if "/Filter" in stream:
        yield "6.6.2.1 metadata is filtered"
    told = stream.get_data().decode("utf-8")
    for name, value in (("part", "2"), ("conformance", "B")):
        if not re.search(rf"""pdfaid:{name}(>|=["']){value}[<"']""", told):
            yield f"6.6.4 {name}"
    title = (reader.metadata or {}).get("/Title")
    if title and title not in told.replace("&amp;", "&").replace("&lt;", "<").replace("&gt;", ">"):
        yield "6.6.3 title in Info and XMP"


def _of_object(each: Any) -> Iterator[str]:
    if isinstance(each, str | ByteStringObject) and len(each) > _LONGEST_STRING:
        yield "6.1.13 length of a string"
    if not isinstance(each, DictionaryObject):
        return
    yield from (f"6.1.13 name {name[:20]}" for name in each if len(name.encode()) > _LONGEST_NAME)
    if isinstance(each, StreamObject):
        yield from _of_stream(each)
    if each.get("/Type") == "/Font" and each.get("/Subtype") != "/Type3":
        yield from _of_font(each)
    if each.get("/S") in _FORBIDDEN_ACTIONS:
        yield f"6.5.1 action {each['/S']}"
    if each.get("/Type") == "/Annot" and each.get("/Subtype") not in ("/Link", "/Popup") and "/AP" not in each:
        yield "6.3.3 appearance of an annotation"


def _of_stream(each: StreamObject) -> Iterator[str]:
    filters = each.get("/Filter", [])
    for name in [filters] if isinstance(filters, str) else filters:
        if name in _FORBIDDEN_FILTERS:
            yield f"6.1.7.2 filter {name}"
    yield from (f"6.1.7.1 {name}" for name in ("/F", "/FFilter", "/FDecodeParms") if name in each)
    match each.get("/Subtype"):
        case "/PS":
            yield "6.2.9.3 PostScript"
        case "/Image":
            yield from (f"6.2.8 {name}" for name in ("/Alternates", "/OPI") if name in each)
            if each.get("/Interpolate") == True:  # noqa: E712  an object of the library
                yield "6.2.8 interpolated"
            colours = each.get("/ColorSpace")
            if isinstance(colours, str) and colours not in _DEVICE_COLOURS_OF_RGB:
                yield f"6.2.4.3 {colours}"
        case "/Form":
            yield from (f"6.2.9 {name}" for name in ("/OPI", "/Ref", "/PS") if name in each)


def _of_font(each: DictionaryObject) -> Iterator[str]:
    if each.get("/Subtype") == "/Type0":
        if each.get("/Encoding") not in ("/Identity-H", "/Identity-V"):
            yield "6.2.11.3.3 encoding"
        if "/ToUnicode" not in each:
            yield "what stands there cannot be copied (asked of level U)"
        return
    descriptor = each.get("/FontDescriptor", {})
    if not any(name in descriptor for name in ("/FontFile", "/FontFile2", "/FontFile3")):
        yield f"6.2.11.4.1 {each.get('/BaseFont')} is not embedded"
    if each.get("/Subtype") == "/CIDFontType2" and "/CIDToGIDMap" not in each:
        yield "6.2.11.3.2 CIDToGIDMap"


def _of_pages(reader: PdfReader) -> Iterator[str]:
    for number, page in enumerate(reader.pages, start=1):
        if "/AA" in page:
            yield f"6.5.2 page {number}"
        content = page.get_contents()
        if content is not None:
            yield from (f"{breach}, page {number}" for breach in _of_content(ContentStream(content, reader)))


def _of_content(content: ContentStream) -> Iterator[str]:
    for operands, operator in content.operations:
        match operator:
            case b"k" | b"K":
                yield "6.2.4.3 DeviceCMYK"
            case b"Tj" | b"TJ":
                if any(b"\0\0" in _glyphs(text) for text in _texts(operands)):
                    yield "6.2.11.8 a glyph that stands for none"


def _texts(operands: list[Any]) -> Iterator[bytes]:
    """What an operator shows, as the bytes it was written with."""
    for each in operands[0] if isinstance(operands[0], ArrayObject) else operands:
        if isinstance(each, bytes):
            yield bytes(each)
        elif isinstance(each, str):
            yield each.original_bytes


def _glyphs(shown: bytes) -> set[bytes]:
    """The two-byte codes in it; in fonts like ours each is the number of a glyph."""
    return {shown[place : place + 2] for place in range(0, len(shown) - 1, 2)}
