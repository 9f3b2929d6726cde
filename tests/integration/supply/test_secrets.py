"""Matrix row 26: no secret lies in the tree, or ever lay in its history."""

import subprocess
from collections.abc import Iterator
from pathlib import Path

import pytest
from tests.integration.supply.secrets_scan import secrets_in

ROOT = Path(__file__).parents[3]
PUBLISHED = "tests/vectors/"
"""Keys of standards and of examples, made to be published; their files say where from."""
KNOWN: frozenset[str] = frozenset()
"""What only looks like a secret, each with its reason."""


def _git(*words: str) -> str:
    done = subprocess.run(  # noqa: S603 - our own words
        ["git", "-C", str(ROOT), *words],  # noqa: S607 - the git of whoever runs this
        check=True,
        capture_output=True,
    )
    return done.stdout.decode("utf-8", "replace")


def _tree() -> Iterator[tuple[str, str]]:
    for name in _git("ls-files", "-co", "--exclude-standard").splitlines():
        path = ROOT / name
        if path.is_file() and not name.startswith(PUBLISHED):
            yield name, path.read_bytes().decode("utf-8", "replace")


def test_no_secret_lies_in_the_tree() -> None:
    """Every file that is committed, or about to be."""
    found = {
        f"{name}: {one}" for name, text in _tree() for one in secrets_in(text) if one not in KNOWN
    }
    assert found == set()


@pytest.mark.slow
def test_no_secret_lies_in_the_history() -> None:
    """Every line that was ever added: what was committed once is known to all who have a copy."""
    added = _git("log", "-p", "-U0", "--no-color", "--all", "--", ".", f":!{PUBLISHED}")
    assert added.count("\ndiff --git") > 100
    text = "\n".join(line[1:] for line in added.splitlines() if line.startswith("+"))
    assert {one for one in secrets_in(text) if one not in KNOWN} == set()


HEX = "6b1f0c9d" + "2e7a4583" * 2 + "d0c4b6a9" + "9f31e275" * 2 + "7c58a0de" + "13f6b24c"


@pytest.mark.parametrize(
    "planted",
    [
        "-----BEGIN PRIVATE" + " KEY-----\nMIGHAgEAMBMGByqGSM49AgEGCCqBHM9V",
        "-----BEGIN EC PRIVATE" + " KEY-----\nMHcCAQEEIIrYSSNQFaA2Hwf1duRS",
        "AKIA" + "IOSFODNN7EXAMPLE",
        "ghp" + "_16C7e42F292c6912E7710c838347Ae178B4a",
        "postgresql://platform:" + "Xk29vbQ7t@db/supervision",
        f'SM2_KEY = "{HEX}"',
        f'private_key = bytes.fromhex("{HEX}")',
        f'"d": "{HEX}"',
        'API_TOKEN: "' + "dGhpcyBpcyBub3QgYSBzZWNyZXQ5" + '"',
    ],
    ids=["pem", "ec-pem", "aws", "github", "address", "sm2", "sm2-bytes", "sm2-d", "token"],
)
def test_a_planted_secret_is_found(planted: str) -> None:
    """The control: each kind would be found."""
    assert list(secrets_in(f"before\n{planted}\nafter")) != []


def test_what_is_no_secret_is_left_alone() -> None:
    """Names of settings and words are none: a scan that cries wolf is soon switched off."""
    for plain in (
        'SECRET_FILE = "sms_secret_of_the_platform"',
        'password = "Correct-horse-7"',
        "postgresql+psycopg://user:***@host/name",
        "-----BEGIN CERTIFICATE-----\nMIIBszCCAVegAwIBAgIIaeL",
    ):
        assert list(secrets_in(plain)) == []
