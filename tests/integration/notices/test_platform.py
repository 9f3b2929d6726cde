"""The adapter of 统一消息 over real HTTP, and the worker that uses it."""

import json
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from attrs import evolve
from sqlalchemy import Engine
from tests.eventually import PATIENCE

from adapters.crypto.providers import OpensslAlgorithms
from adapters.system import SystemClock, SystemRandomness
from adapters.zhiguitong.calling import Caller
from adapters.zhiguitong.notices import PlatformNotices
from adapters.zhiguitong.signing import Signing
from entrypoints.actors import operator
from entrypoints.container import open_platform
from entrypoints.simulators.notices import BASE, SimulatedNotices, simulated_notices
from entrypoints.simulators.serving import Asked, Told, served
from entrypoints.simulators.short_messages import (
    SEND,
    ShortMessage,
    SimulatedGateway,
    simulated_gateway,
)
from entrypoints.simulators.signatures import Signatures
from entrypoints.worker.telling import telling
from supervision_core.identity.model import IdentityChange, SignOnRecord, User
from supervision_core.identity.ports import Users
from supervision_core.identity.services.frame import Work
from supervision_core.identity.services.notices import (
    ListNotices,
    SendNotice,
    list_notices,
    send_notice,
)
from supervision_core.identity.services.phone_notices import tell_old_phone
from supervision_core.testing.identity import NOON, full_draft
from supervision_core.testing.notices import NoticePartner, NoticeServiceContract

SECRET = "a secret of tests"  # noqa: S105 - of a partner that is played
WORDS = {None: "sending", True: "delivered", False: "failed"}


def _changed(told: Told, change: Callable[[dict[str, Any]], object]) -> Told:
    answer = json.loads(told.body)
    change(answer)
    return Told.json(answer)


FAULTS: dict[str, Callable[[Told], Told]] = {
    "huge": lambda _: Told.json({"flag": "1", "data": {"receipt": "x" * 200_000}}),
    "redirect": lambda _: Told.redirect("/elsewhere"),
    "html": lambda told: evolve(told, kind="text/html"),
    "nonsense": lambda told: evolve(told, body=b"{"),
    "error": lambda told: evolve(told, status=500),
    "no_data": lambda told: _changed(told, lambda one: one.update(data=None)),
    "empty": lambda told: _changed(told, lambda one: one.update(data={})),
    "other": lambda told: _changed(
        told, lambda one: one.update(data={"state": "perhaps", "receipt": ["x"]})
    ),
}


@pytest.fixture
def simulated() -> SimulatedNotices:
    """Give the message service."""
    return SimulatedNotices(Signatures("supervision", SECRET), lambda _: None)


@pytest.mark.function("F218")
class TestPlatformNotices(NoticeServiceContract):
    """The adapter keeps the contract of the port."""

    faults = tuple(FAULTS)

    @pytest.fixture
    def partner(self, simulated: SimulatedNotices) -> Iterator[NoticePartner]:
        """Give adapter and service."""
        fault = [""]

        def answer(asked: Asked) -> Told:
            assert "GX1001" not in asked.target
            told = simulated.answer(asked)
            return FAULTS[fault[0]](told) if fault[0] else told

        def end(receipt: str, delivered: bool | None) -> None:  # noqa: FBT001 - as the port says it
            simulated.states[receipt] = WORDS[delivered]

        def break_by(name: str) -> None:
            fault[0] = name

        signing = Signing(
            application="supervision",
            mac=OpensslAlgorithms().mac(SECRET.encode()),
            clock=SystemClock(),
            randomness=SystemRandomness(),
        )
        with served(answer) as address:
            service = PlatformNotices(
                address=address + BASE, signing=signing, caller=Caller(seconds=PATIENCE)
            )
            yield NoticePartner(service, lambda: len(simulated.states), end, break_by)


@pytest.mark.function("F218")
@pytest.mark.parametrize("engine", ["sqlite", "postgres"])
def test_the_worker_brings_messages_to_their_end(
    engine: str,
    request: pytest.FixtureRequest,
    simulated: SimulatedNotices,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """统一消息接入: written here, handed on and followed by the worker; its words lie sealed."""
    opened: Engine = request.getfixturevalue(f"{engine}_engine")
    platform = open_platform(opened.url.render_as_string(hide_password=False), make_keys=True)
    user = User.register(full_draft("li.moni", "d-1"), id="li", at=NOON)
    user.remember_sign_on(SignOnRecord(user_code="GX1001", updated_at="x"), at=NOON)
    with platform.transactions.begin() as unit:
        unit[Users].save(user)
        unit.commit()
    command = SendNotice(user_id="li", title="检查任务", text="您有新的检查任务")
    platform.commands.run(send_notice, command, actor=operator())
    with opened.connect() as connection:
        stored = str(connection.exec_driver_sql("SELECT * FROM notice").all())
    assert "检查任务" not in stored
    assert telling(platform) == ()
    secret = tmp_path / "notice.secret"
    secret.touch(0o600)
    secret.write_text(SECRET, "utf-8")
    with simulated_notices(simulated) as address:
        monkeypatch.setenv("SUPERVISION_NOTICE_URL", address)
        monkeypatch.setenv("SUPERVISION_NOTICE_APPLICATION", "supervision")
        monkeypatch.setenv("SUPERVISION_NOTICE_SECRET", str(secret))
        (job,) = telling(platform)
        job.run()
        job.run()
    shown = platform.commands.ask(list_notices, ListNotices(user_id="li"), actor=operator())
    assert shown.counts == {"delivered": 1}
    assert shown.items[0].text == "您有新的检查任务"
    platform.engine.dispose()


def test_the_worker_tells_the_phone_of_before(
    sqlite_engine: Engine, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """手机提醒: stored with the change, sealed, sent once by the worker, kept while that fails."""
    secret, told = tmp_path / "sms.secret", list[ShortMessage]()
    secret.touch(0o600)
    secret.write_text(SECRET, "utf-8")
    simulated = SimulatedGateway(Signatures("supervision", SECRET), told.append)
    with simulated_gateway(simulated) as address:
        monkeypatch.setenv("SUPERVISION_SMS_URL", address + SEND)
        monkeypatch.setenv("SUPERVISION_SMS_APPLICATION", "supervision")
        monkeypatch.setenv("SUPERVISION_SMS_SECRET", str(secret))
        database = sqlite_engine.url.render_as_string(hide_password=False)
        platform = open_platform(database, make_keys=True)
        with platform.transactions.begin() as unit:
            work = Work(operator(), platform.clock.now(), platform.ids, unit)
            tell_old_phone(work, "13900000001", IdentityChange.DOCUMENT)
            tell_old_phone(work, "", IdentityChange.PHONE)
            unit.commit()
        with sqlite_engine.connect() as connection:
            stored = str(connection.exec_driver_sql("SELECT * FROM phone_notice").all())
        assert "13900000001" not in stored
        (job,) = telling(platform)
        simulated.signatures = Signatures("supervision", "another")
        job.run()
        assert told == []
        simulated.signatures = Signatures("supervision", SECRET)
        job.run()
        job.run()
    assert [(one.phone, one.template) for one in told] == [("13900000001", "document_changed")]
    platform.engine.dispose()
