"""Letters by e-mail, and the server through which they go."""

from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum

from dms.errors import Bilingual


class MailSecurity(StrEnum):
    """How the way to the mail server is protected."""

    STARTTLS = "starttls"
    TLS = "tls"
    NONE = "none"
    """For a relay on the same machine only."""


@dataclass(frozen=True, slots=True, kw_only=True)
class MailServer:
    """Through which server letters go out, and under which name."""

    host: str
    port: int
    security: MailSecurity
    sender: str
    """The address that letters come from."""
    user_name: str = ""
    """Empty where the server asks for none."""
    password: str = field(default="", repr=False)
    """Rests in the encrypted catalogue; never shown, journaled or exported."""
    page_address: str = ""
    """Where the pages are reached, as ``https://archive.example``, for the link in a letter; empty for none."""


class MailState(StrEnum):
    """What became of a letter."""

    WAITING = "waiting"
    SENT = "sent"
    GIVEN_UP = "given_up"
    """Refused for good, or too many times in vain."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Letter:
    """One letter of the queue."""

    id: int
    user_id: int
    address: str
    occasion: str
    """What called for it, as ``reminders/2026-03-02``: one letter for each occasion and person, never two."""
    subject: str
    body: str
    """Empty once it was sent or given up."""
    queued_at: datetime
    state: MailState = MailState.WAITING
    tries: int = 0
    next_try_at: datetime | None = None
    """None for one that is not tried again."""
    sent_at: datetime | None = None
    problem: Bilingual | None = None
    """Why the last try failed; None where none did."""
