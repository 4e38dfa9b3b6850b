"""Why a page is not shown that has to bear a mark."""

from typing import ClassVar

from dms.errors import Bilingual, DmsError


class PageNotStamped(DmsError):
    """A page that is shown only with a mark could not be given one."""

    code: ClassVar[str] = "page_not_stamped"

    def __init__(self) -> None:
        super().__init__(
            Bilingual(
                zh="这一页须加水印后才能显示，但水印没有加上。",
                en="This page is shown only with a mark over it, and the mark could not be made.",
            ),
            Bilingual(
                zh="请稍后再试；若仍不行，请联系管理员。",
                en="Try again in a moment; if it stays so, tell the administrator.",
            ),
        )
