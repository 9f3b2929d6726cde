"""What is done with subjects, tags and categories."""

from collections.abc import Collection, Mapping, Sequence
from typing import Any, Final

from attrs import evolve, field, frozen

from supervision_core.identity.model import Actor, Purpose, Reading, SceneRole
from supervision_core.identity.ports import PartyNames
from supervision_core.identity.services import Deeds, Work, question, use_case
from supervision_core.identity.services.contents import taken_in, with_ids
from supervision_core.identity.services.lists import ReferredName, names_in
from supervision_core.kernel.canonical import Json
from supervision_core.kernel.codes.subject_kinds import SUBJECT_KINDS
from supervision_core.kernel.days import local_day
from supervision_core.kernel.errors import NotFound, Violation
from supervision_core.kernel.fields import said
from supervision_core.kernel.paging import FIRST_PAGE, Page, PageRequest
from supervision_core.kernel.plain import converter, digest
from supervision_core.kernel.registers import (
    DEPARTMENT,
    REGION,
    Ask,
    Content,
    Entries,
    Entry,
    Extras,
    choice,
    choices,
    integer,
    link,
    links,
    long_text,
    text,
    texts,
)
from supervision_core.kernel.registers.elements import ElementSet, elements_named
from supervision_core.subjects.facts import FACT_CATALOGUE, RISK_FACTS, FactValue, told_fact
from supervision_core.subjects.intake import SubjectEntry
from supervision_core.subjects.lists import (
    NATURES,
    SUBJECTS,
    SubjectListRow,
    SubjectView,
)
from supervision_core.subjects.model import (
    CategoryMismatch,
    FieldValue,
    Identity,
    PersonalData,
    Subject,
    SubjectDraft,
    SubjectInvalid,
    SubjectKind,
    Tag,
    TagInvalid,
    TagNature,
    TagRule,
    classify,
    masked_name,
)
from supervision_core.subjects.model.content import STATUS_TITLES
from supervision_core.subjects.ports import (
    SubjectFacts,
    SubjectFilter,
    SubjectQueries,
    Subjects,
    Tags,
)
from supervision_core.subjects.registers import (
    CATEGORIES,
    FORM_FIELDS,
    CategoryContent,
)
from supervision_core.subjects.services.changed import Said, note_changed, said_of


def parties_of(work: Work, subject_id: str) -> frozenset[str]:
    """Give whom a subject concerns: the firm itself, by its id or its code.

    Nobody for whom anybody but a firm's account acts: only there it was proved who it acts for.
    """
    if work.actor.scope.role is not SceneRole.ENTERPRISE:
        return frozenset()
    found = work[Subjects].find_many([subject_id])
    return frozenset({subject_id}).union(*(one.parties for one in found))


def own_subject(work: Work) -> Subject:
    """Give the firm for which the actor acts. Raises ``NotFound``."""
    scope = work.actor.scope
    party = scope.party if scope.role is SceneRole.ENTERPRISE else ""
    found = next((one for one in work[Subjects].find_many([party]) if not one.deleted), None)
    if found is None:
        raise NotFound(Subjects.kind, party)
    return found


@frozen(kw_only=True)
class ViewOwnSubject:
    """The firm for which the asker acts."""


@frozen(kw_only=True)
class OwnSubject:
    """What the register says of one's own firm."""

    id: str = field(metadata=said("监管对象的编号", example="0123abcd"))
    content: SubjectView = field(metadata=said("企业信息"))
    names: tuple[ReferredName, ...] = field(metadata=said("所引用对象的名称"))


@question("subjects.view_own_subject", "查看本企业信息")
def view_own_subject(work: Work, about: ViewOwnSubject) -> OwnSubject:
    """Show what the register says of the firm for which one acts, its head in the clear.

    What departments note for themselves (category, tags, doubts) stays away.
    """
    del about
    own = own_subject(work)
    shown = evolve(
        SUBJECTS.viewed(own), principal=own.principal, category="", tags=(), doubts=(),
        extras=Extras(),
    )  # fmt: skip
    return OwnSubject(id=own.id, content=shown, names=names_in(work, [shown]))


