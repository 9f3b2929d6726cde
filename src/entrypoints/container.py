"""What is put together from what. Nothing else imports the adapters."""

import os
from collections.abc import Callable, Iterator, Mapping, Sequence
from datetime import datetime, timedelta
from pathlib import Path

from attrs import evolve, frozen
from dependency_injector import containers, providers
from sqlalchemy import URL, Engine

from adapters.analytics.duckdb_files import DuckDbFiles
from adapters.analytics.results import known_of, result_rows, write_csv
from adapters.calendar import ChineseCalendars
from adapters.collation import HanCollation
from adapters.crypto.certificates import read_certificate
from adapters.crypto.key_file import KeyFiles, read_secret, require_long
from adapters.crypto.office import Office, pem, thumbprint
from adapters.crypto.passwords import Sm3PasswordHashes
from adapters.crypto.platform_keys import KeySettings, PlatformKeys
from adapters.crypto.providers import open_algorithms
from adapters.crypto.public_keys import read_public_key, write_public_key
from adapters.crypto.signing_keys import FileSigningKeys
from adapters.crypto.sm2 import new_private_key
from adapters.crypto.trust import TrustFolder
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
from adapters.media.captcha_pictures import DrawnCaptchaPictures
from adapters.ranking.files import DrawnFiles, draw_files, verify_files
from adapters.sql.audit import SqlCheckpoints
from adapters.sql.audit_questions import SqlAuditQueries
from adapters.sql.backups import SqlDatabase
from adapters.sql.checkup import Result as CheckResult
from adapters.sql.checkup import State as CheckState
from adapters.sql.checkup import examine, examine_copy
from adapters.sql.engine import open_engine
from adapters.sql.frame import SqlAuditLog
from adapters.sql.key_marks import check_marks, is_marked, write_marks
from adapters.sql.migrations import migrate, revisions
from adapters.sql.ports import PORTS, sealed_rows, sql_transactions, stored_versions
from adapters.sql.protected import protected_rows
from adapters.sql.replica import Replica
from adapters.sql.requirements import check_requirements
from adapters.sql.sealing import Sealing, protect
from adapters.storage import FolderStore
from adapters.storage.scratch import scratch_folder
from adapters.system import FixedClock, SystemClock, SystemIds, SystemRandomness
from adapters.witness.ledger import FileWitness, read_ledger
from adapters.witness.remote import HttpWitness
from adapters.zhiguitong.calling import Caller, unavailable
from adapters.zhiguitong.code_messages import GatewayCodeMessages, NoCodeMessages
from adapters.zhiguitong.faces import PlatformFaces
from adapters.zhiguitong.notices import PlatformNotices
from adapters.zhiguitong.organisation import PlatformOrganisation
from adapters.zhiguitong.sign_on import NoPlatform, UnifiedPlatform
from adapters.zhiguitong.signing import Signing
from entrypoints.backups import BackupList, Backups, Opening, Safe, Seals
from entrypoints.catalogue import InstalledPermissions
from entrypoints.settings import Settings
from entrypoints.words import all_messages
from supervision_core.audit.model import AnchorPolicy
from supervision_core.audit.ports import (
    AuditLog,
    AuditQueries,
    Checkpoints,
    SealedRows,
    StoredVersions,
    Witness,
)
from supervision_core.audit.services import Anchoring, WriteGuard
from supervision_core.identity.model import (
    LogInPolicy,
    PolicyTooWeak,
    SignOnRequirement,
    UserKind,
    policy_violations,
)
from supervision_core.identity.ports import (
    CodeMessages,
    Collation,
    FaceCertification,
    OrganisationSource,
    PermissionCatalogue,
    SignOnGateway,
)
from supervision_core.identity.services import Commands
from supervision_core.identity.services.captchas import SealedCaptchas
from supervision_core.identity.services.login import LogIns
from supervision_core.identity.services.notices import NoticeDelivery
from supervision_core.kernel.backups import Manifest, StoredDatabase
from supervision_core.kernel.calendar import Calendars
from supervision_core.kernel.crypto import Decryptor, Verifier
from supervision_core.kernel.documents import Letters, TableFiles
from supervision_core.kernel.errors import refuse_if
from supervision_core.kernel.messages import Messages
from supervision_core.kernel.ports import Clock, Ids, Randomness, Transactions
from supervision_core.kernel.sealing import FieldCipher, ProtectedRows
from supervision_core.kernel.signing import key_id, verifiers

