"""Which fields of subjects a command changed, as its audit row says.

Whoever asks how a subject came into a pool, or left it, is told by what of it, by whom and when.
"""

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping
from typing import Final, cast

from supervision_core.audit.model import AuditEntry, target_of
from supervision_core.identity.services import Work
from supervision_core.subjects.model import Subject
from supervision_core.subjects.ports import Subjects

FIELD_TITLES: Final[Mapping[str, str]] = {
    "registered": "登记",
    "status": "登记状态",
    "deleted": "删除",
    "region": "所属区划",
    "tags": "标签",
    "category": "分类",
    "industry": "行业",
    "identity": "主体身份代码",
    "data": "其他信息",
}
FACT: Final = "fact:"
"""Begins the field that is a fact of that name."""
_CHANGED: Final = "changed "
"""Begins the name of a note, the fields after it, parted by commas; it holds ids of subjects."""

_TAGS: Final = "retagged "
"""Begins the name of a note, the tags that came or went after it; it holds ids of subjects."""

Said = Mapping[str, object]


def said_of(subject: Subject) -> Said:
    """Give what decides whether and how a subject is inspected, by the names of fields."""
    return {
        "status": subject.status,
        "deleted": subject.deleted,
        "region": subject.region,
        "tags": subject.tags,
        "category": (subject.category, subject.extras),
        "industry": subject.basic.industry,
        "identity": subject.identity,
    }


def note_changed(
    work: Work,
    before: Mapping[str, Said],
    subjects: Collection[Subject],
    facts: Mapping[str, Iterable[str]] | None = None,
) -> None:
    """Let the audit row say which fields of each subject are not as ``before``, by id.

    Whoever was not there before was registered; who changed otherwise, by data alone. ``facts`` are
    the names of those that were recorded of subjects, perhaps of others, by their ids. Of tags it
    says which came or went.
    """
    fields = defaultdict[str, list[str]](list)
    for one in subjects:
        fields[one.id] += _fields(before.get(one.id), said_of(one))
    for id_, names in (facts or {}).items():
        known = sorted(f"{FACT}{name}" for name in names)
        if known:
            fields[id_] = [*(field for field in fields[id_] if field != "data"), *known]
    together = defaultdict[str, list[str]](list)
    for id_, those in fields.items():
        together[",".join(those)].append(id_)
    for text, ids in together.items():
        work.note(**{f"{_CHANGED}{text}": " ".join(sorted(ids))})
    tags = defaultdict[str, list[str]](list)
    for one in subjects:
        if one.id in before and (moved := _tags(before[one.id]) ^ one.tags):
            tags[",".join(sorted(moved))].append(one.id)
    for text, ids in tags.items():
        work.note(**{f"{_TAGS}{text}": " ".join(sorted(ids))})


def _tags(before: Said) -> frozenset[str]:
    return cast("frozenset[str]", before["tags"])


def _fields(before: Said | None, now: Said) -> list[str]:
    if before is None:
        return ["registered"]
    return [name for name, value in now.items() if before[name] != value] or ["data"]


def fields_changed(entry: AuditEntry, thing: str) -> tuple[str, ...]:
    """Give the fields of a thing (``kind/id``) that a row says were changed."""
    return tuple(
        field
        for name, ids in entry.note
        if name.startswith(_CHANGED)
        and thing in {target_of(Subjects.kind, id_) for id_ in ids.split()}
        for field in name.removeprefix(_CHANGED).split(",")
    )


def subjects_changed(entry: AuditEntry) -> Mapping[str, frozenset[str]]:
    """Give by subject which fields of it a row says were changed."""
    return _by_subject(entry, _CHANGED)


def tags_changed(entry: AuditEntry) -> Mapping[str, frozenset[str]]:
    """Give by subject which tags came or went, as a row says; rows of before say none."""
    return _by_subject(entry, _TAGS)


def _by_subject(entry: AuditEntry, begins: str) -> Mapping[str, frozenset[str]]:
    found = defaultdict[str, set[str]](set)
    for name, ids in entry.note:
        if name.startswith(begins):
            for id_ in ids.split():
                found[id_].update(name.removeprefix(begins).split(","))
    return {id_: frozenset(those) for id_, those in found.items()}
