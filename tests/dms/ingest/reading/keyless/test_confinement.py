"""What a confined process cannot do any more; each attempt is made in a process of its own."""

import subprocess
import sys
from pathlib import Path

import pytest

PREPARE = """
import os, socket, subprocess, sys, types
for name in ("dms.ingest", "dms.ingest.reading"):
    sys.modules[name] = types.ModuleType(name)
    sys.modules[name].__path__ = [os.path.join({root!r}, *name.split("."))]
from dms.ingest.reading.keyless import confinement
gauge = confinement.MemoryGauge()
confinement.confine(address_space_bytes=2**31, program={program!r})
"""

ROOT = str(Path(__file__).resolve().parents[5])
ATTEMPTS = {
    "writing": "open('/tmp/readable-by-anyone', 'w')",
    "appending": "open('/tmp/readable-by-anyone', 'ab')",
    "a nameless temporary document": "os.open('/tmp', os.O_RDWR | os.O_TMPFILE)",
    "writing by descriptor": "os.open('/tmp/readable-by-anyone', os.O_WRONLY | os.O_CREAT)",
    "removing": "os.remove('/tmp')",
    "starting a program": "subprocess.run(['true'])",
    "a shell": "os.system('true')",
    "forking": "os.fork()",
    "a connection": "socket.socket().connect(('127.0.0.1', 9))",
    "looking up a name": "socket.getaddrinfo('localhost', 80)",
    "taking memory without end": "bytearray(2**32)",
}

BEHIND_THE_FENCE = {
    "reading the passwords of the machine": "open('/etc/passwd').read()",
    "looking around": "os.listdir('/home')",
    "looking into the memory of its parent": "open(f'/proc/{os.getppid()}/mem', 'rb').read(1)",
}


def _outcome(attempt, program=None):
    lines = [
        PREPARE.format(program=program, root=ROOT),
        "try:",
        f"    {attempt}",
        "except (OSError, MemoryError) as refused:",
    ]
    source = "\n".join([*lines, "    print(type(refused).__name__)", "else:", "    print('done')"])
    done = subprocess.run([sys.executable, "-c", source], capture_output=True, text=True, check=True)
    return done.stdout.strip()


@pytest.mark.parametrize("attempt", ATTEMPTS.values(), ids=ATTEMPTS.keys())
def test_a_confined_reader_is_refused(attempt):
    assert _outcome(attempt) in {"PermissionError", "MemoryError"}


@pytest.mark.parametrize("attempt", BEHIND_THE_FENCE.values(), ids=BEHIND_THE_FENCE.keys())
def test_a_fenced_reader_sees_nothing_but_its_own(attempt):
    if not _kernel_has_fences():
        pytest.skip("this kernel has no Landlock")
    assert _outcome(attempt) == "PermissionError"


def _kernel_has_fences():
    source = "import ctypes; print(ctypes.CDLL(None).syscall(444, None, ctypes.c_size_t(0), 1))"
    return int(subprocess.run([sys.executable, "-c", source], capture_output=True, check=True).stdout) > 0


def test_a_write_that_slips_past_python_is_stopped_by_the_kernel():
    keep = "import os; kept = os.open('/tmp', os.O_RDWR | os.O_TMPFILE)\n"
    source = (
        keep
        + PREPARE.format(program=None, root=ROOT)
        + "try:\n    os.write(kept, b'secret')\nexcept OSError as e: print(e.errno)"
    )
    done = subprocess.run([sys.executable, "-c", source], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "27", "EFBIG"


def test_the_one_program_of_the_second_engine_may_be_started():
    assert _outcome("subprocess.run(['true'])", program="true") == "done"


def test_reading_what_the_libraries_need_is_allowed():
    assert _outcome("import json.tool, numpy; open(numpy.__file__).read()") == "done"


def test_the_processor_time_of_a_question_is_bounded_by_the_kernel():
    source = PREPARE.format(program=None, root=ROOT) + "confinement.allow_processor_time(0)\nwhile True: pass"
    done = subprocess.run([sys.executable, "-c", source], capture_output=True, check=False, timeout=30)
    assert done.returncode < 0


def test_the_memory_that_was_used_is_known():
    source = PREPARE.format(program=None, root=ROOT) + "b = bytearray(10**8)\nprint(gauge.peak_bytes() > 10**8)"
    done = subprocess.run([sys.executable, "-c", source], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "True"


def test_the_memory_of_who_started_the_reader_is_not_held_against_it():
    reader = PREPARE.format(program=None, root=ROOT) + "print(gauge.peak_bytes())"
    starts = f"subprocess.run([sys.executable, '-c', {reader!r}], check=True)"
    parent = f"import subprocess, sys\nheld = b'1' * 3 * 10**8\n{starts}"
    done = subprocess.run([sys.executable, "-c", parent], capture_output=True, text=True, check=True)
    assert 0 < int(done.stdout) < 10**8
