"""Why something is not printed."""

from typing import ClassVar

from dms.errors import Bilingual, DmsError, Kind


class PlaceToPrintNotFound(DmsError):
    """No place in use has this code."""

    code: ClassVar[str] = "print_place_not_found"
    kind: ClassVar[Kind] = Kind.NOT_FOUND

    def __init__(self, named: str) -> None:
        super().__init__(
            Bilingual(zh=f"没有代码或条码为“{named}”的位置。", en=f"There is no place with the code “{named}”."),
            Bilingual(zh="请在库位中核对代码。", en="Look its code up among the locations."),
        )


class PrintWishIncomplete(DmsError):
    """A form needs to be told what it is to be about."""

    code: ClassVar[str] = "print_wish_incomplete"
    kind: ClassVar[Kind] = Kind.USAGE

    def __init__(self, form: Bilingual, missing: Bilingual) -> None:
        super().__init__(
            Bilingual(
                zh=f"打印“{form.zh}”需要指定{missing.zh}。", en=f"The form “{form.en}” needs to be told {missing.en}."
            ),
            Bilingual(zh="请补上后重试。", en="State it, then try again."),
        )


class NothingForTheForm(DmsError):
    """What was chosen holds nothing that the form could bear."""

    code: ClassVar[str] = "print_nothing_chosen"
    kind: ClassVar[Kind] = Kind.CONFLICT

    def __init__(self, form: Bilingual) -> None:
        super().__init__(
            Bilingual(
                zh=f"没有可打印到“{form.zh}”上的内容。", en=f"What was chosen holds nothing for the form “{form.en}”."
            ),
            Bilingual(
                zh="请放宽年度、客户或类目的范围；案卷编目、入盒之后才有封面、脊背和盒标签。",
                en="Choose a wider range; covers, spines and box labels are there once volumes are numbered and boxed.",
            ),
        )


class NotASpreadsheet(DmsError):
    """The form holds no list, so it has no spreadsheet."""

    code: ClassVar[str] = "print_not_a_spreadsheet"
    kind: ClassVar[Kind] = Kind.USAGE

    def __init__(self, form: Bilingual) -> None:
        super().__init__(
            Bilingual(zh=f"“{form.zh}”没有表格版本。", en=f"There is no spreadsheet of the form “{form.en}”."),
            Bilingual(zh="请输出为 PDF。", en="Have it made as PDF."),
        )


class NothingOfTheYear(DmsError):
    """No volume of the year is numbered yet, so there is nothing to be printed in one go."""

    code: ClassVar[str] = "print_nothing_of_the_year"
    kind: ClassVar[Kind] = Kind.CONFLICT

    def __init__(self, year: int) -> None:
        super().__init__(
            Bilingual(
                zh=f"{year} 年度还没有已编目的案卷。", en=f"No volume of the year {year} has been catalogued yet."
            ),
            Bilingual(
                zh=f"请先装订该年度（dms volume bind --year {year}）。",
                en=f"Bind the year first (dms volume bind --year {year}).",
            ),
        )


class PrintJobNotFound(DmsError):
    """No such print job of the actor's."""

    code: ClassVar[str] = "print_job_not_found"
    kind: ClassVar[Kind] = Kind.NOT_FOUND

    def __init__(self) -> None:
        super().__init__(
            Bilingual(
                zh="没有这项打印任务，或其结果已经清除。", en="There is no such print job, or its results are gone."
            ),
            Bilingual(zh="请在打印页面查看，或重新提交。", en="Look at the page of prints, or ask for it again."),
        )


class PrintResultDamaged(DmsError):
    """The vault cannot give exactly what was printed."""

    code: ClassVar[str] = "print_result_damaged"
    kind: ClassVar[Kind] = Kind.DAMAGE

    def __init__(self, reason: str) -> None:
        super().__init__(
            Bilingual(
                zh=f"打印结果的封存数据损坏或缺失（{reason}）；档案本身不受影响。",
                en=f"What was printed is damaged or missing in the vault ({reason}); the papers are not affected.",
            ),
            Bilingual(zh="请重新提交打印。", en="Ask for it to be printed again."),
        )


class AskerGone(DmsError):
    """Whoever asked for the print has no account any more."""

    code: ClassVar[str] = "print_asker_gone"
    kind: ClassVar[Kind] = Kind.FORBIDDEN

    def __init__(self) -> None:
        super().__init__(
            Bilingual(
                zh="提交打印的账号已停用，没有打印。",
                en="The account that asked for it is locked, so nothing was printed.",
            ),
            Bilingual(zh="请由在用账号重新提交。", en="Let somebody with an account ask for it again."),
        )
