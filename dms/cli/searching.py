"""``dms search``."""

from collections.abc import Callable, Iterator
from dataclasses import replace
from itertools import groupby
from pathlib import Path
from typing import Any

import click

from dms.archive import Archive
from dms.cli.reports import require_new, write_report
from dms.cli.session import Session, answer, with_session
from dms.cli.usage import Misused
from dms.domain.actor import GRADES
from dms.domain.day import FIRST_YEAR, LAST_YEAR
from dms.domain.item import READABLE_STATES
from dms.errors import Bilingual
from dms.search import (
    MAX_LIMIT,
    ExportForm,
    Grouping,
    Hit,
    SearchRequest,
    SearchResult,
    SearchSort,
    asks_nothing,
    export_results,
    save_search,
    search,
)

DEFAULT_LIMIT = 20
_STATES = sorted(state.value for state in READABLE_STATES)


def _filters(command: Callable[..., None]) -> Callable[..., None]:
    """The options that narrow the answer, or widen what a word stands for."""
    options = (
        click.option("--customer", "customer_code", help="Customer code 客户代码."),
        click.option("--year", type=click.IntRange(FIRST_YEAR, LAST_YEAR), help="Year 年度."),
        click.option("--type", "type_code", help="Document type 资料类型."),
        click.option("--series", "series_code", help="Series 类目."),
        click.option("--contract", "contract_no", help="The whole contract number 合同编号."),
        click.option("--grade", type=click.IntRange(min(GRADES), max(GRADES)), help="Grade 密级."),
        click.option("--state", type=click.Choice(_STATES), help="Confirmed or not 是否已确认归档."),
        click.option("--within", multiple=True, metavar="QUERY", help="Search in what this query finds 在结果中检索."),
        click.option("--like", "like_item_id", metavar="ITEM", help="Papers like this one 与此件相似."),
        click.option("--tolerant", is_flag=True, help="Bear with what OCR misread 容忍识别错误."),
        click.option("--synonyms", is_flag=True, help="Find synonyms as well 同时查找同义词."),
    )
    for option in reversed(options):
        command = option(command)
    return command


@click.command("search", short_help="Find any sentence again 检索")
@click.argument("query", required=False)
@_filters
@click.option("--sort", type=click.Choice([sort.value for sort in SearchSort]), default=SearchSort.RELEVANCE.value)
@click.option("--group", type=click.Choice([grouping.value for grouping in Grouping]), help="Keep together 分组.")
@click.option("--limit", type=click.IntRange(1, 10_000), default=DEFAULT_LIMIT, show_default=True)
@click.option("--save-as", metavar="NAME", help="Keep the search under this name 保存检索.")
@click.option(
    "-o", "--output", "target", type=click.Path(path_type=Path), help="A list of all hits 清单 (.pdf, .xlsx)."
)
@click.option("--json", "as_json", is_flag=True)
@with_session
def search_command(
    session: Session,
    *,
    query: str | None,
    sort: str,
    group: str | None,
    limit: int,
    save_as: str | None,
    target: Path | None,
    as_json: bool,
    **asked: Any,  # noqa: ANN401  # the filters, each by its name in `SearchRequest`
) -> None:
    """Find papers by words, "exact phrases", AND OR NOT and fields such as 客户: 合同: 年度: 类型: 金额:."""
    request = SearchRequest(
        query=query or "",
        sort=SearchSort(sort),
        grouping=Grouping(group) if group else None,
        limit=min(limit, MAX_LIMIT),
        **asked,
    )
    if query is None and asks_nothing(request):
        raise Misused(NOTHING_ASKED)
    form = _form(target) if target else None
    require_new(target)
    with session.archive() as archive:
        result = search(session.actor(archive), request, archive=archive)
        hits = [*result.hits, *_further(session, archive, request, result, limit)]
        if save_as is not None:
            saved = save_search(session.actor(archive), save_as, request, archive=archive)
            session.say(f"已保存检索 {saved.id}：{saved.name}", f"Saved as search {saved.id}: {saved.name}")
        if target and form:
            write_report(target, export_results(session.actor(archive), request, form, archive=archive))
            session.say(f"已写出 {target}", f"Wrote {target}")
    if as_json:
        answer({**told(result), "hits": [told_hit(hit) for hit in hits]})
        return
    print_result(session, result, hits)


