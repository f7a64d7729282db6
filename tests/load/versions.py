"""Two versions at once, with real processes: releases of before, this one, and a synthetic next one that raises
every number it can (load/versions/future.patch). A line a step; each says what it proves."""

import argparse
import json
import random
import re
import shutil
import subprocess
import sys
import time
import zipfile
from pathlib import Path

HERE = Path(__file__).resolve().parent
ROOT = HERE.parent.parent
WORK = ROOT / "target" / "versions"
FUTURE = HERE / "versions" / "future.patch"


class Failed(Exception):
    """What should have held and did not, with what was printed."""


class Tree:
    """A checkout that is, or can be, built, and its command."""

    def __init__(self, name, path):
        self.name = name
        self.path = path

    def hearth(self, home, *words, must=True):
        command = [str(self.path / "runtime/hearth"), *words, "--dir", str(home)]
        done = subprocess.run(command, cwd=home.parent, stdin=subprocess.DEVNULL, capture_output=True, text=True)
        if must and done.returncode != 0:
            raise Failed(f"[{self.name}] hearth {' '.join(words)}: {(done.stderr or done.stdout).strip()[-1500:]}")
        return done

    def run(self, *words):
        """A command that is of no neighbourhood."""
        done = subprocess.run([str(self.path / "runtime/hearth"), *map(str, words)], stdin=subprocess.DEVNULL,
                              capture_output=True, text=True)  # fmt: skip
        if done.returncode != 0:
            raise Failed(f"[{self.name}] hearth {words[0]} {words[1]}: {(done.stderr or done.stdout).strip()[-1500:]}")

    def json(self, home, *words):
        return json.loads(self.hearth(home, *words, "--json").stdout.strip().splitlines()[-1])


def exported(name, commit):
    """That commit's files; kept, for they don't change."""
    path = WORK / f"{name}-{commit[:12]}"
    if not path.exists():
        part = path.with_suffix(".part")
        shutil.rmtree(part, ignore_errors=True)
        part.mkdir(parents=True)
        archive = subprocess.Popen(["git", "-C", str(ROOT), "archive", commit], stdout=subprocess.PIPE)
        subprocess.run(["tar", "-x", "-C", str(part)], stdin=archive.stdout, check=True)
        if archive.wait() != 0:
            raise Failed(f"{commit} is not in this repository's history: fetch it whole (git fetch --unshallow)")
        part.rename(path)
    return Tree(name, path)


def future():
    """This checkout's tracked files, with the patch that makes a next release of them."""
    path = WORK / "future"
    path.mkdir(parents=True, exist_ok=True)
    files = subprocess.run(["git", "-C", str(ROOT), "ls-files", "-z"], capture_output=True, check=True).stdout
    for name in files.decode().split("\0"):
        source, target = ROOT / name, path / name
        if name and source.is_file() and not same(source, target):
            target.parent.mkdir(parents=True, exist_ok=True)
            shutil.copy2(source, target)
    patched = subprocess.run(["patch", "-p1", "-N", "-s", "-r", "-", "-i", str(FUTURE)], cwd=path, capture_output=True,
                             text=True)
    if patched.returncode != 0:
        raise Failed(f"{FUTURE} does not apply to these sources any more: {patched.stdout}{patched.stderr}")
    return Tree("next", path)


def renewed(jar, target, number):
    """The same bundle with a version of its own."""
    with zipfile.ZipFile(jar) as old, zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as made:
        for entry in old.infolist():
            content = old.read(entry)
            if entry.filename == "META-INF/MANIFEST.MF":
                content = re.sub(rb"(?m)^(Bundle-Version: \d+\.\d+\.\d+)[^\r\n]*", rb"\1.r%04d" % number, content, count=1)
            made.writestr(entry, content)


def failing(tree, target):
    """A bundle that starts well and then fails its health check: the one of 'release sample --bad'."""
    launcher, = (tree.path / "runtime/launcher/target").glob("tv.hearth.runtime.launcher-*[0-9].jar")
    name = "tv.hearth.launcher.bad.FailingProbe"
    manifest = ("Manifest-Version: 1.0\r\nBundle-ManifestVersion: 2\r\nBundle-SymbolicName: tv.hearth.failing\r\n"
                "Bundle-Version: 0.1.0\r\nImport-Package: tv.hearth.api.health;version=\"[0.1,1)\"\r\n"
                "Service-Component: OSGI-INF/probe.xml\r\n\r\n")
    probe = ('<?xml version="1.0" encoding="UTF-8"?><scr:component xmlns:scr="http://www.osgi.org/xmlns/scr/v1.3.0"'
             f' name="failing" immediate="true"><implementation class="{name}"/><service>'
             '<provide interface="tv.hearth.api.health.HealthProbe"/></service></scr:component>')
    path = name.replace(".", "/") + ".class"
    with zipfile.ZipFile(launcher) as code, zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as made:
        made.writestr("META-INF/MANIFEST.MF", manifest)
        made.writestr("OSGI-INF/probe.xml", probe)
        made.writestr(path, code.read(path))


