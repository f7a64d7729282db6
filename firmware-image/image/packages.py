"""Debian packages of another architecture, downloaded once, checked by apt, unpacked without running anything of theirs."""
import os

from .problem import Problem
from .tools import run

KERNEL = {"arm64": "linux-image-arm64", "armhf": "linux-image-armmp-lpae"}
LIBRARIES = (
    "libc6", "libgcc-s1", "libstdc++6", "zlib1g", "busybox-static",
    "e2fsprogs", "libext2fs2", "libcom-err2", "libss2", "libblkid1", "libuuid1",
    # tc, with what it links to
    "iproute2", "libbpf1", "libelf1", "libmnl0", "libbsd0", "libmd0", "libcap2", "libxtables12",
    # a time server's question, and time zones
    "netcat-openbsd", "tzdata",
)
JDK = "openjdk-17-jdk-headless"
# The point release alone: its versions match each other, and it stays what it is between updates.
SOURCE = "deb [signed-by=/usr/share/keyrings/debian-archive-keyring.gpg] http://deb.debian.org/debian bookworm main\n"


class Packages:
    """The archive for one architecture, with state of its own."""

    def __init__(self, architecture, cache):
        self.architecture = architecture
        self.folder = cache / architecture
        self.environment = dict(os.environ, APT_CONFIG=str(self.folder / "apt.conf"), LC_ALL="C")

    def prepare(self):
        """Reads the archive's lists, unless they are there."""
        for name in ("state/lists/partial", "cache/archives/partial", "debs"):
            (self.folder / name).mkdir(parents=True, exist_ok=True)
        (self.folder / "state/status").touch()
        (self.folder / "sources.list").write_text(SOURCE)
        (self.folder / "apt.conf").write_text(f"""
Dir::State "{self.folder}/state";
Dir::State::status "{self.folder}/state/status";
Dir::Cache "{self.folder}/cache";
Dir::Etc::sourcelist "{self.folder}/sources.list";
Dir::Etc::sourceparts "/dev/null";
APT::Architecture "{self.architecture}";
APT::Architectures {{ "{self.architecture}"; }};
APT::Install-Recommends "false";
APT::Sandbox::User "root";
Acquire::Languages "none";
Acquire::Retries "3";
""")
        if not (self.folder / "versions").exists():
            print("  reading Debian's lists")
            run(["apt-get", "update", "-q"], env=self.environment)

    def kernel(self):
        """The kernel's own package; the named one only depends on it."""
        text = run(["apt-cache", "depends", KERNEL[self.architecture]], env=self.environment)
        names = [line.split()[-1] for line in text.splitlines() if "Depends: linux-image-" in line]
        if not names:
            raise Problem(f"{KERNEL[self.architecture]} names no kernel: empty {self.folder} and try again")
        return names[0]

    def fetch(self, names):
        """Files of packages by name, in their newest version of the lists."""
        debs = self.folder / "debs"
        found = {}
        for name in names:
            there = sorted(debs.glob(f"{name}_*.deb"))
            if not there:
                print(f"  downloading {name}")
                run(["apt-get", "download", "-q", name], env=self.environment, cwd=debs)
                there = sorted(debs.glob(f"{name}_*.deb"))
            found[name] = there[-1]
        versions = "".join(f"{path.name}\n" for path in sorted(debs.glob("*.deb")))
        (self.folder / "versions").write_text(versions)
        return found


def unpack(deb, into):
    """A package's files."""
    into.mkdir(parents=True, exist_ok=True)
    run(["dpkg", "-x", deb, into])
