"""No test: a platform with accounts of the roles that ``SUPERVISION_LOOK`` names, to look at.

``SUPERVISION_LOOK=clerk,officer pytest -s tests/integration/browser/look.py`` says where it is and
how each account logs in, and goes on saying which codes came to phones, until Ctrl+C.
"""

import os
import time

import click
import pytest

from .driving import NEW_PASSWORD, Installation
from .staff import Staff

LOOK = "SUPERVISION_LOOK"


@pytest.mark.skipif(LOOK not in os.environ, reason=f"{LOOK} names no roles")
def test_look(installation: Installation, staff: Staff) -> None:
    """Everything is played by simulators; what is made is gone afterwards."""
    click.echo(f"\n{installation.url}/gov")
    for role in os.environ[LOOK].split(","):
        account = staff.hire(role.strip())
        staff.enter(account)
        click.echo(f"{role}: {account} {NEW_PASSWORD}")
    seen = len(installation.sent)
    while True:
        for one in installation.sent[seen:]:
            click.echo(f"短信验证码：{one.code}")
        seen = len(installation.sent)
        time.sleep(1)
