"""A password machine by GM/T 0018: its library by ctypes, its keys by index and handle.

Key bytes never leave the machine. One session is used, by one thread at a time: hashing spans
several calls.
"""

import csv
import ctypes
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from functools import cache
from hmac import compare_digest
from importlib import resources
from pathlib import Path
from typing import Any, ClassVar

from attrs import define, frozen

from adapters.crypto import sdf_types as kinds
from adapters.crypto.keys import Vault, VersionKeys
from adapters.crypto.sm2 import (
    Ciphertext,
    PrivateKey,
    PublicKey,
    Sm2Decryptor,
    Sm2Encryptor,
    Sm2Signer,
    Sm2Verifier,
    public_bytes,
    public_point,
    signature_der,
)
from adapters.crypto.symmetric import (
    BLOCK,
    GCM_NONCE,
    MAC_SIZE,
    TAG_SIZE,
    CbcThenMac,
    Chaining,
    checked_nonce,
    tampered,
)
from supervision_core.kernel.crypto import (
    DEFAULT_USER_ID,
    AlgorithmUnavailable,
    Cipher,
    Decryptor,
    Digest,
    Encryptor,
    Mac,
    Signer,
    Verifier,
)
from supervision_core.kernel.errors import Refused, Violation
from supervision_core.kernel.ports import Randomness

SDR_OK = 0
SDR_VERIFYERR = 0x0100000E
SDR_SKOPERR = 0x0100000C
SDR_SYMOPERR = 0x0100000F
KEY_BITS = 128


class DeviceFailed(Refused):
    """A call to the password machine failed."""

    code: ClassVar[str] = "crypto.device_failed"


@frozen(kw_only=True)
class SdfIds:
    """Algorithm ids (GM/T 0006); vendors differ, above all in those of SM2 and GCM."""

    sm3: int = 0x00000001
    sm4_ecb: int = 0x00000401
    sm4_cbc: int = 0x00000402
    sm4_gcm: int = 0x02000400
    sm2_sign: int = 0x00020200
    sm2_encrypt: int = 0x00020800


@cache
def _values() -> dict[int, str]:
    text = resources.files("adapters.crypto").joinpath("data/sdf_codes.csv").read_text("utf-8")
    rows = csv.DictReader(line for line in text.splitlines() if not line.startswith("#"))
    return {
        int(row["value"], 16): f"{row['name']} {row['note']}"
        for row in rows
        if row["name"].startswith("SDR_")
    }


def explained(value: int) -> str:
    """Give the name and meaning of a return value, an unknown one in hex."""
    return _values().get(value, f"0x{value:08X}")


