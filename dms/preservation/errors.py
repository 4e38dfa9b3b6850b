"""What can go wrong between the archive and a place for its copies."""

from typing import ClassVar

from dms.errors import Bilingual, DmsError, Kind


class PlaceUnknown(DmsError):
    """No backup place has this number."""

    code: ClassVar[str] = "backup_place_unknown"
    kind: ClassVar[Kind] = Kind.NOT_FOUND

    def __init__(self, place_id: int) -> None:
        super().__init__(
            Bilingual(zh=f"没有编号为 {place_id} 的备份位置。", en=f"There is no backup place {place_id}."),
            Bilingual(
                zh="请用 dms backup-place list 查看已登记的位置。", en="See the places with dms backup-place list."
            ),
        )


class PlaceUnusable(DmsError):
    """What was stated about a place cannot be."""

    code: ClassVar[str] = "backup_place_unusable"
    kind: ClassVar[Kind] = Kind.REFUSED_INPUT

    def __init__(self, reason: Bilingual) -> None:
        super().__init__(
            reason,
            Bilingual(
                zh="请改正后重试；备份位置可以是文件夹的完整路径，或 s3://桶/前缀。",
                en="Correct it and try again; a place is the full path of a folder, or s3://bucket/prefix.",
            ),
        )


class PlaceMissing(DmsError):
    """The place is not there, or what was written to it before is not."""

    code: ClassVar[str] = "backup_place_missing"
    kind: ClassVar[Kind] = Kind.NOT_FOUND

    def __init__(self, address: str) -> None:
        super().__init__(
            Bilingual(
                zh=f"在 {address} 没有找到备份，什么也没有写入。",
                en=f"There is no backup at {address}; nothing was written.",
            ),
            Bilingual(
                zh="请检查磁盘或共享是否已挂载、上级文件夹是否可写；如确实要在此重新开始，请先移除该位置再添加。",
                en="Check that the disk or share is mounted and may be written; to begin anew there, remove the place "
                "and add it again.",
            ),
        )


class PlaceOccupied(DmsError):
    """The folder holds something else."""

    code: ClassVar[str] = "backup_place_occupied"
    kind: ClassVar[Kind] = Kind.CONFLICT

    def __init__(self, address: str) -> None:
        super().__init__(
            Bilingual(
                zh=f"{address} 中已有其他内容，没有写入备份。",
                en=f"There is something else at {address}; no backup was written.",
            ),
            Bilingual(zh="请改用空文件夹或其中的子文件夹。", en="Choose an empty folder, or one inside it."),
        )


class PlaceFailed(DmsError):
    """The place does not let itself be read or written."""

    code: ClassVar[str] = "backup_place_failed"
    kind: ClassVar[Kind] = Kind.CONFLICT

    def __init__(self, address: str, reason: str) -> None:
        super().__init__(
            Bilingual(
                zh=f"备份位置 {address} 无法读写（{reason}）。", en=f"{address} cannot be read or written ({reason})."
            ),
            Bilingual(
                zh="请检查权限、挂载和介质；以前的备份没有受影响，修复后再次运行即可。",
                en="Check permissions, mount and medium; former backups are unharmed, and the next run goes on.",
            ),
        )


class PlaceFull(DmsError):
    """No room is left there."""

    code: ClassVar[str] = "backup_place_full"
    kind: ClassVar[Kind] = Kind.CONFLICT

    def __init__(self, address: str) -> None:
        super().__init__(
            Bilingual(
                zh=f"备份位置 {address} 已满，本次备份没有完成。", en=f"{address} is full; the backup is not complete."
            ),
            Bilingual(
                zh="请扩容或缩短备份保留期后重试；以前的备份没有受影响。",
                en="Make room or keep fewer snapshots, then try again; former backups are unharmed.",
            ),
        )


class PlaceUnreachable(DmsError):
    """The store does not answer."""

    code: ClassVar[str] = "backup_place_unreachable"
    kind: ClassVar[Kind] = Kind.CONFLICT

    def __init__(self, address: str, reason: str) -> None:
        super().__init__(
            Bilingual(zh=f"无法连接备份位置 {address}（{reason}）。", en=f"{address} cannot be reached ({reason})."),
            Bilingual(
                zh="请检查网络、地址和存储服务后重试；以前的备份没有受影响。",
                en="Check the network, the address and the store, then try again; former backups are unharmed.",
            ),
        )


class CredentialsRefused(DmsError):
    """The store does not accept the credentials, or they do not suffice."""

    code: ClassVar[str] = "backup_credentials_refused"
    kind: ClassVar[Kind] = Kind.CONFLICT

    def __init__(self, address: str) -> None:
        super().__init__(
            Bilingual(zh=f"{address} 拒绝了所给的访问凭据。", en=f"{address} refuses the credentials."),
            Bilingual(
                zh="请核对凭据文件及其列出、读取、写入和删除的权限（dms backup-place set --credentials-file）。",
                en="Check the credentials file and that it may list, read, write and delete "
                "(dms backup-place set --credentials-file).",
            ),
        )


