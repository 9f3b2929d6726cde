"""What registers ask of the things that their fields refer to."""

from abc import ABC, abstractmethod
from collections.abc import Iterable, Mapping, Sequence
from functools import cache

from attrs import field, frozen

from supervision_core.kernel.codes.data import industries
from supervision_core.kernel.fields import said


@frozen(kw_only=True)
class Reference:
    """One thing that can be referred to; what is not ``usable`` is shown, but chosen no more.

    ``code`` is what tells it apart from others of the same name, where it has one.
    """

    id: str = field(metadata=said("编号", example="n000001"))
    name: str = field(metadata=said("名称", example="南宁市市场监督管理局"))
    usable: bool = field(default=True, metadata=said("是否可以选用", example=True))
    code: str = field(default="", metadata=said("编码", example="450100-01"))

    @property
    def text(self) -> str:
        """What people read and write for it: its name, and its code where it has one."""
        return f"{self.name}（{self.code}）" if self.code else self.name


def written(text: str) -> str:
    """Give what names the thing in a text that ``Reference.text`` gave, or somebody wrote."""
    name, bracket, code = text.strip().removesuffix("）").rpartition("（")
    return code if bracket and text.strip().endswith("）") and name else text.strip()


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