__all__ = [
    "PILOTS",
    "Auditing",
    "CertificateDesk",
    "CheckResult",
    "CheckState",
    "ChineseCalendars",
    "Container",
    "DrawnFiles",
    "DuckDbFiles",
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
    "certificate_desk",
    "check_marks",
    "diff_packages",
    "draw_files",
    "examine_copy",
    "examine_database",
    "fresh_database",
    "generate_firms",
    "generate_officers",
    "items_of",
    "known_of",
    "listed_backups",
    "log_store",
    "make_safe_key",
    "note_keys",
    "open_algorithms",
    "open_keys",
    "open_log",
    "open_notices",
    "open_organisation",
    "open_platform",
    "open_safe_key",
    "open_signing_keys",
    "open_witness",
    "pem",
    "pilot_package",
    "print_page",
    "protected_tables",
    "read_ledger",
    "read_package",
    "read_public_key",
    "result_rows",
    "revisions",
    "revocation_lists",
    "rewrap_keys",
    "rows_of",
    "scratch_folder",
    "stored_database",
    "take_keyring",
    "thumbprint",
    "verifiers_of",
    "verify_files",
    "write_csv",
    "write_package",
    "write_public_key",
]


@frozen(kw_only=True)
class LogStore:
    """The audit log of a database, as it can be read without any key."""

    engine: Engine
    log: AuditLog
    checkpoints: Checkpoints
    queries: AuditQueries
    versions: StoredVersions


def log_store(engine: Engine) -> LogStore:
    """Give the audit log of a database that is open."""
    return LogStore(
        engine=engine,
        log=SqlAuditLog(engine),
        checkpoints=SqlCheckpoints(engine),
        queries=SqlAuditQueries(engine),
        versions=stored_versions(engine),
    )


def open_log(url: str) -> LogStore:
    """Open a database only to read its audit log: nothing is migrated, no key is needed."""
    return log_store(open_engine(url))


@frozen(kw_only=True)
class Auditing:
    """What keeps the audit log honest: its store, the anchoring, the keys to verify with."""

    store: LogStore
    sealed: SealedRows
    anchoring: Anchoring
    trusted: Mapping[str, Verifier]
    witnesses: Mapping[str, Verifier]


def _auditing(
    engine: Engine, keys: PlatformKeys, settings: Settings, clock: Clock, ids: Ids
) -> Auditing:
    store = log_store(engine)
    known = [_witness(place, keys, clock) for place in settings.audit_witnesses]
    witnesses = verifiers(*(verifier for _, verifier in known))
    anchoring = Anchoring(
        checkpoints=store.checkpoints,
        signer=keys.signer,
        witnesses=[witness for witness, _ in known],
        trusted=witnesses,
        clock=clock,
        ids=ids,
        policy=AnchorPolicy(unanchored=timedelta(hours=settings.audit_unanchored_hours)),
    )
    return Auditing(
        store=store,
        sealed=sealed_rows(engine),
        anchoring=anchoring,
        trusted=keys.trusted,
        witnesses=witnesses,
    )


def open_witness(
    folder: Path, trusted: Mapping[str, Verifier], clock: Clock
) -> tuple[FileWitness, Verifier]:
    """Open a witness's folder with a key of its own, made when there is none."""
    settings = KeySettings(folder=folder / "keys", master=folder / "master.key")
    randomness = SystemRandomness()
    if not settings.there():
        settings.make(randomness)
    keys = settings.open(randomness)
    witness = FileWitness(folder / "seen", keys.signer, trusted, clock)
    return witness, keys.algorithms.verifier(keys.signer.public_key)


