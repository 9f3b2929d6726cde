"""The register pattern: one description, and what follows from it."""

from collections.abc import Iterator
from datetime import UTC, date, datetime

import attrs
import pytest
from attrs import frozen
from hypothesis import given
from hypothesis import strategies as st

from adapters.memory.registers import MemoryRegisterStore
from adapters.memory.unit import MemoryStore, MemoryTransactions
from supervision_core.kernel.errors import Scalar
from supervision_core.kernel.messages import Messages
from supervision_core.kernel.plain import from_plain, to_plain
from supervision_core.kernel.register_messages import REGISTER_MESSAGES
from supervision_core.kernel.registers import (
    OWNER_REGION,
    Content,
    Entry,
    EntryAdded,
    EntryChanged,
    EntryDeleted,
    EntryDisabled,
    EntryEnabled,
    EntryInvalid,
    EntryMoved,
    EntryRemoved,
    Field,
    FieldType,
    OrderIncomplete,
    Register,
    Search,
    described,
    file,
    matches,
    register,
    reorder,
    taken_violations,
    text,
    tree_parent,
    violations_of,
)
from supervision_core.testing.registers import (
    FULL,
    KINDS,
    RegisterStoreContract,
    SampleInstitution,
    SampleInstitutions,
    sample_entry,
)

NOON = datetime(2026, 11, 24, 4, 0, tzinfo=UTC)
LATER = datetime(2026, 11, 25, 4, 0, tzinfo=UTC)
NAMED = {"register": "samples.institution", "entry": "a"}


def test_a_content_is_described_once() -> None:
    """Each field with its title, type and rules, in the order of the class."""
    fields = described(SampleInstitution)
    assert [(one.name, one.title, one.type) for one in fields] == [
        ("name", "机构名称", FieldType.TEXT),
        ("credit_code", "统一社会信用代码", FieldType.TEXT),
        ("kind", "机构类型", FieldType.CHOICE),
        ("matters", "相关业务", FieldType.TEXTS),
        ("staff", "人数", FieldType.INTEGER),
        ("entrusted", "是否委托机构", FieldType.FLAG),
        ("since", "合作起始日", FieldType.DAY),
    ]
    name, code, kind = fields[:3]
    assert (name.required, name.search, name.unique, name.max_length) == (
        True, Search.FUZZY, True, 20,
    )  # fmt: skip
    assert (code.required, code.search, code.unique) == (False, Search.NONE, True)
    assert kind.codes == KINDS


@pytest.mark.parametrize("annotation", [float, tuple[int, ...], list[str], datetime], ids=str)
def test_a_field_of_another_type_is_a_mistake(annotation: type) -> None:
    """What no surface could show is refused when the content is described, naming the field."""

    @frozen
    class Odd(Content):
        value: annotation = text("值")  # type: ignore[valid-type]

    with pytest.raises(TypeError, match=r"Odd\.value"):
        described(Odd)


@frozen(kw_only=True)
class Node(Content):
    """A tree with a unique group."""

    name: str = text("名称", required=True)
    above: str = tree_parent("上级")


def _nodes(**said: object) -> Register[Node]:
    given: dict[str, object] = {"plural": "nodes", "title": "节点", "menu": "样例", **said}
    return register(Node, "samples.node", **given)  # type: ignore[arg-type]


def test_a_register_knows_its_tree_and_its_name() -> None:
    """The parent is the link to itself, the label the first required text; groups are joined."""
    nodes = _nodes(unique=(("name", "above", OWNER_REGION),))
    assert isinstance(nodes.parent, Field)
    assert (nodes.parent.name, nodes.parent.to, nodes.label.name) == (
        "above", "samples.node", "name",
    )  # fmt: skip
    assert nodes.groups == (("name", "above", "region"),)
    assert (nodes.context, nodes.noun) == ("samples", "node")


