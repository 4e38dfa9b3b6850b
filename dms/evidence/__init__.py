"""What the archive proves: that nothing in it was lost or altered, and how a damage is mended."""

from dms.evidence.consulting import InspectionPage, inspection_numbered, inspection_page
from dms.evidence.errors import (
    BackupPlaceUnusable,
    InspectionNotFound,
    JournalNotWhole,
    NeverInspected,
    RepairFailed,
    SampleUnusable,
)
from dms.evidence.findings import FindingCode, finding
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
    "RepairFailed",
    "SampleUnusable",
    "Stage",
    "content_digest",
    "finding",
    "inspection_numbered",
    "inspection_page",
    "part_of",
    "report_content",
    "report_json",
    "require_inspector",
    "unopened_inspection",
    "verify",
]