def _witness(place: str, keys: PlatformKeys, clock: Clock) -> tuple[Witness, Verifier]:
    if not place.startswith(("http://", "https://")):
        return open_witness(Path(place).expanduser(), keys.trusted, clock)
    address, _, text = place.partition("#")
    public_key = read_public_key(text)
    return HttpWitness(address, key_id(public_key)), keys.algorithms.verifier(public_key)


@frozen(kw_only=True)
class Platform:
    """The parts of a running platform over one database."""

    engine: Engine
    keys: PlatformKeys
    transactions: Transactions
    commands: Commands
    log_ins: LogIns
    auditing: Callable[[], Auditing]
    clock: Clock
    ids: Ids
    randomness: Randomness
    calendars: Calendars
    tables: TableFiles
    letters: Letters
    messages: Messages


def _fit_engine(url: str) -> Engine:
    engine = open_engine(url)
    check_requirements(engine)
    return engine


def _keys(engine: Engine, randomness: Randomness, *, make: bool) -> PlatformKeys:
    """Open the keys; make them only where asked to, and never for a database that has its own."""
    settings = KeySettings.read(os.environ)
    if make and not is_marked(engine):
        settings.make(randomness)
    return settings.open(randomness)


def _ready_engine(engine: Engine, keys: PlatformKeys, randomness: Randomness) -> Engine:
    protect(engine, Sealing.under(keys.store, randomness))
    if is_marked(engine):
        check_marks(engine, keys.store)
    migrate(engine)
    write_marks(engine, keys.store)
    return engine


def _replica(address: str, keys: PlatformKeys, randomness: Randomness) -> Replica | None:
    if not address:
        return None
    return Replica(open_engine(address, sealing=Sealing.under(keys.store, randomness)))


def _transactions(
    engine: Engine,
    calendars: Calendars,
    settings: Settings,
    keys: PlatformKeys,
    randomness: Randomness,
) -> Transactions:
    permissions, collation = InstalledPermissions(), HanCollation()
    beside = {
        Calendars: lambda _connection: calendars,
        PermissionCatalogue: lambda _connection: permissions,
        Collation: lambda _connection: collation,
    }
    replica = _replica(settings.replica, keys, randomness)
    return sql_transactions(engine, beside=beside, replica=replica)


def _signing(
    application: str, secret: Path, keys: PlatformKeys, clock: Clock, randomness: Randomness
) -> Signing:
    return Signing(
        application=application,
        mac=keys.algorithms.mac(read_secret(secret).encode()),
        clock=clock,
        randomness=randomness,
    )


def _code_messages(
    settings: Settings, keys: PlatformKeys, clock: Clock, randomness: Randomness
) -> CodeMessages:
    if not settings.sms_url:
        return NoCodeMessages()
    return GatewayCodeMessages(
        address=settings.sms_url,
        signing=_signing(settings.sms_application, settings.sms_secret, keys, clock, randomness),
        minutes=LogInPolicy().code_age // timedelta(minutes=1),
        caller=Caller(seconds=3.0, authorities=settings.partner_certificates),
    )


def _faces(
    settings: Settings, keys: PlatformKeys, clock: Clock, randomness: Randomness
) -> FaceCertification | None:
    if not settings.face_url:
        return None
    return PlatformFaces(
        address=settings.face_url,
        key=read_secret(settings.face_secret).encode(),
        signing=_signing(settings.face_application, settings.face_secret, keys, clock, randomness),
        caller=Caller(authorities=settings.partner_certificates),
    )


def _sign_on_gateway(settings: Settings, keys: PlatformKeys) -> SignOnGateway:
    if not settings.sign_on_url:
        return NoPlatform()
    secret = read_secret(settings.sign_on_secret)
    return UnifiedPlatform(
        authorize=settings.sign_on_url,
        token=settings.sign_on_token_url,
        user=settings.sign_on_user_url,
        log_out=settings.sign_on_log_out_url,
        return_to=settings.sign_on_return_url,
        application=settings.sign_on_application,
        secret=secret,
        mac=keys.algorithms.mac(secret.encode()),
        caller=Caller(authorities=settings.partner_certificates),
    )


