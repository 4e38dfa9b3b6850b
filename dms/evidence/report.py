"""An inspection as a report that others can check: its content as JSON, and the digest over it.

The digest is SHA-256 over the canonical JSON of the content (keys sorted, no spaces, UTF-8); the journal entry of the
inspection has it too, so a report that was altered later is told from the one that was made.
"""

import hashlib
import json
from datetime import UTC, datetime
from typing import Any

from dms.domain.inspection import Finding, Inspection


def report_content(inspection: Inspection) -> dict[str, Any]:
    """Everything that the digest covers."""
    return {
        "scope": inspection.scope.value,
        "part": inspection.part,
        "parts": inspection.parts,
        "began_at": _moment(inspection.began_at),
        "ended_at": _moment(inspection.ended_at),
        "actor": inspection.actor,
        "counts": dict(inspection.counts),
        "facts": dict(inspection.facts),
        "findings": [_finding(finding) for finding in inspection.findings],
    }


def content_digest(inspection: Inspection) -> str:
    """SHA-256 (hex) over the canonical content of the report."""
    canonical = json.dumps(report_content(inspection), sort_keys=True, separators=(",", ":"), ensure_ascii=False)
    return hashlib.sha256(canonical.encode()).hexdigest()


def report_json(inspection: Inspection) -> bytes:
    """The report as UTF-8 JSON: its content, the digest over it, its number and its verdict."""
    report = {
        "inspection_id": inspection.id,
        "sound": inspection.is_sound,
        "report_digest": inspection.report_digest,
        "content": report_content(inspection),
    }
    return json.dumps(report, ensure_ascii=False, indent=1).encode()


def _finding(finding: Finding) -> dict[str, str]:
    return {
        "code": finding.code,
        "severity": finding.severity.value,
        "subject": finding.subject,
        "what_zh": finding.what.zh,
        "what_en": finding.what.en,
        "remedy_zh": finding.remedy.zh,
        "remedy_en": finding.remedy.en,
    }


def _moment(moment: datetime) -> str:
    return moment.astimezone(UTC).isoformat(timespec="microseconds")
