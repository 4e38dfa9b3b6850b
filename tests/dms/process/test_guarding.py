"""A process that holds keys keeps its memory to itself."""

import subprocess
import sys

import pytest

LOOK = """
import ctypes, resource
from dms.process import guard_memory
IS_DUMPABLE = 3
kernel = ctypes.CDLL(None)
before = kernel.prctl(IS_DUMPABLE, 0, 0, 0, 0)
guard_memory()
guard_memory()
print(before, kernel.prctl(IS_DUMPABLE, 0, 0, 0, 0), resource.getrlimit(resource.RLIMIT_CORE)[0])
"""


@pytest.mark.skipif(sys.platform != "linux", reason="the protection against tracing is Linux's")
def test_a_guarded_process_leaves_no_core_dump_and_lets_nobody_look_into_it():
    said = subprocess.run([sys.executable, "-c", LOOK], capture_output=True, text=True, check=True).stdout.split()
    assert said == ["1", "0", "0"]
