"""Everything of which logging in is made, as the settings say."""

from datetime import timedelta

from adapters.crypto.key_file import read_secret
from adapters.crypto.passwords import Sm3PasswordHashes
from adapters.crypto.platform_keys import PlatformKeys
from adapters.crypto.trust import TrustFolder
from adapters.media.captcha_pictures import DrawnCaptchaPictures
from adapters.zhiguitong.calling import Caller
from adapters.zhiguitong.code_messages import GatewayCodeMessages, NoCodeMessages
from adapters.zhiguitong.faces import PlatformFaces
from adapters.zhiguitong.sign_on import NoPlatform, UnifiedPlatform
from entrypoints.container.partners import short_message_gateway, signing_with
from entrypoints.settings import Settings
from supervision_core.identity.model import (
    LogInPolicy,
    PolicyTooWeak,
    SignOnRequirement,
    UserKind,
    policy_violations,
)
from supervision_core.identity.ports import (
    CodeMessages,
    FaceCertification,
    SignOnGateway,
)
from supervision_core.identity.services.captchas import SealedCaptchas
from supervision_core.identity.services.login import LogIns
from supervision_core.kernel.errors import refuse_if
from supervision_core.kernel.ports import Clock, Ids, Randomness, Transactions
from supervision_core.kernel.sealing import FieldCipher


def _code_messages(
    settings: Settings, keys: PlatformKeys, clock: Clock, randomness: Randomness
) -> CodeMessages:
    if not settings.sms_url:
        return NoCodeMessages()
    return GatewayCodeMessages(
        gateway=short_message_gateway(settings, keys, clock, randomness),
        minutes=LogInPolicy().code_age // timedelta(minutes=1),
    )


def _faces(
    settings: Settings, keys: PlatformKeys, clock: Clock, randomness: Randomness
) -> FaceCertification | None:
    if not settings.face_url:
        return None
    return PlatformFaces(
        address=settings.face_url,
        key=read_secret(settings.face_secret).encode(),
        signing=signing_with(
            settings.face_application, settings.face_secret, keys, clock, randomness
        ),
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


def log_ins_of(  # noqa: PLR0913, PLR0917 - one for each part
    settings: Settings,
    keys: PlatformKeys,
    transactions: Transactions,
    clock: Clock,
    ids: Ids,
    randomness: Randomness,
) -> LogIns:
    """Give every way of logging in that the settings offer. Raises ``PolicyTooWeak``."""
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
