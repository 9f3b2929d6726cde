"""What the attackers hold, and every way in that it opens."""

import json
from collections.abc import Callable, Iterator
from functools import partial
from typing import Any

from attrs import define, field, frozen

from supervision_core.identity.model import Actor, NotLoggedIn
from supervision_core.kernel.errors import DomainError

from .outside import document_of, print_of
from .world import ADDRESS, PASSWORD, World, phone_of

CERTIFICATE = "certificate"
"""The only way in for who has an administrators' duty."""
SPARE = ("spare 1", "spare 2", "spare 3")
"""Certificates of theirs that are nobody's yet."""
LEAKED, LENT = "inspector", "lent"
"""Whose password, and whose phone, the attackers came by: one factor lets nobody in."""


@frozen
class Session:
    """A session as whoever opened it knows it."""

    token: str
    user: str
    way: str


@define
class Hands:
    """Keys, phones, identities and passwords of one or two people, and their open sessions.

    ``own`` are the accounts that are theirs by right, by name.
    """

    world: World
    own: tuple[str, ...]
    certificates: list[str] = field(factory=list)
    identities: list[str] = field(factory=list)
    passwords: dict[str, str] = field(factory=dict)
    sessions: list[Session] = field(factory=list)
    _phones: dict[str, str] = field(factory=dict)

    def __attrs_post_init__(self) -> None:
        """Take what is theirs, what leaked, and spare certificates."""
        self.certificates = [*self.own, *SPARE]
        self.identities = [*self.own, "friend"]
        self._phones = {phone_of(one): one for one in (*self.own, "friend", LENT)}
        self.passwords = {self.world.ids[one]: PASSWORD for one in (*self.own, LEAKED)}
        self.world.faces.present = frozenset(map(document_of, self.identities))

    @property
    def accounts(self) -> frozenset[str]:
        """Ids of the accounts that are theirs by right."""
        return frozenset(self.world.ids[one] for one in self.own)

    def acting(self, session: Session) -> Actor | None:
        """Give who acts in a session, ``None`` where it is over."""
        try:
            return self.world.log_ins.resume(session.token)
        except NotLoggedIn:
            return None

    def look(self) -> None:
        """Forget sessions that are over, and enter each account to which a way in has opened."""
        self.sessions = [one for one in self.sessions if self.acting(one) is not None]
        inside = {one.user for one in self.sessions}
        for user, way, enter in self._ways():
            if user in inside:
                continue
            try:
                token = enter()
            except DomainError:
                continue
            self.sessions.append(Session(token, user, way))
            inside.add(user)

    def _ways(self) -> Iterator[tuple[str, str, Callable[[], str]]]:
        """Give the ways that may be open by what is stored: account, way, and how to log in."""
        texts, world = self.world.store.texts, self.world
        documents = {document_of(one): one for one in self.identities}
        codes = {f"code-{one}": one for one in self.identities}
        for account_id, text in texts["user"].items():
            user = json.loads(text)
            if user["_deleted_at"]:
                continue
            name = documents.get(user["_person"]["document_number"])
            learned = codes.get((user["_sign_on"] or {"user_code": ""})["user_code"])
            for one in dict.fromkeys(filter(None, (learned, name))):
                yield account_id, f"platform {one}", partial(world.enter_by_platform, one)
            if account_id in self.passwords:
                yield from self._by_password(account_id, user, name)
        for name in self.certificates:
            owner = texts["credentials.unique"].get(print_of(name))
            if owner is not None:
                yield owner, CERTIFICATE, partial(world.enter_by_certificate, name)

    def _by_password(
        self, account_id: str, user: Any, name: str | None
    ) -> Iterator[tuple[str, str, Callable[[], str]]]:
        account, phone = user["_account"]["account"], user["_account"]["phone"]
        if phone in self._phones:
            yield account_id, "password", partial(self._changed, account_id, account, phone)
        if name is not None:
            yield account_id, "face", partial(self._faced, account_id, account)

    def _faced(self, account_id: str, account: str) -> str:
        return self.world.enter_by_face(account, self.passwords[account_id])[0]

    def _changed(self, account_id: str, account: str, phone: str) -> str:
        """Log in, with a password of one's own in place of a temporary one."""
        token, must_change = self.world.enter_by_password(
            account, self.passwords[account_id], phone
        )
        if not must_change:
            return token
        chosen = f"{PASSWORD}{len(self.passwords[account_id])}"
        self.world.log_ins.change_password(
            token, self.passwords[account_id], chosen, source=ADDRESS
        )
        self.passwords[account_id] = chosen
        return self.world.enter_by_password(account, chosen, phone)[0]
