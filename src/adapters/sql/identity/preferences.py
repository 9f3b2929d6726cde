"""What each user keeps about lists, in a table: nothing personal, and nothing that decides."""

from sqlalchemy import Table

from adapters.sql.engine.mapper import Mapper
from adapters.sql.engine.repository import SqlRepository
from adapters.sql.engine.schema import metadata
from adapters.sql.engine.types import body, key, row_seal, version
from supervision_core.identity.model import Preferences
from supervision_core.identity.ports import PreferencesStore

preferences = Table("preferences", metadata, key(), version(), row_seal(), body())


class SqlPreferences(SqlRepository[Preferences], PreferencesStore):
    """One row a user, in table ``preferences``."""

    mapper = Mapper(Preferences, preferences)
