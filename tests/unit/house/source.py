"""What an expression of the source can be, as far as the source itself says it."""

import ast
from collections.abc import Iterator, Mapping, Sequence
from importlib import import_module
from typing import Any

from attrs import define, field

_FUNCTIONS = (ast.FunctionDef, ast.AsyncFunctionDef, ast.Lambda)
_LETTING = (ast.Assign, ast.AnnAssign, ast.NamedExpr, ast.For, ast.comprehension)
_MOST = 200


@define
class Source:
    """Modules as they are written, and what their names are once they are imported."""

    trees: Mapping[str, ast.Module]
    above: dict[ast.AST, ast.AST] = field(init=False)
    modules: dict[ast.AST, str] = field(init=False)
    followed: set[ast.expr] = field(factory=set, init=False)
    letting: dict[ast.AST, list[ast.AST]] = field(factory=dict, init=False)
    calls: dict[str, list[ast.Call]] = field(init=False)
    """Every call, by the last part of the name that is called."""

    def __attrs_post_init__(self) -> None:
        """Note the parent of each node, and who calls what."""
        self.above = {
            child: node
            for tree in self.trees.values()
            for node in ast.walk(tree)
            for child in ast.iter_child_nodes(node)
        }
        self.modules = {tree: name for name, tree in self.trees.items()}
        self.calls = {}
        for node in self.above:
            if isinstance(node, ast.Call):
                self.calls.setdefault(last(node.func), []).append(node)

    def around(self, node: ast.AST, *kinds: type[ast.AST]) -> Iterator[Any]:
        """Give what of these kinds a node stands in, the nearest first."""
        while node in self.above:
            node = self.above[node]
            if isinstance(node, kinds):
                yield node

    def module(self, node: ast.AST) -> str:
        """Give the module in which a node stands."""
        return self.modules[next(self.around(node, ast.Module))]

    def named(self, node: ast.AST, name: str) -> Any:
        """Give what a name of the node's module is once that is imported; ``None`` if nothing."""
        return vars(import_module(self.module(node))).get(name)

    def callers(self, function: ast.AST) -> Iterator[ast.Call]:
        """Give the calls of a function: by its own name, as a method by any name before it."""
        method = next(self.around(function, ast.ClassDef, ast.FunctionDef), None)
        for call in self.calls.get(getattr(function, "name", ""), ()):
            if isinstance(call.func, ast.Attribute):
                if isinstance(method, ast.ClassDef) and self._may_be(call.func, function):
                    yield call
            elif self.module(call) == self.module(function) or (
                self._function(call, last(call.func)) is function
            ):
                yield call

    def _may_be(self, called: ast.Attribute, function: Any) -> bool:
        """Tell whether what is called by a name after a dot can be that method."""
        here = self.module(called) == self.module(function)
        if ast.unparse(called.value) not in {"self", "cls"}:
            return here or not function.name.startswith("_")
        owner = next(self.around(called, ast.ClassDef), None)
        kind = None if owner is None else self.named(called, owner.name)
        found = getattr(kind, function.name, None)
        return bool(getattr(found, "__module__", None) == self.module(function))

    def given(self, call: ast.Call, function: ast.AST, parameter: str) -> ast.expr | None:
        """Give what a call hands over for a parameter."""
        names = _parameters(function)
        bound = names[:1] in (["self"], ["cls"])
        place = names.index(parameter) - bound
        named = {word.arg: word.value for word in call.keywords}
        return named.get(parameter) or (call.args[place] if 0 <= place < len(call.args) else None)

    def values(self, found: ast.expr) -> Sequence[ast.expr]:
        """Give what an expression can be: through names, branches, parameters and functions.

        What cannot be followed further is given as it stands.
        """
        ends, waiting, seen = list[ast.expr](), [found], set[ast.expr]()
        while waiting:
            one = waiting.pop()
            if one in seen:
                continue
            seen.add(one)
            followed = list(self._followed(one)) if len(seen) < _MOST else []
            waiting += followed
            if not followed:
                ends.append(one)
        return ends

    def _followed(self, found: ast.expr) -> Iterator[ast.expr]:
        match found:
            case ast.IfExp(body=body, orelse=other):
                yield from (body, other)
            case ast.BoolOp(values=parts):
                yield from parts
            case ast.NamedExpr(value=value) | ast.Starred(value=value):
                yield value
            case ast.Name(id=name):
                yield from self._named(name, found)
            case ast.Call(func=ast.Name(id=name)):
                yield from _returned(self._function(found, name))
            case ast.Call(func=ast.Attribute(value=ast.Name(id="self" | "cls"), attr=name)):
                owner = next(self.around(found, ast.ClassDef), None)
                yield from _returned(_defined(owner, name))

    def _function(self, at: ast.AST, name: str) -> ast.FunctionDef | None:
        """Give the function of a module that a name means at a place."""
        module = getattr(self.named(at, name), "__module__", self.module(at))
        return _defined(self.trees.get(module), name)

    def _named(self, name: str, at: ast.expr) -> Iterator[ast.expr]:
        """Give what a name was last let be before it is used, in its function or around it."""
        for scope in (*self.around(at, *_FUNCTIONS), *self.around(at, ast.Module)):
            found = [
                (node, value)
                for node in self._letting(scope)
                for value in self._bound(node, name)
                if _line(node) <= at.lineno or isinstance(scope, ast.Module)
            ]
            found.sort(key=lambda one: _line(one[0]), reverse=True)
            sure = set(self.around(at, ast.AST))
            yielded = False
            for number, (node, value) in enumerate(found):
                yielded = True
                yield value
                block = next(self.around(node, ast.AST))
                later = number + 1 < len(found) and found[number + 1][0] is node
                if block in sure and not later:
                    break
            if yielded:
                return
            if name in _parameters(scope):
                for call in self.callers(scope):
                    if (given := self.given(call, scope, name)) is not None:
                        yield given
                return

    def _letting(self, scope: ast.AST) -> list[ast.AST]:
        """Give what in a scope lets names be something."""
        if scope not in self.letting:
            self.letting[scope] = [one for one in ast.walk(scope) if isinstance(one, _LETTING)]
        return self.letting[scope]

    def _bound(self, node: ast.AST, name: str) -> Iterator[ast.expr]:
        """Give what a statement lets a name be."""
        match node:
            case ast.Assign(targets=targets, value=value):
                for target in targets:
                    yield from _parted(target, value, name)
            case ast.AnnAssign(target=target, value=value) if value is not None:
                yield from _parted(target, value, name)
            case ast.NamedExpr(target=target, value=value):
                yield from _parted(target, value, name)
            case ast.For(target=target, iter=many) | ast.comprehension(target=target, iter=many):
                if not _holds(target, name) or many in self.followed:
                    return
                self.followed.add(many)  # what is made of itself ends here
                for all_ in self.values(many):
                    yield from _each(target, all_, name)
                self.followed.discard(many)


