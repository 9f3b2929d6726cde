"""``supervision settings``: what can be set, what it is for, and what holds now."""

import os

import attrs
import rich_click as click

from entrypoints.cli.framing import options, speaking
from entrypoints.settings import Settings, variable
from supervision_core.kernel.canonical import Json


@click.command(help="列出全部设置（环境变量）：用途、当前值、是否为默认值；机密只说明有没有设置。")
@options
def settings(*, as_json: bool) -> None:
    """List the settings."""
    with speaking(as_json=as_json) as console:
        found = Settings.from_environment(os.environ)
        rows: list[dict[str, Json]] = [
            {
                "name": variable(one.name),
                "title": str(one.metadata["title"]),
                "value": _shown(getattr(found, one.name), secret=one.metadata["secret"]),
                "set": bool(os.environ.get(variable(one.name), "").strip()),
            }
            for one in attrs.fields(Settings)
        ]
        lines = []
        for row in rows:
            lines += [
                f"{row['name']} = {row['value'] or '（空）'}{'' if row['set'] else '  [默认]'}",
                f"    {row['title']}",
            ]
        console.answer({"settings": rows}, lines)


def _shown(value: object, *, secret: bool) -> str:
    if secret:
        return "***" if value else ""
    if isinstance(value, bool):
        return "yes" if value else "no"
    return ",".join(map(str, value)) if isinstance(value, tuple) else str(value)
