"""Files in which departments keep their numbers: read by their owner, and never written over."""

import json
from pathlib import Path

import pytest

from adapters.ranking.nonces import FORMAT, kept_nonce, made_nonce
from adapters.system import SystemRandomness
from supervision_core.draws.model.draw import NonceRefused
from supervision_core.draws.model.ranking import commitment


def test_a_number_is_kept_until_it_is_revealed(tmp_path: Path) -> None:
    """What is committed to is what the file gives back; a second one does not take its place."""
    path = tmp_path / "nonce.json"
    made = made_nonce("farm", path, SystemRandomness())
    assert path.stat().st_mode & 0o777 == 0o600
    assert kept_nonce(path) == made
    assert made.commitment == commitment("farm", made.nonce)
    with pytest.raises(NonceRefused):
        made_nonce("farm", path, SystemRandomness())
    assert kept_nonce(path) == made


@pytest.mark.parametrize(
    "said",
    ["", "[]", json.dumps({"format": FORMAT, "contributor": "a", "nonce": "00"}),
     json.dumps({"format": "draw-nonce/0", "contributor": "a", "nonce": "00" * 32})],
)  # fmt: skip
def test_what_is_no_such_file_is_refused(tmp_path: Path, said: str) -> None:
    """Another file, or one that was cut, reveals nothing."""
    path = tmp_path / "other.json"
    path.write_text(said, "utf-8")
    with pytest.raises(NonceRefused):
        kept_nonce(path)
