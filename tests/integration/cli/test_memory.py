"""A worker's threads take their memory from one place."""

import subprocess
import sys

import pytest

COUNTED = """
import ctypes, os, sys, tempfile, threading
{first}
def work():
    kept.append([bytearray(5_000) for _ in range(200)])
    together.wait()
kept, together = [], threading.Barrier(8)
threads = [threading.Thread(target=work) for _ in range(8)]
for one in threads: one.start()
for one in threads: one.join()
library = ctypes.CDLL(None)
library.fopen.restype = ctypes.c_void_p
with tempfile.NamedTemporaryFile() as told:
    file = ctypes.c_void_p(library.fopen(told.name.encode(), b"w"))
    library.malloc_info(0, file)
    library.fclose(file)
    print(told.read().count(b"<heap nr="))
"""
SHARED = "from entrypoints.container import share_memory_between_threads as share; share()"


@pytest.mark.skipif(sys.platform != "linux", reason="only the GNU C library divides memory")
@pytest.mark.parametrize(("first", "alone"), [(SHARED, True), ("", False)])
def test_threads_take_their_memory_from_one_place(first: str, *, alone: bool) -> None:
    """Eight threads that allocate at once: one arena with it, several without."""
    program = COUNTED.format(first=first)
    ran = subprocess.run(  # noqa: S603 - our own program
        [sys.executable, "-c", program], check=True, capture_output=True, text=True
    )
    assert (int(ran.stdout) == 1) is alone
