"""Who receives events: each is one value beside what it does."""

from typing import Final

from entrypoints.actors import operator
from supervision_core.assessment.telling import TELLINGS as EVALUATIONS
from supervision_core.clues.telling import TELLINGS as CLUES
from supervision_core.dashboards.services import COUNT_RECEIVER
from supervision_core.grading.services import AFTER_NEWS, GRADE_RECEIVER, Regrading
from supervision_core.identity.model import Telling
from supervision_core.identity.services import Commands
from supervision_core.identity.services.station_messages import Messenger
from supervision_core.identity.telling import TELLINGS as NOTICES
from supervision_core.jobs.telling import TELLINGS as JOBS
from supervision_core.kernel.outbox import Receiver
from supervision_core.plans.telling import TELLINGS as PLANS
from supervision_core.scenes.tagging import SceneTagging
from supervision_core.tasks.services.warnings import WARNING_RECEIVER
from supervision_core.tasks.telling import REMINDED
from supervision_core.tasks.telling import TELLINGS as TASKS

TELLINGS: Final[tuple[Telling, ...]] = (*NOTICES, *PLANS, *TASKS, *CLUES, *JOBS, *EVALUATIONS)
"""Everything that users are told, and whom."""


REMINDERS: Final = tuple(one for one in TASKS if one.event in REMINDED)
"""What of it leaves the platform too, where the installation is set so."""


def receivers(commands: Commands) -> tuple[Receiver, ...]:
    """Give those that the worker serves, each with a position of its own."""
    return (
        WARNING_RECEIVER,
        GRADE_RECEIVER,
        Regrading(commands, operator(AFTER_NEWS)).receiver,
        SceneTagging(commands, operator(AFTER_NEWS)).receiver,
        COUNT_RECEIVER,
        Messenger.of(TELLINGS).receiver,
    )
