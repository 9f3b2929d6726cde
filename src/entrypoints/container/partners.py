"""The unified platform's services that the worker and the commands call."""

from collections.abc import Callable, Mapping, Sequence
from pathlib import Path

from adapters.crypto.key_file import read_secret
from adapters.crypto.platform_keys import PlatformKeys
from adapters.notify.smtp import MailServer, SmtpMessages
from adapters.system import SystemClock, SystemRandomness
from adapters.zhiguitong.calling import Caller, base_address, unavailable
from adapters.zhiguitong.gateway import (
    GatewayMessages,
    PlatformMessages,
    ShortMessageGateway,
)
from adapters.zhiguitong.matters import PlatformMatters
from adapters.zhiguitong.notices import PlatformNotices
from adapters.zhiguitong.organisation import PlatformOrganisation
from adapters.zhiguitong.signals import PlatformSignals
from adapters.zhiguitong.signing import Signing
from entrypoints.container.channels import set_channels
from entrypoints.container.platform import Platform
from entrypoints.container.protection import open_keys
from entrypoints.receivers import REMINDERS
from entrypoints.settings import Settings
from supervision_core.clues.services.intake import SignalAnswers
from supervision_core.clues.told import SignalSource
from supervision_core.identity.model import Channel
from supervision_core.identity.ports import (
    MessageChannel,
    OrganisationSource,
)
from supervision_core.identity.services.notices import NoticeDelivery
from supervision_core.identity.services.reminders import Reminders
from supervision_core.identity.services.station_messages import Messenger
from supervision_core.items.told import MatterSource
from supervision_core.kernel.outbox import Receiver
from supervision_core.kernel.ports import Clock, Randomness
from supervision_core.tasks.services.letters import LETTERS, LetterPost


def signing_with(
    application: str, secret: Path, keys: PlatformKeys, clock: Clock, randomness: Randomness
) -> Signing:
    """Give what signs calls to a partner, by the secret in a file."""
    return Signing(
        application=application,
        mac=keys.algorithms.mac(read_secret(secret).encode()),
        clock=clock,
        randomness=randomness,
    )


def _signing(platform: Platform, application: str, secret: Path) -> Signing:
    return signing_with(application, secret, platform.keys, platform.clock, platform.randomness)


def short_message_gateway(
    settings: Settings, keys: PlatformKeys, clock: Clock, randomness: Randomness
) -> ShortMessageGateway:
    """Give the gateway of short messages. Raises ``AddressUnfit`` where none is set."""
    return ShortMessageGateway(
        address=settings.sms_url,
        signing=signing_with(
            settings.sms_application, settings.sms_secret, keys, clock, randomness
        ),
        caller=Caller(seconds=3.0, authorities=settings.partner_certificates),
    )


def _notice_service(
    settings: Settings, keys: PlatformKeys, clock: Clock, randomness: Randomness
) -> PlatformNotices:
    return PlatformNotices(
        address=settings.notice_url,
        signing=signing_with(
            settings.notice_application, settings.notice_secret, keys, clock, randomness
        ),
        caller=Caller(authorities=settings.partner_certificates),
    )


def open_notices(settings: Settings, platform: Platform) -> NoticeDelivery:
    """Give what hands messages on. Raises ``AddressUnfit`` where no message service is set."""
    service = _notice_service(settings, platform.keys, platform.clock, platform.randomness)
    return NoticeDelivery(platform.transactions, platform.clock, service)


def mail_server(settings: Settings, clock: Clock) -> SmtpMessages:
    """Give the mail server. Raises ``MailAddressUnfit`` where none is set."""
    return SmtpMessages(
        server=MailServer.at(settings.mail_url),
        sender=settings.mail_from,
        user=settings.mail_user,
        password=read_secret(settings.mail_secret) if settings.mail_user else "",
        authorities=settings.partner_certificates,
        clock=clock,
    )


def message_channels(
    settings: Settings, keys: PlatformKeys, clock: Clock, randomness: Randomness
) -> Mapping[Channel, MessageChannel]:
    """Give every channel that is set. Raises what is wrong with a setting."""
    made: Mapping[Channel, Callable[[], MessageChannel]] = {
        Channel.SMS: lambda: GatewayMessages(
            short_message_gateway(settings, keys, clock, randomness)
        ),
        Channel.NOTICE: lambda: PlatformMessages(
            _notice_service(settings, keys, clock, randomness)
        ),
        Channel.EMAIL: lambda: mail_server(settings, clock),
    }
    return {channel: made[channel]() for channel in set_channels(settings)}


def sending_receivers(settings: Settings, platform: Platform) -> Sequence[Receiver]:
    """Give what leaves the platform: answers to channels, links of letters, reminders, as set."""
    found = []
    if settings.signals_url:
        found.append(SignalAnswers(open_signals(settings, platform)).receiver)
    if not settings.public_url and not settings.task_reminders:
        return found
    channels = message_channels(settings, platform.keys, platform.clock, platform.randomness)
    if settings.public_url:
        post = LetterPost(
            transactions=platform.transactions,
            clock=platform.clock,
            ids=platform.ids,
            channels=channels,
            address=f"{base_address(settings.public_url)}{LETTERS}",
        )
        found.append(post.receiver)
    if settings.task_reminders:
        found.append(Reminders(Messenger.of(REMINDERS), channels).receiver)
    return found


def tried_channels(settings: Settings) -> frozenset[Channel]:
    """Give the channels that are set and can be used; the mail server is asked, nothing is sent.

    Raises what is wrong with one.
    """
    clock, randomness, found = SystemClock(), SystemRandomness(), set_channels(settings)
    if found:
        message_channels(settings, open_keys(), clock, randomness)
    if Channel.EMAIL in found:
        mail_server(settings, clock).try_out()
    return found


def require_organisation(settings: Settings) -> None:
    """Demand that the existing platform's organisation is set. Raises ``Unavailable``."""
    if not settings.organisation_url:
        raise unavailable("zhiguitong.organisation_not_set")


def open_organisation(settings: Settings, platform: Platform) -> OrganisationSource:
    """Give the existing platform's organisation. Raises ``Unavailable`` where none is set."""
    require_organisation(settings)
    return PlatformOrganisation(
        address=settings.organisation_url,
        signing=_signing(platform, settings.organisation_application, settings.organisation_secret),
        caller=Caller(seconds=20.0, authorities=settings.partner_certificates),
    )


def open_matters(settings: Settings, platform: Platform) -> MatterSource:
    """Give the platform above that tells matters. Raises ``Unavailable`` where none is set.

    A page that does not come is asked for again after 1, 4 and 16 seconds.
    """
    if not settings.matters_url:
        raise unavailable("zhiguitong.matters_not_set")
    return PlatformMatters(
        address=settings.matters_url,
        signing=_signing(platform, settings.matters_application, settings.matters_secret),
        caller=Caller(seconds=20.0, authorities=settings.partner_certificates),
        waits=(1.0, 4.0, 16.0),
    )


def open_signals(settings: Settings, platform: Platform) -> SignalSource:
    """Give the interface that tells hints from outside. Raises ``Unavailable`` where none is set.

    A page that does not come is asked for again after 1, 4 and 16 seconds.
    """
    if not settings.signals_url:
        raise unavailable("zhiguitong.signals_not_set")
    return PlatformSignals(
        address=settings.signals_url,
        signing=_signing(platform, settings.signals_application, settings.signals_secret),
        caller=Caller(seconds=20.0, authorities=settings.partner_certificates),
        waits=(1.0, 4.0, 16.0),
    )
