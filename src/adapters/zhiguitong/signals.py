"""统一线索接入接口: work orders of 12345, alarms of devices and warnings, pulled and answered."""

import json
from collections.abc import Iterator, Mapping
from typing import Any, Final

from attrs import frozen

from adapters.zhiguitong.calling import succeeded, unavailable
from adapters.zhiguitong.fields import text_of, truth_of
from adapters.zhiguitong.paging import PagedPartner
from supervision_core.clues.model import CHANNELS, KINDS, ClueChannel, ClueKind
from supervision_core.clues.told import SignalSource, ToldResult, ToldSignal

_LONG: Final = 4_000
_CHANNELS: Final = {title: code for code, title in CHANNELS.items()}
_KINDS: Final = {title: code for code, title in KINDS.items()}


@frozen(kw_only=True)
class PlatformSignals(PagedPartner, SignalSource):
    """The interface at ``address``.

    The proposal says that work orders of 12345 are taken over and answered (4204-4206), and gives
    no interface that lists or answers them. Assumed: ``GET`` of ``signals`` in the manner of
    ``PagedPartner``, channels and kinds in words, and ``POST`` of ``results``, signed likewise,
    which takes the same result twice.
    """

    def signals(self) -> Iterator[tuple[ToldSignal, ...]]:
        """Tell what waits."""
        return self.pages("signals", read_signal)

    def conclude(self, result: ToldResult) -> None:
        """Tell what became of one."""
        address = f"{self.address}/results"
        body = json.dumps(
            {"channel": CHANNELS[result.channel], "reference": result.reference,
             "result": result.text, "concludedOn": result.on.isoformat()},
            ensure_ascii=False,
        ).encode()  # fmt: skip
        headers = self.signing.headers("POST", address, body)
        answer = self.caller.post(address, body=body, kind="application/json", headers=headers)
        if not succeeded(answer):
            raise unavailable("zhiguitong.answer_unfit")


def read_signal(told: Mapping[str, Any]) -> ToldSignal:
    """Read a hint. Raises ``PartnerUnavailable`` for what is none."""
    channel, kind = text_of(told, "channel"), text_of(told, "kind")
    reference = text_of(told, "reference")
    if channel not in _CHANNELS or kind not in _KINDS or not reference:
        raise unavailable("zhiguitong.answer_unfit")
    return ToldSignal(
        channel=ClueChannel(_CHANNELS[channel]), reference=reference,
        title=text_of(told, "title"), content=text_of(told, "content", _LONG),
        kind=ClueKind(_KINDS[kind]), region=text_of(told, "region"), firm=text_of(told, "code"),
        subject_text=text_of(told, "firm"), service=text_of(told, "service"),
        urgent=truth_of(told, "urgent", default=False), name=text_of(told, "name"),
        phone=text_of(told, "phone"),
    )  # fmt: skip
