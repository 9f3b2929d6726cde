"""What the log says that an export was asked for."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from typing import Any, Final

from attrs import frozen

from supervision_core.identity.services.criteria import criteria_told
from supervision_core.kernel.registers import (
    Ask,
    Content,
    Reference,
    choice,
    day,
    department,
    described,
    flag,
    link,
    personal,
    text,
)


@frozen(kw_only=True)
class Asked(Content):
    """What is asked for here."""

    name: str = text("名称")
    kind: str = choice("类型", {"paper": "实物"})
    department: str = department("使用部门")
    officer: str = link("执法人员", "officer")
    phone: str = personal("电话")
    since: date | None = day("起用日期")
    used: bool | None = flag("已启用")


class Known(Ask):
    """Knows one department and one officer."""

    def resolve(self, kind: str, ids: Iterable[str]) -> Mapping[str, Reference]:
        """Give whoever is asked for."""
        names = {"department": "南宁市市场监督管理局", "officer": "王示例"}
        return {one: Reference(id=one, name=names[kind]) for one in ids if one == "d1"}

    def named(self, kind: str, names: Iterable[str]) -> Mapping[str, Sequence[Reference]]:
        """Find nothing."""
        del kind, names
        return {}

    def offered(self, kind: str, text: str, most: int) -> Sequence[Reference]:
        """Offer nothing."""
        del kind, text, most
        return ()

    def uses(self, kind: str, ids: Iterable[str], of: str) -> Mapping[str, int]:
        """Count nothing."""
        del kind, ids, of
        return {}

    def used_by(self, kind: str, id: str) -> Mapping[str, int]:
        """Find nobody."""
        del kind, id
        return {}


FIELDS: Final = {one.name: one for one in described(Asked)}


def _told(of: str = "", ids: Sequence[str] = (), **asked: Any) -> str:
    return criteria_told(Known(), ((FIELDS[one], asked[one]) for one in asked), ids, of=of)


def test_criteria_are_told_in_words() -> None:
    """Titles, codes by their titles, references by name and id, days and flags; blanks not."""
    said = _told(name="检查", kind="paper", department="d1", since=date(2026, 3, 1), used=False)
    assert said == (
        "名称：检查；类型：实物；使用部门：南宁市市场监督管理局（d1）；起用日期：2026-03-01；已启用：否"
    )
    assert _told(name="", kind="", since=None, used=None) == "全部"


def test_what_is_gone_is_told_by_its_id() -> None:
    """A department that nobody knows any more."""
    assert _told(department="d2") == "使用部门：d2"


def test_persons_are_told_by_their_ids_and_what_is_personal_not_at_all() -> None:
    """The log holds no name of a person, and nothing that is sealed elsewhere."""
    assert _told(officer="d1") == "执法人员：d1"
    assert _told(phone="13900000003") == "电话：已填写，内容不记录"
    assert (
        _told(of="officer", name="王示例", kind="paper") == "名称：已填写，内容不记录；类型：实物"
    )


def test_rows_that_were_ticked_are_told_beside() -> None:
    """How many, and which; of more than twenty the SM3 of their ids, in whatever order."""
    assert _told(ids=["b", "a"], used=True) == "已启用：是；勾选2条，编号：b、a"
    many = [f"id{number:02}" for number in range(21)]
    told = _told(ids=many)
    assert told.startswith("勾选21条，编号的SM3：")
    assert told == _told(ids=many[::-1])
