"""An inspection: what was looked at, what was found, and by which program; it is itself evidence and never changes."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from dms.errors import Bilingual


class InspectionScope(StrEnum):
    """How deep an inspection looks."""

    QUICK = "quick"
    """Lists, sizes, headers and commitments; no content is decrypted."""
    SAMPLE = "sample"
    """Quick, and a part of all content decrypted and compared with its digests."""
    FULL = "full"
    """Quick, and every byte decrypted and compared with its digest."""


SCOPE_NAMES: dict[InspectionScope, Bilingual] = {
    InspectionScope.QUICK: Bilingual("快速检查", "quick inspection"),
    InspectionScope.SAMPLE: Bilingual("抽样检查", "sample inspection"),
    InspectionScope.FULL: Bilingual("全面检查", "full inspection"),
}


class Severity(StrEnum):
    """What a finding means."""

    DAMAGE = "damage"
    """Something that the archive promised to keep is altered or missing."""
    NOTICE = "notice"
    """Nothing is lost; a person should know of it."""


SEVERITY_NAMES: dict[Severity, Bilingual] = {
    Severity.DAMAGE: Bilingual("损坏", "damage"),
    Severity.NOTICE: Bilingual("提示", "notice"),
}

COUNT_NAMES: dict[str, Bilingual] = {
    "items": Bilingual("资料（件）", "items"),
    "pages": Bilingual("页", "pages"),
    "objects": Bilingual("封存对象", "sealed objects"),
    "objects_decrypted": Bilingual("其中逐字节解密核对一致", "of these, decrypted and found equal"),
    "bytes_decrypted": Bilingual("解密核对一致的字节", "bytes decrypted and found equal"),
    "journal_entries": Bilingual("操作日志（条）", "journal entries"),
    "indexed_items": Bilingual("检索索引（件）", "items in the index"),
    "numbers": Bilingual("已给出的档号", "reference codes given"),
    "volumes": Bilingual("已封案卷", "sealed volumes"),
}
"""What the figures of an inspection are called, in the order in which a report shows them."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Finding:
    """One thing that is not as it should be."""

    code: str
    """Stable, snake_case."""
    severity: Severity
    subject: str
    """The id of the item, object, entry or part that it is about."""
    what: Bilingual
    remedy: Bilingual


@dataclass(frozen=True, slots=True, kw_only=True)
class Inspection:
    """One inspection of the archive, as recorded."""

    id: int | None
    """Its number; None until it is recorded."""
    scope: InspectionScope
    part: int | None
    """Which part of `parts` was decrypted, from 1; None unless a sample was drawn."""
    parts: int | None
    began_at: datetime
    ended_at: datetime
    actor: str
    counts: Mapping[str, int]
    """How much was looked at, by kind: items, objects, bytes, journal entries, index rows …"""
    facts: Mapping[str, str]
    """Circumstances: versions of the programs, the machine, the source of time, the heads of journal and backups."""
    findings: tuple[Finding, ...]
    report_digest: str
    """SHA-256 (hex) over the canonical JSON of everything above but `id`; the journal has it too."""

    @property
    def is_sound(self) -> bool:
        """Whether no damage was found."""
        return all(finding.severity is not Severity.DAMAGE for finding in self.findings)
