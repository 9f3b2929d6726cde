"""DBOS without pickle: whatever its store says, nothing in it is ever run.

Its deserialiser reads a row as its column ``serialization`` says, also as pickle, whatever
serialiser is set. Who can write into the store would have his code run by the worker.
"""

from typing import Any, Final, NoReturn

from dbos import _serialization  # the one place in which rows are read

PICKLED: Final = _serialization.DBOSDefaultSerializer.name()


class PickleRefused(Exception):
    """A row of the store says that it is to be read, or a value to be written, as pickle."""


def _refused(*_: Any) -> NoReturn:
    raise PickleRefused(PICKLED)


class _NoPickle:
    """Stands where the module ``pickle`` was."""

    loads = dumps = load = dump = Unpickler = staticmethod(_refused)


def refuse_pickle() -> None:
    """Take pickle out of DBOS, for good and for the whole process."""
    for name in ("serialize", "deserialize"):
        setattr(_serialization.DefaultSerializer, name, _refused)
    vars(_serialization)["pickle"] = _NoPickle
