"""S1: schemathesis finds no answer that the description does not promise, and no 500."""

import json
import os
import shutil
import subprocess
import sys
from collections import Counter
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any, Final, Self

import pytest
from attrs import define, field

from entrypoints.http.api import api_routes, declared_routes, describe
from entrypoints.http.routes import Access

from .fuzz_roles import ROLES
from .province import token_of
from .running import HERE, Server, server_on

SIZE: Final = int(os.environ.get("HTTP_FUZZ_REQUESTS", "0"))
"""How many requests a database gets in all; 0 for the short run of the ordinary suite."""
SEED: Final = int(os.environ.get("HTTP_FUZZ_SEED", "0"))
"""After which seed the rounds begin, for another search."""
FEW, TURN = 3, 20
"""Cases of each operation in the short run, and in each turn of the long one."""
LONG: Final = "200", "25"
"""For how many seconds the cases of a long round are repeated, and links followed: what a round
deletes is missed by what follows, and a log-in is good for what is critical for five minutes only.
A search along links ends by itself when the server answers otherwise than before, so that one long
turn would be a short one."""
LINKED: Final = "identity", "tasks", "subjects", "items", "officers", "clues"
"""Where links are followed: in the first one, by the long run in each of the others in turn. Among
those of all operations at once schemathesis finds no way to begin."""
BEYOND: Final = 20_000
"""A length of text that no draw reaches. A text with a pattern and this length is drawn by a
pattern of as many repetitions, whose making takes a second, for each mutation of each body."""
EVERY: Final = 20
"""Of the operations that follow from declarations the short run tries each twentieth of one make,
the first one included: of every act one at least."""
ENDING: Final = ("log_out", "end_own_sessions", "change_password")
"""Operations that would end the sessions of those who fuzz; they have tests."""
EXCLUDED: Final = "positive_data_acceptance"
"""The check that whatever fits the schema is accepted: business rules are no schema, and answer
422 with every reason."""
REJECTED: Final = ["400", "401", "403", "404", "405", "415", "422", "428"]
"""How what does not fit may be answered."""
MAKES: Final = Counter[str]()
LEFT: Final = [
    one.name
    for one in declared_routes()
    for make in ["".join(one.name.split("_")[1:2])]
    if not SIZE and MAKES.update([make]) is None and MAKES[make] % EVERY != 1
]
"""What the short run leaves to the long one."""
TRIED: Final = [one for one in api_routes() if one.name not in {*ENDING, *LEFT}]
KNOWN: Final = {
    "user": ("clerk", "gone", "far_reader", "far_system"),
    "department": ("qingxiu", "liuzhou", "nanning", "closed"),
    "region": ("r450103", "r450200", "r450500", "r450300"),
    "code": ("450100", "450103", "450200"),
    "role": ("role_nanning", "role_liuzhou"),
    "group": ("group_nanning", "group_liuzhou"),
    "permission": ("identity.view_user", "identity.add_role", "identity.register_user"),
    "account": tuple(f"new.account{number}" for number in range(40)),
    "phone": ("13900000001", "13900000002"),
    "name": ("王示例", "新机构"),
    "document": ("450103199001010016",),
}
"""What there is in the province: with chance alone hardly a command would be done."""
PLACES: Final = {
    "user": ("path.user_id", "path.holder_id", "body.holder_id", "query.actor"),
    "department": (
        "path.department_id", "query.department", "body.department", "body.data.parent",
        "body.draft.memberships[*].department", "body.entries[*].draft.memberships[*].department",
    ),
    "region": ("path.region_id",),
    "code": ("query.parent", "query.region", "body.data.region", "body.content.parent"),
    "role": ("path.role_id", "body.roles[*]"),
    "group": ("path.group_id",),
    "permission": ("path.permission", "body.permission"),
    "account": ("body.draft.account.account",),
    "phone": ("body.draft.account.phone", "body.phone"),
    "name": ("body.draft.person.name", "body.data.name", "body.content.name", "body.name"),
    "document": ("body.draft.person.document_number",),
}  # fmt: skip
"""Where it belongs, as schemathesis names places."""


