"""The log tells events and numbers, and nothing that a paper, a person or a library might say."""

import io
import json
import logging
import threading

import pytest
from simulators.logs import log_put_back

from dms.config import LogFormat
from dms.logs import keep_log, log_event, log_fault

SECRET = "苏州瑞泰精密机械有限公司 ¥438,000.00"
_log = logging.getLogger("dms.test")


class Terminal(io.StringIO):
    def isatty(self):
        return True


@pytest.fixture
def kept():
    with log_put_back():
        yield


def lines(stream):
    return [json.loads(line) for line in stream.getvalue().splitlines()]


@pytest.fixture
def stream(kept):
    stream = io.StringIO()
    keep_log(LogFormat.JSON, stream=stream)
    return stream


def test_an_event_is_one_json_object_a_line(stream):
    log_event(_log, "request", method="GET", route="/items/<item_id>", status=200, ms=12.345678901, user=None)
    (line,) = lines(stream)
    assert line.pop("at").endswith("+00:00")
    assert line == {
        "level": "info",
        "event": "request",
        "method": "GET",
        "route": "/items/<item_id>",
        "status": 200,
        "ms": 12.345679,
    }


@pytest.mark.parametrize("value", [SECRET, "合同.pdf", "a\nb", "x" * 200, "name@example.com", "a=b&c=d", "100%"])
def test_what_is_no_number_and_no_short_code_is_withheld(stream, value):
    log_event(_log, "something", code=value)
    assert lines(stream)[0]["code"] == "(withheld)"


def test_of_a_fault_only_its_kind_and_its_place_are_told(stream):
    try:
        raise OSError(f"cannot read {SECRET}")
    except OSError as fault:
        log_fault(_log, "broken", fault, place=3)
        _log.exception("reading broke off")
    told, plain = lines(stream)
    assert (told["fault"], told["place"], told["level"]) == ("OSError", 3, "error")
    assert "test_logs.py" in told["where"]
    assert (plain["text"], plain["fault"]) == ("reading broke off", "OSError")
    assert "瑞泰" not in stream.getvalue()
    assert "\\u" not in stream.getvalue()


def test_of_what_libraries_say_only_the_fixed_wording_is_told(stream):
    logging.getLogger("waitress").error("Exception while serving %s", f"/customers/{SECRET}")
    logging.getLogger("somebody").warning(f"cannot parse {SECRET}")
    logging.getLogger("somebody").info("too quiet to be heard")
    first, second = lines(stream)
    assert first["text"] == "Exception while serving %s"
    assert "text" not in second
    assert "瑞泰" not in stream.getvalue()


def test_a_thread_that_dies_tells_where_and_not_why(stream):
    def die():
        raise ValueError(SECRET)

    thread = threading.Thread(target=die)
    thread.start()
    thread.join()
    assert lines(stream)[0]["event"] == "thread_died"
    assert "瑞泰" not in stream.getvalue()


def test_without_a_choice_a_terminal_gets_text_and_a_program_json(kept):
    terminal, program = Terminal(), io.StringIO()
    assert keep_log(None, stream=terminal) is LogFormat.TEXT
    log_event(_log, "opened", ms=3)
    assert keep_log(None, stream=program) is LogFormat.JSON
    log_event(_log, "opened", ms=3)
    assert terminal.getvalue().rstrip().endswith("INFO    opened ms=3")
    assert lines(program)[0]["ms"] == 3


def test_switched_off_nothing_is_written(kept):
    stream = io.StringIO()
    keep_log(LogFormat.OFF, stream=stream)
    log_event(_log, "opened")
    _log.error("and this neither")
    assert stream.getvalue() == ""
