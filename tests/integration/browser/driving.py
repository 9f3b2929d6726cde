"""An installation that is served, and what is done to it by the keyboard of a real browser."""

import json
import os
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from attrs import frozen

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
NEW_PASSWORD = "Correct-horse-7"  # noqa: S105 - of nobody
START_SECONDS = 240
DIGITS = "零一二三四五六七八九"
COMMAND = (sys.executable, "-c", "from entrypoints.cli import main; main()")


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

    def operate(self, *words: str) -> None:
        """Run a command of the operator of the machine."""
        done = subprocess.run(  # noqa: S603 - our own command
            [*COMMAND, *words],
            env=self.environment, check=False, capture_output=True, cwd=self.pictures,
        )  # fmt: skip
        assert done.returncode == 0, done.stderr.decode()

    def keep(self, page: Any, name: str) -> None:
        """Keep a picture of the page."""
        page.screenshot(path=self.pictures / f"{name}.png", full_page=True)


def _free_port() -> int:
    with socket.socket() as found:
        found.bind(("127.0.0.1", 0))
        return int(found.getsockname()[1])


def _serve(folder: Path, environment: dict[str, str], port: int) -> Iterator[str]:
    log = folder / "server.log"
    with log.open("wb") as out:
        process = subprocess.Popen(  # noqa: S603 - our own command
            [*COMMAND, "serve", "--port", str(port), "--workers", "1"],
            env=environment, stdout=out, stderr=subprocess.STDOUT, cwd=folder,
        )  # fmt: skip
    try:
        until = time.monotonic() + START_SECONDS
        while b"200" not in _probed(port):
            assert process.poll() is None, log.read_text()
            assert time.monotonic() < until, log.read_text()
            time.sleep(0.2)
        yield f"http://localhost:{port}"
    finally:
        process.terminate()
        process.wait(40)


def _probed(port: int) -> bytes:
    try:
        with socket.create_connection(("127.0.0.1", port), 1) as asked:
            asked.sendall(b"GET /health/live HTTP/1.1\r\nHost: localhost\r\n\r\n")
            return asked.recv(12)
    except OSError:
        return b""


def installed(folder: Path, *, region: str = "450100") -> Iterator[Installation]:
    """Install and serve a platform of ``region`` whose partners are all played."""
    secret, port = folder / "partners.secret", _free_port()
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
            "SUPERVISION_DATABASE": f"sqlite:///{folder / 'browser.db'}",
            "SUPERVISION_ADMINISTRATORS_BY_CERTIFICATE": "no",
            "SUPERVISION_PUBLIC_URL": f"http://localhost:{port}",
            "SUPERVISION_MAIL_URL": mail,
            "SUPERVISION_MAIL_FROM": "jianguan@example.cn",
        }
        for name, settings in partners.items():
            both = {**settings, "APPLICATION": "supervision", "SECRET": str(secret)}
            environment |= {f"SUPERVISION_{name}_{key}": value for key, value in both.items()}
        made = subprocess.run(  # noqa: S603 - our own command
            [*COMMAND, "init", "--phones", *PHONES, "--region", region, "--json"],
            env=environment, check=True, capture_output=True, cwd=folder,
        )  # fmt: skip
        pictures = Path(os.environ.get("SUPERVISION_PICTURES", folder))
        pictures.mkdir(parents=True, exist_ok=True)
        for url in _serve(folder, environment, port):
            yield Installation(
                url=url,
                administrators=json.loads(made.stdout)["administrators"],
                sent=sent,
                letters=letters,
                unified=unified,
                organisation=organisation,
                matters=matters,
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
    assert focused(page) == "code"
    at.keep(page, "code")
    for _ in range(100):
        if len(at.sent) > before:
            break
        page.wait_for_timeout(100)
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
