"""``dms print``: every form about what may be seen, as PDF or spreadsheet, and a whole year into a folder."""

from pathlib import Path
from typing import Any

import click

from dms.cli.errors import DocumentsRefused, TargetExists, TargetUnwritable
from dms.cli.reports import require_new, write_report
from dms.cli.session import Session, answer, with_session
from dms.cli.usage import Misused
from dms.domain.day import FIRST_YEAR, LAST_YEAR
from dms.domain.printed import PrintAs
from dms.errors import Bilingual, DmsError
from dms.filing.printing_out import (
    ABOUT,
    FORM_NAMES,
    PAPER_ONLY,
    VOLUMES_FOLDER,
    PrintForm,
    PrintWish,
    print_form,
    year_printed,
)

_OPTIONS: dict[str, Any] = {
    "volume": click.option("--volume", metavar="CODE", help="Reference code of the volume, or its number 档号."),
    "customer_code": click.option("--customer", "customer_code", metavar="CODE", help="Customer code 客户代码."),
    "series_code": click.option("--series", "series_code", metavar="CODE", help="Series 类目."),
    "year": click.option("--year", type=click.IntRange(FIRST_YEAR, LAST_YEAR), help="Year 年度."),
    "department": click.option("--department", metavar="NAME", help="Department 部门."),
    "batch": click.option("--batch", metavar="NUMBER", help="Transfer batch 移交批次."),
    "location": click.option("--location", metavar="CODE", help="Box, by its code or barcode 盒号."),
}


@click.group("print")
def print_group() -> None:
    """Print forms and lists 打印; the ending of the output says as what, .pdf or .xlsx."""


@print_group.command("year")
@click.option("--year", type=click.IntRange(FIRST_YEAR, LAST_YEAR), required=True, help="Year 年度.")
@click.option("--with-papers", is_flag=True, help="Bind the page images in 连同页面图像.")
@click.option(
    "-o", "--output", type=click.Path(path_type=Path), required=True, help="Folder for the results 结果文件夹."
)
@click.option("--json", "as_json", is_flag=True)
@with_session
def print_year(session: Session, *, year: int, with_papers: bool, output: Path, as_json: bool) -> None:
    """Print everything of a year into a folder: catalogues, labels, and one document for every volume."""
    require_new(output)
    written: list[str] = []
    refused: dict[str, DmsError] = {}
    with session.archive() as archive:
        actor = session.actor(archive)
        for each, total, printed in year_printed(actor, year, with_papers=with_papers, archive=archive):
            if not written and not refused:
                _make_folder(output)
            if isinstance(printed, DmsError):
                refused[each.name] = printed
            else:
                write_report(output / each.name, printed.content)
                written.append(each.name)
            session.say(f"{len(written)}/{total} {each.name}", f"{len(written)}/{total} {each.name}")
    if as_json:
        answer({"year": year, "folder": str(output), "documents": written, "refused": _codes(refused)})
    if refused:
        name, why = next(iter(refused.items()))
        raise DocumentsRefused(len(refused), name, why.what)


def _codes(refused: dict[str, DmsError]) -> list[dict[str, str]]:
    return [{"name": name, "code": why.code, "message": why.message.zh} for name, why in refused.items()]


def _add_command(form: PrintForm) -> None:
    """Give the group the command that prints one form."""

    def run(session: Session, *, output: Path, as_json: bool, **about: Any) -> None:  # noqa: ANN401 -- by option
        printed_as = _printed_as(form, output)
        require_new(output)
        with session.archive() as archive:
            printed = print_form(session.actor(archive), PrintWish(form=form, **about), printed_as, archive=archive)
        write_report(output, printed.content)
        if as_json:
            answer({"form": form.value, "path": str(output), "bytes": len(printed.content)})
            return
        session.say(f"已写入 {output}", f"Written to {output}")

    command = with_session(run)
    for name in reversed(ABOUT[form]):
        command = _OPTIONS[name](command)
    endings = ".pdf" if form in PAPER_ONLY else ".pdf, .xlsx"
    command = click.option("--json", "as_json", is_flag=True)(command)
    command = click.option(
        "-o", "--output", type=click.Path(path_type=Path), required=True, help=f"Where to write it 输出到 ({endings})."
    )(command)
    names = FORM_NAMES[form]
    print_group.command(form.value, help=f"{names.en} {names.zh}.")(command)


def _printed_as(form: PrintForm, output: Path) -> PrintAs:
    ending = output.suffix.lower().removeprefix(".")
    fitting = [PrintAs.PDF] if form in PAPER_ONLY else list(PrintAs)
    if ending not in {each.value for each in fitting}:
        allowed = " / ".join(f".{each.value}" for each in fitting)
        raise Misused(Bilingual(f"-o 的文件名须以 {allowed} 结尾。", f"The name given by -o must end in {allowed}."))
    return PrintAs(ending)


def _make_folder(folder: Path) -> None:
    """A folder of its own for the results, so that those of two runs never mix."""
    try:
        folder.mkdir()
        (folder / VOLUMES_FOLDER).mkdir()
    except FileExistsError as error:
        raise TargetExists(folder) from error
    except OSError as error:
        raise TargetUnwritable(folder) from error


for _form in PrintForm:
    _add_command(_form)
