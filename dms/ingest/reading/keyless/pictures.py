"""Pictures: the only home of Pillow. Opened by an explicit list of formats, judged before they are unfolded.

A picture whose data ends early is refused as damaged: `ImageFile.LOAD_TRUNCATED_IMAGES` stays off.
"""

import io
from collections.abc import Iterator
from contextlib import contextmanager

import numpy as np
from PIL import Image, ImageFile

from dms.ingest.reading.answers import Examination, MediaType, PaperKind
from dms.ingest.reading.errors import (
    AnimatedPicture,
    DamagedDocument,
    NoSuchPage,
    ReadingRefused,
    TooManyPages,
    TooManyPixels,
    TooSmall,
)
from dms.ingest.reading.keyless.paper import Pixels, Raster
from dms.ingest.reading.limits import ReadingLimits

WORKING_PIXELS = 40_000_000
"""A page beyond this (A3 at 400 dpi has 31 million) is halved until it fits, before anything works on it."""

_FORMATS = {
    MediaType.JPEG: "JPEG",
    MediaType.PNG: "PNG",
    MediaType.TIFF: "TIFF",
    MediaType.BMP: "BMP",
    MediaType.WEBP: "WEBP",
}
_STRIPS = ((273, 279), (324, 325), (513, 514))
"""TIFF tags: offsets and byte counts of strips, of tiles, and of an old-style JPEG stream (TIFF 6.0)."""
_ORIENTATION = 0x0112
_TRANSPOSITIONS = {
    2: Image.Transpose.FLIP_LEFT_RIGHT,
    3: Image.Transpose.ROTATE_180,
    4: Image.Transpose.FLIP_TOP_BOTTOM,
    5: Image.Transpose.TRANSPOSE,
    6: Image.Transpose.ROTATE_270,
    7: Image.Transpose.TRANSVERSE,
    8: Image.Transpose.ROTATE_90,
}
"""What undoes each EXIF orientation (EXIF 2.32, tag 0x0112)."""
_NARROWEST_FAX_RATIO, _WIDEST_FAX_RATIO = 1.2, 3.0

Image.MAX_IMAGE_PIXELS = None  # every size is checked against our own limit, with our own refusal
ImageFile.LOAD_TRUNCATED_IMAGES = False


class PicturePaper:
    """A picture, or the pictures of a TIFF, as a paper."""

    def __init__(self, content: bytes, media_type: MediaType, limits: ReadingLimits) -> None:
        """Open without unfolding; raises `DamagedDocument` or `AnimatedPicture`."""
        self._content = content
        self._media_type = media_type
        self._limits = limits
        with _damage_on_failure():
            self._image = Image.open(io.BytesIO(content), formats=[_FORMATS[media_type]])
        self._page_count = self._count_pages()
        self._last: tuple[int, Raster] | None = None

    def examine(self) -> Examination:
        """See `Paper.examine`; the first page is unfolded, which is where most damage shows."""
        for number in range(1, self._page_count + 1):
            self._require_whole(number)
        self.raster(1)
        return Examination(media_type=self._media_type, kind=PaperKind.PICTURE, page_count=self._page_count)

    def raster(self, number: int) -> Raster:
        """See `Paper.raster`; the last one is kept, because examining is followed by reading."""
        if self._last is None or self._last[0] != number:
            self._last = None
            self._require_whole(number)
            self._last = (number, self._unfolded())
        return self._last[1]

    def close(self) -> None:
        """See `Paper.close`."""
        self._last = None
        self._image.close()

    def _count_pages(self) -> int:
        if self._media_type is MediaType.TIFF:
            return self._count_tiff_pages()
        moving = self._media_type in {MediaType.PNG, MediaType.WEBP} and getattr(self._image, "is_animated", False)
        if moving:
            raise AnimatedPicture
        return 1

    def _count_tiff_pages(self) -> int:
        with _damage_on_failure():
            for frame in range(self._limits.pages + 1):
                try:
                    self._image.seek(frame)
                except EOFError:
                    return frame
        raise TooManyPages(pages=self._limits.pages + 1, limit=self._limits.pages)

    def _require_whole(self, number: int) -> None:
        """Turn to page `number` and check its size, and in a TIFF that its data lies within the content."""
        if not 1 <= number <= self._page_count:
            raise NoSuchPage(page=number, pages=self._page_count)
        if self._page_count > 1:
            with _damage_on_failure():
                self._image.seek(number - 1)
        width, height = self._image.size
        if width * height > self._limits.pixels_per_page:
            raise TooManyPixels(page=number, width_px=width, height_px=height, limit_px=self._limits.pixels_per_page)
        if min(width, height) < self._limits.shortest_side_px:
            raise TooSmall(page=number, width_px=width, height_px=height)
        if self._media_type is MediaType.TIFF and not all(end <= len(self._content) for end in self._data_ends()):
            raise DamagedDocument

    def _data_ends(self) -> Iterator[int]:
        tags = getattr(self._image, "tag_v2", {})
        for offsets_tag, counts_tag in _STRIPS:
            offsets, counts = _as_tuple(tags.get(offsets_tag)), _as_tuple(tags.get(counts_tag))
            yield from (int(offset) + int(count) for offset, count in zip(offsets, counts, strict=False))

    def _unfolded(self) -> Raster:
        with _damage_on_failure():
            return Raster(pixels=_as_pixels(self._image), made_by="picture", layer=(), native_scan=True)


