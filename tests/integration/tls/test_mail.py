"""The mail server is told nothing before TLS with its own certificate stands."""

import ssl
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta
from pathlib import Path

import pytest
from tests.integration.tls.authority import ELSEWHERE, Authority

from adapters.notify.smtp import MailServer, MailUnavailable, SmtpMessages
from adapters.system import SystemClock
from entrypoints.simulators.faults import MailFault
from entrypoints.simulators.mail import Mail, SimulatedMail, simulated_mail
from supervision_core.testing.messaging import written

PASSWORD = "a password of tests"  # noqa: S105 - of a server that is played


@pytest.fixture(scope="module")
def authority(tmp_path_factory: pytest.TempPathFactory) -> Authority:
    """Give the authority that callers believe."""
    return Authority.found("believed", tmp_path_factory.mktemp("believed"))


@contextmanager
def serving(certificate: Path, told: list[Mail]) -> Iterator[tuple[SimulatedMail, str]]:
    """Serve with STARTTLS and a password."""
    context = ssl.create_default_context(ssl.Purpose.CLIENT_AUTH)
    context.load_cert_chain(certificate)
    simulated = SimulatedMail(told.append, tls=context, password=PASSWORD)
    with simulated_mail(simulated) as address:
        yield simulated, address


def channel(address: str, authority: Authority, password: str = PASSWORD) -> SmtpMessages:
    """Give the adapter that believes the authority."""
    return SmtpMessages(
        server=MailServer.at(address),
        sender="supervision@example.cn",
        user="supervision",
        password=password,
        authorities=str(authority.file),
        clock=SystemClock(),
        seconds=5,
    )


def test_only_its_own_certificate_is_believed(authority: Authority, tmp_path: Path) -> None:
    """Foreign authority, another's name, expired: not even the password is said; a good one is."""
    foreign, told = Authority.found("foreign", tmp_path), list[Mail]()
    for certifying, changed in (
        (foreign, {}),
        (authority, {"names": ELSEWHERE}),
        (authority, {"until": timedelta(hours=-1)}),
    ):
        with serving(certifying.server_file(tmp_path, **changed), told) as (_, address):
            with pytest.raises(MailUnavailable) as refused:
                channel(address, authority).send(written("firm@example.cn"))
            assert [one.code for one in refused.value.reasons] == ["notify.not_protected"]
        assert told == []
    with serving(authority.server_file(tmp_path), told) as (_, address):
        channel(address, authority).try_out()
        assert told == []
        channel(address, authority).send(written("firm@example.cn"))
        assert [one.to for one in told] == ["firm@example.cn"]
        with pytest.raises(MailUnavailable) as refused:
            channel(address, authority, "wrong").send(written("firm@example.cn"))
        assert [one.code for one in refused.value.reasons] == ["notify.log_in_refused"]


def test_without_starttls_nothing_is_said(
    authority: Authority, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Not offered or refused, by a server elsewhere: the letter is not sent in the clear."""
    monkeypatch.setattr("adapters.notify.smtp._LOOPBACK", frozenset())
    told = list[Mail]()
    with serving(authority.server_file(tmp_path), told) as (simulated, address):
        for fault in (MailFault.NO_STARTTLS, MailFault.STARTTLS_REFUSED):
            simulated.fault = fault
            with pytest.raises(MailUnavailable) as refused:
                channel(address, authority).send(written("firm@example.cn"))
            assert [one.code for one in refused.value.reasons] == ["notify.not_protected"], fault
    assert told == []
