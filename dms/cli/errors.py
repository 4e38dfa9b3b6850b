"""What a person may have mistyped at the command line."""

from pathlib import Path
from typing import ClassVar

from dms.errors import Bilingual, DmsError, Kind


class AfterTheAnswer(DmsError):
    """The family of what is said once the answer is out: it sets the exit code and adds no second JSON object."""


class UserUnknown(DmsError):
    """``--as`` names nobody who may act."""

    code: ClassVar[str] = "user_unknown"
    kind: ClassVar[Kind] = Kind.NOT_FOUND

    def __init__(self, name: str) -> None:
        super().__init__(
            Bilingual(zh=f"没有名为“{name}”的可用账号。", en=f"There is no active account “{name}”."),
            Bilingual(zh="请用 dms user list 查看账号。", en="See the accounts with dms user list."),
        )


class SettingInvalid(DmsError):
    """An environment variable does not hold what it should."""

    code: ClassVar[str] = "setting_invalid"
    kind: ClassVar[Kind] = Kind.USAGE

    def __init__(self, name: str, value: str) -> None:
        super().__init__(
            Bilingual(
                zh=f"环境变量 {name} 的值“{value}”不可用。", en=f"The environment variable {name} cannot be “{value}”."
            ),
            Bilingual(
                zh="请改为合理的值（见运维手册的设置表），或删除该变量以使用默认值。",
                en="Set it to a possible value (see docs/operations.md), or unset it to use the default.",
            ),
        )


class PathMissing(DmsError):
    """A path to ingest does not exist or holds nothing."""

    code: ClassVar[str] = "path_missing"
    kind: ClassVar[Kind] = Kind.NOT_FOUND

    def __init__(self, path: Path) -> None:
        super().__init__(
            Bilingual(zh=f"找不到 {path}，没有收取任何资料。", en=f"{path} does not exist; nothing was taken in."),
            Bilingual(zh="请核对路径。", en="Check the path."),
        )


class NothingToIngest(DmsError):
    """No path was given, or the folders hold no files."""

    code: ClassVar[str] = "nothing_to_ingest"
    kind: ClassVar[Kind] = Kind.USAGE

    def __init__(self) -> None:
        super().__init__(
            Bilingual(zh="没有要收取的文件。", en="There is nothing to take in."),
            Bilingual(
                zh="请给出文件或文件夹；仅继续未完成的识别可用 dms ingest --wait。",
                en="Give files or folders; dms ingest --wait alone resumes reading what waits.",
            ),
        )


class TargetExists(DmsError):
    """An output path exists already; it is not overwritten."""

    code: ClassVar[str] = "target_exists"
    kind: ClassVar[Kind] = Kind.CONFLICT

    def __init__(self, path: Path) -> None:
        super().__init__(
            Bilingual(zh=f"{path} 已存在，未覆盖。", en=f"{path} exists and was not overwritten."),
            Bilingual(zh="请另选文件名。", en="Choose another name."),
        )


class TargetUnwritable(DmsError):
    """The output path cannot be written."""

    code: ClassVar[str] = "target_unwritable"
    kind: ClassVar[Kind] = Kind.CONFLICT

    def __init__(self, path: Path) -> None:
        super().__init__(
            Bilingual(zh=f"无法写入 {path}。", en=f"{path} cannot be written."),
            Bilingual(zh="请检查文件夹是否存在、是否可写。", en="Check that the folder exists and may be written."),
        )


class TextUnreadable(DmsError):
    """A text for the archive is not there, or is not text."""

    code: ClassVar[str] = "text_unreadable"
    kind: ClassVar[Kind] = Kind.REFUSED_INPUT

    def __init__(self, path: Path) -> None:
        super().__init__(
            Bilingual(zh=f"读不出 {path} 中的文字。", en=f"The text in {path} cannot be read."),
            Bilingual(zh="请核对路径，并把文件存为 UTF-8 编码。", en="Check the path, and save it as UTF-8."),
        )


