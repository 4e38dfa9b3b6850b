"""What can go wrong between a use case and the archive's bytes."""

from typing import ClassVar

from dms.errors import Bilingual, DmsError, Kind


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
