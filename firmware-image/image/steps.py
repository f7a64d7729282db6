"""One image, from nothing to its sizes."""
import fcntl
import json
import pathlib
import re
import shutil
import subprocess
import time

from . import java, natives, packages, recorder, root, tools
from .problem import Problem

HERE = pathlib.Path(__file__).resolve().parent.parent
PROJECT = HERE.parent
CACHE = HERE / "cache"


def build(architecture):
    """Builds firmware-image/target/ARCH; one build of it at a time."""
    target = HERE / "target" / architecture
    target.mkdir(parents=True, exist_ok=True)
    with (target / "build.lock").open("w") as lock:
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError as held:
            raise Problem(f"another build of {architecture} is under way: wait for its end") from held
        _build(architecture, target)


def _build(architecture, target):
    started = time.monotonic()
    tools.need()
    if shutil.disk_usage(HERE).free < 2 << 30:
        raise Problem(f"{HERE} has less than 2 GB free: make room")
    work = target / "work"
    clear(work)
    epoch, version = source()

    say(started, f"{architecture}: packages")
    archive = packages.Packages(architecture, CACHE)
    archive.prepare()
    kernel_name = archive.kernel()
    debs = archive.fetch((kernel_name, packages.JDK) + packages.LIBRARIES)
    for name, deb in debs.items():
        packages.unpack(deb, work / "packages" / name)
    libraries = [work / "packages" / name for name in packages.LIBRARIES]

    say(started, f"{architecture}: Java")
    java.link(architecture, work / "packages" / packages.JDK, work / "root")
    say(started, f"{architecture}: bundles")
    middleware = bundles(work)
    root.fill(work / "root", libraries, work / "packages" / kernel_name, HERE / "overlay", middleware)
    natives.keep(architecture, middleware / "bundles", work / "root")
    root.identify(work / "root", version, epoch)
    say(started, f"{architecture}: class archive")
    java.archive(architecture, work / "root", debs[packages.JDK].name, CACHE)

    say(started, f"{architecture}: file systems")
    kernel = work / "packages" / kernel_name
    root.initramfs(kernel, libraries, HERE / "init", target / "initramfs.gz", work / "initramfs", epoch)
    shutil.copy2(sorted((kernel / "boot").glob("vmlinuz-*"))[0], target / "vmlinuz")
    root.squash(work / "root", target / "root.squashfs", epoch)
    say(started, f"{architecture}: archive of the bundles' classes (boots once: a minute, unless it is kept)")
    recorded = recorder.record(architecture, target, work / "root", CACHE, work)
    shutil.copy2(recorded, work / "root/opt/middleware/bundles.jsa")
    root.squash(work / "root", target / "root.squashfs", epoch)
    sizes(architecture, target, work)
    shutil.rmtree(work)
    say(started, f"{architecture}: done, {target}")


def source():
    """When this source was committed, in seconds, and its name: the same for two builds of one commit.

    A tree of another user is one too; one without git is as old as its youngest file of ours.
    """
    release = re.search("<version>([^<]+)</version>", (PROJECT / "pom.xml").read_text())[1]
    told = subprocess.run(["git", "-c", f"safe.directory={PROJECT}", "-C", PROJECT, "log", "-1", "--format=%ct %h"],
                          capture_output=True, text=True, check=False) if shutil.which("git") else None
    if told and told.returncode == 0:
        epoch, commit = told.stdout.split()
        return int(epoch), f"{release}-{commit}"
    youngest = max(int(path.stat().st_mtime) for folder in ("overlay", "image") for path in (HERE / folder).rglob("*"))
    return youngest, f"{release}-{youngest}"


def clear(folder):
    """Empties a folder that an earlier build may have left as another user."""
    try:
        if folder.exists():
            shutil.rmtree(folder)
        folder.mkdir(parents=True)
    except OSError as trouble:
        raise Problem(f"{folder} can't be emptied ({trouble.strerror}): another user's build left it; "
                      f"as root: rm -r {folder}") from trouble


def bundles(work):
    """The vendor's middleware: the host, Felix, the EPG, and our bundles beside them."""
    print("  building the bundles where they are older than their sources (a few minutes the first time)", flush=True)
    tools.run([PROJECT / "runtime/hearth", "--version"])
    export = PROJECT / "runtime/box/target/export/host"
    into = work / "middleware"
    shutil.copytree(export, into / "bundles", ignore=shutil.ignore_patterns("index.xml"))
    for name, pattern in (
        ("host.jar", "runtime/host/target/tv.hearth.runtime.host-*.jar"),
        ("felix.jar", "runtime/box/target/framework/felix*.jar"),
    ):
        found = sorted(PROJECT.glob(pattern))
        if not found:
            raise Problem(f"the build left no {pattern}: run ./mvnw package -DskipTests")
        shutil.copy2(found[0], into / name)
    return into


def sizes(architecture, target, work):
    """Says what takes room, and keeps it as a table."""
    middleware = work / "root/opt/middleware/bundles"
    ours = sum(path.stat().st_size for path in middleware.glob("tv.hearth.*.jar"))
    rows = [
        ("kernel", "kernel", (target / "vmlinuz").stat().st_size),
        ("initramfs", "initramfs", (target / "initramfs.gz").stat().st_size),
        ("root", "root (squashfs: Java, framework, bundles, busybox, libraries)",
         (target / "root.squashfs").stat().st_size),
        ("java", "in it, Java with its class archive, before compression", tree(work / "root/usr/lib/java")),
        ("bundles", "in it, our bundles with their libraries", ours),
    ]
    (target / "sizes.json").write_text(json.dumps({key: size for key, _, size in rows}, indent=1) + "\n")
    for _, name, size in rows:
        print(f"{name:66}{size / 1e6:8.1f} MB")


def tree(folder):
    return sum(path.stat().st_size for path in folder.rglob("*") if path.is_file() and not path.is_symlink())


def say(started, text):
    print(f"[{time.monotonic() - started:4.0f} s] {text}", flush=True)
