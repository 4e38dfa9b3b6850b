"""OCR and nothing else, for measuring what the rest of the pipeline costs: pictures in, counts of characters out."""

from dms.ingest.reading.frames import FrameBounds, StreamEnded, read_frame, write_frame
from dms.ingest.reading.keyless import confinement
from dms.ingest.reading.keyless.engine import engine_named
from dms.ingest.reading.keyless.pictures import decoded_jpeg
from dms.ingest.reading.keyless.preview import preview_of
from dms.ingest.reading.limits import EngineName

_BOUNDS = FrameBounds(header_bytes=1024, parts_bytes=64 * 2**20)


def serve_bare_reading() -> None:
    """Take the engine's name from the first frame, then read one JPEG a frame until the parent hangs up."""
    inward, outward = confinement.take_over_streams()
    confinement.end_with_parent(inward)
    engine = engine_named(EngineName(read_frame(inward, _BOUNDS).header["engine"]))
    while True:
        try:
            question = read_frame(inward, _BOUNDS)
        except StreamEnded:
            return
        picture = decoded_jpeg(question.parts[0])
        segments = engine.read(picture, preview_of(picture))
        write_frame(outward, {"characters": sum(len(segment.characters) for segment in segments)})