@define(eq=False)
class SdfMachine(Randomness):
    """An open session with a password machine."""

    _library: ctypes.CDLL
    _device: ctypes.c_void_p
    _session: ctypes.c_void_p
    ids: SdfIds
    _lock: Any

    @classmethod
    def open(cls, library: Path, ids: SdfIds = SdfIds()) -> "SdfMachine":
        """Open the machine through its vendor's library. Raises ``DeviceFailed``."""
        try:
            loaded = ctypes.CDLL(str(library))
        except OSError:
            raise _failed("dlopen", "SDR_OPENDEVICE") from None
        device, session = ctypes.c_void_p(), ctypes.c_void_p()
        machine = cls(loaded, device, session, ids, threading.RLock())
        machine._run("SDF_OpenDevice", ctypes.byref(device))
        machine._run("SDF_OpenSession", device, ctypes.byref(session))
        return machine

    def close(self) -> None:
        """End the session; handles taken from it no longer work."""
        self._run("SDF_CloseSession", self._session)
        self._run("SDF_CloseDevice", self._device)

    def has(self, function: str) -> bool:
        """Tell whether the library has a function (the edition of 2023 added some)."""
        return hasattr(self._library, function)

    def _run(self, function: str, *arguments: Any) -> None:
        try:
            call = getattr(self._library, function)
        except AttributeError:
            violation = Violation("crypto.algorithm_unavailable", data={"algorithm": function})
            raise AlgorithmUnavailable((violation,)) from None
        call.restype = ctypes.c_uint
        value = int(call(*arguments))
        if value != SDR_OK:
            raise _failed(function, explained(value), value)

    def call(self, function: str, *arguments: Any) -> None:
        """Call a function of the session. Raises ``DeviceFailed``, ``AlgorithmUnavailable``."""
        with self._lock:
            self._run(function, self._session, *arguments)

    @contextmanager
    def several(self) -> Iterator[None]:
        """Keep the session for several calls that belong together."""
        with self._lock:
            yield

    def token(self, size: int) -> bytes:
        """Draw from the machine's source."""
        out = ctypes.create_string_buffer(size)
        self.call("SDF_GenerateRandom", ctypes.c_uint(size), out)
        return out.raw

    def digest(self) -> Digest:
        """Give the machine's SM3."""
        return SdfDigest(self)

    def signer(self, index: int, pin: bytes, user_id: bytes = DEFAULT_USER_ID) -> Signer:
        """Give the signer of the internal key ``index``."""
        key = SdfPrivate(self, index, pin, "SDF_ExportSignPublicKey_ECC")
        return Sm2Signer(key, user_id, self.digest())

    def decryptor(self, index: int, pin: bytes) -> Decryptor:
        """Give the decryptor of the internal key ``index``."""
        return Sm2Decryptor(SdfPrivate(self, index, pin, "SDF_ExportEncPublicKey_ECC"))

    def verifier(self, public_key: bytes, user_id: bytes = DEFAULT_USER_ID) -> Verifier:
        """Give the verifier of a public key."""
        return Sm2Verifier(SdfPublic(self, public_key), user_id, self.digest())

    def encryptor(self, public_key: bytes) -> Encryptor:
        """Give the encryptor to a public key."""
        return Sm2Encryptor(SdfPublic(self, public_key))

    def cipher(self, handle: ctypes.c_void_p, mac: Mac) -> Cipher:
        """Give GCM where the machine has it, else CBC with ``mac``."""
        if self.has("SDF_AuthEnc"):
            return SdfGcm(self, handle)
        return CbcThenMac(SdfChaining(self, handle), mac)


def _failed(function: str, value: str, number: int = 0) -> DeviceFailed:
    data: dict[str, str | int | bool | None] = {
        "function": function,
        "value": value,
        "number": number,
    }
    return DeviceFailed((Violation("crypto.device_failed", data=data),))


def _number(error: DeviceFailed) -> object:
    return error.violations[0].data["number"]


class SdfDigest(Digest):
    """SM3 in the machine."""

    def __init__(self, machine: SdfMachine) -> None:
        """Hash in ``machine``."""
        self._machine = machine

    def digest(self, data: bytes) -> bytes:
        """Give 32 bytes."""
        out = ctypes.create_string_buffer(MAC_SIZE)
        size = ctypes.c_uint(MAC_SIZE)
        machine = self._machine
        with machine.several():
            machine.call(
                "SDF_HashInit", ctypes.c_uint(machine.ids.sm3), None, None, ctypes.c_uint(0)
            )
            machine.call("SDF_HashUpdate", data, ctypes.c_uint(len(data)))
            machine.call("SDF_HashFinal", out, ctypes.byref(size))
        return out.raw[: size.value]


class SdfMac(Mac):
    """HMAC-SM3 in the machine (edition of 2023)."""

    def __init__(self, machine: SdfMachine, handle: ctypes.c_void_p) -> None:
        """Use the key behind ``handle``."""
        self._machine = machine
        self._handle = handle

    def tag(self, data: bytes) -> bytes:
        """Give 32 bytes."""
        out = ctypes.create_string_buffer(MAC_SIZE)
        size = ctypes.c_uint(MAC_SIZE)
        machine = self._machine
        with machine.several():
            machine.call("SDF_HMACInit", self._handle, ctypes.c_uint(machine.ids.sm3))
            machine.call("SDF_HMACUpdate", data, ctypes.c_uint(len(data)))
            machine.call("SDF_HMACFinal", out, ctypes.byref(size))
        return out.raw[: size.value]

    def verify(self, data: bytes, tag: bytes) -> None:
        """Compare in constant time."""
        if not compare_digest(self.tag(data), tag):
            raise tampered()


