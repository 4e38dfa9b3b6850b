"""The program that a companion is: its line, the folder of the index, and how much of rows to keep, as arguments."""

import gc
import sys
from multiprocessing.connection import Connection
from pathlib import Path

from dms.companion.messages import Line
from dms.companion.serving import serve
from dms.process import guard_memory, keep_freed_memory, take_spare_memory

if __name__ == "__main__":
    guard_memory()
    keep_freed_memory()
    descriptor, folder, rows_kept_bytes = sys.argv[1:]
    take_spare_memory(int(rows_kept_bytes))
    gc.freeze()
    serve(Line(Connection(int(descriptor))), Path(folder), rows_kept_bytes=int(rows_kept_bytes))
