"""Debian packages that the emulation takes."""
import os
import shutil
import subprocess

from .problem import Problem

PATH = os.environ.get("PATH", "") + ":/usr/sbin:/sbin"
PROGRAMS = {
    "qemu-system-aarch64": "qemu-system-arm",
    "qemu-system-arm": "qemu-system-arm",
    "mke2fs": "e2fsprogs",
    "debugfs": "e2fsprogs",
    "ip": "iproute2",
}


def program(name):
    """Where it is; installed by apt where it is missing and this is root, named otherwise."""
    found = shutil.which(name, path=PATH)
    if found:
        return found
    command = ["apt-get", "install", "-q", "-y", "--no-install-recommends", PROGRAMS[name]]
    if os.geteuid() != 0 or not shutil.which("apt-get"):
        raise Problem(f"{name} is missing; as root: {' '.join(command)}")
    print("installing", PROGRAMS[name], flush=True)
    environment = dict(os.environ, DEBIAN_FRONTEND="noninteractive")
    for step in (["apt-get", "update", "-q"], command):
        done = subprocess.run(step, stdin=subprocess.DEVNULL, capture_output=True, text=True, check=False,
                              env=environment)
        if done.returncode != 0:
            last = "\n".join((done.stdout + done.stderr).splitlines()[-6:])
            raise Problem(f"{' '.join(step)} failed (is there a network?):\n{last}")
    found = shutil.which(name, path=PATH)
    if not found:
        raise Problem(f"{PROGRAMS[name]} is installed and brings no {name}")
    return found
