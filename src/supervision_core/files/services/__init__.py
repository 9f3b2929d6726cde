"""What is done with files: staged outside of the frame, attached inside, fetched, swept."""

from supervision_core.files.services.attaching import attach, detach
from supervision_core.files.services.fetching import FetchFile, FileView, fetch_file
from supervision_core.files.services.staging import StagedView, Staging, StartFile
from supervision_core.files.services.sweeping import GRACE, Sweep, Swept

__all__ = [
    "GRACE",
    "FetchFile",
    "FileView",
    "StagedView",
    "Staging",
    "StartFile",
    "Sweep",
    "Swept",
    "attach",
    "detach",
    "fetch_file",
]
