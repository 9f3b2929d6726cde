"""The unified platform's services that the worker and the commands call."""

from pathlib import Path

from adapters.crypto.key_file import read_secret
from adapters.crypto.platform_keys import PlatformKeys
from adapters.zhiguitong.calling import Caller, unavailable
from adapters.zhiguitong.matters import PlatformMatters
from adapters.zhiguitong.notices import PlatformNotices
from adapters.zhiguitong.organisation import PlatformOrganisation
from adapters.zhiguitong.signing import Signing
from entrypoints.container.platform import Platform
from entrypoints.settings import Settings
from supervision_core.identity.ports import (
    OrganisationSource,
)
from supervision_core.identity.services.notices import NoticeDelivery
from supervision_core.items.told import MatterSource
from supervision_core.kernel.ports import Clock, Randomness


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


def open_notices(settings: Settings, platform: Platform) -> NoticeDelivery:
    """Give what hands messages on. Raises ``AddressUnfit`` where no message service is set."""
    service = PlatformNotices(
        address=settings.notice_url,
        signing=signing_with(
            settings.notice_application,
            settings.notice_secret,
            platform.keys,
            platform.clock,
            platform.randomness,
        ),
        caller=Caller(authorities=settings.partner_certificates),
    )
    return NoticeDelivery(platform.transactions, platform.clock, service)


def require_organisation(settings: Settings) -> None:
    """Demand that the existing platform's organisation is set. Raises ``Unavailable``."""
    if not settings.organisation_url:
        raise unavailable("zhiguitong.organisation_not_set")


def open_organisation(settings: Settings, platform: Platform) -> OrganisationSource:
    """Give the existing platform's organisation. Raises ``Unavailable`` where none is set."""
    require_organisation(settings)
    return PlatformOrganisation(
        address=settings.organisation_url,
        signing=signing_with(
            settings.organisation_application,
            settings.organisation_secret,
            platform.keys,
            platform.clock,
            platform.randomness,
        ),
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
        signing=signing_with(
            settings.matters_application,
            settings.matters_secret,
            platform.keys,
            platform.clock,
            platform.randomness,
        ),
        caller=Caller(seconds=20.0, authorities=settings.partner_certificates),
        waits=(1.0, 4.0, 16.0),
    )
