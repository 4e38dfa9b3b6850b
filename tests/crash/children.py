"""Doing something in a process of its own that may be killed: it tells what happened through a pipe."""

import gc
import json
import os
import signal
import traceback
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

LIFETIME_S = 120


@dataclass(frozen=True, slots=True, kw_only=True)
class Ended:
    """How a child ended."""

    told: list[Any]
    killed: bool
    """By the door; a child that outlives its time is broken instead."""
    broke: str
    """What nobody caught; empty where it ended well."""


Tell = Callable[[Any], None]


def in_child(work: Callable[[Tell], None]) -> Ended:
    """Do the work in a child, which is over when this returns. What it told before it was killed is not lost."""
    reading, writing = os.pipe()
    child = os.fork()
    if child == 0:
        os.close(reading)
        _live(work, writing)
    os.close(writing)
    with os.fdopen(reading, "rb") as stream:
        told = [json.loads(line) for line in stream]
    _, status = os.waitpid(child, 0)
    signalled = os.WTERMSIG(status) if os.WIFSIGNALED(status) else 0
    broke = [line["broke"] for line in told if isinstance(line, dict) and "broke" in line]
    if signalled not in (0, signal.SIGKILL):
        broke.append(f"ended by signal {signalled}")
    return Ended(
        told=[line for line in told if "broke" not in line], killed=signalled == signal.SIGKILL, broke="".join(broke)
    )


def _live(work: Callable[[Tell], None], writing: int) -> None:
    signal.alarm(LIFETIME_S)
    gc.disable()  # a short life

    def tell(said: Any) -> None:
        os.write(writing, json.dumps(said).encode() + b"\n")

    try:
        work(tell)
    except BaseException as error:  # noqa: BLE001 -- whatever it is, it is told
        tell({"broke": described(error)})
    finally:
        os._exit(0)


def described(error: BaseException) -> str:
    """The error and where it was raised, on one line."""
    places = [f"{Path(frame.filename).name}:{frame.lineno}" for frame in traceback.extract_tb(error.__traceback__)]
    return f"{type(error).__name__}: {error} (at {' < '.join(reversed(places[-6:]))})".replace("\n", " ")
