"""自动登记线索: what the hotline, devices and warnings tell becomes clues, once, and is answered.

Source: proposal 2916-2926, 4204-4206.
"""

from collections.abc import Sequence

from attrs import field, frozen

from supervision_core.clues.model import (
    Clue,
    ClueConcluded,
    ClueRefused,
    ClueSheet,
    Complainant,
    term_of,
    told_id,
)
from supervision_core.clues.ports import Clues
from supervision_core.clues.registers import receiver_in
from supervision_core.clues.told import SignalSource, ToldResult, ToldSignal
from supervision_core.identity.ports import Users
from supervision_core.identity.services import Work, use_case
from supervision_core.identity.services.keeping import find
from supervision_core.kernel.calendar import Calendars
from supervision_core.kernel.days import local_day
from supervision_core.kernel.errors import Violation
from supervision_core.kernel.fields import said
from supervision_core.kernel.outbox import Envelope, Receiver, Receiving, name_of
from supervision_core.subjects.ports import Subjects


@frozen(kw_only=True)
class TakeInSignal:
    """What a channel outside tells."""

    signal: ToldSignal = field(metadata=said("外部线索"))


@use_case("clues.take_in", "接收外部线索")
def take_in(work: Work, cmd: TakeInSignal) -> str:
    """Register what a channel outside tells, for the department that takes up what lies there.

    Repeated under the same number it changes nothing. What somebody with an account enters counts
    as entered by his own department, whatever channel he names, and leaves the channel's number to
    what the channel itself reports (design §14).
    """
    told = cmd.signal
    work.reach("region", told.region, region=told.region, departments=frozenset())
    if not told.reference.strip():
        raise ClueRefused((Violation("clues.field_empty", "signal.reference"),))
    made_of = told_id(told.channel, told.reference)
    if find(work.unit, Users, work.actor.user) is not None:
        made_of = told_id(told.channel, f"{told.reference}/{work.actor.user}")
    if find(work.unit, Clues, made_of) is not None:
        return made_of
    taker = receiver_in(work.unit, told.region)
    if not taker:
        raise ClueRefused((Violation("clues.receiver_missing", "signal.region"),))
    known = work[Subjects].find_by_codes([told.firm]) if told.firm else []
    sheet = ClueSheet(
        title=told.title, content=told.content, channel=told.channel, kind=told.kind,
        region=told.region, registered_by=taker, subject=known[0].id if known else "",
        subject_text=told.subject_text, reference=told.reference, service=told.service,
        urgent=told.urgent,
    )  # fmt: skip
    who = Complainant(name=told.name, phone=told.phone) if told.name or told.phone else None
    due_on = term_of(told.kind, work[Calendars].working_calendar(), work.now)
    clue = Clue.register(id=made_of, sheet=sheet, due_on=due_on, complainant=who, at=work.now)
    work.save(Clues, clue)
    return clue.id


@frozen
class SignalAnswers:
    """Tells the channel of a clue how it ended: at least once, each under the channel's number."""

    source: SignalSource

    @property
    def receiver(self) -> Receiver:
        """Give it as a receiver of events."""
        return Receiver(
            name="clue_answers", title="向线索来源反馈办理结果", receive=self.receive,
            names=frozenset({name_of(ClueConcluded)}), outside=True, leaves=True,
        )  # fmt: skip

    def receive(self, receiving: Receiving, events: Sequence[Envelope]) -> None:
        """Tell each that has a number of its channel. Raises ``Unavailable``."""
        for event in events:
            clue = receiving.unit[Clues].get(event.thing.id)
            if clue.sheet.reference:
                self.source.conclude(
                    ToldResult(
                        channel=clue.sheet.channel, reference=clue.sheet.reference,
                        text=clue.told, on=local_day(event.at),
                    )
                )  # fmt: skip
