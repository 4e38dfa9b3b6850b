"""``dms company``, ``dms series``, ``dms type``: the frame that a company sets once and seldom changes."""

import click

from dms.cli.session import Session, answer, with_session
from dms.domain.document_type import DocumentType, Series
from dms.filing import frame, name_own_company, own_company, state_document_type, state_series


@click.group("company")
def company_group() -> None:
    """Whose archive it is 本单位."""


@company_group.command("show")
@click.option("--json", "as_json", is_flag=True)
@with_session
def show_company(session: Session, *, as_json: bool) -> None:
    """Print the company's name and its former ones."""
    with session.archive() as archive:
        company = own_company(session.actor(archive), archive=archive)
    if as_json:
        facts = {"fonds_code": company.fonds_code, "name": company.name, "former_names": list(company.former_names)}
        answer(facts)
        return
    click.echo(f"{company.fonds_code}  {company.name or session.text('（尚未登记）', '(not named yet)')}")
    for former in company.former_names:
        click.echo(f"      {session.text('曾用名', 'formerly')}  {former}")


@company_group.command("name")
@click.argument("name")
@with_session
def name_company(session: Session, *, name: str) -> None:
    """State the company's full name; the one before is kept as a former name."""
    with session.archive() as archive:
        company = name_own_company(session.actor(archive), name, archive=archive)
    session.say(f"本单位：{company.name}", f"Our company: {company.name}")


@click.group("series")
def series_group() -> None:
    """The parts of a customer file 类目."""


@series_group.command("list")
@with_session
def show_series(session: Session) -> None:
    """List the series in their order."""
    with session.archive() as archive:
        for series in frame(session.actor(archive), archive=archive).series:
            click.echo(f"{series.code:8} {series.zh}  {series.en}")


@series_group.command("set")
@click.argument("code")
@click.option("--zh", required=True, help="Name in Chinese 中文名称.")
@click.option("--en", required=True, help="Name in English 英文名称.")
@click.option("--position", type=click.IntRange(1, 999), required=True, help="Place in the order 顺序.")
@with_session
def set_series(session: Session, *, code: str, zh: str, en: str, position: int) -> None:
    """Add a series, or rename the one with this code."""
    with session.archive() as archive:
        series = Series(code=code, zh=zh, en=en, position=position)
        state_series(session.actor(archive), series, archive=archive)
    session.say(f"类目 {code}：{zh}", f"Series {code}: {en}")


@click.group("type")
def type_group() -> None:
    """Document types 资料类型."""


@type_group.command("list")
@with_session
def show_types(session: Session) -> None:
    """List the document types with the series in which each is filed by default."""
    with session.archive() as archive:
        for kind in frame(session.actor(archive), archive=archive).types:
            click.echo(f"{kind.code:20} {kind.series:4} {kind.zh}  {kind.en}")


@type_group.command("set")
@click.argument("code")
@click.option("--zh", required=True, help="Name in Chinese 中文名称.")
@click.option("--en", required=True, help="Name in English 英文名称.")
@click.option("--series", "series_code", required=True, help="Series in which it is filed by default 默认类目.")
@with_session
def set_type(session: Session, *, code: str, zh: str, en: str, series_code: str) -> None:
    """Add a document type, or rename or move the one with this code."""
    with session.archive() as archive:
        kind = DocumentType(code=code, zh=zh, en=en, series=series_code)
        state_document_type(session.actor(archive), kind, archive=archive)
    session.say(f"资料类型 {code}：{zh}", f"Type {code}: {en}")
