"""What registers ask of the things that their fields refer to."""

from abc import ABC, abstractmethod
from collections.abc import Iterable, Mapping, Sequence
from difflib import SequenceMatcher
from functools import cache
from typing import Final

from attrs import field, frozen

from supervision_core.kernel.codes.data import industries
from supervision_core.kernel.fields import said


@frozen(kw_only=True)
class Reference:
    """One thing that can be referred to; what is not ``usable`` is shown, but chosen no more.

    ``code`` is what tells it apart from others of the same name: its own, or whose it is. By
    ``account`` an officer is known too, where one is tied.
    """

    id: str = field(metadata=said("编号", example="n000001"))
    name: str = field(metadata=said("名称", example="南宁市市场监督管理局"))
    usable: bool = field(default=True, metadata=said("是否可以选用", example=True))
    code: str = field(default="", metadata=said("编码", example="450100-01"))
    account: str = field(default="", metadata=said("执法人员的登录账号", example="wang.shi"))

    @property
    def text(self) -> str:
        """What people read and write for it: its name, and its code where it has one."""
        return f"{self.name}（{self.code}）" if self.code else self.name


CLOSED: Final = frozenset({"deleted", "disabled"})
"""The states in which an aggregate of whatever kind is chosen no more."""


def written(text: str) -> str:
    """Give by what the thing is looked for in a text that ``Reference.text`` gave: its name."""
    return _parts(text)[0]


def _parts(text: str) -> tuple[str, str]:
    """Give name and code of a text as ``Reference.text`` writes them; any other text twice."""
    whole = text.strip()
    name, _, code = whole.removesuffix("）").rpartition("（")
    return (name, code) if name and whole.endswith("）") else (whole, whole)


def called(ask: "Ask", kind: str, texts: Iterable[str]) -> Mapping[str, Sequence[Reference]]:
    """Give the usable things that each text may mean: by name, by code, or by both together.

    One that is written as ``Reference.text`` writes it is meant alone, whoever shares its name.
    """
    asked = {one: (one.strip(), *_parts(one)) for one in texts}
    found = ask.named(kind, {part for parts in asked.values() for part in parts}) if asked else {}

    def meant(whole: str, name: str, code: str) -> Sequence[Reference]:
        every = {one.id: one for part in (name, code) for one in found.get(part, ())}
        exactly = [one for one in every.values() if one.text == whole]
        return found.get(whole, ()) or exactly or found.get(code, ())

    return {one: meant(*parts) for one, parts in asked.items()}


def known(ask: "Ask", kind: str, texts: Iterable[str]) -> Mapping[str, Sequence[Reference]]:
    """Give the usable things that each text may mean: by id, else as ``called`` finds them."""
    wanted = frozenset(texts)
    found = ask.resolve(kind, wanted) if wanted else {}
    by_id = {id_: (one,) for id_, one in found.items() if one.usable}
    return {**called(ask, kind, wanted - by_id.keys()), **by_id}


MOST_COMPARED: Final = 2_000
MOST_NEAR: Final = 3
_ALIKE: Final = 0.6


def nearly_called(ask: "Ask", kind: str, text: str) -> Sequence[Reference]:
    """Give the usable things whose names come nearest to what somebody wrote, none far from it."""
    by_name = {one.name: one for one in ask.offered(kind, "", MOST_COMPARED)}
    return [by_name[name] for name in nearest(text, by_name)]


def nearest(text: str, names: Iterable[str]) -> Sequence[str]:
    """Give the few names that a text comes nearest to, the nearest first.

    A short form is near: its signs stand in the name, in their order (南宁市监局).
    """
    alike = sorted((-_likeness(text, name), name) for name in names)
    return [name for less, name in alike[:MOST_NEAR] if less]


def _likeness(text: str, name: str) -> float:
    if not set(text) & set(name):
        return 0.0
    found = SequenceMatcher(None, text, name, autojunk=False).ratio()
    short = len(text) > 1 and (_in_order(text, name) or _in_order(name, text))
    return found if short or found >= _ALIKE else 0.0


def _in_order(short: str, whole: str) -> bool:
    signs = iter(whole)
    return all(sign in signs for sign in short)


@cache
def industry_references() -> tuple[Reference, ...]:
    """Give every industry as what fields of the kind ``INDUSTRY`` refer to, by code."""
    found = (Reference(id=one.code, name=one.name, code=one.code) for one in industries())
    return tuple(sorted(found, key=lambda one: one.id))


class Ask(ABC):
    """Answers what registers need to know of other things, by their kinds."""

    @abstractmethod
    def resolve(self, kind: str, ids: Iterable[str]) -> Mapping[str, Reference]:
        """Give those of ``ids`` that there are, by id. Raises ``KeyError`` for an unknown kind."""

    @abstractmethod
    def named(self, kind: str, names: Iterable[str]) -> Mapping[str, Sequence[Reference]]:
        """Give the usable things of a kind that are called by each of ``names`` exactly."""

    @abstractmethod
    def offered(self, kind: str, text: str, most: int) -> Sequence[Reference]:
        """Give at most ``most`` usable things of a kind whose name holds ``text``, by name."""

    @abstractmethod
    def uses(self, kind: str, ids: Iterable[str], of: str) -> Mapping[str, int]:
        """Give how many things of the list ``of`` refer to each of ``ids``; absent means none."""

    @abstractmethod
    def used_by(self, kind: str, id: str) -> Mapping[str, int]:
        """Give how many living entries refer to the thing, by the name of their register."""
