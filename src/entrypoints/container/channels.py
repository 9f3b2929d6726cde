"""Which channels of messages an installation has: read from its settings, nothing is opened."""

from attrs import frozen

from entrypoints.settings import Settings
from supervision_core.identity.model import Channel
from supervision_core.identity.ports import OpenChannels


def set_channels(settings: Settings) -> frozenset[Channel]:
    """Give the channels whose address is set."""
    addresses = {
        Channel.SMS: settings.sms_url,
        Channel.NOTICE: settings.notice_url,
        Channel.EMAIL: settings.mail_url,
    }
    return frozenset(channel for channel, address in addresses.items() if address)


@frozen
class SetChannels(OpenChannels):
    """Those whose address is set, where links can lead back to this platform."""

    settings: Settings

    def all(self) -> frozenset[Channel]:
        """Give them."""
        return set_channels(self.settings) if self.settings.public_url else frozenset()