@define
class Tried:
    """What was sent: requests by role, operation and status; links followed; kinds of links."""

    requests: Counter[tuple[str, str, int]] = field(factory=Counter)
    followed: int = 0
    links: set[tuple[str, str]] = field(factory=set)

    def read(self, report: Path) -> Self:
        """Add what a report of schemathesis tells."""
        with report.open(encoding="utf-8") as lines:
            for line in lines:
                event: dict[str, Any] = json.loads(line)
                recorder = event.get("ScenarioFinished", {}).get("recorder", {})
                for case, one in recorder.get("interactions", {}).items():
                    self._add(recorder["cases"][case], one, recorder["cases"])
        return self

    def _add(self, case: dict[str, Any], one: dict[str, Any], cases: dict[str, Any]) -> None:
        label = _name(case)
        status = (one.get("response") or {}).get("status_code", 0)
        (sender,) = one["request"]["headers"].get("Authorization", [""])
        self.requests[WHO.get(sender, "a stranger"), label, status] += 1
        if case["is_transition_applied"]:
            self.followed += 1
            self.links.add((_name(cases[case["parent_id"]]), label))

    def by(self, part: int) -> Counter[Any]:
        """Give how many requests there were by role (0), operation (1) or status (2)."""
        found: Counter[Any] = Counter()
        for key, number in self.requests.items():
            found[key[part]] += number
        return found

    def roles(self, operation: str) -> set[str]:
        """Give who tried an operation."""
        return {role for role, tried, _ in self.requests if tried == operation and role in ROLES}

    def told(self) -> str:
        """Say it in a line."""
        return (
            f"{self.requests.total()} requests, {len(self.by(1))} operations, "
            f"{self.followed} links followed of {len(self.links)} kinds, "
            f"by {dict(self.by(0))}, answered {dict(sorted(self.by(2).items()))}"
        )


def _name(case: Mapping[str, Any]) -> str:
    return NAMES.get((case["value"]["method"], case["value"]["path"]), "a method not offered")


NAMES: Final = {(one.method, one.path): one.name for one in api_routes()}
WHO: Final = {f"Bearer {token_of(role)}": role for role in ROLES}


def settings() -> str:
    """Give the settings of schemathesis: where to put what there is."""
    lines = [f"[dictionaries.{name}]\nvalues = {json.dumps(KNOWN[name])}" for name in KNOWN]
    lines += ["[generation]", "with-security-parameters = false"]
    for check in ("negative_data_rejection", "missing_required_header"):
        lines += [f"[checks.{check}]", f"expected-statuses = {json.dumps(REJECTED)}"]
    lines.append("[parameters]")
    for name, places in PLACES.items():
        lines += [f'"{one}" = {{ dictionary = "{name}", probability = 0.6 }}' for one in places]
    return "\n".join(lines)


def loosened(document: Any) -> Any:
    """Give the description with such lengths left out of what is asked; answers keep theirs.

    The examples and boundaries of the first round know them.
    """
    schemas = document["components"]["schemas"]
    asked = {f"Asked{name}": _asked(shape) for name, shape in schemas.items()}
    paths = {
        path: {method: _loosened(one) for method, one in operations.items()}
        for path, operations in document["paths"].items()
    }
    return {
        **document,
        "paths": paths,
        "components": {**document["components"], "schemas": {**schemas, **asked}},
    }


def _loosened(operation: Any) -> Any:
    return {
        name: _asked(part) if name in {"parameters", "requestBody"} else part
        for name, part in operation.items()
    }


def _asked(part: Any) -> Any:
    if isinstance(part, list):
        return [_asked(one) for one in part]
    if not isinstance(part, dict):
        return part
    found = {name: _asked(one) for name, one in part.items() if one != BEYOND}
    if isinstance(name := found.get("$ref"), str):
        found["$ref"] = name.replace("/schemas/", "/schemas/Asked")
    return found


