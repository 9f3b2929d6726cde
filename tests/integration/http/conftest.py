"""The HTTP surface over a small province in memory."""

from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from copy import deepcopy
from datetime import timedelta
from http.cookiejar import DefaultCookiePolicy
from time import monotonic
from typing import Any

import pytest
from attrs import define, evolve, field
from httpx import Response
from litestar.testing import TestClient

from adapters.calendar import ChineseCalendars
from adapters.collation import HanCollation
from adapters.memory.ports import memory_transactions
from adapters.memory.unit import MemoryOutbox, MemoryStore
from entrypoints.catalogue import InstalledPermissions
from entrypoints.container import Platform, open_platform
from entrypoints.container.files import INSTALLED_KINDS
from entrypoints.http.api.tables import XLSX
from entrypoints.http.app import HttpApp, make_app
from entrypoints.http.routes import OCTETS
from entrypoints.receivers import receivers
from supervision_core.audit.model import AuditEntry
from supervision_core.files.ports import VisibleKinds
from supervision_core.identity.model import GrantSheet, HolderKind
from supervision_core.identity.model.access import sheet_id
from supervision_core.identity.ports import (
    AccessEpoch,
    Collation,
    GrantSheets,
    PermissionCatalogue,
    Sessions,
)
from supervision_core.identity.services import lists, registers
from supervision_core.identity.services.relaying import Relay
from supervision_core.kernel.calendar import Calendars
from supervision_core.kernel.canonical import sm3
from supervision_core.kernel.listing import ListQuery
from supervision_core.kernel.registers import Register
from supervision_core.kernel.scan_codes import ScanCodes

from .browsing import Browser, entered
from .province import HOST, SETTINGS, Province, populate


@pytest.fixture(scope="session")
def bare_platform(tmp_path_factory: pytest.TempPathFactory) -> Platform:
    """Give a platform over an empty database: its catalogue, clock and chance."""
    return open_platform(f"sqlite:///{tmp_path_factory.mktemp('http') / 'bare.db'}")


_FRESH = 120
"""Seconds after which sessions are renewed: a proof of identity is good for five minutes."""


@define
class Surface:
    """The surface, its province, and a client for it."""

    app: HttpApp
    province: Province
    store: MemoryStore
    client: TestClient[Any]
    _kept: dict[str, dict[str, str]] = field(factory=dict)
    _remembered_at: float = 0

    def call(
        self, user: str, method: str, path: str, *, body: object = None, **headers: str
    ) -> Response:
        """Call as ``user``, empty for nobody; ``body`` goes as JSON, bytes as they are."""
        sent = {name.replace("_", "-"): value for name, value in headers.items()}
        if user:
            sent["authorization"] = f"Bearer {self.province.tokens[user]}"
        given: Any = {} if body is None else {"json": body}
        if isinstance(body, bytes):
            given = {"content": body}
            sent.setdefault("content-type", XLSX if body.startswith(b"PK") else OCTETS)
        return self.client.request(method, path, headers=sent, **given)

    def audited(self) -> list[AuditEntry]:
        """Give the audit rows there are."""
        return [row.entry for row in self.store.audit]

    def age(self, user: str, **back: float) -> None:
        """Let the session of ``user`` be older than it is."""
        then = self.province.platform.clock.now() - timedelta(**back)
        with self.province.platform.transactions.begin() as unit:
            session = unit[Sessions].get(sm3(self.province.tokens[user].encode()).hex())
            session._seen_at, session._started_at, session._stepped_up_at = then, then, then
            unit[Sessions].save(session)
            unit.commit()

    def let(self, user: str, *permissions: str) -> None:
        """Let ``user`` do this too."""
        now = self.province.platform.clock.now()
        with self._held_by(user) as held:
            for one in permissions:
                held.grant(one, passable=False, by="test", at=now)

    def forbid(self, user: str, permission: str) -> None:
        """Let ``user`` do this no more."""
        with self._held_by(user) as held:
            held.revoke(permission, at=self.province.platform.clock.now())

    @contextmanager
    def _held_by(self, user: str) -> Iterator[GrantSheet]:
        platform = self.province.platform
        with platform.transactions.begin() as unit:
            held = unit[GrantSheets].get(sheet_id(HolderKind.USER, user))
            yield held
            unit[GrantSheets].save(held)
            unit[AccessEpoch].advance()
            unit.commit()
        platform.log_ins.actors._kept.clear()

    def relay(self) -> None:
        """Hand what happened to its receivers, as the worker does."""
        platform = self.province.platform
        Relay(
            transactions=platform.transactions,
            outbox=MemoryOutbox(self.store),
            receivers=receivers(platform.commands),
            clock=platform.clock,
            ids=platform.ids,
        ).run()

    def remember(self) -> None:
        """Remember what is stored, and when."""
        self._kept = deepcopy(self.store.texts)
        self._remembered_at = monotonic()

    def restore(self) -> None:
        """Store again what was remembered; forget audit rows, what they said, events, who acted."""
        self.province.platform.log_ins.actors._kept.clear()
        self.store.texts = deepcopy(self._kept)
        self.store.audit.clear()
        self.store.known = MemoryStore().known
        self.store.outbox.clear()
        if monotonic() - self._remembered_at > _FRESH:
            for user in self.province.tokens:
                self.age(user)
            self.remember()


