"""PDF files as no honest program writes them."""

import io
from collections.abc import Mapping

from pypdf import PdfWriter
from pypdf.generic import DictionaryObject, NameObject, PdfObject, TextStringObject

PAGE = "<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] >>"
CATALOGUE = "<< /Type /Catalog /Pages 2 0 R >>"


def assembled(objects: Mapping[int, str | bytes], *, previous: str = "") -> bytes:
    """These objects as a file with a proper cross-reference table; object 1 is the catalogue."""
    out = bytearray(b"%PDF-1.7\n")
    places = {}
    for number, content in objects.items():
        places[number] = len(out)
        out += b"%d 0 obj\n" % number + (content if isinstance(content, bytes) else content.encode()) + b"\nendobj\n"
    start = len(out)
    size = max(places) + 1
    out += b"xref\n0 %d\n" % size
    for number in range(size):
        place = places.get(number)
        out += b"0000000000 65535 f \n" if place is None else b"%010d 00000 n \n" % place
    out += f"trailer\n<< /Size {size} /Root 1 0 R {previous.format(start=start)} >>\n".encode()
    out += b"startxref\n%d\n%%%%EOF\n" % start
    return bytes(out)


def stream(entries: str, content: bytes) -> bytes:
    """A stream object with these entries in its dictionary."""
    return f"<< {entries} /Length {len(content)} >>\nstream\n".encode() + content + b"\nendstream"


def locked(content: bytes, *, user_password: str) -> bytes:
    """The document, encrypted; with an empty user password everyone may read it and nobody may change it."""
    writer = PdfWriter(clone_from=io.BytesIO(content))
    writer.encrypt(user_password, "the owner's", algorithm="AES-256")
    return _written(writer)


def of_many_pages(count: int) -> bytes:
    """That many empty pages."""
    kids = " ".join(f"{number} 0 R" for number in range(3, 3 + count))
    tree = f"<< /Type /Pages /Count {count} /Kids [{kids}] >>"
    return assembled({1: CATALOGUE, 2: tree, **dict.fromkeys(range(3, 3 + count), PAGE)})


def with_cyclic_tree() -> bytes:
    """A page tree whose branches are each other's children."""
    return assembled(
        {
            1: CATALOGUE,
            2: "<< /Type /Pages /Count 5 /Kids [3 0 R] >>",
            3: "<< /Type /Pages /Count 5 /Parent 2 0 R /Kids [4 0 R 2 0 R] >>",
            4: "<< /Type /Pages /Count 5 /Parent 3 0 R /Kids [3 0 R 4 0 R] >>",
        }
    )


def with_deep_tree(depth: int) -> bytes:
    """One page at the end of a tree that never branches."""
    branches = {
        number: f"<< /Type /Pages /Count 1 /Parent {number - 1} 0 R /Kids [{number + 1} 0 R] >>"
        for number in range(3, 3 + depth)
    }
    first = "<< /Type /Pages /Count 1 /Kids [3 0 R] >>"
    return assembled({1: CATALOGUE, 2: first, **branches, 3 + depth: PAGE})


def with_previous_loop() -> bytes:
    """A cross-reference table that names itself as the one before."""
    return assembled({1: CATALOGUE, 2: "<< /Type /Pages /Count 1 /Kids [3 0 R] >>", 3: PAGE}, previous="/Prev {start}")


def of_size(width_pt: float, height_pt: float) -> bytes:
    """One empty page of this size."""
    return _single(f"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 {width_pt:.0f} {height_pt:.0f}] >>", {})


def with_nested_arrays(depth: int) -> bytes:
    """A page with an entry of brackets inside brackets."""
    page = f"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Odd {'[' * depth}{']' * depth} >>"
    return _single(page, {})


def with_forms_in_forms(levels: int) -> bytes:
    """A form that draws a form ten times, which draws a form ten times, and so on."""
    forms = {
        10 + level: stream(
            f"/Type /XObject /Subtype /Form /BBox [0 0 595 842] /Resources << /XObject << /F {11 + level} 0 R >> >>",
            b"/F Do " * 10,
        )
        for level in range(levels)
    }
    last = {10 + levels: stream("/Type /XObject /Subtype /Form /BBox [0 0 595 842]", b"0 0 9 9 re f")}
    page = (
        "<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents 4 0 R "
        "/Resources << /XObject << /F 10 0 R >> >> >>"
    )
    return _single(page, {4: stream("", b"/F Do"), **forms, **last})


def with_stream_bomb(twice_deflated: bytes) -> bytes:
    """A page whose content unfolds to a gigabyte, packed twice."""
    page = "<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents 4 0 R >>"
    return _single(page, {4: stream("/Filter [/FlateDecode /FlateDecode]", twice_deflated)})


def with_picture_bomb(side_px: int, deflated: bytes) -> bytes:
    """A page with a picture of one bit a pixel and far too many pixels."""
    page = (
        "<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents 4 0 R "
        "/Resources << /XObject << /I 5 0 R >> >> >>"
    )
    entries = (
        f"/Type /XObject /Subtype /Image /Width {side_px} /Height {side_px} /BitsPerComponent 1 "
        "/ColorSpace /DeviceGray /Filter /FlateDecode"
    )
    return _single(page, {4: stream("", b"595 0 0 842 0 0 cm /I Do"), 5: stream(entries, deflated)})


def that_acts_on_opening(content: bytes) -> bytes:
    """The document with a command to start a program, and after it a script; both are to be ignored."""
    writer = PdfWriter(clone_from=io.BytesIO(content))
    script = _dictionary({"/S": NameObject("/JavaScript"), "/JS": TextStringObject("app.alert('opened');")})
    launch = {"/S": NameObject("/Launch"), "/F": TextStringObject("/bin/sh"), "/Next": script}
    writer.root_object[NameObject("/OpenAction")] = _dictionary(launch)
    return _written(writer)


def with_attachment(content: bytes) -> bytes:
    """The document with a program attached."""
    writer = PdfWriter(clone_from=io.BytesIO(content))
    writer.add_attachment("setup.exe", b"MZ" + bytes(100))
    return _written(writer)


def _single(page: str, others: Mapping[int, str | bytes]) -> bytes:
    tree = "<< /Type /Pages /Count 1 /Kids [3 0 R] >>"
    return assembled({1: CATALOGUE, 2: tree, 3: page, **others})


def _written(writer: PdfWriter) -> bytes:
    buffer = io.BytesIO()
    writer.write(buffer)
    return buffer.getvalue()


def _dictionary(entries: Mapping[str, PdfObject]) -> DictionaryObject:
    return DictionaryObject({NameObject(key): value for key, value in entries.items()})
