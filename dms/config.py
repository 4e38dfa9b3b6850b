"""Settings, read once at the edge (command line, WSGI) and passed on as a value; nobody below reads them anew."""

import os
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import time
from enum import StrEnum
from pathlib import Path

MEGABYTE = 1024 * 1024
MOST_PROCESSES = 256
MOST_MEGABYTES = 1024 * 1024
DEFAULT_NIGHTLY_AT = time(2, 30)


class SettingUnusable(ValueError):
    """A ``DMS_*`` variable does not hold a possible value."""

    def __init__(self, name: str, value: str) -> None:
        super().__init__(f"{name} cannot be {value!r}")
        self.name = name
        self.value = value


class LogFormat(StrEnum):
    """How the log is written; it never holds content or names."""

    JSON = "json"
    TEXT = "text"
    OFF = "off"


@dataclass(frozen=True, slots=True, kw_only=True)
class Settings:
    """Everything a company may set; the defaults suit one machine of two cores."""

    home: Path
    """The archive folder."""
    passphrase_file: Path | None
    """None means that the passphrase is asked for at the terminal."""
    key_file: Path | None
    """A file that opens the archive without a person; None where a person does."""
    recovery_key_file: Path | None
    """A file with the recovery key, for the day when everything else is lost; None otherwise."""
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
    nightly_at: time | None
    """When verification and backups run, by the machine's own clock; None where they do not run by themselves."""
    log_format: LogFormat | None
    """None: text for a terminal, JSON lines otherwise."""
    metrics_token_file: Path | None
    """None: only programs on this machine may read the metrics."""
    token_uri: str | None
    """Where the hardware token is that opens the archive without a person (RFC 7512); None where none does."""
    openid_issuer: str
    """The sign-in service of the company, as it names itself (OpenID Connect); empty where there is none."""
    openid_client_id: str
    """As whom the archive comes to that service."""


def settings_from(
    environment: Mapping[str, str],
    *,
    home: Path | None = None,
    passphrase_file: Path | None = None,
    key_file: Path | None = None,
    recovery_key_file: Path | None = None,
) -> Settings:
    """The settings in force: explicit arguments first, then ``DMS_*`` variables, then defaults.

    Raises `SettingUnusable`.
    """
    return Settings(
        home=(home or Path(environment.get("DMS_HOME", "archive"))).absolute(),
        passphrase_file=passphrase_file or _path(environment, "DMS_PASSPHRASE_FILE"),
        key_file=key_file or _path(environment, "DMS_KEY_FILE"),
        recovery_key_file=recovery_key_file,
        language=language_in(environment),
        ocr_engine=environment.get("DMS_OCR_ENGINE", "rapidocr"),
        reading_processes=_number(
            environment, "DMS_READING_PROCESSES", min(4, os.cpu_count() or 1), range(1, MOST_PROCESSES + 1)
        ),
        max_upload_bytes=_number(environment, "DMS_MAX_UPLOAD_MB", 200, range(1, MOST_MEGABYTES)) * MEGABYTE,
        secure_cookies=environment.get("DMS_SECURE_COOKIES", "") == "1",
        min_free_disk_bytes=_number(environment, "DMS_MIN_FREE_DISK_MB", 500, range(MOST_MEGABYTES)) * MEGABYTE,
        nightly_at=_time_of_day(environment, "DMS_NIGHTLY_AT", DEFAULT_NIGHTLY_AT),
        log_format=_log_format(environment, "DMS_LOG"),
        metrics_token_file=_path(environment, "DMS_METRICS_TOKEN_FILE"),
        token_uri=environment.get("DMS_TOKEN_URI", "").strip() or None,
        openid_issuer=environment.get("DMS_OPENID_ISSUER", "").strip(),
        openid_client_id=environment.get("DMS_OPENID_CLIENT_ID", "").strip(),
    )


def _path(environment: Mapping[str, str], name: str) -> Path | None:
    stated = environment.get(name, "")
    return Path(stated) if stated else None


def _time_of_day(environment: Mapping[str, str], name: str, default: time) -> time | None:
    stated = environment.get(name, "").strip()
    if not stated:
        return default
    if stated.lower() == "off":
        return None
    try:
        return time.fromisoformat(stated)
    except ValueError as error:
        raise SettingUnusable(name, stated) from error


def _log_format(environment: Mapping[str, str], name: str) -> LogFormat | None:
    stated = environment.get(name, "").strip().lower()
    if not stated:
        return None
    try:
        return LogFormat(stated)
    except ValueError as error:
        raise SettingUnusable(name, stated) from error


def _number(environment: Mapping[str, str], name: str, default: int, possible: range) -> int:
    stated = environment.get(name, "").strip() or str(default)
    if not (stated.isascii() and stated.isdecimal() and int(stated) in possible):
        raise SettingUnusable(name, stated)
    return int(stated)


def language_in(environment: Mapping[str, str]) -> str:
    """Chinese unless the person asked for another language: a plain C locale states no wish."""
    stated = environment.get("DMS_LANG") or environment.get("LC_ALL") or environment.get("LANG") or "zh"
    return "en" if stated.lower().startswith("en") else "zh"
