"""A new data partition: the network that QEMU offers, and what the box needs to join."""
import pathlib
import shutil
import subprocess
import tempfile

from . import needs
from .problem import Problem

MIB = 1024
NETWORK = "ADDRESS=10.0.2.15/24\nGATEWAY=10.0.2.2\nDNS=10.0.2.3\n"
BOOT_KIB = 64
#: QEMU brings what it forwards to the box's own address.
GATEWAY = "host = 0.0.0.0\n"


def make(machine, architecture, hood):
    """Makes the file anew; sparse, so that it takes what is written to it."""
    if shutil.disk_usage(machine.folder).free < MIB << 20:
        raise Problem(f"{machine.folder} has less than {MIB} MiB free: make room")
    program = needs.program("mke2fs")
    with tempfile.TemporaryDirectory() as made:
        seed = pathlib.Path(made)
        _write(seed / "etc/network", NETWORK)
        if hood:
            hood.invite(seed / "box", machine, architecture)
        _write(seed / "box/etc/tv.hearth.gateway.cfg", GATEWAY)
        _write(seed / "etc/show", f"{machine.epg_port}\n")
        part = machine.folder / "data.new"
        with part.open("wb") as file:
            file.truncate(MIB << 20)
        done = subprocess.run([program, "-q", "-t", "ext4", "-F", "-E", "root_owner=0:0", "-d", made, str(part)],
                              capture_output=True, text=True, check=False)
        if done.returncode != 0:
            part.unlink()
            raise Problem(f"mke2fs failed: {done.stderr.strip()}")
        part.replace(machine.disk)
        boot_state(machine)


def boot_state(machine):
    """An empty partition for what the boot remembers, as a new box has it."""
    (machine.folder / "boot.img").write_bytes(bytes(BOOT_KIB << 10))


def _write(path, text):
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text)
