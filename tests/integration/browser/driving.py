"""An installation that is served, and what is done to it by the keyboard of a real browser."""

import json
import os
import socket
import sys
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from datetime import timedelta
from pathlib import Path
from shutil import copy
from typing import Any, Self

from attrs import evolve, frozen
from tests.eventually import eventually
from tests.integration.forked import run, serve
from tests.integration.ports import free_port

from entrypoints.simulators.faces import SimulatedFaces, simulated_faces
from entrypoints.simulators.mail import Mail, SimulatedMail, simulated_mail
from entrypoints.simulators.matters import SimulatedMatters
from entrypoints.simulators.notices import SimulatedNotices, simulated_notices
from entrypoints.simulators.organisation import SimulatedOrganisation
from entrypoints.simulators.short_messages import (
    SEND,
    ShortMessage,
    SimulatedGateway,
    simulated_gateway,
)
from entrypoints.simulators.signatures import Signatures
from entrypoints.simulators.source import simulated_source
from entrypoints.simulators.unified_platform import (
    AUTHORIZE,
    LOG_OUT,
    TOKEN,
    USER,
    SimulatedPlatform,
    simulated_platform,
)

SECRET = "a secret of test"  # noqa: S105 - of a partner that is played
PHONES = ("13900000001", "13900000002", "13900000003")
PICTURES = "SUPERVISION_PICTURES"
DATABASE = "browser.db"
API = "/api/v1/identity"
NEW_PASSWORD = "Correct-horse-7"  # noqa: S105 - of nobody
COMMAND = (sys.executable, "-c", "from entrypoints.cli import main; main()")
DIGITS = "零一二三四五六七八九"


@frozen
class Installation:
    """A platform that is served with every partner played, and its first administrators.

    ``account`` and ``password`` are those of the one for the system; ``sent`` is what came to
    phones, ``letters`` what came by e-mail.
    """

    url: str
    administrators: list[dict[str, str]]
    sent: list[ShortMessage]
    letters: list[Mail]
    unified: SimulatedPlatform
    organisation: SimulatedOrganisation
    matters: SimulatedMatters
    signatures: Signatures
    pictures: Path
    environment: dict[str, str]

    @property
    def account(self) -> str:
        """The account of the administrator of the system."""
        return self.administrators[0]["account"]

    @property
    def password(self) -> str:
        """His first password."""
        return self.administrators[0]["secret"]

    def work(self) -> None:
        """Let the worker do every job once."""
        self.operate("worker", "--once")

    @contextmanager
    def later(self, days: int) -> Iterator[Self]:
        """Serve it as of so many days later as well, and give it as it is found there."""
        port, then = free_port(), timedelta(days=days).total_seconds()
        with contextmanager(_serve)(self.pictures, self.environment, port, days) as url:
            self.signatures.now = lambda: time.time() + then
            try:
                yield evolve(self, url=url)
            finally:
                self.signatures.now = time.time

    def operate(self, *words: str) -> None:
        """Run a command of the operator of the machine."""
        done = run(words, self.environment, self.pictures)
        assert done.code == 0, done.err

    def keep(self, page: Any, name: str) -> None:
        """Keep a picture of the page, where somebody asks for pictures: each takes long."""
        if PICTURES in os.environ:
            page.screenshot(path=self.pictures / f"{name}.png", full_page=True)


def _serve(folder: Path, environment: dict[str, str], port: int, days: int = 0) -> Iterator[str]:
    log = folder / f"server-{port}.log"
    process = serve(port, environment, folder, log, days)
    try:
        eventually(
            lambda: b"200" in _probed(port), lambda: not process.is_alive() and log.read_text()
        )
        yield f"http://localhost:{port}"
    finally:
        process.terminate()
        process.join()


def _probed(port: int) -> bytes:
    try:
        with socket.create_connection(("127.0.0.1", port), 1) as asked:
            asked.sendall(b"GET /health/live HTTP/1.1\r\nHost: localhost\r\n\r\n")
            return asked.recv(12)
    except OSError:
        return b""


