"""Drafts: what is filled in of a form and not sent yet, and choosing from a list without script.

Every form whose page is shown again with what was filled in has them: ``kit.form`` with ``drafts``
offers what was kept, and ``Drafting`` finds it, shows it and lets it go once the form is through.
"""

import re
from collections.abc import Iterable, Mapping
from datetime import datetime
from typing import Any, Final
from urllib.parse import parse_qsl, urlencode, urlsplit

from attrs import evolve, frozen

from entrypoints.http.routes import Access, Call
from entrypoints.http.web.attached import NAMES
from entrypoints.http.web.pages import HOME, Form, Page, Shown, gone_on
from entrypoints.http.web.reading import Field, Kind
from entrypoints.searching import offered
from supervision_core.identity.model import FormDraft
from supervision_core.identity.model.drafts import KEPT_FOR, PICKING_FOR
from supervision_core.kernel.days import GUANGXI
from supervision_core.kernel.errors import NotFound

DRAFTS: Final = f"{HOME}/drafts"
PLACE: Final = "draft_place"
"""The field of a form that says of which one it is."""
WITHOUT: Final = "no-draft-"
"""What the names of fields begin with that say which others a draft does not keep."""
OWN_FIELDS: Final = frozenset({PLACE, "draft", "draft_by", "pick"})
_OF_FORMS: Final = frozenset({"form_token", "csrf_token", "key", "second_reason", "next", "then"})
_NOT_OF_PLACES: Final = frozenset({"draft", "done", "version", "cursor", "trail", "next"})
_RESUME: Final = {"draft": "resume"}
_PICKED: Final = ("field", "kind", "many", "of")
"""What a button 选择… says: name of the field, kind of what it names, whether several, title."""
_SCRIPT: Final = "script"
_TOLD_BY_OTHERS: Final = frozenset({Kind.FILE, Kind.FILES, Kind.CHOICES, Kind.FLAG})
"""Kinds of fields of which a form says nothing under their own name where there is nothing."""
_SEARCH: Final = Field(name="text", title="名称、编码或拼音首字母", most=100)
_PLACE: Final = re.compile(r"/gov(?:/[A-Za-z0-9_:@-]{1,80})+(?:\?[A-Za-z0-9_.~%&=+:@-]*)?")
_LONGEST_PLACE: Final = 1000


@frozen(kw_only=True)
class Draft:
    """What a form knows of its draft; ``kept_at`` is there where one is and is not shown yet.

    ``stale`` is one of something that was changed meanwhile, ``moved`` says which fields say
    something else now.
    """

    place: str
    kept_at: str = ""
    resumed: bool = False
    moved: tuple[tuple[str, str], ...] = ()
    stale: bool = False

    @property
    def resume(self) -> str:
        """Where the form is filled in further."""
        return with_query(self.place, _RESUME)


def with_query(place: str, more: Mapping[str, str]) -> str:
    """Add to an address."""
    return f"{place}{'&' if '?' in place else '?'}{urlencode(more)}"


def place_of(form: Form) -> str:
    """Give the address of the form that was sent. Raises ``NotFound`` for what is none of ours."""
    place = form.get(PLACE, "")
    if len(place) > _LONGEST_PLACE or not _PLACE.fullmatch(place):
        raise NotFound("page", "")
    return place


def fields_of(form: Form) -> Mapping[str, str]:
    """Give what a draft keeps of a form: no tokens, no files."""
    left = {one.removeprefix(WITHOUT) for one in form if one.startswith(WITHOUT)}
    left |= OWN_FIELDS | _OF_FORMS
    return {
        name: text
        for name, text in form.items()
        if name not in left and not name.startswith(WITHOUT)
    }


