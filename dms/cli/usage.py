"""What was mistyped at the command line, said in both languages; the library that notices it knows English only."""

import click

from dms.errors import Bilingual


class Misused(click.UsageError):
    """A usage that only we can see is wrong."""

    def __init__(self, said: Bilingual) -> None:
        super().__init__(said.en)
        self.said = said


def usage_told(error: click.ClickException) -> Bilingual:
    """What is wrong with the words of a command."""
    en = error.format_message()
    match error:
        case Misused():
            return error.said
        case click.NoSuchOption():
            return Bilingual(f"没有选项“{error.option_name}”。", en)
        case click.MissingParameter():
            return Bilingual(f"缺少{_named(error)}。", en)
        case click.BadParameter():
            return Bilingual(f"{_named(error)} 的值不可用：{error.message}", en)
        case click.BadOptionUsage():
            return Bilingual(f"选项“{error.option_name}”用法不对：{error.message}", en)
        case _:
            return Bilingual(f"命令写法不对：{en}", en)


def usage_hint(error: click.ClickException) -> Bilingual:
    """Where to read how the command is written; empty where no command was reached."""
    context = error.ctx if isinstance(error, click.UsageError) else None
    if context is None:
        return Bilingual("", "")
    path = context.command_path
    return Bilingual(f"用法见 {path} --help。", f"See {path} --help.")


def _named(error: click.BadParameter) -> str:
    name = error.param_hint or (error.param.get_error_hint(error.ctx) if error.param and error.ctx else "")
    kind = "参数" if isinstance(error.param, click.Argument) else "选项"
    words = name if isinstance(name, str) else " / ".join(name)
    return f"{kind} {words}"
