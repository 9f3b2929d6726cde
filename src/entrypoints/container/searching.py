"""The index of fragments that belongs to a database."""

from pathlib import Path

from adapters.search.tantivy_index import TantivyIndex
from entrypoints.container.files import folder_beside
from entrypoints.settings import Settings
from supervision_core.kernel.search import SearchIndex


def search_index(url: str, settings: Settings) -> SearchIndex:
    """Give the index: two databases never share the folder of one that nobody has set."""
    folder = settings.search_folder
    return TantivyIndex(Path(folder).expanduser() if folder else folder_beside(url, "search"))