class SdfChaining(Chaining):
    """SM4-CBC in the machine."""

    def __init__(self, machine: SdfMachine, handle: ctypes.c_void_p) -> None:
        """Use the key behind ``handle``."""
        self._machine = machine
        self._handle = handle

    def _run(self, function: str, nonce: bytes, blocks: bytes) -> bytes:
        out = ctypes.create_string_buffer(len(blocks))
        size = ctypes.c_uint(len(blocks))
        vector = ctypes.create_string_buffer(nonce, BLOCK)  # the machine writes into it
        algorithm = ctypes.c_uint(self._machine.ids.sm4_cbc)
        self._machine.call(
            function,
            self._handle,
            algorithm,
            vector,
            blocks,
            ctypes.c_uint(len(blocks)),
            out,
            ctypes.byref(size),
        )
        return out.raw[: size.value]

    def encrypt(self, nonce: bytes, blocks: bytes) -> bytes:
        """Encrypt whole blocks."""
        return self._run("SDF_Encrypt", nonce, blocks)

    def decrypt(self, nonce: bytes, blocks: bytes) -> bytes:
        """Decrypt whole blocks."""
        return self._run("SDF_Decrypt", nonce, blocks)


class SdfGcm(Cipher):
    """SM4-GCM in the machine (edition of 2023)."""

    nonce_size = GCM_NONCE

    def __init__(self, machine: SdfMachine, handle: ctypes.c_void_p) -> None:
        """Use the key behind ``handle``."""
        self._machine = machine
        self._handle = handle

    def _start(self, nonce: bytes, associated: bytes) -> tuple[Any, ...]:
        return (
            self._handle,
            ctypes.c_uint(self._machine.ids.sm4_gcm),
            nonce,
            ctypes.c_uint(len(nonce)),
            associated,
            ctypes.c_uint(len(associated)),
        )

    def seal(self, nonce: bytes, plain: bytes, associated: bytes) -> bytes:
        """Give ciphertext and tag."""
        start = self._start(checked_nonce(nonce, GCM_NONCE), associated)
        body, size = ctypes.create_string_buffer(len(plain) + 1), ctypes.c_uint(len(plain))
        tag, tag_size = ctypes.create_string_buffer(TAG_SIZE), ctypes.c_uint(TAG_SIZE)
        self._machine.call(
            "SDF_AuthEnc",
            *start,
            plain,
            ctypes.c_uint(len(plain)),
            body,
            ctypes.byref(size),
            tag,
            ctypes.byref(tag_size),
        )
        return body.raw[: size.value] + tag.raw[: tag_size.value]

    def open(self, nonce: bytes, sealed: bytes, associated: bytes) -> bytes:
        """Give the plain bytes."""
        if len(nonce) != GCM_NONCE or len(sealed) < TAG_SIZE:
            raise tampered()
        body, tag = sealed[:-TAG_SIZE], sealed[-TAG_SIZE:]
        out, size = ctypes.create_string_buffer(len(body) + 1), ctypes.c_uint(len(body))
        try:
            self._machine.call(
                "SDF_AuthDec",
                *self._start(nonce, associated),
                tag,
                ctypes.byref(ctypes.c_uint(TAG_SIZE)),
                body,
                ctypes.c_uint(len(body)),
                out,
                ctypes.byref(size),
            )
        except DeviceFailed as error:
            if _number(error) in {SDR_SYMOPERR, SDR_VERIFYERR}:
                raise tampered() from None
            raise
        return out.raw[: size.value]


class SdfPrivate(PrivateKey):
    """An internal key, used after its PIN was shown."""

    def __init__(self, machine: SdfMachine, index: int, pin: bytes, export: str) -> None:
        """Ask for the right to use key ``index``. Raises ``DeviceFailed``."""
        self._machine = machine
        self._index = ctypes.c_uint(index)
        machine.call("SDF_GetPrivateKeyAccessRight", self._index, pin, ctypes.c_uint(len(pin)))
        exported = kinds.ECCrefPublicKey()
        machine.call(export, self._index, ctypes.byref(exported))
        self.public_key = public_bytes(kinds.number(exported.x), kinds.number(exported.y))

    def sign(self, digest: bytes) -> bytes:
        """Give DER."""
        made = kinds.ECCSignature()
        self._machine.call(
            "SDF_InternalSign_ECC",
            self._index,
            digest,
            ctypes.c_uint(len(digest)),
            ctypes.byref(made),
        )
        return signature_der(kinds.number(made.r), kinds.number(made.s))

    def decrypt(self, sealed: Ciphertext) -> bytes | None:
        """Give the message, or ``None``."""
        out, size = ctypes.create_string_buffer(len(sealed.body)), ctypes.c_uint(len(sealed.body))
        try:
            self._machine.call(
                "SDF_InternalDecrypt_ECC",
                self._index,
                ctypes.c_uint(self._machine.ids.sm2_encrypt),
                ctypes.byref(kinds.cipher_of(sealed)),
                out,
                ctypes.byref(size),
            )
        except DeviceFailed as error:
            if _number(error) == SDR_SKOPERR:
                return None
            raise
        return out.raw[: size.value]


