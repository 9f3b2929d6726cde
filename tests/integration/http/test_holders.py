"""Who holds a role, who is in a group."""

from typing import Any

import pytest

from supervision_core.identity.model import GrantSheet, HolderKind
from supervision_core.identity.ports import GrantSheets
from supervision_core.testing.identity import NOON

from .conftest import Surface
from .test_directory import kept

BASE = "/api/v1/identity"
ROLE, GROUP = "role_liuzhou", "group_liuzhou"


@pytest.fixture
def held(surface: Surface) -> Surface:
    """Give a province where two cities' people hold a role of one, some by a group."""
    group = GrantSheet.empty(HolderKind.GROUP, GROUP)
    with surface.province.platform.transactions.begin() as unit:
        clerk, nobody, reader = (
            unit[GrantSheets].get(f"user/{one}") for one in ("clerk", "nobody", "far_reader")
        )
    for sheet, roles, groups in (
        (clerk, {ROLE}, {GROUP}),
        (nobody, {"role_nanning"}, {GROUP}),
        (reader, {ROLE}, set[str]()),
        (group, {ROLE}, set[str]()),
    ):
        sheet.assign(roles=frozenset(roles), groups=frozenset(groups), at=NOON)
    kept(surface, GrantSheets, clerk, nobody, reader, group)
    return surface


def holders(surface: Surface, user: str, of: str) -> list[dict[str, Any]]:
    """Give what a list of holders shows, page by page."""
    found: list[dict[str, Any]] = []
    cursor = ""
    while True:
        page = surface.call(user, "GET", f"{BASE}/{of}/holders?page_size=1{cursor}").json()
        found += page["items"]
        if page["next_cursor"] is None:
            return found
        cursor = f"&cursor={page['next_cursor']}"


@pytest.mark.function("F025", surface="api")
def test_who_holds_a_role_is_listed(held: Surface) -> None:
    """谁持有这个角色: users, masked, and groups, each once."""
    found = holders(held, "security", f"roles/{ROLE}")
    assert [(one["holder"], one["holder_id"]) for one in found] == [
        ("group", GROUP), ("user", "clerk"), ("user", "far_reader"),
    ]  # fmt: skip
    assert found[0]["name"] == "专班"
    assert (found[1]["name"], found[1]["account"]) == ("王示例", "clerk")
    members = holders(held, "security", f"groups/{GROUP}")
    assert [one["holder_id"] for one in members] == ["clerk", "nobody"]


def test_only_holders_within_reach_are_shown(held: Surface) -> None:
    """An administrator of one city does not see who of another holds his role."""
    found = holders(held, "far_security", f"roles/{ROLE}")
    assert [one["holder_id"] for one in found] == [GROUP, "far_reader"]
    assert holders(held, "far_security", f"groups/{GROUP}") == []
    absent = held.call("far_security", "GET", f"{BASE}/roles/role_nanning/holders")
    assert absent.status_code == 404


def test_a_holder_is_one_by_his_own_sheet(held: Surface) -> None:
    """Who was taken a role is no holder any more."""
    with held.province.platform.transactions.begin() as unit:
        sheet = unit[GrantSheets].get("user/clerk")
    sheet.assign(roles=frozenset(), groups=frozenset(), at=NOON)
    kept(held, GrantSheets, sheet)
    found = holders(held, "security", f"roles/{ROLE}")
    assert [one["holder_id"] for one in found] == [GROUP, "far_reader"]
