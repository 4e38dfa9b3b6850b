"""What the archive proves: that nothing in it was lost or altered, and how a damage is mended."""

from dms.evidence.circumstances import machine_facts
from dms.evidence.consulting import InspectionPage, inspection_numbered, inspection_page, note_report_taken
from dms.evidence.errors import (
    BackupPlaceUnusable,
    InspectionNotFound,
    JournalNotWhole,
    NeverInspected,
    RepairFailed,
    SampleUnusable,
)
from dms.evidence.findings import FindingCode, finding
from dms.evidence.repairing import Repair, RepairKind, RepairRequest, carry_out, planned_repairs
from dms.evidence.report import content_digest, report_content, report_json
from dms.evidence.request import InspectionRequest
from dms.evidence.verifying import require_inspector, unopened_inspection, verify
from dms.evidence.walk import STAGE_NAMES, InspectionProgress, JournalHead, Stage, part_of

__all__ = [
    "STAGE_NAMES",
    "BackupPlaceUnusable",
    "FindingCode",
    "InspectionNotFound",
    "InspectionPage",
    "InspectionProgress",
    "InspectionRequest",
    "JournalHead",
    "JournalNotWhole",
    "NeverInspected",
    "Repair",
    "RepairFailed",
    "RepairKind",
    "RepairRequest",
    "SampleUnusable",
    "Stage",
    "carry_out",
    "content_digest",
    "finding",
    "inspection_numbered",
    "inspection_page",
    "machine_facts",
    "note_report_taken",
    "part_of",
    "planned_repairs",
    "report_content",
    "report_json",
    "require_inspector",
    "unopened_inspection",
    "verify",
]
