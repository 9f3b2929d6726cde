"""What whoever starts the platform is told: where it is, how one logs in, and what is missing."""

from collections.abc import Iterator

from entrypoints.actors import operator
from entrypoints.container import Platform
from entrypoints.settings import Settings
from supervision_core.identity.ports import DoneCommands

GUIDE = "docs/deploy.md#第一次登录"


def told_at_start(platform: Platform, settings: Settings, address: str) -> Iterator[str]:
    """Give the lines: the addresses, the ways of logging in, and a ! before what is missing."""
    yield f"✓ 平台在 {address}/ ，几秒后可以打开，按 Ctrl+C 停止"
    yield f"  登录：工作台 {address}/gov/login ，手机 {address}/m/login"
    certificates = _trusts(settings)
    password = (
        "密码加短信验证码或人脸认证" if platform.log_ins.faces_offered else "密码加短信验证码"
    )
    ways = {
        "数字证书（UKey 或证书文件）": certificates,
        password: bool(settings.sms_url) or platform.log_ins.faces_offered,
        "统一身份认证": platform.log_ins.sign_on_offered,
    }
    yield f"· 可用的登录方式：{'、'.join(way for way, there in ways.items() if there) or '没有'}"
    if not _has_administrators(platform):
        yield "! 没有建立三位管理员：另开终端执行 supervision init --administrators 文件夹"
    if not certificates:
        yield "! 没有信任的根证书，不能用证书登录：init --administrators 自建，或放入信任文件夹"
    if not settings.sms_url:
        yield "! 没有接入短信服务，收不到验证码：设 SUPERVISION_SMS_URL"
    if not settings.audit_witnesses:
        yield "! 没有审计见证方：设 SUPERVISION_AUDIT_WITNESSES"
    yield f"· 第一次怎样登录，逐步见 {GUIDE}；后台任务另外启动：supervision worker"


def _trusts(settings: Settings) -> bool:
    """Tell whether any root certificate is trusted."""
    roots = settings.trust / "roots"
    return roots.is_dir() and any(roots.iterdir())


def _has_administrators(platform: Platform) -> bool:
    """Tell whether ``init`` ever made the first administrators here."""
    with platform.transactions.begin() as unit:
        return unit[DoneCommands].find(operator().user, "init/user/system") is not None
