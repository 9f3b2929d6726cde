"""Every id that a client sends is bound to a reach, and nothing that the system fills in is sent.

Read from the commands themselves. What a command is about is loaded by its use case: that each asks
reach of it the matrix of use cases proves (``tests/integration/identity/test_matrix.py``). Every
other id is looked for by the frame, in the lists of its kind, as far as whoever acts may name it.
"""

from collections.abc import Iterator, Mapping
from typing import Any, Final, get_args, get_type_hints

import attrs
from attrs import field, frozen

from entrypoints.catalogue import asked_type, described_permissions, use_cases
from entrypoints.registered import lists_of, registers
from entrypoints.shape import Shape, Thing, Variants, shape_of
from supervision_core.assessment.model import Kind
from supervision_core.draws.model.staffing import Recusal
from supervision_core.draws.model.staffing import Visit as DrawnVisit
from supervision_core.draws.services import AdjustDraw, RecuseInspector
from supervision_core.identity.services import Question, UseCase
from supervision_core.identity.services.reaching import is_open
from supervision_core.items.registers import MATTER
from supervision_core.kernel.fields import FIELD, FieldWords, said
from supervision_core.kernel.ports import repository_of
from supervision_core.kernel.reading import Reading
from supervision_core.kernel.registers import DEPARTMENT, INDUSTRY, REGION, Content
from supervision_core.officers.ports import OfficerFilter
from supervision_core.plans.model import SubPlan
from supervision_core.tasks.model.opening import VisitOrder

OPEN: Final = {
    DEPARTMENT: "departments are named across the whole directory",
    REGION: "regions have no owner; which one may be used, the use case asks reach",
    INDUSTRY: "a code of a national standard",
    MATTER: "a code of the catalogue, which everybody in line reads",
}
"""Kinds that stand in no list whose owner could be asked."""
OF_POOL: Final = "one of the pool, or of the selection, of a draw that was reached"
BOUND: Final[Mapping[tuple[type, str], str]] = {
    (AdjustDraw, "subject"): "of the pool, else an active subject of the region of the draw",
    (Recusal, "subject"): OF_POOL,
    (DrawnVisit, "subject"): OF_POOL,
    (RecuseInspector, "subject"): "one to whose visit the draw, which was reached, assigned them",
    (VisitOrder, "clue"): "the use case asks reach of each on which a visit rests",
    (OfficerFilter, "team"): "asked by, among officers in reach: nothing of the team is told",
    (SubPlan, "subjects"): "the use case asks reach of each that is new",
}
"""Ids that the use case itself binds, with what it demands."""
Found = tuple[type, str, FieldWords, bool, bool]
"""A field with its class and words; whether it is what the command is about, and looked up."""


def ids_of(asked: type) -> Iterator[Found]:
    """Give every id at any depth of a command that a client sends."""
    first = next(iter(attrs.fields(asked)), None)
    for cls, name, words, looked_up in _within(asked, frozenset(), looked_up=True):
        if words.to is not None:
            about = cls is asked and first is not None and name == first.name
            yield cls, name, words, about and _loads(asked, name, words), looked_up


def _loads(asked: type, name: str, words: FieldWords) -> bool:
    """Tell whether it is the id of something of the command's own context, as the frame does."""
    port = repository_of(str(words.to))
    own = "{" in str(words.to) or port is None or _context(port) == _context(asked)
    return name.endswith("_id") and own


def _context(of: type) -> str:
    return of.__module__.split(".")[1]


def _within(
    cls: type, above: frozenset[type], *, looked_up: bool
) -> Iterator[tuple[type, str, FieldWords, bool]]:
    """Walk as the frame does: not into what is not looked up, nor contents in lines of a table."""
    hints = get_type_hints(cls)
    line = "row" in hints
    for one in attrs.fields(cls):
        words = one.metadata.get(FIELD)
        if words is not None and words.internal:
            continue
        here = looked_up and (words is None or words.looked_up)
        if words is not None:
            yield cls, one.name, words, here
        for part in _classes(hints[one.name]):
            called = line and issubclass(part, Content)
            if part not in above and not called:
                yield from _within(part, above | {cls}, looked_up=here)


def _classes(hint: Any) -> Iterator[type]:
    if isinstance(hint, type) and attrs.has(hint):
        yield hint
    for one in get_args(hint):
        yield from _classes(one)


