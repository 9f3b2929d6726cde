"""Matrix row 24: what was let go of leaves nothing behind that could still be used or read."""

import pytest
from attrs import asdict

from adapters.system import SystemIds
from supervision_core.identity.model import Actor, DataScope, LogInRefused, NotLoggedIn
from supervision_core.identity.ports import CredentialsStore, Sessions, Users
from supervision_core.identity.services import Commands
from supervision_core.identity.services.login.stored import find_credentials
from supervision_core.identity.services.users import DeleteUser, delete_user
from supervision_core.testing.identity import full_draft

from .conftest import GOOD, HOME, House

ROOT = Actor(
    user="root",
    department="",
    scope=DataScope(region="450000"),
    permissions=frozenset({"identity.*", "identity.administer_everything"}),
)


def entered(house: House) -> str:
    """Log in with both factors; give the session's token."""
    token = house.begin()
    return house.log_ins.confirm_sms_code(token, house.phones.sent[-1][1], source=HOME).token


def delete(house: House) -> None:
    """Delete the user."""
    commands = Commands(house.transactions, house.clock, SystemIds())
    commands.run(delete_user, DeleteUser(user_id="aaa"), actor=ROOT)


@pytest.mark.function("F027")
def test_a_deleted_user_leaves_his_name_only(house: House) -> None:
    """Name, account and departments stay, as what he did names him; phone, mail and papers go."""
    before = full_draft("aaa", "d-1")
    assert all((before.account.phone, before.person.document_number, before.person.address))
    entered(house)
    delete(house)
    with house.transactions.begin() as unit:
        left = unit[Users].get("aaa").draft
        kept = find_credentials(unit, "aaa")
        assert unit[Sessions].of_user("aaa") == []
        assert unit[CredentialsStore].find_by_certificate("f" * 64) is None
    assert (left.account.account, left.person.name) == ("aaa", before.person.name)
    assert left.memberships == before.memberships
    said = {**asdict(left.account), **asdict(left.person)}
    del said["account"], said["name"], said["document_kind"]
    assert not any(said.values())
    assert kept is not None
    assert (kept.password, kept.past, kept.certificates) == ("", (), frozenset())


def test_nothing_of_a_deleted_user_opens_the_door(house: House) -> None:
    """His session, a log-in half done with its code, his password: all of them are refused."""
    session = entered(house)
    house.clock.go(minutes=2)
    half = house.begin()
    code = house.phones.sent[-1][1]
    house.log_ins.resume(session)  # the control: until then it was good
    delete(house)
    with pytest.raises(NotLoggedIn):
        house.log_ins.resume(session)
    with pytest.raises(LogInRefused):
        house.log_ins.confirm_sms_code(half, code, source=HOME)
    with pytest.raises(LogInRefused):
        house.begin("aaa", GOOD)


def test_a_session_that_was_left_is_of_no_use(house: House) -> None:
    """After the log-out neither its token nor the code that opened it lets anybody in."""
    half = house.begin()
    code = house.phones.sent[-1][1]
    session = house.log_ins.confirm_sms_code(half, code, source=HOME).token
    house.log_ins.resume(session)
    house.log_ins.log_out(session, source=HOME)
    with pytest.raises(NotLoggedIn):
        house.log_ins.resume(session)
    with pytest.raises(LogInRefused):
        house.log_ins.confirm_sms_code(half, code, source=HOME)