@frozen
class SubjectNames(PartyNames):
    """Knows firms by their ids and codes."""

    subjects: Subjects

    def ids_of(self, party: str) -> frozenset[str]:
        """Give the ids of the firm of a code; an id is its own."""
        return frozenset({party, *(one.id for one in self.subjects.find_by_codes([party]))})


_FORMER: Final = Violation("subjects.identity_former", "identity")


def require_never_had(work: Work, code: str, subject: str = "") -> None:
    """Demand that nobody else was known by a code before. Raises ``SubjectInvalid``.

    What was published of a firm names it by its code for good.
    """
    if work[Subjects].had([code]).get(code, frozenset()) - {subject}:
        raise SubjectInvalid((_FORMER,))


def _classify(work: Work, subjects: Sequence[Subject]) -> list[Subject]:
    """Tag subjects by the rules of their regions and their categories; give whom that changed."""
    tags = work[Tags].of_regions({one.region for one in subjects})
    categories = work[Entries].of(CATEGORIES)
    used = {one.category for one in subjects if one.category}
    put = {one: frozenset(categories.get(one).content.tags) for one in used}

    def earned(one: Subject) -> frozenset[str]:
        here = tags[one.region]
        by_category = {tag.id for tag in here} & put.get(one.category or "", frozenset())
        return frozenset(classify(one.traits, here)) | by_category

    return [one for one in subjects if one.classify(earned(one))]


@frozen(kw_only=True)
class RegisterSubject:
    """What is known of a subject nobody has registered yet."""

    draft: SubjectDraft = field(metadata=said("监管对象信息"))


@use_case("subjects.register", "登记监管对象")
def register_subject(work: Work, cmd: RegisterSubject) -> str:
    """Take one subject into the register and tag it; its identity code is there only once.

    A deleted one comes back with what is now said of it.
    """
    draft, before = cmd.draft, dict[str, Said]()
    work.reach("region", draft.region, region=draft.region, departments=frozenset())
    known = next(iter(work[Subjects].find_by_codes([draft.identity.code])), None)
    if known is None:
        require_never_had(work, draft.identity.code)
        subject = Subject.register(
            draft, id=work.ids.next_id(), at=work.now, by=work.actor.department
        )
    elif known.deleted:
        subject = work.reached(Subjects, known.id)
        before[subject.id] = said_of(subject)
        subject.restore(draft, at=work.now)
    else:
        raise SubjectInvalid((Violation("subjects.identity_taken", "identity"),))
    _classify(work, [subject])
    note_changed(work, before, [subject])
    work.save(Subjects, subject)
    return subject.id


@frozen(kw_only=True)
class CorrectSubject:
    """A subject, and what is now said of it."""

    subject_id: str = field(metadata=said("监管对象的编号", example="0123abcd", to="subject"))
    draft: SubjectDraft = field(metadata=said("更正后的监管对象信息"))
    whole: bool = field(
        default=False, metadata=said("是否为全部信息", hint="是则空着的项清空，个人信息除外")
    )


@use_case("subjects.correct", "更正监管对象", answers="内容是否有变化")
def correct_subject(work: Work, cmd: CorrectSubject) -> bool:
    """Correct what is known of a subject; what the draft leaves empty stays. Tags follow.

    Not its status: that is proposed by its registrar, and confirmed by a second person.
    """
    subject = work.reached(Subjects, cmd.subject_id)
    if cmd.draft.region != subject.region:
        work.reach("region", cmd.draft.region, region=cmd.draft.region, departments=frozenset())
    before = {subject.id: said_of(subject)}
    changed = subject.correct(cmd.draft, at=work.now, whole=cmd.whole)
    _classify(work, [subject])
    note_changed(work, before, [subject])
    work.save(Subjects, subject)
    return changed


@frozen(kw_only=True)
class ListSubjectsByPrincipal:
    """The whole name of a legal representative, head or operator, and the page wanted."""

    principal: str = field(repr=False, metadata=said("法定代表人、负责人或经营者的姓名"))
    page: PageRequest = field(default=FIRST_PAGE, metadata=said("分页：每页行数、游标和排序"))


