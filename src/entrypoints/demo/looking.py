"""A finished demo in the browser: its people get passwords, codes are told on the screen."""

import multiprocessing
import os
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import ClassVar, Final

from attrs import define, field, frozen

from entrypoints.actors import operator
from entrypoints.cli.working import worker
from entrypoints.container import Platform, end_with_parent
from entrypoints.demo.office import ORGANISATION
from entrypoints.demo.running import MARK, SUMMARY
from entrypoints.simulators.short_messages import (
    SEND,
    ShortMessage,
    SimulatedGateway,
    simulated_gateway,
)
from entrypoints.simulators.signatures import Signatures
from supervision_core.identity.lists import USERS
from supervision_core.identity.model import User
from supervision_core.identity.ports import Users
from supervision_core.identity.services.users import ChangeContact, change_contact
from supervision_core.kernel.errors import Refused, Violation
from supervision_core.kernel.listing import ListFilter, Lists
from supervision_core.kernel.paging import PageRequest
from supervision_core.kernel.ports import UnitOfWork
from supervision_core.tasks.lists import VISITS
from supervision_core.tasks.ports import Visits

_OF_ONE: Final = (
    *ORGANISATION.accounts, "office.manager", "office.scenes", "leader.01", "task.01", "clerk.01",
)  # fmt: skip
_OF_MANY: Final = ("qy.",)
"""How the accounts begin of which one is shown: those of firms."""


@define(eq=False)
class DemoMissing(Refused):
    """The folder holds no finished demo."""

    code: ClassVar[str] = "demo.missing"


@frozen(kw_only=True)
class Visitor:
    """With which account to look, and the password that lets in only to be changed."""

    account: str
    name: str
    password: str = field(repr=False)


def database_of(folder: Path) -> Path:
    """Give the database of a finished demo. Raises ``DemoMissing``."""
    database = folder / "supervision.db"
    if not all(one.is_file() for one in (folder / MARK, folder / SUMMARY, database)):
        raise DemoMissing((Violation(DemoMissing.code, data={"folder": str(folder)}),))
    return database


def visitors(platform: Platform) -> Iterator[Visitor]:
    """Let the operator give one account of each role a phone and a temporary password."""
    for place, user in enumerate(_shown(platform), 1):
        account = user.draft.account.account
        if not user.draft.account.phone:
            platform.commands.run(
                change_contact,
                ChangeContact(user_id=user.id, phone=f"199000001{place:02}"),
                actor=operator(),
                key=f"demo/phone/{account}",
            )
        password = platform.log_ins.issue_password(user.id, actor=operator())
        yield Visitor(account=account, name=user.draft.person.name, password=password)


def _shown(platform: Platform) -> list[User]:
    with platform.transactions.begin_reading() as unit:
        named = (unit[Users].find_by_account(account) for account in _OF_ONE)
        pages = (
            unit[Lists].page(USERS, ListFilter(asked={"text": start}), PageRequest(size=1))
            for start in _OF_MANY
        )
        of_many = [unit[Users].get(row.id) for page in pages for row in page.items]
        return [*filter(None, named), *filter(None, _sent_out(unit)), *of_many]


def _sent_out(unit: UnitOfWork) -> Iterator[User | None]:
    """Give an officer who has a visit to do."""
    opened = unit[Lists].page(VISITS, ListFilter(asked={"open": True}), PageRequest(size=1))
    for row in opened.items:
        officer = unit[Visits].get(row.id).officers[0].id
        yield unit[Users].find_by_account(f"zf.{officer}")


@contextmanager
def short_messages(folder: Path, show: Callable[[ShortMessage], None]) -> Iterator[None]:
    """Play the gateway of short messages for what this process serves from a demo's folder."""
    secret = folder / "sms.secret"
    secret.touch(mode=0o600)
    secret.write_text("simulated", encoding="utf-8")
    simulated = SimulatedGateway(Signatures("supervision", "simulated"), show)
    with simulated_gateway(simulated) as address:
        os.environ |= {
            "SUPERVISION_SMS_URL": address + SEND,
            "SUPERVISION_SMS_APPLICATION": "supervision",
            "SUPERVISION_SMS_SECRET": str(secret),
            "SUPERVISION_ADMINISTRATORS_BY_CERTIFICATE": "no",
        }
        yield


@contextmanager
def worker_beside(url: str, log: Path) -> Iterator[None]:
    """Run the worker beside what this process serves."""
    beside = multiprocessing.get_context("spawn").Process(target=_work, args=(url, log))
    beside.start()
    try:
        yield
    finally:
        beside.terminate()
        beside.join()


def _work(url: str, log: Path) -> None:
    end_with_parent()
    with log.open("ab") as out:
        for stream in (sys.stdout, sys.stderr):
            os.dup2(out.fileno(), stream.fileno())
    worker(("--database", url))
