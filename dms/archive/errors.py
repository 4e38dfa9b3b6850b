"""What can go wrong between a use case and the archive's bytes."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import ClassVar

from dms.domain.policy import Reason, Use
from dms.domain.policy_words import REASON_NAMES, USE_NAMES
from dms.errors import Bilingual, DmsError, Kind
from vault.errors import StorageFailed, StorageFull


class ObjectDamaged(DmsError):
    """The vault cannot give exactly the bytes that were sealed."""

    code: ClassVar[str] = "object_damaged"
    kind: ClassVar[Kind] = Kind.DAMAGE

    def __init__(self, item_id: str, reason: str) -> None:
        super().__init__(
            Bilingual(
                zh=f"件 {item_id} 的封存数据损坏或缺失（{reason}），未给出任何内容。",
                en=f"The sealed data of item {item_id} is damaged or missing ({reason}); nothing of it was released.",
            ),
            Bilingual(
                zh="请通知管理员用备份恢复该对象。",
                en="Ask the administrator to restore the object from a backup.",
            ),
        )


class NotSealed(DmsError):
    """The vault could not store bytes durably; nothing that points to them was written."""

    code: ClassVar[str] = "not_sealed"
    kind: ClassVar[Kind] = Kind.CONFLICT

    def __init__(self, reason: str) -> None:
        super().__init__(
            Bilingual(
                zh=f"内容未能可靠地写入封存库（{reason}），没有接收。",
                en=f"The vault could not store it durably ({reason}); it was not accepted.",
            ),
            Bilingual(
                zh="请管理员检查磁盘空间和磁盘状态后重试。",
                en="Ask the administrator to check the disk and its free space, then try again.",
            ),
        )


class UseForbidden(DmsError):
    """The actor may know of the paper, and may not use it so."""

    code: ClassVar[str] = "use_forbidden"
    kind: ClassVar[Kind] = Kind.FORBIDDEN

    def __init__(self, use: Use, reason: Reason) -> None:
        named, why = USE_NAMES[use], REASON_NAMES[reason]
        super().__init__(
            Bilingual(
                zh=f"您不能对这件资料办理“{named.zh}”：{why.zh}。",
                en=f"You may not use this paper so ({named.en}): {why.en}.",
            ),
            Bilingual(
                zh="确有需要的，请提出利用申请，经审批后办理。",
                en="Where you need it, ask for it with a request, and go on once that is approved.",
            ),
        )
        self.reason = reason


class ItemNotFound(DmsError):
    """No such item, or the actor may not know of it; the two are never told apart."""

    code: ClassVar[str] = "item_not_found"
    kind: ClassVar[Kind] = Kind.NOT_FOUND

    def __init__(self, item_id: str) -> None:
        super().__init__(
            Bilingual(
                zh=f"没有编号为 {item_id} 的资料，或您无权查看。",
                en=f"There is no item {item_id}, or you may not see it.",
            ),
            Bilingual(zh="请核对编号，或联系档案员。", en="Check the number, or ask the archivist."),
        )


class CustomerNotFound(DmsError):
    """No customer has this code, or the actor may not know of it; the two are never told apart."""

    code: ClassVar[str] = "customer_not_found"
    kind: ClassVar[Kind] = Kind.NOT_FOUND

    def __init__(self, customer_code: str) -> None:
        super().__init__(
            Bilingual(
                zh=f"没有代码为“{customer_code}”的客户，或您无权查看。",
                en=f"There is no customer with the code “{customer_code}”, or you may not see it.",
            ),
            Bilingual(
                zh="请核对客户代码，或先登记该客户（dms customer add）；仍有疑问请联系档案员。",
                en="Check the code, or add the customer first (dms customer add); if in doubt, ask the archivist.",
            ),
        )


class TypeNotFound(DmsError):
    """No document type has this code."""

    code: ClassVar[str] = "type_not_found"
    kind: ClassVar[Kind] = Kind.NOT_FOUND

    def __init__(self, type_code: str, known: list[str]) -> None:
        super().__init__(
            Bilingual(zh=f"没有“{type_code}”这种资料类型。", en=f"There is no document type “{type_code}”."),
            Bilingual(zh=f"可用的类型：{'、'.join(known)}。", en=f"The types are: {', '.join(known)}."),
        )


class SeriesNotFound(DmsError):
    """No series has this code."""

    code: ClassVar[str] = "series_not_found"
    kind: ClassVar[Kind] = Kind.NOT_FOUND

    def __init__(self, series_code: str, known: list[str]) -> None:
        super().__init__(
            Bilingual(zh=f"没有代码为“{series_code}”的类目。", en=f"There is no series “{series_code}”."),
            Bilingual(zh=f"可用的类目：{'、'.join(known)}。", en=f"The series are: {', '.join(known)}."),
        )


class DiskRefuses(DmsError):
    """The disk of the archive does not let the work begin; nothing of it was done."""

    code: ClassVar[str] = "disk_refuses"
    kind: ClassVar[Kind] = Kind.CONFLICT

    def __init__(self, reason: str) -> None:
        super().__init__(
            Bilingual(
                zh=f"档案库所在磁盘拒绝写入（{reason}），没有进行任何操作。",
                en=f"The disk of the archive refuses to be written ({reason}); nothing was done.",
            ),
            Bilingual(
                zh="请管理员检查磁盘空间、权限和磁盘状态后重试。",
                en="Ask the administrator to check free space, permissions and the state of the disk, then try again.",
            ),
        )


@contextmanager
def disk_refusals() -> Iterator[None]:
    """Lets a fault of the archive's own disk be told to a person; raises `DiskRefuses`."""
    try:
        yield
    except (OSError, StorageFull, StorageFailed) as error:
        raise DiskRefuses(str(error)) from error


class PersonalDataBarred(DmsError):
    """The paper bears identity numbers, and what is asked for would show them to somebody who may not see them."""

    code: ClassVar[str] = "personal_data_barred"
    kind: ClassVar[Kind] = Kind.FORBIDDEN

    def __init__(self) -> None:
        super().__init__(
            Bilingual(
                zh="这件资料含有身份证号码，您无权取得未遮盖的原件。",
                en="The paper bears identity numbers, which you may not see; it is not given out as it stands.",
            ),
            Bilingual(
                zh="请下载已遮盖的可检索副本，或请档案员代办。",
                en="Take the searchable copy, in which they are blacked out, or ask the archivist.",
            ),
        )


class ArchiveSealed(DmsError):
    """The keys were changed, and the secret that opened this archive opens it no more."""

    code: ClassVar[str] = "archive_sealed"
    kind: ClassVar[Kind] = Kind.FORBIDDEN

    def __init__(self) -> None:
        super().__init__(
            Bilingual(
                zh="档案库的根密钥已更换，当前口令不再有效，档案库已封闭。",
                en="The root key of the archive was changed; what opened it opens it no more, and it is sealed now.",
            ),
            Bilingual(
                zh="请用现行口令或恢复密钥重新解锁。", en="Open it again with the present passphrase or recovery key."
            ),
        )
