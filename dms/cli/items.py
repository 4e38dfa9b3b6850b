"""``dms item show|text|original|pdf|correct``."""

from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

import click

from dms.bootstrap import page_stamper
from dms.cli.errors import TargetExists, TargetUnwritable, TextUnreadable
from dms.cli.paper_facts import named_item, told_particulars, told_relations
from dms.cli.session import Session, answer, with_session
from dms.cli.usage import Misused
from dms.custody import Download, OpenedItem, open_item, original, searchable_copy
from dms.domain.reading import Box
from dms.errors import Bilingual
from dms.filing import correct_page


@click.group("item")
def item_group() -> None:
    """One paper: its facts, its text, its original 单件资料."""


@item_group.command("show")
@click.argument("item_id")
@click.option("--json", "as_json", is_flag=True)
@with_session
def show_command(session: Session, *, item_id: str, as_json: bool) -> None:
    """Print what the catalogue knows of an item, named by its id or its reference code."""
    with session.archive() as archive:
        actor = session.actor(archive)
        opened = open_item(actor, named_item(actor, item_id, archive=archive), archive=archive)
        relations = told_relations(actor, opened.item.id, archive=archive)
    facts = _facts(opened) | {"relations": relations}
    if as_json:
        answer(facts)
        return
    for name, value in facts.items():
        if value not in (None, "", [], {}):
            click.echo(f"{name}: {value}")


@item_group.command("text")
@click.argument("item_id")
@click.option("--json", "as_json", is_flag=True)
@with_session
def text_command(session: Session, *, item_id: str, as_json: bool) -> None:
    """Print what was read, page by page."""
    with session.archive() as archive:
        opened = open_item(session.actor(archive), item_id, archive=archive)
    if as_json:
        answer({"item_id": opened.item.id, "pages": [_page(opened, number) for number in range(len(opened.pages))]})
        return
    for page in opened.pages:
        click.echo(session.text(f"—— 第 {page.number} 页 ——", f"—— page {page.number} ——"))
        click.echo(page.text)


@item_group.command("original")
@click.argument("item_id")
@click.option("-o", "--output", "target", required=True, type=click.Path(path_type=Path))
@with_session
def original_command(session: Session, *, item_id: str, target: Path) -> None:
    """Write the bytes exactly as they were uploaded."""
    with session.archive() as archive:
        _write(target, lambda: original(session.actor(archive), item_id, archive=archive))
    session.say(f"已写出 {target}", f"Wrote {target}")


@item_group.command("pdf")
@click.argument("item_id")
@click.option("-o", "--output", "target", required=True, type=click.Path(path_type=Path))
@with_session
def pdf_command(session: Session, *, item_id: str, target: Path) -> None:
    """Write a searchable PDF of the item."""
    with session.archive() as archive:
        _write(
            target,
            lambda: searchable_copy(session.actor(archive), item_id, archive=archive, black_out=_black_out),
        )
    session.say(f"已写出 {target}", f"Wrote {target}")


@item_group.command("correct")
@click.argument("item_id")
@click.option("--page", "number", required=True, type=int, help="The page, from 1.")
@click.option("--text-from", "source", type=click.Path(path_type=Path), help="A text file (UTF-8) with the whole page.")
@click.option("--take-back", is_flag=True, help="Let what OCR read count again.")
@with_session
def correct_command(session: Session, *, item_id: str, number: int, source: Path | None, take_back: bool) -> None:
    """Say what stands on a page where OCR read something else."""
    if (source is None) is not take_back:
        raise Misused(Bilingual("请给出 --text-from 或 --take-back 之一。", "Give either --text-from or --take-back."))
    with session.archive() as archive:
        correct_page(session.actor(archive), item_id, number, _text_in(source) if source else None, archive=archive)
    if take_back:
        session.say(f"第 {number} 页恢复为识别的文字", f"What was read on page {number} counts again")
    else:
        session.say(f"第 {number} 页已更正", f"Page {number} is corrected")


def _black_out(jpeg: bytes, boxes: Sequence[Box]) -> bytes:
    return page_stamper().marked(jpeg, boxes=boxes)


def _text_in(path: Path) -> str:
    try:
        return path.read_bytes().decode("utf-8-sig")
    except (OSError, UnicodeDecodeError) as error:
        raise TextUnreadable(path) from error


def _write(target: Path, made: Callable[[], Download]) -> None:
    """Write to a new path only; nothing is taken out of the archive before the place is known to be good."""
    try:
        stream = target.open("xb")
    except FileExistsError as error:
        raise TargetExists(target) from error
    except OSError as error:
        raise TargetUnwritable(target) from error
    try:
        with stream:
            stream.write(made().content)
    except BaseException as error:
        target.unlink()  # nobody is left with half of it
        if isinstance(error, OSError):
            raise TargetUnwritable(target) from error
        raise


def _page(opened: OpenedItem, index: int) -> dict[str, Any]:
    page = opened.pages[index]
    return {
        "number": page.number,
        "text": page.text,
        "corrected": opened.corrections.get(page.number),
        "rotation": page.turned_degrees,
        "confidence": round(page.confidence, 4),
        "blank": page.blank,
        "source": page.source,
    }


def _facts(opened: OpenedItem) -> dict[str, Any]:
    item, stated = opened.item, opened.item.classification
    return {
        "item_id": item.id,
        "reference_code": item.reference_code,
        "former_codes": list(item.former_codes),
        "state": item.state.value,
        "title": item.title,
        "customer": opened.customer.code if opened.customer else None,
        "customer_name": opened.customer.name if opened.customer else None,
        "contract_no": opened.contract.number if opened.contract else None,
        "type": stated.type_code,
        "series": stated.series_code,
        "year": stated.year,
        "doc_date": stated.doc_on.isoformat() if stated.doc_on else None,
        "amount": str(stated.amount) if stated.amount is not None else None,
        "grade": stated.grade,
        **told_particulars(item),
        "original_filename": item.original_filename,
        "media_type": item.media_type,
        "size_bytes": item.size_bytes,
        "pages": item.pages_total,
        "received_at": item.received_at.isoformat(),
        "received_by": item.received_by,
        "doubts": list(item.doubts),
        "problem": {"code": item.problem.code, "zh": item.problem.message.zh, "en": item.problem.message.en}
        if item.problem
        else None,
    }
