"""What an installation needs somebody to look after: certificates, witnesses, backups."""

import os
from collections.abc import Callable, Iterator
from datetime import timedelta
from pathlib import Path
from typing import Final

from attrs import frozen

from entrypoints.container import (
    SystemClock,
    backups_in,
    open_keys,
    revocation_lists,
    tried_channels,
    witness_answers,
)
from entrypoints.settings import Settings
from supervision_core.identity.model import CHANNELS
from supervision_core.kernel.days import local_day

SOON: Final = timedelta(days=7)


class Unwell(Exception):
    """What a check found is wrong; its text says what."""


class Doubtful(Exception):
    """What a check found works, but not for long, or protects less than it could."""


@frozen(kw_only=True)
class Check:
    """Something about an installation; ``run`` tells what it found.

    It raises ``Unwell`` or ``Doubtful`` for what is not as it should be; then ``remedy`` says what
    to do.
    """

    name: str
    title: str
    remedy: str
    run: Callable[[], str]


def upkeep_checks() -> Iterator[Check]:
    """Give them."""
    yield Check(
        name="platform.revocation_lists",
        title="证书吊销列表",
        remedy="自建机构：运行 supervision worker，或 supervision certificate crl；"
        "持牌机构：重新下载其吊销列表",
        run=_revocation_lists,
    )
    yield Check(
        name="platform.witness",
        title="审计见证方",
        remedy="设 SUPERVISION_AUDIT_WITNESSES；访问不到的，检查网络和见证服务，见 docs/audit.md",
        run=_witness,
    )
    yield Check(
        name="platform.channels",
        title="消息渠道",
        remedy="核对短信、统一消息、邮件的设置和密钥文件，见 docs/deploy.md#消息渠道",
        run=_channels,
    )
    yield Check(
        name="platform.backup",
        title="备份",
        remedy="设 SUPERVISION_BACKUP_FOLDER 并运行 supervision worker，见 docs/deploy.md",
        run=_backup,
    )


def _revocation_lists() -> str:
    ends = revocation_lists(Settings.from_environment(os.environ))
    if not ends:
        return "没有：没有使用证书"
    now = SystemClock().now()
    name, until = min(ends.items(), key=lambda one: one[1])
    told = f"{name} 有效到 {local_day(until)}"
    if until <= now:
        raise Unwell(f"{told}，已过期，证书都不能登录")
    if until < now + SOON:
        raise Doubtful(f"{told}，不到 {SOON.days} 天")
    return told


def _witness() -> str:
    settings = Settings.from_environment(os.environ)
    places = settings.audit_witnesses
    if not places:
        raise Doubtful("没有：掌握平台全部密钥的人可以重写审计日志而不被发现")
    away = [place.partition("#")[0] for place in places if not witness_answers(place)]
    if away:
        hours = settings.audit_unanchored_hours
        raise Unwell(f"{'、'.join(away)} 访问不到，或不是约定的密钥；{hours} 小时后平台暂停写入")
    return f"{len(places)} 个，都能访问"


def _channels() -> str:
    settings = Settings.from_environment(os.environ)
    opened = tried_channels(settings)
    told = "，".join(
        title + ("可用" if channel in opened else "没有设置") for channel, title in CHANNELS.items()
    )
    if not opened:
        raise Doubtful(f"{told}：文书和提醒发不出去")
    return told


def _backup() -> str:
    folder = Settings.from_environment(os.environ).backup_folder
    if not folder:
        raise Doubtful("没有设置备份文件夹，不自动备份")
    place = Path(folder).expanduser()
    if not place.is_dir():
        raise Unwell(f"{place} 不存在")
    backups = backups_in(place, open_keys(), SystemClock())
    heads, damaged = backups.survey()
    if damaged:
        raise Unwell(f"损坏：{'、'.join(damaged)}")
    if not heads:
        raise Unwell(f"{place} 里还没有备份")
    last = f"最近一次在 {max(head.at for head in heads).astimezone():%Y-%m-%d %H:%M}"
    if backups.due() is not None:
        raise Doubtful(f"{last}，本时段的还没有做")
    return last
