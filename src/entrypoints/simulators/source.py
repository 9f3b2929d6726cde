"""A platform that tells its rows page by page to whoever signs, played."""

from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from typing import Any, ClassVar

from attrs import define, field

from entrypoints.simulators.serving import Asked, Told, served
from entrypoints.simulators.signatures import Signatures


@define
class SimulatedSource:
    """Tells ``told`` below the path ``BASE``, ``size`` rows a page; it begins with ``ROWS``."""

    BASE: ClassVar[str]
    ROWS: ClassVar[Mapping[str, Sequence[Mapping[str, Any]]]]

    signatures: Signatures
    told: dict[str, list[dict[str, Any]]] = field()
    size: int = 2

    @told.default
    def _begun(self) -> dict[str, list[dict[str, Any]]]:
        return {what: [dict(one) for one in rows] for what, rows in self.ROWS.items()}

    def answer(self, asked: Asked) -> Told:
        """Answer a request."""
        what = asked.path.removeprefix(f"{self.BASE}/")
        if asked.method != "GET" or what not in self.told:
            return Told.json({"flag": "0", "errCode": "404", "errMsg": "没有这个接口"}, 404)
        if not self.signatures.hold(asked):
            return Told.json({"flag": "0", "errCode": "401", "errMsg": "签名无效", "data": None})
        start = int(asked.query.get("cursor", "0"))
        end = start + self.size
        rows = self.told[what]
        data = {"items": rows[start:end], "next": str(end) if end < len(rows) else ""}
        return Told.json({"flag": "1", "errCode": "", "errMsg": "", "data": data})


@contextmanager
def simulated_source(simulated: SimulatedSource, port: int = 0) -> Iterator[str]:
    """Serve it; give the address of its interface."""
    with served(simulated.answer, port) as address:
        yield address + simulated.BASE
