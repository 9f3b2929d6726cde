"""The catalogue of permissions is complete, because it is read off the code itself."""

import ast
from collections.abc import Iterator
from pathlib import Path

from entrypoints.catalogue import (
    ASKED_ELSEWHERE,
    InstalledPermissions,
    act_titles,
    kind_titles,
    title_of,
    use_cases,
)
from entrypoints.http.web.verbs import forms_about
from entrypoints.registered import lists, registers
from supervision_core.identity.services.lists import cases_of as list_cases
from supervision_core.identity.services.registers import cases_of
from supervision_core.kernel.ports import Repository
from supervision_core.testing.registers import SampleInstitutions

ROOT = Path(__file__).resolve().parents[3] / "src"
SHIPPED_FOR_TESTS = ROOT / "supervision_core" / "testing"
VERBS: dict[tuple[str, str], str] = {}
for query in lists().values():
    for kind in query.cls.__mro__:
        if verbs := getattr(kind, "verbs", None):
            VERBS |= {(kind.__name__, one.name): verbs.permission(one) for one in verbs.verbs}


def declared(root: Path) -> Iterator[str]:
    """Give the permission of every use case and question that the source declares.

    They are functions under ``@use_case``, ``@does`` or ``@question``, or made by ``Deeds``.
    """
    for path in root.rglob("*.py"):
        if SHIPPED_FOR_TESTS in path.parents:
            continue
        deeds: dict[str, str] = {}
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            match node:
                case ast.FunctionDef(decorator_list=decorators):
                    yield from (found for one in decorators for found in _permission(one))
                case ast.AnnAssign(
                    target=ast.Name(name),
                    value=ast.Call(ast.Name("Deeds"), [_, ast.Name(kind), *_]),
                ):
                    deeds[name] = kind
                case ast.Call(ast.Attribute(ast.Name(name), "act"), [ast.Constant(str(said)), *_]):
                    yield said
                case ast.Call(ast.Attribute(ast.Name(name), "does"), [ast.Constant(str(verb)), *_]):
                    if name in deeds:
                        yield VERBS[deeds[name], verb]


def _permission(decorator: ast.expr) -> Iterator[str]:
    match decorator:
        case ast.Call(func=ast.Name("use_case" | "question"), args=[ast.Constant(str(name)), *_]):
            yield name
        case ast.Call(func=ast.Name("does"), args=[ast.Name(kind), ast.Constant(str(verb))]):
            yield VERBS[kind, verb]


def test_every_use_case_of_the_source_is_in_the_catalogue() -> None:
    """Whoever writes a use case gives it a permission that can be granted, wherever it stands."""
    found = set(declared(ROOT))
    assert len(found) > 150
    found |= {one.name for each in registers().values() for one in cases_of(each).all.values()}
    found |= {one.name for each in lists().values() for one in list_cases(each).all}
    odd = sorted(found ^ set(use_cases()))
    assert not odd, f"declare each under a decorator, or by a name `_X: Final = Deeds(…)`: {odd}"
    assert InstalledPermissions().permissions() == found | set(ASKED_ELSEWHERE)


def test_a_use_case_elsewhere_would_be_noticed(tmp_path: Path) -> None:
    """The search sees decorators itself: a use case outside of the services would show."""
    (tmp_path / "hidden.py").write_text(
        '@use_case("hidden.act", "办")\ndef act(work, cmd): ...\n'
        '@question("hidden.ask", "问")\ndef ask(work, cmd): ...\n'
    )
    assert set(declared(tmp_path)) == {"hidden.act", "hidden.ask"}


def test_no_two_use_cases_ask_for_one_permission() -> None:
    """Granting one act never grants another by the way."""
    assert [name for name, those in use_cases().items() if len(those) > 1] == []


def test_every_permission_has_a_title() -> None:
    """Whoever grants or uses a permission reads in Chinese what it is; no two read alike."""
    titles = InstalledPermissions().titles()
    assert all(any("一" <= sign <= "鿿" for sign in title) for title in titles.values())
    assert len(set(titles.values())) == len(titles)
    assert title_of("nobody.knows") == "nobody.knows"


def _acts_at_the_door() -> Iterator[str]:
    """Give what the services of log-ins call what they write into the log."""
    for path in (ROOT / "supervision_core" / "identity" / "services" / "login").glob("*.py"):
        tree = ast.parse(path.read_text(encoding="utf-8"))
        refusals = {
            id(each)
            for node in ast.walk(tree)
            if isinstance(node, ast.AnnAssign | ast.Call) and _refuses(node)
            for each in ast.walk(node)
        }
        for node in ast.walk(tree):
            match node:
                case ast.Constant(str(said)) if id(node) not in refusals:
                    if said.startswith("identity.") and " " not in said:
                        yield said


def _refuses(node: ast.AnnAssign | ast.Call) -> bool:
    """Tell whether it states the code of an error."""
    named = node.target if isinstance(node, ast.AnnAssign) else node.func
    return ast.unparse(named) in {"code", "Violation"}


def test_whatever_the_log_says_of_a_log_in_has_a_title() -> None:
    """Auditors read what was done, not that something was: acts that no use case is have words."""
    found = set(_acts_at_the_door()) - {"identity.confirm_"}
    assert {"identity.log_in_with_password", "identity.log_out"} <= found
    assert sorted(found - set(act_titles())) == []
    assert all(not title.isascii() for title in act_titles().values())


def test_the_kinds_of_the_tests_are_none_of_the_installation() -> None:
    """What the log is searched by are things that the installation holds, in Chinese."""
    assert SampleInstitutions.kind not in kind_titles()
    assert all(not title.isascii() for title in kind_titles().values())


def test_ports_of_who_embeds_the_platform_are_none_of_its_kinds() -> None:
    """A port may stand in a module of one part, such as a script: it is passed over."""
    own = type("Own", (Repository,), {"__module__": "__main__"})
    assert own in Repository.__subclasses__()
    assert kind_titles.__wrapped__() == kind_titles()


def test_what_fits_one_is_a_command_about_it_that_is_no_verb() -> None:
    """What a verb's states say is said there; a name that no command has would bar nothing."""
    named = {(query.name, one, query.port.kind) for query in lists().values() for one in query.fits}
    assert named
    for name, permission, kind in named:
        assert permission in {one.case.name for one in forms_about(kind)}, (name, permission)