def encode_jpeg(pixels: Pixels, quality: int) -> bytes:
    """The pixels as a baseline JPEG."""
    stream = io.BytesIO()
    Image.fromarray(pixels).save(stream, "JPEG", quality=quality)
    return stream.getvalue()


def decoded_jpeg(content: bytes) -> Pixels:
    """The pixels of a JPEG that this package made itself."""
    with Image.open(io.BytesIO(content), formats=["JPEG"]) as image:
        return np.asarray(image, dtype=np.uint8)


def _as_pixels(image: Image.Image) -> Pixels:
    aspect = _fax_aspect(image)
    smaller = _small_enough(image)
    smaller.load()
    turn = _TRANSPOSITIONS.get(image.getexif().get(_ORIENTATION, 1))
    plain = _plain(smaller)
    upright = plain.transpose(turn) if turn is not None else plain
    if aspect != 1.0:
        upright = upright.resize((upright.width, round(upright.height * aspect)), Image.Resampling.BICUBIC)
    return np.asarray(upright, dtype=np.uint8)


def _small_enough(image: Image.Image) -> Image.Image:
    factor = 1
    while image.width * image.height / factor**2 > WORKING_PIXELS:
        factor *= 2
    if factor > 1 and image.format == "JPEG":
        image.draft(None, (image.width // factor, image.height // factor))
    return image if image.width * image.height <= WORKING_PIXELS else _plain(image).reduce(factor)


def _plain(image: Image.Image) -> Image.Image:
    """The picture in mode L or RGB, on white where it is transparent."""
    mode = image.mode
    if mode in {"L", "RGB"} and "transparency" not in image.info:
        return image
    if mode == "1":
        return image.convert("L")
    if mode.startswith("I") or mode == "F":
        return Image.fromarray(_eight_bits(np.asarray(image)))
    if mode in {"LA", "La", "PA", "RGBA", "RGBa", "P"} or "transparency" in image.info:
        return _on_white(image.convert("RGBA"))
    return image.convert("RGB")


def _on_white(image: Image.Image) -> Image.Image:
    paper = Image.new("RGB", image.size, "white")
    paper.paste(image, mask=image.getchannel("A"))
    return paper


def _eight_bits(samples: np.ndarray) -> Pixels:
    """Samples of more than eight bits scaled so that the widest range in use, 1, 8, 12 or 16 bits, becomes 0 to 255."""
    highest = float(samples.max(initial=0))
    ceiling = next((c for c in (1.0, 255.0, 4095.0, 65535.0) if highest <= c), highest)
    return np.clip(samples * (255.0 / ceiling), 0, 255).astype(np.uint8)


def _fax_aspect(image: Image.Image) -> float:
    """How much taller the picture must become for its pixels to be square; 1 unless it has a fax's resolutions."""
    horizontal, vertical = image.info.get("dpi", (0, 0))
    if not horizontal or not vertical:
        return 1.0
    ratio = float(horizontal) / float(vertical)
    return ratio if _NARROWEST_FAX_RATIO <= ratio <= _WIDEST_FAX_RATIO else 1.0


def _as_tuple(value: object) -> tuple[int, ...]:
    if value is None:
        return ()
    return value if isinstance(value, tuple) else (value,)


@contextmanager
def _damage_on_failure() -> Iterator[None]:
    try:
        yield
    except (ReadingRefused, MemoryError):
        raise
    except Exception:  # noqa: BLE001 -- a broken picture makes the decoders raise anything, from struct.error to SyntaxError
        raise DamagedDocument from None
