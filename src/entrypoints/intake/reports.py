"""What became of a file."""

from attrs import frozen

from supervision_core.kernel.errors import Violation
from supervision_core.kernel.tables import RowFault


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
