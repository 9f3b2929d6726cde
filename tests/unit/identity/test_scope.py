"""Who may do what, and which rows he reaches."""

import pytest

from supervision_core.identity.model import Actor, DataScope, PermissionDenied, region_contains
from supervision_core.kernel.errors import Violation

GUANGXI, NANNING, QINGXIU, LIUZHOU = "450000", "450100", "450103", "450200"


@pytest.mark.parametrize(
    ("outer", "inner", "contains"),
    [
        (GUANGXI, QINGXIU, True),
        (GUANGXI, GUANGXI, True),
        (NANNING, QINGXIU, True),
        (NANNING, NANNING, True),
        (NANNING, LIUZHOU, False),
        (NANNING, GUANGXI, False),
        (QINGXIU, QINGXIU, True),
        (QINGXIU, NANNING, False),
        (QINGXIU, "450105", False),
        (GUANGXI, "440103", False),
    ],
)
def test_regions_contain_their_subtree(outer: str, inner: str, contains: bool) -> None:  # noqa: FBT001
    """GB/T 2260: a region contains itself and everything below, nothing beside or above."""
    assert region_contains(outer, inner) is contains


@pytest.mark.parametrize(
    ("own", "region", "owners", "covered"),
    [
        ({"d1"}, QINGXIU, {"d1"}, True),
        ({"d1"}, QINGXIU, {"d1", "d2"}, True),
        ({"d1"}, QINGXIU, {"d2"}, False),
        ({"d1"}, LIUZHOU, {"d1"}, False),
        (set(), QINGXIU, {"d2"}, True),
        (set(), LIUZHOU, {"d2"}, False),
        ({"d1"}, QINGXIU, set(), True),
        ({"d1"}, LIUZHOU, set(), False),
    ],
)
def test_a_scope_is_region_and_department(
    own: set[str],
    region: str,
    owners: set[str],
    covered: bool,  # noqa: FBT001
) -> None:
    """Both must fit; no own department means all of them, no owner means everybody's."""
    scope = DataScope(region=NANNING, departments=frozenset(own))
    assert scope.covers(region=region, departments=frozenset(owners)) is covered


@pytest.mark.parametrize(
    ("held", "asked", "may"),
    [
        ("tasks.close", "tasks.close", True),
        ("tasks.*", "tasks.close", True),
        ("tasks.*", "tasks_extra.close", False),
        ("tasks.close", "tasks.close_part", False),
        ("tasks.close", "tasks.*", False),
        ("*", "tasks.close", False),
    ],
)
def test_a_permission_is_held_itself_or_by_its_context(
    held: str,
    asked: str,
    may: bool,  # noqa: FBT001
) -> None:
    """There is no wildcard beyond one context: nobody holds everything by a slip."""
    actor = Actor(
        user="u1",
        department="d1",
        scope=DataScope(region=NANNING),
        permissions=frozenset({held}),
    )
    assert actor.may(asked) is may


def test_a_denial_names_the_missing_permission() -> None:
    """Whoever is denied knows what to ask for."""
    assert PermissionDenied("tasks.close").reasons == (
        Violation("identity.permission_denied", data={"permission": "tasks.close"}),
    )
