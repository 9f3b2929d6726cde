"""How partners that are played can fail."""

from enum import StrEnum


class MailFault(StrEnum):
    """What the mail server does wrong."""

    SLOW = "slow"
    BUSY = "busy"
    HANGS_UP = "hangs_up"
    NO_STARTTLS = "no_starttls"
    STARTTLS_REFUSED = "starttls_refused"
