"""``supervision certificate`` and ``supervision login-sign``: certificates without a UKey."""

import os
from datetime import timedelta
from pathlib import Path

import rich_click as click

from entrypoints.cli.framing import database_option, options, speaking
from entrypoints.cli.passphrases import passphrase_of, passphrase_option
from entrypoints.settings import Settings
from supervision_core.kernel.errors import NotFound

_FILE = click.Path(exists=True, dir_okay=False, path_type=Path)
_FOLDER = click.Path(file_okay=False, path_type=Path)


def _settings() -> Settings:
    return Settings.from_environment(os.environ)


@click.group(help="自建证书机构：没有持牌机构证书时，为管理员和工作人员签发SM2登录证书。")
@click.help_option("--help", "-h", help="显示本帮助。")
def certificate() -> None:
    """Handle certificates."""


@certificate.command(
    help="签发证书。NAME 是证书中的姓名或账号。\n\n在 FOLDER 中写入证书和带口令的私钥文件；"
    "给出 --public-key（UKey 中的公钥）时只写证书。"
)
@click.argument("name")
@click.argument("folder", type=_FOLDER)
@click.option("--days", default=730, show_default=True, help="有效天数。")
@click.option("--public-key", type=_FILE, help="UKey 导出的公钥（PEM 或十六进制）。")
@passphrase_option
@options
def issue(  # noqa: PLR0913 - one for each option
    name: str,
    folder: Path,
    days: int,
    public_key: Path | None,
    passphrase_file: Path | None,
    *,
    as_json: bool,
) -> None:
    """Issue a certificate."""
    from entrypoints.container import certificate_desk, pem, thumbprint
    from entrypoints.organising import issue_to_file

    with speaking(as_json=as_json) as console:
        desk = certificate_desk(_settings())
        if public_key is not None:
            desk.office.found()
            made = desk.office.issue(name, desk.read_public_key(public_key), days=days)
            folder.mkdir(parents=True, exist_ok=True)
            path = folder / f"{name}.cer"
            with path.open("xb") as file:
                file.write(pem(made.der))
            serial, print_of = f"{made.serial:x}", thumbprint(made)
        else:
            secret = passphrase_of(passphrase_file, confirm=True)
            written = issue_to_file(desk, name, folder, days=days, passphrase=secret)
            path, serial, print_of = written.certificate, written.serial, written.thumbprint
        console.answer(
            {"certificate": str(path), "serial": serial, "thumbprint": print_of},
            [f"✓ 已签发证书：{path}", f"  序列号 {serial}", f"  SM3指纹 {print_of}"],
        )


@certificate.command(help="把证书绑定到用户，此后该用户可用它登录。")
@click.argument("account")
@click.argument("file", type=_FILE)
@database_option
@options
def bind(account: str, file: Path, url: str, *, as_json: bool) -> None:
    """Bind a certificate to a user."""
    from entrypoints.actors import operator
    from entrypoints.cli.opening import opened
    from entrypoints.container import certificate_desk, thumbprint
    from supervision_core.identity.ports import Users
    from supervision_core.identity.services.login import BindCertificate, bind_certificate

    with speaking(as_json=as_json) as console:
        with opened(url) as platform:
            desk = certificate_desk(_settings(), keys=platform.keys, clock=platform.clock)
            holder = desk.trust.holder(file.read_bytes(), at=platform.clock.now())
            with platform.transactions.begin() as unit:
                user = unit[Users].find_by_account(account)
            if user is None:
                raise NotFound("user", account)
            command = BindCertificate(user_id=user.id, thumbprint=thumbprint(holder))
            platform.commands.run(bind_certificate, command, actor=operator())
        console.answer({"user": user.id}, [f"✓ 账号“{account}”已绑定证书"])


@certificate.command(help="吊销证书并发布新的吊销列表，立即生效。")
@click.argument("serial")
@options
def revoke(serial: str, *, as_json: bool) -> None:
    """Take a certificate back."""
    from entrypoints.container import certificate_desk

    with speaking(as_json=as_json) as console:
        certificate_desk(_settings()).office.revoke(serial)
        console.answer({"serial": serial, "revoked": True}, [f"✓ 证书 {serial} 已吊销"])


@certificate.command(
    help="发布新的吊销列表。\n\n列表到期后没有人能用自建证书登录，请定期执行（例如每周一次）。"
)
@click.option("--days", default=30, show_default=True, help="列表的有效天数。")
@options
def crl(days: int, *, as_json: bool) -> None:
    """Publish a fresh list."""
    from entrypoints.container import certificate_desk

    with speaking(as_json=as_json) as console:
        until = certificate_desk(_settings()).office.publish(days=days)
        local = until + timedelta(hours=8)
        console.answer(
            {"until": until.isoformat()}, [f"✓ 吊销列表已发布，有效至 {local:%Y-%m-%d %H:%M}"]
        )


@certificate.command("list", help="列出签发过的证书。")
@options
def list_(*, as_json: bool) -> None:
    """List what was issued."""
    from entrypoints.container import certificate_desk

    with speaking(as_json=as_json) as console:
        rows = certificate_desk(_settings()).office.issued()
        lines = [
            f"{row['serial']}  {row['name']}  至{row['until'][:10]}"
            f"{'  已吊销' if row['revoked_at'] else ''}"
            for row in rows
        ]
        console.answer({"certificates": list(rows)}, lines or ["还没有签发证书"])


@click.command(
    "login-sign",
    help="用私钥文件对登录挑战签名（UKey 所做的事），输出登录接口所需的证书与签名。\n\n"
    "NONCE 是挑战的十六进制字节；从登录页下载了挑战文件的，用 --challenge，签名写到 --signature。",
)
@click.argument("nonce", default="")
@click.option("--challenge", type=_FILE, help="从登录页下载的挑战文件。")
@click.option(
    "--signature",
    type=click.Path(dir_okay=False, path_type=Path),
    help="把签名写到这个文件，与证书文件一起在登录页提交。",
)
@click.option("--key", type=_FILE, required=True, help="私钥文件。")
@click.option("--certificate", "certificate_file", type=_FILE, required=True, help="证书文件。")
@passphrase_option
@options
def login_sign(  # noqa: PLR0913 - one for each option
    nonce: str,
    *,
    challenge: Path | None,
    signature: Path | None,
    key: Path,
    certificate_file: Path,
    passphrase_file: Path | None,
    as_json: bool,
) -> None:
    """Sign a challenge."""
    from entrypoints.container import certificate_desk

    with speaking(as_json=as_json) as console:
        if (challenge is None) == (nonce == ""):
            raise click.UsageError("NONCE 和 --challenge 二选一")
        try:
            message = bytes.fromhex(nonce) if challenge is None else challenge.read_bytes()
        except ValueError:
            raise click.UsageError("NONCE 不是十六进制") from None
        desk = certificate_desk(_settings())
        signed = desk.answer(message, key, certificate_file, passphrase_of(passphrase_file))
        if signature is not None:
            signature.write_bytes(signed[1])
        console.answer(
            {"certificate": signed[0].hex(), "signature": signed[1].hex()},
            [f"certificate: {signed[0].hex()}", f"signature: {signed[1].hex()}"],
        )
