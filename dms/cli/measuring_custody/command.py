"""The command of the custody bench."""

import time
from collections.abc import Callable, Mapping
from types import MappingProxyType
from typing import Any

import click

from dms.archive import Archive
from dms.cli.measuring import bench_group, throw_away_archive
from dms.cli.measuring_custody.due_part import due_figures
from dms.cli.measuring_custody.filling import Holdings, fill_holdings
from dms.cli.measuring_custody.start_part import start_figures
from dms.cli.session import Session, answer, with_session

PARTS: Mapping[str, Callable[[Archive, Holdings], dict[str, Any]]] = MappingProxyType(
    {"due": due_figures, "start": start_figures}
)


@bench_group.command("custody")
@click.option(
    "--part", type=click.Choice(sorted(PARTS)), default="due", show_default=True, help="What is measured 测量项."
)
@click.option("--items", default=100_000, show_default=True, type=click.IntRange(100), help="Papers 件数.")
@click.option("--seed", default=1, show_default=True, help="Another seed draws other papers 随机种子.")
@click.option("--json", "as_json", is_flag=True)
@with_session
def bench_custody(session: Session, *, part: str, items: int, seed: int, as_json: bool) -> None:
    """Fill a throw-away archive with made-up papers of thirty years, and time what keeping them takes."""
    session.say("正在生成资料……", "Making papers …")
    with throw_away_archive() as archive:
        began = time.perf_counter()
        holdings = fill_holdings(archive, items=items, seed=seed)
        figures = {"filled_s": round(time.perf_counter() - began, 1)} | PARTS[part](archive, holdings)
    if as_json:
        answer(figures)
        return
    for name, value in figures.items():
        click.echo(f"{name:32} {value}")
