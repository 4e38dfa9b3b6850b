"""What can go wrong when an archive leaves its house or arrives in another one."""

from pathlib import Path
from typing import ClassVar

from dms.errors import Bilingual, DmsError, Kind

MEGABYTE = 1024 * 1024
_NAMED = 10
"""So many of a long list are named in a sentence."""


class ClearanceTooLow(DmsError):
    """Whoever may not see every paper can neither take the whole archive out nor bring one in."""

    code: ClassVar[str] = "clearance_too_low"
    kind: ClassVar[Kind] = Kind.FORBIDDEN

    def __init__(self) -> None:
        super().__init__(
            Bilingual(
                zh="整库导出和导入涉及全部密级和全部部门，您的查阅权限不够。",
                en="The whole archive holds papers of every grade and department, and you may not see all of them.",
            ),
            Bilingual(
                zh="请由可查阅全公司一级资料的管理员执行。",
                en="Let an administrator do it who is cleared for grade 1 in every department.",
            ),
        )


class ExportNotConfirmed(DmsError):
    """Nobody has confirmed that everything is to be written where anyone can read it."""

    code: ClassVar[str] = "export_not_confirmed"
    kind: ClassVar[Kind] = Kind.USAGE

    def __init__(self) -> None:
        super().__init__(
            Bilingual(
                zh="未确认明文导出，没有写出任何内容。",
                en="The export in clear was not confirmed; nothing was written.",
            ),
            Bilingual(
                zh="请在终端输入全宗号确认，或加上 --yes。", en="Type the fonds code at a terminal, or say --yes."
            ),
        )


class ExportTargetNotEmpty(DmsError):
    """The folder for the bag holds something already."""

    code: ClassVar[str] = "export_target_not_empty"
    kind: ClassVar[Kind] = Kind.CONFLICT

    def __init__(self, target: Path) -> None:
        super().__init__(
            Bilingual(
                zh=f"{target} 已有内容，没有导出。", en=f"{target} holds something already; nothing was exported."
            ),
            Bilingual(zh="请指定一个新的或空的文件夹。", en="Name a new folder, or an empty one."),
        )


class ExportTargetInArchive(DmsError):
    """Readable papers would lie in the archive's own folder."""

    code: ClassVar[str] = "export_target_in_archive"
    kind: ClassVar[Kind] = Kind.USAGE

    def __init__(self, target: Path) -> None:
        super().__init__(
            Bilingual(
                zh=f"{target} 在档案库文件夹之内，明文不能放在那里。",
                en=f"{target} lies inside the archive's folder, where nothing readable may lie.",
            ),
            Bilingual(zh="请指定档案库之外的文件夹。", en="Name a folder outside the archive."),
        )


class ExportTargetUnusable(DmsError):
    """The operating system does not let us write the bag."""

    code: ClassVar[str] = "export_target_unusable"
    kind: ClassVar[Kind] = Kind.CONFLICT

    def __init__(self, target: Path, reason: str) -> None:
        super().__init__(
            Bilingual(
                zh=f"无法写入 {target}（{reason}），没有导出。",
                en=f"{target} cannot be written ({reason}); nothing was exported.",
            ),
            Bilingual(zh="请检查文件夹、权限和磁盘。", en="Check the folder, its permissions and its disk."),
        )


class ExportUnderWay(DmsError):
    """Another process is writing a bag for the same folder."""

    code: ClassVar[str] = "export_under_way"
    kind: ClassVar[Kind] = Kind.CONFLICT

    def __init__(self, target: Path) -> None:
        super().__init__(
            Bilingual(zh=f"另一个导出正在写入 {target}。", en=f"Another export is writing {target} at this moment."),
            Bilingual(zh="请等它结束，或另选文件夹。", en="Wait until it is done, or name another folder."),
        )


