"""``supervision simulate``: partners played on this machine, for whoever integrates."""

from __future__ import annotations

import signal
import threading
from contextlib import AbstractContextManager
from typing import TYPE_CHECKING, Any

import rich_click as click

from entrypoints.cli.console import Console
from entrypoints.simulators.faults import MailFault
from entrypoints.words import all_messages

if TYPE_CHECKING:
    from entrypoints.simulators.short_messages import ShortMessage

_SECRET = "simulated"  # noqa: S105 - of a partner that is played
_AES_SECRET = "simulated-secret"  # noqa: S105 - as above, with the 16 bytes of a key


@click.group(help="在本机模拟对接系统，供联调使用；只在127.0.0.1上应答，不得用于正式环境。")
@click.help_option("--help", "-h", help="显示本帮助。")
def simulate() -> None:
    """Play partners."""


@simulate.command(help="模拟统一身份认证（OAuth2）：五个虚构用户。")
@click.option("--port", default=8901, show_default=True, help="端口。")
@click.option(
    "--return-url",
    default="http://127.0.0.1:8000/gov/login/sign_on/return",
    show_default=True,
    help="登记的回调地址。",
)
@click.help_option("--help", "-h", help="显示本帮助。")
def sso(port: int, return_url: str) -> None:
    """Play the unified identity platform."""
    from entrypoints.simulators.unified_platform import (
        AUTHORIZE,
        LOG_OUT,
        TOKEN,
        USER,
        SimulatedPlatform,
        simulated_platform,
    )

    console = Console(all_messages())
    simulated = SimulatedPlatform("supervision", _SECRET, return_url)
    over = _stopping()
    with simulated_platform(simulated, port) as address:
        _tell(
            console,
            {
                "SIGN_ON_URL": address + AUTHORIZE,
                "SIGN_ON_TOKEN_URL": address + TOKEN,
                "SIGN_ON_USER_URL": address + USER,
                "SIGN_ON_LOG_OUT_URL": address + LOG_OUT,
                "SIGN_ON_APPLICATION": "supervision",
                "SIGN_ON_RETURN_URL": return_url,
            },
            "SIGN_ON_SECRET",
        )
        over.wait()


@simulate.command(help="模拟短信服务：验证码显示在本终端。")
@click.option("--port", default=8902, show_default=True, help="端口。")
@click.help_option("--help", "-h", help="显示本帮助。")
def sms(port: int) -> None:
    """Play the gateway of short messages."""
    from entrypoints.simulators.short_messages import SEND, SimulatedGateway, simulated_gateway
    from entrypoints.simulators.signatures import Signatures

    console = Console(all_messages())

    def show(message: ShortMessage) -> None:
        said = f"验证码 {message.code}" if message.code else message.text
        said = said or f"模板 {message.template}"
        console.tell(f"短信 → 尾号{message.phone[-4:]}：{said}")

    simulated = SimulatedGateway(Signatures("supervision", _SECRET), show)
    _play(console, simulated_gateway(simulated, port), "SMS", path=SEND)


@simulate.command(help="模拟人脸认证：打开给出的网址，自己选“是本人”或“不是本人”。")
@click.option("--port", default=8903, show_default=True, help="端口。")
@click.help_option("--help", "-h", help="显示本帮助。")
def faces(port: int) -> None:
    """Play the certification by face."""
    from entrypoints.simulators.faces import SimulatedFaces, simulated_faces
    from entrypoints.simulators.signatures import Signatures

    console = Console(all_messages())
    simulated = SimulatedFaces(Signatures("supervision", _AES_SECRET))
    _play(console, simulated_faces(simulated, port), "FACE", secret=_AES_SECRET)


@simulate.command(help="模拟现有平台的统一组织架构：三个虚构机构、两个虚构用户、两个角色。")
@click.option("--port", default=8904, show_default=True, help="端口。")
@click.help_option("--help", "-h", help="显示本帮助。")
def organisation(port: int) -> None:
    """Play the existing platform's organisation."""
    from entrypoints.simulators.organisation import SimulatedOrganisation
    from entrypoints.simulators.signatures import Signatures
    from entrypoints.simulators.source import simulated_source

    console = Console(all_messages())
    simulated = SimulatedOrganisation(Signatures("supervision", _SECRET))
    _play(console, simulated_source(simulated, port), "ORGANISATION")


@simulate.command(
    help="模拟自治区监管事项动态管理系统：三个监管事项、一个检查实施清单、两个检查项。"
)
@click.option("--port", default=8906, show_default=True, help="端口。")
@click.help_option("--help", "-h", help="显示本帮助。")
def matters(port: int) -> None:
    """Play the platform above that tells matters."""
    from entrypoints.simulators.matters import SimulatedMatters
    from entrypoints.simulators.signatures import Signatures
    from entrypoints.simulators.source import simulated_source

    console = Console(all_messages())
    simulated = SimulatedMatters(Signatures("supervision", _SECRET))
    _play(console, simulated_source(simulated, port), "MATTERS")


