"""What became of a file."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from typing import Final

from attrs import evolve, frozen

from supervision_core.kernel.errors import Violation
from supervision_core.kernel.messages import Message, Messages
from supervision_core.kernel.tables import RowFault, Severity

_DETAILS: Final = 3


@frozen
class PlacedFault:
    """A fault, and the sheet in which its row stands. The fault of a row of no data warns."""

    sheet: str
    fault: RowFault


@frozen
class UnreadSheet:
    """A sheet that looks like the table but cannot be read as it, and why."""

    sheet: str
    violations: tuple[Violation, ...]


@frozen(kw_only=True)
class ImportReport:
    """What became of a file.

    ``rows`` are its rows of data: ``refused`` of them stay out, ``repeated`` ones are equal to
    another. ``added``, ``changed`` and ``same`` count subjects or officers (an officer may stand
    in several rows). ``warnings`` counts the faults that kept nothing out.
    """

    rows: int
    added: int
    changed: int
    same: int
    refused: int
    repeated: int
    warnings: int
    faults: tuple[PlacedFault, ...]
    unread: tuple[UnreadSheet, ...] = ()

    @property
    def taken(self) -> int:
        """How many are in after it, whether or not they were before."""
        return self.added + self.changed + self.same

    @property
    def nothing(self) -> str:
        """Why no row went in, and what to do; empty where one did."""
        if self.taken:
            return ""
        if self.rows:
            return "没有导入任何一行：原因和办法见下，改好后重新导入"
        return "没有导入任何一行：表头下面没有数据行，请核对文件后重新导入"


@frozen
class Reason:
    """What is said of a column, and in which rows; without ``kept_out`` it only warns."""

    kept_out: bool
    column: str
    said: Message
    places: Sequence[PlacedFault]

    @property
    def code(self) -> str:
        """The code of what is wrong."""
        return self.places[0].fault.violation.code


def reasons_of(report: ImportReport, messages: Messages) -> list[Reason]:
    """Give each reason once: what kept rows out first, the most frequent before the others.

    Rows that differ in a detail (another region, another row) count as one reason once there are
    too many details to tell; then it says none of them.
    """
    groups: defaultdict[tuple[bool, str, str], list[PlacedFault]] = defaultdict(list)
    for one in report.faults:
        fault = one.fault
        kept_out = fault.severity is Severity.ERROR
        groups[kept_out, fault.column, fault.violation.code].append(one)
    found = [
        Reason(kept_out, column, said, places)
        for (kept_out, column, _), alike in groups.items()
        for said, places in _told_alike(alike, messages)
    ]
    return sorted(found, key=lambda one: (not one.kept_out, -len(one.places)))


def _told_alike(
    found: list[PlacedFault], messages: Messages
) -> Iterable[tuple[Message, list[PlacedFault]]]:
    """Part the faults of one code and column by what is said of them, or say what they share."""
    by_words: defaultdict[Message, list[PlacedFault]] = defaultdict(list)
    for one in found:
        by_words[messages.explain(one.fault.violation)].append(one)
    if len(by_words) == 1 or len(by_words) <= min(_DETAILS, len(found) // 2):
        return by_words.items()
    first = found[0].fault.violation
    rest = [one.fault.violation.data for one in found]
    shared = {
        name: value if all(data.get(name) == value for data in rest) else "…"
        for name, value in first.data.items()
    }
    return [(messages.explain(evolve(first, data=shared)), found)]
