"""What is done with subjects, tags and categories."""

from collections.abc import Mapping, Sequence

from attrs import Factory, field, frozen

from supervision_core.identity.model import Actor, Purpose
from supervision_core.identity.services import Work, use_case
from supervision_core.kernel.canonical import Json
from supervision_core.kernel.days import local_day
from supervision_core.kernel.errors import NotFound, Refused, Violation
from supervision_core.kernel.plain import converter, digest
from supervision_core.subjects.facts import FactValue
from supervision_core.subjects.intake import SubjectEntry
from supervision_core.subjects.model import (
    Category,
    FieldDefinition,
    FieldValue,
    Identity,
    PersonalData,
    Subject,
    SubjectDraft,
    SubjectInvalid,
    SubjectsImported,
    SubjectStatus,
    Tag,
    TagInvalid,
    TagRule,
    classify,
)
from supervision_core.subjects.ports import (
    Categories,
    SubjectFacts,
    SubjectFilter,
    SubjectQueries,
    Subjects,
    Tags,
)


def _subject(work: Work, id: str) -> Subject:
    subject = work[Subjects].get(id)
    work.reach("subject", subject.id, region=subject.region, departments=subject.departments)
    return subject


def _classify(work: Work, subjects: Sequence[Subject]) -> list[Subject]:
    """Tag subjects by the rules of their regions and give those whom that changed."""
    tags = work[Tags].of_regions({one.region for one in subjects})
    return [
        one for one in subjects if one.classify(frozenset(classify(one.traits, tags[one.region])))
    ]


@frozen(kw_only=True)
class RegisterSubject:
    """What is known of a subject nobody has registered yet."""

    draft: SubjectDraft


@use_case("subjects.register")
def register_subject(work: Work, cmd: RegisterSubject) -> str:
    """Take one subject into the register and tag it; its identity code is there only once."""
    draft = cmd.draft
    work.reach("region", draft.region, region=draft.region, departments=frozenset())
    if work[Subjects].find_by_codes([draft.identity.code]):
        raise SubjectInvalid((Violation("subjects.identity_taken", "identity"),))
    subject = Subject.register(draft, id=work.ids.next_id(), at=work.now)
    _classify(work, [subject])
    work.save(Subjects, subject)
    return subject.id


@frozen(kw_only=True)
class CorrectSubject:
    """A subject, and what is now said of it."""

    subject_id: str
    draft: SubjectDraft


@use_case("subjects.correct")
def correct_subject(work: Work, cmd: CorrectSubject) -> bool:
    """Correct what is known of a subject; what the draft leaves empty stays. Tags follow."""
    subject = _subject(work, cmd.subject_id)
    changed = subject.correct(cmd.draft, at=work.now)
    _classify(work, [subject])
    work.save(Subjects, subject)
    return changed


@frozen(kw_only=True)
class ChangeSubjectStatus:
    """A subject, and the status its registration authority gave it."""

    subject_id: str
    status: SubjectStatus


@use_case("subjects.change_status")
def change_subject_status(work: Work, cmd: ChangeSubjectStatus) -> str:
    """Record a change of registration status; nothing follows deregistration."""
    subject = _subject(work, cmd.subject_id)
    subject.change_status(cmd.status, at=work.now)
    work.save(Subjects, subject)
    return subject.id


@frozen(kw_only=True)
class TagSubject:
    """A subject, tags to put on by hand and hand-put ones to take off."""

    subject_id: str
    put: frozenset[str] = frozenset()
    take: frozenset[str] = frozenset()


@use_case("subjects.tag")
def tag_subject(work: Work, cmd: TagSubject) -> str:
    """Put tags on a subject, or take hand-put ones off; unknown tags are refused as not found."""
    subject = _subject(work, cmd.subject_id)
    for tag in sorted(cmd.put):
        work[Tags].get(tag)
    subject.tag(cmd.put)
    subject.untag(cmd.take)
    work.save(Subjects, subject)
    return subject.id


@frozen(kw_only=True)
class CategoriseSubject:
    """A subject, its category, and the category's form filled in."""

    subject_id: str
    category_id: str
    values: Mapping[str, FieldValue]


@use_case("subjects.categorise")
def categorise_subject(work: Work, cmd: CategoriseSubject) -> str:
    """Put a subject into a category with that category's form filled in."""
    subject = _subject(work, cmd.subject_id)
    subject.categorise(work[Categories].get(cmd.category_id), cmd.values)
    work.save(Subjects, subject)
    return subject.id


@frozen(kw_only=True)
class ShowSubjectPersonalData:
    """The subject whose personal data is wanted, and what for."""

    subject_id: str
    purpose: Purpose