def same(source, target):
    return target.exists() and source.stat().st_mtime_ns == target.stat().st_mtime_ns


class Hood:
    """A neighbourhood, driven by one tree's command or another's, and what it must not lose."""

    def __init__(self, folder, boxes, seed):
        self.home = folder / "neighbourhood"
        self.folder = folder
        self.boxes = boxes
        self.draw = random.Random(seed)
        self.seed = seed
        self.objects = {}
        self.released = 1

    def up(self, tree):
        tree.hearth(self.home, "up", "--boxes", str(self.boxes))

    def down(self, tree):
        tree.hearth(self.home, "down")

    def put(self, tree, name, size=200_000):
        content = self.draw.randbytes(size)
        file = self.folder / name
        file.write_bytes(content)
        tree.hearth(self.home, "put", str(file), "--class", "half-proof")
        self.objects[name] = content

    def remove(self, tree, name):
        tree.hearth(self.home, "rm", name)
        del self.objects[name]

    def whole(self, tree, boxes=()):
        """Every object that was acknowledged is there, unchanged, by each of these boxes; no other is."""
        listed = {each["name"] for each in tree.json(self.home, "ls")["objects"]}
        if listed != set(self.objects):
            raise Failed(f"ls shows {sorted(listed)}, not {sorted(self.objects)}")
        for name, content in self.objects.items():
            for box in boxes or (None,):
                copy = self.folder / "copy"
                copy.unlink(missing_ok=True)
                through = () if box is None else ("--box", str(box))
                tree.hearth(self.home, "get", name, "--output", str(copy), *through)
                if copy.read_bytes() != content:
                    raise Failed(f"{name} came back changed through box {box}")

    def release(self, tool, tree, bad=False, only=None):
        """The tree's bundles as a release with the next counter, made with that tool; its name."""
        self.released += 1
        version = f"0.1.{self.released}"
        repository, keys = self.home / "repository", self.home / "release-keys"
        tool.run("release", "build", "--repository", repository, "--name", "hearth", "--version", version,
                 "--bundles", self.jars(tree, bad, only), "--health-window", "PT3S")  # fmt: skip
        for key in ("release-1.key", "release-2.key"):
            for staged in sorted((repository / "staged").glob("*.targets.json")):
                tool.run("release", "sign", staged, "--key", keys / key)
        tool.run("release", "publish", "--repository", repository, "--online-key", keys / "online.key")
        return f"hearth/{version}"

    def jars(self, tree, bad, only):
        """Its bundles with bytes of their own each time, all of them or one: such are in no box's firmware."""
        folder = self.folder / "jars"
        shutil.rmtree(folder, ignore_errors=True)
        folder.mkdir()
        for jar in (tree.path / "runtime/box/target/export/box").glob("*.jar"):
            if only is None or jar.name.startswith(f"{only}-"):
                renewed(jar, folder / jar.name, self.released)
            else:
                shutil.copy2(jar, folder / jar.name)
        if bad:
            failing(tree, folder / "failing.jar")
        return folder

    def campaign(self, tree, target, end, *flags):
        """A campaign to its end, which must be this one; how it stands then."""
        tree.hearth(self.home, "fleet", "update", "--release", target, "--canary", "20%", "--health-window", "3s",
                    "--telemetry", "off", "--seed", str(self.seed), *flags)  # fmt: skip
        tree.hearth(self.home, "fleet", "status", "--watch", must=False)
        state = tree.json(self.home, "fleet", "status")
        if state["status"] != end:
            raise Failed(f"{target}: {state['status']}, not {end}: {json.dumps(state)[:800]}")
        return state

    def held(self, tree):
        """Pieces by box, and what any box's health complains of."""
        status = tree.json(self.home, "status")
        boxes = [box for box in status["boxes"] if "pieces" in box]
        if len(boxes) < self.boxes:
            raise Failed(f"only {len(boxes)} of {self.boxes} boxes answer: {json.dumps(status)[:800]}")
        return {box.get("number", box.get("name")): box["pieces"] for box in boxes}

    def until(self, what, condition, seconds=300):
        end = time.monotonic() + seconds
        last = None
        while time.monotonic() < end:
            try:
                last = condition()
                if last is True:
                    return
            except Failed as not_yet:
                last = str(not_yet)
            time.sleep(0.5)
        raise Failed(f"not within {seconds} s: {what} (last: {last})")


