"""Work left to do later, written in the same transaction as the fact that calls for it."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum


class TaskKind(StrEnum):
    """What is to be done with the subject."""

    READ_ITEM = "read_item"


class TaskState(StrEnum):
    """Where a task stands; a finished one is deleted from the queue, its trace is the journal."""

    WAITING = "waiting"
    RUNNING = "running"
    GIVEN_UP = "given_up"


@dataclass(frozen=True, slots=True, kw_only=True)
class Task:
    """One piece of work; `subject` is the key of the item it is about."""

    id: int
    kind: TaskKind
    subject: int
    state: TaskState
    attempts: int
    not_before_at: datetime
