"""Every refusal brings what its words are filled with."""

import ast
import re
import sys
from collections.abc import Collection, Iterator, Mapping
from importlib import import_module
from itertools import product
from string import Formatter
from types import ModuleType
from typing import Final

import pytest
from attrs import frozen

from adapters.sql.engine.requirements import DatabaseUnfit, DurabilityTooWeak
from entrypoints.http.problems import problem_of
from entrypoints.words import all_messages
from supervision_core.kernel.errors import DomainError, Refused, Violation
from supervision_core.kernel.messages import Message
from supervision_core.subjects.model import SubjectStatusForbidden

from .source import Source, last

_NOT_READ: Final = ("supervision_core.testing", "adapters.sql.migrations.")
_ANY: Final = r"[a-z0-9_.]+"
_FEWEST: Final = 300
_PIN: Final = ("companion_unknown", "companion_locked", "pin_wrong")
_SIGN_ON: Final = (
    "account_not_sufficient", "sign_on_incomplete", "staff_not_registered", "sign_on_ambiguous",
    "user_disabled", "sign_on_document_differs",
)  # fmt: skip
_FOUND: Final = (
    "checkpoint_missing", "checkpoint_unreadable", "checkpoint_of_another_log", "file_unreadable",
    "rows_missing", "row_out_of_place", "checkpoint_not_signed", "checkpoint_chain_broken",
    "checkpoint_out_of_place", "rows_rewritten", "object_gone", "object_put_back",
    "object_not_logged", "cosignature_wrong", "segment_not_logged", "row_changed", "row_unreadable",
)  # fmt: skip
_BY_HAND: Final[Mapping[str, Collection[str]]] = {
    "supervision_core.field_records.services.posting:_prove": [
        f"field_records.{one}" for one in _PIN
    ],
    "supervision_core.identity.services.login.by_platform:_local_user": [
        f"identity.{one}" for one in _SIGN_ON
    ],
    "supervision_core.audit.model.verification:violation": [  # alarms are told by no words
        f"audit.{one}" for one in _FOUND
    ],
    "adapters.ranking.pool_file:_violations": [
        "draws.id_missing",
        "draws.id_unusable",
        "draws.stratum_unusable",
    ],
    "adapters.sql.engine.requirements:violation": [DatabaseUnfit.code, DurabilityTooWeak.code],
    "adapters.analytics.files:_fault": [],  # how many places a decimal has, where it is one
    "entrypoints.http.problems:_own": [],  # the class itself, as the next test holds it
}
"""The codes at places where the source alone does not say them."""


@frozen
class _Reason:
    """A place of the source that gives a reason: under which codes, with which data."""

    where: str
    codes: frozenset[str]
    """Patterns, one for each code that it can have."""
    data: frozenset[str]


@pytest.fixture(scope="module")
def source(everything: dict[str, ast.Module]) -> Source:
    """Give the modules of the product."""
    return Source({
        name: tree for name, tree in everything.items() if not name.startswith(_NOT_READ)
    })  # fmt: skip


def _filled(message: Message) -> frozenset[str]:
    """Give what a message is filled with."""
    parts = (*Formatter().parse(message.reason), *Formatter().parse(message.remedy))
    return frozenset(name for _, name, _, _ in parts if name is not None)


@pytest.fixture(scope="module")
def words(everything: dict[str, ast.Module]) -> Mapping[str, frozenset[str]]:
    """Give what the words of each code are filled with."""
    return {
        code: _filled(message)
        for module in everything
        if module.split(".")[-1].endswith("messages")
        for name, table in vars(import_module(module)).items()
        if name.endswith("MESSAGES")
        for code, message in table.items()
    }


def _handed_on(code: ast.expr, data: ast.expr | None) -> bool:
    """Tell whether code and data are those of one reason that was made elsewhere."""
    match code, data:
        case ast.Attribute(value=one, attr="code"), ast.Attribute(value=other, attr="data"):
            return ast.unparse(one) == ast.unparse(other)
        case ast.Subscript(value=one), (ast.Subscript() | ast.Call()):
            return ast.unparse(one) in ast.unparse(data)
    return False


def _kinds(source: Source, found: ast.expr) -> Iterator[type]:
    """Give the classes that an expression names; of ``self`` and ``cls``, all that it can be."""
    for one in source.values(found):
        text = ast.unparse(one)
        if text in {"self", "cls"}:
            owner = source.named(one, next(source.around(one, ast.ClassDef)).name)
            here = next(source.around(one, ast.FunctionDef)).name
            below = [owner]
            for kind in below:
                if getattr(kind, here) == getattr(owner, here) or text == "cls":
                    yield kind
                below += kind.__subclasses__()
        elif isinstance(kind := source.named(one, text), type):
            yield kind


