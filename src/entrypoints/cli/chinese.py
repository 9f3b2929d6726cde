"""Click's own words in Chinese, whatever language the machine is set to."""

from collections.abc import Mapping
from typing import Final

import rich_click as click
from click import core, decorators, exceptions, formatting, parser, termui, types

_SPEAKERS = (core, decorators, exceptions, formatting, parser, termui, types)

USAGE_WORDS: Final[Mapping[str, str]] = {
    "Aborted!": "已中止。",
    "Missing command.": "没有写明命令。",
    "Got unexpected extra argument ({args})": "多余的参数：{args}",
    "Value must be an iterable.": "须是多个值。",
    "Takes {nargs} values but 1 was given.": "须给出 {nargs} 个值，只有 1 个。",
    "env var: {var}": "环境变量：{var}",
    "default: {default}": "默认：{default}",
    "required": "必填",
    "(dynamic)": "（运行时确定）",
    "Did you mean {possibility}?": "您要的是不是 {possibility}？",
    "Error: {message}": "错误：{message}",
    "Try '{command} {option}' for help.": "用 {command} {option} 看说明。",
    "Invalid value: {message}": "值不正确：{message}",
    "Invalid value for {param_hint}: {message}": "{param_hint} 的值不正确：{message}",
    "Missing argument": "缺少参数",
    "Missing option": "缺少选项",
    "Missing parameter": "缺少参数",
    "Missing {param_type}": "缺少参数",
    "Missing parameter: {param_name}": "缺少参数：{param_name}",
    "No such option {name!r}.": "没有选项“{name}”。",
    "No such command {name!r}.": "没有命令“{name}”。",
    "unknown error": "原因不明",
    "Could not open file {filename!r}: {message}": "文件“{filename}”不能打开：{message}",
    "Usage:": "用法：",
    "Invalid start character for option ({option})": "选项的写法不正确：{option}",
    "Argument {name!r} takes {nargs} values.": "参数“{name}”须有 {nargs} 个值。",
    "Option {name!r} does not take a value.": "选项“{name}”不带值。",
    "Option {name!r} requires an argument.": "选项“{name}”后面须有值。",
    "Option {name!r} requires {nargs} arguments.": "选项“{name}”后面须有 {nargs} 个值。",
    "Repeat for confirmation": "请再输入一次",
    "Error: The two entered values do not match.": "两次输入不一致。",
    "Error: invalid input": "输入不正确。",
    "Choose from:\n\t{choices}": "可用：{choices}",
    "{value!r} is not {choice}.": "“{value}”不可用，只能是 {choice}。",
    "{value!r} is not one of {choices}.": "“{value}”不可用，只能是：{choices}。",
    "{value!r} does not match the format {format}.": "“{value}”的写法应为 {format}。",
    "{value!r} does not match the formats {formats}.": "“{value}”的写法应为：{formats}。",
    "{value!r} is not a valid {number_type}.": "“{value}”不是这里可用的数字。",
    "{value} is not in the range {range}.": "{value} 超出范围 {range}。",
    "{value!r} is not a valid boolean. Recognized values: {states}": (
        "“{value}”应为是或否，可用：{states}"
    ),
    "{value!r} is not a valid UUID.": "“{value}”不是 UUID。",
    "file": "文件",
    "directory": "文件夹",
    "path": "路径",
    "{name} {filename!r} does not exist.": "{name}“{filename}”不存在。",
    "{name} {filename!r} is a file.": "{name}“{filename}”是文件，不是文件夹。",
    "{name} {filename!r} is a directory.": "{name}“{filename}”是文件夹，不是文件。",
    "{name} {filename!r} is not readable.": "{name}“{filename}”没有读取权限。",
    "{name} {filename!r} is not writable.": "{name}“{filename}”没有写入权限。",
    "{name} {filename!r} is not executable.": "{name}“{filename}”没有执行权限。",
    "{len_type} values are required, but {len_value} was given.": (
        "须给出 {len_type} 个值，只有 {len_value} 个。"
    ),
}
"""By the English that click asks ``gettext`` for; of plurals by the singular too."""


class ChineseHelp(click.RichHelpFormatter):
    """Help whose first line is Chinese too: rich-click asks no catalogue for it."""

    def write_usage(self, prog: str, args: str = "", prefix: str | None = None) -> None:
        """Write how a command is called."""
        args = args.replace("[OPTIONS]", "[选项]").replace("COMMAND [ARGS]...", "命令 [参数]…")
        super().write_usage(prog, args, prefix or "用法：")


def speak_chinese() -> None:
    """Let click look its words up here instead of in the catalogues of the machine."""
    for module in _SPEAKERS:
        vars(module)["_"] = _text
        vars(module)["ngettext"] = _counted
    click.RichContext.formatter_class = ChineseHelp
    settings = click.rich_click
    settings.OPTIONS_PANEL_TITLE = "选项"
    settings.ARGUMENTS_PANEL_TITLE = "参数"
    settings.COMMANDS_PANEL_TITLE = "命令"
    settings.ERRORS_PANEL_TITLE = "用法有误"
    settings.ERRORS_SUGGESTION = "加上 --help 看说明。"
    settings.DEFAULT_STRING = "[默认：{}]"
    settings.ENVVAR_STRING = "[环境变量：{}]"
    settings.REQUIRED_LONG_STRING = "[必填]"


def _text(said: str) -> str:
    return USAGE_WORDS.get(said, said)


def _counted(one: str, several: str, count: int) -> str:
    return USAGE_WORDS.get(one if count == 1 else several) or _text(one)