@frozen
class Drafting:
    """Drafts of the forms among all pages: those that are shown again as they were filled in.

    What asks for a fresh proof of identity is not kept.
    """

    sending: Mapping[str, Page]
    showing: Mapping[str, Page]

    @classmethod
    def of(cls, pages: Iterable[Page]) -> "Drafting":
        """Find the forms: pages to look at that are sent to the same address."""
        known = tuple(pages)
        shown = {one.path: one for one in known if one.method == "GET" and not one.critical}
        sending = {
            one.path: one for one in known
            if one.method == "POST" and one.again is not None and one.path in shown
            and one.path.startswith(f"{HOME}/") and one.access is not Access.PUBLIC
            and not one.critical
        }  # fmt: skip
        return cls(sending, shown)

    def place(self, page: Page, path: str, form: Form, parameters: Iterable[str]) -> str:
        """Give the address of the form that a page shows, empty where it shows none."""
        if page.path not in self.sending:
            return ""
        if page.method == "POST":
            return form.get(PLACE, "")
        left = _NOT_OF_PLACES | {*parameters}
        query = sorted((name, text) for name, text in form.items() if name not in left)
        return f"{path}?{urlencode(query)}" if query else path

    def resumed(self, page: Page, call: Call, form: Form, place: str, key: str) -> Shown | None:
        """Show a form as it was filled in, ``None`` where that is not asked for, or nothing kept.

        Whoever may no longer see the form is refused as ever.
        """
        if page.method != "GET" or form.get("draft") != _RESUME["draft"] or not place:
            return None
        draft = call.platform.log_ins.own_draft(call.who.user, place)
        again = self.sending[page.path].again
        if draft is None or again is None:
            return None
        now = page.run(call, form)
        shown = again(evolve(call, key=key), {**draft.fields, **_path(page, form)})
        known, seen = str(now.values.get("version", "")), draft.fields.get("version", "")
        said = Draft(place=place, resumed=True)
        if known and seen and known != seen:
            return _told_of(now, shown, said, draft.fields)
        return evolve(shown, values={**shown.values, "draft": said})

    def overtaken(self, page: Page, call: Call, form: Form, shown: Shown) -> Shown:
        """Say of a form that somebody else was faster than what the thing says now.

        Sent once more it goes over that: whoever sends it has seen what it changes.
        """
        if page.path not in self.sending or not form.get(PLACE):
            return shown
        place = place_of(form)
        said = {**dict(parse_qsl(urlsplit(place).query)), **_path(page, form)}
        now = self.showing[page.path].run(evolve(call, key=None), said)
        if not str(now.values.get("version", "")):
            return shown
        return _told_of(now, shown, Draft(place=place), form)

    def forget(self, page: Page, call: Call, form: Form) -> None:
        """Keep the draft of a form no longer: it is through."""
        if page.path in self.sending and call.actor is not None and form.get(PLACE):
            call.platform.log_ins.drop_draft(call.who.user, form[PLACE])


def offer(call: Call, place: str, *, refused: bool) -> Draft:
    """Give what a form offers: its draft, unless it shows already what was filled in."""
    found = None if refused else call.platform.log_ins.own_draft(call.who.user, place)
    if found is None:
        return Draft(place=place)
    return Draft(place=place, kept_at=_said(found.saved_at, call.platform.clock.now()))


def _said(at: datetime, now: datetime) -> str:
    """Say when something was kept, today by the clock alone."""
    there, today = at.astimezone(GUANGXI), now.astimezone(GUANGXI).date()
    return f"{there:%H:%M}" if there.date() == today else f"{there:%Y-%m-%d %H:%M}"


def _path(page: Page, form: Form) -> Form:
    """Give what the address of a form says of what it is about."""
    return {name: form[name] for name in re.findall(r"\{(\w+)\}", page.path)}


def _told_of(now: Shown, shown: Shown, draft: Draft, filled: Form) -> Shown:
    """Tell in a form what was changed of the thing meanwhile; sent, it goes over that."""
    more = {
        "values": {**shown.values.get("values", {}), **_unseen(now)},
        "version": str(now.values["version"]),
        "draft": evolve(draft, stale=True, moved=_moved(now, filled)),
    }
    return evolve(shown, values={**shown.values, **more})


def _unseen(now: Shown) -> Mapping[str, str]:
    """Give what a form holds and nobody fills in, as it is now: its files, what it leaves alone.

    What stands in a row belongs to the rows that were filled in.
    """
    texts: Mapping[str, str] = now.values.get("values", {})
    filled_in = {one.name for one in now.values.get("fields", ())}
    return {name: text for name, text in texts.items() if name not in filled_in and "[" not in name}


def _moved(now: Shown, filled: Form) -> tuple[tuple[str, str], ...]:
    """Give title and text of the fields that say something else now than what is filled in.

    What is not shown (personal data, for one) says nothing.
    """
    texts: Mapping[str, Any] = now.values.get("values", {})
    return tuple(
        (one.title, "、".join(is_now))
        for one in now.values.get("fields", ())
        if (one.name in texts or one.kind in _TOLD_BY_OTHERS)
        and (is_now := _said_of(one, texts)) != _said_of(one, filled)
    )