def _codes(source: Source, found: ast.expr) -> Iterator[str]:
    """Give patterns of what a code can be."""
    for one in source.values(found):
        match one:
            case ast.Constant(value=str(text)):
                yield re.escape(text)
            case ast.Constant():  # no code, no reason
                pass
            case ast.JoinedStr(values=parts):
                inner = (getattr(part, "value", part) for part in parts)
                filled = [list(_parts(source, part)) for part in inner]
                yield from map("".join, product(*filled))
            case ast.Attribute(value=value, attr="code"):
                codes = {getattr(kind, "code", None) for kind in _kinds(source, value)}
                yield from (re.escape(code) for code in codes if isinstance(code, str))
                if not codes or not all(isinstance(code, str) for code in codes):
                    yield _ANY
            case ast.Name(id=name) if isinstance(text := source.named(one, name), str):
                yield re.escape(text)
            case _:
                yield _ANY


def _parts(source: Source, part: object) -> Iterator[str]:
    """Give patterns of a part of a code: the context stands in front of it."""
    match part:
        case str():
            yield re.escape(part)
        case ast.Attribute(attr="context"):
            yield "[a-z_]+"
        case ast.expr():
            yield from _codes(source, part)


def _data(source: Source, found: ast.expr | None) -> frozenset[str]:
    """Give what is in the data, whatever way is gone."""
    if found is None:
        return frozenset()
    return frozenset.intersection(*(_names(source, one) for one in source.values(found)))


def _names(source: Source, one: ast.expr) -> frozenset[str]:
    match one:
        case ast.Dict(keys=keys, values=values):
            parts = (
                _data(source, value) if key is None else {ast.literal_eval(key)}
                for key, value in zip(keys, values, strict=True)
            )
            return frozenset[str]().union(*parts)
        case ast.BinOp(op=ast.BitOr(), left=left, right=right):
            return _data(source, left) | _data(source, right)
        case ast.Call(func=ast.Name(id="dict"), keywords=given):
            return frozenset(word.arg for word in given if word.arg)
        case _:
            return frozenset()


def _reasons(source: Source) -> Iterator[_Reason]:
    for call in source.calls["Violation"]:
        named = {word.arg: word.value for word in call.keywords}
        code = call.args[0] if call.args else named["code"]
        data = call.args[2] if len(call.args) > 2 else named.get("data")
        if not _handed_on(code, data):
            yield from _made(source, call, code, data)


def _made(
    source: Source, call: ast.Call, code: ast.expr, data: ast.expr | None
) -> Iterator[_Reason]:
    """Give the reasons of a place: where a function is handed code and data, those of callers."""
    function = next(source.around(call, ast.FunctionDef), None)
    words = getattr(getattr(function, "args", None), "kwarg", None)
    if function is None or words is None or ast.unparse(data or code) != words.arg:
        place = f"{source.module(call)}:{getattr(function, 'name', '')}"
        by_hand = _BY_HAND.get(place)
        codes = _codes(source, code) if by_hand is None else map(re.escape, by_hand)
        yield _Reason(_where(source, call), frozenset(codes), _data(source, data))
        return
    (given,) = (one.id for one in ast.walk(code) if isinstance(one, ast.Name) and one.id != "self")
    pieces = code.values if isinstance(code, ast.JoinedStr) else [code]
    for handed, brought, where in _handed(source, function, given):
        for part in handed:
            pattern = "".join(
                re.escape(str(one.value)) if isinstance(one, ast.Constant)
                else part if given in ast.unparse(one) else "[a-z_]+"
                for one in pieces
            )  # fmt: skip
            yield _Reason(where, frozenset({pattern}), brought)


def _handed(
    source: Source, function: ast.FunctionDef, code: str
) -> Iterator[tuple[set[str], frozenset[str], str]]:
    """Give what callers hand a function as its code, and by which names as its data."""
    for call in source.callers(function):
        filled = source.given(call, function, code)
        rest = [word.value for word in call.keywords if word.arg is None]
        outer = next(source.around(call, ast.FunctionDef))
        place = f"{source.module(call)}:{outer.name}"
        if filled is None or place in _BY_HAND or any(_handed_on(filled, one) for one in rest):
            continue
        onward = getattr(outer.args.kwarg, "arg", "")
        if onward and isinstance(filled, ast.Name) and onward in map(ast.unparse, rest):
            yield from _handed(source, outer, filled.id)
            continue
        own = isinstance(call.func, ast.Name) or ast.unparse(call.func.value) in {"self", "cls"}  # type: ignore[attr-defined]
        codes = {one for one in _codes(source, filled) if own or one != _ANY}
        brought = frozenset(word.arg for word in call.keywords if word.arg)
        yield codes, brought.union(*(_data(source, one) for one in rest)), _where(source, call)


