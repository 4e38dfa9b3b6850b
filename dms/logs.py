"""The log: events with ids, counts and durations; never what a paper says, nor anybody's name.

What always holds:
- L1 A value reaches the log as a number or as a short code of letters, digits and a few signs; every other is withheld.
- L2 Of a fault only its kind and the places in the code are written: its message may quote a paper, a name or a path.
- L3 Of what libraries say only the fixed wording is written, without the values that they would put into it.
"""

import json
import logging
import re
import sys
import threading
import traceback
from datetime import UTC, datetime
from types import TracebackType
from typing import Final, TextIO

from dms.config import LogFormat

OWN_LOGGERS: Final = ("dms", "vault")
WITHHELD: Final = "(withheld)"
_CODE: Final = re.compile(r"[A-Za-z0-9_./:()<>+-]{0,120}", re.ASCII)
_FIELDS: Final = "anjuan_fields"

LogValue = int | float | str | None
"""None is left out."""


def log_event(logger: logging.Logger, event: str, *, level: int = logging.INFO, **fields: LogValue) -> None:
    """Write one event with its ids, counts and durations (L1)."""
    kept = {name: _kept(value) for name, value in fields.items() if value is not None}
    logger.log(level, "%s", _line(event, kept), extra={_FIELDS: {"event": event, **kept}})


def log_fault(logger: logging.Logger, event: str, fault: BaseException, **fields: LogValue) -> None:
    """Write that something failed unexpectedly: the kind of the fault and where it happened (L2)."""
    log_event(logger, event, level=logging.ERROR, fault=type(fault).__qualname__, **fields, where=_where(fault))


def keep_log(chosen: LogFormat | None, *, stream: TextIO | None = None) -> LogFormat:
    """Write the log of this process to the stream (standard error) from now on; the format in force.

    Without a choice: text for a terminal, JSON lines otherwise.
    """
    target = stream or sys.stderr
    in_force = chosen or (LogFormat.TEXT if target.isatty() else LogFormat.JSON)
    root = logging.getLogger()
    root.handlers = [_handler(in_force, target)]
    root.setLevel(logging.WARNING)
    for name in OWN_LOGGERS:
        logging.getLogger(name).setLevel(logging.INFO)
    logging.captureWarnings(True)
    threading.excepthook = _thread_died
    sys.excepthook = _program_died
    return in_force


class JsonLines(logging.Formatter):
    """One JSON object a line: ``at``, ``level``, ``event``, ``logger``, and the fields of the event."""

    def format(self, record: logging.LogRecord) -> str:
        """The line of one record."""
        return json.dumps({"at": _at(record), "level": record.levelname.lower(), **facts_of(record)})


class TextLines(logging.Formatter):
    """One line of text: moment, level, event, and the fields as ``name=value``."""

    def format(self, record: logging.LogRecord) -> str:
        """The line of one record."""
        facts = facts_of(record)
        moment = datetime.fromtimestamp(record.created).astimezone().strftime("%Y-%m-%d %H:%M:%S")
        return f"{moment} {record.levelname:<7} {_line(str(facts.pop('event')), facts)}"


def facts_of(record: logging.LogRecord) -> dict[str, LogValue]:
    """What of a record may be written: the fields of our events, our own sentences, the bare wording of others."""
    fields = getattr(record, _FIELDS, None)
    if fields is not None:
        return dict(fields)
    facts: dict[str, LogValue] = {"event": "message", "logger": record.name}
    if record.name.split(".")[0] in OWN_LOGGERS:
        facts["text"] = record.getMessage()
    elif record.args and isinstance(record.msg, str):
        facts["text"] = record.msg  # L3: what stands there before the values are filled in
    fault = record.exc_info[1] if record.exc_info else None
    if fault is not None:
        facts |= {"fault": type(fault).__qualname__, "where": _where(fault)}
    return facts


def _kept(value: LogValue) -> LogValue:
    if isinstance(value, str) and not _CODE.fullmatch(value.replace(" ", "")):
        return WITHHELD
    return round(value, 6) if isinstance(value, float) else value


def _line(event: str, fields: dict[str, LogValue]) -> str:
    return " ".join([event, *(f"{name}={value}" for name, value in fields.items())])


def _where(fault: BaseException) -> str:
    """The innermost places, the last one first: module:line:function."""
    frames = traceback.extract_tb(fault.__traceback__)[-3:]
    places = (f"{frame.filename.rpartition('/')[2]}:{frame.lineno}:{frame.name}" for frame in reversed(frames))
    return " < ".join(places)


def _at(record: logging.LogRecord) -> str:
    return datetime.fromtimestamp(record.created, UTC).isoformat(timespec="milliseconds")


def _handler(chosen: LogFormat, stream: TextIO) -> logging.Handler:
    if chosen is LogFormat.OFF:
        return logging.NullHandler()
    handler = logging.StreamHandler(stream)
    handler.setFormatter(JsonLines() if chosen is LogFormat.JSON else TextLines())
    return handler


def _thread_died(died: threading.ExceptHookArgs) -> None:
    if died.exc_value is not None:
        log_fault(logging.getLogger(__name__), "thread_died", died.exc_value)


def _program_died(kind: type[BaseException], fault: BaseException, trace: TracebackType | None) -> None:
    log_fault(logging.getLogger(__name__), "program_died", fault)