def _said_of(one: Field, texts: Mapping[str, Any]) -> list[str]:
    """Give what a form says of a field, in words; of files, which it has already."""
    text = str(texts.get(one.name, ""))
    match one.kind:
        case Kind.FILE | Kind.FILES:
            return str(texts.get(f"{one.name}{NAMES}", "")).splitlines()
        case Kind.CHOICES:
            said = text.splitlines()
            return [
                title for code, title in one.choices.items()
                if code in said or f"{one.name}-{code}" in texts
            ]  # fmt: skip
        case Kind.FLAG:
            return ["是" if text else "否"]
        case _:
            return [one.choices.get(text, text)]


def _keep(call: Call, form: Form) -> Shown:
    """Keep what is filled in, for some days."""
    place = place_of(form)
    kept = call.platform.log_ins.keep_draft(call.who.user, place, fields_of(form), lasts=KEPT_FOR)
    if form.get("draft_by") == _SCRIPT:
        at = _said(kept.saved_at, call.platform.clock.now())
        return Shown(template="draft_kept.html", values={"kept_at": at})
    return Shown(goes_to=with_query(place, {**_RESUME, "done": "drafted"}))


def _drop(call: Call, form: Form) -> Shown:
    """Keep it no longer, and show the form as if nothing had been filled in."""
    place = place_of(form)
    call.platform.log_ins.drop_draft(call.who.user, place)
    return Shown(goes_to=with_query(place, {"done": "draft_dropped"}))


def _pick(call: Call, form: Form) -> Shown:
    """Keep what is filled in for a day, and go to the list from which a field is chosen."""
    kept = call.platform.log_ins.keep_draft(
        call.who.user, place_of(form), fields_of(form), lasts=PICKING_FOR
    )
    said = dict(zip(_PICKED, form.get("pick", "").split("|"), strict=False))
    return gone_on(f"{DRAFTS}/{kept.id}/pick", "", **said)


def _choosing(call: Call, form: Form) -> Shown:
    """Show what may be chosen: what is found by a search, else what comes first."""
    draft = call.platform.log_ins.draft_of(call.who.user, form["draft_id"])
    name, kind = form.get("field", ""), form.get("kind", "")
    text = form.get(_SEARCH.name, "").strip()
    found = [
        (one.text, f"{one.text}　账号 {one.account}" if one.account else one.text)
        for one in offered(call.platform, call.who, kind, text)
    ]
    values = {
        "title": f"选择{form.get('of', '')}", "search": (_SEARCH,), "asked": {_SEARCH.name: text},
        "found": found, "action": f"{DRAFTS}/{draft.id}/pick", "back": _shown_at(draft, name),
        "kept": {one: form.get(one, "") for one in _PICKED},
    }  # fmt: skip
    return Shown(template="pick.html", values=values)


def _chosen(call: Call, form: Form) -> Shown:
    """Put what is chosen into the form, and go back there; or search."""
    choice = form.get("choice", "")
    if not choice:
        return _choosing(call, form)
    draft = call.platform.log_ins.draft_of(call.who.user, form["draft_id"])
    name = form.get("field", "")
    before = draft.fields.get(name, "").splitlines() if form.get("many") else []
    lines = [*(one for one in before if one != choice), choice]
    fields = {**draft.fields, name: "\n".join(lines)}
    call.platform.log_ins.keep_draft(call.who.user, draft.place, fields, lasts=PICKING_FOR)
    return Shown(goes_to=_shown_at(draft, name))


def _shown_at(draft: FormDraft, name: str) -> str:
    """Give where the form is filled in further, at a field."""
    return f"{with_query(draft.place, _RESUME)}#{name}"


DRAFT_PAGES: Final = (
    Page(method="POST", path=DRAFTS, name="page_draft_kept", access=Access.LOGGED_IN, run=_keep,
         uploads=True),
    Page(method="POST", path=f"{DRAFTS}/drop", name="page_draft_dropped",
         access=Access.LOGGED_IN, run=_drop),
    Page(method="POST", path=f"{DRAFTS}/pick", name="page_draft_picking",
         access=Access.LOGGED_IN, run=_pick, uploads=True),
    Page(method="GET", path=f"{DRAFTS}/{{draft_id}}/pick", name="page_draft_choosing",
         access=Access.LOGGED_IN, run=_choosing),
    Page(method="POST", path=f"{DRAFTS}/{{draft_id}}/pick", name="page_draft_chosen",
         access=Access.LOGGED_IN, run=_chosen),
)  # fmt: skip
