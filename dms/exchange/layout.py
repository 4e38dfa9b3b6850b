"""Where things lie in a bag of ours; names say nothing that a file system could misunderstand."""

from collections.abc import Iterable
from typing import Final

from dms.domain.item import RenditionRole

ITEMS: Final = "data/items"
CATALOGUE: Final = "data/catalogue"
ARCHIVE: Final = f"{CATALOGUE}/archive.json"
SERIES: Final = f"{CATALOGUE}/series.jsonl"
TYPES: Final = f"{CATALOGUE}/types.jsonl"
CUSTOMERS: Final = f"{CATALOGUE}/customers.jsonl"
CONTRACTS: Final = f"{CATALOGUE}/contracts.jsonl"
VOLUMES: Final = f"{CATALOGUE}/volumes.jsonl"
SCHEMES: Final = f"{CATALOGUE}/schemes.jsonl"
RETENTION: Final = f"{CATALOGUE}/retention.jsonl"
NUMBERS: Final = f"{CATALOGUE}/numbers.jsonl"
RELATIONS: Final = f"{CATALOGUE}/relations.jsonl"
JOURNAL: Final = f"{CATALOGUE}/journal.jsonl"
LEFT_OUT: Final = f"{CATALOGUE}/left-out.jsonl"
ITEM_LIST: Final = f"{CATALOGUE}/items.csv"
CUSTOMER_LIST: Final = f"{CATALOGUE}/customers.csv"
CONTRACT_LIST: Final = f"{CATALOGUE}/contracts.csv"
CATALOGUE_PATHS: Final = frozenset(
    {
        ARCHIVE,
        SERIES,
        TYPES,
        CUSTOMERS,
        CONTRACTS,
        VOLUMES,
        SCHEMES,
        RETENTION,
        NUMBERS,
        RELATIONS,
        JOURNAL,
        LEFT_OUT,
        ITEM_LIST,
        CUSTOMER_LIST,
        CONTRACT_LIST,
    }
)

METADATA: Final = "metadata.json"
PAGES: Final = "pages.json"
CORRECTIONS: Final = "corrections.json"
"""Only where somebody corrected a page; a program that knows no corrections then refuses the bag, and loses none."""
TEXT: Final = "text.txt"

_ENDINGS: Final = {
    "application/pdf": "pdf",
    "image/jpeg": "jpg",
    "image/png": "png",
    "image/tiff": "tif",
    "image/bmp": "bmp",
    "image/webp": "webp",
}
MEDIA_TYPES: Final = frozenset({"", *_ENDINGS})
"""What a paper can be found to be; empty until somebody has looked inside."""
_PAGE_NAMES: Final = {
    RenditionRole.PAGE_IMAGE: "pages/{page:04d}.jpg",
    RenditionRole.THUMBNAIL: "pages/{page:04d}.small.jpg",
    RenditionRole.LAYOUT: "pages/{page:04d}.layout.json.zlib",
}


def item_folder(item_id: str) -> str:
    """The folder of a paper."""
    return f"{ITEMS}/{item_id}"


def object_name(role: RenditionRole, page: int | None, media_type: str) -> str:
    """What a sealed object is called in the folder of its paper; `media_type` is what the paper was found to be."""
    if role is RenditionRole.ORIGINAL:
        return f"original.{_ENDINGS.get(media_type, 'bin')}"
    return _PAGE_NAMES[role].format(page=page or 0)


def item_ids(paths: Iterable[str]) -> list[str]:
    """The ids of the papers that have a record among these paths of a bag, sorted."""
    parts = (path.split("/") for path in paths if path.startswith(f"{ITEMS}/"))
    return sorted(part[2] for part in parts if len(part) == 4 and part[3] == METADATA)
