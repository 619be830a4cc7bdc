"""Typer's and Click's own words in Chinese: panel titles, the help option, usage errors."""

from __future__ import annotations

import click
import typer.rich_utils as typer_words

typer_words.OPTIONS_PANEL_TITLE = "选项"
typer_words.ARGUMENTS_PANEL_TITLE = "参数"
typer_words.COMMANDS_PANEL_TITLE = "命令"
typer_words.DEFAULT_STRING = "[默认：{}]"
typer_words.REQUIRED_LONG_STRING = "[必填]"
typer_words.ERRORS_PANEL_TITLE = "错误"


def usage_error(error: click.UsageError) -> str:
    """The Chinese sentence for a usage error, with what to do."""
    help_hint = "用法见 huizong --help。"
    if error.ctx is not None and error.ctx.command_path != "huizong":
        help_hint = f"用法见 {error.ctx.command_path} --help。"
    if isinstance(error, click.NoSuchOption):
        near = f"是不是 {'、'.join(error.possibilities)}？" if error.possibilities else ""
        return f"没有 {error.option_name} 这个选项。{near}{help_hint}"
    if isinstance(error, click.MissingParameter) and error.param is not None:
        name = error.param.metavar or "/".join(error.param.opts)
        return f"缺少{'参数' if error.param.param_type_name == 'argument' else '选项'} {name}。{help_hint}"
    if isinstance(error, click.BadParameter) and error.param is not None:
        return f"{'/'.join(error.param.opts)} 的值不对：{error.message}。{help_hint}"
    if "No such command" in error.message:
        return f"没有“{error.message.split(chr(39))[1]}”这个命令。{help_hint}"
    return f"命令写法不对：{error.message}。{help_hint}"
