"""Every way in which a paper cannot be read, each with its one remedy.

Two families: `ReadingRefused`, the paper itself is the reason and trying again changes nothing; `ReaderFailed`, the
reader is the reason and `retryable` says whether trying again may help.

A refusal crosses from the keyless child as its code and its details (integers and members of an enum), never as text:
the child has parsed a stranger's bytes, so its words are not shown to anyone. `refusal_from` builds the error anew.
"""

from collections.abc import Mapping
from itertools import starmap
from typing import Any, ClassVar

from dms.errors import Bilingual, DmsError, Kind
from dms.ingest.reading.foreign import FOREIGN, NOT_A_PAPER, ForeignKind

Details = Mapping[str, int | str]
"""What a refusal is composed of: small numbers and enum values, safe to send, check and log."""

_HIGHEST_DETAIL = 10**12
_FOREIGN_KINDS = frozenset(ForeignKind)


class ReadingRefused(DmsError):
    """The content of the paper is the reason; the same bytes will be refused again."""

    kind: ClassVar[Kind] = Kind.REFUSED_INPUT
    detail_names: ClassVar[tuple[str, ...]] = ()

    def __init__(self, what: Bilingual, remedy: Bilingual, details: Details | None = None) -> None:
        super().__init__(what, remedy)
        self.details: Details = dict(details or {})


class EmptyDocument(ReadingRefused):
    """There is not a single byte."""

    code: ClassVar[str] = "empty_document"

    def __init__(self) -> None:
        super().__init__(
            Bilingual(zh="上传的内容为空（0 字节）。", en="What was uploaded is empty (0 bytes)."),
            Bilingual(zh="请重新扫描或重新选择后再上传。", en="Scan or choose it again and upload it anew."),
        )


class DocumentTooLarge(ReadingRefused):
    """More bytes than a reader is sent at once."""

    code: ClassVar[str] = "document_too_large"
    detail_names: ClassVar[tuple[str, ...]] = ("size_bytes", "limit_bytes")

    def __init__(self, *, size_bytes: int, limit_bytes: int) -> None:
        super().__init__(
            Bilingual(
                zh=f"内容大小为 {size_bytes / 2**20:.1f} MB，超过上限 {limit_bytes / 2**20:.0f} MB。",
                en=f"The content has {size_bytes / 2**20:.1f} MB; the limit is {limit_bytes / 2**20:.0f} MB.",
            ),
            Bilingual(
                zh="请分成几份，或以 300 dpi 重新扫描后上传。",
                en="Split it into several parts, or scan it again at 300 dpi.",
            ),
            {"size_bytes": size_bytes, "limit_bytes": limit_bytes},
        )


class PasswordProtected(ReadingRefused):
    """A PDF that does not open without a password."""

    code: ClassVar[str] = "password_protected"

    def __init__(self) -> None:
        super().__init__(
            Bilingual(
                zh="此 PDF 设有打开密码，无法读取。", en="This PDF is protected by a password and cannot be read."
            ),
            Bilingual(zh="请去除密码后重新上传。", en="Remove the password and upload it again."),
        )


class DamagedDocument(ReadingRefused):
    """The content begins like a known kind but is cut off or broken; half a paper is never accepted."""

    code: ClassVar[str] = "damaged_document"

    def __init__(self) -> None:
        super().__init__(
            Bilingual(
                zh="内容已损坏或不完整，可能是传输中断或存储介质故障所致。",
                en="The content is damaged or incomplete, perhaps because a transfer was cut off or a disk failed.",
            ),
            Bilingual(
                zh="请从原始来源重新复制，或重新扫描后上传。",
                en="Copy it again from where it came from, or scan it again.",
            ),
        )


class AnimatedPicture(ReadingRefused):
    """A moving picture; a paper stands still."""

    code: ClassVar[str] = "animated_picture"

    def __init__(self) -> None:
        super().__init__(
            Bilingual(zh="这是动态图片，不是文件扫描件。", en="This is an animated picture, not the scan of a paper."),
            Bilingual(zh="请上传静态图片或 PDF。", en="Upload a still picture or a PDF."),
        )


class TooManyPages(ReadingRefused):
    """More pages than one item may have."""

    code: ClassVar[str] = "too_many_pages"
    detail_names: ClassVar[tuple[str, ...]] = ("pages", "limit")

    def __init__(self, *, pages: int, limit: int) -> None:
        super().__init__(
            Bilingual(
                zh=f"共有 {pages} 页以上，超过每件 {limit} 页的上限。",
                en=f"It has {pages} pages or more; one item may have {limit}.",
            ),
            Bilingual(zh="请拆分成几份后分别上传。", en="Split it and upload the parts separately."),
            {"pages": pages, "limit": limit},
        )