@frozen(kw_only=True)
class SubjectPersonalView:
    """What lists mask of a subject, in the clear: a natural person's name and number, and more."""

    id: str
    name: str = field(repr=False)
    identity: Identity
    personal: PersonalData


@use_case("subjects.show_personal_data")
def show_subject_personal_data(work: Work, about: ShowSubjectPersonalData) -> SubjectPersonalView:
    """Show a subject with its personal data; the log keeps who looked at whom, and what for.

    Source: 个人信息保护法 第6条, 第51条; proposal 6038-6040.
    """
    subject = _subject(work, about.subject_id)
    work.wrote("subject", subject.id)
    work.note(purpose=about.purpose)
    return SubjectPersonalView(
        id=subject.id, name=subject.name, identity=subject.identity, personal=subject.personal
    )


@frozen(kw_only=True)
class ImportSubjects:
    """At most 4,000 rows of a table, read and understood; ``source`` names the table.

    ``content`` stands for ``entries`` in the digest of the command. Who has them from a file gives
    the digest of where they come from: of the file, what it was read against, and the part of it.
    """

    source: str
    entries: tuple[SubjectEntry, ...]
    content: str = field(default=Factory(lambda self: digest(self.entries), takes_self=True))


converter.register_unstructure_hook(
    ImportSubjects, lambda command: {"source": command.source, "content": command.content}
)


@use_case("subjects.import")
def import_subjects(work: Work, cmd: ImportSubjects) -> Mapping[str, Json]:
    """Take rows of a table in: new subjects are registered, changed ones corrected.

    Told twice, it changes nothing the second time. Answers how many were ``added``, ``changed``
    and the ``same``, and the rows ``refused`` with the code of each reason: a row outside the
    actor's scope, or one that would undo a final status.
    """
    codes = [entry.draft.identity.code for entry in cmd.entries]
    known = {one.identity.code: one for one in work[Subjects].find_by_codes(codes)}
    added: list[Subject] = []
    changed: list[Subject] = []
    facts: dict[str, dict[str, FactValue]] = {}
    refused: list[Json] = []
    rows_refused = 0
    for entry in cmd.entries:
        subject = known.get(entry.draft.identity.code)
        try:
            reachable = _reachable(work, entry.draft, subject)
            if subject is None and reachable:
                subject = Subject.from_draft(entry.draft, id=work.ids.next_id())
                known[subject.identity.code] = subject
                added.append(subject)
            elif subject is not None and reachable and subject.correct(entry.draft, at=work.now):
                changed.append(subject)
        except Refused as error:
            reachable = False
            rows_refused += 1
            refused.extend({"row": entry.row, "code": one.code} for one in error.reasons)
        if subject is None or not reachable:
            continue
        facts.setdefault(subject.id, {}).update(entry.facts)
    _classify(work, [*added, *changed])
    _save_batch(work, cmd.source, added, changed)
    work[SubjectFacts].record_table(facts, known_on=local_day(work.now), source=cmd.source)
    return {
        "added": len(added),
        "changed": len(changed),
        "same": len(cmd.entries) - len(added) - len(changed) - rows_refused,
        "refused": refused,
    }


def _reachable(work: Work, draft: SubjectDraft, subject: Subject | None) -> bool:
    """Tell whether the actor reaches both where it stands and where the row puts it."""
    scope = work.actor.scope
    fits = scope.covers(region=draft.region, departments=frozenset())
    if subject is not None:
        fits = fits and scope.covers(region=subject.region, departments=subject.departments)
    if not fits:
        raise SubjectInvalid((Violation("subjects.out_of_scope", "region"),))
    return True


def _save_batch(work: Work, source: str, added: list[Subject], changed: list[Subject]) -> None:
    batch = [*added, *changed]
    if not batch:
        return
    work.save_all(Subjects, batch)
    work.unit.emit(
        SubjectsImported(
            at=work.now,
            source=source,
            added=tuple(subject.id for subject in added),
            changed=tuple(subject.id for subject in changed),
        )
    )


@frozen(kw_only=True)
class ClassifySubjects:
    """At most 1,000 subjects to be tagged anew, after tags or rules changed."""

    subject_ids: tuple[str, ...]


@use_case("subjects.classify")
def classify_subjects(work: Work, cmd: ClassifySubjects) -> int:
    """Tag subjects anew by the rules of today and give how many changed; hand-put tags stay."""
    found = {one.id: one for one in work[Subjects].find_many(cmd.subject_ids)}
    for one in cmd.subject_ids:
        if one not in found:
            raise NotFound(Subjects.kind, one)
    for subject in found.values():
        work.reach("subject", subject.id, region=subject.region, departments=subject.departments)
    changed = _classify(work, list(found.values()))
    work.save_all(Subjects, changed)
    return len(changed)


