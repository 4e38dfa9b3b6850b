"""A font that takes up room and shows nothing: the letters are in the page image, the text layer only says them.

Every character becomes one CID of a composite font (ISO 32000-1, 9.7). All CIDs point to the same glyph without area,
one em wide and one em high above the baseline; the ToUnicode map says what each stands for, rare characters beyond
U+FFFF too.

Invariants:
- The font program is embedded, and the .notdef glyph is never used (PDF/A-2, ISO 19005-2, 6.2.11.4 and 6.2.11.8).
- No character maps to U+0000, U+FEFF, U+FFFE or half a surrogate pair (ISO 19005-2, 6.2.11.7.2).
"""

import functools
import struct
from collections.abc import Iterator

from pypdf import PdfWriter
from pypdf.generic import ArrayObject, DictionaryObject, IndirectObject, NumberObject, TextStringObject

from dms.printing.pdf_objects import Entries, add, deflated, dictionary, name, numbers

_EM = 1000
_FONT_NAME = "AnjuanGlyphless"
_REPLACEMENT = "\ufffd"
_UNMAPPABLE = frozenset("\0\ufeff\ufffe\uffff")
_LAST_CID = 0xFFFF
_BLOCK_ENTRIES = 100
"""How many entries one bfchar block may have (Adobe technical note 5014)."""


class GlyphlessFont:
    """Gives out the CIDs of one document; `reference` can be used at once, `complete` closes the font."""

    def __init__(self, writer: PdfWriter) -> None:
        self._writer = writer
        self._cids = {_REPLACEMENT: 1}
        self._font = DictionaryObject()
        self.reference = add(writer, self._font)

    def code(self, text: str) -> str:
        """The four hexadecimal digits that show `text` (one character) in a content stream."""
        known = _mappable(text)
        if known not in self._cids and len(self._cids) == _LAST_CID:
            known = _REPLACEMENT  # no paper has so many different characters; a hostile text layer may
        return f"{self._cids.setdefault(known, len(self._cids) + 1):04X}"

    def complete(self) -> None:
        """Writes the font into its place in the document; to be called once every character has its code."""
        entries: Entries = {
            "Type": name("Font"),
            "Subtype": name("Type0"),
            "BaseFont": name(_FONT_NAME),
            "Encoding": name("Identity-H"),
            "DescendantFonts": ArrayObject([add(self._writer, self._descendant())]),
            "ToUnicode": add(self._writer, deflated(self._to_unicode(), {})),
        }
        self._font.update(dictionary(entries))

    def _descendant(self) -> DictionaryObject:
        system = {
            "Registry": TextStringObject("Adobe"),
            "Ordering": TextStringObject("Identity"),
            "Supplement": NumberObject(0),
        }
        entries: Entries = {
            "Type": name("Font"),
            "Subtype": name("CIDFontType2"),
            "BaseFont": name(_FONT_NAME),
            "CIDSystemInfo": dictionary(system),
            "FontDescriptor": _descriptor(self._writer),
            "DW": NumberObject(_EM),
            # The one glyph for every CID; the entry for CID 0 is there because the table has to begin with it.
            "CIDToGIDMap": add(self._writer, deflated(b"\0\1" * (len(self._cids) + 1), {})),
        }
        return dictionary(entries)

    def _to_unicode(self) -> bytes:
        entries = [f"<{cid:04X}> <{_utf16(text)}>" for text, cid in self._cids.items()]
        return "\n".join([_CMAP_HEAD, *_blocks(entries), _CMAP_TAIL]).encode("ascii")


def _mappable(text: str) -> str:
    unsaid = not text or any(c in _UNMAPPABLE or "\ud800" <= c <= "\udfff" for c in text)
    return _REPLACEMENT if unsaid else text


def _utf16(text: str) -> str:
    return text.encode("utf-16-be").hex().upper()


def _blocks(entries: list[str]) -> Iterator[str]:
    for start in range(0, len(entries), _BLOCK_ENTRIES):
        block = entries[start : start + _BLOCK_ENTRIES]
        yield "\n".join([f"{len(block)} beginbfchar", *block, "endbfchar"])


