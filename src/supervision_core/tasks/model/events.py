"""Past facts of tasks, visits, rectifications, publications, transfers and reviews."""

from datetime import date

from attrs import frozen

from supervision_core.kernel.events import Event


@frozen(kw_only=True)
class TaskCreated(Event):
    """A task was drafted."""

    task: str


@frozen(kw_only=True)
class TaskConsulted(Event):
    """The joining departments were asked for their opinion by ``due_on``."""

    task: str
    departments: tuple[str, ...]
    due_on: date


@frozen(kw_only=True)
class TaskDispatched(Event):
    """The task went out to its departments, to be claimed by ``claim_due``."""

    task: str
    departments: tuple[str, ...]
    claim_due: date


@frozen(kw_only=True)
class PartClaimed(Event):
    """A department took up its part."""

    task: str
    department: str


@frozen(kw_only=True)
class PartUrged(Event):
    """The lead pressed a late department."""

    task: str
    department: str
    urging: str


@frozen(kw_only=True)
class PartClosed(Event):
    """A department finished its part."""

    task: str
    department: str


@frozen(kw_only=True)
class TaskClosed(Event):
    """Every part is closed, and the lead closed the whole."""

    task: str


@frozen(kw_only=True)
class TaskArchived(Event):
    """The whole file of the task is fixed by ``manifest`` (SM3, lower-case hex)."""

    task: str
    manifest: str


@frozen(kw_only=True)
class TaskPublished(Event):
    """Every result that had to be shown is shown."""

    task: str


@frozen(kw_only=True)
class TaskDeleted(Event):
    """A task was given up before dispatch."""

    task: str
    reason: str


@frozen(kw_only=True)
class VisitOpened(Event):
    """A subject is to be visited."""

    visit: str
    task: str
    subject: str


@frozen(kw_only=True)
class OfficersDrawn(Event):
    """A department drew officers for a visit when it claimed its part of the task."""

    visit: str
    subject: str
    officers: tuple[str, ...]


@frozen(kw_only=True)
class VisitStarted(Event):
    """The officers are on the spot, or have opened the file of an off-site check."""

    visit: str
    scanned: bool


@frozen(kw_only=True)
class OfficerReplaced(Event):
    """An officer of a visit was replaced."""

    visit: str
    old: str
    new: str
    reason: str


@frozen(kw_only=True)
class AssistanceHandedOver(Event):
    """An assistant handed a visit over to another of the same institution."""

    visit: str
    old: str
    new: str


@frozen(kw_only=True)
class ProblemReported(Event):
    """An assistant reported a problem to a department of a visit."""

    visit: str
    department: str
    by: str


@frozen(kw_only=True)
class ExtensionAsked(Event):
    """Officers ask for more days for a visit."""

    visit: str
    days: int


@frozen(kw_only=True)
class ExtensionDecided(Event):
    """The lead decided on more days for a visit."""

    visit: str
    granted: bool
    due_on: date


@frozen(kw_only=True)
class VisitCompleted(Event):
    """The result of a visit is formed."""

    visit: str
    task: str
    subject: str
    formed_on: date
    outcomes: tuple[str, ...]
    findings: int


@frozen(kw_only=True)
class RectificationOrdered(Event):
    """A firm was ordered to put findings right by ``due_on``."""

    rectification: str
    visit: str
    subject: str
    due_on: date


@frozen(kw_only=True)
class RectificationWithdrawn(Event):
    """An order was taken back before it was delivered."""

    rectification: str
    visit: str
    subject: str


@frozen(kw_only=True)
class LetterServed(Event):
    """A letter goes to its addressee as a link."""

    letter: str
    rectification: str


@frozen(kw_only=True)
class LetterOpened(Event):
    """The addressee opened a letter for the first time."""

    letter: str
    rectification: str
    subject: str


@frozen(kw_only=True)
class RectificationReported(Event):
    """The firm said what it did."""

    rectification: str
    subject: str


@frozen(kw_only=True)
class RectificationRechecked(Event):
    """Officers looked again."""

    rectification: str
    result: str


@frozen(kw_only=True)
class RectificationFinished(Event):
    """Everything was put right."""

    rectification: str
    visit: str
    subject: str


@frozen(kw_only=True)
class ResultPublished(Event):
    """A result is shown to the public until ``until``."""

    publication: str
    subject: str
    until: date


@frozen(kw_only=True)
class ResultWithheld(Event):
    """A result will not be shown, on a ground of the law and for ``reason``."""

    publication: str
    subject: str = ""
    ground: str = ""
    reason: str
    by: str = ""


@frozen(kw_only=True)
class WithdrawalProposed(Event):
    """A department asks the head of the lead to take a shown result back by ``due_on``."""

    publication: str
    subject: str
    department: str
    reason: str
    due_on: date


@frozen(kw_only=True)
class WithdrawalDeclined(Event):
    """The head of the lead leaves a result shown though a department asked."""

    publication: str
    subject: str
    reason: str


@frozen(kw_only=True)
class ResultWithdrawn(Event):
    """A shown result was taken back."""

    publication: str
    subject: str = ""
    reason: str


@frozen(kw_only=True)
class TransferMade(Event):
    """A case went to the enforcement body or to the police; ``receiver`` if it works here."""

    transfer: str
    visit: str
    to: str
    receiver: str = ""


@frozen(kw_only=True)
class TransferReturned(Event):
    """Who received a case gave it back: the judicial side found no crime, or it is not his."""

    transfer: str


@frozen(kw_only=True)
class ReviewRecorded(Event):
    """Officers looked again at what a third party assisted with."""

    review: str
    visit: str
    agrees: bool
