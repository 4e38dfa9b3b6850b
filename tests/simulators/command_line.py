"""The command line without a terminal: its two streams, its exit code, and an environment of the test's own."""

import io
import json
import sys
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from dms.cli import main


@dataclass(frozen=True, slots=True, kw_only=True)
class Run:
    """What one command left behind."""

    exit_code: int
    output: bytes
    messages: str

    @property
    def text(self) -> str:
        """Standard output as text."""
        return self.output.decode()

    @property
    def answer(self) -> dict[str, Any]:
        """The one JSON object that standard output consists of."""
        (line,) = self.output.splitlines()
        answer = json.loads(line)
        assert isinstance(answer, dict)
        return answer


class NoTerminal(io.TextIOWrapper):
    """A stream that nobody looks at, with the encoding of some machine."""

    def __init__(self, encoding: str) -> None:
        super().__init__(io.BytesIO(), encoding=encoding, write_through=True)

    def content(self) -> bytes:
        """All that was written."""
        return self.buffer.getvalue()


def run(*arguments: str | Path, encoding: str = "utf-8") -> Run:
    """One command in this process, to its end."""
    output, messages = NoTerminal(encoding), NoTerminal("utf-8")
    with _streams(output, messages):
        try:
            main([str(argument) for argument in arguments])
            exit_code = 0
        except SystemExit as left:
            exit_code = int(left.code or 0)
    done = Run(exit_code=exit_code, output=output.content(), messages=messages.content().decode())
    output.close()
    messages.close()
    return done


@contextmanager
def _streams(output: io.TextIOBase, messages: io.TextIOBase):
    before = sys.stdin, sys.stdout, sys.stderr
    sys.stdin, sys.stdout, sys.stderr = io.StringIO(""), output, messages
    try:
        yield
    finally:
        sys.stdin, sys.stdout, sys.stderr = before
