"""Templates of papers that departments uploaded: looked at while staged, read when used."""

from attrs import frozen

from supervision_core.files.model import FileForm, StoredContent
from supervision_core.files.ports import FileBytes, StagedFiles
from supervision_core.files.sealing import SealedBytes
from supervision_core.items.model import LETTER_FORMS, DocumentKind
from supervision_core.items.ports import PaperTemplates
from supervision_core.kernel.crypto import KeyStore
from supervision_core.kernel.documents import LetterKind, Letters
from supervision_core.kernel.errors import NotFound, Refused, Violation
from supervision_core.kernel.ports import Randomness


@frozen
class StagedPapers(PaperTemplates):
    """Tries a staged file as a template, with facts that no letter ever had."""

    staged: StagedFiles
    letters: Letters
    store: FileBytes
    keys: KeyStore
    randomness: Randomness

    def faults(self, staged: str, document: DocumentKind) -> tuple[Violation, ...]:
        """Give what is against it; nothing where there is no such file."""
        try:
            content = self.staged.get(staged).content
        except NotFound:
            return ()
        if content is None:
            return ()
        form = LETTER_FORMS[document]
        try:
            self.letters.render(
                form, self.letters.sample(form), LetterKind.PDF, self._bytes(staged, content)
            )
        except Refused as refusal:
            return tuple(refusal.violations)
        return ()

    def _bytes(self, staged: str, content: StoredContent) -> bytes:
        sealed = SealedBytes(self.store, self.keys, self.randomness)
        return b"".join(sealed.chunks(staged, FileForm.WHOLE.value, content.whole))
