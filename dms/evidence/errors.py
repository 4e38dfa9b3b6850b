"""Why an inspection or a repair is refused."""

from pathlib import Path
from typing import ClassVar

from dms.errors import Bilingual, DmsError, Kind


class SampleUnusable(DmsError):
    """No sample can be drawn as asked."""

    code: ClassVar[str] = "sample_unusable"
    kind: ClassVar[Kind] = Kind.USAGE

    def __init__(self, stated: str) -> None:
        super().__init__(
            Bilingual(zh=f"抽检范围“{stated}”不可用。", en=f"“{stated}” is no sample that can be drawn."),
            Bilingual(zh="请写成 1/30 这样的几分之一（2 到 1000）。", en="Write it like 1/30: one part of 2 to 1000."),
        )


class InspectionNotFound(DmsError):
    """No inspection has this number."""

    code: ClassVar[str] = "inspection_not_found"
    kind: ClassVar[Kind] = Kind.NOT_FOUND

    def __init__(self, inspection_id: int) -> None:
        super().__init__(
            Bilingual(zh=f"没有第 {inspection_id} 号检查。", en=f"There is no inspection {inspection_id}."),
            Bilingual(zh="请从检查列表中选择。", en="Choose one from the list of inspections."),
        )


class NeverInspected(DmsError):
    """Nothing is repaired that was not found damaged before."""

    code: ClassVar[str] = "never_inspected"
    kind: ClassVar[Kind] = Kind.CONFLICT

    def __init__(self) -> None:
        super().__init__(
            Bilingual(
                zh="档案库还没有检查过，不知道有什么要修复。",
                en="The archive was never verified, so nobody knows what to repair.",
            ),
            Bilingual(zh="请先运行 dms verify --full。", en="Run dms verify --full first."),
        )


class BackupPlaceUnusable(DmsError):
    """The folder holds no copies of sealed objects."""

    code: ClassVar[str] = "backup_folder_unusable"
    kind: ClassVar[Kind] = Kind.NOT_FOUND

    def __init__(self, place: Path) -> None:
        super().__init__(
            Bilingual(
                zh=f"文件夹 {place} 不是备份：没有 objects 文件夹。",
                en=f"{place} is no backup: it has no folder “objects”.",
            ),
            Bilingual(zh="请指定备份所在的文件夹。", en="Name the folder that the backup lies in."),
        )


class JournalNotWhole(DmsError):
    """While the journal is broken or cut off, nobody can tell which objects are unknown for good reason."""

    code: ClassVar[str] = "journal_not_whole"
    kind: ClassVar[Kind] = Kind.DAMAGE

    def __init__(self) -> None:
        super().__init__(
            Bilingual(
                zh="操作日志不完整，目录可能是较早的版本，因此没有移除任何对象。",
                en="The journal is not whole and the catalogue may be an older one, so no object was removed.",
            ),
            Bilingual(zh="请先恢复完好的目录，再重新检查。", en="Restore a sound catalogue first, then verify again."),
        )


class RepairFailed(DmsError):
    """What was put in the place of a damaged object cannot be read back."""

    code: ClassVar[str] = "repair_failed"
    kind: ClassVar[Kind] = Kind.DAMAGE

    def __init__(self, object_id: str) -> None:
        super().__init__(
            Bilingual(
                zh=f"对象 {object_id} 已从备份写回，但读出核对不符。",
                en=f"Object {object_id} was written back from the backup but does not read back as it should.",
            ),
            Bilingual(
                zh="请检查磁盘；损坏的原字节仍保留在封存库的 set-aside 文件夹中。",
                en="Check the disk; the damaged bytes are still in the folder set-aside of the vault.",
            ),
        )
