"""Running other programs, and having them."""
import os
import shutil
import subprocess

from .problem import Problem

PROGRAMS = {
    "mksquashfs": "squashfs-tools",
    "cpio": "cpio",
    "dpkg": "dpkg",
    "jlink": "openjdk-17-jdk-headless",
    "mke2fs": "e2fsprogs",
    "debugfs": "e2fsprogs",
    "qemu-system-arm": "qemu-system-arm",
    "qemu-system-aarch64": "qemu-system-arm",
    "qemu-arm-static": "qemu-user-static",
    "qemu-aarch64-static": "qemu-user-static",
}


def need():
    """Installs what is missing, or names the command that does."""
    missing = sorted({package for program, package in PROGRAMS.items() if not shutil.which(program)})
    if not missing:
        return
    command = ["apt-get", "install", "-y", "--no-install-recommends", *missing]
    if os.geteuid() != 0 or not shutil.which("apt-get"):
        raise Problem(f"missing: {', '.join(missing)}; as root: {' '.join(command)}")
    print("installing", *missing)
    run(["apt-get", "update", "-q"])
    run(command)


def run(command, **options):
    """Runs a program silently; its last lines are in the Problem where it fails."""
    done = subprocess.run(
        [str(part) for part in command],
        stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True,
        check=False, **options)
    if done.returncode != 0:
        last = "\n".join(done.stdout.splitlines()[-12:])
        raise Problem(f"{command[0]} failed ({done.returncode}):\n{last}")
    return done.stdout
