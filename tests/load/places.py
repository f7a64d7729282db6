"""Runs the main job in its short form (up, put, get, a release, down, up, get) in places where boxes live: other
networks, languages, folders, disks and limits than a developer's machine has. Prints a line a place."""

import argparse
import contextlib
import os
import random
import shlex
import shutil
import subprocess
import sys
import tempfile
import time
from dataclasses import dataclass, field
from pathlib import Path

import loads
from job import Failed, Job
from moving import BEFORE, LINK, Moving

HERE = Path(__file__).resolve()
ROOT = HERE.parent.parent.parent
WORK = ROOT / "target" / "places"
OPTIONS = "JAVA_TOOL_OPTIONS"


@dataclass(frozen=True)
class Place:
    """Where the job runs: a shell fragment that makes the place in namespaces of its own, and what the job is told."""

    name: str
    about: str
    make: str = ""
    unshare: tuple = ()
    environment: dict = field(default_factory=dict)
    again: dict = field(default_factory=dict)
    folder: str = "hood"
    host: str = ""
    tools: tuple = ()
    disk: bool = False
    user: str = ""
    job: type = Job


def language(name, about, *options, again=("-Duser.language=en", "-Duser.country=GB")):
    return Place(name, about, environment={OPTIONS: " ".join(options)}, again={OPTIONS: " ".join(again)})


NET = ("--net",)
IP = (("ip", "iproute2"),)
PLACES = (
    Place("plain", "this machine as it is"),
    Place("ipv6", "everything listens on and announces ::1", host="::1"),
    Place("only-ipv6", "a machine without IPv4", host="::1", unshare=NET, tools=IP,
          make="ip link set lo up && ip address del 127.0.0.1/8 dev lo"),
    Place("only-ipv4", "a machine without IPv6", unshare=NET, tools=IP,
          make="echo 1 > /proc/sys/net/ipv6/conf/all/disable_ipv6 && ip link set lo up"),
    Place("address-change", "boxes whose address changes while a film is played", unshare=NET, tools=IP, job=Moving,
          make=f"ip link set lo up && ip link add {LINK} type veth peer name peer0 && ip link set {LINK} up"
               f" && ip link set peer0 up"
               f" && ip address add {BEFORE}/24 dev {LINK}"),
    Place("no-host-name", "a host name that does not resolve", unshare=("--uts",), tools=(("hostname", "hostname"),),
          make="hostname box-of-nobody.invalid"),
    language("arabic", "Arabic digits; then English", "-Duser.language=ar", "-Duser.country=EG"),
    language("thai", "Thai digits and Buddhist years; then English",
             "-Duser.language=th", "-Duser.country=TH", "-Duser.variant=TH"),
    language("turkish", "Turkish, where I has no dot; then Arabic", "-Duser.language=tr", "-Duser.country=TR",
             again=("-Duser.language=ar", "-Duser.country=EG")),
    Place("c-locale", "LC_ALL=C, as cron and containers have it", environment={"LC_ALL": "C", "LANG": "C"}),
    Place("odd-zone", "a time zone that skipped a day", environment={"TZ": "Pacific/Apia"}, again={"TZ": "Asia/Kathmandu"}),
    Place("umlaut", "a folder with letters outside ASCII, and LC_ALL=C when it starts again", folder="jürgen/Größe 名前",
          again={"LC_ALL": "C"}),
    Place("blanks", "a folder with blanks and quotes", folder="my \"old\" box's files"),
    Place("linked", "a folder that is a link to another disk", folder="link/hood", unshare=("--mount",),
          make="mkdir \"$PLACE\"/disk && mount -t tmpfs -o size=2g none \"$PLACE\"/disk && mkdir \"$PLACE\"/disk/there"
               " && ln -s \"$PLACE\"/disk/there \"$PLACE\"/link"),
    Place("noexec", "a data partition mounted noexec,nosuid,nodev, temporary files too", folder="disk/hood",
          unshare=("--mount",), environment={"TMPDIR": "{place}/disk", OPTIONS: "-Djava.io.tmpdir={place}/disk"},
          make="mkdir \"$PLACE\"/disk && mount -t tmpfs -o size=2g,noexec,nosuid,nodev none \"$PLACE\"/disk"),
    Place("slow-disk", "flash whose fsync takes 0.2 to 0.4 s, at times four", disk=True),
    Place("few-files", "256 open files a process", make="ulimit -n 256"),
    Place("little-memory", "JVMs that see 512 MB and have small stacks",
          environment={OPTIONS: "-XX:MaxRAM=512m -XX:ThreadStackSize=512"}),
    Place("vendor-options", "options that a vendor puts into JAVA_TOOL_OPTIONS",
          environment={OPTIONS: "-Dvendor=some -XX:-UsePerfData -Dfile.encoding=ISO-8859-1"}),
    Place("other-user", "as a user who is not root", user="nobody", environment={"HOME": "{place}"}),
)  # fmt: skip


