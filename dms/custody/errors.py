"""Why something cannot be shown or taken."""

from typing import ClassVar

from dms.errors import Bilingual, DmsError, Kind


class PageNotFound(DmsError):
    """The item has no such page, or it has not been read yet."""

    code: ClassVar[str] = "page_not_found"
    kind: ClassVar[Kind] = Kind.NOT_FOUND

    def __init__(self, number: int) -> None:
        super().__init__(
            Bilingual(zh=f"没有第 {number} 页，或尚未识别。", en=f"There is no page {number}, or it is not read yet."),
            Bilingual(zh="请核对页号，或稍后再试。", en="Check the page number, or try again later."),
        )


class NotReadable(DmsError):
    """Nothing has been read of this paper."""

    code: ClassVar[str] = "not_readable"
    kind: ClassVar[Kind] = Kind.CONFLICT

    def __init__(self, state: str) -> None:
        super().__init__(
            Bilingual(
                zh=f"这件资料还没有可用的识别结果（{state}）。", en=f"Nothing has been read of this paper ({state})."
            ),
            Bilingual(
                zh="请等待识别完成；原件可以随时下载。",
                en="Wait until it is read; the original can be taken at any time.",
            ),
        )
