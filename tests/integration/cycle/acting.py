"""People who act through the interface of an installation, each by log-ins of his own account."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date
from pathlib import Path
from typing import Any, Final

import pytest
from attrs import define, evolve, field
from tests.integration.browser.driving import NEW_PASSWORD, token_of
from tests.integration.http.conftest import client_of
from tests.integration.http.province import SETTINGS

from adapters.crypto.passwords import Sm3PasswordHashes
from entrypoints.actors import operator
from entrypoints.container import FixedClock, demo_deposits, open_platform
from entrypoints.demo.settings import moment_of
from entrypoints.http.answering import COOKIE
from entrypoints.http.app import make_app
from entrypoints.organising import Organisation, set_up
from entrypoints.simulators.short_messages import (
    SEND,
    ShortMessage,
    SimulatedGateway,
    simulated_gateway,
)
from entrypoints.simulators.signatures import Signatures
from supervision_core.draws.ports import Draws
from supervision_core.draws.services.rounds import deposit_for
from supervision_core.kernel.canonical import sm3
from supervision_core.kernel.ports import Randomness

IDENTITY: Final = "/api/v1/identity"
_ROUNDS: Final = 1_000
"""Hashes are slow on purpose: what that costs is measured elsewhere."""
_LOGGED_OUT, _FORBIDDEN = 401, 403
_SECRET: Final = "a secret of test"  # noqa: S105 - of a partner that is played


@define
class Person:
    """Who has an account: logs in when he has no session, proves himself where that is asked."""

    at: "Place"
    account: str
    password: str
    id: str = ""
    token: str = ""

    def renew(self) -> None:
        """Change the first password for one of his own."""
        renewed = {"old": self.password, "new": NEW_PASSWORD}
        self._sent("PUT", f"{IDENTITY}/me/password", json=renewed)
        self.password, self.token = NEW_PASSWORD, ""

    def ask(self, method: str, path: str, body: object = None, **more: Any) -> Any:
        """Call the interface; give the response, whatever it is."""
        given = more if body is None else {"json": body, **more}
        answer = self._try(method, path, **given)
        if answer.status_code == _LOGGED_OUT:
            self.token = ""
            answer = self._try(method, path, **given)
        if answer.status_code == _FORBIDDEN and answer.json()["code"] == (
            "identity.step_up_required"
        ):
            proof = {"password": self.password}
            self._sent("POST", f"{IDENTITY}/me/step_ups", json=proof)
            answer = self._try(method, path, **given)
        return answer

    def call(self, method: str, path: str, body: object = None, **more: Any) -> Any:
        """Call the interface, which does it; give what it answers."""
        answer = self.ask(method, path, body, **more)
        assert answer.is_success, f"{self.account}: {method} {path}: {answer.text}"
        return answer.json() if answer.content else None

    def do(self, permission: str, **command: Any) -> Any:
        """Carry out a use case by its derived route; give the id of what is made, or the answer."""
        answer = self.call("POST", f"/api/v1/{permission.replace('.', '/')}", command)
        return answer.get("id", answer.get("answer", answer))

    def add(self, register: str, **content: Any) -> str:
        """Add an entry to a register; give its id."""
        return str(self.call("POST", f"/api/v1/{register}", {"content": content})["id"])

    def see(self, path: str, **asked: Any) -> Any:
        """Look something up."""
        return self.call("GET", f"/api/v1/{path}", params=asked)

    def refused(self, permission: str, **command: Any) -> str:
        """Try a use case, which is refused; give the code of the refusal."""
        answer = self.ask("POST", f"/api/v1/{permission.replace('.', '/')}", command)
        assert answer.is_client_error, answer.text
        return str(answer.json()["code"])

    def opened(self, path: str) -> Any:
        """Open a page as a browser does; give the response, wherever it leads."""
        self.see("identity/me")
        headers = {"cookie": f"{COOKIE}={self.token}"}
        return self.at.client.get(path, headers=headers, follow_redirects=False)

    def send(self, name: str, content: bytes) -> str:
        """Send a small file; give its id."""
        stated = {"name": name, "size": len(content), "sm3": sm3(content).hex()}
        file = self.call("POST", "/api/v1/files", stated)["id"]
        octets = {"content-type": "application/octet-stream"}
        self.call("PUT", f"/api/v1/files/{file}/pieces/0", content=content, headers=octets)
        return str(self.call("POST", f"/api/v1/files/{file}/finish")["id"])

    def _try(self, method: str, path: str, **given: Any) -> Any:
        if not self.token:
            self.token = token_of(self.at.client, self.account, self.password, self.at.sent)
        headers = {**given.pop("headers", {}), "authorization": f"Bearer {self.token}"}
        return self.at.client.request(method, path, headers=headers, **given)

    def _sent(self, method: str, path: str, **given: Any) -> None:
        answer = self._try(method, path, **given)
        assert answer.is_success, answer.text


@define
class Place:
    """An installation as its first start leaves it, on a clock that a story moves."""

    client: Any
    clock: FixedClock
    randomness: Randomness
    sent: list[ShortMessage]
    platform: Any
    administrators: tuple[Person, ...] = field(default=())

    def on(self, day: date, hour: int = 9) -> None:
        """Let this hour of a day come."""
        self.clock.put(moment_of(day, hour))


def deposit_of(place: Place, draw: str, department: str) -> dict[str, str]:
    """Give what a department deposits for a draw, as its browser makes it."""
    with place.platform.transactions.begin_looking() as unit:
        found = unit[Draws].get(draw)
    encryptor = place.platform.keys.algorithms.encryptor(found.keeper.public_key)
    nonce = place.randomness.token(32)
    made = deposit_for(encryptor, draw, found.round.label, department, nonce)
    return {"commitment": made.commitment.hex(), "sealed": made.sealed.hex()}


@contextmanager
def first_started(folder: Path, organisation: Organisation, day: date) -> Iterator[Place]:
    """Give an installation with nothing but what ``init`` makes, and its three administrators."""
    secret = folder / "partners.secret"
    secret.touch(0o600)
    secret.write_text(_SECRET, "utf-8")
    sent = list[ShortMessage]()
    clock = FixedClock(moment_of(day, 9))
    signatures = Signatures("supervision", _SECRET, lambda: clock.now().timestamp())
    gateway = SimulatedGateway(signatures, sent.append)
    with simulated_gateway(gateway) as messages:
        url = f"sqlite:///{folder / 'cycle.db'}"
        with pytest.MonkeyPatch.context() as environment:
            environment.setenv("SUPERVISION_SMS_URL", messages + SEND)
            environment.setenv("SUPERVISION_SMS_APPLICATION", "supervision")
            environment.setenv("SUPERVISION_SMS_SECRET", str(secret))
            environment.setenv("SUPERVISION_ADMINISTRATORS_BY_CERTIFICATE", "no")
            witness = demo_deposits(folder / "witness" / "key.hex")
            opened = open_platform(url, clock=clock, make_keys=True, deposits=witness)
        hashes = Sm3PasswordHashes(opened.randomness, rounds=_ROUNDS)
        platform = evolve(opened, log_ins=evolve(opened.log_ins, hashes=hashes))
        made = set_up(
            platform, organisation,
            actor=operator(), desk=None, folder=folder, advance=lambda _: None,
        )  # fmt: skip
        with client_of(make_app(platform, SETTINGS)) as client:
            place = Place(client, clock, platform.randomness, sent, platform)
            place.administrators = tuple(
                Person(place, one.account, one.secret) for one in made.first
            )
            for one in place.administrators:
                one.renew()
            yield place
        platform.engine.dispose()
