"""OCR and nothing else, for measuring what the rest of the pipeline costs: pictures in, an empty answer out."""

from collections.abc import Callable
from typing import Any

from dms.ingest.reading.frames import FrameBounds, StreamEnded, read_frame, write_frame
from dms.ingest.reading.keyless import confinement
from dms.ingest.reading.keyless.engine import engine_named
from dms.ingest.reading.keyless.paper import Pixels
from dms.ingest.reading.keyless.pictures import decoded_jpeg
from dms.ingest.reading.keyless.preview import preview_of
from dms.ingest.reading.limits import EngineName

_BOUNDS = FrameBounds(header_bytes=1024, parts_bytes=64 * 2**20)
_ONE_THREAD = {
    "Global.log_level": "critical",
    "EngineConfig.onnxruntime.intra_op_num_threads": 1,
    "EngineConfig.onnxruntime.inter_op_num_threads": 1,
}


def serve_bare_reading() -> None:
    """Take the engine's name from the first frame, then read one JPEG a frame until the parent hangs up."""
    inward, outward = confinement.take_over_streams()
    confinement.end_with_parent(inward)
    read = _reader(read_frame(inward, _BOUNDS).header)
    while True:
        try:
            question = read_frame(inward, _BOUNDS)
        except StreamEnded:
            return
        read(decoded_jpeg(question.parts[0]))
        write_frame(outward, {"answer": "read"})


def _reader(configuration: dict[str, Any]) -> Callable[[Pixels], object]:
    """What reads one page in RGB: our engine, or RapidOCR as it is shipped."""
    if configuration["as_shipped"]:
        from rapidocr import RapidOCR

        return RapidOCR(params=_ONE_THREAD)
    engine = engine_named(EngineName(configuration["engine"]))
    return lambda page: engine.read(page, preview_of(page))
