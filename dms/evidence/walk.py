"""One inspection under way: what it looks at, what it has found and counted so far.

Invariants:
- Nothing becomes a finding before it was looked at again in a transaction that began after the first look.
- Only short transactions are held, so the service goes on meanwhile.
"""

from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, field
from enum import StrEnum

from dms.archive import Archive
from dms.domain.inspection import COUNT_NAMES, Finding, InspectionScope, Severity
from dms.errors import Bilingual
from dms.evidence.findings import FindingCode, finding

MOST_FINDINGS = 5000
"""A lost disk would otherwise fill the catalogue with sentences; what is beyond is counted."""


class Stage(StrEnum):
    """Which part of an inspection is under way."""

    KEYRING = "keyring"
    CATALOGUE = "catalogue"
    JOURNAL = "journal"
    ITEMS = "items"
    NUMBERS = "numbers"
    VOLUMES = "volumes"
    INDEX = "index"
    OBJECTS = "objects"
    PRINTS = "prints"
    VAULT = "vault"
    SURROUNDINGS = "surroundings"


STAGE_NAMES: dict[Stage, Bilingual] = {
    Stage.KEYRING: Bilingual("密钥环", "keyring"),
    Stage.CATALOGUE: Bilingual("目录数据库", "catalogue"),
    Stage.JOURNAL: Bilingual("操作日志", "journal"),
    Stage.ITEMS: Bilingual("资料", "items"),
    Stage.NUMBERS: Bilingual("档号", "reference codes"),
    Stage.VOLUMES: Bilingual("案卷封印", "seals of volumes"),
    Stage.INDEX: Bilingual("检索索引", "index"),
    Stage.OBJECTS: Bilingual("封存对象", "sealed objects"),
    Stage.PRINTS: Bilingual("打印结果", "printed documents"),
    Stage.VAULT: Bilingual("封存库文件夹", "vault folder"),
    Stage.SURROUNDINGS: Bilingual("运行环境", "surroundings"),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class InspectionProgress:
    """How far an inspection has come."""

    stage: Stage
    done: int
    total: int
    """0 where nobody knows beforehand."""


@dataclass(frozen=True, slots=True, kw_only=True)
class JournalHead:
    """An entry of the journal as somebody noted it earlier; it must still stand there."""

    seq: int
    digest: str
    witness: Bilingual
    """Who noted it."""


@dataclass(slots=True, kw_only=True)
class Walk:
    """What the checks share; each adds to findings and counts."""

    archive: Archive
    scope: InspectionScope
    part: int | None
    parts: int | None
    report: Callable[[InspectionProgress], None]
    listed: list[Finding] = field(default_factory=list)
    not_listed: int = 0
    """How many damages are beyond `MOST_FINDINGS`."""
    counts: Counter[str] = field(default_factory=lambda: Counter(dict.fromkeys(COUNT_NAMES, 0)))
    facts: dict[str, str] = field(default_factory=dict)
    heads: tuple[JournalHead, ...] = ()
    arrivals: dict[str, str] = field(default_factory=dict)
    """SHA-256 of the original by item, as the journal has it; what was matched with its item is taken out."""
    locked_items: set[str] = field(default_factory=set)
    """Items whose key was found unusable already."""
    interrupted: bool = False
    """Whether the listener has ended the inspection by raising."""

    def found(self, code: FindingCode, subject: str, **facts: str | int | Bilingual) -> None:
        """Keep one finding."""
        self.keep(finding(code, subject, **facts))

    def keep(self, kept: Finding) -> None:
        """Keep one finding whose sentences are composed already; beyond `MOST_FINDINGS` damages are only counted."""
        if len(self.listed) < MOST_FINDINGS:
            self.listed.append(kept)
        elif kept.severity is Severity.DAMAGE:
            self.not_listed += 1

    def findings(self) -> tuple[Finding, ...]:
        """What was found so far, the damages that are only counted as the last one."""
        if not self.not_listed:
            return tuple(self.listed)
        return (*self.listed, finding(FindingCode.FINDINGS_NOT_LISTED, "findings", count=self.not_listed))

    def tell(self, stage: Stage, done: int, total: int = 0) -> None:
        """Say how far it has come; what the listener raises ends the inspection."""
        self.interrupted = True  # until the listener returns
        self.report(InspectionProgress(stage=stage, done=done, total=total))
        self.interrupted = False

    def reads_content_of(self, object_id: str) -> bool:
        """Whether this inspection decrypts the whole object."""
        if self.scope is InspectionScope.SAMPLE and self.part and self.parts:
            return part_of(object_id, parts=self.parts) == self.part
        return self.scope is InspectionScope.FULL


def part_of(object_id: str, *, parts: int) -> int:
    """In which of so many parts an object is, from 1; its id is random, so the parts are of like size."""
    return int(object_id[:8], 16) % parts + 1
