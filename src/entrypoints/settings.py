"""What an installation is set to: one description of each setting, read from the environment."""

from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import Any, ClassVar, Final, Self

import attrs
from attrs import define, field, frozen

from supervision_core.kernel.errors import Refused, Violation, refuse_if

PREFIX: Final = "SUPERVISION_"
HOME: Final = Path("~/.supervision")
_TRUTHS = {"yes": True, "true": True, "1": True, "no": False, "false": False, "0": False}


@define(eq=False)
class SettingsWrong(Refused):
    """Settings have values that nobody can read."""

    code: ClassVar[str] = "settings.wrong"


def setting(title: str, default: Any, *, secret: bool = False, choices: Sequence[str] = ()) -> Any:
    """Describe a setting: what it is for, in Chinese, and what holds where nobody set it.

    A ``secret`` is never shown; a list holds nothing but ``choices``. The environment variable is
    the field's name in capitals behind ``SUPERVISION_``; numbers, truths (yes, no), paths and lists
    (parted by commas) are read as the type of the default says.
    """
    return field(
        default=default,
        repr=not secret,
        metadata={"title": title, "secret": secret, "choices": choices},
    )


def _truth(text: str) -> bool:
    return _TRUTHS[text.strip().lower()]


def _several(text: str) -> tuple[str, ...]:
    return tuple(part for one in text.split(",") if (part := one.strip()))


_READ: Mapping[type, Callable[[str], object]] = {
    str: str.strip,
    int: int,
    bool: _truth,
    tuple: _several,
}


def _read(one: Any, text: str) -> object:
    if isinstance(one.default, Path):
        return Path(text).expanduser()
    found = _READ[type(one.default)](text)
    choices = one.metadata.get("choices")
    if choices and isinstance(found, tuple) and not set(found) <= set(choices):
        raise ValueError(one.name)
    return found


