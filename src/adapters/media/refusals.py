"""How files are refused here."""

from supervision_core.files.model import FileRefused
from supervision_core.kernel.errors import Scalar, Violation


def refused(code: str, **data: Scalar) -> FileRefused:
    """Make the refusal with one reason."""
    return FileRefused((Violation(code, data=data),))
