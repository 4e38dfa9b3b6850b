"""What people and attackers upload that is no proper scan, made byte by byte; each says in which states it may end."""

import io
import random
import struct
import zipfile
import zlib
from collections.abc import Iterator
from dataclasses import dataclass

import bad_pdfs
from drawn import encoded, paper, picture
from PIL import Image

TENTHS = range(1, 10)
BOMB_SIDE_PX = 50_000
LINES = ("货物验收单 甲方仓库", "数量一百二十台 外观完好", "编号 YS-2024-0031")


@dataclass(frozen=True, slots=True)
class BadPaper:
    """One upload and the states of ``dms ingest`` in which it may end."""

    original_filename: str
    content: bytes
    states: frozenset[str]
    code: str | None = None
    """The code that the refusal must bear; None where several describe the situation."""


REFUSED = frozenset({"refused"})
NOT_READ = frozenset({"refused", "failed"})
READ = frozenset({"ready", "review"})
NAMED = NOT_READ | READ


def bad_papers() -> list[BadPaper]:
    """All of them, none equal to another."""
    return [*_broken(), *_misnamed(), *_foreign(), *_bombs(), *_pdfs()]


def _broken() -> Iterator[BadPaper]:
    yield BadPaper("empty.png", b"", REFUSED, "empty")
    yield BadPaper("one-byte.jpg", b"\xff", REFUSED)
    yield BadPaper("zeros.tif", bytes(4096), REFUSED)
    yield BadPaper("random.pdf", random.Random(7).randbytes(50_000), REFUSED, "unrecognised_content")
    whole = {
        "jpg": encoded(_noisy(), "JPEG", quality=90),
        "png": encoded(_noisy(), "PNG"),
        "tif": encoded(_noisy(), "TIFF", compression="tiff_lzw"),
        "webp": encoded(_noisy(), "WEBP", quality=90),
        "pdf": encoded(_noisy(), "PDF"),
    }
    for ending, content in whole.items():
        for tenth in TENTHS:
            cut = content[: len(content) * tenth // 10]
            # Viewers repair a PDF whose end is missing, and so may we; half a picture is half a paper.
            states = NAMED if ending == "pdf" else NOT_READ
            yield BadPaper(f"cut-at-{tenth}-tenths.{ending}", cut, states)
    yield BadPaper("scrambled.jpg", _scrambled(whole["jpg"]), NAMED)
    yield BadPaper("scrambled.png", _scrambled(whole["png"]), NOT_READ)


def _misnamed() -> Iterator[BadPaper]:
    """Proper papers under wrong names: content decides, so they are read."""
    yield BadPaper("a png called.pdf", paper(["错名为 PDF 的图片"]), READ)
    yield BadPaper("a jpeg called.docx", encoded(picture(["错名为文档的图片"]), "JPEG"), READ)
    yield BadPaper("a pdf called.jpg", encoded(picture(["错名为图片的文件"]), "PDF"), READ)
    yield BadPaper("no ending at all", paper(["没有扩展名"]), READ)


def _foreign() -> Iterator[BadPaper]:
    yield BadPaper("text.pdf", "这是一个文本文件，不是 PDF。\n".encode(), REFUSED, "unsupported_kind")
    yield BadPaper("text in gbk.pdf", "合同文本，国标编码。\n".encode("gbk"), REFUSED, "unsupported_kind")
    yield BadPaper("page.html", b"<!doctype html><script>alert(1)</script>", REFUSED, "unsupported_kind")
    yield BadPaper("drawing.svg", _SVG, REFUSED, "unsupported_kind")
    yield BadPaper("entities.xml", _BILLION_LAUGHS, REFUSED, "unsupported_kind")
    yield BadPaper("packed.zip", _zip("scan.png", paper(["压缩包中的扫描件"])), REFUSED, "unsupported_kind")
    yield BadPaper("contract.docx", _zip("word/document.xml", b"<w:document/>"), REFUSED, "unsupported_kind")
    yield BadPaper("old.doc", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(2000), REFUSED, "unsupported_kind")
    yield BadPaper("program.exe", b"MZ" + bytes(3000), REFUSED, "unsupported_kind")
    yield BadPaper("photo.heic", b"\0\0\0\x18ftypheic\0\0\0\0mif1heic" + bytes(500), REFUSED, "unsupported_kind")
    yield BadPaper("still.gif", encoded(picture(["静止图"]), "GIF"), REFUSED, "unsupported_kind")
    yield BadPaper("scan.jp2", encoded(picture(["新格式图"]), "JPEG2000"), REFUSED, "unsupported_kind")
    frames = [picture([f"第{number}帧"]) for number in range(3)]
    for kind, ending in (("GIF", "gif"), ("WEBP", "webp"), ("PNG", "png")):
        moving = encoded(frames[0], kind, save_all=True, append_images=frames[1:], duration=100)
        yield BadPaper(f"moving.{ending}", moving, REFUSED, "animated_picture")


def _bombs() -> Iterator[BadPaper]:
    side = BOMB_SIDE_PX
    yield BadPaper("bomb.png", _png(side, side, _zeros(side * (side // 8 + 1))), REFUSED, "too_many_pixels")
    yield BadPaper("lying header.png", _png(side, side, zlib.compress(b"\0")), REFUSED, "too_many_pixels")
    yield BadPaper("thread.png", _png(1_000_000, 3, _zeros(3 * 125_001)), NAMED)
    yield BadPaper("ribbon.png", _png(200_000, 60, _zeros(60 * 25_001)), REFUSED | READ)
    yield BadPaper("huge.jpg", _jpeg_of_size(65_500, 65_500), REFUSED, "too_many_pixels")
    yield BadPaper("huge.bmp", _bmp_of_size(side, side), NOT_READ)
    yield BadPaper("dot.png", encoded(Image.new("L", (1, 1)), "PNG"), REFUSED, "too_small")
    yield BadPaper("text bomb.png", _png_with_text_bomb(), NAMED)
    yield BadPaper("loop.tif", _tiff_chain([8, 8]), NAMED)
    yield BadPaper("two-step loop.tif", _tiff_loop(), NAMED)
    yield BadPaper("directories.tif", _tiff_chain([8 + 200 * n for n in range(10_000)]), NOT_READ)


def _pdfs() -> Iterator[BadPaper]:
    scan = encoded(picture(LINES), "PDF")
    yield BadPaper("password.pdf", bad_pdfs.locked(scan, user_password="geheim"), REFUSED, "password_protected")
    yield BadPaper("owner password only.pdf", bad_pdfs.locked(scan, user_password=""), READ)
    yield BadPaper("ten thousand pages.pdf", bad_pdfs.of_many_pages(10_000), REFUSED, "too_many_pages")
    yield BadPaper("no pages.pdf", bad_pdfs.of_many_pages(0), REFUSED, "damaged_document")
    yield BadPaper("header only.pdf", b"%PDF-1.7\n%%EOF\n", REFUSED)
    yield BadPaper("cyclic tree.pdf", bad_pdfs.with_cyclic_tree(), NAMED)
    yield BadPaper("deep tree.pdf", bad_pdfs.with_deep_tree(20_000), NAMED)
    yield BadPaper("previous loop.pdf", bad_pdfs.with_previous_loop(), NAMED)
    yield BadPaper("continent.pdf", bad_pdfs.of_size(1e9, 1e9), NAMED)
    yield BadPaper("negative.pdf", bad_pdfs.of_size(-595, -842), NAMED)
    yield BadPaper("thread.pdf", bad_pdfs.of_size(1e6, 1), REFUSED)
    yield BadPaper("ribbon.pdf", bad_pdfs.of_size(14_400, 3), REFUSED)
    yield BadPaper("nested arrays.pdf", bad_pdfs.with_nested_arrays(100_000), NAMED)
    yield BadPaper("forms in forms.pdf", bad_pdfs.with_forms_in_forms(12), NAMED)
    yield BadPaper("stream bomb.pdf", bad_pdfs.with_stream_bomb(_zeros(2**30, passes=2)), NAMED)
    yield BadPaper("picture bomb.pdf", bad_pdfs.with_picture_bomb(60_000, _zeros(60_000 * 7_500)), NAMED)
    yield BadPaper("acts on opening.pdf", bad_pdfs.that_acts_on_opening(scan), READ)
    yield BadPaper("carries a program.pdf", bad_pdfs.with_attachment(scan), READ)


def _noisy() -> Image.Image:
    """A page whose bytes are spread evenly, so that a tenth of the bytes is about a tenth of the page."""
    image = picture(LINES)
    speckle = Image.frombytes("L", image.size, random.Random(5).randbytes(image.width * image.height))
    return Image.blend(image, speckle, 0.1)


def _scrambled(content: bytes) -> bytes:
    """The middle third overwritten."""
    third = len(content) // 3
    return content[:third] + random.Random(3).randbytes(third) + content[2 * third :]


def _zip(name: str, content: bytes) -> bytes:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as packed:
        packed.writestr("[Content_Types].xml", "<Types/>")
        packed.writestr(name, content)
    return buffer.getvalue()


def _zeros(size_bytes: int, *, passes: int = 1) -> bytes:
    """That many zero bytes, deflated; twice for one that looks small even when unpacked once."""
    packer, packed, step = zlib.compressobj(1), [], 2**22
    for start in range(0, size_bytes, step):
        packed.append(packer.compress(bytes(min(step, size_bytes - start))))
    content = b"".join([*packed, packer.flush()])
    return content if passes == 1 else zlib.compress(content, 9)


def _png(width: int, height: int, deflated: bytes, *extra: bytes) -> bytes:
    """A picture of one bit a pixel with this content."""
    header = _png_chunk(b"IHDR", struct.pack(">IIBBBBB", width, height, 1, 0, 0, 0, 0))
    return b"\x89PNG\r\n\x1a\n" + header + b"".join(extra) + _png_chunk(b"IDAT", deflated) + _png_chunk(b"IEND", b"")


def _png_chunk(kind: bytes, body: bytes) -> bytes:
    return struct.pack(">I", len(body)) + kind + body + struct.pack(">I", zlib.crc32(kind + body))


def _png_with_text_bomb() -> bytes:
    text = _png_chunk(b"zTXt", b"Comment\0\0" + _zeros(2**28))
    return _png(800, 200, zlib.compress(b"\xff" * (101 * 200)), text)


def _jpeg_of_size(width: int, height: int) -> bytes:
    """A small picture whose frame header claims another size."""
    content = bytearray(encoded(picture(LINES), "JPEG"))
    frame = content.index(b"\xff\xc0")
    content[frame + 5 : frame + 9] = struct.pack(">HH", height, width)
    return bytes(content)


def _bmp_of_size(width: int, height: int) -> bytes:
    content = bytearray(encoded(picture(LINES), "BMP"))
    content[18:26] = struct.pack("<ii", width, height)
    return bytes(content)


def _tiff_directory(next_at: int) -> bytes:
    """A directory of one grey pixel row, 200 bytes long with its data."""
    entries = {
        256: (3, 64),
        257: (3, 64),
        258: (3, 1),
        259: (3, 1),
        262: (3, 1),
        273: (4, 8),
        278: (3, 64),
        279: (4, 8),
    }
    packed = b"".join(struct.pack("<HHII", tag, kind, 1, value) for tag, (kind, value) in entries.items())
    return (struct.pack("<H", len(entries)) + packed + struct.pack("<I", next_at)).ljust(200, b"\0")


def _tiff_chain(places: list[int]) -> bytes:
    """Directories one after the other; a place given twice is a loop."""
    following = [*places[1:], 0] if len(set(places)) == len(places) else places[1:]
    distinct = places[: len(following)]
    return b"II*\0\x08\0\0\0" + b"".join(_tiff_directory(after) for _, after in zip(distinct, following, strict=True))


def _tiff_loop() -> bytes:
    return b"II*\0\x08\0\0\0" + _tiff_directory(208) + _tiff_directory(8)


_SVG = b'<svg xmlns="http://www.w3.org/2000/svg"><script>alert(1)</script></svg>'
_BILLION_LAUGHS = (
    b'<?xml version="1.0"?><!DOCTYPE l [<!ENTITY a "ha"><!ENTITY b "&a;&a;&a;&a;">'
    b'<!ENTITY c "&b;&b;&b;&b;">]><l>&c;</l>'
)
