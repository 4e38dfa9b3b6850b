"""``dms init`` founds an archive and says once what must be kept; nothing secret is ever an argument."""

import os
import pty
import subprocess
import sys
from pathlib import Path

import pytest
from simulators.archives import PASSPHRASE
from simulators.command_line import run

from dms.bootstrap import open_archive
from dms.cli import main
from dms.custody import sign_in

PASSWORD = "a long walk by the river 2026"


def test_everything_that_is_not_given_is_generated_and_printed_once(tmp_path, environment):
    environment.delenv("DMS_PASSPHRASE_FILE")
    done = run("init", "--json")
    told = done.answer
    assert done.exit_code == 0
    assert set(told) == {"home", "recovery_key", "administrator", "password", "passphrase"}
    assert told["home"] == str(tmp_path / "archive")
    archive = open_archive(Path(told["home"]), told["passphrase"])
    assert sign_in(told["administrator"], told["password"], archive=archive).name == "admin"
    archive.close()


def test_what_is_given_in_files_is_not_printed(tmp_path):
    (tmp_path / "password").write_text(f"{PASSWORD}\n")
    done = run(
        "init", "--admin", "chen", "--admin-password-file", tmp_path / "password", "--company", "皖江重工", "--json"
    )
    assert set(done.answer) == {"home", "recovery_key", "administrator"}
    for secret in (PASSWORD, PASSPHRASE):
        assert secret not in done.text + done.messages
    archive = open_archive(tmp_path / "archive", PASSPHRASE)
    assert sign_in("chen", PASSWORD, archive=archive).name == "chen"
    with archive.looking() as view:
        assert view.scheme.own_names() == ("皖江重工",)
    archive.close()


@pytest.mark.parametrize(("language", "label"), [("zh", "恢复密钥: "), ("en", "Recovery key: ")])
def test_a_person_is_told_in_his_language_what_to_keep(environment, language, label):
    environment.setenv("DMS_LANG", language)
    done = run("init")
    assert label in done.text
    assert ("只显示这一次" in done.messages) is (language == "zh")


def test_an_archive_is_never_founded_over_anything(archive, tmp_path):
    before = (tmp_path / "archive" / "keyring.json").read_bytes()
    done = run("init", "--json")
    assert done.exit_code == 6
    assert done.answer["error"]["code"] == "folder_not_empty"
    assert (tmp_path / "archive" / "keyring.json").read_bytes() == before


@pytest.mark.parametrize(
    ("arguments", "exit_code", "code"),
    [
        (("--admin", "a/b"), 3, "account_fact_invalid"),
        (("--fonds-code", "全宗"), 3, "fonds_code_unusable"),
        (("--admin-password-file", "/nowhere"), 2, "passphrase_unusable"),
        (("--passphrase-file", "/nowhere"), 2, "passphrase_unusable"),
    ],
)
def test_what_cannot_begin_an_archive_is_refused_and_leaves_nothing(tmp_path, arguments, exit_code, code):
    done = run("init", *arguments, "--json")
    assert (done.exit_code, done.answer["error"]["code"]) == (exit_code, code)
    assert not (tmp_path / "archive").exists()


def test_at_a_terminal_the_passphrase_is_asked_for_twice_and_never_shown(tmp_path):
    environment = os.environ | {"DMS_LANG": "en"}
    del environment["DMS_PASSPHRASE_FILE"]
    ours, theirs = pty.openpty()
    command = [sys.executable, "-c", "from dms.cli import main; main()", "init", "--json"]
    with subprocess.Popen(
        command, stdin=theirs, stdout=subprocess.PIPE, stderr=theirs, env=environment, cwd=Path(__file__).parents[3]
    ) as founding:
        os.close(theirs)
        seen = answered(ours, ["typed by hand\n", "typed by hand\n"])
        answer, _ = founding.communicate(timeout=60)
    os.close(ours)
    assert founding.returncode == 0
    assert "typed by hand" not in seen
    assert b"typed by hand" not in answer
    open_archive(tmp_path / "archive", "typed by hand").close()


def answered(terminal: int, answers: list[str]) -> str:
    """What the terminal showed while a person answered every question."""
    seen = ""
    for answer in answers:
        before = seen
        while not seen.endswith(": ") or seen == before:
            seen += os.read(terminal, 1000).decode()
        os.write(terminal, answer.encode())
    return seen


@pytest.mark.parametrize("arguments", [["--help"], ["-h"], ["init", "--help"], ["--version"]])
def test_help_and_version_need_no_archive(arguments, capsys):
    main(arguments)
    assert capsys.readouterr().out
