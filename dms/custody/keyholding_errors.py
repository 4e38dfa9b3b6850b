"""Why what opens the archive cannot be changed as asked."""

from pathlib import Path
from typing import ClassVar

from dms.errors import Bilingual, DmsError, Kind


class PassphraseTooWeak(DmsError):
    """A passphrase so short is guessed by trying."""

    code: ClassVar[str] = "passphrase_too_weak"
    kind: ClassVar[Kind] = Kind.REFUSED_INPUT

    def __init__(self, least_characters: int) -> None:
        super().__init__(
            Bilingual(
                zh=f"口令至少要有 {least_characters} 个字符，且不能是同一个字符的重复；没有修改。",
                en=f"A passphrase has at least {least_characters} characters, not all the same; nothing was changed.",
            ),
            Bilingual(
                zh="请换一个更长的口令，例如几个互不相干的词。", en="Choose a longer one, for example several words."
            ),
        )


class PassphraseUntidy(DmsError):
    """Blanks at either end are lost in a passphrase file, and nobody sees them at a prompt."""

    code: ClassVar[str] = "passphrase_untidy"
    kind: ClassVar[Kind] = Kind.REFUSED_INPUT

    def __init__(self) -> None:
        super().__init__(
            Bilingual(
                zh="口令的首尾不能有空格，也不能换行；没有修改。",
                en="A passphrase neither begins nor ends with a blank and is one line; nothing was changed.",
            ),
            Bilingual(zh="请去掉首尾的空格；中间可以有空格。", en="Leave them out; blanks inside are welcome."),
        )


class PassphraseInUse(DmsError):
    """The passphrase opens the archive already."""

    code: ClassVar[str] = "passphrase_in_use"
    kind: ClassVar[Kind] = Kind.CONFLICT

    def __init__(self) -> None:
        super().__init__(
            Bilingual(
                zh="这个口令已经可以打开档案库，没有修改。",
                en="This passphrase opens the archive already; nothing was changed.",
            ),
            Bilingual(zh="请另选一个口令。", en="Choose another one."),
        )


class SlotNotFound(DmsError):
    """The keyring has no slot with this id."""

    code: ClassVar[str] = "slot_not_found"
    kind: ClassVar[Kind] = Kind.NOT_FOUND

    def __init__(self, slot_id: str) -> None:
        super().__init__(
            Bilingual(zh=f"没有编号为“{slot_id}”的解锁方式。", en=f"There is no slot “{slot_id}”."),
            Bilingual(zh="请用 dms keys list 查看编号。", en="See the ids with dms keys list."),
        )


class SlotUnclear(DmsError):
    """There is not exactly one passphrase, so it must be said which one is meant."""

    code: ClassVar[str] = "slot_unclear"
    kind: ClassVar[Kind] = Kind.USAGE

    def __init__(self, passphrases: int) -> None:
        super().__init__(
            Bilingual(
                zh=f"档案库有 {passphrases} 个口令，不能确定要更改哪一个。",
                en=f"The archive has {passphrases} passphrases; it is not clear which one to change.",
            ),
            Bilingual(
                zh="请用 dms keys list 查看编号并用 --slot 指明；没有口令时请用 dms keys add-passphrase。",
                en="Name one with --slot (see dms keys list), or add one with dms keys add-passphrase.",
            ),
        )


class SlotNeeded(DmsError):
    """Without this slot no person could open the archive any more."""

    code: ClassVar[str] = "slot_needed"
    kind: ClassVar[Kind] = Kind.CONFLICT

    def __init__(self) -> None:
        super().__init__(
            Bilingual(
                zh="删除后将没有任何口令或恢复密钥能打开档案库（文件和设备都可能损坏），没有删除。",
                en="Neither a passphrase nor a recovery key would be left, and files and devices break; "
                "it was not removed.",
            ),
            Bilingual(
                zh="请先用 dms keys add-passphrase 或 dms keys new-recovery-key 增加一种。",
                en="First add one with dms keys add-passphrase or dms keys new-recovery-key.",
            ),
        )


class TooManyWaysIn(DmsError):
    """All places for slots are taken."""

    code: ClassVar[str] = "too_many_slots"
    kind: ClassVar[Kind] = Kind.CONFLICT

    def __init__(self) -> None:
        super().__init__(
            Bilingual(zh="解锁方式已满（最多 8 种），没有增加。", en="All eight slots are taken; nothing was added."),
            Bilingual(
                zh="请先用 dms keys remove 删除不再使用的。", en="Remove one that is not used with dms keys remove."
            ),
        )


