"""Files in which departments keep their numbers: read by their owner, and never written over."""

import json
from pathlib import Path

import pytest
from attrs import evolve
from click.testing import CliRunner

from adapters.ranking.nonces import FORMAT, kept_nonce, made_nonce
from adapters.system import SystemRandomness
from entrypoints.cli.drawing import draw_nonce
from entrypoints.container import demo_deposits
from supervision_core.draws.model.deposits import ClosedList, Deposit, round_label
from supervision_core.draws.model.draw import NonceRefused
from supervision_core.draws.model.ranking import commitment
from supervision_core.testing.draws import DUE

LABEL = round_label("d-1", DUE)


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


def test_a_number_made_at_the_command_line_opens_to_its_commitment(tmp_path: Path) -> None:
    """It is sealed to the key of the page, for that round and department; nothing of it is kept."""
    witness = demo_deposits(tmp_path / "witness" / "key.hex")
    key = witness.keeper().public_key.hex()
    ran = CliRunner().invoke(draw_nonce, ["farm", "--round", LABEL, "--key", key, "--json"])
    said = json.loads(ran.stdout)
    made = {name: bytes.fromhex(said[name]) for name in ("commitment", "sealed")}
    closed = ClosedList(
        round=LABEL, pool_hash=b"", rule_hash=b"", root=b"", index=1, due=DUE, closed_at=DUE,
        late=(), deposits=(Deposit(contributor="farm", **made),),
    )  # fmt: skip
    opened = witness.open(closed, witness.keeper())
    assert closed.nonce_of(closed.deposits[0], opened["farm"]) is not None
    other = evolve(closed, round=round_label("d-2", DUE))
    assert other.nonce_of(other.deposits[0], opened["farm"]) is None


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
