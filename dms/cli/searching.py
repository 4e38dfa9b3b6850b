"""``dms search``."""

from collections.abc import Iterator
from dataclasses import replace

import click

from dms.archive import Archive
from dms.cli.session import Session, answer, with_session
from dms.domain.day import FIRST_YEAR, LAST_YEAR
from dms.search import MAX_LIMIT, Hit, SearchRequest, SearchResult, SearchSort, search

DEFAULT_LIMIT = 20


@click.command("search", short_help="Find any sentence again 检索")
@click.argument("query")
@click.option("--customer", "customer_code", help="Customer code 客户代码.")
@click.option("--year", type=click.IntRange(FIRST_YEAR, LAST_YEAR), help="Year 年度.")
@click.option("--type", "type_code", help="Document type 资料类型.")
@click.option("--sort", type=click.Choice([sort.value for sort in SearchSort]), default=SearchSort.RELEVANCE.value)
@click.option("--limit", type=click.IntRange(1, 10_000), default=DEFAULT_LIMIT, show_default=True)
@click.option("--json", "as_json", is_flag=True)
@with_session
def search_command(
    session: Session,
    *,
    query: str,
    customer_code: str | None,
    year: int | None,
    type_code: str | None,
    sort: str,
    limit: int,
    as_json: bool,
) -> None:
    """Find papers by words, "exact phrases", AND OR NOT and fields such as 客户: 合同: 年度: 类型: 金额:."""
    request = SearchRequest(
        query=query,
        customer_code=customer_code,
        year=year,
        type_code=type_code,
        sort=SearchSort(sort),
        limit=min(limit, MAX_LIMIT),
    )
    with session.archive() as archive:
        result = search(session.actor(archive), request, archive=archive)
        hits = [*result.hits, *_further(session, archive, request, result, limit)]
    if as_json:
        answer({"total": result.total, "elapsed_ms": result.elapsed_ms, "hits": [_as_json(hit) for hit in hits]})
        return
    _print_all(session, result, hits)


def _further(
    session: Session, archive: Archive, request: SearchRequest, first: SearchResult, limit: int
) -> Iterator[Hit]:
    """The hits beyond one answer's bound, asked for answer by answer."""
    for offset in range(MAX_LIMIT, min(limit, first.total), MAX_LIMIT):
        rest = replace(request, offset=offset, limit=min(MAX_LIMIT, limit - offset))
        yield from search(session.actor(archive), rest, archive=archive).hits


def _print_all(session: Session, result: SearchResult, hits: list[Hit]) -> None:
    elapsed = f"{result.elapsed_ms:.0f}"
    session.say(f"共 {result.total} 件，用时 {elapsed} 毫秒", f"{result.total} papers in {elapsed} ms")
    for note in result.explanation.notes:
        session.say(note.zh, note.en)
    for hit in hits:
        _print(session, hit)


def _as_json(hit: Hit) -> dict[str, object]:
    return {
        "item_id": hit.item_id,
        "title": hit.title,
        "customer": hit.customer_code,
        "year": hit.year,
        "type": hit.type_code,
        "page": hit.page,
        "pages": list(hit.pages_with_hits),
        "snippet": _snippet(hit, "", ""),
        "score": hit.score,
    }


def _snippet(hit: Hit, before: str, after: str) -> str:
    return " … ".join(
        "".join(f"{before}{part.text}{after}" if part.marked else part.text for part in snippet.parts)
        for snippet in hit.snippets
    )


def _print(session: Session, hit: Hit) -> None:
    page = session.text(f"第{hit.page}页", f"p. {hit.page}") if hit.page else ""
    click.echo(f"{hit.item_id}  {hit.year or '----'}  {hit.title}  {page}")
    click.echo(f"    {_snippet(hit, '【', '】')}")
