"""A hardware token in software: SoftHSM with its tokens in a temporary folder."""

import atexit
import os
import shutil
import subprocess
import tempfile
from dataclasses import dataclass
from functools import cache
from pathlib import Path

MODULE = "/usr/lib/softhsm/libsofthsm2.so"
PIN = "1234-owner"
LABEL = "anjuan"


@dataclass(frozen=True, slots=True, kw_only=True)
class SoftToken:
    """Where the token is and what opens it."""

    module: str
    label: str
    pin: str


def is_installed() -> bool:
    """Whether Debian's package softhsm2 is there."""
    return Path(MODULE).exists() and shutil.which("softhsm2-util") is not None


@cache
def soft_token() -> SoftToken:
    """The one token of this process: its library reads the configuration once, when it is loaded first."""
    folder = Path(tempfile.mkdtemp(prefix="softhsm-"))
    atexit.register(shutil.rmtree, folder, ignore_errors=True)
    (folder / "tokens").mkdir()
    configuration = folder / "softhsm2.conf"
    configuration.write_text(
        f"directories.tokendir = {folder / 'tokens'}\nobjectstore.backend = file\nlog.level = ERROR\n"
    )
    os.environ["SOFTHSM2_CONF"] = str(configuration)
    command = ["softhsm2-util", "--init-token", "--free", "--label", LABEL, "--so-pin", "12345678", "--pin", PIN]
    subprocess.run(command, check=True, capture_output=True)
    return SoftToken(module=MODULE, label=LABEL, pin=PIN)
