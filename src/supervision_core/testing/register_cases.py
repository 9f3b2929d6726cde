"""Contract of what follows from a register, over an adapter's transactions.

Fixture: ``backend``.
"""

from collections.abc import Mapping
from datetime import date, timedelta
from typing import Any

import attrs
from attrs import field, frozen

from supervision_core.identity.model import Actor, DataScope, PermissionDenied
from supervision_core.identity.services import Commands, Expected
from supervision_core.identity.services.registers import (
    TOP,
    EntriesNamed,
    EntryNamed,
    OrderEntries,
    RelateEntries,
    ShowTree,
    SwitchEntries,
    SwitchEntry,
    cases_of,
)
from supervision_core.kernel.errors import NotFound, Outdated
from supervision_core.kernel.paging import PageRequest
from supervision_core.kernel.registers import (
    ADDED_AT,
    ORIGIN,
    OWNER_REGION,
    OWNING_REGION,
    USUAL,
    Ask,
    Content,
    Entries,
    Entry,
    EntryInvalid,
    EntrySynchronised,
    Reading,
    Register,
    RegisterVerb,
    Search,
    choice,
    choices,
    count_of,
    day,
    flag,
    generated,
    integer,
    link,
    links,
    long_text,
    ratio,
    register,
    text,
    texts,
    tree_parent,
)
from supervision_core.officers.registers import INSTITUTION_PEOPLE, INSTITUTIONS
from supervision_core.testing.commands import CountedIds, StoppedClock
from supervision_core.testing.units import NOON, Backend, refuses

V = RegisterVerb


@frozen(kw_only=True)
class ShelfContent(Content):
    """A plain sample register, referred to by another."""

    name: str = text("架名", required=True, unique=True, search=Search.FUZZY)


@frozen(kw_only=True)
class ThingContent(Content):
    """A sample register with a field of every type that is stored in the shared tables."""

    name: str = text("名称", required=True, search=Search.FUZZY)
    code: str = text("编码", search=Search.EXACT, unique=True, max_length=20)
    parent: str = tree_parent("上级")
    kind: str = choice("类型", {"a": "甲类", "b": "乙类"})
    uses: tuple[str, ...] = choices("用途", {"x": "检查", "y": "巡查"})
    words: tuple[str, ...] = texts("别名", search=Search.FUZZY)
    size: int | None = integer("数量", search=Search.RANGE)
    weight: str = ratio("权重")
    since: date | None = day("起始日", search=Search.RANGE)
    good: bool = flag("合格", search=Search.EXACT)
    shelf: str = link("货架", "samples.shelf")
    others: tuple[str, ...] = links("相关货架", "samples.shelf")
    number: str = generated("流水号", lambda region, count: f"{region}{count:03d}")
    remark: str = long_text("说明")


SHELVES = register(ShelfContent, "samples.shelf", plural="shelves", title="货架", menu="样例")
THINGS = register(
    ThingContent,
    "samples.thing",
    plural="things",
    title="物品",
    menu="样例",
    read=Reading.OWNER_AND_BELOW,
    unique=(("name", "parent", OWNER_REGION),),
    derived=(ORIGIN, OWNING_REGION, ADDED_AT, count_of("others", "相关货架数")),
    related="others",
)


FULL: Mapping[str, Any] = {
    "name": "样品", "code": "C-1", "kind": "a", "uses": ("x", "y"), "words": ("甲", "B"),
    "size": -3, "weight": "0.15", "since": date(2026, 1, 2), "good": True, "shelf": "s-1",
    "others": ("s-1",), "number": "450100000", "remark": "第一行\n第二行",
}  # fmt: skip


def an_entry(id: str) -> Entry[ThingContent]:
    """Give an entry with every field filled."""
    return Entry.add(
        id=id, content=ThingContent(**FULL), position=1, at=NOON, register=THINGS.name,
        region="450100", department="d-city", by="u-d-city",
    )  # fmt: skip


