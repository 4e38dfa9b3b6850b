"""Why an archive cannot be founded or opened."""

from pathlib import Path
from typing import ClassVar

from dms.errors import Bilingual, DmsError, Kind


class NoArchiveHere(DmsError):
    """The folder holds no archive."""

    code: ClassVar[str] = "no_archive_here"
    kind: ClassVar[Kind] = Kind.NOT_FOUND

    def __init__(self, home: Path) -> None:
        super().__init__(
            Bilingual(zh=f"文件夹 {home} 中没有档案库。", en=f"There is no archive in {home}."),
            Bilingual(
                zh="请先运行 dms init 建库，或用 --home / DMS_HOME 指定正确的文件夹。",
                en="Run dms init first, or name the right folder with --home or DMS_HOME.",
            ),
        )


class ArchiveIncomplete(DmsError):
    """The folder holds a part of an archive; going on without the rest would hide the loss."""

    code: ClassVar[str] = "archive_incomplete"
    kind: ClassVar[Kind] = Kind.DAMAGE

    def __init__(self, home: Path, missing: str) -> None:
        super().__init__(
            Bilingual(
                zh=f"档案库 {home} 不完整，缺少 {missing}，没有打开。",
                en=f"The archive in {home} is incomplete: {missing} is missing; it was not opened.",
            ),
            Bilingual(
                zh="请检查磁盘是否全部挂载，或用备份恢复缺少的部分；不要在此重新建库。",
                en="Check that every disk is mounted, or restore what is missing; do not found a new archive here.",
            ),
        )


class ArchiveNotWritable(DmsError):
    """Whoever opens an archive leaves a mark in its folder; this one may not write there, or not into this name."""

    code: ClassVar[str] = "archive_not_writable"
    kind: ClassVar[Kind] = Kind.CONFLICT

    def __init__(self, place: Path, reason: str) -> None:
        super().__init__(
            Bilingual(
                zh=f"无法写入 {place}（{reason}），没有打开。", en=f"{place} cannot be written ({reason}); not opened."
            ),
            Bilingual(
                zh="请以运行服务的账户执行；如以其他账户运行过，请把档案库内所有文件的属主改回；并检查磁盘是否以只读方式挂载。",
                en="Run it as the account of the service; give back what other accounts have made there; "
                "and look whether the disk is mounted read-only.",
            ),
        )


class KeyringOutdated(DmsError):
    """The keyring is a copy from before a rotation; going on with it would make a second set of keys."""

    code: ClassVar[str] = "keyring_outdated"
    kind: ClassVar[Kind] = Kind.DAMAGE

    def __init__(self) -> None:
        super().__init__(
            Bilingual(
                zh="密钥环 keyring.json 是密钥轮换之前的旧副本，轮换之后的资料用它打不开；档案库没有打开。",
                en="keyring.json is an older copy from before a rotation of keys and does not open what came after; "
                "the archive was not opened.",
            ),
            Bilingual(
                zh="请放回最新的 keyring.json，各备份位置都存有最近一次备份时的一份；不要删除任何一份。",
                en="Put the latest keyring.json back: every backup place has that of its latest backup; delete none.",
            ),
        )


class FolderUnusable(DmsError):
    """No archive can be founded in this place."""

    code: ClassVar[str] = "folder_unusable"
    kind: ClassVar[Kind] = Kind.CONFLICT

    def __init__(self, home: Path, reason: str) -> None:
        super().__init__(
            Bilingual(zh=f"无法在 {home} 建库（{reason}）。", en=f"No archive can be founded in {home} ({reason})."),
            Bilingual(
                zh="请检查权限和磁盘空间；如果它是挂载点，请改用其中的子文件夹。",
                en="Check permissions and free space; if it is a mount point, choose a folder inside it.",
            ),
        )


class FondsCodeUnusable(DmsError):
    """The code of the fonds is empty or no code."""

    code: ClassVar[str] = "fonds_code_unusable"
    kind: ClassVar[Kind] = Kind.REFUSED_INPUT

    def __init__(self, fonds_code: str) -> None:
        super().__init__(
            Bilingual(zh=f"全宗号“{fonds_code}”不合规。", en=f"“{fonds_code}” is no code of a fonds."),
            Bilingual(
                zh="全宗号由字母、数字和连字符组成，最多 16 位，例如 Q001。",
                en="It has letters, digits and dashes, at most 16, for example Q001.",
            ),
        )