def last(name: ast.expr) -> str:
    """Give the last part of a dotted name."""
    return name.attr if isinstance(name, ast.Attribute) else getattr(name, "id", "")


def _line(node: ast.AST) -> int:
    return int(getattr(node, "lineno", 0) or getattr(getattr(node, "target", None), "lineno", 0))


def _holds(target: ast.expr, name: str) -> bool:
    return any(isinstance(one, ast.Name) and one.id == name for one in ast.walk(target))


def _defined(inside: ast.AST | None, name: str) -> ast.FunctionDef | None:
    body = getattr(inside, "body", [])
    return next(
        (one for one in body if isinstance(one, ast.FunctionDef) and one.name == name), None
    )


def _returned(function: ast.FunctionDef | None) -> Iterator[ast.expr]:
    for node in ast.walk(function) if function else ():
        if isinstance(node, ast.Return) and node.value is not None:
            yield node.value


def _parameters(function: Any) -> list[str]:
    given = getattr(function, "args", None)
    parts = (*given.posonlyargs, *given.args, *given.kwonlyargs) if given else ()
    return [one.arg for one in parts]


def _each(target: ast.expr, many: ast.expr, name: str) -> Iterator[ast.expr]:
    match many:
        case ast.Tuple(elts=parts) | ast.List(elts=parts):
            for one in parts:
                yield from _parted(target, one, name)
        case ast.GeneratorExp(elt=one) | ast.ListComp(elt=one):
            yield from _parted(target, one, name)


def _parted(target: ast.expr, value: ast.expr, name: str) -> Iterator[ast.expr]:
    if isinstance(target, ast.Name) and target.id == name:
        yield value
    if isinstance(target, ast.Tuple) and isinstance(value, ast.Tuple):
        for one, part in zip(target.elts, value.elts, strict=False):
            yield from _parted(one, part, name)