def actor_of(region: str, department: str, *, wide: bool = False, may: str = "") -> Actor:
    """Give somebody who works for ``department`` in ``region``."""
    departments = frozenset() if wide else frozenset({department})
    scope = DataScope(region=region, departments=departments)
    permissions = frozenset({may} if may else {"samples.*", "officers.*"})
    return Actor(
        user=f"u-{department}", department=department, scope=scope, permissions=permissions
    )


CITY = actor_of("450100", "d-city")
COUNTY = actor_of("450103", "d-county")
OTHER = actor_of("450200", "d-other")


@frozen
class Registry:
    """The use cases of a sample register, by an actor."""

    commands: Commands
    register: Register[Any] = field(default=THINGS)

    def of(self, register: Register[Any]) -> "Registry":
        """Give those of another register in the same store."""
        return Registry(self.commands, register)

    def do(self, verb: RegisterVerb, command: Any, actor: Actor = CITY, **given: Any) -> Any:
        """Carry out a verb, or ask its question."""
        cases = cases_of(self.register)
        case = cases.all[verb]
        if verb in {V.VIEW, V.LIST}:
            return self.commands.ask(cases.question(verb), command, actor=actor)
        return self.commands.run(case, command, actor=actor, **given)

    def add(self, actor: Actor = CITY, **said: Any) -> str:
        """Add an entry, behind all others."""
        content = self.register.content(**said)
        made: str = self.do(V.ADD, cases_of(self.register).adding(content=content), actor)
        return made

    def change(self, id: str, actor: Actor = CITY, **said: Any) -> str:
        """Change some fields of an entry."""
        content = attrs.evolve(self.view(id, actor).content, **said)
        command = cases_of(self.register).changing(id=id, content=content)
        made: str = self.do(V.CHANGE, command, actor)
        return made

    def view(self, id: str, actor: Actor = CITY) -> Any:
        """Show an entry."""
        return self.do(V.VIEW, EntryNamed(id=id), actor)

    def names(self, actor: Actor = CITY, **asked: Any) -> list[str]:
        """List the names of entries."""
        found = self.do(V.LIST, cases_of(self.register).asking(**asked), actor)
        return [one.content.name for one in found.items]

    def refused(self, verb: RegisterVerb, command: Any, actor: Actor = CITY) -> list[str]:
        """Give the codes and places of a refusal."""
        try:
            self.do(verb, command, actor)
        except EntryInvalid as refusal:
            return [f"{one.code} {one.at}".strip() for one in refusal.reasons]
        raise AssertionError(verb)

    def adding(self, **said: Any) -> Any:
        """Give the command that adds."""
        return cases_of(self.register).adding(content=self.register.content(**said))


def _registry(backend: Backend) -> Registry:
    return Registry(Commands(backend.transactions, StoppedClock(), CountedIds()))


