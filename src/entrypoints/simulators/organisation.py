"""The existing platform's organisation, played: departments, users with 兼职, and roles."""

from collections.abc import Mapping, Sequence
from typing import Any, Final

from attrs import define

from entrypoints.simulators.source import SimulatedSource
from supervision_core.kernel.codes.identity_card import complete_identity_card

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
class SimulatedOrganisation(SimulatedSource):
    """Tells departments, users and roles."""

    BASE = "/organisation"
    ROWS = ORGANISATION
