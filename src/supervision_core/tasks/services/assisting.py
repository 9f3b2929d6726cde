"""三方任务分配: whom an institution may send to what it assists."""

from attrs import field, frozen

from supervision_core.identity.model import SceneRole
from supervision_core.identity.ports import Users
from supervision_core.identity.services import Work, question
from supervision_core.kernel.fields import said


@frozen(kw_only=True)
class ListOwnPeople:
    """The people of the institution for which one acts."""


@frozen(kw_only=True)
class PersonToSend:
    """A person of one's own institution who has an account."""

    id: str = field(metadata=said("账号的编号", example="0123abcd"))
    name: str = field(metadata=said("姓名", example="王示例"))


@frozen(kw_only=True)
class OwnPeople:
    """Whom one's own institution may send."""

    people: tuple[PersonToSend, ...] = field(metadata=said("人员"))


@question("tasks.list_own_people", "查看本机构可派人员")
def list_own_people(work: Work, about: ListOwnPeople) -> OwnPeople:
    """Give the accounts of one's own institution; nobody for whoever acts for none."""
    del about
    scope = work.actor.scope
    assists = scope.role is SceneRole.THIRD_PARTY and scope.party
    found = work[Users].find_by_party(scope.party) if assists else []
    active = sorted((one for one in found if one.active), key=lambda one: one.id)
    return OwnPeople(people=tuple(PersonToSend(id=one.id, name=one.person.name) for one in active))
