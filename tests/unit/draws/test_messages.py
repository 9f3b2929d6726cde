import re
from pathlib import Path

import supervision_core.draws
from supervision_core.draws.messages import MESSAGES


def test_every_code_has_its_words() -> None:
    """Each code that the context can refuse with has a Chinese text, and no text is orphaned."""
    folder = Path(supervision_core.draws.__file__).parent
    code = re.compile(r'"(draws\.[a-z_]+)"')
    used: set[str] = set()
    for module in folder.rglob("*.py"):
        if module.name not in {"messages.py", "services.py"}:
            used |= set(code.findall(module.read_text(encoding="utf-8")))
    from_files = {"draws.proof_pool_file_missing", "draws.proof_pool_file_differs"}
    assert used | from_files == set(MESSAGES)
