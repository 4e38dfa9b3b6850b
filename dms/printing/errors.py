"""Why a paper cannot be given out as PDF."""

from typing import ClassVar

from dms.errors import Bilingual, DmsError, Kind

_READ_AGAIN = Bilingual(
    zh="请对该件重新识别后再试；原始文件不受影响，可先下载原件。",
    en="Have the item read again; its original is untouched and can be downloaded meanwhile.",
)


class NothingToPrint(DmsError):
    """A PDF needs at least one page."""

    code: ClassVar[str] = "nothing_to_print"
    kind: ClassVar[Kind] = Kind.CONFLICT

    def __init__(self) -> None:
        super().__init__(
            Bilingual(zh="该件还没有可供输出的页面。", en="This item has no pages to give out yet."),
            Bilingual(zh="请等待识别完成后再试。", en="Wait until it has been read, then try again."),
        )


class PageImageUnusable(DmsError):
    """The image of a page is not a JPEG that every PDF viewer can show."""

    code: ClassVar[str] = "page_image_unusable"
    kind: ClassVar[Kind] = Kind.DAMAGE

    def __init__(self, page_number: int) -> None:
        super().__init__(
            Bilingual(
                zh=f"第{page_number}页的页面图像不是可用的 JPEG，无法生成 PDF。",
                en=f"The image of page {page_number} is not a usable JPEG, so no PDF can be made.",
            ),
            _READ_AGAIN,
        )


class PageImageMismatch(DmsError):
    """The image of a page and what was read of it have different sizes: the text would stand in the wrong places."""

    code: ClassVar[str] = "page_image_mismatch"
    kind: ClassVar[Kind] = Kind.DAMAGE

    def __init__(self, page_number: int, image_px: tuple[int, int], reading_px: tuple[int, int]) -> None:
        image, reading = "×".join(map(str, image_px)), "×".join(map(str, reading_px))
        super().__init__(
            Bilingual(
                zh=f"第{page_number}页的图像为 {image} 像素，识别结果却按 {reading} 像素记录，两者对不上。",
                en=f"The image of page {page_number} has {image} pixels, but what was read of it counts {reading}.",
            ),
            _READ_AGAIN,
        )


class ListTooLong(DmsError):
    """A list on paper of more rows than anybody reads, and than memory holds while it is set."""

    code: ClassVar[str] = "list_too_long"
    kind: ClassVar[Kind] = Kind.REFUSED_INPUT

    def __init__(self, form: Bilingual, rows: int, most: int) -> None:
        super().__init__(
            Bilingual(
                zh=f"“{form.zh}”共 {rows} 行，一份打印件最多 {most} 行。",
                en=f"“{form.en}” has {rows} rows; one printed list holds {most} at most.",
            ),
            Bilingual(
                zh="请按年度、客户或类目分别打印，或改为导出电子表格（XLSX），表格不受此限。",
                en="Print it by year, customer or series, or take the spreadsheet (XLSX), which has no such limit.",
            ),
        )


class FontMissing(DmsError):
    """No font with Chinese characters is installed, so nothing Chinese can be printed."""

    code: ClassVar[str] = "font_missing"
    kind: ClassVar[Kind] = Kind.CONFLICT

    def __init__(self) -> None:
        super().__init__(
            Bilingual(
                zh="本机没有安装中文字体，无法输出 PDF。",
                en="No font with Chinese characters is installed, so no PDF can be made.",
            ),
            Bilingual(
                zh="请安装思源字体（Debian：apt install fonts-noto-cjk）后重试。",
                en="Install one (Debian: apt install fonts-noto-cjk), then try again.",
            ),
        )


class CharacterMissing(DmsError):
    """No installed font holds a character; an empty box in its place would be another text."""

    code: ClassVar[str] = "character_missing"
    kind: ClassVar[Kind] = Kind.CONFLICT

    def __init__(self, characters: str) -> None:
        told = "、".join(f"“{_shown(each)}”（U+{ord(each):04X}）" for each in characters)
        said = ", ".join(f"“{_shown(each)}” (U+{ord(each):04X})" for each in characters)
        super().__init__(
            Bilingual(
                zh=f"本机的字体中没有字符{told}，为免印成空框，未输出该表单。",
                en=f"No installed font holds the character {said}; it would print as an empty box, so nothing was.",
            ),
            Bilingual(
                zh="请安装收有该字的字体（如 Debian：apt install fonts-hanazono）后重试；"
                "若是自造字，请在登记中改用标准汉字或以“[ ]”注明。",
                en="Install a font that holds it (Debian: apt install fonts-hanazono), then try again; "
                "a private character is to be replaced in the record by a standard one or a note in brackets.",
            ),
        )


def _shown(character: str) -> str:
    """The character, or a mark in the place of half of one, which no message could be written with."""
    return "\ufffd" if "\ud800" <= character <= "\udfff" else character


class FormNotPrinted(DmsError):
    """The typesetting program refused a form of ours; a fault of the program, not of the person."""

    code: ClassVar[str] = "form_not_printed"
    kind: ClassVar[Kind] = Kind.UNEXPECTED

    def __init__(self, form: str, reason: str) -> None:
        super().__init__(
            Bilingual(
                zh=f"表单“{form}”未能排版（{reason}）。", en=f"The form “{form}” could not be typeset ({reason})."
            ),
            Bilingual(
                zh="内容本身不受影响，可先使用网页或 JSON；请将此提示报告给维护人员。",
                en="The content is not affected: use the page or the JSON meanwhile, and report this message.",
            ),
        )
