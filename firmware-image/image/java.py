"""A minimal Java of another architecture, linked by this machine's jlink."""
import hashlib
import shutil

from .problem import Problem
from .tools import run

MODULES = (
    "java.base", "java.logging", "java.management", "java.naming", "java.sql", "java.xml",
    "java.security.sasl", "jdk.unsupported", "jdk.crypto.ec",
    "jdk.management",  # heap dumps
    "jdk.httpserver",  # the sample EPG's, which stands for the vendor's middleware
)
EMULATOR = {"arm64": "qemu-aarch64-static", "armhf": "qemu-arm-static"}


def link(architecture, jdk, root):
    """Links it into root/usr/lib/java, from an unpacked JDK."""
    homes = sorted((jdk / "usr/lib/jvm").glob("java-17-openjdk-*"))
    if not homes or not (homes[-1] / "jmods").is_dir():
        raise Problem(f"{jdk} holds no jmods: empty the cache and try again")
    into = root / "usr/lib/java"
    shutil.rmtree(into, ignore_errors=True)
    into.parent.mkdir(parents=True, exist_ok=True)
    run([
        "jlink", "--module-path", homes[-1] / "jmods", "--add-modules", ",".join(MODULES),
        "--strip-java-debug-attributes", "--no-header-files", "--no-man-pages", "--compress=2",
        "--output", into,
    ])
    # Debian keeps the security settings outside of the jmods; the links in conf/ lead nowhere here.
    security = jdk / "etc/java-17-openjdk/security"
    if security.is_dir():
        shutil.copytree(security, into / "conf/security", dirs_exist_ok=True, symlinks=False,
                        ignore=shutil.ignore_patterns("nss.cfg", "blacklisted.certs"),
                        ignore_dangling_symlinks=True)


def archive(architecture, root, jdk_name, cache):
    """The archive of the JDK's classes (CDS), dumped by emulation: a quarter of the start's time.

    Two dumps of one JDK differ in some bytes, so that one is kept in the cache and taken again.
    """
    key = hashlib.sha256(repr((jdk_name, MODULES)).encode()).hexdigest()[:16]
    kept = cache / architecture / f"classes-{key}.jsa"
    if not kept.exists():
        part = kept.with_suffix(".part")
        run([
            shutil.which(EMULATOR[architecture]), "-L", root, root / "usr/lib/java/bin/java",
            "-Xshare:dump", "-XX:+UseSerialGC", "-Xmx64m", f"-XX:SharedArchiveFile={part}",
        ])
        part.rename(kept)
    server = root / "usr/lib/java/lib/server"
    if not server.is_dir():
        server = root / "usr/lib/java/lib/client"
    shutil.copy2(kept, server / "classes.jsa")
