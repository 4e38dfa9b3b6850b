"""What a person is told who mistyped a command, or stopped it."""

import json
import os
import signal
import subprocess
import sys
from pathlib import Path

import pytest
from simulators.command_line import run


@pytest.mark.parametrize(
    ("words", "zh"),
    [
        (("bogus",), "命令写法不对"),
        (("init", "--suite", "des"), "--suite' 的值不可用"),
        (("verify", "--fulll"), "没有选项“--fulll”"),
        (("restore",), "缺少参数 'DIR'"),
        (("repair", "--passphrase-file"), "选项“--passphrase-file”用法不对"),
        (("repair",), "请说明要修复什么"),
        (("backup",), "请给出备份位置"),
    ],
)
def test_a_mistyped_command_is_told_in_chinese_and_with_json_in_both_languages(
    words: tuple[str, ...], zh: str, monkeypatch: pytest.MonkeyPatch
):
    monkeypatch.setenv("DMS_LANG", "zh")
    refused = run(*words)
    assert refused.exit_code == 2
    assert zh in refused.messages
    told = run(*words[:1], "--json", *words[1:])
    assert told.exit_code == 2
    assert told.answer["error"]["code"] == "usage"
    assert told.answer["error"]["message"] == told.answer["error"]["message_zh"] != told.answer["error"]["message_en"]


AT_A_TERMINAL = "import signal; signal.signal(signal.SIGINT, signal.default_int_handler)"
"""A shell starts what it runs in the background deaf to Ctrl+C, and whatever that starts inherits it."""


def test_a_command_that_is_stopped_says_so_to_people_and_to_programs(tmp_path: Path):
    pipe = tmp_path / "pipe"
    os.mkfifo(pipe)
    words = ["keys", "list", "--json", "--home", str(tmp_path), "--passphrase-file", str(pipe)]
    with subprocess.Popen(
        [sys.executable, "-c", f"{AT_A_TERMINAL}; from dms.cli import main; main()", *words],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        env=os.environ | {"DMS_LANG": "en"},
    ) as command:
        held = os.open(pipe, os.O_WRONLY)  # returns once the command waits for its passphrase
        try:
            command.send_signal(signal.SIGINT)
            output, messages = command.communicate(timeout=60)
        finally:
            command.kill()
            os.close(held)
    assert command.returncode == 130
    assert json.loads(output)["error"]["code"] == "interrupted"
    assert b"Stopped." in messages


def test_a_command_starts_without_the_web_application():
    told = "import sys, dms.cli; print([name for name in ('flask', 'jinja2', 'dms.web') if name in sys.modules])"
    loaded = subprocess.run([sys.executable, "-c", told], capture_output=True, text=True, check=True)
    assert loaded.stdout == "[]\n"


ONE_COMMAND = """
import atexit, gc, sys
from dms.starting import main
atexit.register(lambda: print(gc.isenabled()))
sys.argv = ["dms", "--help"]
main()
"""


def test_the_garbage_collector_waits_only_while_the_program_is_loaded():
    said = subprocess.run([sys.executable, "-c", ONE_COMMAND], capture_output=True, text=True, check=True).stdout
    assert "verify" in said
    assert said.splitlines()[-1] == "True"