def _where(source: Source, node: ast.expr) -> str:
    return f"{source.module(node)}:{node.lineno}"


def _lacking(source: Source, words: Mapping[str, frozenset[str]]) -> Iterator[str]:
    """Give each place whose words need what is not brought, and each that cannot be followed."""
    for one in _reasons(source):
        for pattern in sorted(one.codes):
            for code, needed in words.items():
                if re.fullmatch(pattern, code) and (lacks := needed - one.data):
                    yield f"{one.where} {code}: {sorted(lacks)}"


def test_every_reason_brings_what_its_words_need(
    source: Source, words: Mapping[str, frozenset[str]]
) -> None:
    """Whoever makes a reason gives all that the words of its code are filled with."""
    assert list(_lacking(source, words)) == []


def _kind_of(source: Source, found: ast.expr) -> type[DomainError] | None:
    kind = source.named(found, ast.unparse(found))
    return kind if isinstance(kind, type) and issubclass(kind, DomainError) else None


def _raised(source: Source) -> Iterator[tuple[type[Refused], ast.Call, list[ast.expr]]]:
    """Give each place that makes a refusal of a class, and what it is made of."""
    for call in (one for calls in source.calls.values() for one in calls):
        kind, given = _kind_of(source, call.func), call.args[:1]
        if last(call.func) == "refuse_if":
            kind, given = _kind_of(source, call.args[0]), call.args[1:2]
        if kind is not None and issubclass(kind, Refused):
            yield kind, call, given


def _within(found: ast.expr) -> Iterator[ast.Call]:
    for part in ast.walk(found):
        if isinstance(part, ast.Call) and last(part.func) == "Violation":
            yield part


def _followed(source: Source, given: ast.expr) -> Iterator[ast.Call]:
    """Give the reasons of which something is made, through the names in it."""
    for found in source.values(given):
        yield from _within(found)
        for part in ast.walk(found):
            for one in source.values(part) if isinstance(part, ast.Name) else ():
                yield from _within(one)


def _headless(source: Source, words: Mapping[str, frozenset[str]]) -> Iterator[str]:
    """Give each place where a refusal whose own words need data is made with another code alone."""
    for kind, call, given in _raised(source):
        if words[kind.code]:
            made = [set(_codes(source, r.args[0])) for one in given for r in _followed(source, one)]
            if not all(re.escape(kind.code) in codes for codes in made):
                yield f"{_where(source, call)} {kind.__name__}"


def test_a_refusal_whose_own_words_need_data_is_made_with_its_own_code(
    source: Source, words: Mapping[str, frozenset[str]]
) -> None:
    """What is refused is told by the words of its class too: these have their data there."""
    assert list(_headless(source, words)) == []


def test_every_refusal_can_be_told(source: Source, words: Mapping[str, frozenset[str]]) -> None:
    """Each class by each code that it is made with, as the interface tells it."""
    catalogue, told = all_messages(), set[str]()
    for kind, _, given in _raised(source):
        made = (reason for one in given for reason in _within(one))
        for pattern in {code for one in made for code in _codes(source, one.args[0])} - {_ANY}:
            for code in (one for one in words if re.fullmatch(pattern, one)):
                error = kind.__new__(kind)  # what else it carries is not told
                error.violations = (Violation(code, data=dict.fromkeys(words[code], "…")),)
                problem = problem_of(error, catalogue)
                assert problem.title, (kind, code)
                assert "{" not in problem.title + problem.detail
                told.add(code)
    assert len(told) > _FEWEST


_FAULTY: Final = """
def one(status, present):
    data = {"before": 1}
    code = "status_already" if present else "status_forbidden"
    raise SubjectStatusForbidden((Violation(f"subjects.{code}", "status", data),))


def other(subject):
    raise Unfit((Violation("subjects.status_already", "", {"status": subject}),))
"""


def test_a_reason_without_its_data_is_found(words: Mapping[str, frozenset[str]]) -> None:
    """Negative control: what is left out by one way, and a class told by another's code."""
    module = ModuleType("a_faulty_module")
    vars(module).update(
        SubjectStatusForbidden=SubjectStatusForbidden, Unfit=SubjectStatusForbidden,
        Violation=Violation,
    )  # fmt: skip
    with pytest.MonkeyPatch.context() as patch:
        patch.setitem(sys.modules, module.__name__, module)
        faulty = Source({module.__name__: ast.parse(_FAULTY)})
        found = sorted(_lacking(faulty, words))
        assert [one.rpartition(" ")[0].split(" ")[1].rstrip(":") for one in found] == [
            "subjects.status_already", "subjects.status_forbidden"
        ]  # fmt: skip
        assert [one.split(" ")[0] for one in _headless(faulty, words)] == ["a_faulty_module:9"]
