"""The faces that the sample papers are set in, all from Debian's fonts-noto-cjk and fonts-arphic-ukai."""

from functools import lru_cache
from pathlib import Path

from PIL import ImageFont

_NOTO = Path("/usr/share/fonts/opentype/noto")
_FACES: dict[str, tuple[Path, int]] = {
    "song": (_NOTO / "NotoSerifCJK-Regular.ttc", 2),
    "song-bold": (_NOTO / "NotoSerifCJK-Bold.ttc", 2),
    "song-tc": (_NOTO / "NotoSerifCJK-Regular.ttc", 3),
    "song-tc-bold": (_NOTO / "NotoSerifCJK-Bold.ttc", 3),
    "hei": (_NOTO / "NotoSansCJK-Regular.ttc", 2),
    "hei-bold": (_NOTO / "NotoSansCJK-Bold.ttc", 2),
    "kai": (Path("/usr/share/fonts/truetype/arphic/ukai.ttc"), 0),
    "kai-bold": (_NOTO / "NotoSerifCJK-Bold.ttc", 2),
}


@lru_cache(maxsize=256)
def face(family: str, size_px: float) -> ImageFont.FreeTypeFont:
    """The face of a family at a size in pixels; KeyError for a family that is not listed, OSError if not installed."""
    path, index = _FACES[family]
    return ImageFont.truetype(str(path), size_px, index=index)
