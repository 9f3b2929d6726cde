"""How long the texts of the directory may be."""

from collections.abc import Iterator, Mapping

from supervision_core.kernel.errors import Violation


def too_long(texts: Mapping[str, tuple[str, int]]) -> Iterator[Violation]:
    """Give each of ``texts``, by its field, that holds more signs than it may."""
    for at, (text, most) in texts.items():
        if len(text) > most:
            yield Violation("identity.text_long", at, {"most": most})
