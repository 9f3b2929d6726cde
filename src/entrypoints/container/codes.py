"""Codes to scan: made and read with the platform's own key, and 桂通码 where it is set."""

import json
from collections.abc import Mapping
from typing import Any, Final

from adapters.crypto.platform_keys import PlatformKeys
from adapters.guitong_code import GuitongCodes
from adapters.zhiguitong.calling import Caller, base_address, succeeded
from adapters.zhiguitong.fields import told_of
from entrypoints.container.partners import signing_with
from entrypoints.settings import Settings
from supervision_core.kernel.ports import Clock, Randomness
from supervision_core.kernel.scan_codes import ScanCodes, SignedCodes

_SECONDS: Final = 2.0
"""How long somebody at a door waits for the platform of 桂通码."""


def open_codes(
    settings: Settings, keys: PlatformKeys, clock: Clock, randomness: Randomness
) -> ScanCodes:
    """Give what makes and reads codes. Raises ``AddressUnfit``."""
    address = base_address(settings.public_url) if settings.public_url else ""
    own = SignedCodes(keys.signer, lambda: keys.trusted, address)
    if not settings.guitong_code_url:
        return own
    base = base_address(settings.guitong_code_url)
    signing = signing_with(
        settings.guitong_code_application, settings.guitong_code_secret, keys, clock, randomness
    )
    caller = Caller(seconds=_SECONDS, authorities=settings.partner_certificates)

    def call(verb: str, said: Mapping[str, str]) -> Mapping[str, Any] | None:
        body, asked = json.dumps(said).encode(), f"{base}/{verb}"
        headers = signing.headers("POST", asked, body)
        answer = caller.post(asked, body=body, kind="application/json", headers=headers)
        return told_of(answer.get("data")) if succeeded(answer) else None

    return GuitongCodes(own, call)
