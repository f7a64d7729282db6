"""The archive of the bundles' classes, recorded by a box that boots once.

Java writes at its end which classes it loaded, parsed and verified (JEP 350); the next start maps them. It has to be
that Java on that processor with the jars where they will lie, so that the image is booted, starts its middleware as
ever, and powers itself off. Kept in the cache by what it is made of, for two recordings differ in some bytes.
"""
import hashlib
import pathlib
import shutil
import subprocess

from .problem import Problem
from .tools import run

MACHINE = {"arm64": ("qemu-system-aarch64", "cortex-a53"), "armhf": ("qemu-system-arm", "cortex-a15")}
SECONDS = 400
DATA_MIB = 256
BOOT_BYTES = 64 << 10
RECORDED = "/recorded.jsa"


def record(architecture, target, root, cache, work):
    """The archive's file, for an image whose root lies in the folder root and, as a file system, in target."""
    kept = cache / architecture / f"bundles-{_key(root)}.jsa"
    if not kept.exists():
        data = work / "record.img"
        serial = work / "record.log"
        with data.open("wb") as file:
            file.truncate(DATA_MIB << 20)
        run(["mke2fs", "-q", "-t", "ext4", "-F", data])
        state = work / "record.boot"
        state.write_bytes(bytes(BOOT_BYTES))
        _boot(architecture, target, data, state, serial)
        part = kept.with_suffix(".part")
        part.unlink(missing_ok=True)
        run(["debugfs", "-R", f"dump {RECORDED} {part}", data])
        if not part.exists() or part.stat().st_size == 0:
            raise Problem(f"the recording boot left no archive; its last lines:\n{_tail(serial)}")
        part.rename(kept)
    return kept


def _key(root):
    """What the archive depends on: this Java and its own archive, the jars, how they are started."""
    digest = hashlib.sha256()
    server = next(iter(sorted((root / "usr/lib/java/lib").glob("*/classes.jsa"))))
    parts = [server, root / "opt/middleware/run", root / "usr/lib/java/release"]
    for path in parts + sorted((root / "opt/middleware").rglob("*.jar")):
        digest.update(str(path.relative_to(root)).encode() + b"\0" + hashlib.sha256(path.read_bytes()).digest())
    return digest.hexdigest()[:16]


def _boot(architecture, target, data, state, serial):
    program, processor = MACHINE[architecture]
    disks = []
    for name, file, options in (
        ("slot-a", target / "root.squashfs", ",read-only=on"), ("slot-b", target / "root.squashfs", ",read-only=on"),
        ("boot", state, ""), ("data", data, ""),
    ):
        path = str(file).replace(",", ",,")
        disks += ["-drive", f"if=none,id={name},format=raw,file={path}{options}",
                  "-device", f"virtio-blk-device,drive={name},serial={name}"]
    serial.write_bytes(b"")
    process = subprocess.Popen(
        [shutil.which(program), "-M", "virt", "-cpu", processor, "-smp", "2", "-m", "512",
         "-accel", "tcg,thread=multi", "-nodefaults", "-no-user-config", "-display", "none", "-no-reboot",
         "-kernel", str(target / "vmlinuz"), "-initrd", str(target / "initramfs.gz"),
         "-append", "console=ttyAMA0 panic=1 quiet hearth.middleware=record",
         "-serial", f"file:{str(serial).replace(',', ',,')}", "-device", "virtio-rng-device", *disks],
        stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, start_new_session=True)
    try:
        process.wait(SECONDS)
    except subprocess.TimeoutExpired as late:
        raise Problem(f"the recording boot has not ended in {SECONDS} s; its last lines:\n{_tail(serial)}") from late
    finally:
        if process.poll() is None:
            process.kill()
            process.wait()


def _tail(serial: pathlib.Path):
    return "\n".join(serial.read_text(errors="replace").splitlines()[-12:])