def fuzz(server: Server, folder: Path, *more: str, seed: int = 20260701) -> tuple[int, str, Tried]:
    """Try every operation as all roles in turn; give exit code, report and what was tried."""
    described = folder / "openapi.json"
    whole = describe(api_routes())
    asked = whole if "examples,coverage" in more else loosened(whole)
    described.write_text(json.dumps(asked), encoding="utf-8")
    (folder / "schemathesis.toml").write_text(settings(), encoding="utf-8")
    tool = shutil.which("st", path=os.pathsep.join([str(Path(sys.executable).parent), "/usr/bin"]))
    assert tool
    found = subprocess.run(  # noqa: S603 - the tool of this environment
        [
            tool, "run", str(described), "--url", server.url, "--exclude-checks", EXCLUDED,
            "--suppress-health-check", "all", "--seed", str(seed), "--warnings", "off",
            "--continue-on-failure", "--report", "ndjson", "--report-dir", str(folder / "report"),
            "--output-sanitize", "false", "--request-timeout", "60",
            *(word for name in ENDING for word in ("--exclude-operation-id", name)), *more,
        ],
        capture_output=True, text=True, check=False, cwd=folder, timeout=3000,
        env={
            **os.environ, "SCHEMATHESIS_HOOKS": "integration.http.fuzz_roles",
            "HYPOTHESIS_STORAGE_DIRECTORY": str(folder.parent / "hypothesis"),  # of all rounds
            "PYTHONPATH": os.pathsep.join([str(HERE.parents[3] / "src"), str(HERE.parents[2])]),
        },
    )  # fmt: skip
    (report,) = (folder / "report").glob("*.ndjson")
    tried = Tried().read(report)
    report.unlink()
    return found.returncode, found.stdout, tried


@pytest.mark.parametrize("kind", ["sqlite", pytest.param("postgres", marks=pytest.mark.slow)])
def test_no_answer_is_undocumented(
    kind: str, tmp_path: Path, request: pytest.FixtureRequest
) -> None:
    """Whatever is sent, by whom ever, the answer is one that the description gives; none is a 500.

    Every operation is tried (of those that are declared, a part), those that ask for a log-in by
    several roles; links are followed.
    """
    tried, seed = Tried(), SEED
    while seed == SEED or tried.requests.total() < SIZE:
        seed += 1
        folder = tmp_path / str(seed)
        folder.mkdir()
        with server_on(kind, folder, request) as server:
            for phases in _turns(seed):
                code, told, found = fuzz(server, folder, *phases, seed=seed)
                sys.stdout.write(f"\n{kind} round {seed}: {found.told()}\n")
                assert code == 0, told[-9000:]
                assert "unexpected" not in server.log.read_text()
                tried.requests += found.requests
                tried.followed += found.followed
                tried.links |= found.links
    sys.stdout.write(f"\n{kind} in all, {seed - SEED} rounds: {tried.told()}\n")
    assert {one.name for one in TRIED} <= set(tried.by(1))
    guarded = [one.name for one in TRIED if one.access is not Access.PUBLIC]
    several = [name for name in guarded if len(tried.roles(name)) >= (4 if SIZE else 2)]
    assert len(several) >= len(guarded) * (1 if SIZE else 0.8)
    assert sum(number > 0 for role, number in tried.by(0).items() if role in ROLES) >= 4
    assert tried.followed > 0


def _turns(number: int) -> Sequence[Sequence[str]]:
    if not SIZE:
        return (
            (
                "--phases",
                "fuzzing",
                "-n",
                str(FEW),
                *(word for name in LEFT for word in ("--exclude-operation-id", name)),
            ),
            ("--phases", "stateful", "-n", str(2 * TURN), "--include-tag", LINKED[0]),
        )
    if number == 1:
        return (("--phases", "examples,coverage"),)
    cases, links = (("-n", str(TURN), "--max-time", seconds) for seconds in LONG)
    tags = LINKED[0], LINKED[1 + number % (len(LINKED) - 1)]
    return (
        ("--phases", "fuzzing", *cases),
        *(("--phases", "stateful", *links, "--include-tag", tag) for tag in tags),
    )


@pytest.mark.slow
@pytest.mark.parametrize("kind", ["sqlite", "postgres"])
@pytest.mark.parametrize(("fault", "said"), [("broken", "Server error"), ("drifted", "schema")])
def test_a_seeded_fault_is_found(
    kind: str, fault: str, said: str, tmp_path: Path, request: pytest.FixtureRequest
) -> None:
    """Negative control: a value that nobody foresaw becomes a 500; an answer loses a field."""
    with server_on(kind, tmp_path, request, HTTP_TEST_FAULT=fault) as server:
        code, told, _ = fuzz(
            server, tmp_path, "--include-operation-id", "identity_list_regions",
            "--phases", "fuzzing", "-n", "20",
        )  # fmt: skip
    assert code == 1
    assert said in told