_CMAP_HEAD = """/CIDInit /ProcSet findresource begin
12 dict begin
begincmap
/CIDSystemInfo << /Registry (Adobe) /Ordering (UCS) /Supplement 0 >> def
/CMapName /Adobe-Identity-UCS def
/CMapType 2 def
1 begincodespacerange
<0000> <FFFF>
endcodespacerange"""
_CMAP_TAIL = """endcmap
CMapName currentdict /CMap defineresource pop
end
end"""


def _descriptor(writer: PdfWriter) -> IndirectObject:
    program = font_program()
    entries: Entries = {
        "Type": name("FontDescriptor"),
        "FontName": name(_FONT_NAME),
        "Flags": NumberObject(4),
        "FontBBox": numbers([0, 0, _EM, _EM]),
        "ItalicAngle": NumberObject(0),
        "Ascent": NumberObject(_EM),
        # Not 0: some viewers take that for "not said" and assume a third of an em below the baseline.
        "Descent": NumberObject(-1),
        "CapHeight": NumberObject(_EM),
        "StemV": NumberObject(80),
        "FontFile2": add(writer, deflated(program, {"Length1": NumberObject(len(program))})),
    }
    return add(writer, dictionary(entries))


# One contour from corner to corner and back: it paints nothing, but it has an extent. A viewer that takes the place of
# a character from its outline (PDFium) drops one without.
_GLYPH = struct.pack(">5h2H2B2h", 1, 0, 0, _EM, _EM, 1, 0, 0x31, 0x01, _EM, _EM)

_HEAD_MAGIC = b"\x5f\x0f\x3c\xf5"


@functools.cache
def font_program() -> bytes:
    """A TrueType font with two glyphs, .notdef and ours, and the tables that ISO 32000-1, 9.9 asks for.

    Source of the layouts: the OpenType specification, chapters of the tables named.
    """
    tables = {
        b"glyf": _GLYPH,
        b"head": _head(),
        b"hhea": struct.pack(">I3hH3h3h4hhH", 0x10000, _EM, 0, 0, _EM, 0, 0, _EM, 1, 0, 0, 0, 0, 0, 0, 0, 2),
        b"hmtx": struct.pack(">HhHh", _EM, 0, _EM, 0),
        b"loca": struct.pack(">3H", 0, 0, len(_GLYPH) // 2),
        b"maxp": struct.pack(">IH13H", 0x10000, 2, 2, 1, 0, 0, 1, *[0] * 8),
    }
    unadjusted = _assembled(tables)
    adjustment = struct.pack(">I", (0xB1B0AFBA - _checksum(unadjusted)) & 0xFFFFFFFF)
    # The adjustment stands right before the magic number; the sums of the tables count it as zero.
    return unadjusted.replace(bytes(4) + _HEAD_MAGIC, adjustment + _HEAD_MAGIC)


def _head() -> bytes:
    versions, adjustment, flags = (0x10000, 0x10000), 0, 0b11
    moments, bounds = (0, 0), (0, 0, _EM, _EM)
    style, smallest_px, direction, short_loca, glyph_format = 0, 6, 2, 0, 0
    return struct.pack(
        ">3I4s2H2q4h2H3h",
        *(*versions, adjustment, _HEAD_MAGIC, flags, _EM, *moments, *bounds),
        *(style, smallest_px, direction, short_loca, glyph_format),
    )


def _assembled(tables: dict[bytes, bytes]) -> bytes:
    directory, body = b"", b""
    first_offset = 12 + 16 * len(tables)
    for tag, table in sorted(tables.items()):
        directory += tag + struct.pack(">3I", _checksum(table), first_offset + len(body), len(table))
        body += _padded(table)
    power = len(tables).bit_length() - 1
    search_range = 16 << power
    header = struct.pack(">I4H", 0x10000, len(tables), search_range, power, 16 * len(tables) - search_range)
    return header + directory + body


def _checksum(table: bytes) -> int:
    words = (int.from_bytes(table[at : at + 4].ljust(4, b"\0"), "big") for at in range(0, len(table), 4))
    return sum(words) & 0xFFFFFFFF


def _padded(table: bytes) -> bytes:
    return table + b"\0" * (-len(table) % 4)
