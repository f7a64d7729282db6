"""What a machine may be busy with while tests run: each load is a context that yields what to put before the command
and into its environment, and ends what it started."""

import contextlib
import os
import shutil
import signal
import subprocess
import sys
from pathlib import Path

HERE = Path(__file__).resolve().parent


class Unavailable(Exception):
    """A load that this machine can't give; its text names what is missing."""


@contextlib.contextmanager
def none():
    yield [], {}


@contextlib.contextmanager
def processors():
    """Two busy processes a processor."""
    busy = []
    try:
        for _ in range(2 * len(os.sched_getaffinity(0))):
            busy.append(subprocess.Popen([sys.executable, "-c", "while True: pass"]))
        yield [], {}
    finally:
        for process in busy:
            process.send_signal(signal.SIGKILL)
            process.wait()


@contextlib.contextmanager
def one_processor():
    """One processor, whatever the machine has."""
    if shutil.which("taskset") is None:
        raise Unavailable("taskset is missing: apt-get install util-linux")
    first = min(os.sched_getaffinity(0))
    yield ["taskset", "--cpu-list", str(first)], {}


@contextlib.contextmanager
def slow_disk():
    """Each fsync takes 0.2 to 0.4 s, three of a hundred four."""
    yield [], {"LD_PRELOAD": str(slow_disk_library())}


def slow_disk_library():
    """Where the preloaded library lies; compiled when it is missing or older than its source."""
    source = HERE / "slowdisk.c"
    library = HERE.parent.parent / "target" / "load" / "slowdisk.so"
    if library.exists() and library.stat().st_mtime >= source.stat().st_mtime:
        return library
    if shutil.which("cc") is None:
        raise Unavailable("a C compiler is missing: apt-get install gcc libc6-dev")
    library.parent.mkdir(parents=True, exist_ok=True)
    made = library.with_suffix(f".{os.getpid()}")
    subprocess.run(["cc", "-O1", "-shared", "-fPIC", "-Wall", "-Werror", "-o", made, source, "-ldl"], check=True)
    made.replace(library)
    return library


LOADS = {"alone": none, "processors": processors, "one-processor": one_processor, "slow-disk": slow_disk}