def unbound(asked: type) -> list[str]:
    """Name the ids of a command that nothing binds to a reach."""
    return [
        f"{cls.__name__}.{name} → {words.to}"
        for cls, name, words, about, looked_up in ids_of(asked)
        if not (about or _is_open(str(words.to)) or (cls, name) in BOUND)
        and not (looked_up and all(map(lists_of, _kinds(str(words.to)))))
    ]


def _kinds(to: str) -> tuple[str, ...]:
    """Give the kinds that a field refers to, where another field of the command says which."""
    return tuple(f"{one}_model" for one in Kind) if "{" in to else (to,)


def _is_open(kind: str) -> bool:
    """Tell whether things of a kind have no owner, or are named by everybody in line."""
    if kind in OPEN or any(map(is_open, lists_of(kind))):
        return True
    register = registers().get(kind)
    return register is not None and register.read in {Reading.EVERYONE, Reading.OWNER_AND_BELOW}


def _commands() -> Iterator[UseCase[Any, Any]]:
    for name, cases in use_cases().items():
        if name not in described_permissions():
            yield from (one for one in cases if not isinstance(one, Question))


def test_every_id_of_every_command_is_bound_to_a_reach() -> None:
    """By its use case, by the frame, or because the thing has no owner; nothing else is sent."""
    found = {one.name: wrong for one in _commands() if (wrong := unbound(asked_type(one)))}
    assert found == {}


def test_what_the_use_case_binds_itself_is_still_sent() -> None:
    """The table above names nothing that is gone."""
    sent = {(cls, name) for one in _commands() for cls, name, *_ in ids_of(asked_type(one))}
    assert BOUND.keys() <= sent


@frozen(kw_only=True)
class _Part:
    draw: str = field(metadata=said("抽取", to="draw", looked_up=False))
    mine: str = field(default="", metadata=said("由系统填写", internal=True))


@frozen(kw_only=True)
class _Careless:
    task: str = field(metadata=said("任务", to="task"))
    made_up: str = field(metadata=said("别的", to="nothing"))
    parts: tuple[_Part, ...] = field(metadata=said("各部分"))


def test_an_id_that_nothing_binds_is_told() -> None:
    """Negative control: one that is not looked up, and one of a kind that nobody knows."""
    assert unbound(_Careless) == ["_Careless.made_up → nothing", "_Part.draw → draw"]


def sent(shape: Shape, seen: frozenset[type] = frozenset()) -> Iterator[tuple[type, str]]:
    """Give every field that a client may send in a shape, at any depth."""
    if isinstance(shape, Thing) and shape.cls not in seen:
        for one in shape.members:
            yield shape.cls, one.name
            yield from sent(one.shape, seen | {shape.cls})
    for name in ("shape", "item", "value"):
        if isinstance(part := getattr(shape, name, None), Shape):
            yield from sent(part, seen)
    for name in ("shapes", "items"):
        for part in getattr(shape, name, ()):
            yield from sent(part, seen)
    if isinstance(shape, Variants):
        for thing in shape.things:
            yield from sent(thing, seen)


def filled_in(asked: type) -> list[str]:
    """Name the fields that the system fills in and a client can send."""
    return [
        f"{cls.__name__}.{name}"
        for cls, name in sent(shape_of(asked))
        if attrs.has(cls)
        and (words := getattr(attrs.fields(cls), name, None)) is not None
        and isinstance(told := words.metadata.get(FIELD), FieldWords)
        and (told.internal or "由系统填写" in f"{told.title}{told.hint}")
    ]


def test_nobody_sends_what_the_system_fills_in() -> None:
    """No shape of a command holds, at any depth, a field that says so."""
    found = {one.name: wrong for one in _commands() if (wrong := filled_in(asked_type(one)))}
    assert found == {}


@frozen(kw_only=True)
class _Told:
    draw: str = field(default="", metadata=said("抽取的编号", hint="随机抽取后由系统填写"))


@frozen(kw_only=True)
class _Asking:
    told: _Told = field(metadata=said("信息"))
    parts: tuple[_Part, ...] = field(metadata=said("各部分"))


def test_a_field_of_the_system_in_a_command_is_told() -> None:
    """Negative control: as the sheet of a task was; what is internal stands in no shape."""
    assert filled_in(_Asking) == ["_Told.draw"]