@question("subjects.list_by_principal", "按法定代表人查找监管对象", looks_once=True)
def list_subjects_by_principal(work: Work, about: ListSubjectsByPrincipal) -> Page[SubjectListRow]:
    """Find the subjects within reach whose head has this name; the name stands in no address."""
    name = about.principal.strip()
    if not name:
        return Page(items=(), next_cursor=None)
    wanted = SubjectFilter(principal=name, reach=work.actor.scope.predicate())
    found = work[SubjectQueries].page(wanted, about.page)
    rows = tuple(
        SubjectListRow(
            id=one.id, name=one.name, kind=one.kind, principal=masked_name(name), code=one.code,
            region=one.region, status=one.status, industry=one.industry, tags=one.tags,
            doubtful=one.doubtful,
        )
        for one in found.items
    )  # fmt: skip
    return Page(items=rows, next_cursor=found.next_cursor)


@frozen(kw_only=True)
class TagSubject:
    """A subject, tags to put on by hand and hand-put ones to take off, and why."""

    subject_id: str = field(metadata=said("监管对象的编号", example="0123abcd", to="subject"))
    put: frozenset[str] = field(default=frozenset(), metadata=said("手动打上的标签", to="tag"))
    take: frozenset[str] = field(default=frozenset(), metadata=said("取下的手动标签", to="tag"))
    reason: str = field(
        metadata=said(
            "打上或取下的理由",
            example="现场核实为集中用餐配送单位",
            long=True,
            hint="影响抽取名单的，列给审批人看；请勿写个人信息",
        )
    )


@use_case("subjects.tag", "为监管对象打标签")
def tag_subject(work: Work, cmd: TagSubject) -> str:
    """Put tags on a subject, or take hand-put ones off; those of regions above can be put as well.

    Unknown tags, and those of other regions, are refused as not found. What is done without a
    reason is refused; the audit row keeps the reason.
    """
    subject = work.reached(Subjects, cmd.subject_id)
    if not cmd.reason.strip():
        raise TagInvalid((Violation("subjects.tag_without_reason", "reason"),))
    for tag in sorted(cmd.put):
        found = work[Tags].get(tag)
        work.reach_to_read(Tags.kind, tag, reading=Reading.OWNER_AND_BELOW, region=found.region)
        if not found.enabled:
            raise TagInvalid((Violation("subjects.tag_disabled", "put", {"name": found.name}),))
    before = {subject.id: said_of(subject)}
    subject.tag(cmd.put)
    subject.untag(cmd.take)
    note_changed(work, before, [subject])
    work.note(reason=cmd.reason.strip())
    work.save(Subjects, subject)
    return subject.id


@frozen(kw_only=True)
class CategoriseSubject:
    """A subject, its category, and the category's form filled in."""

    subject_id: str = field(metadata=said("监管对象的编号", example="0123abcd", to="subject"))
    category_id: str = link("监管对象分类", CATEGORIES.name, required=True)
    values: Mapping[str, FieldValue] = field(metadata=said("该分类表单各字段的值，按字段的标识"))


@use_case("subjects.categorise", "为监管对象归类")
def categorise_subject(work: Work, cmd: CategoriseSubject) -> str:
    """Put a subject into a category with that category's form filled in; it gets its tags."""
    subject = work.reached(Subjects, cmd.subject_id)
    category = category_of(work, cmd.category_id)
    if not category.enabled:
        raise CategoryMismatch((Violation("subjects.category_disabled", "category_id"),))
    before = {subject.id: said_of(subject)}
    subject.categorise(category.id, form_of(work, category), cmd.values)
    _classify(work, [subject])
    note_changed(work, before, [subject])
    work.save(Subjects, subject)
    return subject.id


def category_of(work: Work, id: str) -> Entry[CategoryContent]:
    """Give a category that the actor may choose. Raises ``NotFound``."""
    category = work[Entries].of(CATEGORIES).get(id)
    if category.deleted:
        raise NotFound(CATEGORIES.name, id)
    work.reach_to_read(CATEGORIES.name, id, reading=Reading.OWNER_AND_BELOW, region=category.region)
    return category


