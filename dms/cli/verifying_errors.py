"""What a verification or a repair leaves to be said when its answer is out, and what it cannot begin without."""

from typing import ClassVar

from dms.cli.errors import AfterTheAnswer
from dms.errors import Bilingual, DmsError, Kind


class DamageFound(AfterTheAnswer):
    """A verification found damage; the answer names all of it."""

    code: ClassVar[str] = "damage_found"
    kind: ClassVar[Kind] = Kind.DAMAGE

    def __init__(self, count: int) -> None:
        super().__init__(
            Bilingual(zh=f"发现 {count} 项损坏。", en=f"Damages found: {count}."),
            Bilingual(
                zh="请按每一项的提示处理，处理前不要改动档案库文件夹。",
                en="Do what each of them says, and change nothing in the archive folder before.",
            ),
        )


class RepairsLeft(AfterTheAnswer):
    """Something of what was found could not be mended."""

    code: ClassVar[str] = "repairs_left"
    kind: ClassVar[Kind] = Kind.DAMAGE

    def __init__(self, count: int) -> None:
        super().__init__(
            Bilingual(zh=f"有 {count} 项未能修复。", en=f"Not repaired: {count}."),
            Bilingual(
                zh="请换一个备份文件夹再试，或检查磁盘后重新运行 dms verify --full。",
                en="Try another backup folder, or check the disk and run dms verify --full again.",
            ),
        )


class ScopesContradict(DmsError):
    """Everything and a part of it cannot both be asked for."""

    code: ClassVar[str] = "scopes_contradict"
    kind: ClassVar[Kind] = Kind.USAGE

    def __init__(self) -> None:
        super().__init__(
            Bilingual(zh="--full 与 --sample 不能同时使用。", en="--full and --sample cannot be given together."),
            Bilingual(zh="请只选一个。", en="Choose one of them."),
        )