def _initialised(folder: Path, environment: Mapping[str, str], region: str) -> Any:
    """Initialise a database in ``folder``, once for all folders beside it; give who may log in.

    Each has a worker's folder of its own: what one notes of its log would tell the next that its
    database was put back.
    """
    template = folder.parent / f"initialised-{region}"
    told = template / "told.json"
    if not told.exists():
        template.mkdir(exist_ok=True)
        database = {"SUPERVISION_DATABASE": f"sqlite:///{template / DATABASE}"}
        words = ("init", "--phones", *PHONES, "--region", region, "--json")
        made = run(words, {**environment, **database}, template)
        assert made.code == 0, made.err
        told.write_text(made.out, "utf-8")
    for file in template.glob(f"{DATABASE}*"):
        copy(file, folder)
    return json.loads(told.read_bytes())["administrators"]


def installed(folder: Path, *, region: str = "450100") -> Iterator[Installation]:
    """Install and serve a platform of ``region`` whose partners are all played."""
    secret, port = folder / "partners.secret", free_port()
    secret.touch(0o600)
    secret.write_text(SECRET, "utf-8")
    signatures, sent = Signatures("supervision", SECRET), list[ShortMessage]()
    letters = list[Mail]()
    back = f"http://localhost:{port}/gov/login/sign_on/return"
    unified = SimulatedPlatform("supervision", SECRET, back)
    organisation = SimulatedOrganisation(signatures)
    matters = SimulatedMatters(signatures)
    with (
        simulated_gateway(SimulatedGateway(signatures, sent.append)) as messages,
        simulated_platform(unified) as sso,
        simulated_faces(SimulatedFaces(signatures)) as faces,
        simulated_source(organisation) as directory,
        simulated_source(matters) as catalogue,
        simulated_notices(SimulatedNotices(signatures, lambda _: None)) as notices,
        simulated_mail(SimulatedMail(letters.append)) as mail,
    ):
        partners = {
            "SMS": {"URL": messages + SEND},
            "FACE": {"URL": faces},
            "ORGANISATION": {"URL": directory},
            "MATTERS": {"URL": catalogue},
            "NOTICE": {"URL": notices},
            "SIGN_ON": {
                "URL": sso + AUTHORIZE, "TOKEN_URL": sso + TOKEN, "USER_URL": sso + USER,
                "LOG_OUT_URL": sso + LOG_OUT, "RETURN_URL": back,
            },
        }  # fmt: skip
        environment = {
            **os.environ,
            "SUPERVISION_DATABASE": f"sqlite:///{folder / DATABASE}",
            "SUPERVISION_WORKER_FOLDER": str(folder / "worker"),
            "SUPERVISION_ADMINISTRATORS_BY_CERTIFICATE": "no",
            "SUPERVISION_PUBLIC_URL": f"http://localhost:{port}",
            "SUPERVISION_MAIL_URL": mail,
            "SUPERVISION_MAIL_FROM": "jianguan@example.cn",
        }
        for name, settings in partners.items():
            both = {**settings, "APPLICATION": "supervision", "SECRET": str(secret)}
            environment |= {f"SUPERVISION_{name}_{key}": value for key, value in both.items()}
        administrators = _initialised(folder, environment, region)
        pictures = Path(os.environ.get(PICTURES, folder))
        pictures.mkdir(parents=True, exist_ok=True)
        for url in _serve(folder, environment, port):
            yield Installation(
                url=url,
                administrators=administrators,
                sent=sent,
                letters=letters,
                unified=unified,
                organisation=organisation,
                matters=matters,
                signatures=signatures,
                pictures=pictures,
                environment=environment,
            )


def focused(page: Any) -> str:
    """Give the name of what has the focus, or its words; it must be seen to have it."""
    at = page.locator(":focus")
    if at.count() == 0:
        return ""
    style = at.evaluate("one => getComputedStyle(one).outlineStyle")
    assert style != "none", at.evaluate("one => one.outerHTML")
    return at.get_attribute("name") or "".join(at.inner_text().split())