class TooManyPixels(ReadingRefused):
    """One page would unfold into more pixels than is safe; found out before anything is unfolded."""

    code: ClassVar[str] = "too_many_pixels"
    detail_names: ClassVar[tuple[str, ...]] = ("page", "width_px", "height_px", "limit_px")

    def __init__(self, *, page: int, width_px: int, height_px: int, limit_px: int) -> None:
        megapixels = f"{limit_px / 1e6:.0f}"
        super().__init__(
            Bilingual(
                zh=f"第 {page} 页有 {width_px}×{height_px} 像素，超过每页 {megapixels} 百万像素的上限。",
                en=f"Page {page} has {width_px}×{height_px} pixels; the limit is {megapixels} million a page.",
            ),
            Bilingual(zh="请以 300 dpi 重新扫描后上传。", en="Scan it again at 300 dpi and upload it."),
            {"page": page, "width_px": width_px, "height_px": height_px, "limit_px": limit_px},
        )


class TooSmall(ReadingRefused):
    """A picture so small that no writing can be read on it."""

    code: ClassVar[str] = "too_small"
    detail_names: ClassVar[tuple[str, ...]] = ("page", "width_px", "height_px")

    def __init__(self, *, page: int, width_px: int, height_px: int) -> None:
        super().__init__(
            Bilingual(
                zh=f"第 {page} 页只有 {width_px}×{height_px} 像素，无法辨认文字。",
                en=f"Page {page} has only {width_px}×{height_px} pixels; no writing can be read on it.",
            ),
            Bilingual(zh="请以 200 至 300 dpi 重新扫描后上传。", en="Scan it again at 200 to 300 dpi and upload it."),
            {"page": page, "width_px": width_px, "height_px": height_px},
        )


class UnsupportedKind(ReadingRefused):
    """The content is of a kind that can be named but is not read, whatever its name ends in."""

    code: ClassVar[str] = "unsupported_kind"
    detail_names: ClassVar[tuple[str, ...]] = ("foreign_kind",)

    def __init__(self, *, foreign_kind: ForeignKind) -> None:
        name, remedy = FOREIGN[foreign_kind]
        super().__init__(
            Bilingual(
                zh=f"内容实际是{name.zh}，不是可读取的扫描件。",
                en=f"The content is in fact {name.en}, not a scan that can be read.",
            ),
            remedy,
            {"foreign_kind": str(foreign_kind)},
        )


class UnrecognisedContent(ReadingRefused):
    """The bytes begin like nothing known."""

    code: ClassVar[str] = "unrecognised_content"

    def __init__(self) -> None:
        super().__init__(
            Bilingual(
                zh="无法识别内容的格式，它可能已损坏。", en="The format of the content is not known; it may be damaged."
            ),
            NOT_A_PAPER,
        )


class NoSuchPage(ReadingRefused):
    """A page was asked for that the paper does not have."""

    code: ClassVar[str] = "no_such_page"
    kind: ClassVar[Kind] = Kind.NOT_FOUND
    detail_names: ClassVar[tuple[str, ...]] = ("page", "pages")

    def __init__(self, *, page: int, pages: int) -> None:
        super().__init__(
            Bilingual(
                zh=f"没有第 {page} 页，此件共 {pages} 页。", en=f"There is no page {page}; the item has {pages}."
            ),
            Bilingual(zh="请选择范围内的页码。", en="Choose a page within that range."),
            {"page": page, "pages": pages},
        )


class ReaderFailed(DmsError):
    """The reader is the reason; only this paper is concerned, and the next one gets a fresh reader."""

    retryable: ClassVar[bool] = True


class ReaderDied(ReaderFailed):
    """The child ended before it answered: a crash in a parser, or the system took its memory."""

    code: ClassVar[str] = "reader_died"

    def __init__(self) -> None:
        super().__init__(
            Bilingual(
                zh="读取程序在处理此件时意外退出。", en="The reader ended unexpectedly while it worked on this paper."
            ),
            Bilingual(
                zh="系统会自动重试；若再次失败，请重新扫描后上传。",
                en="It will be tried again; if it fails again, scan the paper anew and upload that.",
            ),
        )


class ReaderTimedOut(ReaderFailed):
    """The child took longer than a page may take and was stopped."""

    code: ClassVar[str] = "reader_timed_out"

    def __init__(self, *, limit_s: float) -> None:
        super().__init__(
            Bilingual(
                zh=f"读取超过 {limit_s:.0f} 秒的时限，已停止。",
                en=f"Reading took longer than the limit of {limit_s:.0f} seconds and was stopped.",
            ),
            Bilingual(
                zh="系统会自动重试；若再次超时，请以较低分辨率重新扫描后上传。",
                en="It will be tried again; if it happens again, scan the paper at a lower resolution.",
            ),
        )


class ReaderOutOfMemory(ReaderFailed):
    """The page needs more memory than a child may have."""

    code: ClassVar[str] = "reader_out_of_memory"

    def __init__(self) -> None:
        super().__init__(
            Bilingual(zh="读取此件所需内存超过上限。", en="Reading this paper needs more memory than is allowed."),
            Bilingual(
                zh="系统会自动重试；若再次失败，请以 300 dpi 重新扫描后上传。",
                en="It will be tried again; if it fails again, scan the paper anew at 300 dpi.",
            ),
        )