def _log_ins(  # noqa: PLR0913, PLR0917 - one for each part
    settings: Settings,
    keys: PlatformKeys,
    transactions: Transactions,
    clock: Clock,
    ids: Ids,
    randomness: Randomness,
) -> LogIns:
    return LogIns(
        transactions=transactions,
        clock=clock,
        ids=ids,
        randomness=randomness,
        hashes=Sm3PasswordHashes(randomness),
        messages=_code_messages(settings, keys, clock, randomness),
        captchas=SealedCaptchas(
            transactions=transactions,
            clock=clock,
            randomness=randomness,
            fields=FieldCipher(keys.store, randomness),
            pictures=DrawnCaptchaPictures(),
        ),
        certificates=TrustFolder(settings.trust, keys.algorithms.verifier),
        gateway=_sign_on_gateway(settings, keys),
        requirement=SignOnRequirement(
            kinds=frozenset(map(UserKind, settings.sign_on_kinds)), level=settings.sign_on_level
        ),
        policy=_policy(settings),
        faces=_faces(settings, keys, clock, randomness),
        face_kinds=frozenset(map(UserKind, settings.face_kinds)),
    )


def _policy(settings: Settings) -> LogInPolicy:
    """Give the limits of logging in as set. Raises ``PolicyTooWeak``."""
    policy = LogInPolicy(
        least_length=settings.password_length,
        least_kinds=settings.password_kinds,
        password_age=timedelta(days=settings.password_days),
        history=settings.password_history,
        tries=settings.log_in_tries,
        locked_for=timedelta(minutes=settings.lock_minutes),
        idle=timedelta(minutes=settings.idle_minutes),
        longest=timedelta(hours=settings.session_hours),
        administrators_by_certificate=settings.administrators_by_certificate,
    )
    refuse_if(PolicyTooWeak, policy_violations(policy))
    return policy


def _guard(auditing: Callable[[], Auditing]) -> WriteGuard:
    return WriteGuard(lambda: auditing().anchoring)


class Container(containers.DeclarativeContainer):
    """One provider a part, each made once and when first asked for; ``url`` names the database."""

    url = providers.Dependency(instance_of=str)
    clock = providers.Singleton(SystemClock)
    ids = providers.Singleton(SystemIds)
    randomness = providers.Singleton(SystemRandomness)
    messages = providers.Singleton(all_messages)
    calendars = providers.Singleton(ChineseCalendars)
    tables = providers.Singleton(WorkbookTables, messages)
    letters = providers.Singleton(TemplateLetters)
    make_keys = providers.Dependency(instance_of=bool, default=False)
    fit_engine = providers.Singleton(_fit_engine, url)
    keys = providers.Singleton(_keys, fit_engine, randomness, make=make_keys)
    engine = providers.Singleton(_ready_engine, fit_engine, keys, randomness)
    settings = providers.Singleton(Settings.from_environment, os.environ)
    transactions = providers.Singleton(_transactions, engine, calendars, settings, keys, randomness)
    auditing = providers.Singleton(_auditing, engine, keys, settings, clock, ids)
    guard = providers.Singleton(_guard, auditing.provider)
    commands = providers.Singleton(Commands, transactions, clock, ids, guard)
    log_ins = providers.Singleton(_log_ins, settings, keys, transactions, clock, ids, randomness)
    platform = providers.Singleton(
        Platform,
        engine=engine,
        keys=keys,
        transactions=transactions,
        commands=commands,
        log_ins=log_ins,
        auditing=auditing.provider,
        clock=clock,
        ids=ids,
        randomness=randomness,
        calendars=calendars,
        tables=tables,
        letters=letters,
        messages=messages,
    )


