"""What is put together from what. Nothing else imports the adapters.

Each part is imported when somebody first asks for it: a command loads what it works with.
"""

from typing import TYPE_CHECKING

from entrypoints.container.lazily import imported_when_used

if TYPE_CHECKING:
    from adapters.analytics.fact_files import fact_files
    from adapters.analytics.results import known_of, result_rows, write_csv
    from adapters.analytics.sail_server import LOCAL, sail
    from adapters.crypto.office import pem, thumbprint
    from adapters.crypto.platform_keys import KeySettings, PlatformKeys
    from adapters.crypto.providers import open_algorithms
    from adapters.crypto.public_keys import read_public_key, write_public_key
    from adapters.documents.letters import TemplateLetters
    from adapters.documents.package_diff import diff_packages
    from adapters.documents.package_table import items_of, rows_of
    from adapters.documents.packages import (
        PILOTS,
        ScenePackage,
        pilot_package,
        read_package,
        write_package,
    )
    from adapters.documents.page import print_page
    from adapters.documents.samples import generate_firms, generate_officers
    from adapters.documents.workbooks import WorkbookTables
    from adapters.media.code_pictures import code_picture
    from adapters.ranking.files import DrawnFiles, draw_files, verify_files
    from adapters.ranking.nonces import kept_nonce, made_nonce
    from adapters.sql.checkup import Result as CheckResult
    from adapters.sql.checkup import State as CheckState
    from adapters.sql.checkup import examine_copy
    from adapters.sql.engine.database import shorten_log
    from adapters.sql.frame.named import named_on_disk
    from adapters.sql.migrations import revisions
    from adapters.sql.sealing.key_marks import check_marks
    from adapters.storage.archives import verify_archive
    from adapters.storage.scratch import scratch_folder
    from adapters.system import FixedClock, SystemClock, SystemIds, SystemRandomness
    from adapters.system.lives import end_with_parent
    from adapters.system.memory import share_memory_between_threads
    from adapters.witness.ledger import FileWitness, read_ledger
    from adapters.witness.openings import FileOpenings
    from entrypoints.container.calendars import calendars_of
    from entrypoints.container.ceremonies import demo_deposits, sealed_nonce
    from entrypoints.container.clusters import spark_engine
    from entrypoints.container.databases import examine_database, fresh_database, stored_database
    from entrypoints.container.files import file_bytes
    from entrypoints.container.jobs import open_queue
    from entrypoints.container.logs import (
        Auditing,
        LogStore,
        followed_log,
        log_store,
        open_log,
        open_openings,
        open_witness,
        witness_answers,
    )
    from entrypoints.container.opening import Container, open_platform
    from entrypoints.container.partners import (
        open_matters,
        open_notices,
        open_organisation,
        open_signals,
        require_organisation,
        sending_receivers,
        tried_channels,
    )
    from entrypoints.container.platform import Platform, note_keys, protected_tables
    from entrypoints.container.protection import (
        CertificateDesk,
        certificate_desk,
        open_keys,
        open_signing_keys,
        revocation_lists,
        rewrap_keys,
        verifiers_of,
    )
    from entrypoints.container.safekeeping import (
        backups_in,
        listed_backups,
        make_safe_key,
        open_safe_key,
        take_keyring,
    )
    from supervision_core.kernel.documents import Letters

__getattr__ = imported_when_used(__name__)

__all__ = [
    "LOCAL",
    "PILOTS",
    "Auditing",
    "CertificateDesk",
    "CheckResult",
    "CheckState",
    "Container",
    "DrawnFiles",
    "FileOpenings",
    "FileWitness",
    "FixedClock",
    "KeySettings",
    "Letters",
    "LogStore",
    "Platform",
    "PlatformKeys",
    "ScenePackage",
    "SystemClock",
    "SystemIds",
    "SystemRandomness",
    "TemplateLetters",
    "WorkbookTables",
    "backups_in",
    "calendars_of",
    "certificate_desk",
    "check_marks",
    "code_picture",
    "demo_deposits",
    "diff_packages",
    "draw_files",
    "end_with_parent",
    "examine_copy",
    "examine_database",
    "fact_files",
    "file_bytes",
    "followed_log",
    "fresh_database",
    "generate_firms",
    "generate_officers",
    "items_of",
    "kept_nonce",
    "known_of",
    "listed_backups",
    "log_store",
    "made_nonce",
    "make_safe_key",
    "named_on_disk",
    "note_keys",
    "open_algorithms",
    "open_keys",
    "open_log",
    "open_matters",
    "open_notices",
    "open_openings",
    "open_organisation",
    "open_platform",
    "open_queue",
    "open_safe_key",
    "open_signals",
    "open_signing_keys",
    "open_witness",
    "pem",
    "pilot_package",
    "print_page",
    "protected_tables",
    "read_ledger",
    "read_package",
    "read_public_key",
    "require_organisation",
    "result_rows",
    "revisions",
    "revocation_lists",
    "rewrap_keys",
    "rows_of",
    "sail",
    "scratch_folder",
    "sealed_nonce",
    "sending_receivers",
    "share_memory_between_threads",
    "shorten_log",
    "spark_engine",
    "stored_database",
    "take_keyring",
    "thumbprint",
    "tried_channels",
    "verifiers_of",
    "verify_archive",
    "verify_files",
    "witness_answers",
    "write_csv",
    "write_package",
    "write_public_key",
]
