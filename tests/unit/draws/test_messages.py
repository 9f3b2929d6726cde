import re
from pathlib import Path

import adapters.crypto.draw_keys
import adapters.ranking
import adapters.witness
import supervision_core.draws
from supervision_core.draws import services
from supervision_core.draws.messages import MESSAGES
from supervision_core.draws.model.draw import VERBS
from supervision_core.draws.services import ceremony, rounds
from supervision_core.identity.services import UseCase


def test_every_code_has_its_words() -> None:
    """Each code that a draw can be refused with has a Chinese text, and no text is orphaned."""
    code = re.compile(r'"(draws\.[a-z_]+)"')
    used: set[str] = set()
    for package in (supervision_core.draws, adapters.ranking, adapters.witness):
        for module in Path(package.__file__ or "").parent.rglob("*.py"):
            if module.name not in {"messages.py", "lists.py"}:
                used |= set(code.findall(module.read_text(encoding="utf-8")))
    kept = Path(adapters.crypto.draw_keys.__file__).read_text(encoding="utf-8")
    used |= set(code.findall(kept))
    permissions = {
        case.permission
        for module in (services, ceremony, rounds)
        for case in vars(module).values()
        if isinstance(case, UseCase)
    }
    assert used - permissions | set(VERBS.messages()) == set(MESSAGES)
