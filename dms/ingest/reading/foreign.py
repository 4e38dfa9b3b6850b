"""Content that is no scan but can be named: what to call it, and what its owner should do."""

from enum import StrEnum

from dms.errors import Bilingual


class ForeignKind(StrEnum):
    """Kinds of content that are recognised well enough to be named, and are not read."""

    PLAIN_TEXT = "plain_text"
    WORD = "word"
    EXCEL = "excel"
    POWERPOINT = "powerpoint"
    LEGACY_OFFICE = "legacy_office"
    OPEN_DOCUMENT = "open_document"
    RICH_TEXT = "rich_text"
    OFD = "ofd"
    ARCHIVE = "archive"
    WEB_PAGE = "web_page"
    XML = "xml"
    HEIC = "heic"
    GIF = "gif"
    JPEG_2000 = "jpeg_2000"
    OTHER_PICTURE = "other_picture"
    EMAIL = "email"
    AUDIO_OR_VIDEO = "audio_or_video"
    PROGRAM = "program"


_AS_PDF = Bilingual(
    zh="请用原程序将其另存为 PDF 后重新上传。", en="Save it as PDF with its own program and upload the PDF."
)
_AS_PICTURE = Bilingual(
    zh="请将其另存为 JPEG 或 PNG 图片后重新上传。", en="Save the picture as JPEG or PNG and upload that."
)
NOT_A_PAPER = Bilingual(
    zh="请上传扫描件：PDF、JPEG、PNG、TIFF、BMP 或 WebP。", en="Upload a scan: PDF, JPEG, PNG, TIFF, BMP or WebP."
)
_UNPACK = Bilingual(zh="请解压后逐份上传其中的扫描件。", en="Unpack it and upload the scans inside one by one.")
_CAMERA = Bilingual(
    zh="请在手机相机设置中选择“兼容性最佳”，或将照片另存为 JPEG 后重新上传。",
    en="Set the phone's camera to “most compatible”, or save the photo as JPEG, and upload it again.",
)

FOREIGN: dict[ForeignKind, tuple[Bilingual, Bilingual]] = {
    ForeignKind.PLAIN_TEXT: (Bilingual(zh="纯文本", en="plain text"), _AS_PDF),
    ForeignKind.WORD: (Bilingual(zh="Word 文档", en="a Word document"), _AS_PDF),
    ForeignKind.EXCEL: (Bilingual(zh="Excel 工作簿", en="an Excel workbook"), _AS_PDF),
    ForeignKind.POWERPOINT: (Bilingual(zh="PowerPoint 演示文稿", en="a PowerPoint presentation"), _AS_PDF),
    ForeignKind.LEGACY_OFFICE: (
        Bilingual(zh="旧版 Office 文档（doc、xls、ppt）", en="an old Office document (doc, xls, ppt)"),
        _AS_PDF,
    ),
    ForeignKind.OPEN_DOCUMENT: (Bilingual(zh="OpenDocument 文档", en="an OpenDocument document"), _AS_PDF),
    ForeignKind.RICH_TEXT: (Bilingual(zh="RTF 文档", en="an RTF document"), _AS_PDF),
    ForeignKind.OFD: (Bilingual(zh="OFD 版式文件", en="an OFD document"), _AS_PDF),
    ForeignKind.ARCHIVE: (Bilingual(zh="压缩包", en="a packed archive"), _UNPACK),
    ForeignKind.WEB_PAGE: (Bilingual(zh="网页", en="a web page"), _AS_PDF),
    ForeignKind.XML: (Bilingual(zh="XML 数据", en="XML data"), _AS_PDF),
    ForeignKind.HEIC: (Bilingual(zh="HEIC/AVIF 照片", en="a HEIC/AVIF photo"), _CAMERA),
    ForeignKind.GIF: (Bilingual(zh="GIF 图片", en="a GIF picture"), _AS_PICTURE),
    ForeignKind.JPEG_2000: (Bilingual(zh="JPEG 2000 图片", en="a JPEG 2000 picture"), _AS_PICTURE),
    ForeignKind.OTHER_PICTURE: (
        Bilingual(zh="不受支持的图片格式", en="a picture format that is not read"),
        _AS_PICTURE,
    ),
    ForeignKind.EMAIL: (Bilingual(zh="电子邮件", en="an e-mail"), _AS_PDF),
    ForeignKind.AUDIO_OR_VIDEO: (Bilingual(zh="音频或视频", en="a recording"), NOT_A_PAPER),
    ForeignKind.PROGRAM: (Bilingual(zh="程序", en="a program"), NOT_A_PAPER),
}
"""What each kind is called within a sentence, and the remedy."""
