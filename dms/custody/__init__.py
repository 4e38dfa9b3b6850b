"""保管: consultation of what the archive holds, every act of it journaled."""

from dms.custody.consulting import (
    Download,
    OpenedItem,
    item_facts,
    open_item,
    original,
    page_image,
    page_reading,
    page_thumbnail,
    searchable_copy,
)
from dms.custody.errors import NotReadable, PageNotFound

__all__ = [
    "Download",
    "NotReadable",
    "OpenedItem",
    "PageNotFound",
    "item_facts",
    "open_item",
    "original",
    "page_image",
    "page_reading",
    "page_thumbnail",
    "searchable_copy",
]
