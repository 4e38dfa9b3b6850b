"""A hardware token in software: SoftHSM with its tokens in a temporary folder."""

import os
import shutil
import subprocess
from pathlib import Path

MODULE = "/usr/lib/softhsm/libsofthsm2.so"
PIN = "1234-owner"
IS_INSTALLED = Path(MODULE).exists() and shutil.which("softhsm2-util") is not None


def prepare(folder):
    """Point SoftHSM of this process at an empty folder; must happen before its library is loaded."""
    tokens = folder / "tokens"
    tokens.mkdir()
    configuration = folder / "softhsm2.conf"
    configuration.write_text(f"directories.tokendir = {tokens}\nobjectstore.backend = file\nlog.level = ERROR\n")
    os.environ["SOFTHSM2_CONF"] = str(configuration)


def make_token(label):
    """A new token of this label with the owner's `PIN`."""
    command = ["softhsm2-util", "--init-token", "--free", "--label", label, "--so-pin", "12345678", "--pin", PIN]
    subprocess.run(command, check=True, capture_output=True)
