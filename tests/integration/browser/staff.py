"""Accounts that the administrators of an installation make through the product, and their desks.

The administrators work through the interface as other systems do; who has got an account logs in
by its pages: password, question, code on the phone, and a password of one's own the first time.
"""

import json
from collections.abc import Mapping, Sequence
from itertools import count
from typing import Any, Final

import httpx
from attrs import Factory, define, field

from entrypoints.http.answering import COOKIE
from supervision_core.identity.roles import SHIPPED_ROLES
from supervision_core.kernel.codes.identity_card import complete_identity_card

from .desk import DESK, Desk
from .driving import API, NEW_PASSWORD, Installation, token_of

BASE: Final = API
_SYSTEM, _SECURITY = 0, 1
_PROOF: Final = 403


@define
class Staff:
    """Who works with an installation: administrators, and whom they let in.

    ``departments`` gives the id of a department by its name.
    """

    at: Installation
    chromium: Any
    departments: dict[str, str] = Factory(dict)
    _administrators: dict[int, httpx.Client] = Factory(dict)
    _interfaces: list[httpx.Client] = Factory(list)
    _desks: dict[tuple[str, ...], Desk] = Factory(dict)
    _roles: dict[str, str] = Factory(dict)
    _passwords: dict[str, str] = Factory(dict)
    _duties: dict[str, tuple[str, Sequence[str]]] = Factory(dict)
    _numbers: Any = field(factory=lambda: count(1))

    def call(self, who: int, method: str, path: str, body: object = None, **more: Any) -> Any:
        """Let an administrator call the interface; give what is answered."""
        client = self._administrator(who)
        answer = client.request(method, path, json=body, **more)
        if answer.status_code == _PROOF and answer.json()["code"] == "identity.step_up_required":
            proof = client.post(f"{BASE}/me/step_ups", json={"password": NEW_PASSWORD})
            assert proof.is_success, proof.text
            answer = client.request(method, path, json=body, **more)
        assert answer.is_success, f"{method} {path}: {answer.text}"
        return answer.json() if answer.content else None

    def department(self, name: str) -> str:
        """Give the id of a department below the first one, which is made at its first mention."""
        if not self.departments:
            self.departments |= {
                one["name"]: one["id"]
                for one in self.call(_SYSTEM, "GET", f"{BASE}/departments")["items"]
            }
        if name and name not in self.departments:
            top = self._top()
            seen = self.call(_SYSTEM, "GET", f"{BASE}/departments/{top}")["data"]
            data = {
                **seen, "name": name, "code": f"D{next(self._numbers):07}", "parent": top,
                "coordinates": False,
            }  # fmt: skip
            made = self.call(_SYSTEM, "POST", f"{BASE}/departments", {"data": data})
            self.departments[name] = made["id"]
        return self.departments[name] if name else self._top()

    def hire(self, *roles: str, department: str = "", **draft: Any) -> str:
        """Make an account of shipped roles, named by their codes; give its account.

        ``department`` is the name of one, the first without; ``draft`` is laid over what is said of
        the person, and may hold the ``proof`` by which somebody acts for a party.
        """
        body = {"proof": draft.pop("proof")} if "proof" in draft else {}
        number = next(self._numbers)
        account = f"staff.{number}"
        person = complete_identity_card(f"4501031990010{1 + number % 9}{number:03}")
        said: dict[str, Any] = {
            "account": {"account": account, "phone": f"138{number:08}"},
            "person": {"name": "示例人员", "document_number": person},
            "memberships": [{"department": self.department(department), "post": "工作人员"}],
        }
        for part, values in draft.items():
            laid = isinstance(values, Mapping)
            said[part] = {**said.get(part, {}), **values} if laid else values
        user = self.call(_SYSTEM, "POST", f"{BASE}/users", {"draft": said, **body})["id"]
        path = f"{BASE}/users/{user}/password"
        self._passwords[account] = self.call(_SECURITY, "POST", path)["password"]
        if any(one.duty for one in SHIPPED_ROLES if one.code in roles):
            self._duties[account] = user, roles
        else:
            self._assign(user, roles)
        return account

    def leave(self) -> None:
        """Close what is open."""
        for one in (*self._administrators.values(), *self._interfaces):
            one.close()
        for desk in self._desks.values():
            desk.page.context.close()

    def interface(self, account: str) -> httpx.Client:
        """Give the interface as an account that was let in uses it, until all leave."""
        self.renew(account)
        self._interfaces.append(self._client(self._token(account, NEW_PASSWORD)))
        return self._interfaces[-1]

    def desk(self, *roles: str, department: str = "", script: bool = True) -> Desk:
        """Give the desk of somebody of these roles, who is let in at the first call."""
        key = (*roles, department, str(script))
        if key not in self._desks:
            self._desks[key] = self.enter(self.hire(*roles, department=department), script=script)
        return self._desks[key]

    def enter(self, account: str, *, script: bool = True, home: str = "/gov") -> Desk:
        """Give the desk of an account that was let in."""
        context = self.chromium.new_context(viewport=DESK, java_script_enabled=script)
        return Desk(self.seat(context, account, home=home), self.at)

    def seat(self, context: Any, account: str, *, home: str = "/gov") -> Any:
        """Give a page of an account that was let in; stories of its own log in by pages."""
        self.renew(account)
        context.add_cookies([{
            "name": COOKIE, "value": self._token(account, NEW_PASSWORD), "secure": True,
            "url": self.at.url.replace("http:", "https:"), "httpOnly": True, "sameSite": "Lax",
        }])  # fmt: skip
        page = context.new_page()
        page.goto(f"{self.at.url}{home}")
        return page

    def renew(self, account: str) -> None:
        """Change the first password of an account into its own, once.

        Duties of administrators are given afterwards, to a password that nobody else knows.
        """
        if (old := self._passwords.pop(account, "")) == "":
            return
        with self._client(self._token(account, old)) as first:
            renewed = first.put(f"{BASE}/me/password", json={"old": old, "new": NEW_PASSWORD})
            assert renewed.is_success, renewed.text
        if account in self._duties:
            self._appoint(*self._duties.pop(account))

    def _assign(self, user: str, codes: Sequence[str]) -> None:
        given = {"roles": [self._role(one) for one in codes], "groups": []}
        self.call(_SECURITY, "PUT", f"{BASE}/assignments/user/{user}", given)

    def _appoint(self, user: str, codes: Sequence[str]) -> None:
        """Let the operator assign roles: a duty comes from another hand than the password."""
        roles = [self._role(one) for one in codes]
        path = self.at.pictures / f"{user}.json"
        path.write_text(json.dumps({"holder": "user", "holder_id": user, "roles": roles}), "utf-8")
        self.at.operate("do", "identity.assign_roles", "--data", str(path))

    def _top(self) -> str:
        return next(iter(self.departments.values()))

    def _role(self, code: str) -> str:
        if not self._roles:
            found = self.call(_SECURITY, "GET", f"{BASE}/roles", params={"page_size": 200})
            self._roles |= {one["name"]: one["id"] for one in found["items"]}
        title = next(one.title for one in SHIPPED_ROLES if one.code == code)
        return self._roles[title]

    def _administrator(self, who: int) -> httpx.Client:
        if who not in self._administrators:
            told = self.at.administrators[who]
            token = self._token(told["account"], told["secret"])
            renewed = {"old": told["secret"], "new": NEW_PASSWORD}
            with self._client(token) as first:
                assert first.put(f"{BASE}/me/password", json=renewed).is_success
            token = self._token(told["account"], NEW_PASSWORD)
            self._administrators[who] = self._client(token)
        return self._administrators[who]

    def _client(self, token: str = "") -> httpx.Client:
        headers = {"authorization": f"Bearer {token}"} if token else {}
        return httpx.Client(base_url=self.at.url, headers=headers, timeout=60)

    def _token(self, account: str, password: str) -> str:
        with self._client() as open_:
            return token_of(open_, account, password, self.at.sent)
