"""What is done with the library of laws: kept in versions, taken apart, let be cited."""

from collections.abc import Mapping
from datetime import date
from typing import Final

from attrs import evolve, field, frozen

from supervision_core.identity.services import Deeds, Work, use_case
from supervision_core.identity.services.contents import taken_in
from supervision_core.items.model import LAW_KINDS, Law, LawContent, LawInvalid, LawState
from supervision_core.items.ports import Laws
from supervision_core.kernel.canonical import Json
from supervision_core.kernel.days import GUANGXI
from supervision_core.kernel.errors import Violation
from supervision_core.kernel.fields import said
from supervision_core.kernel.registers import choice, day, long_text, text


@frozen(kw_only=True)
class AddLaw:
    """A law in one version, with its whole text."""

    content: LawContent = field(metadata=said("法律法规的内容"))


@use_case("items.add_law", "新增法律法规")
def add_law(work: Work, cmd: AddLaw) -> str:
    """Add a law, which is taken apart into 条, 款 and 项; it is not yet cited.

    A title stands once for each day of promulgation: a law that changes is another version.
    """
    region, department = work.actor.scope.region, work.actor.department
    work.reach("department", department, region=region, departments=frozenset({department}))
    if _version(work, cmd.content) is not None:
        raise LawInvalid((Violation("items.law_taken", "title"),))
    law = Law.add(
        id=work.ids.next_id(), content=cmd.content, region=region, department=department,
        at=work.now,
    )  # fmt: skip
    work.save(Laws, law)
    return law.id


def _version(work: Work, content: LawContent) -> Law | None:
    for one in work[Laws].versions(content.title):
        same = one.content.promulgated_on == content.promulgated_on
        if same and one.state is not LawState.DELETED:
            return one
    return None


def _law(work: Work, id: str) -> Law:
    return work.reached(Laws, id)


@frozen(kw_only=True)
class ChangeLaw:
    """What a law says from now on."""

    law_id: str = field(metadata=said("法律法规的编号", example="0123abcd", to="law"))
    content: LawContent = field(metadata=said("法律法规的内容"))


@use_case("items.change_law", "编辑法律法规")
def change_law(work: Work, cmd: ChangeLaw) -> str:
    """Correct a law and its text; what cites it keeps the wording of then."""
    law = _law(work, cmd.law_id)
    other = _version(work, cmd.content)
    if other is not None and other.id != law.id:
        raise LawInvalid((Violation("items.law_taken", "title"),))
    law.change(cmd.content, at=work.now)
    work.save(Laws, law)
    return law.id


@frozen(kw_only=True)
class PutProvision:
    """An article of a law, new or instead of the one that has its number."""

    law_id: str = field(metadata=said("法律法规的编号", example="0123abcd", to="law"))
    number: str = text("条款编号", required=True, example="第三十五条")
    wording: str = long_text(
        "条款项信息内容", required=True, max_length=20_000, hint="每款、每项各占一行"
    )


_LAW: Final = Deeds(Laws, Law)
put_provision = _LAW.act(
    "items.put_law_provision", "新增或修改条款", "put_provision", PutProvision,
    "Add an article to the end of a law, or replace the text of one that it has.",
)  # fmt: skip


@frozen(kw_only=True)
class TakeProvision:
    """An article to take out of a law."""

    law_id: str = field(metadata=said("法律法规的编号", example="0123abcd", to="law"))
    number: str = text("条款编号", required=True, example="第三十五条")


take_provision = _LAW.act(
    "items.take_law_provision", "删除条款", "take_provision", TakeProvision,
    "Take an article out of a law; what cites it keeps its wording.",
)  # fmt: skip


@frozen(kw_only=True)
class NameLaw:
    """A law."""

    law_id: str = field(metadata=said("法律法规的编号", example="0123abcd", to="law"))


@use_case("items.enable_law", "启用法律法规")
def enable_law(work: Work, cmd: NameLaw) -> str:
    """Let a law be cited, from its 实施时间 until it ends."""
    law = _law(work, cmd.law_id)
    law.enable(today=work.now.astimezone(GUANGXI).date(), at=work.now)
    work.save(Laws, law)
    return law.id


disable_law = _LAW.act(
    "items.disable_law", "停用法律法规", "disable", NameLaw,
    "Let a law be cited no more; items that cite it are not taken into use any more.",
)  # fmt: skip
delete_law = _LAW.act(
    "items.delete_law", "删除法律法规", "delete", NameLaw,
    "Delete a law that is not in use; what cites it keeps its wording.",
)  # fmt: skip


@frozen(kw_only=True)
class LawLine:
    """A row of a table of laws: one article; rows of one law and version belong together."""

    row: int = field(metadata=said("在表格中的行号", example=2))
    title: str = text("法规名称", required=True, max_length=200)
    kind: str = choice("类型", LAW_KINDS, required=True)
    issuer: str = text("颁发机关", max_length=100)
    promulgated_on: date = day("颁发时间", required=True)
    in_force_from: date = day("实施时间", required=True)
    in_force_until: date | None = day("失效时间")
    number: str = text("条款编号", required=True, example="第三十五条")
    wording: str = long_text("条款项信息内容", required=True, max_length=20_000)


@frozen(kw_only=True)
class ImportLaws:
    """Rows of a table of laws."""

    entries: tuple[LawLine, ...] = field(metadata=said("各行"))


@use_case("items.import_laws", "导入法律法规")
def import_laws(work: Work, cmd: ImportLaws) -> Mapping[str, Json]:
    """Take laws of a table in, a row an article: unknown laws are added, articles put in place."""

    def take(row: LawLine) -> str:
        content = LawContent(
            title=row.title, kind=row.kind, issuer=row.issuer,
            promulgated_on=row.promulgated_on, in_force_from=row.in_force_from,
            in_force_until=row.in_force_until,
        )  # fmt: skip
        known = _version(work, content)
        if known is None:
            content = evolve(content, whole=f"{row.number}　{row.wording}")
            add_law.body(work, AddLaw(content=content))
            return "added"
        law, before = _law(work, known.id), known.content
        law.change(evolve(content, whole=before.whole), at=work.now)
        law.put_provision(row.number, row.wording, at=work.now)
        if law.content == before:
            return "same"
        work.save(Laws, law)
        return "changed"

    return taken_in(cmd.entries, take)
