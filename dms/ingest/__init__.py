"""收集: from a stranger's bytes to a sealed, read, described item."""

from dms.ingest.describing import Describer
from dms.ingest.errors import ClaimUnusable, DiskNearlyFull, EmptyUpload, NotRetryable, UploadTooLarge
from dms.ingest.inbox import Collected, collect_inbox
from dms.ingest.receiving import Claim, Received, ReceivingLimits, Upload, receive, retry
from dms.ingest.working import Progress, ReadingRoom, reclaim_orphans, work_until_idle, work_until_stopped

__all__ = [
    "Claim",
    "ClaimUnusable",
    "Collected",
    "Describer",
    "DiskNearlyFull",
    "EmptyUpload",
    "NotRetryable",
    "Progress",
    "ReadingRoom",
    "Received",
    "ReceivingLimits",
    "Upload",
    "UploadTooLarge",
    "collect_inbox",
    "receive",
    "reclaim_orphans",
    "retry",
    "work_until_idle",
    "work_until_stopped",
]