def mixed(hood, old, new, say):
    """Old and new boxes beside each other, then all new, then all old again."""
    hood.up(old)
    hood.put(old, "first")
    hood.put(old, "second")
    say("an old neighbourhood stores", hood.whole(old))
    hood.campaign(old, hood.release(new, new), "COMPLETED", "--group", "percent=50")
    hood.put(old, "mixed")
    hood.put(old, "first")
    hood.remove(old, "second")
    say("half of it new: put, overwritten, deleted, read through each box", hood.whole(old, range(1, hood.boxes + 1)))
    hood.campaign(old, hood.release(new, new), "COMPLETED")
    hood.put(old, "all-new")
    say("all boxes new, the headend old", hood.whole(old))
    hood.down(old)
    hood.up(new)
    hood.put(new, "new-headend")
    say("all new, started again", hood.whole(new, range(1, hood.boxes + 1)))
    for number in range(20):
        hood.put(new, f"many-{number}", 3_000)
    hood.campaign(new, hood.release(new, old), "COMPLETED")
    say("boxes back to the old bundles, after the new ones wrote", hood.whole(new, range(1, hood.boxes + 1)))
    hood.down(new)
    hood.up(old)
    hood.put(old, "old-again")
    say("headend and boxes old, over what the new ones wrote", hood.whole(old))


def replaced(hood, old, new, say):
    """The firmware is replaced under boxes whose release uses nearly all of its jars."""
    hood.campaign(old, hood.release(old, old, only="tv.hearth.storage"), "COMPLETED")
    hood.down(old)
    hood.up(new)
    hood.put(new, "on-another-firmware")
    say("another firmware under a release that used the former one's jars", hood.whole(new, range(1, hood.boxes + 1)))
    hood.campaign(new, hood.release(new, new), "COMPLETED")
    say("and a release over it", hood.whole(new))


def taken_back(hood, new, later, say):
    """The case that asked for all this: a release raises a schema, fails its health check, and is taken back."""
    before = hood.held(new)
    hood.campaign(new, hood.release(new, later, bad=True), "STOPPED")
    hood.until("every piece is counted again", lambda: hood.held(new) == before or f"{hood.held(new)}, not {before}")
    say("a next release raised its schemas, failed and went back: every store open, every piece counted",
        hood.whole(new, range(1, hood.boxes + 1)))  # fmt: skip


def raised(hood, new, later, say):
    """The level, over a real next release."""
    hood.campaign(new, hood.release(later, later), "COMPLETED")
    hood.put(new, "before-the-raise")
    hood.down(new)
    hood.up(later)
    hood.until("all members read level 2", lambda: not later.json(hood.home, "fleet", "level")["cannotRead"])
    later.hearth(hood.home, "fleet", "level", "raise", "--dry-run")
    later.hearth(hood.home, "fleet", "level", "raise")
    hood.put(later, "at-level-2")
    say("raised to level 2", hood.whole(later, range(1, hood.boxes + 1)))
    back = hood.release(later, new)
    refused = later.hearth(hood.home, "fleet", "update", "--release", back, must=False)
    if refused.returncode == 0 or "level" not in refused.stderr + refused.stdout:
        raise Failed(f"a release that can't read the level was taken: {refused.stdout}{refused.stderr}")
    say("a release that can't read it is refused by name", None)


def main(arguments):
    given = words(arguments)
    WORK.mkdir(parents=True, exist_ok=True)
    releases = [line.split() for line in (HERE / "versions/releases.txt").read_text().splitlines() if line[:1] != "#"]
    new = Tree("this", ROOT)
    folder = WORK / "run"
    begun = time.monotonic()

    def say(what, _):
        print(f"{time.monotonic() - begun:6.0f} s  {what}", flush=True)

    hood = None
    later = future()
    try:
        for version, commit in releases:
            old = exported(version, commit)
            for tree in (old, new, later):
                subprocess.run([str(tree.path / "runtime/hearth"), "--version"], check=True, stdout=subprocess.DEVNULL)
            shutil.rmtree(folder, ignore_errors=True)
            folder.mkdir()
            hood = Hood(folder, given.boxes, given.seed)
            print(f"{version}, this one and a synthetic next one; {given.boxes} boxes, seed {given.seed}", flush=True)
            mixed(hood, old, new, say)
            replaced(hood, old, new, say)
            taken_back(hood, new, later, say)
            if not given.short:
                raised(hood, new, later, say)
            new.hearth(hood.home, "down", "--delete")
    except Failed as failed:
        print(f"FAILED (seed {given.seed}): {failed}", file=sys.stderr)
        if hood is not None:
            new.hearth(hood.home, "down", must=False)
        return 1
    print("all of it held")
    return 0


def words(arguments):
    parser = argparse.ArgumentParser(prog="tests/versions", description=__doc__)
    parser.add_argument("--short", action="store_true", help="without the raise of the level")
    parser.add_argument("--boxes", type=int, default=6, help="boxes of the neighbourhood, 5 to 40 (6)")
    parser.add_argument("--seed", type=int, default=random.SystemRandom().randrange(1 << 31), help="of what is stored")
    return parser.parse_args(arguments)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