class AddressInUse(DmsError):
    """Another program listens at the address already."""

    code: ClassVar[str] = "address_in_use"
    kind: ClassVar[Kind] = Kind.CONFLICT

    def __init__(self, address: str) -> None:
        super().__init__(
            Bilingual(zh=f"地址 {address} 已被占用或不可用。", en=f"The address {address} is taken or not available."),
            Bilingual(zh="请用 --port 换一个端口。", en="Choose another port with --port."),
        )


class PathUnreadable(DmsError):
    """The operating system does not let us read a path."""

    code: ClassVar[str] = "path_unreadable"
    kind: ClassVar[Kind] = Kind.REFUSED_INPUT

    def __init__(self, path: Path) -> None:
        super().__init__(
            Bilingual(zh=f"无法读取 {path.name}。", en=f"{path.name} cannot be read."),
            Bilingual(zh="请检查文件权限。", en="Check its permissions."),
        )


class RecoveryKeyCannotStay(DmsError):
    """A change of root makes a new recovery key; the old one cannot be what is kept."""

    code: ClassVar[str] = "recovery_key_cannot_stay"
    kind: ClassVar[Kind] = Kind.USAGE

    def __init__(self) -> None:
        super().__init__(
            Bilingual(
                zh="更换根密钥会产生新的恢复密钥，不能只用旧的恢复密钥来更换。",
                en="A change of root makes a new recovery key; the old one alone cannot be kept.",
            ),
            Bilingual(
                zh="请先用恢复密钥设置新口令（dms keys add-passphrase），再用该口令更换。",
                en="First set a new passphrase with it (dms keys add-passphrase), then change the root with that.",
            ),
        )


class NoBackupYet(DmsError):
    """There is no complete backup that a drill could try."""

    code: ClassVar[str] = "no_backup_yet"
    kind: ClassVar[Kind] = Kind.NOT_FOUND

    def __init__(self) -> None:
        super().__init__(
            Bilingual(zh="还没有可供演练的完整备份。", en="There is no complete backup to drill with."),
            Bilingual(zh="请先运行 dms backup。", en="Run dms backup first."),
        )


class ConsentNeeded(DmsError):
    """What cannot be undone needs a yes, and there is no terminal to ask at."""

    code: ClassVar[str] = "consent_needed"
    kind: ClassVar[Kind] = Kind.USAGE

    def __init__(self) -> None:
        super().__init__(
            Bilingual(
                zh="这一步需要确认，而现在没有终端可问；没有作任何改动。",
                en="This needs consent, and there is no terminal to ask at; nothing was changed.",
            ),
            Bilingual(
                zh="核对以上说明后，用 --yes 再运行一次。", en="Read what is said above, then run it again with --yes."
            ),
        )


class Interrupted(DmsError):
    """A person stopped the command, by Ctrl+C or by not answering a question."""

    code: ClassVar[str] = "interrupted"
    kind: ClassVar[Kind] = Kind.UNEXPECTED

    def __init__(self) -> None:
        super().__init__(
            Bilingual(zh="已中断。", en="Stopped."),
            Bilingual(
                zh="已完成的部分有效；再运行一次即可继续。", en="What was done stays done; run it again to go on."
            ),
        )


class ScratchMissing(DmsError):
    """The folder that a drill was to restore into is not there."""

    code: ClassVar[str] = "scratch_missing"
    kind: ClassVar[Kind] = Kind.NOT_FOUND

    def __init__(self, path: Path) -> None:
        super().__init__(
            Bilingual(
                zh=f"临时文件夹 {path} 不存在，没有开始演练。", en=f"The folder {path} is not there; no drill began."
            ),
            Bilingual(zh="请先挂载或新建该文件夹。", en="Mount it or make it first."),
        )