class FolderNotEmpty(DmsError):
    """An archive is founded in a new or empty folder only."""

    code: ClassVar[str] = "folder_not_empty"
    kind: ClassVar[Kind] = Kind.CONFLICT

    def __init__(self, home: Path) -> None:
        super().__init__(
            Bilingual(
                zh=f"文件夹 {home} 里已有内容，未作任何改动。",
                en=f"The folder {home} is not empty; nothing was changed.",
            ),
            Bilingual(zh="请另选一个新的或空的文件夹。", en="Choose a new or an empty folder."),
        )


class PassphraseWrong(DmsError):
    """The passphrase opens no slot of the keyring."""

    code: ClassVar[str] = "passphrase_wrong"
    kind: ClassVar[Kind] = Kind.FORBIDDEN

    def __init__(self) -> None:
        super().__init__(
            Bilingual(zh="口令不正确，档案库没有打开。", en="The passphrase is wrong; the archive was not opened."),
            Bilingual(
                zh="请检查大小写和口令文件；遗失口令时可用恢复密钥。",
                en="Check the case and the passphrase file; if it is lost, use the recovery key.",
            ),
        )


class KeyringUnreadable(DmsError):
    """The keyring is missing, damaged or was tampered with."""

    code: ClassVar[str] = "keyring_unreadable"
    kind: ClassVar[Kind] = Kind.DAMAGE

    def __init__(self, reason: str) -> None:
        super().__init__(
            Bilingual(
                zh=f"密钥环 keyring.json 缺失或被改动（{reason}）。",
                en=f"The keyring is missing or was altered ({reason}).",
            ),
            Bilingual(zh="请用备份中的 keyring.json 恢复。", en="Restore keyring.json from a backup."),
        )


class PassphraseNeeded(DmsError):
    """There is no terminal to ask at, and no passphrase file was named."""

    code: ClassVar[str] = "passphrase_needed"
    kind: ClassVar[Kind] = Kind.USAGE

    def __init__(self) -> None:
        super().__init__(
            Bilingual(
                zh="需要口令，而当前没有终端可以输入。", en="A passphrase is needed and there is no terminal to ask at."
            ),
            Bilingual(
                zh="请用 --passphrase-file 指定口令文件，或用 --key-file、--recovery-key-file"
                "（环境变量 DMS_PASSPHRASE_FILE、DMS_KEY_FILE 亦可）。",
                en="Name a file with --passphrase-file, --key-file or --recovery-key-file "
                "(or DMS_PASSPHRASE_FILE, DMS_KEY_FILE).",
            ),
        )


class PassphraseUnusable(DmsError):
    """The passphrase file cannot be read, or what it holds is no passphrase."""

    code: ClassVar[str] = "passphrase_unusable"
    kind: ClassVar[Kind] = Kind.USAGE

    def __init__(self, reason: Bilingual) -> None:
        super().__init__(
            reason,
            Bilingual(
                zh="请给出一个可读的、单行的口令文件。", en="Give a readable file with the passphrase on one line."
            ),
        )


class EngineUnknown(DmsError):
    """The settings name an OCR engine that does not exist."""

    code: ClassVar[str] = "engine_unknown"
    kind: ClassVar[Kind] = Kind.USAGE

    def __init__(self, name: str) -> None:
        super().__init__(
            Bilingual(zh=f"没有名为“{name}”的识别引擎。", en=f"There is no OCR engine named “{name}”."),
            Bilingual(
                zh="DMS_OCR_ENGINE 可以是 rapidocr 或 tesseract。", en="DMS_OCR_ENGINE may be rapidocr or tesseract."
            ),
        )


class UnlockUnderWay(DmsError):
    """Another secret is being tried at this moment; trying two at once would fill the memory."""

    code: ClassVar[str] = "unlock_under_way"
    kind: ClassVar[Kind] = Kind.CONFLICT

    def __init__(self) -> None:
        super().__init__(
            Bilingual(zh="正在核对另一次输入，本次没有核对。", en="Another entry is being checked; yours was not."),
            Bilingual(zh="请稍等几秒再试。", en="Wait a few seconds and try again."),
        )


class SecretWrong(DmsError):
    """The recovery key, key file or key service opens no slot of the keyring."""

    code: ClassVar[str] = "secret_wrong"
    kind: ClassVar[Kind] = Kind.FORBIDDEN

    def __init__(self, reason: str) -> None:
        super().__init__(
            Bilingual(
                zh=f"所给的恢复密钥、密钥文件或密码设备打不开这个档案库（{reason}）。",
                en=f"This recovery key, key file or key service does not open the archive ({reason}).",
            ),
            Bilingual(
                zh="请核对是否属于本档案库、是否已被更换（dms keys list 可查看现有的解锁方式）。",
                en="Check that it belongs to this archive and was not replaced (dms keys list shows what opens it).",
            ),
        )