def open_platform(
    url: str,
    *,
    clock: Clock | None = None,
    keys: PlatformKeys | None = None,
    make_keys: bool = False,
) -> Platform:
    """Open the database at ``url``, brought up to date, with everything that works on it.

    Raises what ``check_requirements`` does for one that might forget or garble what it took.
    ``clock`` takes the place of the machine's own: for rehearsals and replays, in which hours pass
    at once and nothing stops for want of a witness. Without ``keys``,
    those that the environment names are opened (``KeySettings``); with ``make_keys`` they are made
    where there are none. Raises ``KeysAbsent``, and ``KeysForeign`` for keys that are not the ones
    which protect the database.
    """
    container = Container(url=url, make_keys=make_keys)
    if clock is not None:
        container.clock.override(providers.Object(clock))
        container.guard.override(providers.Object(None))
    if keys is not None:
        container.keys.override(providers.Object(keys))
    platform: Platform = container.platform()
    return platform


@frozen(kw_only=True)
class CertificateDesk:
    """What the operator handles certificates with: the authority of one's own, and key files."""

    office: Office
    key_files: KeyFiles
    trust: TrustFolder
    randomness: Randomness
    clock: Clock

    def new_key(self) -> bytes:
        """Draw a private key."""
        return new_private_key(self.randomness)

    def read_public_key(self, path: Path) -> bytes:
        """Read the public half of a key that lies elsewhere (in a UKey)."""
        return read_public_key(path.read_text("ascii"))

    def answer(
        self, message: bytes, key: Path, certificate: Path, passphrase: str
    ) -> tuple[bytes, bytes]:
        """Do what a UKey does: give the certificate (DER) and the signature of ``message``."""
        signed = self.key_files.signer(key, passphrase).sign(message)
        return read_certificate(certificate.read_bytes()).der, signed


def certificate_desk(
    settings: Settings, *, keys: PlatformKeys | None = None, clock: Clock | None = None
) -> CertificateDesk:
    """Give it, with the keys that the environment names unless others are given."""
    randomness, clock = SystemRandomness(), clock or SystemClock()
    found = keys or KeySettings.read(os.environ).open(randomness)
    algorithms = found.algorithms
    fields = FieldCipher(found.store, randomness)
    return CertificateDesk(
        office=Office(settings.authority, settings.trust, fields, algorithms, clock, randomness),
        key_files=KeyFiles(algorithms, randomness),
        trust=TrustFolder(settings.trust, algorithms.verifier),
        randomness=randomness,
        clock=clock,
    )


def open_notices(settings: Settings, platform: Platform) -> NoticeDelivery:
    """Give what hands messages on. Raises ``AddressUnfit`` where no message service is set."""
    service = PlatformNotices(
        address=settings.notice_url,
        signing=_signing(
            settings.notice_application,
            settings.notice_secret,
            platform.keys,
            platform.clock,
            platform.randomness,
        ),
        caller=Caller(authorities=settings.partner_certificates),
    )
    return NoticeDelivery(platform.transactions, platform.clock, service)


def open_organisation(settings: Settings, platform: Platform) -> OrganisationSource:
    """Give the existing platform's organisation. Raises ``Unavailable`` where none is set."""
    if not settings.organisation_url:
        raise unavailable("zhiguitong.organisation_not_set")
    return PlatformOrganisation(
        address=settings.organisation_url,
        signing=_signing(
            settings.organisation_application,
            settings.organisation_secret,
            platform.keys,
            platform.clock,
            platform.randomness,
        ),
        caller=Caller(seconds=20.0, authorities=settings.partner_certificates),
    )


def revocation_lists(settings: Settings) -> Mapping[str, datetime]:
    """Give until when each list of revoked certificates is good, by the name of its file."""
    algorithms = open_algorithms(SystemRandomness())
    return TrustFolder(settings.trust, algorithms.verifier).lists()


def verifiers_of(files: Sequence[Path]) -> Mapping[str, Verifier]:
    """Read public keys and give their verifiers by id. Raises ``KeyRejected``."""
    algorithms = open_algorithms(SystemRandomness())
    keys = (read_public_key(file.read_text("ascii")) for file in files)
    return verifiers(*map(algorithms.verifier, keys))


def protected_tables(platform: Platform) -> Sequence[ProtectedRows]:
    """Give every table whose rows are to be protected anew when keys change."""
    return protected_rows(platform.engine, PORTS.values())


