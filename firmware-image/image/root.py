"""The read-only root and the initramfs."""
import gzip
import os
import shutil

from .problem import Problem
from .tools import run

# What bookworm's kernels have as modules and a virtual box needs to reach its disks and its network.
MODULES = (
    "virtio_mmio", "virtio_blk", "failover", "net_failover", "virtio_net", "virtio-rng", "squashfs",
    "crc32c_generic", "libcrc32c", "jbd2", "mbcache", "crc16", "ext4", "virtio_console",
)
# What makes a line slow, for tests; loaded by whoever asks for it.
LINE_MODULES = ("sch_netem", "ifb", "act_mirred", "sch_ingress", "cls_matchall")
APPLETS = (
    "sh", "mount", "umount", "mkdir", "cat", "echo", "sleep", "date", "ip", "ls", "ps", "kill", "uname",
    "grep", "sed", "cut", "head", "tail", "sync", "reboot", "poweroff", "switch_root", "insmod", "mv", "rm",
    "cp", "ln", "df", "free", "top", "find", "du", "wget", "nc", "vi", "dmesg", "mdev", "hostname",
    "test", "[", "true", "false", "env", "chmod", "chown", "dd", "hexdump", "touch", "base64", "timeout",
    "usleep", "setsid", "stty", "stat", "tr", "sort", "wc", "printf", "hwclock", "fallocate", "sha256sum",
    "gzip", "netstat", "pidof", "uptime", "which", "less", "awk", "seq", "xargs", "basename", "rmdir", "od",
    "udhcpc", "nslookup",
)
# What the initramfs' own program and the boot's state use.
EARLY = (
    "sh", "mount", "insmod", "cat", "cut", "echo", "usleep", "sleep", "reboot", "switch_root", "dd", "tr", "head",
    "sha256sum", "printf", "date", "[",
)
# Resets a box that stands still where its machine has no watchdog of its own.
WATCHDOG = "softdog"
BARE = ("org.apache.felix.scr", "org.osgi.service.component", "org.osgi.util.function", "org.osgi.util.promise")


def fill(root, unpacked, kernel, overlay, middleware):
    """Puts the root's files together."""
    for name in ("bin", "sbin", "dev", "proc", "sys", "tmp", "run", "data", "etc", "lib/modules", "usr/lib"):
        (root / name).mkdir(parents=True, exist_ok=True)
    for package in unpacked:
        _libraries(package, root)
    shutil.copy2(_one(unpacked, "bin/busybox"), root / "bin/busybox")
    for applet in APPLETS:
        link = root / "bin" / applet
        if not link.is_symlink():
            link.symlink_to("busybox")
    for name in ("e2fsck", "mke2fs", "tc"):
        shutil.copy2(_one(unpacked, f"sbin/{name}"), root / "sbin" / name)
    shutil.copy2(_one(unpacked, "bin/nc.openbsd"), root / "bin/nc.openbsd")
    shutil.copytree(_one(unpacked, "usr/share/zoneinfo"), root / "usr/share/zoneinfo", dirs_exist_ok=True, symlinks=True,
                    ignore=shutil.ignore_patterns("right", "posix", "*.tab", "*.zi", "*.list", "leapseconds"))
    for name in (WATCHDOG, *LINE_MODULES):
        shutil.copy2(_module(kernel, name), root / "lib/modules" / f"{name}.ko")
    shutil.copytree(overlay, root, dirs_exist_ok=True, symlinks=True)
    shutil.copytree(middleware, root / "opt/middleware", dirs_exist_ok=True)
    bare = root / "opt/middleware/bare"
    bare.mkdir(exist_ok=True)
    for name in BARE:
        for jar in sorted((root / "opt/middleware/bundles").glob(f"{name}-*.jar")):
            (bare / jar.name).symlink_to(f"../bundles/{jar.name}")


def _module(kernel, name):
    found = sorted(kernel.rglob(f"{name}.ko"))
    if not found:
        raise Problem(f"the kernel's package has no {name}.ko: empty the cache and try again")
    return found[0]


def _one(unpacked, name):
    for package in unpacked:
        if (package / name).exists():
            return package / name
    raise Problem(f"no package brings {name}: empty the cache and try again")


def _libraries(package, root):
    for folder in ("lib", "usr/lib"):
        for library in sorted((package / folder).rglob("*.so*")):
            if {"gconv", "audit", "tc", "xtables"} & set(library.parts):
                continue
            target = root / library.relative_to(package)
            target.parent.mkdir(parents=True, exist_ok=True)
            if library.is_symlink():
                if not target.is_symlink():
                    target.symlink_to(os.readlink(library))
            else:
                shutil.copy2(library, target)


#: The time of every file in the root: Java's archive of classes is for jars of that time, whatever the commit.
FILE_TIME = 1767225600


def squash(root, file, epoch):
    """A squashfs of it that is the same for the same files."""
    file.unlink(missing_ok=True)
    run([
        "mksquashfs", root, file, "-noappend", "-no-progress", "-comp", "lz4", "-Xhc", "-all-root",
        "-mkfs-time", epoch, "-all-time", FILE_TIME, "-no-xattrs", "-no-exports",
    ], env={name: value for name, value in os.environ.items() if name != "SOURCE_DATE_EPOCH"})


def identify(root, version, epoch):
    """Says in the image which one it is, and from when: no clock that is right is earlier."""
    (root / "etc/os-release").write_text(
        f'ID=hearth-box\nNAME="Hearth emulated box"\nVERSION_ID={version}\nPRETTY_NAME="Hearth emulated box {version}"\n')
    (root / "etc/built").write_text(f"{epoch}\n")
    resolver = root / "etc/resolv.conf"
    if not resolver.is_symlink():
        resolver.symlink_to("/run/resolv.conf")


def initramfs(kernel, unpacked, init, file, work, epoch):
    """Modules, busybox and the program that finds the root."""
    shutil.rmtree(work, ignore_errors=True)
    for name in ("bin", "dev", "proc", "sys", "root", "data", "modules", "lib"):
        (work / name).mkdir(parents=True)
    shutil.copy2(_one(unpacked, "bin/busybox"), work / "bin/busybox")
    for applet in EARLY:
        (work / "bin" / applet).symlink_to("busybox")
    (work / "lib/box").mkdir()
    shutil.copy2(init.parent / "overlay/lib/box/state", work / "lib/box/state")
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