class KeyFileRefused(DmsError):
    """The key file is missing, damaged, or no key file at all."""

    code: ClassVar[str] = "key_file_refused"
    kind: ClassVar[Kind] = Kind.USAGE

    def __init__(self, place: Path, reason: str) -> None:
        super().__init__(
            Bilingual(
                zh=f"密钥文件 {place} 缺失、损坏或不是密钥文件（{reason}）。",
                en=f"The key file {place} is missing, damaged or no key file ({reason}).",
            ),
            Bilingual(
                zh="请核对路径；可改用口令或恢复密钥，再用 dms keys add-key-file 新建一个。",
                en="Check the path, or use the passphrase or recovery key and make a new one: dms keys add-key-file.",
            ),
        )


class KeyFileOpenToOthers(DmsError):
    """Other accounts of the machine may read the key file; whoever copied it can open the archive."""

    code: ClassVar[str] = "key_file_open_to_others"
    kind: ClassVar[Kind] = Kind.USAGE

    def __init__(self, place: Path) -> None:
        super().__init__(
            Bilingual(
                zh=f"密钥文件 {place} 可被其他账号读取，已拒绝使用。",
                en=f"The key file {place} can be read by other accounts and was refused.",
            ),
            Bilingual(
                zh="请执行 chmod 600；若可能已被复制，请删除其解锁方式（dms keys remove）后新建。",
                en="Run chmod 600 on it; if it may have been copied, remove it (dms keys remove) and make another.",
            ),
        )


class DrillKeyringOutdated(DmsError):
    """The keyring at a backup place does not belong to the root that is in use."""

    code: ClassVar[str] = "drill_keyring_outdated"
    kind: ClassVar[Kind] = Kind.CONFLICT

    def __init__(self, address: str) -> None:
        super().__init__(
            Bilingual(
                zh=f"{address} 中的密钥环与正在使用的档案库不符。",
                en=f"The keyring at {address} is not that of the archive in use.",
            ),
            Bilingual(zh="请先备份一次，再做演练。", en="Back up once, then drill again."),
        )


class TokenUnnamed(DmsError):
    """The settings do not name a token, its key, its library and the place of its PIN."""

    code: ClassVar[str] = "token_unnamed"
    kind: ClassVar[Kind] = Kind.USAGE

    def __init__(self) -> None:
        super().__init__(
            Bilingual(
                zh="DMS_TOKEN_URI 不是完整的密码设备地址。",
                en="DMS_TOKEN_URI is not the whole address of a token's key.",
            ),
            Bilingual(
                zh="请写成 pkcs11:token=令牌;object=密钥?module-path=驱动库&pin-source=PIN文件（RFC 7512）。",
                en="Write pkcs11:token=LABEL;object=KEY?module-path=LIBRARY&pin-source=FILE (RFC 7512).",
            ),
        )


class MemoryTooSmall(DmsError):
    """A passphrase could not be tried for want of memory; nothing is known against passphrase or keyring."""

    code: ClassVar[str] = "memory_too_small"
    kind: ClassVar[Kind] = Kind.CONFLICT

    def __init__(self) -> None:
        super().__init__(
            Bilingual(
                zh="内存不足，无法核验口令；密钥环没有损坏。",
                en="There is not enough free memory to try the passphrase; nothing is wrong with the keyring.",
            ),
            Bilingual(
                zh="请关闭占用内存的程序后重试；恢复密钥和密钥文件不需要这些内存。",
                en="Close other programs and try again; a recovery key or a key file needs no such memory.",
            ),
        )


class TokenNotReady(DmsError):
    """The hardware token cannot be asked, or refuses its PIN; nothing is known against the keyring."""

    code: ClassVar[str] = "token_not_ready"
    kind: ClassVar[Kind] = Kind.CONFLICT

    def __init__(self, reason: str) -> None:
        super().__init__(
            Bilingual(
                zh=f"密码设备不可用（{reason}），档案库没有打开。",
                en=f"The token cannot be used ({reason}); the archive was not opened.",
            ),
            Bilingual(
                zh="请检查设备、驱动库和 PIN 文件（多数设备输错几次 PIN 会锁死）；也可改用口令或恢复密钥。",
                en="Check token, library and PIN file (most tokens lock after a few wrong PINs), "
                "or use a passphrase or the recovery key.",
            ),
        )