class NotEnoughRoom(DmsError):
    """The disk cannot hold what is to be written."""

    code: ClassVar[str] = "not_enough_room"
    kind: ClassVar[Kind] = Kind.CONFLICT

    def __init__(self, needed_bytes: int, free_bytes: int) -> None:
        needed, free = -(-needed_bytes // MEGABYTE), free_bytes // MEGABYTE
        super().__init__(
            Bilingual(
                zh=f"磁盘空间不足：约需 {needed} MB，可用 {free} MB，没有开始。",
                en=f"There is not enough room: about {needed} MB are needed, {free} MB are free; nothing was begun.",
            ),
            Bilingual(zh="请腾出空间或换一个磁盘。", en="Free space, or use another disk."),
        )


class ExportFoundDamage(DmsError):
    """An object cannot be taken out of the vault as the catalogue knows it, so the archive would not be whole."""

    code: ClassVar[str] = "export_found_damage"
    kind: ClassVar[Kind] = Kind.DAMAGE

    def __init__(self, item_id: str, name: str, reason: str) -> None:
        super().__init__(
            Bilingual(
                zh=f"件 {item_id} 的 {name} 损坏或缺失（{reason}），导出中止，没有留下导出包。",
                en=f"{name} of item {item_id} is damaged or missing ({reason}); "
                "the export was broken off and left no bag.",
            ),
            Bilingual(
                zh="请用 dms verify --full 查明全部损坏并从备份恢复；确需先行导出，加上 --leave-out-damaged。",
                en="Find all damage with dms verify --full and restore it from a backup, "
                "or export without it: --leave-out-damaged.",
            ),
        )


class NotABag(DmsError):
    """The folder is no bag in the sense of RFC 8493."""

    code: ClassVar[str] = "not_a_bag"
    kind: ClassVar[Kind] = Kind.REFUSED_INPUT

    def __init__(self, folder: Path) -> None:
        super().__init__(
            Bilingual(zh=f"{folder} 不是 BagIt 导出包。", en=f"{folder} is no BagIt bag."),
            Bilingual(
                zh="请指定含有 bagit.txt 的文件夹（由 dms export 生成）。",
                en="Name the folder in which bagit.txt lies, as dms export makes it.",
            ),
        )


class BagVersionUnknown(DmsError):
    """The bag, or the archive in it, was written by rules that this program does not know."""

    code: ClassVar[str] = "bag_version_unknown"
    kind: ClassVar[Kind] = Kind.REFUSED_INPUT

    def __init__(self, version: str) -> None:
        super().__init__(
            Bilingual(zh=f"不认识这个导出包的版本（{version}）。", en=f"This bag has an unknown version ({version})."),
            Bilingual(zh="请用更新的程序导入。", en="Import it with a newer version of the program."),
        )


class BagOfAnotherKind(DmsError):
    """A bag, but not one that holds an archive of ours."""

    code: ClassVar[str] = "bag_of_another_kind"
    kind: ClassVar[Kind] = Kind.REFUSED_INPUT

    def __init__(self) -> None:
        super().__init__(
            Bilingual(
                zh="这是 BagIt 包，但其中不是案卷系统的档案。",
                en="This is a bag, but what it holds is no archive of this program.",
            ),
            Bilingual(zh="散件请用 dms ingest 收取。", en="Take single papers in with dms ingest."),
        )


class BagUnreadable(DmsError):
    """The operating system does not let us read something in the bag."""

    code: ClassVar[str] = "bag_unreadable"
    kind: ClassVar[Kind] = Kind.REFUSED_INPUT

    def __init__(self, path: str, reason: str) -> None:
        super().__init__(
            Bilingual(
                zh=f"无法读取导出包中的 {path}（{reason}）。", en=f"{path} in the bag cannot be read ({reason})."
            ),
            Bilingual(zh="请检查权限和介质后重试。", en="Check its permissions and the medium, then try again."),
        )


class BagIncomplete(DmsError):
    """Something that the bag itself lists is not there."""

    code: ClassVar[str] = "bag_incomplete"
    kind: ClassVar[Kind] = Kind.REFUSED_INPUT

    def __init__(self, missing: list[str]) -> None:
        super().__init__(
            Bilingual(
                zh=f"导出包不完整，缺少：{_some(missing, '、')}。没有导入任何内容。",
                en=f"The bag is incomplete; missing: {_some(missing, ', ')}. Nothing was imported.",
            ),
            Bilingual(zh="请重新复制完整的导出包。", en="Copy the whole bag again."),
        )


class BagAltered(DmsError):
    """Something in the bag is not what it was, or was laid there afterwards."""

    code: ClassVar[str] = "bag_altered"
    kind: ClassVar[Kind] = Kind.REFUSED_INPUT

    def __init__(self, paths: list[str]) -> None:
        super().__init__(
            Bilingual(
                zh=f"导出包中的内容与清单不符：{_some(paths, '、')}。没有导入任何内容。",
                en=f"The bag is not as its manifests say: {_some(paths, ', ')}. Nothing was imported.",
            ),
            Bilingual(
                zh="请重新复制导出包；若仍不符，请在原档案库重新导出。",
                en="Copy the bag again; if that does not help, export it again.",
            ),
        )


class BagUnsafe(DmsError):
    """The bag leads outside itself: an absolute path, a way upwards, a link, or something that is no computer file."""

    code: ClassVar[str] = "bag_unsafe"
    kind: ClassVar[Kind] = Kind.REFUSED_INPUT

    def __init__(self, path: str) -> None:
        super().__init__(
            Bilingual(
                zh=f"导出包中有不安全的路径或链接：{path}。没有导入任何内容。",
                en=f"The bag has an unsafe path or a link: {path}. Nothing was imported.",
            ),
            Bilingual(zh="请查明这个导出包的来历。", en="Find out where this bag comes from."),
        )


class BagRecordUnusable(DmsError):
    """What the bag says about a paper or in its catalogue cannot be right."""

    code: ClassVar[str] = "bag_record_unusable"
    kind: ClassVar[Kind] = Kind.REFUSED_INPUT

    def __init__(self, path: str, reason: str) -> None:
        super().__init__(
            Bilingual(
                zh=f"导出包中的记录 {path} 不可用（{reason}）。没有导入任何内容。",
                en=f"The record {path} of the bag cannot be used ({reason}). Nothing was imported.",
            ),
            Bilingual(zh="请在原档案库重新导出。", en="Export the archive again."),
        )


class BagNamesTwice(DmsError):
    """Two records of the bag bear the same number or code."""

    code: ClassVar[str] = "bag_names_twice"
    kind: ClassVar[Kind] = Kind.REFUSED_INPUT

    def __init__(self, path: str, name: str) -> None:
        super().__init__(
            Bilingual(
                zh=f"导出包的 {path} 中“{name}”出现两次。没有导入任何内容。",
                en=f"“{name}” stands twice in {path} of the bag. Nothing was imported.",
            ),
            Bilingual(zh="请在原档案库重新导出。", en="Export the archive again."),
        )


class ImportConflicts(DmsError):
    """The bag and this archive say different things under the same number or code."""

    code: ClassVar[str] = "import_conflicts"
    kind: ClassVar[Kind] = Kind.CONFLICT

    def __init__(self, conflicts: list[Bilingual]) -> None:
        zh = "；".join(conflict.zh for conflict in conflicts[:_NAMED])
        en = "; ".join(conflict.en for conflict in conflicts[:_NAMED])
        count = len(conflicts)
        super().__init__(
            Bilingual(
                zh=f"导出包与本库有 {count} 处冲突，没有导入任何内容：{zh}。",
                en=f"The bag contradicts this archive in {count} places, and nothing was imported: {en}.",
            ),
            Bilingual(
                zh="请先在其中一方更正，或导入到新建的档案库。",
                en="Correct one of the two first, or import into a new archive.",
            ),
        )
        self.conflicts = tuple(conflicts)


def _some(names: list[str], joint: str) -> str:
    rest = len(names) - _NAMED
    return joint.join(names[:_NAMED]) + (f" … (+{rest})" if rest > 0 else "")
