"""The child's side of the conversation: one question, one answer, until the parent hangs up."""

from typing import IO, Any

from dms.ingest.reading.answers import examination_header, page_frame
from dms.ingest.reading.errors import (
    OcrLanguageMissing,
    OcrProgramMissing,
    ReaderOutOfMemory,
    ReaderStumbled,
    ReadingRefused,
)
from dms.ingest.reading.frames import Frame, FrameBounds, StreamEnded, read_frame, write_frame
from dms.ingest.reading.keyless import confinement
from dms.ingest.reading.keyless.engine import OcrEngine, engine_named
from dms.ingest.reading.keyless.page import read_page
from dms.ingest.reading.keyless.paper import Paper
from dms.ingest.reading.keyless.triage import open_paper
from dms.ingest.reading.limits import EngineName, ReadingLimits

_HEADER_BYTES = 64 * 2**10
_PROGRAMS = {EngineName.RAPIDOCR: None, EngineName.TESSERACT: "tesseract"}


class _NoSuchPaper(Exception):
    """The parent asked about a paper that is not on the desk: the two no longer understand each other."""


class Desk:
    """The paper a child works on, and the engine that reads it."""

    def __init__(self, limits: ReadingLimits, engine: OcrEngine, gauge: confinement.MemoryGauge) -> None:
        self._limits = limits
        self._engine = engine
        self._gauge = gauge
        self._token: int | None = None
        self._paper: Paper | None = None

    def answer(self, question: Frame) -> Frame:
        """The answer to one question; raises whatever the paper makes the libraries raise."""
        match question.header["ask"]:
            case "examine":
                return Frame(examination_header(self._paper_of(question).examine()))
            case "read":
                page = read_page(self._paper_of(question), question.header["page"], self._engine)
                frame = page_frame(page)
                return Frame(frame.header | {"peak_memory_bytes": self._gauge.peak_bytes()}, frame.parts)
            case _:
                self._put_away()
                return Frame({"answer": "forgotten"})

    def _paper_of(self, question: Frame) -> Paper:
        if question.parts:
            self._put_away()
            self._paper = open_paper(question.parts[0], self._limits)
            self._token = question.header["token"]
        if self._paper is None or self._token != question.header["token"]:
            raise _NoSuchPaper
        return self._paper

    def _put_away(self) -> None:
        paper, self._paper, self._token = self._paper, None, None
        if paper:
            paper.close()


def serve_standard_streams() -> None:
    """Take the configuration from the first frame, confine this process, and answer until the parent hangs up."""
    inward, outward = confinement.take_over_streams()
    configuration = read_frame(inward, FrameBounds(header_bytes=_HEADER_BYTES, parts_bytes=0)).header
    limits = ReadingLimits(**configuration["limits"])
    engine_name = EngineName(configuration["engine"])
    gauge = confinement.MemoryGauge()
    confinement.confine(address_space_bytes=limits.address_space_bytes, program=_PROGRAMS[engine_name])
    confinement.end_with_parent(inward)
    desk = Desk(limits, engine_named(engine_name), gauge)
    bounds = FrameBounds(header_bytes=_HEADER_BYTES, parts_bytes=limits.document_bytes)
    while True:
        try:
            question = read_frame(inward, bounds)
        except StreamEnded:
            return
        confinement.allow_processor_time(max(limits.page_s, limits.examination_s))
        _reply(outward, _answered(desk, question))


def _answered(desk: Desk, question: Frame) -> Frame:
    try:
        return desk.answer(question)
    except ReadingRefused as refusal:
        return _error(refusal.code, dict(refusal.details))
    except (OcrProgramMissing, OcrLanguageMissing) as failure:
        return _error(failure.code, {})
    except MemoryError:
        return _error(ReaderOutOfMemory.code, {})
    except _NoSuchPaper:
        raise
    except Exception:  # noqa: BLE001 -- whatever a library raises about a stranger's bytes is an answer about them
        return _error(ReaderStumbled.code, {})


def _error(code: str, details: dict[str, Any]) -> Frame:
    return Frame({"answer": "error", "code": code, "details": details})


def _reply(outward: IO[bytes], answer: Frame) -> None:
    write_frame(outward, answer.header, answer.parts)