class RegisterCasesContract:
    """What follows from a register keeps these rules; a subclass gives ``backend``."""

    def test_every_field_comes_back(self, backend: Backend) -> None:
        """Each type of field is kept, and what is referred to is shown by name."""
        things = _registry(backend)
        shelf = things.of(SHELVES).add(name="一号")
        said: Mapping[str, Any] = {**FULL, "shelf": shelf, "others": (shelf,)}
        found = things.view(things.add(**said))
        assert found.content == ThingContent(**said)
        assert {(one.id, one.name) for one in found.names} >= {(shelf, "一号")}
        assert (found.region, found.department) == ("450100", "d-city")
        used = things.of(SHELVES).view(shelf).used
        assert [(one.register, one.count) for one in used] == [("samples.thing", 1)]

    def test_an_entry_of_another_register_is_absent(self, backend: Backend) -> None:
        """Its id tells nothing, and its content is not read as what it is not."""
        things = _registry(backend)
        shelf = things.of(SHELVES).add(name="一号")
        with refuses(NotFound):
            things.view(shelf)
        with refuses(NotFound):
            things.do(V.DELETE, EntryNamed(id=shelf))
        assert things.of(SHELVES).view(shelf).content.name == "一号"

    def test_every_search_finds_what_it_says(self, backend: Backend) -> None:
        """Fragments, exact values, flags, ranges, the parent and the top, and all together."""
        things = _registry(backend)
        top = things.add(name="上级Abc", code="T", size=-5, since=date(2026, 1, 1))
        things.add(name="下级", parent=top, kind="b", size=10, words=("别名甲",), good=True)
        things.add(name="旁边", uses=("y",), size=9, since=date(2026, 3, 1))
        for asked, wanted in (
            ({}, ["上级Abc", "下级", "旁边"]),
            ({"name": "aBC"}, ["上级Abc"]),
            ({"name": "级"}, ["上级Abc", "下级"]),
            ({"name": "%"}, []),
            ({"words": "名甲"}, ["下级"]),
            ({"code": "T"}, ["上级Abc"]),
            ({"code": "t"}, []),
            ({"kind": "b"}, ["下级"]),
            ({"uses": "y"}, ["旁边"]),
            ({"good": True}, ["下级"]),
            ({"good": False}, ["上级Abc", "旁边"]),
            ({"size_from": 9}, ["下级", "旁边"]),
            ({"size_from": -9, "size_to": 9}, ["上级Abc", "旁边"]),
            ({"since_to": date(2026, 2, 1)}, ["上级Abc"]),
            ({"parent": (top,)}, ["下级"]),
            ({"parent": (TOP,)}, ["上级Abc", "旁边"]),
            ({"parent": (TOP, top)}, ["上级Abc", "下级", "旁边"]),
            ({"parent": ("nowhere",)}, []),
            ({"text": "别名"}, ["下级"]),
            ({"name": "级", "good": True}, ["下级"]),
            ({"enabled": False}, []),
        ):
            assert things.names(**asked) == wanted, asked

    def test_entries_that_name_something_are_found_at_once(self, backend: Backend) -> None:
        """By any of several links, each once; none of another field, deleted ones if asked for."""
        things = _registry(backend)
        one, two, three = (things.of(SHELVES).add(name=name) for name in "甲乙丙")
        first = things.add(name="一", others=(one, two))
        second = things.add(name="二", others=(two,), shelf=three)
        gone = things.add(name="三", others=(two,))
        things.do(V.DELETE, EntryNamed(id=gone))
        with backend.transactions.begin_reading() as unit:
            store = unit[Entries].of(THINGS)
            for name, ids, wanted in (
                ("others", (one, two), {first, second}), ("others", (three,), set()),
                ("shelf", (three, "nowhere"), {second}), ("others", (), set()),
            ):  # fmt: skip
                assert [each.id for each in store.naming(name, ids)] == sorted(wanted)
            every = store.naming("others", (two,), deleted=True)
            assert [(each.id, each.deleted) for each in every] == sorted(
                (id_, id_ == gone) for id_ in (first, second, gone)
            )

    def test_pages_go_on_where_they_ended(self, backend: Backend) -> None:
        """Each entry comes once, in the order of positions."""
        things = _registry(backend)
        made = [things.add(name=f"物{n}") for n in range(5)]
        asking = cases_of(THINGS).asking
        first = things.do(V.LIST, asking(page=PageRequest(size=3)))
        rest = things.do(V.LIST, asking(page=PageRequest(size=3, cursor=first.next_cursor)))
        assert [one.id for one in (*first.items, *rest.items)] == made
        assert rest.next_cursor is None

    def test_unique_values_and_groups_are_not_shared(self, backend: Backend) -> None:
        """A field alone, or a group in one region; deleting frees both; others regions may."""
        things = _registry(backend)
        first = things.add(name="甲", code="1")
        assert things.refused(V.ADD, things.adding(name="乙", code="1")) == [
            "kernel.register_taken code"
        ]
        assert things.refused(V.ADD, things.adding(name="甲", code="2")) == [
            "kernel.register_taken_together name"
        ]
        things.add(OTHER, name="甲", code="3")
        things.do(V.DELETE, EntryNamed(id=first))
        things.add(name="甲", code="1")

    def test_references_are_checked_when_saved(self, backend: Backend) -> None:
        """Unknown and disabled ones are refused; one that was chosen before may stay."""
        things = _registry(backend)
        shelves = things.of(SHELVES)
        shelf = shelves.add(name="一号")
        thing = things.add(name="甲", shelf=shelf)
        assert things.refused(V.ADD, things.adding(name="乙", shelf="nowhere")) == [
            "kernel.register_unknown shelf"
        ]
        shelves.do(V.SWITCH, SwitchEntry(id=shelf, enabled=False))
        assert things.refused(V.ADD, things.adding(name="乙", others=(shelf,))) == [
            "kernel.register_unusable others"
        ]
        things.change(thing, remark="旧的引用仍可保留")
        shelves.do(V.DELETE, EntryNamed(id=shelf))
        assert "一号" in {one.name for one in things.view(thing).names}

    def test_a_tree_has_no_rings_and_loses_no_branch(self, backend: Backend) -> None:
        """Neither itself nor what lies below may be above; a branch is deleted from below."""
        things = _registry(backend)
        top = things.add(name="根")
        middle = things.add(name="枝", parent=top)
        leaf = things.add(name="叶", parent=middle)
        changing = cases_of(THINGS).changing
        for parent in (top, middle, leaf):
            command = changing(id=top, content=ThingContent(name="根", parent=parent))
            assert things.refused(V.CHANGE, command) == ["kernel.register_ring parent"]
        assert things.refused(V.DELETE, EntryNamed(id=middle)) == ["kernel.register_has_children"]
        done = things.do(V.DELETE_SEVERAL, EntriesNamed(ids=(top, middle, leaf)))
        assert [(one.name, one.done) for one in done] == [
            ("叶", True), ("枝", True), ("根", True),
        ]  # fmt: skip
        assert things.names() == []

    def test_a_tree_is_twenty_high(self, backend: Backend) -> None:
        """Nothing has more than twenty above it, so that no look upwards is long."""
        things = _registry(backend)
        lowest = things.add(name="0")
        for level in range(1, 21):
            lowest = things.add(name=f"{level}", parent=lowest)
        assert things.refused(V.ADD, things.adding(name="21", parent=lowest)) == [
            "kernel.register_too_deep parent"
        ]

    def test_a_branch_is_moved_with_all_below_it(self, backend: Backend) -> None:
        """No deeper than twenty at its lowest; a twig that fits is moved, a ring is none."""
        things = _registry(backend)
        chain = [things.add(name="0")]
        for level in range(1, 19):
            chain.append(things.add(name=f"{level}", parent=chain[-1]))
        branch = things.add(name="枝")
        twig = things.add(name="叉", parent=branch)
        leaf = things.add(name="叶", parent=twig)
        moving = cases_of(THINGS).changing

        def moved(id: str, name: str, parent: str) -> list[str]:
            return things.refused(V.CHANGE, moving(id=id, content=ThingContent(
                name=name, parent=parent)))  # fmt: skip

        assert moved(branch, "枝", chain[18]) == ["kernel.register_too_deep parent"]
        assert moved(branch, "枝", leaf) == ["kernel.register_ring parent"]
        things.change(branch, parent=chain[17])
        assert things.refused(V.ADD, things.adding(name="芽", parent=leaf)) == [
            "kernel.register_too_deep parent"
        ]

    def test_each_of_several_has_its_result(self, backend: Backend) -> None:
        """What a rule refuses is told with its reason, and keeps nothing else from being done."""
        things = _registry(backend)
        top = things.add(name="根")
        things.add(name="叶", parent=top)
        alone = things.add(name="孤")
        done = things.do(V.DELETE_SEVERAL, EntriesNamed(ids=(top, alone, "nowhere")))
        told = {one.id: (one.done, [each["code"] for each in one.reasons]) for one in done}
        assert told == {
            top: (False, ["kernel.register_has_children"]),
            alone: (True, []),
            "nowhere": (False, ["not_found"]),
        }
        switched = things.do(V.SWITCH_SEVERAL, SwitchEntries(ids=(top,), enabled=False))
        assert [one.done for one in switched] == [True]
        assert things.names(enabled=False) == ["根"]

    def test_reading_goes_down_and_up_and_writing_is_the_owners(self, backend: Backend) -> None:
        """A county reads its city's entries and its own; another city neither; owners write."""
        things = _registry(backend)
        ours = things.add(name="市级")
        theirs = things.add(COUNTY, name="县级")
        assert things.names(COUNTY) == ["市级", "县级"]
        assert things.names(CITY) == ["市级", "县级"]
        assert things.names(OTHER) == []
        with refuses(NotFound):
            things.view(ours, OTHER)
        for verb, command in (
            (V.CHANGE, cases_of(THINGS).changing(id=ours, content=ThingContent(name="改"))),
            (V.DELETE, EntryNamed(id=ours)),
            (V.SWITCH, SwitchEntry(id=ours, enabled=False)),
            (V.ORDER, OrderEntries(ids=(ours,))),
        ):
            with refuses(NotFound):
                things.do(verb, command, COUNTY)
        with refuses(NotFound):
            things.do(V.DELETE, EntryNamed(id=theirs), CITY)
        wide = actor_of("450100", "d-office", wide=True)
        things.do(V.SWITCH, SwitchEntry(id=theirs, enabled=False), wide)

    def test_a_verb_asks_for_its_permission(self, backend: Backend) -> None:
        """Each by its own name."""
        things = _registry(backend)
        reader = actor_of("450100", "d-city", may="samples.list_things")
        assert things.names(reader) == []
        with refuses(PermissionDenied):
            things.add(reader, name="甲")

    def test_what_is_derived_is_shown_and_searched(self, backend: Backend) -> None:
        """Origin, owner, moment and count; an owning region finds what lies in it too."""
        things = _registry(backend)
        shelf = things.of(SHELVES).add(name="一号")
        ours = things.add(name="市级", others=(shelf,))
        things.add(COUNTY, name="县级")
        seen = things.view(ours)
        assert (seen.origin, seen.region, seen.others_count) == ("own", "450100", 1)
        assert seen.added_at == NOON
        for asked, wanted in (
            ({"origin": "own"}, ["市级", "县级"]),
            ({"origin": "synchronised"}, []),
            ({"region": ("450100",)}, ["市级", "县级"]),
            ({"region": ("450103",)}, ["县级"]),
            ({"added_at_from": NOON}, ["市级", "县级"]),
            ({"added_at_to": NOON - timedelta(seconds=1)}, []),
            ({"ids": (ours,)}, ["市级"]),
        ):
            assert things.names(**asked) == wanted, asked

    def test_several_refer_to_more_at_once(self, backend: Backend) -> None:
        """What each named before stays; what is unknown is refused for each."""
        things = _registry(backend)
        one, two = (things.of(SHELVES).add(name=name) for name in ("一号", "二号"))
        made = [things.add(name="甲", others=(one,)), things.add(name="乙")]
        done = things.do(V.RELATE, RelateEntries(ids=tuple(made), others=(two,)))
        assert [each.done for each in done] == [True, True]
        assert [things.view(each).content.others for each in made] == [(one, two), (two,)]
        left = things.do(V.RELATE, RelateEntries(ids=(made[0],), others=("nowhere",)))
        assert [each["code"] for each in left[0].reasons] == ["kernel.register_unknown"]

    def test_a_tree_shows_what_lies_above_by_name(self, backend: Backend) -> None:
        """An entry out of reach stands in the tree where something within reach is below it."""
        things = _registry(backend)
        foreign = things.add(OTHER, name="外市")
        things.add(name="本市", parent=foreign)
        tree = things.commands.ask(cases_of(THINGS).tree, ShowTree(), actor=CITY)
        assert [(one.name, one.readable) for one in tree] == [("本市", True), ("外市", False)]
        with refuses(NotFound):
            things.view(foreign)

    def test_order_and_position(self, backend: Backend) -> None:
        """New entries go to the end; an order exchanges the places of those it names."""
        things = _registry(backend)
        a, b, c = (things.add(name=name) for name in "甲乙丙")
        things.do(V.ORDER, OrderEntries(ids=(c, a)))
        assert things.names() == ["丙", "乙", "甲"]
        command = cases_of(THINGS).changing(id=b, content=ThingContent(name="乙"), position=9)
        things.do(V.CHANGE, command)
        assert things.names() == ["丙", "甲", "乙"]

    def test_a_generated_value_is_never_given_again(self, backend: Backend) -> None:
        """Not when its entry is deleted, and not where somebody brought it along; it is fixed."""
        things = _registry(backend)
        first = things.add(name="甲")
        things.add(name="乙", number="450100003")
        things.do(V.DELETE, EntryNamed(id=first))
        third = things.add(name="丙")
        assert things.view(third).content.number == "450100004"
        changed = attrs.evolve(things.view(third).content, number="450100009")
        command = cases_of(THINGS).changing(id=third, content=changed)
        assert things.refused(V.CHANGE, command) == ["kernel.register_fixed number"]

    def test_what_the_platform_above_told_is_only_read(self, backend: Backend) -> None:
        """Its owner sees it, and neither changes nor deletes nor switches it."""
        things = _registry(backend)
        with backend.transactions.begin() as unit:
            told = Entry.add(
                id="told", content=ThingContent(name="上级下发"), position=1, at=NOON,
                register=THINGS.name, region="450100", department="d-city", synchronised=True,
            )  # fmt: skip
            unit[Entries].of(THINGS).save(told)
            unit.commit()
        assert things.names() == ["上级下发"]
        for verb, command in (
            (V.CHANGE, cases_of(THINGS).changing(id="told", content=ThingContent(name="改"))),
            (V.DELETE, EntryNamed(id="told")),
            (V.SWITCH, SwitchEntry(id="told", enabled=False)),
        ):
            with refuses(EntrySynchronised):
                things.do(verb, command)

    def test_a_stale_change_is_refused(self, backend: Backend) -> None:
        """Whoever saw an older version reads again."""
        things = _registry(backend)
        made = things.add(name="甲")
        things.change(made, remark="一")
        command = cases_of(THINGS).changing(id=made, content=ThingContent(name="乙"))
        with refuses(Outdated):
            things.do(V.CHANGE, command, expected=Expected(kind=THINGS.kind, id=made, version=1))
        things.do(V.CHANGE, command, expected=Expected(kind=THINGS.kind, id=made, version=2))

    def test_a_table_goes_in_once(self, backend: Backend) -> None:
        """Names become ids, also of rows before; told twice nothing changes; faults by row."""
        things, cases = _registry(backend), cases_of(THINGS)
        things.of(SHELVES).add(name="一号")
        said: tuple[ThingContent, ...] = (
            ThingContent(name="根", code="1"),
            ThingContent(name="叶", code="2", parent="根", shelf="一号"),
            ThingContent(name="坏", code="3", shelf="没有"),
            ThingContent(name="坏", code="4", kind="z"),
        )

        def take_in() -> Any:
            rows = tuple(cases.row(row=n, content=one) for n, one in enumerate(said, 2))
            return things.do(V.IMPORT, cases.importing(entries=rows))

        first = take_in()
        assert (first["added"], first["changed"], first["same"]) == (2, 0, 0)
        assert [(one["row"], one["code"], one["at"]) for one in first["refused"]] == [
            (4, "kernel.register_not_called", "shelf"),
            (5, "kernel.register_unknown_code", "kind"),
        ]
        again = take_in()
        assert (again["added"], again["changed"], again["same"]) == (0, 0, 2)
        said = (attrs.evolve(said[1], size=7),)
        assert take_in()["changed"] == 1
        assert len(things.do(V.EXPORT, cases.asking())) == 2
        tree = things.commands.ask(cases.tree, ShowTree(), actor=CITY)
        assert [(one.name, bool(one.parent)) for one in tree] == [("根", False), ("叶", True)]

    def test_what_is_personal_is_for_whoever_may_change_it(self, backend: Backend) -> None:
        """Others are shown the mask; a list keeps the name alone, a reference shows the mask."""
        people = _registry(backend).of(INSTITUTION_PEOPLE)
        institution = people.of(INSTITUTIONS).add(name="甲检测中心", sort="testing")
        person = people.add(institution=institution, name="赵示例", phone="13900000001")
        shown = people.view(person).content
        assert (shown.name, shown.phone) == ("赵示例", "13900000001")
        (row,) = people.do(V.LIST, cases_of(INSTITUTION_PEOPLE).asking()).items
        assert (row.content.name, row.content.phone) == ("赵示例", "*******0001")
        looking = actor_of("450100", "d-city", may="officers.view_institution_person")
        for reader in (COUNTY, looking):
            masked = people.view(person, reader).content
            assert (masked.name, masked.phone) == ("赵**", "*******0001")
        assert people.refused(V.ADD, people.adding(institution=institution, name="赵**")) == [
            "kernel.register_masked name"
        ]
        with backend.transactions.begin() as unit:
            assert unit[Ask].resolve(INSTITUTION_PEOPLE.name, [person])[person].name == "赵**"

    def test_parts_belong_to_whom_the_whole_belongs(self, backend: Backend) -> None:
        """Who may not change an institution adds none of its people; a part keeps its whole."""
        people = _registry(backend).of(INSTITUTION_PEOPLE)
        institutions = people.of(INSTITUTIONS)
        wide = actor_of("450100", "d-office", wide=True)
        whole = institutions.add(name="甲检测中心", sort="testing")
        other = institutions.add(name="乙检测中心", sort="testing")
        person = people.add(wide, institution=whole, name="赵示例")
        assert people.view(person).department == "d-city"
        for actor in (COUNTY, OTHER):
            with refuses(NotFound):
                people.add(actor, institution=whole, name="钱示例")
        moved = cases_of(INSTITUTION_PEOPLE).changing(
            id=person, content=attrs.evolve(people.view(person).content, institution=other)
        )
        assert people.refused(V.CHANGE, moved) == ["kernel.register_fixed institution"]
        assert people.refused(V.ADD, people.adding(institution=whole, name="赵示例")) == [
            "kernel.register_taken_together institution"
        ]
        used = institutions.view(whole).used
        assert [(one.register, one.count) for one in used] == [(INSTITUTION_PEOPLE.name, 1)]

    def test_a_table_leaves_what_it_shows_masked(self, backend: Backend) -> None:
        """Given out masked and taken in again, personal fields stay; others are corrected."""
        institutions = _registry(backend).of(INSTITUTIONS)
        people, cases = institutions.of(INSTITUTION_PEOPLE), cases_of(INSTITUTION_PEOPLE)
        whole = institutions.add(name="甲检测中心", sort="testing")
        person = people.add(institution=whole, name="赵示例", phone="13900000001")
        content = INSTITUTION_PEOPLE.content(
            institution="甲检测中心", name="赵示例", phone="*******0001", head=True
        )
        rows = (cases.row(row=2, content=content),)
        done = people.do(V.IMPORT, cases.importing(entries=rows))
        assert (done["changed"], done["refused"]) == (1, [])
        said = people.view(person).content
        assert (said.phone, said.head) == ("13900000001", True)

    def test_a_register_has_the_verbs_that_it_names(self, backend: Backend) -> None:
        """And no others."""
        del backend
        few = attrs.evolve(THINGS, verbs=frozenset({V.LIST, V.ADD}))
        assert set(cases_of(few).all) == {V.LIST, V.ADD}
        assert set(cases_of(THINGS).all) == USUAL