def opened(platform: Platform, **changes: Any) -> tuple[HttpApp, Province, MemoryStore]:
    """Give a fresh province behind a fresh surface; ``changes`` are to its settings."""
    store = MemoryStore()
    transactions = memory_transactions(
        store,
        {
            PermissionCatalogue: lambda _: InstalledPermissions(),
            Calendars: lambda _: ChineseCalendars(),
            Collation: lambda _: HanCollation(),
            VisibleKinds: lambda _: INSTALLED_KINDS,
            ScanCodes: lambda _: platform.codes,
        },
    )
    province = populate(platform, transactions=transactions)
    return make_app(province.platform, evolve(SETTINGS, **changes)), province, store


def client_of(app: HttpApp) -> TestClient[Any]:
    """Give a client that speaks to ``app`` by its proper name and keeps no cookies."""
    asgi: Any = app
    client: TestClient[Any] = TestClient(asgi, base_url=f"https://{HOST}")
    client.cookies.jar.set_policy(DefaultCookiePolicy(allowed_domains=[]))
    return client


@pytest.fixture(scope="session")
def shared(bare_platform: Platform) -> Iterator[Surface]:
    """Give one surface for all tests, which remembers how it began."""
    app, province, store = opened(bare_platform)
    with client_of(app) as client:
        made = Surface(app, province, store, client)
        made.remember()
        yield made


@pytest.fixture(scope="session")
def whole(bare_platform: Platform) -> Iterator[Surface]:
    """Give the surface of a province in which there is one of everything, for all tests."""
    from .furnished import furnished  # noqa: PLC0415 - it needs what stands here

    yield from furnished(bare_platform)


@pytest.fixture(autouse=True)
def organisation_set(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let the existing platform's organisation be set; nothing here calls it."""
    monkeypatch.setenv("SUPERVISION_ORGANISATION_URL", "https://organisation.example.cn")


@pytest.fixture
def surface(shared: Surface) -> Surface:
    """Give the surface as it was in the beginning."""
    shared.restore()
    return shared


ClerkOf = Callable[..., Browser]
"""``clerk_of(STAMPS, TEAMS, user="nobody")``: registers, lists, and the user (``system``)."""


@pytest.fixture
def clerk_of(surface: Surface) -> ClerkOf:
    """Give what gives the browser of who may do everything with some registers and lists."""

    def entering(*described: Register[Any] | ListQuery[Any], user: str = "system") -> Browser:
        for one in described:
            cases = (
                registers.cases_of(one).all.values()
                if isinstance(one, Register)
                else lists.cases_of(one).all
            )
            looks = () if isinstance(one, Register) else (lists.cases_of(one).view.permission,)
            surface.let(user, *(case.permission for case in cases), *looks)
        return entered(surface, user)

    return entering


@pytest.fixture
def browser(surface: Surface) -> Browser:
    """Give a browser before anybody has logged in."""
    return Browser(surface)


def without_ids(response: Response) -> tuple[int, bytes, Mapping[str, str]]:
    """Give what two answers are compared by: all but the id of the request."""
    headers = {k: v for k, v in response.headers.items() if k not in {"x-request-id", "date"}}
    return response.status_code, response.content, headers
