"""Passphrases of private keys in files: typed at the terminal, or read from a file."""

from collections.abc import Callable
from pathlib import Path

import rich_click as click

Callback = Callable[..., None]


def passphrase_option(function: Callback) -> Callback:
    """Add ``--passphrase-file``."""
    return click.option(
        "--passphrase-file",
        type=click.Path(exists=True, dir_okay=False, path_type=Path),
        help="存放私钥口令的文件（权限0600）；不填则在终端输入。",
    )(function)


def passphrase_of(file: Path | None, *, confirm: bool = False) -> str:
    """Read the passphrase, or ask for it."""
    if file is not None:
        return file.read_text("utf-8").strip()
    return str(click.prompt("私钥口令", hide_input=True, err=True, confirmation_prompt=confirm))
