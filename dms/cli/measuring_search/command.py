"""``dms bench search``: how exact, how tolerant, how fast and how large the search is, with the targets beside."""

import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from enum import StrEnum
from pathlib import Path

import click

from dms.cli.measuring import bench_group
from dms.cli.measuring_search.corpus import Corpus
from dms.cli.measuring_search.exactness import measure_exactness
from dms.cli.measuring_search.filling import opened
from dms.cli.measuring_search.hostile import measure_hostile
from dms.cli.measuring_search.noise import measure_noise
from dms.cli.measuring_search.plan import Plan
from dms.cli.measuring_search.rivals import measure_rivals
from dms.cli.measuring_search.scale import measure_scale
from dms.cli.measuring_search.spellings import measure_spellings
from dms.cli.measuring_search.table import Figure, show, told
from dms.cli.session import Session, answer, with_session

WHOLE_PAGES = 1_000_000
DEFAULT_SEED = 4
EVERYTHING = "all"


class Part(StrEnum):
    """What can be measured by itself, in the order in which everything is."""

    SCALE = "scale"
    EXACTNESS = "exactness"
    NOISE = "noise"
    SPELLINGS = "spellings"
    HOSTILE = "hostile"
    RIVALS = "rivals"


_MEASURES: dict[Part, Callable[[Plan], Iterator[Figure]]] = {
    Part.EXACTNESS: measure_exactness,
    Part.NOISE: measure_noise,
    Part.SPELLINGS: measure_spellings,
    Part.HOSTILE: measure_hostile,
    Part.RIVALS: measure_rivals,
}


@bench_group.command("search")
@click.option("--part", type=click.Choice([*map(str, Part), EVERYTHING]), default=EVERYTHING, show_default=True)
@click.option("--pages", type=click.IntRange(20), default=WHOLE_PAGES, show_default=True, help="Most pages 页数上限.")
@click.option("--queries", type=click.IntRange(1), help="Most queries of a part 每部分查询数上限.")
@click.option("--seed", type=int, default=DEFAULT_SEED, show_default=True)
@click.option(
    "--keep", type=click.Path(path_type=Path), help="Keep the large archive here for the next run 保留大档案库."
)
@click.option("--json", "as_json", is_flag=True)
@with_session
def bench_search(
    session: Session,
    *,
    part: str,
    pages: int,
    queries: int | None,
    seed: int,
    keep: Path | None,
    as_json: bool,
) -> None:
    """Search made-up papers: against a look at every text, after misreading, at scale, beside other engines."""
    plan = Plan(seed=seed, pages=pages, queries=queries, keep=keep, say=lambda said: session.say(said, said))
    chosen = list(Part) if part == EVERYTHING else [Part(part)]
    figures = [figure for one in chosen for figure in _measured(one, plan)]
    if as_json:
        answer({"pages": pages, "seed": seed, "figures": told(figures)})
        return
    show(figures)


def _measured(part: Part, plan: Plan) -> Iterator[Figure]:
    plan.say(f"== {part} ==")
    if part is not Part.SCALE:
        yield from _MEASURES[part](plan)
        return
    with _place(plan) as place, opened(Corpus(plan.seed, plan.pages), place) as filled:
        yield from measure_scale(plan, filled)


@contextmanager
def _place(plan: Plan) -> Iterator[Path]:
    """The folder of the large archive: the one that is kept, or one that is gone when the block ends."""
    if plan.keep is not None:
        yield plan.keep
        return
    with tempfile.TemporaryDirectory(prefix="anjuan-bench-") as folder:
        yield Path(folder)