class CredentialsUnusable(DmsError):
    """The credentials file is missing or says something else."""

    code: ClassVar[str] = "backup_credentials_unusable"
    kind: ClassVar[Kind] = Kind.USAGE

    def __init__(self) -> None:
        super().__init__(
            Bilingual(zh="没有可用的访问凭据。", en="There are no usable credentials."),
            Bilingual(
                zh="请用 --credentials-file 指定两行的文件：access_key_id=… 和 secret_access_key=…。",
                en="Give a file of two lines with --credentials-file: access_key_id=… and secret_access_key=….",
            ),
        )


class S3NotInstalled(DmsError):
    """The library for S3 is an optional part."""

    code: ClassVar[str] = "backup_s3_not_installed"
    kind: ClassVar[Kind] = Kind.USAGE

    def __init__(self) -> None:
        super().__init__(
            Bilingual(zh="本机没有安装 S3 支持。", en="Support for S3 is not installed here."),
            Bilingual(zh="请安装 anjuan[s3]。", en="Install anjuan[s3]."),
        )


class PlaceForeign(DmsError):
    """The backups there belong to another archive."""

    code: ClassVar[str] = "backup_place_foreign"
    kind: ClassVar[Kind] = Kind.CONFLICT

    def __init__(self, address: str) -> None:
        super().__init__(
            Bilingual(
                zh=f"{address} 中是另一套档案的备份，没有写入。",
                en=f"The backups at {address} are another archive's; nothing was written.",
            ),
            Bilingual(zh="请为每套档案使用各自的文件夹。", en="Give every archive a folder of its own."),
        )


class PlaceNewer(DmsError):
    """The backups there were written by a newer version of the program."""

    code: ClassVar[str] = "backup_place_newer"
    kind: ClassVar[Kind] = Kind.CONFLICT

    def __init__(self, address: str) -> None:
        super().__init__(
            Bilingual(
                zh=f"{address} 中的备份由更新版本的程序写成。",
                en=f"A newer version of the program wrote what is at {address}.",
            ),
            Bilingual(zh="请先升级本程序。", en="Upgrade this program first."),
        )


class PlaceAhead(DmsError):
    """The newest snapshot there is not part of this archive's past (B2)."""

    code: ClassVar[str] = "backup_place_ahead"
    kind: ClassVar[Kind] = Kind.CONFLICT

    def __init__(self, address: str, snapshot_id: str) -> None:
        super().__init__(
            Bilingual(
                zh=f"{address} 中的快照 {snapshot_id} 不在本档案库的历史之中：本库较旧或是另一分支，没有写入。",
                en=f"Snapshot {snapshot_id} at {address} is not part of this archive's past: this archive is older, "
                "or another line of it; nothing was written.",
            ),
            Bilingual(
                zh="请从该快照恢复；如要继续使用本库，请备份到新的文件夹，并保留旧的备份。",
                en="Restore that snapshot; to go on with this archive, back up to a new folder and keep the old one.",
            ),
        )


class PlaceBusy(DmsError):
    """Another run is writing to the place or reading it for a drill."""

    code: ClassVar[str] = "backup_place_busy"
    kind: ClassVar[Kind] = Kind.CONFLICT

    def __init__(self, address: str) -> None:
        super().__init__(
            Bilingual(zh=f"{address} 正在备份或演练。", en=f"A backup or a drill is under way at {address}."),
            Bilingual(zh="请等它结束后再试。", en="Wait until it has ended."),
        )


class NotKept(DmsError):
    """The place did not give back what had just been written to it."""

    code: ClassVar[str] = "backup_not_kept"
    kind: ClassVar[Kind] = Kind.DAMAGE

    def __init__(self, address: str, name: str) -> None:
        super().__init__(
            Bilingual(
                zh=f"{address} 没有如实保存 {name}，本次备份没有完成。",
                en=f"{address} did not keep {name} as it was written; the backup is not complete.",
            ),
            Bilingual(zh="介质可能正在损坏，请换用其他位置。", en="The medium may be failing; use another place."),
        )


class KeysChangedMeanwhile(DmsError):
    """Keys were retired while the snapshot was being written, so that it would not open (B7)."""

    code: ClassVar[str] = "backup_keys_changed"
    kind: ClassVar[Kind] = Kind.CONFLICT

    def __init__(self) -> None:
        super().__init__(
            Bilingual(
                zh="备份期间更换并停用了密钥，本次快照无法打开，没有启用。",
                en="Keys were retired during the backup; its snapshot would not open and is not relied on.",
            ),
            Bilingual(zh="请再备份一次。", en="Back up again."),
        )


