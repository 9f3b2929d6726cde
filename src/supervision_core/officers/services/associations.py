"""What a trade association sees of itself."""

from attrs import field, frozen

from supervision_core.identity.services import Work, question
from supervision_core.kernel.fields import said
from supervision_core.officers.registers import (
    ASSOCIATION_EXTRAS,
    ASSOCIATION_PEOPLE,
    ASSOCIATION_QUALIFICATIONS,
    ASSOCIATIONS,
    AssociationContent,
    AssociationExtraContent,
    AssociationPersonContent,
    AssociationQualificationContent,
)
from supervision_core.officers.services.proposals import own_entry, parts_of


@frozen(kw_only=True)
class ViewOwnAssociation:
    """The association for which the asker acts."""


@frozen(kw_only=True)
class OwnMember:
    """A person of one's own association."""

    id: str = field(metadata=said("人员的编号", example="0123abcd"))
    content: AssociationPersonContent = field(metadata=said("人员信息"))


@frozen(kw_only=True)
class OwnRecognition:
    """A qualification of one's own association."""

    id: str = field(metadata=said("资质的编号", example="0123abcd"))
    content: AssociationQualificationContent = field(metadata=said("资质信息"))


@frozen(kw_only=True)
class OwnExtra:
    """One thing more to know of one's own association."""

    id: str = field(metadata=said("额外信息的编号", example="0123abcd"))
    content: AssociationExtraContent = field(metadata=said("额外信息"))


@frozen(kw_only=True)
class OwnAssociation:
    """What is recorded of one's own association."""

    id: str = field(metadata=said("协会的编号", example="0123abcd"))
    content: AssociationContent = field(metadata=said("协会信息"))
    people: tuple[OwnMember, ...] = field(metadata=said("协会人员"))
    qualifications: tuple[OwnRecognition, ...] = field(metadata=said("协会资质"))
    extras: tuple[OwnExtra, ...] = field(metadata=said("协会额外信息"))


@question("officers.view_own_association", "查看本协会信息")
def view_own_association(work: Work, about: ViewOwnAssociation) -> OwnAssociation:
    """Show what is recorded of the association for which one acts, people in the clear."""
    del about
    own = own_entry(work, ASSOCIATIONS)
    people = parts_of(work, ASSOCIATION_PEOPLE, own.id)
    qualifications = parts_of(work, ASSOCIATION_QUALIFICATIONS, own.id)
    extras = parts_of(work, ASSOCIATION_EXTRAS, own.id)
    return OwnAssociation(
        id=own.id,
        content=own.content,
        people=tuple(OwnMember(id=one.id, content=one.content) for one in people),
        qualifications=tuple(
            OwnRecognition(id=one.id, content=one.content) for one in qualifications
        ),
        extras=tuple(OwnExtra(id=one.id, content=one.content) for one in extras),
    )
