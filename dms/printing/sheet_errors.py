"""Why a table cannot be read out of a spreadsheet."""

from typing import ClassVar

from dms.errors import Bilingual, DmsError, Kind


class SheetUnreadable(DmsError):
    """The bytes are no workbook that could be opened."""

    code: ClassVar[str] = "sheet_unreadable"
    kind: ClassVar[Kind] = Kind.REFUSED_INPUT

    def __init__(self) -> None:
        super().__init__(
            Bilingual(
                zh="打不开这份表格：不是 .xlsx 工作簿，或者已损坏、加了密码。",
                en="The spreadsheet cannot be opened: it is no .xlsx workbook, or damaged, or locked by a password.",
            ),
            Bilingual(
                zh="请在表格软件中打开，另存为不加密的“Excel 工作簿（.xlsx）”后再试。",
                en="Open it in your spreadsheet program, save it as an “Excel workbook (.xlsx)” without a password, "
                "and try again.",
            ),
        )


class SheetTooLarge(DmsError):
    """The workbook has more rows, columns or bytes than a table of this archive can have."""

    code: ClassVar[str] = "sheet_too_large"
    kind: ClassVar[Kind] = Kind.REFUSED_INPUT

    def __init__(self, most_rows: int) -> None:
        super().__init__(
            Bilingual(
                zh=f"表格太大：一次最多 {most_rows:,} 行、16 MB。",
                en=f"The spreadsheet is too large: at most {most_rows:,} rows and 16 MB at once.",
            ),
            Bilingual(
                zh="请删去多余的行列和工作表，或拆成几份分别导入。",
                en="Remove rows, columns and sheets that are not needed, or import it in several parts.",
            ),
        )


class SheetHoldsPrograms(DmsError):
    """The workbook holds macros."""

    code: ClassVar[str] = "sheet_holds_programs"
    kind: ClassVar[Kind] = Kind.REFUSED_INPUT

    def __init__(self) -> None:
        super().__init__(
            Bilingual(zh="表格中带有宏程序，没有打开。", en="The spreadsheet holds macros and was not opened."),
            Bilingual(
                zh="请另存为不含宏的“Excel 工作簿（.xlsx）”后再试。",
                en="Save it as an “Excel workbook (.xlsx)” without macros, and try again.",
            ),
        )