class SdfPublic(PublicKey):
    """A public key given to the machine with each call."""

    def __init__(self, machine: SdfMachine, public_key: bytes) -> None:
        """Check the key. Raises ``KeyRejected``."""
        self._machine = machine
        self._given = kinds.public_of(*public_point(public_key))
        self.public_key = public_key

    def verify(self, digest: bytes, r: int, s: int) -> bool:
        """Tell whether the signature holds."""
        signature = kinds.signature_of(r, s)
        try:
            self._machine.call(
                "SDF_ExternalVerify_ECC",
                ctypes.c_uint(self._machine.ids.sm2_sign),
                ctypes.byref(self._given),
                digest,
                ctypes.c_uint(len(digest)),
                ctypes.byref(signature),
            )
        except DeviceFailed as error:
            if _number(error) == SDR_VERIFYERR:
                return False
            raise
        return True

    def encrypt(self, plain: bytes) -> bytes:
        """Give DER of GM/T 0009."""
        made = kinds.ECCCipher()
        self._machine.call(
            "SDF_ExternalEncrypt_ECC",
            ctypes.c_uint(self._machine.ids.sm2_encrypt),
            ctypes.byref(self._given),
            plain,
            ctypes.c_uint(len(plain)),
            ctypes.byref(made),
        )
        body = bytes(made.C[: made.L])
        return Ciphertext(kinds.number(made.x), kinds.number(made.y), bytes(made.M), body).der()


class SdfVault(Vault):
    """Data keys made in the machine and wrapped by its key-encryption key ``kek``.

    The wrapping of GM/T 0018 has no label: a key file copied over another is seen when what was
    sealed under the right key no longer opens.
    """

    def __init__(self, machine: SdfMachine, kek: int) -> None:
        """Wrap under internal key ``kek``."""
        self._machine = machine
        self._kek = ctypes.c_uint(kek)

    def make(self, label: str) -> bytes:  # noqa: ARG002 - see the class
        """Make two keys; give both wrapped, one behind the other."""
        return self._one() + self._one()

    def _one(self) -> bytes:
        out, size = ctypes.create_string_buffer(BLOCK), ctypes.c_uint(BLOCK)
        handle = ctypes.c_void_p()
        algorithm = ctypes.c_uint(self._machine.ids.sm4_ecb)
        bits = ctypes.c_uint(KEY_BITS)
        self._machine.call(
            "SDF_GenerateKeyWithKEK",
            bits,
            algorithm,
            self._kek,
            out,
            ctypes.byref(size),
            ctypes.byref(handle),
        )
        self._machine.call("SDF_DestroyKey", handle)
        return out.raw[: size.value]

    def open(self, wrapped: bytes, label: str) -> VersionKeys:  # noqa: ARG002 - see the class
        """Take both keys into the machine."""
        if len(wrapped) != 2 * BLOCK:
            raise tampered()
        mac = SdfMac(self._machine, self.take_in(wrapped[BLOCK:]))
        return VersionKeys(self._machine.cipher(self.take_in(wrapped[:BLOCK]), mac), mac)

    def take_in(self, wrapped: bytes) -> ctypes.c_void_p:
        """Give the handle of one wrapped key."""
        handle = ctypes.c_void_p()
        algorithm = ctypes.c_uint(self._machine.ids.sm4_ecb)
        self._machine.call(
            "SDF_ImportKeyWithKEK",
            algorithm,
            self._kek,
            wrapped,
            ctypes.c_uint(len(wrapped)),
            ctypes.byref(handle),
        )
        return handle