class DrillFailed(AfterTheAnswer):
    """A restore drill did not bring back what the archive has."""

    code: ClassVar[str] = "drill_failed"
    kind: ClassVar[Kind] = Kind.DAMAGE

    def __init__(self, reason: str) -> None:
        super().__init__(
            Bilingual(
                zh=f"恢复演练未通过（{reason}），该备份不可依赖。",
                en=f"The restore drill failed ({reason}); this backup cannot be relied on.",
            ),
            Bilingual(
                zh="请立即备份到其他位置，再检查该介质。",
                en="Back up to another place at once, then look at the medium.",
            ),
        )


class NewSecretNeeded(DmsError):
    """There is no terminal to ask for a new passphrase or a PIN at, and no file was named."""

    code: ClassVar[str] = "new_secret_needed"
    kind: ClassVar[Kind] = Kind.USAGE

    def __init__(self) -> None:
        super().__init__(
            Bilingual(
                zh="需要新口令或 PIN，而当前没有终端可以输入。",
                en="A new passphrase or a PIN is needed and there is no terminal to ask at.",
            ),
            Bilingual(
                zh="请用 --new-passphrase-file 指定新口令文件；PIN 请写入地址中 pin-source 所指的文件。",
                en="Name a file with --new-passphrase-file; for a PIN, name one as pin-source in the address.",
            ),
        )


class SynonymsUnreadable(DmsError):
    """What is to become the table of synonyms is no text, or cannot be read."""

    code: ClassVar[str] = "synonyms_unreadable"
    kind: ClassVar[Kind] = Kind.USAGE

    def __init__(self, path: str) -> None:
        super().__init__(
            Bilingual(zh=f"无法读取同义词文件 {path}。", en=f"The synonyms in {path} cannot be read."),
            Bilingual(
                zh="请给出 UTF-8 文本，每行一组，词之间用斜杠分开。",
                en="Give UTF-8 text, one group a line, words separated by slashes.",
            ),
        )


class TokenAddressInvalid(DmsError):
    """What was given does not name a key of a token, or shows a PIN."""

    code: ClassVar[str] = "token_address_invalid"
    kind: ClassVar[Kind] = Kind.USAGE

    def __init__(self) -> None:
        super().__init__(
            Bilingual(
                zh="密码设备的地址不正确，或其中写有 PIN。",
                en="This is no address of a token's key, or it shows a PIN.",
            ),
            Bilingual(
                zh="请写成 pkcs11:token=令牌;object=密钥?module-path=驱动库（RFC 7512），PIN 用 pin-source 指定文件。",
                en="Write pkcs11:token=LABEL;object=KEY?module-path=LIBRARY (RFC 7512), with a file as pin-source.",
            ),
        )


class DocumentsRefused(AfterTheAnswer):
    """Some documents of a year could not be printed; the others lie in the folder."""

    code: ClassVar[str] = "documents_refused"
    kind: ClassVar[Kind] = Kind.CONFLICT

    def __init__(self, count: int, first_name: str, reason: Bilingual) -> None:
        super().__init__(
            Bilingual(
                zh=f"有 {count} 份文档未能打印，例如“{first_name}”（{reason.zh}）。",
                en=f"{count} documents could not be printed, such as “{first_name}” ({reason.en}).",
            ),
            Bilingual(
                zh="其余文档已写入文件夹；请按原因处理后，单独打印这几份。",
                en="All others lie in the folder; see to the reasons, then print these by themselves.",
            ),
        )


class SignatureNeedsPassword(DmsError):
    """Somebody is to sign, and there is neither a file with his password nor a terminal to ask at."""

    code: ClassVar[str] = "signature_needs_password"
    kind: ClassVar[Kind] = Kind.USAGE

    def __init__(self, name: str) -> None:
        super().__init__(
            Bilingual(zh=f"需要“{name}”本人的密码签字。", en=f"“{name}” is to sign with a password."),
            Bilingual(
                zh="请用 --password-file、--witness-password-file 指定密码文件，或在终端上输入。",
                en="Name a file with --password-file or --witness-password-file, or type it at a terminal.",
            ),
        )
