"""The report of a restore drill on paper, Chinese first: what came back from where, what it was compared with."""

from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from dms.domain.backup import MEDIUM_NAMES, BackupPlace, RestoreDrill
from dms.domain.drill_facts import DRILL_FACT_NAMES, drill_fact
from dms.errors import Bilingual
from dms.printing.typesetting import typeset

_FAILED_WITHOUT_REASON = Bilingual(
    "恢复出的内容与现用库不一致，详见上表。", "What came back differs from the archive in use; see the table above."
)
_FAILED_REMEDY = Bilingual(
    "请立即备份到其他位置，再检查该介质，然后重新演练。",
    "Back up to another place at once, then look at the medium, and drill again.",
)
_THROWN_AWAY = Bilingual(
    "演练恢复到临时文件夹，内容始终为密文，演练结束后已删除；现用库未受影响。",
    "The drill restored to a throw-away folder, encrypted throughout and deleted afterwards; "
    "the archive in use was not touched.",
)


@dataclass(frozen=True, slots=True, kw_only=True)
class DrillSetting:
    """Whose archive was drilled, and at whose word."""

    company: str
    fonds_code: str
    home: str
    """The folder of the archive in use."""
    actor: str
    program: str


def drill_report(drill: RestoreDrill, place: BackupPlace, setting: DrillSetting) -> bytes:
    """The report as PDF/A-2b; the same drill gives the same bytes. Raises `FontMissing`, `FormNotPrinted`."""
    content = {
        "company": setting.company,
        "fonds": setting.fonds_code,
        "number": str(drill.id or "—"),
        "passed": drill.passed,
        "overview": _overview(drill, place, setting),
        "facts": [
            _row(name, _once(drill_fact(key, drill.facts[key])))
            for key, name in DRILL_FACT_NAMES.items()
            if key in drill.facts
        ],
        "conclusions": [_pair(line) for line in _conclusions(drill)],
    }
    return typeset("drill-report", content, made_at=drill.ended_at)


def _overview(drill: RestoreDrill, place: BackupPlace, setting: DrillSetting) -> list[dict[str, Any]]:
    site = Bilingual("异地", "at another site") if place.offsite else Bilingual("本地", "at the archive's own site")
    medium = MEDIUM_NAMES[place.medium]
    rows = {
        Bilingual("备份位置", "Backup place"): _same(place.name),
        Bilingual("地址", "Address"): _same("" if place.address == place.name else place.address),
        Bilingual("介质", "Medium"): Bilingual(f"{medium.zh}，{site.zh}", f"{medium.en}, {site.en}"),
        Bilingual("快照编号", "Snapshot"): _same(drill.snapshot_id),
        Bilingual("现用档案库", "Archive in use"): _same(setting.home),
        Bilingual("开始时间", "Began"): _same(_moment(drill.began_at)),
        Bilingual("结束时间", "Ended"): _same(_moment(drill.ended_at)),
        Bilingual("演练人", "By"): _same(setting.actor),
        Bilingual("程序", "Program"): _same(setting.program),
    }
    return [_row(label, value) for label, value in rows.items() if value.zh]


def _conclusions(drill: RestoreDrill) -> list[Bilingual]:
    facts = drill.facts
    if not drill.passed:
        said = Bilingual(facts["problem_zh"], facts["problem_en"]) if "problem_zh" in facts else _FAILED_WITHOUT_REASON
        return [said, _FAILED_REMEDY]
    return [
        Bilingual(
            f"快照已完整恢复：{facts['objects']} 个封存对象中，{facts['objects_opened']} 个逐字节解密并与摘要一致。",
            f"The snapshot came back whole: of {facts['objects']} sealed objects, {facts['objects_opened']} were "
            "decrypted byte by byte and agree with their digests.",
        ),
        Bilingual(
            f"快照中的操作日志与现用库衔接；随机抽取的 {facts['originals_compared']} 份原件与现用库逐字节一致。",
            f"The snapshot's journal continues in the archive in use; {facts['originals_compared']} originals drawn by "
            "chance equal those of the archive byte for byte.",
        ),
        _THROWN_AWAY,
    ]


def _moment(moment: datetime) -> str:
    local = moment.astimezone()
    return f"{local:%Y-%m-%d %H:%M:%S %z} ({moment.astimezone(UTC):%H:%M:%S} UTC)"


def _row(label: Bilingual, value: Bilingual) -> dict[str, Any]:
    return {"label": _pair(label), "value": _pair(value)}


def _same(text: str) -> Bilingual:
    return Bilingual(text, "")


def _once(text: Bilingual) -> Bilingual:
    """Numbers and moments need not be said twice."""
    return _same(text.zh) if text.zh == text.en else text


def _pair(text: Bilingual) -> dict[str, str]:
    return {"zh": text.zh, "en": text.en}