def reach(page: Any, wanted: str) -> None:
    """Press Tab until ``wanted`` has the focus."""
    for _ in range(60):
        if focused(page) == wanted:
            return
        page.keyboard.press("Tab")
    raise AssertionError(f"{wanted}: {page.locator('main').inner_text()}")


def enter(page: Any) -> None:
    """Press Enter, and wait for where it leads."""
    with page.expect_navigation():
        page.keyboard.press("Enter")


def write(page: Any, **fields: str) -> None:
    """Type into the fields, one after another."""
    for name, text in fields.items():
        reach(page, name)
        page.keyboard.type(text)
        held = page.locator(f"[name={name}]").input_value()
        assert held == text, f"the field {name} does not take what it asks for"


def fill(page: Any, **fields: str) -> None:
    """Type into the fields, and press Enter in the last."""
    write(page, **fields)
    enter(page)


def number(spoken: str) -> int:
    """Give what a number below twenty says."""
    ones = spoken.removeprefix("十")
    return 10 * spoken.startswith("十") + (DIGITS.index(ones) if ones else 0)


def answer_of(question: str) -> str:
    """Answer the question for people."""
    first, rest = question.split("加")
    return str(number(first) + number(rest.split("等")[0]))


def token_of(client: Any, account: str, password: str, sent: list[ShortMessage]) -> str:
    """Log in by password, the question for people, and the code that was sent; give the token."""
    asked = client.post(f"{API}/captchas", json={"in_words": True}).json()
    body = {
        "account": account, "password": password,
        "captcha_ticket": asked["ticket"], "captcha_answer": answer_of(asked["question"]),
    }  # fmt: skip
    first = client.post(f"{API}/log_ins", json=body)
    assert first.is_success, first.text
    said = {"log_in_token": first.json()["log_in_token"], "code": sent[-1].code}
    second = client.post(f"{API}/log_ins/confirmations", json=said)
    assert second.is_success, second.text
    return str(second.json()["token"])


def log_in(
    page: Any, at: Installation, password: str, *, account: str = "", home: str = "/gov"
) -> None:
    """Log in by password, a sum in words, and the code that was sent."""
    page.goto(f"{at.url}{home}/login")
    reach(page, "换成文字问题")
    enter(page)
    answer = answer_of(page.locator("label[for=answer]").inner_text())
    before = len(at.sent)
    fill(page, account=account or at.account, password=password, answer=answer)
    page.get_by_role("heading", name="短信验证码", exact=True).wait_for()
    page.locator("[name=code]:focus").wait_for()
    at.keep(page, "code")
    eventually(lambda: len(at.sent) > before)
    fill(page, code=at.sent[-1].code)


def become(page: Any, at: Installation, *, who: int = 0) -> None:
    """Log in for the first time: the password is changed, and it leads inside."""
    told = at.administrators[who]
    log_in(page, at, told["secret"], account=told["account"])
    fill(page, old=told["secret"], new=NEW_PASSWORD)
    assert page.url.endswith("/gov?done=renewed"), page.locator("main").inner_text()


def leave(page: Any) -> None:
    """Log out, in the menu of one's account."""
    reach(page, "我的账号")
    page.keyboard.press("Enter")
    follow(page, "退出登录")


def choose(page: Any, name: str, title: str) -> None:
    """Press the arrow in a choice until ``title`` is chosen."""
    reach(page, name)
    chosen = page.locator(f"[name={name}] option:checked")
    for _ in range(page.locator(f"[name={name}] option").count()):
        if title in chosen.inner_text():
            return
        page.keyboard.press("ArrowDown")
    assert title in chosen.inner_text(), name


def follow(page: Any, words: str) -> None:
    """Reach what says ``words``, and press Enter."""
    reach(page, words)
    enter(page)
