"""What parts of an item and reasons of the vault are called in a finding."""

from dms.domain.item import RenditionRole
from dms.errors import Bilingual

_PARTS: dict[RenditionRole, Bilingual] = {
    RenditionRole.ORIGINAL: Bilingual("原件", "original"),
    RenditionRole.PAGE_IMAGE: Bilingual("页面图像", "page image"),
    RenditionRole.THUMBNAIL: Bilingual("缩略图", "thumbnail"),
    RenditionRole.LAYOUT: Bilingual("版面数据", "page layout"),
}

_REASONS: dict[str, Bilingual] = {
    "not_a_sealed_object": Bilingual("开头不是封存对象", "it does not begin as a sealed object"),
    "sealed_version_unknown": Bilingual("格式版本无法识别", "its format version is unknown"),
    "sealed_suite_unknown": Bilingual("加密套件无法识别", "its cipher suite is unknown"),
    "sealed_header_out_of_bounds": Bilingual("文件头数值越界", "a value of its header is out of bounds"),
    "sealed_length_impossible": Bilingual(
        "长度不可能，被截短或加长", "its length is impossible: cut off or lengthened"
    ),
    "another_object_under_this_name": Bilingual("此名称下是另一个对象", "another object lies under its name"),
    "commitment_mismatch": Bilingual("文件头与密钥或归属不符", "its header does not fit key and owner"),
    "end_not_authentic": Bilingual(
        "结尾不真实，被截短、加长或改动", "its end is not authentic: cut off, lengthened or altered"
    ),
    "chunk_not_authentic": Bilingual("中间有数据块被改动", "a part of it was altered"),
    "storage_failed": Bilingual("磁盘拒绝读取", "the disk refuses to give it"),
    "path_outside_storage": Bilingual("所在文件夹被换成了链接", "its folder was replaced by a link"),
    "wrapped_key_malformed": Bilingual("包装密钥格式不对", "the wrapped key is malformed"),
    "wrapped_key_not_authentic": Bilingual(
        "包装密钥被改动或属于别处", "the wrapped key was altered or belongs elsewhere"
    ),
    "wrapping_key_unknown": Bilingual("密钥环中没有相应的包装密钥", "the keyring has no wrapping key for it"),
}


def part_name(role: RenditionRole, page: int | None) -> Bilingual:
    """``第3页的页面图像``, ``page image of page 3``, or the original."""
    name = _PARTS[role]
    if page is None:
        return name
    return Bilingual(f"第{page}页的{name.zh}", f"{name.en} of page {page}")


def reason_words(code: str) -> Bilingual:
    """What a code of the vault means; a code without words of its own stands for itself."""
    return _REASONS.get(code, Bilingual(code, code))
