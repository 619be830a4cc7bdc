"""Typer's own words in Chinese: panel titles, the line of usage, the help option, usage errors."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any

import typer
from typer.core import TyperCommand, TyperGroup

# The class of all usage errors. Older Typers take it from Click, newer ones carry their own copy; both give this one its child.
UsageError: type[Exception] = typer.BadParameter.__mro__[1]


def _speak_chinese() -> None:
    """Typer's titles and defaults in Chinese, long lines folded. Called when help is asked for: the module brings all of Rich with it."""
    from rich.columns import Columns
    from rich.table import Table
    from rich.text import Text
    from typer import rich_utils as words

    # Chinese has no blanks to break a line at: what does not fit would be cut off.
    def folded(items: Iterable[Any]) -> Iterator[Any]:
        for item in items:
            if isinstance(item, Text):
                item.overflow = "fold"
            yield item

    class Folded(Table):
        def add_row(self, *cells: Any, **more: Any) -> None:
            super().add_row(*folded(cells), **more)

    words.Columns = lambda items: Columns(list(folded(items)))  # type: ignore[assignment,attr-defined,misc,unused-ignore]
    words.Table = Folded  # type: ignore[assignment,attr-defined,misc,unused-ignore]
    words.OPTIONS_PANEL_TITLE = "选项"
    words.ARGUMENTS_PANEL_TITLE = "参数"
    words.COMMANDS_PANEL_TITLE = "命令"
    words.DEFAULT_STRING = "[默认：{}]"
    words.REQUIRED_LONG_STRING = "[必填]"
    words.ERRORS_PANEL_TITLE = "错误"


def _usage(words: str) -> str:
    for english, chinese in (("Usage:", "用法："), ("[OPTIONS]", "[选项]"), ("COMMAND [ARGS]...", "命令 …")):
        words = words.replace(english, chinese)
    return words


class ChineseCommand(TyperCommand):
    """A command whose usage line and help option speak Chinese."""

    def get_usage(self, ctx: Any) -> str:
        """The line of usage."""
        return _usage(super().get_usage(ctx))

    def format_help(self, ctx: Any, formatter: Any) -> None:
        """The whole help."""
        _speak_chinese()
        super().format_help(ctx, formatter)

    def get_help_option(self, ctx: Any) -> Any:
        """The option --help."""
        return _help_option(super().get_help_option(ctx))


class ChineseGroup(TyperGroup):
    """The same for the group of all commands."""

    def get_usage(self, ctx: Any) -> str:
        """The line of usage."""
        return _usage(super().get_usage(ctx))

    def format_help(self, ctx: Any, formatter: Any) -> None:
        """The whole help."""
        _speak_chinese()
        super().format_help(ctx, formatter)

    def get_help_option(self, ctx: Any) -> Any:
        """The option --help."""
        return _help_option(super().get_help_option(ctx))


def _help_option(option: Any) -> Any:
    if option is not None:
        option.help = "显示用法。"
    return option


def usage_error(error: Exception) -> str:
    """The Chinese sentence for a usage error, with what to do."""
    context, param = getattr(error, "ctx", None), getattr(error, "param", None)
    message = str(getattr(error, "message", error))
    hint = f"用法见 {context.command_path if context else 'huizong'} --help。"
    kind = type(error).__name__
    if kind == "NoSuchOption":
        near = getattr(error, "possibilities", None)
        return f"没有 {getattr(error, 'option_name', '')} 这个选项。{f'是不是 {near[0]}？' if near else ''}{hint}"
    if kind == "MissingParameter" and param is not None:
        name = param.metavar or "/".join(param.opts)
        return f"缺少{'参数' if param.param_type_name == 'argument' else '选项'} {name}。{hint}"
    if kind == "BadParameter" and param is not None:
        return f"{'/'.join(param.opts)} 的值不对（{message}）。{hint}"
    if "No such command" in message:
        return f"没有“{message.split(chr(39))[1]}”这个命令。{hint}"
    return f"命令写法不对（{message}）。{hint}"