def note_keys(platform: Platform) -> None:
    """Note in the database which keys now protect it."""
    write_marks(platform.engine, platform.keys.store)


def backups_in(
    folder: Path, keys: PlatformKeys, clock: Clock, *, safe_key: Decryptor | None = None
) -> Backups:
    """Give the backups of a folder, signed by the platform, sealed as its settings say.

    With a ``safe_key`` they are opened by that.
    """
    settings = Settings.from_environment(os.environ)
    return Backups(
        store=FolderStore(folder),
        trusted=keys.trusted,
        clock=clock,
        signer=keys.signer,
        seals=Seals(
            keys=keys.store,
            algorithms=keys.algorithms,
            randomness=SystemRandomness(),
            keyring=KeySettings.read(os.environ).pack,
            safe=_safe(settings),
        ),
        safe_key=safe_key,
    )


def _safe(settings: Settings) -> Safe | None:
    if not settings.backup_safe:
        return None
    public_key = read_public_key(Path(settings.backup_safe).expanduser().read_text("ascii"))
    return Safe(public_key=public_key, host_reads=settings.backup_host_reads)


def listed_backups(folder: Path, trusted: Mapping[str, Verifier], clock: Clock) -> BackupList:
    """Give the backups of a folder as whoever knows the platform's public keys sees them."""
    return BackupList(store=FolderStore(folder), trusted=trusted, clock=clock)


def make_safe_key(path: Path, passphrase: str) -> str:
    """Write a new SM2 key, sealed by a passphrase; give its public half as PEM.

    Raises ``FileExistsError``, ``KeyRejected``.
    """
    require_long(passphrase)
    randomness = SystemRandomness()
    algorithms = open_algorithms(randomness)
    private_key = new_private_key(randomness)
    KeyFiles(algorithms, randomness).write(path, private_key, passphrase)
    return write_public_key(algorithms.public_key(private_key))


def open_safe_key(path: Path, passphrase: str) -> Decryptor:
    """Open the private half of a safe's key. Raises ``KeyRejected``."""
    randomness = SystemRandomness()
    return KeyFiles(open_algorithms(randomness), randomness).decryptor(path, passphrase)


def take_keyring(manifest: Manifest, safe_key: Decryptor) -> None:
    """Put the keys of the installation, out of a backup, where the environment says.

    Raises ``BackupLocked``, ``BackupDamaged``, ``KeysDiffer``.
    """
    opening = Opening(manifest, None, open_algorithms(SystemRandomness()), safe_key)
    KeySettings.read(os.environ).unpack(opening.keyring())


def stored_database(engine: Engine) -> StoredDatabase:
    """Give the database of ``engine`` as backups see it."""
    return SqlDatabase(engine)


def fresh_database(url: str) -> Engine:
    """Open a database in which there may be nothing yet, and leave it so."""
    return _fit_engine(url)


def open_keys(*, master: Path | None = None) -> PlatformKeys:
    """Open the keys that the environment names, with another master key where one is given.

    Raises ``KeysAbsent``.
    """
    settings = KeySettings.read(os.environ)
    return evolve(settings, master=master or settings.master).open(SystemRandomness())


def open_signing_keys() -> FileSigningKeys:
    """Open the keys with which the platform signs, to make the next one."""
    return KeySettings.read(os.environ).signing_keys(SystemRandomness())


def rewrap_keys(master: Path) -> int:
    """Put all keys under the master key in ``master``; tell how many they are."""
    return KeySettings.read(os.environ).rewrap(master, SystemRandomness())


def examine_database(url: URL, *, clock: Clock) -> Iterator[CheckResult]:
    """Try a database in every way that the platform uses it, under keys made for that alone."""
    randomness = SystemRandomness()
    with scratch_folder("doctor") as folder:
        settings = KeySettings(folder=folder / "keys", master=folder / "master.key")
        settings.make(randomness)
        yield from examine(
            url,
            sealing=Sealing.under(settings.open(randomness).store, randomness),
            clock=clock,
            suffix=randomness.token(4).hex(),
            messages=all_messages(),
        )
