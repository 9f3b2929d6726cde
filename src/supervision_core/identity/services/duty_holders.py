"""Who holds an administrators' duty today."""

from collections.abc import Iterator

from supervision_core.identity.model import Duty, User, access_of
from supervision_core.identity.ports import GrantSheets, Users
from supervision_core.identity.services.access import picture_of
from supervision_core.identity.services.frame import Work
from supervision_core.identity.services.keeping import find
from supervision_core.kernel.crypto import Tampered
from supervision_core.kernel.days import local_day


def duty_holders(work: Work, duty: Duty) -> Iterator[User]:
    """Give the users who may log in today and have ``duty``, by id.

    Whoever has rows under review (``SealBroken``) is let in nowhere, and so is none of them.
    """
    today = local_day(work.now)
    for one in sorted(work[GrantSheets].holders_of_duty(duty)):
        try:
            user = find(work.unit, Users, one)
            if user is None:
                continue
            access = access_of(user, picture_of(work.unit, user), on=today)
        except Tampered:
            continue
        if duty in access.duties:
            yield user
