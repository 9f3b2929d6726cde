import subprocess
import sys
import tomllib
from pathlib import Path

CORE = {"attrs", "cattrs", "pyyaml"}
RUN = """
import sys
from importlib import import_module
from pkgutil import walk_packages

ALLOWED = {"attr", "attrs", "cattr", "cattrs", "typing_extensions", "yaml", "supervision_core"}


class Nothing:
    def find_spec(self, name, path=None, target=None):
        top = name.partition(".")[0]
        if top not in ALLOWED and top not in sys.stdlib_module_names:
            raise ModuleNotFoundError(f"not of the core: {name}", name=name)


sys.meta_path.insert(0, Nothing())
import supervision_core

found = []
for module in walk_packages(supervision_core.__path__, "supervision_core."):
    if not module.name.startswith("supervision_core.testing."):
        import_module(module.name)
        found.append(module.name)
print(len(found))
try:
    import sqlalchemy
except ModuleNotFoundError:
    print("nothing else")
"""


def test_the_core_asks_for_three_packages(root: Path) -> None:
    """``pip install .`` brings attrs, cattrs and PyYAML; whatever an adapter needs is an extra."""
    project = tomllib.loads((root / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    assert {one.partition(">")[0] for one in project["dependencies"]} == CORE


def test_the_core_runs_with_them_alone(root: Path) -> None:
    """Every module of the core is imported where no other package can be found."""
    done = subprocess.run(  # noqa: S603 - this test's own program
        [sys.executable, "-c", RUN],
        env={"PYTHONPATH": str(root / "src")},
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    count, control = done.stdout.split("\n", 1)
    assert int(count) > 100
    assert control.strip() == "nothing else"
