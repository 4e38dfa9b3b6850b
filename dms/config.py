"""Settings, read once at the edge (command line, WSGI) and passed on as a value; nobody below reads them anew."""

import os
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

MEGABYTE = 1024 * 1024
MOST_PROCESSES = 256
MOST_MEGABYTES = 1024 * 1024


class SettingUnusable(ValueError):
    """A ``DMS_*`` variable that should hold a whole number does not hold a possible one."""

    def __init__(self, name: str, value: str) -> None:
        super().__init__(f"{name} cannot be {value!r}")
        self.name = name
        self.value = value


@dataclass(frozen=True, slots=True, kw_only=True)
class Settings:
    """Everything a company may set; the defaults suit one machine of two cores."""

    home: Path
    """The archive folder."""
    passphrase_file: Path | None
    """None means that the passphrase is asked for at the terminal."""
    language: str
    """Language of the command line: ``zh`` or ``en``."""
    ocr_engine: str
    """``rapidocr`` or ``tesseract``."""
    reading_processes: int
    max_upload_bytes: int
    secure_cookies: bool
    """Whether a proxy serves the pages over HTTPS, so that the session cookie must not travel otherwise."""
    min_free_disk_bytes: int
    """Uploads are refused when the disk would have less than this left."""


def settings_from(environment: Mapping[str, str], *, home: Path | None, passphrase_file: Path | None) -> Settings:
    """The settings in force: explicit arguments first, then ``DMS_*`` variables, then defaults.

    Raises `SettingUnusable`.
    """
    stated_passphrase = environment.get("DMS_PASSPHRASE_FILE")
    return Settings(
        home=(home or Path(environment.get("DMS_HOME", "archive"))).absolute(),
        passphrase_file=passphrase_file or (Path(stated_passphrase) if stated_passphrase else None),
        language=language_in(environment),
        ocr_engine=environment.get("DMS_OCR_ENGINE", "rapidocr"),
        reading_processes=_number(
            environment, "DMS_READING_PROCESSES", min(4, os.cpu_count() or 1), range(1, MOST_PROCESSES + 1)
        ),
        max_upload_bytes=_number(environment, "DMS_MAX_UPLOAD_MB", 200, range(1, MOST_MEGABYTES)) * MEGABYTE,
        secure_cookies=environment.get("DMS_SECURE_COOKIES", "") == "1",
        min_free_disk_bytes=_number(environment, "DMS_MIN_FREE_DISK_MB", 500, range(MOST_MEGABYTES)) * MEGABYTE,
    )


def _number(environment: Mapping[str, str], name: str, default: int, possible: range) -> int:
    stated = environment.get(name, "").strip() or str(default)
    if not (stated.isascii() and stated.isdecimal() and int(stated) in possible):
        raise SettingUnusable(name, stated)
    return int(stated)


def language_in(environment: Mapping[str, str]) -> str:
    """Chinese unless the person asked for another language: a plain C locale states no wish."""
    stated = environment.get("DMS_LANG") or environment.get("LC_ALL") or environment.get("LANG") or "zh"
    return "en" if stated.lower().startswith("en") else "zh"
