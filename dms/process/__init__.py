"""What a process asks of the machine that it runs on: to keep its memory, and to keep it to itself."""

from dms.process.allocating import give_memory_back, keep_freed_memory, left_memory_bytes, take_spare_memory
from dms.process.guarding import guard_memory
from dms.process.processors import processors

__all__ = [
    "give_memory_back",
    "guard_memory",
    "keep_freed_memory",
    "left_memory_bytes",
    "processors",
    "take_spare_memory",
]
