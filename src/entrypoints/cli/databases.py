"""``supervision init`` and ``supervision migrate``."""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import rich_click as click

from entrypoints.actors import GUANGXI
from entrypoints.cli.framing import database_option, options, speaking
from entrypoints.settings import Settings
from supervision_core.identity.model import Duty
from supervision_core.kernel.canonical import Json

if TYPE_CHECKING:
    from entrypoints.container import CertificateDesk, Platform
    from entrypoints.organising import FirstCredential, SetUp


@click.command(
    help="建立数据库和密钥，并检查它断电不丢数据；已建立的不受影响。\n\n"
    "给出 --administrators 时还建立区划、牵头机构和系统、安全、审计三位管理员："
    "为每人签发登录证书，证书和私钥写入该文件夹，私钥口令只显示这一次。"
    "升级之后再次执行：不再发放凭据，只把新版本增加的权限授予这三个角色；曾被收回的不再授予。\n\n"
    "某一管理职责已没有人能登录时，用 --restore-duty 和 --account 指定新的一名，"
    "证书写入同一文件夹：先记入审计日志并经各见证方签名，然后才变更。"
)
@database_option
@click.option(
    "--administrators",
    "folder",
    type=click.Path(file_okay=False, path_type=Path),
    help="存放三位管理员证书和私钥的文件夹。",
)
@click.option(
    "--phones",
    nargs=3,
    help="系统、安全、审计管理员的手机号：不签发证书，改发一次性密码，首次登录必须修改。",
)
@click.option(
    "--region", default=GUANGXI, show_default=True, help="本级区划（代码或名称），含其下全部区划。"
)
@click.option("--lead", default="自治区综合监管办公室", show_default=True, help="牵头机构名称。")
@click.option("--lead-code", default="ZHJG", show_default=True, help="牵头机构编码。")
@click.option(
    "--accounts",
    default=("admin.system", "admin.security", "admin.audit"),
    nargs=3,
    show_default=True,
    help="系统、安全、审计管理员的账号；建议改用不易猜到的名称。",
)
@click.option(
    "--restore-duty",
    "restored",
    type=click.Choice([one.value for one in Duty]),
    help="已没有人能担任的管理职责：system系统，security安全，audit审计。",
)
@click.option("--account", help="接任的账号，没有则新建于牵头机构；与 --restore-duty 一并给出。")
@options
def init(  # noqa: PLR0913, PLR0917 - one for each option
    url: str,
    folder: Path | None,
    region: str,
    lead: str,
    lead_code: str,
    accounts: tuple[str, str, str],
    phones: tuple[str, str, str] | None,
    restored: str | None,
    account: str | None,
    *,
    as_json: bool,
) -> None:
    """Make a database ready for its first use, with who administers it."""
    from entrypoints.actors import operator
    from entrypoints.cli.naming import region_of
    from entrypoints.container import open_platform
    from entrypoints.organising import Organisation, regions_of, set_up

    if restored is not None:
        if folder is None or not account:
            raise click.UsageError("--restore-duty 须与 --account 和 --administrators 一并给出。")
        _restore(url, Duty(restored), account, folder, as_json=as_json)
        return
    if folder is None and phones is None:
        _prepare(url, "数据库已就绪", as_json=as_json, make_keys=True)
        return
    with speaking(as_json=as_json) as console:
        platform = open_platform(url, make_keys=True)
        try:
            desk = None if phones else _desk(platform)
            wanted = Organisation(
                region=region_of(platform, region),
                lead=lead,
                lead_code=lead_code,
                accounts=accounts,
                phones=phones or ("", "", ""),
            )
            with console.progress("建立区划", len(regions_of(wanted.region))) as advance:
                made = set_up(
                    platform,
                    wanted,
                    actor=operator(),
                    desk=desk,
                    folder=folder or Path(),
                    advance=advance,
                )
        finally:
            platform.engine.dispose()
        console.answer(_told(made), list(_said(made, url)))


def _restore(url: str, duty: Duty, account: str, folder: Path, *, as_json: bool) -> None:
    """Give a duty anew that nobody can do any more."""
    from entrypoints.actors import operator
    from entrypoints.cli.opening import opened
    from entrypoints.restoration import restore

    with speaking(as_json=as_json) as console, opened(url) as platform:
        desk = _desk(platform)
        made = restore(platform, duty, account, actor=operator(), desk=desk, folder=folder)
        lines = [f"✓ {made.title}已恢复（口令只显示这一次，请交给本人）："]
        console.answer({"administrators": [_credential(made)]}, [*lines, *_credential_said(made)])


def _desk(platform: Platform) -> CertificateDesk:
    from entrypoints.container import certificate_desk

    settings = Settings.from_environment(os.environ)
    return certificate_desk(settings, keys=platform.keys, clock=platform.clock)


def _told(made: SetUp) -> dict[str, Json]:
    return {
        "ready": True,
        "regions": made.regions,
        "department": made.department,
        "administrators": [_credential(one) for one in made.first],
        "gained": [
            {"title": one.title, "permissions": list(one.permissions)} for one in made.gained
        ],
    }


def _said(made: SetUp, url: str) -> Iterator[str]:
    from entrypoints.catalogue import title_of

    yield f"✓ 数据库已就绪：{_shown(url)}"
    yield f"✓ {made.regions} 个区划，牵头机构 {made.department}"
    for gained in made.gained:
        titles = "、".join(map(title_of, gained.permissions))
        yield f"✓ {gained.title}的角色新增 {len(gained.permissions)} 项权限：{titles}"
    if not made.first:
        yield "· 三位管理员早已建立，登录凭据不再发放"
        return
    yield "✓ 三位管理员（以下口令只显示这一次，请分别交给本人）："
    for one in made.first:
        yield from _credential_said(one)


def _credential(one: FirstCredential) -> dict[str, Json]:
    return {
        "account": one.account,
        "title": one.title,
        "secret": one.secret,
        "certificate": str(one.certificate or ""),
        "key": str(one.key or ""),
    }


def _credential_said(one: FirstCredential) -> Iterator[str]:
    kind = "私钥口令" if one.key else "一次性密码"
    yield f"  {one.title}  账号 {one.account}  {kind} {one.secret}"
    if one.key:
        yield f"    证书 {one.certificate}  私钥 {one.key}"


@click.command(help="把数据库升级到本版本；已是本版本的不受影响。")
@database_option
@options
def migrate(url: str, *, as_json: bool) -> None:
    """Bring a database up to this version."""
    _prepare(url, "数据库已是最新", as_json=as_json)


def _prepare(url: str, said: str, *, as_json: bool, make_keys: bool = False) -> None:
    from entrypoints.container import open_platform

    with speaking(as_json=as_json) as console:
        platform = open_platform(url, make_keys=make_keys)
        platform.engine.dispose()
        shown = _shown(url)
        console.answer({"database": shown, "ready": True}, [f"✓ {said}：{shown}"])


def _shown(url: str) -> str:
    from sqlalchemy import make_url

    return make_url(url).render_as_string(hide_password=True)