def form_of(work: Work, category: Entry[CategoryContent]) -> ElementSet:
    """Give the fields of a category's form that are in use, in its order."""
    return elements_named(work[Entries].of(FORM_FIELDS), category.content.form)


@frozen(kw_only=True)
class ShowSubjectPersonalData:
    """The subject whose personal data is wanted, and what for."""

    subject_id: str = field(metadata=said("监管对象编号", example="0123abcd"))
    purpose: Purpose = field(
        metadata=said(
            "使用目的：contact联系、identify核实、correct更正、complaint投诉、inspection检查",
            example="contact",
        )
    )


@frozen(kw_only=True)
class SubjectPersonalView:
    """What lists mask of a subject, in the clear: a natural person's name and number, and more."""

    id: str = field(metadata=said("编号", example="n000001"))
    name: str = field(
        repr=False, metadata=said("名称，自然人为姓名", example="南宁示例乳业有限公司")
    )
    identity: Identity = field(metadata=said("主体身份代码"))
    personal: PersonalData = field(metadata=said("个人信息"))


@use_case("subjects.show_personal_data", "查看监管对象个人信息")
def show_subject_personal_data(work: Work, about: ShowSubjectPersonalData) -> SubjectPersonalView:
    """Show a subject with its personal data; the log keeps who looked at whom, and what for.

    Source: 个人信息保护法 第6条, 第51条; proposal 6038-6040.
    """
    subject = work.reached(Subjects, about.subject_id)
    work.wrote("subject", subject.id)
    work.note(purpose=about.purpose)
    return SubjectPersonalView(
        id=subject.id, name=subject.name, identity=subject.identity, personal=subject.personal
    )


@frozen(kw_only=True)
class ListRisks:
    """The subject whose risks are asked for."""

    subject_id: str = field(metadata=said("监管对象的编号", example="0123abcd"))


@frozen(kw_only=True)
class RiskShown:
    """One thing known of the risk of a subject, or not known yet."""

    name: str = field(metadata=said("数据项的标识", example="lawsuits_3y"))
    title: str = field(metadata=said("数据项的名称", example="近三年诉讼数量"))
    value: str = field(metadata=said("内容，尚未归集的为空", example="2件"))


@question("subjects.list_risks", "查看监管对象风险信息")
def list_risks(work: Work, about: ListRisks) -> tuple[RiskShown, ...]:
    """Show what is known of the risk of a subject: 经营异常, 失信, 法律诉讼, 处罚 and more."""
    subject = work[Subjects].get(about.subject_id)
    work.reach(
        "subject", subject.id, region=subject.region, departments=subject.departments,
        parties=parties_of(work, subject.id),
    )  # fmt: skip
    known = work[SubjectFacts].facts_on([subject.id], local_day(work.now))[subject.id]
    return tuple(
        RiskShown(name=one, title=FACT_CATALOGUE[one].title, value=told_fact(one, known.get(one)))
        for one in RISK_FACTS
    )


@frozen(kw_only=True)
class ImportSubjects:
    """At most 4,000 rows of a table, read and understood; ``source`` names the table.

    ``content``, their digest, stands for ``entries`` in the digest of the command.
    """

    source: str = field(metadata=said("数据来源，即表格的名称", example="南宁市乳制品企业名录"))
    entries: tuple[SubjectEntry, ...] = field(
        metadata=said("导入的监管对象，每次至多4000行", looked_up=False)
    )

    @property
    def content(self) -> str:
        """What stands for the entries."""
        return digest(self.entries)


@frozen(kw_only=True)
class ImportSubjectsOfFile(ImportSubjects):
    """Rows that the platform itself read from a file.

    ``origin`` stands for them: the digest of the file, what it was read against, and their part.
    """

    origin: str

    @property
    def content(self) -> str:
        """What stands for the entries."""
        return self.origin


for _command in (ImportSubjects, ImportSubjectsOfFile):
    converter.register_unstructure_hook(
        _command, lambda command: {"source": command.source, "content": command.content}
    )


