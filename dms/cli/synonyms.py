"""``dms synonyms``: the words that the company holds to mean the same."""

from pathlib import Path

import click

from dms.cli.errors import SynonymsUnreadable
from dms.cli.session import Session, answer, with_session
from dms.search import restore_default_synonyms, set_synonym_groups, synonym_groups

SEPARATOR = "/"
REMARK = "#"
MOST_BYTES = 4 * 1024 * 1024


@click.group("synonyms")
def synonyms_group() -> None:
    """Words that mean the same 同义词."""


@synonyms_group.command("list")
@click.option("--json", "as_json", is_flag=True)
@with_session
def list_synonyms(session: Session, *, as_json: bool) -> None:
    """Print the groups, one a line, as `dms synonyms set` reads them."""
    with session.archive() as archive:
        groups = synonym_groups(session.actor(archive), archive=archive)
    if as_json:
        answer({"groups": [list(group) for group in groups]})
        return
    for group in groups:
        click.echo(SEPARATOR.join(group))


@synonyms_group.command("set")
@click.argument("path", type=click.Path(path_type=Path, allow_dash=True), required=False)
@click.option("--default", "shipped", is_flag=True, help="Go back to the table as shipped 恢复默认表.")
@with_session
def set_synonyms(session: Session, *, path: Path | None, shipped: bool) -> None:
    """Replace the table by the groups in PATH (- for standard input): one a line, words separated by slashes."""
    if (path is None) is not shipped:
        raise click.UsageError(session.text("请给出文件或 --default，二者取一。", "Give either a PATH or --default."))
    stated = [] if path is None else _groups_in(path)
    with session.archive() as archive:
        actor = session.actor(archive)
        if shipped:
            groups = restore_default_synonyms(actor, archive=archive)
        else:
            groups = set_synonym_groups(actor, stated, archive=archive)
    words = sum(map(len, groups))
    session.say(f"现有同义词 {len(groups)} 组，{words} 个词", f"{words} words in {len(groups)} groups are in force")


def _groups_in(path: Path) -> list[list[str]]:
    lines = [line.strip() for line in _text_of(path).splitlines()]
    return [_words_of(line) for line in lines if line and not line.startswith(REMARK)]


def _words_of(line: str) -> list[str]:
    return [word for word in (part.strip() for part in line.replace("／", SEPARATOR).split(SEPARATOR)) if word]


def _text_of(path: Path) -> str:
    try:
        with click.open_file(str(path), "rb") as opened:
            content: bytes = opened.read(MOST_BYTES + 1)
        if len(content) > MOST_BYTES:
            raise ValueError("too long")
        return content.decode("utf-8-sig")
    except (OSError, ValueError) as error:
        raise SynonymsUnreadable(str(path)) from error
