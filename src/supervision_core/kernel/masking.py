"""What is left of personal data where it is not for the reader: enough to tell those one knows."""

from typing import Final

COVER: Final = "*"
_SHOWN: Final = 4


def covered(text: str, shown: int = _SHOWN) -> str:
    """Give a text with all but its last signs covered; a short one is covered whole."""
    kept = text[len(text) - shown :] if len(text) > 2 * shown else ""
    return COVER * (len(text) - len(kept)) + kept


def covered_name(name: str) -> str:
    """Give the surname of a natural person, and a star for each other sign."""
    return name[:1] + COVER * (len(name) - 1)


def uncovered(text: str) -> str:
    """Give what is no personal data of anybody as it is: how to reach a body, say."""
    return text