@use_case("subjects.import", "导入监管对象")
def import_subjects(work: Work, cmd: ImportSubjects) -> Mapping[str, Json]:
    """Take rows of a table in: new subjects are registered, changed ones corrected.

    Told twice, it changes nothing the second time, but that who is known is tagged by the rules of
    today. Whoever is known keeps its status, which two people of its registrar change.
    Answers how many were ``added``, ``changed`` and the ``same``, and, with the code of each
    reason, the rows ``refused`` (outside the actor's scope, unfit) and those ``left`` with another
    status than they say.
    """
    codes = [entry.draft.identity.code for entry in cmd.entries]
    known = {one.identity.code: one for one in work[Subjects].find_by_codes(codes)}
    former = work[Subjects].had([one for one in codes if one not in known])
    before = {one.id: said_of(one) for one in known.values()}
    retagged = {one.id for one in _classify(work, list(known.values()))}
    added: list[Subject] = []
    changed: list[Subject] = []
    facts: dict[str, dict[str, FactValue]] = {}
    left: list[Json] = []

    def take(entry: SubjectEntry) -> str:
        subject = known.get(entry.draft.identity.code)
        _require_reach(work, entry.draft, subject)
        outcome = "same"
        if entry.draft.identity.code in former:
            raise SubjectInvalid((_FORMER,))
        if subject is None:
            subject = Subject.from_draft(
                entry.draft, id=work.ids.next_id(), at=work.now, by=work.actor.department
            )
            outcome = "added"
            known[subject.identity.code] = subject
            added.append(subject)
        else:
            corrected = subject.correct(evolve(entry.draft, status=None), at=work.now)
            if entry.draft.status not in (None, subject.status):
                left.append(_status_left(entry, subject))
            if corrected or subject.id in retagged:
                retagged.discard(subject.id)
                outcome = "changed"
                changed.append(subject)
        facts.setdefault(subject.id, {}).update(entry.facts)
        return outcome

    answer = taken_in(cmd.entries, take)
    _classify(work, [*added, *changed])
    told = _facts_told(work, before, facts)
    note_changed(work, before, [*added, *changed], told)
    work.save_all(Subjects, [*added, *changed])
    for id_ in sorted(told.keys() - {one.id for one in changed}):
        work.wrote(Subjects.kind, id_)
    work[SubjectFacts].record_table(facts, known_on=local_day(work.now), source=cmd.source)
    return {**answer, "left": left}


def _facts_told(
    work: Work, known: Collection[str], facts: Mapping[str, Mapping[str, FactValue]]
) -> Mapping[str, tuple[str, ...]]:
    """Give the names of facts that a table says otherwise than it is known, of subjects known."""
    ids = [id_ for id_, said_ in facts.items() if said_ and id_ in known]
    now = work[SubjectFacts].facts_on(ids, local_day(work.now)) if ids else {}
    changed = {
        id_: tuple(name for name, value in facts[id_].items() if now[id_].get(name) != value)
        for id_ in ids
    }
    return {id_: names for id_, names in changed.items() if names}


def _status_left(entry: SubjectEntry, subject: Subject) -> Json:
    """Say that a row's status is not that of the register, which stays."""
    said_, now = STATUS_TITLES[entry.draft.status or ""], STATUS_TITLES[subject.status]
    return {
        "row": entry.row, "code": "subjects.status_left", "at": "status",
        "data": {"said": said_, "now": now},
    }  # fmt: skip


def _require_reach(work: Work, draft: SubjectDraft, subject: Subject | None) -> None:
    """Demand that the actor reaches both where it stands and where the row puts it."""
    scope = work.actor.scope
    fits = scope.covers(region=draft.region, departments=frozenset())
    if subject is not None:
        fits = fits and scope.covers(region=subject.region, departments=subject.departments)
    if not fits:
        raise SubjectInvalid((Violation("subjects.out_of_scope", "region"),))


@frozen(kw_only=True)
class ClassifySubjects:
    """At most 1,000 subjects to be tagged anew, after tags or rules changed."""

    subject_ids: tuple[str, ...] = field(
        metadata=said("重新打标的监管对象，至多1000个", to="subject")
    )


