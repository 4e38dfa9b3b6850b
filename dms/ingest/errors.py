"""Why an upload is not accepted, before anyone has looked inside it."""

from typing import ClassVar

from dms.domain.day import FIRST_YEAR, LAST_YEAR
from dms.errors import Bilingual, DmsError, Kind

MAX_NUMBER_CHARACTERS = 100


class EmptyUpload(DmsError):
    """Nothing arrived."""

    code: ClassVar[str] = "empty"
    kind: ClassVar[Kind] = Kind.REFUSED_INPUT

    def __init__(self) -> None:
        super().__init__(
            Bilingual(zh="这个文件是空的，没有任何内容。", en="This file is empty."),
            Bilingual(
                zh="请检查扫描或复制是否成功，然后重新上传。", en="Check the scan or the copy, then upload it again."
            ),
        )


class UploadTooLarge(DmsError):
    """More bytes than one upload may have."""

    code: ClassVar[str] = "too_large"
    kind: ClassVar[Kind] = Kind.REFUSED_INPUT

    def __init__(self, limit_bytes: int) -> None:
        limit_mb = limit_bytes // (1024 * 1024)
        super().__init__(
            Bilingual(zh=f"文件超过单件上限 {limit_mb} MB。", en=f"The file exceeds the limit of {limit_mb} MB."),
            Bilingual(
                zh="请拆分后分别上传，或请管理员调整上限。", en="Split it, or ask the administrator to raise the limit."
            ),
        )


class ClaimUnusable(DmsError):
    """What the uploader says about the paper cannot be right."""

    code: ClassVar[str] = "claim_unusable"
    kind: ClassVar[Kind] = Kind.REFUSED_INPUT

    def __init__(self) -> None:
        super().__init__(
            Bilingual(
                zh="随资料填写的年度或合同编号不合常理。",
                en="The year or the contract number stated with the paper cannot be right.",
            ),
            Bilingual(
                zh=f"年度应在 {FIRST_YEAR} 至 {LAST_YEAR} 之间，合同编号不超过 {MAX_NUMBER_CHARACTERS} 字；"
                "不确定时可以留空。",
                en=f"Give a year between {FIRST_YEAR} and {LAST_YEAR} and a number of at most "
                f"{MAX_NUMBER_CHARACTERS} characters, or leave them out.",
            ),
        )


class DiskNearlyFull(DmsError):
    """Accepting it would leave too little space on the disk of the archive."""

    code: ClassVar[str] = "disk_nearly_full"
    kind: ClassVar[Kind] = Kind.CONFLICT

    def __init__(self) -> None:
        super().__init__(
            Bilingual(
                zh="档案所在磁盘空间不足，为保护已有资料，暂停接收。",
                en="The archive's disk is nearly full; to protect what it holds, nothing more is accepted.",
            ),
            Bilingual(zh="请管理员扩充空间后重试。", en="Ask the administrator to add space, then try again."),
        )


class NotRetryable(DmsError):
    """Only a paper whose reading failed can be read again."""

    code: ClassVar[str] = "not_retryable"
    kind: ClassVar[Kind] = Kind.CONFLICT

    def __init__(self) -> None:
        super().__init__(
            Bilingual(zh="这件资料当前状态不能重新识别。", en="This paper cannot be read again in its present state."),
            Bilingual(zh="只有识别失败的资料可以重试。", en="Only papers whose reading failed can be retried."),
        )


class ReadingFault(DmsError):
    """Reading broke off for a reason that nobody foresaw."""

    code: ClassVar[str] = "reading_fault"
    kind: ClassVar[Kind] = Kind.UNEXPECTED

    def __init__(self, name: str) -> None:
        super().__init__(
            Bilingual(zh=f"识别中断（{name}）。", en=f"Reading broke off ({name})."),
            Bilingual(
                zh="原件完好，可以重试；若反复出现请联系管理员。",
                en="The original is safe; try again, or ask the administrator.",
            ),
        )
