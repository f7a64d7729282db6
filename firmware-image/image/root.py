"""The read-only root and the initramfs."""
import gzip
import os
import shutil

from .problem import Problem
from .tools import run

# What bookworm's kernels have as modules and a virtual box needs to reach its disks and its network.
MODULES = (
    "virtio_mmio", "virtio_blk", "failover", "net_failover", "virtio_net", "virtio-rng", "squashfs",
    "crc32c_generic", "libcrc32c", "jbd2", "mbcache", "crc16", "ext4",
)
APPLETS = (
    "sh", "mount", "umount", "mkdir", "cat", "echo", "sleep", "date", "ip", "ls", "ps", "kill", "uname",
    "grep", "sed", "cut", "head", "tail", "sync", "reboot", "poweroff", "switch_root", "insmod", "mv", "rm",
    "cp", "ln", "df", "free", "top", "find", "du", "wget", "nc", "vi", "dmesg", "mdev", "hostname",
    "test", "[", "true", "false", "env", "chmod", "chown", "dd", "hexdump", "touch",
)


def fill(root, unpacked, overlay, middleware):
    """Puts the root's files together."""
    for name in ("bin", "sbin", "dev", "proc", "sys", "tmp", "run", "data", "etc", "lib", "usr/lib"):
        (root / name).mkdir(parents=True, exist_ok=True)
    for package in unpacked:
        _libraries(package, root)
    shutil.copy2(_one(unpacked, "bin/busybox"), root / "bin/busybox")
    for applet in APPLETS:
        link = root / "bin" / applet
        if not link.is_symlink():
            link.symlink_to("busybox")
    for name in ("e2fsck", "mke2fs"):
        shutil.copy2(_one(unpacked, f"sbin/{name}"), root / "sbin" / name)
    shutil.copytree(overlay, root, dirs_exist_ok=True, symlinks=True)
    shutil.copytree(middleware, root / "opt/middleware", dirs_exist_ok=True)


def _one(unpacked, name):
    for package in unpacked:
        if (package / name).exists():
            return package / name
    raise Problem(f"no package brings {name}: empty the cache and try again")


def _libraries(package, root):
    for folder in ("lib", "usr/lib"):
        for library in sorted((package / folder).rglob("*.so*")):
            if "gconv" in library.parts or "audit" in library.parts:
                continue
            target = root / library.relative_to(package)
            target.parent.mkdir(parents=True, exist_ok=True)
            if library.is_symlink():
                if not target.is_symlink():
                    target.symlink_to(os.readlink(library))
            else:
                shutil.copy2(library, target)


def squash(root, file, epoch):
    """A squashfs of it that is the same for the same files."""
    file.unlink(missing_ok=True)
    run([
        "mksquashfs", root, file, "-noappend", "-no-progress", "-comp", "lz4", "-Xhc", "-all-root",
        "-mkfs-time", epoch, "-all-time", epoch, "-no-xattrs", "-no-exports",
    ], env={name: value for name, value in os.environ.items() if name != "SOURCE_DATE_EPOCH"})


def initramfs(kernel, unpacked, init, file, work, epoch):
    """Modules, busybox and the program that finds the root."""
    shutil.rmtree(work, ignore_errors=True)
    for name in ("bin", "dev", "proc", "sys", "root", "data", "modules", "lib"):
        (work / name).mkdir(parents=True)
    shutil.copy2(_one(unpacked, "bin/busybox"), work / "bin/busybox")
    order = []
    for name in MODULES:
        found = sorted(kernel.rglob(f"{name}.ko"))
        if found:
            shutil.copy2(found[0], work / "modules" / f"{name}.ko")
            order.append(name)
    (work / "modules/order").write_text("".join(f"{name}\n" for name in order))
    shutil.copy2(init, work / "init")
    (work / "init").chmod(0o755)
    for path in sorted(work.rglob("*")):
        os.utime(path, (epoch, epoch), follow_symlinks=False)
    names = "\n".join(str(path.relative_to(work)) for path in sorted(work.rglob("*")))
    plain = file.with_suffix(".cpio")
    listing = file.with_suffix(".list")
    listing.write_text(names + "\n")
    run(["sh", "-c", f'cd "{work}" && cpio -o -H newc --reproducible -R 0:0 --quiet < "{listing}" > "{plain}"'])
    with gzip.GzipFile(file, "wb", 9, mtime=epoch) as out:
        out.write(plain.read_bytes())
    plain.unlink()
    listing.unlink()