@use_case("subjects.classify", "按规则重打标签", answers="标签有变化的监管对象数")
def classify_subjects(work: Work, cmd: ClassifySubjects) -> int:
    """Tag subjects anew by the rules of today and give how many changed; hand-put tags stay."""
    found = {one.id: one for one in work[Subjects].find_many(cmd.subject_ids)}
    for one in cmd.subject_ids:
        if one not in found:
            raise NotFound(Subjects.kind, one)
    for subject in found.values():
        work.reach("subject", subject.id, region=subject.region, departments=subject.departments)
    before = {id_: said_of(one) for id_, one in found.items()}
    changed = _classify(work, list(found.values()))
    note_changed(work, before, changed)
    work.save_all(Subjects, changed)
    return len(changed)


@frozen(kw_only=True)
class CreateTag:
    """A new tag of a region, or of one of its departments."""

    name: str = text("标签名称", required=True, max_length=100, example="乳制品生产企业")
    nature: TagNature = choice("主客体", NATURES, default=TagNature.SUBJECT)
    note: str = long_text("说明")
    order: int = field(default=0, metadata=said("排序号", example=1))
    region: str = link("所属区划", REGION, hint="不填的为本区划")
    department: str = link("所属部门", DEPARTMENT, hint="本区划共用的不填")


@use_case("subjects.create_tag", "新增标签")
def create_tag(work: Work, cmd: CreateTag) -> str:
    """Make a tag; its name is unique in its region, and that of a deleted one brings it back."""
    place = cmd.region or work.actor.scope.region
    owners = frozenset({cmd.department} - {""})
    work.reach("region", place, region=place, departments=owners)
    tag = work[Tags].find_by_name(place, cmd.name.strip())
    if tag is None:
        tag = Tag(id=work.ids.next_id(), name="", region=place, department=cmd.department)
    elif tag.deleted:
        tag.revive()
    else:
        raise TagInvalid((Violation("subjects.tag_name_taken", "name", {"name": cmd.name}),))
    tag.describe(name=cmd.name, nature=cmd.nature, note=cmd.note, order=cmd.order)
    work.save(Tags, tag)
    return tag.id


def _tag(work: Work, id: str) -> Tag:
    return work.reached(Tags, id)


@frozen(kw_only=True)
class NameTag:
    """The tag that is meant."""

    tag_id: str = field(metadata=said("对象标签的编号", example="0123abcd", to="tag"))


@frozen(kw_only=True)
class ChangeTag:
    """A tag, and what it is to be from now on."""

    tag_id: str = field(metadata=said("对象标签的编号", example="0123abcd", to="tag"))
    name: str = text("标签名称", required=True, max_length=100, example="乳制品生产企业")
    nature: TagNature = choice("主客体", NATURES, default=TagNature.SUBJECT)
    note: str = long_text("说明")
    order: int = field(default=0, metadata=said("排序号", example=1))


@use_case("subjects.change_tag", "修改标签")
def change_tag(work: Work, cmd: ChangeTag) -> str:
    """Change what a tag is called and means; whoever carries it goes on carrying it."""
    tag = _tag(work, cmd.tag_id)
    other = work[Tags].find_by_name(tag.region, cmd.name.strip())
    if other and other.id != tag.id:
        raise TagInvalid((Violation("subjects.tag_name_taken", "name", {"name": cmd.name}),))
    tag.describe(name=cmd.name, nature=cmd.nature, note=cmd.note, order=cmd.order)
    work.save(Tags, tag)
    return tag.id


@frozen(kw_only=True)
class TagContent(Content):
    """A tag as a table says it: what it is called and means."""

    name: str = text("标签名称", required=True, max_length=100, example="乳制品生产企业")
    nature: TagNature = choice("主客体", NATURES, default=TagNature.SUBJECT)
    department: str = link("所属部门", DEPARTMENT, hint="本区划共用的不填")
    order: int | None = integer("排序号")
    note: str = long_text("说明")


@frozen(kw_only=True)
class TagLine:
    """A row of a table of tags."""

    row: int = field(metadata=said("在表格中的行号", example=2))
    content: TagContent = field(metadata=said("标签"))


