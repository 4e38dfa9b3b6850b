"""Landlock: the kernel's own fence around a process, where Linux offers it (5.13 and later; others go without).

Inside the fence a process reads its libraries and models and nothing else: not the vault, not the keyring, not the
memory of the process that started it (a fenced process may not look into one outside), and it opens no TCP connection
(6.7 and later). A parser that was taken over has nothing to take and nowhere to send it. Layouts and numbers are those
of linux/landlock.h.
"""

import ctypes
import os
import sys
from collections.abc import Iterable
from pathlib import Path

_CREATE_RULESET, _ADD_RULE, _RESTRICT_SELF = 444, 445, 446  # the same on every architecture
_ASK_VERSION = 1
_PATH_BENEATH = 1
_EXECUTE, _WRITE_FILE, _READ_FILE, _READ_DIR = 1 << 0, 1 << 1, 1 << 2, 1 << 3
_FIRST_RIGHTS = (1 << 13) - 1
_LATER_RIGHTS = ((2, 1 << 13), (3, 1 << 14), (5, 1 << 15))
_NETWORK_VERSION, _BIND_AND_CONNECT = 4, 0b11

_LIBRARY_FOLDERS = ("/usr", "/lib", "/lib64", "/sys/devices/system/cpu")
_READ_ALONE = ("/etc/ld.so.cache", "/proc/cpuinfo", "/proc/meminfo", "/dev/urandom")


class _Ruleset(ctypes.Structure):
    _fields_ = (("handled_access_fs", ctypes.c_uint64), ("handled_access_net", ctypes.c_uint64))


class _PathRule(ctypes.Structure):
    _pack_ = 1
    _fields_ = (("allowed_access", ctypes.c_uint64), ("parent_fd", ctypes.c_int32))


def fence_in(own_code: Path, *, program: str | None) -> bool:
    """Fence this thread and all it starts; whether the kernel did it.

    `own_code` stays readable beside the libraries; programs can be started only when one is named.
    """
    if sys.platform != "linux":
        return False
    version = _call(_CREATE_RULESET, None, ctypes.c_size_t(0), _ASK_VERSION)
    if version < 1:
        return False
    rights = _FIRST_RIGHTS | sum(right for since, right in _LATER_RIGHTS if version >= since)
    network = _BIND_AND_CONNECT if version >= _NETWORK_VERSION else 0
    described = _Ruleset(rights, network)
    size = ctypes.c_size_t(ctypes.sizeof(described) if network else 8)
    ruleset = _call(_CREATE_RULESET, ctypes.byref(described), size, 0)
    if ruleset < 0:
        return False
    try:
        _allow_reading(ruleset, own_code, _EXECUTE if program else 0)
        return _call(_RESTRICT_SELF, ruleset, 0) == 0
    finally:
        os.close(ruleset)


def _allow_reading(ruleset: int, own_code: Path, execute: int) -> None:
    # Libraries installed for one account only lie outside the prefix, but always in a folder of this name.
    installed = [Path(place) for place in sys.path if Path(place).name == "site-packages"]
    folders = [own_code, Path(sys.prefix), Path(sys.base_prefix), *installed, *map(Path, _LIBRARY_FOLDERS)]
    _allow(ruleset, folders, _READ_FILE | _READ_DIR | execute)
    _allow(ruleset, map(Path, _READ_ALONE), _READ_FILE)
    _allow(ruleset, [Path(os.devnull)], _READ_FILE | _WRITE_FILE)


def _allow(ruleset: int, paths: Iterable[Path], rights: int) -> None:
    for path in paths:
        if not path.exists():
            continue
        place = os.open(path, os.O_PATH | os.O_CLOEXEC)
        rule = _PathRule(rights, place)
        _call(_ADD_RULE, ruleset, _PATH_BENEATH, ctypes.byref(rule), 0)
        os.close(place)


def _call(number: int, *arguments: object) -> int:
    return int(ctypes.CDLL(None).syscall(ctypes.c_long(number), *arguments))
