"""The Chinese words for refusals: one text a code, kept beside the context that owns the code."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from typing import Final

from attrs import frozen

from supervision_core.kernel.errors import Violation

LONGEST: Final = 1_000


@frozen
class Message:
    """What a violation means and what to do, as templates filled from ``Violation.data``."""

    reason: str
    remedy: str = ""


class Messages:
    """A catalogue of messages by code."""

    def __init__(self, *parts: Mapping[str, Message]) -> None:
        """Join the parts; a code that stands in two of them is a programming error."""
        self._by_code: dict[str, Message] = {}
        for part in parts:
            if twice := self._by_code.keys() & part.keys():
                raise ValueError(sorted(twice))
            self._by_code.update(part)

    def explain(self, violation: Violation) -> Message:
        """Fill the message of ``violation``. Raises ``KeyError`` for an unknown code.

        Of a text longer than ``LONGEST`` only the beginning is repeated.
        """
        found = self._by_code[violation.code]
        data = {key: _readable(value) for key, value in violation.data.items()}
        return Message(found.reason.format_map(data), found.remedy.format_map(data))

    def outline(self, code: str) -> Message:
        """Give the message of ``code`` with "…" for whatever it is filled with."""
        found, blank = self._by_code[code], defaultdict[str, str](lambda: "…")
        return Message(found.reason.format_map(blank), found.remedy.format_map(blank))

    def codes(self) -> Iterable[str]:
        """Every code of the catalogue."""
        return self._by_code.keys()


def _readable(value: object) -> object:
    if isinstance(value, str) and len(value) > LONGEST:
        return f"{value[:LONGEST]}…"
    return "" if value is None else value


KERNEL_MESSAGES: Mapping[str, Message] = {
    "not_found": Message("没有找到“{id}”", "请核对编号，或确认您有查看权限"),
    "conflict": Message("内容刚被他人修改，或与已有的重复", "请刷新后重新提交"),
    "outdated": Message("内容被他人修改，已不是您看到的版本", "请核对现在的内容后再提交"),
    "unavailable": Message("对接的系统暂时不可用", "请稍后重试"),
    "kernel.decided_by_proposer": Message(
        "提出的人不能自己决定，兼任职务、受委托或代理的也一样",
        "请由本部门另一名负责人或另一名有权办理的人员决定；本部门没有另一人的，请上级部门决定",
    ),
    "key_reused": Message("该幂等键已用于另一个请求", "请换用新的幂等键"),
}
