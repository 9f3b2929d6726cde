"""A witness at another department, asked over HTTP."""

import json
from collections.abc import Mapping, Sequence
from typing import Any, NoReturn
from urllib.parse import quote

import requests

from supervision_core.audit.model import (
    CheckpointMalformed,
    Cosignature,
    SignedCheckpoint,
    WitnessRefused,
    WitnessUnavailable,
)
from supervision_core.audit.ports import Witness
from supervision_core.kernel.errors import Violation

_SECONDS = 10
_LONGEST = 1_000_000
_REFUSED = 409


class HttpWitness(Witness):
    """Asks the witness at a web address; ``name`` is the id of its key, known beforehand.

    What it answers is checked against that key by whoever asked.
    """

    def __init__(self, address: str, name: str) -> None:
        """Ask at ``address`` (``https://…``, without a path)."""
        self._address, self._name = address.rstrip("/"), name

    @property
    def name(self) -> str:
        """Name the witness by its key."""
        return self._name

    def seen(self, log: str) -> int:
        """Give the size of the checkpoint co-signed last."""
        size = self._ask("GET", log).get("size")
        return size if type(size) is int else self._unavailable()

    def cosign(self, signed: SignedCheckpoint, proof: Sequence[bytes]) -> Cosignature:
        """Have it co-signed."""
        body = {"checkpoint": signed.plain(), "proof": [one.hex() for one in proof]}
        answer = self._ask("POST", signed.checkpoint.log, body)
        try:
            return Cosignature.read(answer)
        except CheckpointMalformed:
            self._unavailable()

    def public_key(self) -> bytes:
        """Ask for its key; whoever asks compares it with the id that he was told."""
        try:
            return bytes.fromhex(str(self._ask("GET", "").get("public_key")))
        except ValueError:
            self._unavailable()

    def deposit_key(self) -> tuple[bytes, Mapping[str, object]]:
        """Ask to which key deposits are sealed, and for the witness's signature of it."""
        found = self._asked("GET", "/v1/deposits")
        signature = found.get("signature")
        try:
            public_key = bytes.fromhex(str(found.get("public_key")))
        except ValueError:
            self._unavailable()
        return public_key, signature if isinstance(signature, dict) else {}

    def open_deposits(self, log: str, asked: Mapping[str, Any]) -> Mapping[str, bytes]:
        """Ask to open a closed list; give what opened, by contributor.

        Raises ``WitnessRefused``, ``WitnessUnavailable``.
        """
        found = self._asked("POST", f"/v1/logs/{quote(log, safe='')}/openings", asked)
        opened = found.get("opened")
        try:
            pairs = opened.items() if isinstance(opened, dict) else ()
            return {str(name): bytes.fromhex(str(text)) for name, text in pairs}
        except ValueError:
            self._unavailable()

    def _ask(self, method: str, log: str, body: Mapping[str, Any] | None = None) -> dict[str, Any]:
        place = f"/v1/logs/{quote(log, safe='')}" if log else "/v1/key"
        return self._asked(method, place, body)

    def _asked(
        self, method: str, place: str, body: Mapping[str, Any] | None = None
    ) -> dict[str, Any]:
        try:
            with requests.request(
                method,
                self._address + place,
                json=body,
                timeout=_SECONDS,
                allow_redirects=False,
                stream=True,
            ) as answer:
                text = answer.raw.read(_LONGEST, decode_content=True)
                status = answer.status_code
            found = json.loads(text)
        except (requests.RequestException, OSError, ValueError):
            self._unavailable()
        if status == _REFUSED and isinstance(found, dict):
            raise WitnessRefused(tuple(_reasons(found)))
        if status != requests.codes.ok or not isinstance(found, dict):
            self._unavailable()
        return found

    def _unavailable(self) -> NoReturn:
        where = {"address": self._address}
        raise WitnessUnavailable((Violation(WitnessUnavailable.code, data=where),)) from None


_KNOWN = frozenset(
    {
        "audit.witness_other_log",
        "audit.witness_log_shrunk",
        "audit.witness_log_rewritten",
        "crypto.signature_wrong",
        "crypto.signature_malformed",
        "crypto.signer_unknown",
        "draws.witness_not_covered",
        "draws.witness_not_stated",
        "draws.witness_not_due",
        "draws.witness_other_list",
        "draws.keeper_unknown",
    }
)


def _reasons(found: Mapping[str, Any]) -> list[Violation]:
    """Read why it refused; a reason that nobody here knows is a refusal all the same."""
    reasons = found.get("reasons")
    read = [
        Violation(one["code"], "", _numbers(one.get("data")))
        for one in (reasons if isinstance(reasons, list) else [])
        if isinstance(one, dict) and one.get("code") in _KNOWN
    ]
    return read or [Violation(WitnessRefused.code)]


def _numbers(data: object) -> dict[str, int]:
    known = data.items() if isinstance(data, dict) else ()
    numbers = {str(name): value for name, value in known if type(value) is int}
    return {"seen": 0, "size": 0, **numbers}
