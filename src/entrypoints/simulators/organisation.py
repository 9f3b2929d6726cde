"""The existing platform's organisation, played: departments, users with 兼职, and roles."""

from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from typing import Any, Final

from attrs import define, field

from entrypoints.simulators.serving import Asked, Told, served
from entrypoints.simulators.signatures import Signatures
from supervision_core.kernel.codes.identity_card import complete_identity_card

BASE: Final = "/organisation"

ORGANISATION: Final[Mapping[str, Sequence[Mapping[str, Any]]]] = {
    "departments": (
        {"id": "3001", "name": "示例监管局", "code": "MN-GX", "region": "450000", "order": 1},
        {"id": "3002", "name": "南宁示例监管局", "code": "MN-NN", "region": "450100",
         "parent": "3001", "order": 1},
        {"id": "3003", "name": "南宁示例执法支队", "code": "MN-NN-1", "region": "450100",
         "parent": "3002", "order": 2},
    ),
    "users": (
        {"id": "4001", "account": "moni.li", "name": "李模拟", "phone": "13900000021",
         "idCard": complete_identity_card("45010319880101004"),
         "posts": [{"department": "3002", "post": "科长"},
                   {"department": "3003", "post": "兼支队长"}],
         "roles": ["5001"]},
        {"id": "4002", "account": "moni.wei", "name": "韦模拟", "phone": "13900000022",
         "posts": [{"department": "3003", "post": "队员"}], "roles": ["5001", "5002"]},
    ),
    "roles": ({"id": "5001", "name": "检查人员"}, {"id": "5002", "name": "统计人员"}),
}  # fmt: skip
"""Nobody who lives: names and numbers are made up."""


@define
class SimulatedOrganisation:
    """Tells ``told``, ``size`` rows a page."""

    signatures: Signatures
    told: dict[str, list[dict[str, Any]]] = field(
        factory=lambda: {what: [dict(one) for one in rows] for what, rows in ORGANISATION.items()}
    )
    size: int = 2

    def answer(self, asked: Asked) -> Told:
        """Answer a request."""
        what = asked.path.removeprefix(f"{BASE}/")
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
def simulated_organisation(simulated: SimulatedOrganisation, port: int = 0) -> Iterator[str]:
    """Serve it; give the address of its interface."""
    with served(simulated.answer, port) as address:
        yield address + BASE