def test_a_description_that_means_nothing_is_a_mistake() -> None:
    """It is told when the module is read, with every fault."""
    with pytest.raises(TypeError, match="unique names no field"):
        _nodes(unique=(("size",),))

    @frozen(kw_only=True)
    class Unnamed(Content):
        size: int | None = None

    with pytest.raises(TypeError, match="no required text"):
        register(Unnamed, "samples.unnamed", plural="unnamed_ones", title="无名", menu="样例")

    @frozen(kw_only=True)
    class Filed(Content):
        name: str = text("名称", required=True)
        paper: str = file("附件")

    with pytest.raises(TypeError, match="paper is of type file"):
        register(Filed, "samples.filed", plural="filed_ones", title="归档", menu="样例")
    with pytest.raises(TypeError, match="both called equipment"):
        register(Unnamed, "samples.equipment", plural="equipment", title="装备", menu="样例")


def test_a_full_row_has_nothing_against_it() -> None:
    """Negative control for what follows."""
    assert violations_of(FULL) == ()
    assert violations_of(SampleInstitution(name="甲")) == ()
    assert violations_of(SampleInstitution(name="甲" * 20)) == ()


def test_every_reason_is_given_at_once() -> None:
    """Column by column: required, code list, length of each text, the column's own check."""
    wrong = SampleInstitution(
        name=" ", credit_code="91350100M000100Y44", kind="shop", matters=("水", "水" * 11)
    )
    found = violations_of(wrong)
    assert [(one.code, one.at) for one in found] == [
        ("kernel.register_required", "name"),
        ("kernel.credit_code_check_digit", "credit_code"),
        ("kernel.register_unknown_code", "kind"),
        ("kernel.register_too_long", "matters"),
    ]
    assert found[0].data == {"title": "机构名称"}
    assert found[2].data == {"title": "机构类型", "allowed": "检验检测机构、专业服务机构"}
    assert found[3].data == {"title": "相关业务", "most": 10}
    long = violations_of(SampleInstitution(name="甲" * 21))
    assert [one.code for one in long] == ["kernel.register_too_long"]
    assert Messages(REGISTER_MESSAGES).explain(long[0]).reason == "“机构名称”最多20个字"


@pytest.mark.parametrize(
    ("text", "found"),
    [("检测", True), ("water", True), (" WATER ", True), ("南宁", True), ("91350100", False),
     ("laboratory", False), ("食品检测Water", False)],
)  # fmt: skip
def test_only_searchable_columns_are_searched(text: str, found: bool) -> None:  # noqa: FBT001 - a table of truths
    """A part of one text, upper and lower case alike."""
    assert matches(FULL, text) is found


def test_a_taken_value_is_told_per_column() -> None:
    """Another entry's value is taken, one's own and an empty one are not."""

    def holder(name: str, value: Scalar) -> str | None:
        return {("name", "甲"): "a", ("credit_code", "x"): "b"}.get((name, str(value)))

    both = SampleInstitution(name="甲", credit_code="x")
    assert [(one.code, one.at) for one in taken_violations(both, holder)] == [
        ("kernel.register_taken", "name"),
        ("kernel.register_taken", "credit_code"),
    ]
    assert [one.at for one in taken_violations(both, holder, own="a")] == ["credit_code"]
    assert taken_violations(SampleInstitution(name="乙"), holder) == ()


def test_a_life_is_told_by_its_events() -> None:
    """Add, change, move, disable, enable, delete; what changes nothing is no event."""
    entry = Entry.add(id="a", content=FULL, position=1, at=NOON, register="samples.institution")
    changed = attrs.evolve(FULL, staff=13, entrusted=False)
    for _ in range(2):
        entry.change(changed, at=LATER)
        entry.move(5, at=LATER)
    for _ in range(2):
        entry.disable(at=LATER)
    assert not entry.enabled
    for _ in range(2):
        entry.enable(at=LATER)
    assert (entry.content, entry.position, entry.enabled, entry.deleted) == (
        changed,
        5,
        True,
        False,
    )
    entry.delete(at=LATER)
    assert entry.deleted
    assert entry.take_events() == (
        EntryAdded(at=NOON, **NAMED),
        EntryChanged(at=LATER, columns=("staff", "entrusted"), **NAMED),
        EntryMoved(at=LATER, position=5, **NAMED),
        EntryDisabled(at=LATER, **NAMED),
        EntryEnabled(at=LATER, **NAMED),
        EntryRemoved(at=LATER, **NAMED),
    )


