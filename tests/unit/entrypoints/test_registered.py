"""Registers and lists are found by their modules, and each is called as nothing else is."""

import pytest
from attrs import evolve, frozen

from adapters.sql.entries import own_tables
from entrypoints.registered import by_name, lists, refuse_kind, registers
from supervision_core.kernel.registers import Content, register, text


@frozen(kw_only=True)
class StampContent(Content):
    """A register of tests."""

    name: str = text("印章名称", required=True)


def test_a_register_is_not_called_like_aggregates() -> None:
    """It is told at the start which class, which port, and what to do."""
    made = register(StampContent, "plans.team", plural="stamps", title="印章", menu="执法力量")
    with pytest.raises(TypeError) as fault:
        refuse_kind(made)
    told = str(fault.value)
    assert "StampContent: plans.team is called like" in told
    assert "supervision_core.officers.ports.Teams, choose another noun" in told
    refuse_kind(evolve(made, name="plans.stamp"))


def test_no_two_have_one_name() -> None:
    """One that was copied and kept its name would take the other away, without a word."""
    kept, listed = registers()["officers.association"], lists()["officers.team"]
    with pytest.raises(
        TypeError, match=r"officers\.association is the name of two, 行业协会 and 印章"
    ):
        by_name([kept, evolve(kept, title="印章")])
    with pytest.raises(TypeError, match=r"officers\.team is the name of two"):
        by_name([listed, evolve(listed, title="另一列表")])
    assert by_name([kept, kept]) == {kept.name: kept}


def test_personal_data_are_stored_nowhere_but_in_tables_apart() -> None:
    """A register apart without tables of its own is told, and stores nothing unsealed."""
    for one in registers().values():
        assert own_tables(one).sealed is one.apart
    stamps = register(
        StampContent, "plans.stamp", plural="stamps", title="印章", menu="", apart=True
    )
    with pytest.raises(
        TypeError, match=r"plans\.stamp is apart .* _APART of adapters\.sql\.entries"
    ):
        own_tables(stamps)