class ReaderStumbled(ReaderFailed):
    """A library could not cope with the paper and said so; the same bytes would make it stumble again."""

    code: ClassVar[str] = "reader_stumbled"
    retryable: ClassVar[bool] = False

    def __init__(self) -> None:
        super().__init__(
            Bilingual(zh="读取程序无法处理此件的内容。", en="The reader cannot cope with the content of this paper."),
            Bilingual(
                zh="原件已保存；请重新扫描或另存为 PDF 后上传。",
                en="The original is kept; scan it anew, or save it as PDF again and upload that.",
            ),
        )


class ReaderMisbehaved(ReaderFailed):
    """The child answered something that cannot be true; it may have been taken over and was stopped."""

    code: ClassVar[str] = "reader_misbehaved"

    def __init__(self) -> None:
        super().__init__(
            Bilingual(
                zh="读取程序返回了无效结果，已被停止；此件内容可能异常。",
                en="The reader returned an invalid answer and was stopped; the content of this paper may be hostile.",
            ),
            Bilingual(
                zh="系统会自动重试；若再次失败，请核实来源并重新扫描纸质原件。",
                en="It will be tried again; if it fails again, check where it came from and scan the paper original.",
            ),
        )


class OcrProgramMissing(ReaderFailed):
    """The second engine was chosen and its program is not on this machine."""

    code: ClassVar[str] = "ocr_program_missing"
    kind: ClassVar[Kind] = Kind.USAGE
    retryable: ClassVar[bool] = False

    def __init__(self) -> None:
        super().__init__(
            Bilingual(zh="本机未安装 Tesseract 程序。", en="The program Tesseract is not installed on this machine."),
            Bilingual(
                zh="请安装 tesseract-ocr，或改用 RapidOCR 引擎。",
                en="Install tesseract-ocr, or choose the engine RapidOCR.",
            ),
        )


class OcrLanguageMissing(ReaderFailed):
    """The second engine lacks the language data for Chinese."""

    code: ClassVar[str] = "ocr_language_missing"
    kind: ClassVar[Kind] = Kind.USAGE
    retryable: ClassVar[bool] = False

    def __init__(self) -> None:
        super().__init__(
            Bilingual(
                zh="Tesseract 缺少语言数据 chi_sim 或 eng。", en="Tesseract lacks the language data chi_sim or eng."
            ),
            Bilingual(
                zh="请安装 tesseract-ocr-chi-sim，或改用 RapidOCR 引擎。",
                en="Install tesseract-ocr-chi-sim, or choose the engine RapidOCR.",
            ),
        )


class PoolClosed(ReaderFailed):
    """The readers were asked after they had been dismissed."""

    code: ClassVar[str] = "reader_pool_closed"
    kind: ClassVar[Kind] = Kind.CONFLICT

    def __init__(self) -> None:
        super().__init__(
            Bilingual(zh="读取服务正在停止。", en="The readers are being stopped."),
            Bilingual(zh="服务重新启动后会自动继续。", en="Work goes on after the next start."),
        )


REFUSALS: dict[str, type[ReadingRefused]] = {
    refusal.code: refusal
    for refusal in (
        EmptyDocument,
        DocumentTooLarge,
        PasswordProtected,
        DamagedDocument,
        AnimatedPicture,
        TooManyPages,
        TooManyPixels,
        TooSmall,
        UnsupportedKind,
        UnrecognisedContent,
        NoSuchPage,
    )
}
"""Every refusal by its code."""

FAILURES: dict[str, type[ReaderFailed]] = {
    failure.code: failure for failure in (ReaderOutOfMemory, ReaderStumbled, OcrProgramMissing, OcrLanguageMissing)
}
"""The failures that a child may report itself, by their code; the others are concluded by the parent."""


def error_from(code: object, untrusted_details: object) -> ReadingRefused | ReaderFailed:
    """The error that a child named; `ReaderMisbehaved` if the code is unknown or the details are not what it needs."""
    if isinstance(code, str) and code in FAILURES and untrusted_details == {}:
        return FAILURES[code]()  # type: ignore[call-arg]  # the classes in FAILURES compose themselves from nothing
    if not isinstance(code, str) or code not in REFUSALS or not isinstance(untrusted_details, dict):
        return ReaderMisbehaved()
    refusal = REFUSALS[code]
    if set(untrusted_details) != set(refusal.detail_names) or not all(starmap(_is_sane, untrusted_details.items())):
        return ReaderMisbehaved()
    details: dict[str, Any] = {name: _checked(value) for name, value in untrusted_details.items()}
    return refusal(**details)


def _checked(sane: int | str) -> int | ForeignKind:
    return ForeignKind(sane) if isinstance(sane, str) else sane


def _is_sane(name: str, value: object) -> bool:
    if name == "foreign_kind":
        return isinstance(value, str) and value in _FOREIGN_KINDS
    return type(value) is int and 0 <= value <= _HIGHEST_DETAIL
