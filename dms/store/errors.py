"""What can go wrong between the archive and its catalogue."""

from typing import ClassVar

from dms.errors import Bilingual, DmsError, Kind


class CatalogueUnreadable(DmsError):
    """The key does not open the catalogue, or its bytes are damaged."""

    code: ClassVar[str] = "catalogue_unreadable"
    kind: ClassVar[Kind] = Kind.DAMAGE

    def __init__(self, reason: str) -> None:
        super().__init__(
            Bilingual(zh=f"目录数据库无法打开（{reason}）。", en=f"The catalogue cannot be opened ({reason})."),
            Bilingual(
                zh="请确认 catalogue.db 与 keyring.json 属于同一个档案库，且后者不是轮换之前的旧副本；"
                "如目录数据库已损坏，请用备份恢复。",
                en="Check that catalogue.db and keyring.json belong together and keyring.json is no older copy; "
                "restore a backup if the catalogue is damaged.",
            ),
        )


class CatalogueDiskFull(DmsError):
    """The disk of the catalogue is full; the transaction was rolled back whole."""

    code: ClassVar[str] = "catalogue_disk_full"
    kind: ClassVar[Kind] = Kind.CONFLICT

    def __init__(self) -> None:
        super().__init__(
            Bilingual(
                zh="目录数据库所在磁盘已满，本次操作没有生效。",
                en="The catalogue's disk is full; nothing of this was done.",
            ),
            Bilingual(zh="请管理员腾出空间后重试。", en="Ask the administrator to free space, then try again."),
        )


class IndexUnreadable(DmsError):
    """A file of the full-text index is gone or damaged; what it says can be made anew from the catalogue."""

    code: ClassVar[str] = "index_unreadable"
    kind: ClassVar[Kind] = Kind.DAMAGE

    def __init__(self, reason: str) -> None:
        super().__init__(
            Bilingual(
                zh=f"全文索引的文件缺失或损坏（{reason}），本次检索无法给出可靠的结果；档案本身不受影响。",
                en=f"A file of the full-text index is missing or damaged ({reason}); this search has no answer. "
                "The papers themselves are not affected.",
            ),
            Bilingual(
                zh="服务正在运行时，几秒钟内会自动舍弃损坏的部分并重建索引，请稍后再检索；"
                "未运行服务时，请运行 dms repair --rebuild-index。",
                en="A running service gives up what is damaged within seconds and makes the index anew: search again "
                "in a moment. Where none runs, run dms repair --rebuild-index.",
            ),
        )


class CatalogueBusy(DmsError):
    """Another process has held the write lock for a minute."""

    code: ClassVar[str] = "catalogue_busy"
    kind: ClassVar[Kind] = Kind.CONFLICT

    def __init__(self) -> None:
        super().__init__(
            Bilingual(
                zh="目录数据库一直被其他操作占用，本次操作没有生效。",
                en="Another operation keeps the catalogue to itself; nothing of this was done.",
            ),
            Bilingual(zh="请稍后重试。", en="Try again later."),
        )


class CatalogueNewer(DmsError):
    """The catalogue was written by a newer version of the program."""

    code: ClassVar[str] = "catalogue_newer"
    kind: ClassVar[Kind] = Kind.CONFLICT

    def __init__(self, revision: str) -> None:
        super().__init__(
            Bilingual(
                zh=f"目录数据库由更新版本的程序建立（版本 {revision}）。",
                en=f"The catalogue was made by a newer version of the program (revision {revision}).",
            ),
            Bilingual(zh="请升级程序后再打开。", en="Upgrade the program before opening it."),
        )


class NumberSpent(DmsError):
    """A reference code was given before; nothing else may bear it."""

    code: ClassVar[str] = "number_spent"
    kind: ClassVar[Kind] = Kind.CONFLICT

    def __init__(self, reference_code: str) -> None:
        super().__init__(
            Bilingual(zh=f"档号“{reference_code}”已经用过。", en=f"The reference code “{reference_code}” is spent."),
            Bilingual(
                zh="档号一经使用不再重复，请改用下一个号码。",
                en="A code is never given twice; take the next number.",
            ),
        )
