"""One page, from pixels to reading: the table of contents of this package.

Invariant: what is returned is in the pixels of the returned image, whichever way the page was turned, levelled and
scaled before it was read.
"""

from dataclasses import dataclass, field, replace

from dms.domain.reading import PageReading, TextSource
from dms.ingest.reading.answers import PageResult
from dms.ingest.reading.keyless.engine import OcrEngine, Segment
from dms.ingest.reading.keyless.layout import lines_of
from dms.ingest.reading.keyless.paper import Paper, Pixels, Raster
from dms.ingest.reading.keyless.pictures import encode_jpeg
from dms.ingest.reading.keyless.preview import Preview, preview_from, preview_of, resized
from dms.ingest.reading.keyless.straightening import levelled, quarter_turn, skew_of, turned
from dms.ingest.reading.keyless.text_layer import LayerVerdict, judge_layer, layer_segments

_IMAGE_SIDE_PX = 2_600
_IMAGE_QUALITY = 82
_THUMBNAIL_SIDE_PX = 320
_THUMBNAIL_QUALITY = 75

_FEWEST_GLYPHS_TO_TURN = 4
_SHARP_GLYPH_PX = 24
"""Size at which a character keeps all its strokes; recognition works on lines 48 pixels high."""
_LEAST_CERTAINTY = 0.7
_LEAST_CONFIDENCE = 0.85
"""Upright print is read with 0.98 and more, the same upside down with 0.78 at most (measured)."""
_MOST_TALL_SHARE = 0.5
_LEGIBLE = 0.8
_EMPTY_INK_SHARE = 0.002
"""A page on which nothing was read and less than this is inked is empty but for dust."""


@dataclass(frozen=True, slots=True, kw_only=True)
class _Straightened:
    """An upright page and what was read on it, in its own pixels."""

    page: Pixels
    small: Pixels
    """The same as small as a preview."""
    turned_degrees: int = 0
    skew_degrees: float = 0.0
    source: TextSource = TextSource.OCR
    segments: list[Segment] = field(default_factory=list)


def read_page(paper: Paper, number: int, engine: OcrEngine) -> PageResult:
    """Page `number` of the paper, read; raises `ReadingRefused` when it cannot be shown whole."""
    raster = paper.raster(number)
    preview = preview_of(raster.pixels)
    verdict = judge_layer(raster, preview, engine)
    if verdict is LayerVerdict.TRUSTED:
        straightened = _from_layer(raster, preview)
    elif _is_empty(preview):
        straightened = _Straightened(page=raster.pixels, small=preview.pixels, source=TextSource.NONE)
    else:
        straightened = _from_pixels(raster.pixels, preview, engine)
    return _result(straightened, number, raster, preview, verdict, engine)


def _is_empty(preview: Preview) -> bool:
    return not len(preview.glyphs) and preview.ink_share < _EMPTY_INK_SHARE


def _from_layer(raster: Raster, preview: Preview) -> _Straightened:
    return _Straightened(
        page=raster.pixels,
        small=preview.pixels,
        source=TextSource.TEXT_LAYER,
        segments=layer_segments(raster.layer),
    )


def _from_pixels(page: Pixels, preview: Preview, engine: OcrEngine) -> _Straightened:
    if len(preview.glyphs) < _FEWEST_GLYPHS_TO_TURN:
        return _read_turned(page, preview, engine, 0)
    turn = quarter_turn(preview)
    first = _read_turned(page, preview, engine, turn.degrees)
    further = _turns_to_try(turn.certainty, first.segments)
    others = [_read_turned(page, preview, engine, (turn.degrees + degrees) % 360) for degrees in further]
    return max([first, *others], key=lambda attempt: _legibility(attempt.segments))


def _turns_to_try(certainty: float, segments: list[Segment]) -> tuple[int, ...]:
    """Further turns, from where the page stands, that might make more sense of it; none for a page that reads well."""
    characters = sum(len(s.characters) for s in segments)
    tall = sum(len(s.characters) for s in segments if s.tall)
    confidence = sum(c.confidence for s in segments for c in s.characters)
    if certainty < _LEAST_CERTAINTY or not characters:
        return (90, 180, 270)
    if tall > _MOST_TALL_SHARE * characters:
        return (90, 270)
    return (180,) if confidence < _LEAST_CONFIDENCE * characters else ()


def _read_turned(page: Pixels, preview: Preview, engine: OcrEngine, degrees: int) -> _Straightened:
    skew = skew_of(preview.glyphs, degrees)
    scale = _working_scale(page, preview)
    upright = _straightened(resized(page, scale), degrees, skew)
    small = _straightened_preview(preview, degrees, skew, preview.scale / scale)
    return _Straightened(
        page=upright,
        small=small.pixels,
        turned_degrees=degrees,
        skew_degrees=skew,
        segments=engine.read(upright, small),
    )


def _straightened_preview(preview: Preview, degrees: int, skew: float, scale: float) -> Preview:
    if not degrees and not skew:
        return replace(preview, scale=scale)
    return preview_from(_straightened(preview.pixels, degrees, skew), scale)


def _straightened(page: Pixels, degrees: int, skew: float) -> Pixels:
    return levelled(turned(page, degrees), skew)


def _working_scale(page: Pixels, preview: Preview) -> float:
    """As small as the image that is shown, unless the writing is so fine that it would lose its shape."""
    shown = _IMAGE_SIDE_PX / max(page.shape[:2])
    return float(min(1.0, max(shown, _SHARP_GLYPH_PX / (preview.glyph_px or _SHARP_GLYPH_PX))))


def _legibility(segments: list[Segment]) -> float:
    """How much was read with confidence on lines that run across the page."""
    confidences = (c.confidence for s in segments if not s.tall for c in s.characters)
    return sum(confidence for confidence in confidences if confidence >= _LEGIBLE)


def _result(
    read: _Straightened, number: int, raster: Raster, preview: Preview, verdict: LayerVerdict, engine: OcrEngine
) -> PageResult:
    image = _at_most(read.page, _IMAGE_SIDE_PX)
    height, width = image.shape[:2]
    blank = not read.segments and preview.ink_share < _EMPTY_INK_SHARE
    reading = PageReading(
        number=number,
        width_px=width,
        height_px=height,
        turned_degrees=read.turned_degrees,
        skew_degrees=read.skew_degrees,
        blank=blank,
        source=TextSource.NONE if blank else read.source,
        engine="" if blank else _engine_name(read.source, engine),
        lines=lines_of(read.segments, scale=width / read.page.shape[1], width_px=width, height_px=height),
    )
    return PageResult(
        reading=reading,
        image=encode_jpeg(image, _IMAGE_QUALITY),
        thumbnail=encode_jpeg(_at_most(read.small, _THUMBNAIL_SIDE_PX), _THUMBNAIL_QUALITY),
        recipe=_recipe(reading, raster, verdict),
    )


def _engine_name(source: TextSource, engine: OcrEngine) -> str:
    return engine.name if source is TextSource.OCR else "PDF text layer"


def _recipe(reading: PageReading, raster: Raster, verdict: LayerVerdict) -> str:
    parts = {
        "raster": raster.made_by,
        "turned": reading.turned_degrees,
        "skew": reading.skew_degrees,
        "text_layer": verdict,
        "engine": reading.engine,
        "jpeg": _IMAGE_QUALITY,
    }
    return ";".join(f"{name}={value}" for name, value in parts.items())


def _at_most(page: Pixels, longest_px: int) -> Pixels:
    factor = longest_px / max(page.shape[:2])
    return resized(page, min(1.0, factor))
