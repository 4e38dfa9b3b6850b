"""Settings, read once at the edge (command line, WSGI) and passed on as a value; nobody below reads them anew."""

import os
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

MEGABYTE = 1024 * 1024


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
    """The settings in force: explicit arguments first, then ``DMS_*`` variables, then defaults."""
    stated_passphrase = environment.get("DMS_PASSPHRASE_FILE")
    return Settings(
        home=(home or Path(environment.get("DMS_HOME", "archive"))).absolute(),
        passphrase_file=passphrase_file or (Path(stated_passphrase) if stated_passphrase else None),
        language=_language(environment),
        ocr_engine=environment.get("DMS_OCR_ENGINE", "rapidocr"),
        reading_processes=int(environment.get("DMS_READING_PROCESSES", str(min(4, os.cpu_count() or 1)))),
        max_upload_bytes=int(environment.get("DMS_MAX_UPLOAD_MB", "200")) * MEGABYTE,
        secure_cookies=environment.get("DMS_SECURE_COOKIES", "") == "1",
        min_free_disk_bytes=int(environment.get("DMS_MIN_FREE_DISK_MB", "500")) * MEGABYTE,
    )


def _language(environment: Mapping[str, str]) -> str:
    """Chinese unless the person asked for another language: a plain C locale states no wish."""
    stated = environment.get("DMS_LANG") or environment.get("LC_ALL") or environment.get("LANG") or "zh"
    return "en" if stated.lower().startswith("en") else "zh"
