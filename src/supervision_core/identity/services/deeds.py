"""Use cases in which no more is done than to load, to call one method and to save."""

from collections.abc import Callable, Mapping
from inspect import Parameter, signature
from types import MappingProxyType
from typing import Any, Final, Generic

import attrs
from attrs import field, frozen

from supervision_core.identity.services.frame import Cmd, Root, UseCase, Work, does, use_case
from supervision_core.kernel.ports import Repository

_TOLD: Final[Mapping[str, Callable[[Work], Any]]] = MappingProxyType(
    {"at": lambda work: work.now, "by": lambda work: work.actor.user}
)


@frozen
class Deeds(Generic[Root]):
    """Makes use cases of the methods of aggregates of one ``kind``: load, call, save.

    ``load`` gives the aggregate that the first field of a command names; without, it is one that
    ``Work.reached`` gives. A method is given by name the fields of the command and what is
    ``told`` of the work: when (``at``) and by whom (``by``).
    """

    port: type[Repository[Root]]
    kind: type[Root]
    load: Callable[[Work, str], Root] | None = None
    told: Mapping[str, Callable[[Work], Any]] = field(default=_TOLD, kw_only=True)

    def does(
        self, verb: str, asked: type[Cmd], promise: str, *, answer: Any = str, answers: str = ""
    ) -> UseCase[Cmd, Any]:
        """Make the use case of a declared verb, done by the method of its name.

        What it promises is read by users. It answers the id, nothing where ``answer`` is ``None``,
        and what the method gives where that is another type.
        """
        body = self._body(verb, asked, promise, answer)
        return does(self.kind, verb, answers=answers)(body)

    def act(  # noqa: PLR0913 - one for each thing that a use case says
        self, permission: str, title: str, method: str, asked: type[Cmd], promise: str, *,
        answer: Any = str, answers: str = "",
    ) -> UseCase[Cmd, Any]:  # fmt: skip
        """Make a use case of a ``method`` that is no declared verb."""
        body = self._body(method, asked, promise, answer)
        return use_case(permission, title, answers=answers)(body)

    def _body(
        self, method: str, asked: type[Cmd], promise: str, answer: Any
    ) -> Callable[[Work, Cmd], Any]:
        known: Any = asked
        first, *more = (one.name for one in attrs.fields(known))
        takes = dict(list(signature(getattr(self.kind, method)).parameters.items())[1:])
        needs = {name for name, one in takes.items() if one.default is Parameter.empty}
        if wrong := {*more} - takes.keys() | needs - {*more} - self.told.keys():
            raise TypeError(f"{asked.__name__} and {method} differ: {sorted(wrong)}")
        told = takes.keys() & self.told.keys() - {*more}

        def body(work: Work, cmd: Cmd) -> Any:
            named = getattr(cmd, first)
            root = self.load(work, named) if self.load else work.reached(self.port, named)
            given = {name: getattr(cmd, name) for name in more}
            given |= {name: self.told[name](work) for name in told}
            found = getattr(root, method)(**given)
            work.save(self.port, root)
            return root.id if answer is str else None if answer is None else found

        body.__annotations__ = {"work": Work, "cmd": asked, "return": answer}
        body.__doc__ = promise
        return body
