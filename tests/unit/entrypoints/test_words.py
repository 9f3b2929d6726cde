import pkgutil
from collections.abc import Iterator
from importlib import import_module

import supervision_core
from entrypoints.actors import auditor, operator
from entrypoints.words import all_messages
from supervision_core.identity.model import PermissionDenied
from supervision_core.identity.services import UseCase
from supervision_core.kernel.errors import NotFound, Violation


def use_cases() -> Iterator[str]:
    """Give the permission of every use case of the core."""
    for module in pkgutil.walk_packages(supervision_core.__path__, "supervision_core."):
        if ".services" in module.name:
            for value in vars(import_module(module.name)).values():
                if isinstance(value, UseCase):
                    yield value.permission


def test_words_of_every_place_are_found() -> None:
    """Catalogues of contexts, kernel, codes, adapters and entrypoints are joined by name alone."""
    assert {
        "not_found",
        "kernel.table_not_a_day",
        "kernel.credit_code_length",
        "subjects.identity_missing",
        "draws.pool_empty",
        "documents.file_damaged",
        "sql.durability_too_weak",
        "analytics.file_unreadable",
        "intake.table_unfit",
    } <= set(all_messages().codes())


def test_a_refusal_is_explained_with_its_data() -> None:
    """What a person reads names what was asked for."""
    (reason,) = NotFound("task", "T1").reasons
    assert "T1" in all_messages().explain(reason).reason


def test_a_permission_is_called_by_its_title() -> None:
    """People know no names of code; what has no title is told as it was written."""
    explain = all_messages().explain
    (reason,) = PermissionDenied("identity.list_users").reasons
    assert explain(reason).reason == "您没有“用户列表”权限"
    unknown = Violation("identity.permission_unknown", data={"permission": "no.such"})
    assert "no.such" in explain(unknown).reason


def test_operator_or_auditor_may_carry_out_every_use_case() -> None:
    """Nothing the platform can do is out of reach at its machine; one works or audits, not both."""
    found = set(use_cases())
    assert found
    who = [(operator().may(one), auditor().may(one)) for one in sorted(found)]
    assert set(who) == {(True, False), (False, True)}