def main(arguments):
    given = words(arguments)
    if given.list:
        for place in PLACES:
            print(f"{place.name:14} {place.about}")
        return 0
    known = {place.name: place for place in PLACES}
    for name in given.place:
        if name not in known:
            raise SystemExit(f"tests/places: no place {name!r}; --list names them")
    if given.inside:
        return inside(known[given.place[0]], Path(given.inside), given)
    chosen = [known[name] for name in given.place] or PLACES
    WORK.mkdir(parents=True, exist_ok=True)
    built()
    bad = skipped = 0
    for place in chosen:
        code, text = outcome(place, given)
        bad += code == 1
        skipped += code == 2
        print(text, flush=True)
    print(f"{len(chosen) - bad - skipped} passed, {bad} failed, {skipped} skipped")
    return 1 if bad else 0


def words(arguments):
    parser = argparse.ArgumentParser(prog="tests/places", description=__doc__)
    parser.add_argument("--list", action="store_true", help="the places, a line each")
    parser.add_argument("--boxes", type=int, default=6, help="boxes of the neighbourhood, 5 to 40 (6)")
    parser.add_argument("--seed", type=int, default=random.SystemRandom().randrange(1 << 31), help="of what is stored")
    parser.add_argument("--inside", help=argparse.SUPPRESS)
    parser.add_argument("place", nargs="*", help="which; else all")
    given = parser.parse_args(arguments)
    if not 5 <= given.boxes <= 40:
        parser.error("--boxes is 5 to 40")
    return given


def built():
    """Builds what is missing or old, once and outside of any place."""
    subprocess.run([str(ROOT / "runtime/hearth"), "--version"], check=True, stdout=subprocess.DEVNULL)


def outcome(place, given):
    """0 passed, 1 failed, 2 skipped; and the line that says so."""
    lacking = missing(place)
    if lacking:
        return 2, f"SKIPPED {place.name}: {lacking}"
    folder = Path(tempfile.mkdtemp(prefix=place.name + "-", dir=None if place.user else WORK))
    if place.user:
        folder.chmod(0o777)
    begun = time.monotonic()
    log = WORK / f"{place.name}.log"
    try:
        with contextlib.ExitStack() as stack, open(log, "wb") as out:
            before, environment = stack.enter_context(loads.slow_disk()) if place.disk else ([], {})
            ended = subprocess.run(
                [*before, *enter(place, folder, given)], stdin=subprocess.DEVNULL, stdout=out, stderr=subprocess.STDOUT,
                env={**os.environ, "PLACE": str(folder), **environment},
            )  # fmt: skip
    except loads.Unavailable as why:
        return 2, f"SKIPPED {place.name}: {why}"
    finally:
        shutil.rmtree(folder, ignore_errors=True)
    seconds = time.monotonic() - begun
    if ended.returncode == 0:
        return 0, f"passed  {place.name} ({place.about}): {seconds:.0f} s"
    last = log.read_text(errors="replace").strip().splitlines()[-1:] or ["nothing was printed"]
    again = f"tests/places {place.name} --boxes {given.boxes} --seed {given.seed}"
    return 1, f"FAILED  {place.name} ({place.about}): {last[0]}\n        log {log}; again: {again}"


def missing(place):
    if (place.unshare or place.user) and os.geteuid() != 0:
        return "only root can make this place"
    for tool, package in place.tools:
        if shutil.which(tool) is None:
            if os.geteuid() == 0 and shutil.which("apt-get"):
                install(package)
            if shutil.which(tool) is None:
                return f"{tool} is missing: apt-get install {package}"
    return ""


def install(package):
    quiet = {"stdout": subprocess.DEVNULL, "stderr": subprocess.DEVNULL}
    subprocess.run(["apt-get", "update", "-q"], check=False, **quiet)
    subprocess.run(["apt-get", "install", "-q", "-y", "--no-install-recommends", package], check=False, **quiet)


def enter(place, folder, given):
    """The command that makes the place and runs the job in it."""
    job = [
        sys.executable, str(HERE), place.name, "--inside", str(folder), "--boxes", str(given.boxes),
        "--seed", str(given.seed),
    ]  # fmt: skip
    if place.user:
        job = ["setpriv", "--reuid", place.user, "--regid", "nogroup", "--clear-groups", *job]
    script = " && ".join(part for part in (place.make, "exec " + shlex.join(job)) if part)
    unshare = ["unshare", *place.unshare, "--"] if place.unshare else []
    return [*unshare, "sh", "-c", script]


def inside(place, folder, given):
    home = folder / place.folder
    home.mkdir(parents=True, exist_ok=True)
    os.environ.update({name: value.format(place=folder) for name, value in place.environment.items()})
    job = place.job(
        home, boxes=given.boxes, seed=given.seed, host=place.host,
        again={name: value.format(place=folder) for name, value in place.again.items()},
        log=lambda text: print(text, flush=True),
    )  # fmt: skip
    try:
        job.run()
    except Failed as failed:
        print(" ".join(str(failed).split()), flush=True)
        return 1
    return 0


if __name__ == "__main__":
    try:
        sys.exit(main(sys.argv[1:]))
    except KeyboardInterrupt:
        sys.exit(130)
