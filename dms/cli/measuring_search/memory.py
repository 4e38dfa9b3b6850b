"""The most memory that a process has held, as the kernel counts it; nothing is told where it does not."""

from contextlib import suppress
from pathlib import Path

_CLEAR = Path("/proc/self/clear_refs")
_FORGET_PEAK = "5"
KIBIBYTE = 1024


def watch_peak_anew() -> None:
    """Forget the peak so far (proc(5), ``clear_refs``); where the kernel does not let us, it goes on counting."""
    with suppress(OSError):
        _CLEAR.write_text(_FORGET_PEAK)


def peak_bytes(pid: int | None = None) -> int:
    """Resident bytes of a process, this one unless it is named, at the peak; 0 where the kernel does not tell."""
    return _told("VmHWM", pid)


def _told(name: str, pid: int | None) -> int:
    try:
        lines = Path(f"/proc/{pid or 'self'}/status").read_text().splitlines()
    except OSError:
        return 0
    sizes = [int(line.split()[1]) for line in lines if line.startswith(f"{name}:")]
    return sizes[0] * KIBIBYTE if sizes else 0
