"""What is sent to one person by a channel that leads out of the platform."""

import re
from collections.abc import Mapping
from enum import StrEnum
from typing import ClassVar, Final

from attrs import define, field, frozen

from supervision_core.kernel.errors import Refused


class Channel(StrEnum):
    """消息渠道 (Channel): how a message reaches a person. Source: proposal 6.4.2.4.3, 6.4.2.4.6."""

    SMS = "sms"
    NOTICE = "notice"
    EMAIL = "email"


CHANNELS: Final[Mapping[str, str]] = {
    Channel.SMS: "短信",
    Channel.NOTICE: "统一消息",
    Channel.EMAIL: "电子邮件",
}
"""What people call them."""


_SEPARATING: Final = frozenset(' ,;:<>()[]"\\')
_MOBILE: Final = re.compile(r"1[3-9][0-9]{9}")


@define(eq=False)
class MessageRefused(Refused):
    """The channel will never take this message, however often it is tried."""

    code: ClassVar[str] = "identity.message_refused"


@frozen(kw_only=True)
class OutgoingMessage:
    """外发消息 (OutgoingMessage): words for one person, known again by ``id`` if sent twice.

    ``to`` is a phone, the useridcode of the unified platform or an e-mail address, as the channel
    wants it.
    """

    id: str
    to: str = field(repr=False)
    title: str = field(repr=False)
    text: str = field(repr=False)


def is_email(text: str) -> bool:
    """Tell whether it is one plain e-mail address, and no list of them or second header."""
    name, _, domain = text.rpartition("@")
    plain = text.isascii() and text.isprintable() and not set(text) & _SEPARATING
    return bool(name and domain) and plain


def is_mobile(text: str) -> bool:
    """Tell whether it is the number of a mobile phone, which takes short messages."""
    return _MOBILE.fullmatch(text) is not None