@simulate.command(help="模拟线索接入接口：12345、终端和预警的线索各一条，收下反馈的办理结果。")
@click.option("--port", default=8909, show_default=True, help="端口。")
@click.help_option("--help", "-h", help="显示本帮助。")
def signals(port: int) -> None:
    """Play the interface that tells hints from outside."""
    from entrypoints.simulators.signals import SimulatedSignals
    from entrypoints.simulators.signatures import Signatures
    from entrypoints.simulators.source import simulated_source

    console = Console(all_messages())
    simulated = SimulatedSignals(Signatures("supervision", _SECRET))
    _play(console, simulated_source(simulated, port), "SIGNALS")


@simulate.command(help="模拟统一消息服务：消息的标题显示在本终端，立即送达。")
@click.option("--port", default=8905, show_default=True, help="端口。")
@click.help_option("--help", "-h", help="显示本帮助。")
def notices(port: int) -> None:
    """Play the message service."""
    from entrypoints.simulators.notices import SimulatedNotices, simulated_notices
    from entrypoints.simulators.signatures import Signatures

    console = Console(all_messages())

    def show(message: dict[str, Any]) -> None:
        console.tell(f"消息 {message['messageId']}：{message['title']}")

    simulated = SimulatedNotices(Signatures("supervision", _SECRET), show)
    _play(console, simulated_notices(simulated, port), "NOTICE")


@simulate.command("guitong-code", help="模拟桂通码平台：为企业发码，并解析它发出的码。")
@click.option("--port", default=8908, show_default=True, help="端口。")
@click.help_option("--help", "-h", help="显示本帮助。")
def guitong_code(port: int) -> None:
    """Play the platform of 桂通码."""
    from entrypoints.simulators.guitong_code import SimulatedGuitongCode, simulated_guitong_code
    from entrypoints.simulators.signatures import Signatures

    console = Console(all_messages())
    simulated = SimulatedGuitongCode(Signatures("supervision", _SECRET))
    _play(console, simulated_guitong_code(simulated, port), "GUITONG_CODE")


@simulate.command(help="模拟邮件服务器（SMTP）：邮件的收件人、标题和正文显示在本终端。")
@click.option("--port", default=8907, show_default=True, help="端口。")
@click.option(
    "--certificate",
    type=click.Path(exists=True, dir_okay=False),
    help="证书和私钥的PEM文件；给出则要求STARTTLS，平台要信任其CA（SUPERVISION_PARTNER_CERTIFICATES）。",
)
@click.option(
    "--fault",
    type=click.Choice([one.value for one in MailFault]),
    help="故障：应答慢、繁忙（451）、断开、不提供或拒绝STARTTLS。",
)
@click.help_option("--help", "-h", help="显示本帮助。")
def mail(port: int, certificate: str | None, fault: str | None) -> None:
    """Play a mail server."""
    import ssl

    try:
        from entrypoints.simulators.mail import Mail, SimulatedMail, simulated_mail
    except ModuleNotFoundError:
        raise click.UsageError("请先安装：pip install '.[simulators]'") from None

    console = Console(all_messages())

    def show(taken: Mail) -> None:
        console.tell(f"邮件 → {taken.to}：{taken.title}\n{taken.text}")

    context = None
    if certificate is not None:
        context = ssl.create_default_context(ssl.Purpose.CLIENT_AUTH)
        context.load_cert_chain(certificate)
    simulated = SimulatedMail(show, tls=context, fault=MailFault(fault) if fault else None)
    over = _stopping()
    with simulated_mail(simulated, port) as address:
        console.tell("已启动，按 Ctrl+C 结束。请这样设置平台：")
        console.tell(f"  SUPERVISION_MAIL_URL={address}")
        console.tell("  SUPERVISION_MAIL_FROM=supervision@example.cn")
        over.wait()


def _play(
    console: Console,
    serving: AbstractContextManager[str],
    name: str,
    *,
    path: str = "",
    secret: str = _SECRET,
) -> None:
    """Serve a partner until it is stopped; ``name`` begins the settings that lead to it."""
    over = _stopping()
    with serving as address:
        settings = {f"{name}_URL": address + path, f"{name}_APPLICATION": "supervision"}
        _tell(console, settings, f"{name}_SECRET", secret)
        over.wait()


def _tell(console: Console, settings: dict[str, str], setting: str, secret: str = _SECRET) -> None:
    console.tell("已启动，按 Ctrl+C 结束。请这样设置平台：")
    for name, value in settings.items():
        console.tell(f"  SUPERVISION_{name}={value}")
    console.tell(f"  SUPERVISION_{setting}=内容为“{secret}”的文件（权限0600）")


def _stopping() -> threading.Event:
    """Give what is set when somebody asks the program to end."""
    over = threading.Event()
    for kind in (signal.SIGINT, signal.SIGTERM):
        signal.signal(kind, lambda *_: over.set())
    return over