def test_an_invalid_row_is_neither_added_nor_kept() -> None:
    """``kernel.entry_invalid`` with the reasons; the entry stays as it was."""
    wrong = SampleInstitution(name="", kind="shop")
    with pytest.raises(EntryInvalid) as refused:
        Entry.add(id="a", content=wrong, position=1, at=NOON)
    assert len(refused.value.reasons) == 2
    entry = sample_entry("a")
    entry.take_events()
    with pytest.raises(EntryInvalid):
        entry.change(wrong, at=LATER)
    assert entry.content.name == "机构a"
    assert entry.take_events() == ()


def test_a_deleted_entry_changes_no_more() -> None:
    """Every verb: ``kernel.entry_deleted``."""
    entry = sample_entry("a")
    entry.delete(at=NOON)
    entry.take_events()
    for verb in (
        lambda: entry.change(FULL, at=LATER),
        lambda: entry.move(9, at=LATER),
        lambda: entry.enable(at=LATER),
        lambda: entry.disable(at=LATER),
        lambda: entry.delete(at=LATER),
    ):
        with pytest.raises(EntryDeleted, match=r"kernel\.entry_deleted"):
            verb()  # type: ignore[no-untyped-call]
    assert entry.take_events() == ()


def test_an_entry_survives_plain_data() -> None:
    """Stored as JSON and read back, every field is there."""
    entry = Entry.add(id="a", content=FULL, position=3, at=NOON)
    entry.disable(at=NOON)
    entry.delete(at=LATER)
    entry.take_events()
    again = from_plain(Entry[SampleInstitution], to_plain(entry))
    assert attrs.asdict(again, recurse=False) == attrs.asdict(entry, recurse=False)
    assert again.content.since == date(2025, 3, 1)


@given(st.lists(st.integers(0, 5), min_size=1, max_size=6), st.randoms())
def test_reordering_gives_the_wanted_order(places: list[int], shuffle: object) -> None:
    """Whatever the places were, equal ones included; distinct places are only exchanged."""
    entries = [sample_entry(str(n), position=place) for n, place in enumerate(places)]
    wanted = [entry.id for entry in entries]
    getattr(shuffle, "shuffle")(wanted)  # noqa: B009 - hypothesis types it as the standard one
    reorder(entries, wanted, at=NOON)
    assert [one.id for one in sorted(entries, key=lambda e: (e.position, e.id))] == wanted
    if len(set(places)) == len(places):
        assert sorted(one.position for one in entries) == sorted(places)


@pytest.mark.parametrize("ids", [["a"], ["a", "a"], ["a", "b", "c"], ["a", "x"], []], ids=str)
def test_an_order_names_each_entry_once(ids: list[str]) -> None:
    """``kernel.order_incomplete``, and nothing has moved."""
    entries = [sample_entry("a", position=1), sample_entry("b", position=2)]
    with pytest.raises(OrderIncomplete, match=r"kernel\.order_incomplete"):
        reorder(entries, ids, at=NOON)
    assert [one.position for one in entries] == [1, 2]


class _MemoryInstitutions(MemoryRegisterStore[SampleInstitution], SampleInstitutions):
    cls = Entry[SampleInstitution]


class TestMemoryRegisterStore(RegisterStoreContract):
    @pytest.fixture
    def store(self) -> Iterator[SampleInstitutions]:
        """Give an empty register in one unit of work."""
        ports = {SampleInstitutions: _MemoryInstitutions}
        with MemoryTransactions(MemoryStore(), ports).begin() as unit:
            yield unit[SampleInstitutions]