NOTHING_ASKED = Bilingual(
    "请给出检索内容或筛选条件，例如：dms search 违约金，或 dms search --customer C001。",
    "Give something to look for or a filter, such as: dms search 违约金, or dms search --customer C001.",
)


def _form(target: Path) -> ExportForm:
    try:
        return ExportForm(target.suffix.lower().removeprefix("."))
    except ValueError as error:
        said = Bilingual("清单的文件名要以 .pdf 或 .xlsx 结尾。", "The name of a list ends in .pdf or .xlsx.")
        raise Misused(said) from error


def _further(
    session: Session, archive: Archive, request: SearchRequest, first: SearchResult, limit: int
) -> Iterator[Hit]:
    """The hits beyond one answer's bound, asked for answer by answer."""
    for offset in range(MAX_LIMIT, min(limit, first.total), MAX_LIMIT):
        rest = replace(request, offset=offset, limit=min(MAX_LIMIT, limit - offset), facets=False)
        yield from search(session.actor(archive), rest, archive=archive).hits


def told(result: SearchResult) -> dict[str, Any]:
    """What JSON says of a whole result, besides its hits."""
    return {
        "total": result.total,
        "elapsed_ms": result.elapsed_ms,
        "exact_total": result.exact_total,
        "tolerance_bounded": result.tolerance_bounded,
        "index_complete": result.index_complete,
        "groups": [{"value": group.value, "count": group.count} for group in result.groups],
    }


def told_hit(hit: Hit) -> dict[str, Any]:
    """What JSON says of one hit."""
    return {
        "item_id": hit.item_id,
        "reference_code": hit.reference_code,
        "title": hit.title,
        "customer": hit.customer_code,
        "year": hit.year,
        "type": hit.type_code,
        "page": hit.page,
        "pages": list(hit.pages_with_hits),
        "snippet": _snippet(hit, "", ""),
        "score": hit.score,
        "contract": hit.contract_no,
        "grade": hit.grade,
        "confirmed": hit.confirmed,
        "tolerated": hit.tolerated,
        "group": hit.group,
    }


def print_result(session: Session, result: SearchResult, hits: list[Hit], *, new: frozenset[str] = frozenset()) -> None:
    """For a person: the count, what should be known about the query, and the hits, the `new` ones marked."""
    _print_counts(session, result)
    names = {group.value: session.text(group.label.zh, group.label.en) for group in result.groups}
    for group, together in groupby(hits, key=lambda hit: hit.group):
        if names:
            click.echo(f"== {names.get(group or '', '--')}")
        for hit in together:
            _print(session, hit, is_new=hit.item_id in new)


def _print_counts(session: Session, result: SearchResult) -> None:
    elapsed, borne = f"{result.elapsed_ms:.0f}", result.total - result.exact_total
    session.say(f"共 {result.total} 件，用时 {elapsed} 毫秒", f"{result.total} papers in {elapsed} ms")
    if borne:
        session.say(f"其中 {borne} 件因容错而找到", f"{borne} of them fit only because misreading is borne with")
    for note in result.explanation.notes:
        session.say(note.zh, note.en)
    for known in result.explanation.synonyms_known:
        session.say(f"可用 --synonyms 同时查找同义词：{known.zh}", f"With --synonyms also: {known.en}")


def _snippet(hit: Hit, before: str, after: str) -> str:
    return " … ".join(
        "".join(f"{before}{part.text}{after}" if part.marked else part.text for part in snippet.parts)
        for snippet in hit.snippets
    )


def _print(session: Session, hit: Hit, *, is_new: bool) -> None:
    page = session.text(f"第{hit.page}页", f"p. {hit.page}") if hit.page else ""
    marks = [
        *([session.text("新", "new")] if is_new else []),
        *([session.text("容错", "misread")] if hit.tolerated else []),
    ]
    told_marks = "".join(f"[{mark}]" for mark in marks)
    click.echo(f"{hit.item_id}  {hit.year or '----'}  {hit.title}  {page} {told_marks}".rstrip())
    click.echo(f"    {_snippet(hit, '【', '】')}")
