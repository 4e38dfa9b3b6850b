"""Whatever a person can type, set or open is written down, and what is written down exists."""

import re
from collections.abc import Iterator
from pathlib import Path

import click
import pytest
from house import ROOT, modules
from simulators.archives import founded_archive

from dms.cli import EXIT_CODES, dms
from dms.ingest import ReceivingLimits
from dms.web import create_app

PAGES = ("README.md", "ARCHITECTURE.md", "docs/operations.md")
SETTING = re.compile(r"\bDMS_[A-Z_]+\b")
SHARED_OPTIONS = frozenset({"--help", "-h", "--version"})


def _documentation() -> str:
    return "\n".join((ROOT / page).read_text(encoding="utf-8") for page in PAGES if (ROOT / page).exists())


def _commands(group: click.Group, words: str) -> Iterator[tuple[str, click.Command]]:
    for name, command in sorted(group.commands.items()):
        if isinstance(command, click.Group):
            yield from _commands(command, f"{words} {name}")
        else:
            yield f"{words} {name}", command


def _options(command: click.Command) -> set[str]:
    return {
        max(parameter.opts, key=len) for parameter in command.params if isinstance(parameter, click.Option)
    } - SHARED_OPTIONS


COMMANDS = dict(_commands(dms, "dms"))


@pytest.mark.parametrize("words", sorted(COMMANDS))
def test_every_command_is_written_down(words):
    assert re.search(rf"{re.escape(words)}\b", _documentation()), f"no page mentions {words}"


@pytest.mark.parametrize("words", sorted(COMMANDS))
def test_every_option_of_a_command_is_written_down(words):
    pages = _documentation()
    missing = [option for option in sorted(_options(COMMANDS[words])) if not re.search(rf"{option}\b", pages)]
    assert missing == []


@pytest.mark.parametrize("words", sorted(COMMANDS))
def test_every_command_explains_itself(words):
    assert COMMANDS[words].help


def test_no_page_tells_of_a_command_that_does_not_exist():
    first_words = {words.split()[1] for words in COMMANDS}
    told = set(re.findall(r"(?:`|^\s*|\$ )dms ([a-z]+(?:-[a-z]+)*)", _documentation(), flags=re.MULTILINE))
    assert told - first_words == set()


def test_every_setting_is_written_down():
    settings = {name for module in modules() for name in SETTING.findall(module.text)}
    assert settings, "the settings have moved; this test looks for DMS_ names"
    assert settings - set(SETTING.findall(_documentation())) == set()


def test_no_page_tells_of_a_setting_that_does_not_exist():
    read = {name for module in modules() for name in SETTING.findall(module.text)}
    assert set(SETTING.findall(_documentation())) - read == set()


def test_every_exit_code_is_written_down():
    page = (ROOT / "docs/operations.md").read_text(encoding="utf-8")
    assert [
        code for code in (0, *EXIT_CODES.values()) if not re.search(rf"^\|\s*`?{code}`?\s*\|", page, re.MULTILINE)
    ] == []


def test_every_subject_of_the_web_is_on_the_map(tmp_path: Path):
    archive = founded_archive(tmp_path / "archive")
    app = create_app(
        archive, limits=ReceivingLimits(max_upload_bytes=1, min_free_disk_bytes=0), secret_key=b"for this test only"
    )
    subjects = {rule.endpoint.split(".")[0] for rule in app.url_map.iter_rules()} - {"static", "bootstrap"}
    archive.close()
    told = set(re.findall(r"`(\w+)`", (ROOT / "ARCHITECTURE.md").read_text(encoding="utf-8")))
    assert subjects - told == set()


def test_every_address_named_in_a_page_leads_somewhere():
    pages = [*PAGES, *(str(path.relative_to(ROOT)) for path in (ROOT / "docs").rglob("*.md"))]
    lost = [
        f"{page}: {target}"
        for page in pages
        if (ROOT / page).exists()
        for target in re.findall(r"\]\(([^)#:]+)(?:#[^)]*)?\)", (ROOT / page).read_text(encoding="utf-8"))
        if not ((ROOT / page).parent / target).exists()
    ]
    assert lost == []
