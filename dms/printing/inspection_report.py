"""The report of an inspection on paper, Chinese first, with what a court asks of electronic data (§93).

The seven headings of its last part are those of 最高人民法院关于民事诉讼证据的若干规定（2019 修正）第九十三条;
under each stands what this inspection saw of it, and nothing that it did not see.
"""

from datetime import UTC, datetime
from typing import Any

from dms.domain.inspection import (
    COUNT_NAMES,
    SCOPE_NAMES,
    SEVERITY_NAMES,
    Finding,
    Inspection,
    InspectionScope,
    Severity,
)
from dms.errors import Bilingual
from dms.printing.evidence_factors import evidence_factors
from dms.printing.typesetting import typeset

MOST_FINDINGS_PRINTED = 400
"""Some fifty pages; the JSON of the report has all of them."""

Pair = dict[str, str]

_RECORDED = Bilingual(
    "报告内容的 SHA-256 摘要（已记入操作日志）", "SHA-256 of the content of this report, as it stands in the journal"
)
_NOT_RECORDED = Bilingual(
    "报告内容的 SHA-256 摘要（目录数据库已损坏，未能记入操作日志）",
    "SHA-256 of the content of this report; the catalogue was too damaged to record it",
)


def inspection_report(inspection: Inspection) -> bytes:
    """The report as PDF/A-2b; the same inspection gives the same bytes. Raises `FontMissing`, `FormNotPrinted`."""
    return typeset("inspection-report", _content(inspection), made_at=inspection.ended_at)


def _content(made: Inspection) -> dict[str, Any]:
    printed = made.findings[:MOST_FINDINGS_PRINTED]
    return {
        "fonds": made.facts.get("fonds_code", ""),
        "company": made.facts.get("company", ""),
        "number": str(made.id or "—"),
        "sound": made.is_sound,
        "damages": sum(finding.severity is Severity.DAMAGE for finding in made.findings),
        "notices": sum(finding.severity is Severity.NOTICE for finding in made.findings),
        "overview": _overview(made),
        "counts": [
            {"label": _pair(name), "value": f"{made.counts[key]:,}"}
            for key, name in COUNT_NAMES.items()
            if key in made.counts
        ],
        "findings": [_finding(finding) for finding in printed],
        "findings_left": len(made.findings) - len(printed),
        "factors": [
            {"title": _pair(title), "lines": [_pair(line) for line in lines]} for title, lines in evidence_factors(made)
        ],
        "digest": made.report_digest,
        "digest_label": _pair(_RECORDED if made.id is not None else _NOT_RECORDED),
    }


def _overview(made: Inspection) -> list[dict[str, Any]]:
    facts = made.facts
    rows = {
        Bilingual("检查范围", "Scope"): _scope(made),
        Bilingual("开始时间", "Began"): _same(_moment(made.began_at)),
        Bilingual("结束时间", "Ended"): _same(_moment(made.ended_at)),
        Bilingual("检查人", "By"): _same(made.actor),
        Bilingual("程序", "Program"): _same(f"{facts.get('program', '')} · Python {facts.get('python', '')}"),
        Bilingual("计算机", "Machine"): _same(f"{facts.get('machine', '')} · {facts.get('system', '')}"),
        Bilingual("时间来源", "Source of time"): _time_source(facts.get("time_source", "")),
        Bilingual("档案库位置", "Archive folder"): _same(facts.get("home", "")),
        Bilingual("密钥环编号", "Keyring"): _same(facts.get("keyring_id", "")),
        Bilingual("操作日志末条", "Journal head"): _same(_head(made)),
    }
    return [{"label": _pair(label), "value": _pair(value)} for label, value in rows.items() if value.zh.strip(" ·")]


def _scope(made: Inspection) -> Bilingual:
    name = SCOPE_NAMES[made.scope]
    meaning = {
        InspectionScope.QUICK: Bilingual("清单、大小、文件头与密钥承诺", "lists, sizes, headers and commitments"),
        InspectionScope.SAMPLE: Bilingual(
            f"全部清单，并逐字节解密核对第 {made.part}/{made.parts} 部分",
            f"all lists, and every byte of part {made.part} of {made.parts}",
        ),
        InspectionScope.FULL: Bilingual(
            "全部清单，并逐字节解密核对全部内容", "all lists, and every byte of everything"
        ),
    }[made.scope]
    return Bilingual(f"{name.zh}：{meaning.zh}", f"{name.en}: {meaning.en}")


def _time_source(state: str) -> Bilingual:
    said = {
        "synchronised": Bilingual("本机时钟，已与时间服务器同步", "machine clock, synchronised"),
        "not synchronised": Bilingual(
            "本机时钟，内核报告未同步", "machine clock, not synchronised according to the kernel"
        ),
    }
    return said.get(state, Bilingual("本机时钟，同步情况未知", "machine clock, synchronisation unknown"))


def _head(made: Inspection) -> str:
    seq, digest = made.facts.get("journal_seq", ""), made.facts.get("journal_digest", "")
    return f"{seq} · {digest}" if digest else ""


def _finding(finding: Finding) -> dict[str, Any]:
    return {
        "severity": _pair(SEVERITY_NAMES[finding.severity]),
        "damage": finding.severity is Severity.DAMAGE,
        "code": finding.code,
        "what": _pair(finding.what),
        "remedy": _pair(finding.remedy),
    }


def _moment(moment: datetime) -> str:
    local = moment.astimezone()
    return f"{local:%Y-%m-%d %H:%M:%S %z} ({moment.astimezone(UTC):%H:%M:%S} UTC)"


def _same(text: str) -> Bilingual:
    return Bilingual(text, "")


def _pair(text: Bilingual) -> Pair:
    return {"zh": text.zh, "en": text.en}
