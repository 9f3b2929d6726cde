"""What came of taking in what another platform tells: counts, changes, and what stayed out."""

from __future__ import annotations

from typing import TYPE_CHECKING

from entrypoints.synchronising import OUTCOMES

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from entrypoints.cli.console import Console
    from supervision_core.identity.model import SyncChange, SyncConflict, SyncCount
    from supervision_core.kernel.canonical import Json


def tell(
    console: Console,
    what: Mapping[str, str],
    counts: Iterable[SyncCount],
    conflicts: Iterable[SyncConflict],
    *,
    changes: Iterable[SyncChange] = (),
) -> None:
    """Tell it in lines and as data; ``what`` names what was told of."""
    data: dict[str, Json] = {}
    lines: list[str] = []
    refused: list[Json] = []
    for count in counts:
        found = {name: getattr(count, name) for name in OUTCOMES}
        words = "，".join(f"{word} {found[name]:,}" for name, word in OUTCOMES.items())
        lines.append(f"✓ {what[count.what]}：{words}")
        data[count.what] = found
    lines += [f"  {OUTCOMES[one.outcome]}{what[one.what]} {one.id} {one.name}" for one in changes]
    for one in conflicts:
        said = console.messages.explain(one.violation)
        refused.append(
            {"what": one.what, "id": one.id, "code": one.violation.code, "reason": said.reason,
             "remedy": said.remedy}
        )  # fmt: skip
        lines.append(f"✗ {what[one.what]} {one.id}：{said.reason}（{said.remedy}）")
    console.answer({**data, "refused": refused}, lines)