class SlotLabelInvalid(DmsError):
    """A label is too long or has characters that cannot be shown."""

    code: ClassVar[str] = "slot_label_invalid"
    kind: ClassVar[Kind] = Kind.REFUSED_INPUT

    def __init__(self) -> None:
        super().__init__(
            Bilingual(
                zh="名称过长或含有不可显示的字符，没有增加。",
                en="The label is too long or has characters that cannot be shown; nothing was added.",
            ),
            Bilingual(zh="请用不超过 64 个字符的名称。", en="Use at most 64 ordinary characters."),
        )


class KeyFileNotMade(DmsError):
    """No key file can be created at this place."""

    code: ClassVar[str] = "key_file_not_made"
    kind: ClassVar[Kind] = Kind.CONFLICT

    def __init__(self, place: Path, reason: str) -> None:
        super().__init__(
            Bilingual(
                zh=f"无法在 {place} 建立密钥文件（{reason}）。", en=f"No key file can be made at {place} ({reason})."
            ),
            Bilingual(
                zh="请给出一个尚不存在、可写的位置；密钥文件从不覆盖已有内容。",
                en="Give a place that can be written and holds nothing yet; a key file never replaces anything.",
            ),
        )


class KeyFileInsideArchive(DmsError):
    """A key beside the lock: whoever copied the folder, or a backup of it, could open it."""

    code: ClassVar[str] = "key_file_inside_archive"
    kind: ClassVar[Kind] = Kind.REFUSED_INPUT

    def __init__(self, place: Path) -> None:
        super().__init__(
            Bilingual(
                zh=f"{place} 在档案库文件夹之内；拿到文件夹的人就能打开档案，没有建立。",
                en=f"{place} lies inside the archive folder, where whoever copies the folder has the key too; "
                "it was not made.",
            ),
            Bilingual(
                zh="请放在另一个介质上，并且不要与备份放在一起。",
                en="Put it on another medium, and not beside the backups.",
            ),
        )


class TokenNotAtWork(DmsError):
    """The token, its library or its key cannot be used."""

    code: ClassVar[str] = "token_not_at_work"
    kind: ClassVar[Kind] = Kind.CONFLICT

    def __init__(self, reason: str) -> None:
        super().__init__(
            Bilingual(zh=f"密码设备不可用（{reason}），没有修改。", en=f"The token cannot be used ({reason})."),
            Bilingual(
                zh="请检查设备是否接好、驱动库路径和令牌名称是否正确，并已安装 anjuan[pkcs11]。",
                en="Check that it is plugged in, that library and token are named rightly, "
                "and that anjuan[pkcs11] is installed.",
            ),
        )


class TokenPinWrong(DmsError):
    """The token refused the PIN; it is not tried again, for most lock after a few attempts."""

    code: ClassVar[str] = "token_pin_wrong"
    kind: ClassVar[Kind] = Kind.FORBIDDEN

    def __init__(self) -> None:
        super().__init__(
            Bilingual(zh="密码设备拒绝了 PIN，没有修改。", en="The token refused the PIN; nothing was changed."),
            Bilingual(
                zh="请核对 PIN；连续输错几次后，多数设备会自行锁死。",
                en="Check the PIN; most tokens lock themselves after a few wrong ones.",
            ),
        )


class TokenInUse(DmsError):
    """The same key of the same token opens the archive already."""

    code: ClassVar[str] = "token_in_use"
    kind: ClassVar[Kind] = Kind.CONFLICT

    def __init__(self, key_name: str) -> None:
        super().__init__(
            Bilingual(
                zh=f"设备密钥 {key_name} 已经可以打开档案库，没有修改。",
                en=f"The key {key_name} opens the archive already; nothing was changed.",
            ),
            Bilingual(zh="请另选一个密钥名称。", en="Choose another name for the key."),
        )


class KeyringNotChanged(DmsError):
    """The changed keyring could not be made or stored; the old one is in force."""

    code: ClassVar[str] = "keyring_not_changed"
    kind: ClassVar[Kind] = Kind.CONFLICT

    def __init__(self, reason: str) -> None:
        super().__init__(
            Bilingual(
                zh=f"未能保存新的密钥环（{reason}），原有的解锁方式不变。",
                en=f"The changed keyring could not be stored ({reason}); what opened the archive still does.",
            ),
            Bilingual(zh="请检查磁盘空间和内存后重试。", en="Check free disk space and memory, then try again."),
        )