class ManifestDamaged(DmsError):
    """A manifest is altered, another archive's, or no manifest."""

    code: ClassVar[str] = "backup_manifest_damaged"
    kind: ClassVar[Kind] = Kind.DAMAGE

    def __init__(self, snapshot_id: str) -> None:
        super().__init__(
            Bilingual(
                zh=f"快照 {snapshot_id} 的清单已损坏或被改动。",
                en=f"The manifest of snapshot {snapshot_id} is damaged or altered.",
            ),
            Bilingual(zh="请选用其他快照或其他备份位置。", en="Choose another snapshot or another backup place."),
        )


class SnapshotNotFound(DmsError):
    """There is no such snapshot, or none at all."""

    code: ClassVar[str] = "snapshot_not_found"
    kind: ClassVar[Kind] = Kind.NOT_FOUND

    def __init__(self, address: str, snapshot_id: str) -> None:
        named = (f"（{snapshot_id}）", f" ({snapshot_id})") if snapshot_id else ("", "")
        super().__init__(
            Bilingual(
                zh=f"{address} 中没有可用的快照{named[0]}。", en=f"There is no usable snapshot at {address}{named[1]}."
            ),
            Bilingual(
                zh="请用 dms restore … --list 查看快照，或检查共享是否已挂载。",
                en="See the snapshots with dms restore … --list, or check that the share is mounted.",
            ),
        )


class SnapshotKeysRetired(DmsError):
    """The keyring at the place has no longer, or not yet, the keys of this snapshot."""

    code: ClassVar[str] = "snapshot_keys_retired"
    kind: ClassVar[Kind] = Kind.CONFLICT

    def __init__(self, snapshot_id: str) -> None:
        super().__init__(
            Bilingual(
                zh=f"快照 {snapshot_id} 所需的密钥已停用，无法打开。",
                en=f"The keys that snapshot {snapshot_id} needs are retired; it cannot be opened.",
            ),
            Bilingual(zh="请选用较新的快照。", en="Choose a newer snapshot."),
        )


class SnapshotDamaged(DmsError):
    """What lies at the place is not what was written; each damage is named."""

    code: ClassVar[str] = "snapshot_damaged"
    kind: ClassVar[Kind] = Kind.DAMAGE

    def __init__(self, snapshot_id: str, damage: tuple[str, ...]) -> None:
        named = ", ".join(damage[:5]) + (" …" if len(damage) > 5 else "")
        super().__init__(
            Bilingual(
                zh=f"快照 {snapshot_id} 有 {len(damage)} 处损坏（{named}），没有恢复。",
                en=f"Snapshot {snapshot_id} is damaged in {len(damage)} places ({named}); nothing was restored.",
            ),
            Bilingual(zh="请改用其他备份位置或其他快照。", en="Use another backup place or another snapshot."),
        )
        self.damage = damage


class PlaceDamaged(DmsError):
    """The new snapshot is whole, but something of the place or of the vault is not, and could not be mended."""

    code: ClassVar[str] = "backup_place_damaged"
    kind: ClassVar[Kind] = Kind.DAMAGE

    def __init__(self, address: str, damage: tuple[str, ...]) -> None:
        named = ", ".join(damage[:5]) + (" …" if len(damage) > 5 else "")
        super().__init__(
            Bilingual(
                zh=f"{address} 的备份已完成，但发现 {len(damage)} 处无法自动修复的损坏：{named}。",
                en=f"The backup at {address} is made, but {len(damage)} damages could not be mended: {named}.",
            ),
            Bilingual(
                zh="请运行 dms verify --full 检查档案库，并考虑更换备份介质。",
                en="Check the archive with dms verify --full, and think of replacing the medium.",
            ),
        )
        self.damage = damage


class RoomMissing(DmsError):
    """The disk has no room for what is to be restored."""

    code: ClassVar[str] = "restore_room_missing"
    kind: ClassVar[Kind] = Kind.CONFLICT

    def __init__(self, folder: str, size_bytes: int) -> None:
        super().__init__(
            Bilingual(
                zh=f"{folder} 所在磁盘放不下要恢复的 {size_bytes:,} 字节。",
                en=f"The disk of {folder} has no room for the {size_bytes:,} bytes to be restored.",
            ),
            Bilingual(zh="请腾出空间，或另选磁盘。", en="Make room, or choose another disk."),
        )


NEVER_REACHED = (
    PlaceMissing,
    PlaceOccupied,
    PlaceFailed,
    PlaceUnreachable,
    PlaceForeign,
    CredentialsRefused,
    CredentialsUnusable,
    S3NotInstalled,
)
"""What says of a new place that it is not what was meant."""