@frozen(kw_only=True)
class Settings:
    """The settings of an installation; every one has a value that works on a single machine."""

    # 数据库
    replica: str = setting(
        "只读从库的地址：列表从它读取，落后或断开时读主库；不填则都读主库",
        default="",
        secret=True,
    )

    # 登录
    administrators_by_certificate: bool = setting(
        "系统、安全、审计管理员是否只能用SM2证书登录（yes或no）", default=True
    )
    password_length: int = setting("密码至少多少位，不少于8", default=8)
    password_kinds: int = setting("密码至少有几种字符，3或4", default=3)
    password_days: int = setting("密码多少天后必须更换，不超过90", default=90)
    password_history: int = setting("新密码不得与此前多少个相同，不少于5", default=5)
    log_in_tries: int = setting("连续失败多少次后暂停登录，不超过5", default=5)
    lock_minutes: int = setting("暂停登录多少分钟，不少于30", default=30)
    idle_minutes: int = setting("会话闲置多少分钟后结束，不超过30", default=30)
    session_hours: int = setting("会话最长多少小时，不超过8", default=8)
    trust: Path = setting(
        "信任文件夹：roots/（根证书）、issuers/（中间证书）、lists/（吊销列表）",
        default=HOME / "trust",
    )
    authority: Path = setting("自建证书机构的文件夹", default=HOME / "authority")
    certificate_middleware: str = setting(
        "用户电脑上证书助手的地址（只能是本机，如 http://127.0.0.1:9000/sign）；"
        "不填则数字证书登录用文件办理",
        default="",
    )
    sms_url: str = setting("短信服务地址；不填则不能用密码加短信验证码登录", default="")
    sms_application: str = setting("短信服务分配的应用编号", default="")
    sms_secret: Path = setting("存放短信服务密钥的文件", default=HOME / "sms.secret")
    sign_on_url: str = setting("统一身份认证的OAuth2认证地址；不填则不能单点登录", default="")
    sign_on_token_url: str = setting("统一身份认证换取访问令牌的地址", default="")
    sign_on_user_url: str = setting("统一身份认证获取用户信息的地址", default="")
    sign_on_log_out_url: str = setting("统一身份认证的退出地址", default="")
    sign_on_application: str = setting("统一身份认证分配的应用编号", default="")
    sign_on_secret: Path = setting("存放统一身份认证密钥的文件", default=HOME / "sign_on.secret")
    sign_on_return_url: str = setting("在统一身份认证登记的本系统回调地址", default="")
    sign_on_kinds: tuple[str, ...] = setting(
        "允许单点登录的用户类型：staff、enterprise、citizen",
        default=("staff", "enterprise", "citizen"),
        choices=("staff", "enterprise", "citizen"),
    )
    sign_on_level: int = setting("单点登录要求的最低核验等级", default=1)
    face_url: str = setting("人脸认证接口的网关地址；不填则不提供人脸认证", default="")
    face_application: str = setting("人脸认证分配的应用编号（AppCode）", default="")
    face_secret: Path = setting(
        "存放人脸认证密钥（AppSecret，16、24或32个字节）的文件", default=HOME / "face.secret"
    )
    face_kinds: tuple[str, ...] = setting(
        "可用人脸认证的用户类型：staff、third_party、enterprise、citizen",
        default=("staff", "third_party", "enterprise", "citizen"),
        choices=("staff", "third_party", "enterprise", "citizen"),
    )
    organisation_url: str = setting("现有平台统一组织架构接口的地址；不填则不同步", default="")
    organisation_application: str = setting("统一组织架构接口分配的应用编号", default="")
    organisation_secret: Path = setting(
        "存放统一组织架构接口密钥的文件", default=HOME / "organisation.secret"
    )
    organisation_hours: int = setting(
        "后台任务每隔多少小时同步一次现有平台的组织架构；0为不自动同步", default=0
    )
    matters_url: str = setting(
        "自治区监管事项动态管理系统接口的地址；不填则不同步监管事项", default=""
    )
    matters_application: str = setting("监管事项动态管理系统接口分配的应用编号", default="")
    matters_secret: Path = setting(
        "存放监管事项动态管理系统接口密钥的文件", default=HOME / "matters.secret"
    )
    matters_hours: int = setting(
        "后台任务每隔多少小时同步一次上级平台的监管事项；0为不自动同步", default=0
    )
    signals_url: str = setting(
        "接入12345、终端和风险预警线索的接口的地址；不填则不接收外部线索", default=""
    )
    signals_application: str = setting("线索接入接口分配的应用编号", default="")
    signals_secret: Path = setting("存放线索接入接口密钥的文件", default=HOME / "signals.secret")
    notice_url: str = setting("统一消息接口的地址；不填则消息只记录、不发送", default="")
    notice_application: str = setting("统一消息接口分配的应用编号（AppCode）", default="")
    notice_secret: Path = setting("存放统一消息接口密钥的文件", default=HOME / "notice.secret")
    guitong_code_url: str = setting("桂通码接口的地址；不填则只用本平台签发的码", default="")
    guitong_code_application: str = setting("桂通码接口分配的应用编号（AppCode）", default="")
    guitong_code_secret: Path = setting(
        "存放桂通码接口密钥的文件", default=HOME / "guitong_code.secret"
    )
    mail_url: str = setting(
        "邮件服务器：smtps://主机:端口（TLS）或smtp://主机:端口（STARTTLS，服务器不支持则不发送；"
        "只有本机可不加密）；不填则不发送电子邮件",
        default="",
    )
    mail_user: str = setting("邮件服务器的用户名；不填则不登录", default="")
    mail_secret: Path = setting("存放邮件服务器口令的文件", default=HOME / "mail.secret")
    mail_from: str = setting("电子邮件的发件人地址", default="")
    partner_certificates: str = setting(
        "对接系统使用自建证书时，其CA证书文件；不填则用操作系统信任的CA", default=""
    )

    task_reminders: bool = setting(
        "征求意见、待认领、督办和指派检查时，是否另给有关人员发短信和统一消息（yes或no）",
        default=False,
    )
    public_url: str = setting(
        "平台对外的网址，如 https://jianguan.example.cn；发给企业的文书链接以它开头，不填则不能以链接送达文书",
        default="",
    )

    # 工作日历
    calendar: str = setting(
        "日历表（CSV）：放假安排公布后补上的放假日和调休上班日；不填则只用程序自带的", default=""
    )

    # HTTP接口
    http_hosts: tuple[str, ...] = setting(
        "平台的域名，不含端口；其他域名的请求一律拒绝", default=("localhost", "127.0.0.1")
    )
    http_proxies: tuple[str, ...] = setting(
        "反向代理的地址或网段；只相信它们给出的来源地址（X-Forwarded-For）", default=()
    )
    http_threads: int = setting("每个进程同时处理的请求数", default=4)
    http_waiting: int = setting("每个进程排队的请求数，超过则答复503", default=256)
    http_body_mebibytes: int = setting("请求体的上限（MiB）", default=16)
    http_body_seconds: int = setting("请求体须在多少秒内传完", default=20)
    http_header_seconds: int = setting("请求头须在多少秒内传完；空闲连接同样", default=5)
    http_source_rate: int = setting("每个来源地址每秒的请求数（每个进程分别计）", default=50)
    http_user_rate: int = setting("每个用户每秒的请求数（每个进程分别计）", default=20)

    http_open_description: bool = setting(
        "接口说明（/api/v1/openapi.json）不登录也可读取；生产环境不开", default=False
    )

    # 文件
    files: str = setting(
        "附件内容的文件夹；不填则SQLite放在数据库文件旁边，其他数据库放在~/.supervision/files",
        default="",
    )
    file_scanner: str = setting("杀毒引擎clamd的套接字文件；不填则上传的文件不扫描", default="")
    file_quota_mebibytes: int = setting("每个用户24小时内上传的总量上限（MiB）", default=2048)
    file_quota_count: int = setting("每个用户24小时内上传的文件数上限", default=1000)

    # 后台作业
    jobs_database: str = setting(
        "作业队列的数据库地址（SQLite文件或PostgreSQL），与业务数据库分开，另用账号；"
        "只存作业编号，丢失不影响作业；不填则SQLite放在数据库文件旁边，其他数据库放在~/.supervision/jobs",
        default="",
        secret=True,
    )

    # 检索
    search_folder: str = setting(
        "企业智搜索引的文件夹，每台机器一份，可随时删除重建；"
        "不填则SQLite放在数据库文件旁边，其他数据库放在~/.supervision/search",
        default="",
    )

    # 审计
    audit_witnesses: tuple[str, ...] = setting(
        "审计日志的见证方：文件夹，或“网址#公钥”（公钥为130位十六进制）；可有多个", default=()
    )
    worker_folder: Path = setting(
        "后台任务自己的文件夹：留存最近的检查点，数据库整个被换回旧的时由此发现；不与数据库放在一起",
        default=HOME / "worker",
    )
    audit_unanchored_hours: int = setting("审计日志多少小时没有得到见证就暂停写入", default=4)

    # 备份
    backup_folder: str = setting(
        "备份文件夹：后台任务每周全备份、每4小时增量备份到这里；不填则不自动备份", default=""
    )
    backup_safe: str = setting(
        "保险柜公钥文件：此后的备份连同平台密钥封装给它，只凭保险柜密钥就能恢复；"
        "不填则只有平台密钥能打开备份",
        default="",
    )
    backup_host_reads: bool = setting(
        "设了保险柜公钥时，主机自己能否打开备份（yes或no）；no则主机只能核对签名和摘要，"
        "演练和恢复须用保险柜密钥",
        default=True,
    )

    @classmethod
    def from_environment(cls, environment: Mapping[str, str]) -> Self:
        """Read those that are set there. Raises ``SettingsWrong`` with every one that is wrong."""
        found: dict[str, object] = {}
        wrong = []
        for one in attrs.fields(cls):
            name = variable(one.name)
            if isinstance(one.default, Path):
                found[one.name] = one.default.expanduser()
            if text := environment.get(name, "").strip():
                try:
                    found[one.name] = _read(one, text)
                except (KeyError, ValueError):
                    wrong.append(Violation("settings.value", at=name, data={"name": name}))
        if found.get("backup_host_reads") is False and not found.get("backup_safe"):
            name = variable("backup_safe")
            wrong.append(Violation("settings.backup_unreadable", at=name, data={"name": name}))
        refuse_if(SettingsWrong, wrong)
        return cls(**found)  # type: ignore[arg-type]  # each was read as its type


def variable(name: str) -> str:
    """Give the environment variable of a setting."""
    return PREFIX + name.upper()