@frozen(kw_only=True)
class CreateTag:
    """A new tag of a region, or of one of its departments."""

    name: str
    region: str
    department: str = ""
    rules: tuple[TagRule, ...] = ()
    note: str = ""
    order: int = 0


@use_case("subjects.create_tag")
def create_tag(work: Work, cmd: CreateTag) -> str:
    """Make a tag; its name is unique in its region. Subjects get it when next classified."""
    work.reach(
        "region",
        cmd.region,
        region=cmd.region,
        departments=frozenset({cmd.department} - {""}),
    )
    if work[Tags].find_by_name(cmd.region, cmd.name.strip()):
        raise TagInvalid((Violation("subjects.tag_name_taken", "name", {"name": cmd.name}),))
    tag = Tag.create(
        id=work.ids.next_id(),
        name=cmd.name,
        region=cmd.region,
        department=cmd.department,
        rules=cmd.rules,
        note=cmd.note,
        order=cmd.order,
    )
    work.save(Tags, tag)
    return tag.id


@frozen(kw_only=True)
class ChangeTag:
    """A tag, and what it is to be from now on."""

    tag_id: str
    name: str
    rules: tuple[TagRule, ...]
    note: str
    order: int
    enabled: bool = True


@use_case("subjects.change_tag")
def change_tag(work: Work, cmd: ChangeTag) -> str:
    """Change what a tag is called and whom it meets; subjects follow when next classified."""
    tag = work[Tags].get(cmd.tag_id)
    work.reach("tag", tag.id, region=tag.region, departments=tag.departments)
    other = work[Tags].find_by_name(tag.region, cmd.name.strip())
    if other and other.id != tag.id:
        raise TagInvalid((Violation("subjects.tag_name_taken", "name", {"name": cmd.name}),))
    tag.describe(name=cmd.name, rules=cmd.rules, note=cmd.note, order=cmd.order)
    (tag.enable if cmd.enabled else tag.disable)()
    work.save(Tags, tag)
    return tag.id


@frozen(kw_only=True)
class CreateCategory:
    """A new category of a region, or of one of its departments, with its form."""

    name: str
    region: str
    department: str = ""
    parent: str | None = None
    order: int = 0
    fields: tuple[FieldDefinition, ...] = ()


@use_case("subjects.create_category")
def create_category(work: Work, cmd: CreateCategory) -> str:
    """Make a category with its own form fields."""
    work.reach(
        "region",
        cmd.region,
        region=cmd.region,
        departments=frozenset({cmd.department} - {""}),
    )
    category = Category.create(
        id=work.ids.next_id(),
        name=cmd.name,
        region=cmd.region,
        department=cmd.department,
        parent=cmd.parent,
        order=cmd.order,
    )
    category.configure(cmd.fields)
    work.save(Categories, category)
    return category.id


@frozen(kw_only=True)
class ChangeCategory:
    """A category, and what it is to be from now on."""

    category_id: str
    name: str
    parent: str | None
    order: int
    fields: tuple[FieldDefinition, ...]


@use_case("subjects.change_category")
def change_category(work: Work, cmd: ChangeCategory) -> str:
    """Change a category's name, place and form."""
    category = _category(work, cmd.category_id)
    category.describe(name=cmd.name, parent=cmd.parent, order=cmd.order)
    category.configure(cmd.fields)
    work.save(Categories, category)
    return category.id


@frozen(kw_only=True)
class DeleteCategory:
    """The category that nobody needs any more."""

    category_id: str


@use_case("subjects.delete_category")
def delete_category(work: Work, cmd: DeleteCategory) -> str:
    """Take a category off the lists, unless subjects or categories below still use it."""
    category = _category(work, cmd.category_id)
    category.delete(used_by=work[Categories].count_uses(category.id))
    work.save(Categories, category)
    return category.id


def _category(work: Work, id: str) -> Category:
    category = work[Categories].get(id)
    work.reach("category", category.id, region=category.region, departments=category.departments)
    return category


@frozen(kw_only=True)
class ExportSubjects:
    """The region whose subjects are given out."""

    region: str


@use_case("subjects.export")
def export_subjects(work: Work, cmd: ExportSubjects) -> int:
    """Note in the audit log that the list of a region's subjects was given out; count them."""
    work.reach("region", cmd.region, region=cmd.region, departments=frozenset())
    count = work[SubjectQueries].count(exported_subjects(work.actor, cmd.region))
    work.note(region=cmd.region, count=str(count))
    return count


def exported_subjects(actor: Actor, region: str) -> SubjectFilter:
    """Give what an export of ``region`` shows to ``actor``: of its subjects those he reaches."""
    return SubjectFilter(region=region, reach=actor.scope.predicate())