@frozen(kw_only=True)
class ImportTags:
    """Rows of a table of tags."""

    entries: tuple[TagLine, ...] = field(metadata=said("各行"))


@use_case("subjects.import_tags", "导入标签")
def import_tags(work: Work, cmd: ImportTags) -> Mapping[str, Json]:
    """Take tags of a table in: names new to the region are added, others are described anew."""

    def take(row: TagLine) -> str:
        content = with_ids(work[Ask], row.content)
        told: dict[str, Any] = {
            "name": content.name, "nature": content.nature, "note": content.note,
            "order": content.order or 0,
        }  # fmt: skip
        known = work[Tags].find_by_name(work.actor.scope.region, content.name.strip())
        if known is None or known.deleted:
            create_tag.body(work, CreateTag(**told, department=content.department))
            return "added"
        tag = _tag(work, known.id)
        if told == {name: getattr(tag, name) for name in told}:
            return "same"
        tag.describe(**told)
        work.save(Tags, tag)
        return "changed"

    return taken_in(cmd.entries, take)


@frozen(kw_only=True)
class AddTagRule:
    """Whom a tag shall meet of itself: every dimension that is filled, by any of its entries."""

    tag_id: str = field(metadata=said("对象标签的编号", example="0123abcd", to="tag"))
    kinds: tuple[SubjectKind, ...] = choices("监管对象类型", SUBJECT_KINDS)
    industries: tuple[str, ...] = texts("行业代码", hint="代码的开头，如144含1441")
    words: tuple[str, ...] = texts("名称或经营范围中的词")
    licences: tuple[str, ...] = texts("许可证名称中的词")
    regions: tuple[str, ...] = links("行政区划", REGION)


@use_case("subjects.add_tag_rule", "新增打标规则")
def add_tag_rule(work: Work, cmd: AddTagRule) -> str:
    """Let subjects that a rule meets carry a tag; they get it when next classified."""
    tag = _tag(work, cmd.tag_id)
    rule = TagRule(
        kinds=tuple(one.value for one in cmd.kinds), industries=cmd.industries, words=cmd.words,
        licences=cmd.licences, regions=cmd.regions,
    )  # fmt: skip
    tag.add_rule(rule)
    work.save(Tags, tag)
    return tag.id


@frozen(kw_only=True)
class RemoveTagRule:
    """Which rule of a tag shall be forgotten."""

    tag_id: str = field(metadata=said("对象标签的编号", example="0123abcd", to="tag"))
    number: int = field(metadata=said("第几条规则", example=1))


_TAG: Final = Deeds(Tags, Tag)
remove_tag_rule = _TAG.act(
    "subjects.remove_tag_rule", "删除打标规则", "remove_rule", RemoveTagRule,
    "Forget a rule of a tag; who earned it by no other loses it when next classified.",
)  # fmt: skip
enable_tag = _TAG.act(
    "subjects.enable_tag", "启用标签", "enable", NameTag, "Let a tag be chosen and earned again."
)
disable_tag = _TAG.act(
    "subjects.disable_tag", "停用标签", "disable", NameTag,
    "Let a tag be neither chosen nor earned any more.",
)  # fmt: skip
delete_tag = _TAG.act(
    "subjects.delete_tag", "删除标签", "delete", NameTag,
    "Take a tag off the lists; what names it goes on naming it.",
)  # fmt: skip


@frozen(kw_only=True)
class ExportSubjects:
    """The region whose subjects are given out."""

    region: str = field(metadata=said("行政区划代码", example="450100"))


@use_case("subjects.export", "导出监管对象")
def export_subjects(work: Work, cmd: ExportSubjects) -> int:
    """Note in the audit log that the list of a region's subjects was given out; count them."""
    work.reach("region", cmd.region, region=cmd.region, departments=frozenset())
    count = work[SubjectQueries].count(exported_subjects(work.actor, cmd.region))
    work.note(region=cmd.region, count=str(count))
    return count


def exported_subjects(actor: Actor, region: str) -> SubjectFilter:
    """Give what an export of ``region`` shows to ``actor``: of its subjects those he reaches."""
    return SubjectFilter(region=region, reach=actor.scope.predicate())
