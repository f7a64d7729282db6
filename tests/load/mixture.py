"""Checkouts of other versions, and a neighbourhood that is driven by one's command or another's."""

import json
import os
import random
import re
import shutil
import signal
import socket
import subprocess
import time
import urllib.error
import urllib.request
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

    def begin(self, home, *words):
        """A command that goes on meanwhile."""
        command = [str(self.path / "runtime/hearth"), *words, "--dir", str(home)]
        return subprocess.Popen(command, cwd=home.parent, stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL,
                                stderr=subprocess.DEVNULL)  # fmt: skip

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
        folder.mkdir(parents=True)

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

    def troubled(self, tree, rounds):
        """Boxes are killed and frozen, one at a time, while objects are put: what was acknowledged stays."""
        for number in range(rounds):
            name = f"troubled-{self.released}-{number}"
            content = self.draw.randbytes(300_000)
            (self.folder / name).write_bytes(content)
            box = self.draw.randrange(1, self.boxes + 1)
            freeze = self.draw.random() < 0.4
            put = tree.begin(self.home, "put", str(self.folder / name), "--class", "half-proof")
            time.sleep(self.draw.uniform(0, 3))
            if freeze:
                pid = int((self.home / f"box-{box}" / "pid").read_text().split()[0])
                os.kill(pid, signal.SIGSTOP)
            else:
                tree.hearth(self.home, "box", "kill", str(box))
            acknowledged = put.wait() == 0
            if freeze:
                os.kill(pid, signal.SIGCONT)
            else:
                tree.hearth(self.home, "box", "start", str(box))
            listed = name in {each["name"] for each in tree.json(self.home, "ls")["objects"]}
            if acknowledged and not listed:
                raise Failed(f"{name} was acknowledged while box {box} was {'frozen' if freeze else 'killed'}, and is lost")
            if listed:
                self.objects[name] = content

    def remove(self, tree, name):
        tree.hearth(self.home, "rm", name)
        del self.objects[name]

    def whole(self, tree, boxes=()):
        """Every object that was acknowledged is there, unchanged, by each of these boxes; no other is."""
        listed = {each["name"] for each in tree.json(self.home, "ls")["objects"]}
        if listed != set(self.objects):
            raise Failed(f"ls shows {sorted(listed)}, not {sorted(self.objects)}")
        gateways = self.gateways(tree, boxes or (1,))
        for name, content in self.objects.items():
            for box, url in gateways.items():
                if self.read(f"{url}film/{name}") != content:
                    raise Failed(f"{name} came back changed through box {box}")

    def gateways(self, tree, boxes):
        """Where players ask these boxes."""
        shown = {box["number"] if "number" in box else box["box"]: box for box in tree.json(self.home, "status")["boxes"]}
        silent = [box for box in boxes if "gateway" not in (shown.get(box, {}).get("status") or {})]
        if silent:
            raise Failed(f"boxes {silent} do not say where players ask them: {json.dumps(list(shown.values()))[:800]}")
        return {box: shown[box]["status"]["gateway"] for box in boxes}

    def read(self, url):
        """As a player does: asked again while it says that it can't now."""
        end = time.monotonic() + 120
        while True:
            try:
                with urllib.request.urlopen(url, timeout=120) as answer:
                    return answer.read()
            except (urllib.error.HTTPError, OSError) as refusal:
                passes = not isinstance(refusal, urllib.error.HTTPError) or refusal.code == 503
                if not passes or time.monotonic() > end:
                    raise Failed(f"{url}: {refusal}") from refusal
            time.sleep(1)

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
        boxes = {box["box"]: (box.get("status") or {}).get("pieces") for box in status["boxes"]}
        if len(boxes) < self.boxes or None in boxes.values():
            raise Failed(f"not all of {self.boxes} boxes answer: {json.dumps(status)[:800]}")
        return boxes

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


class Away:
    """One more box, with a tree's own firmware, on no list of the neighbourhood's: it may be off for as long as it
    likes."""

    def __init__(self, hood, tree):
        self.hood = hood
        self.node = hood.folder / "away"
        self.process = None
        known = self._ids(tree)
        with socket.socket() as drawn:
            drawn.bind(("127.0.0.1", 0))
            port = drawn.getsockname()[1]
        tree.hearth(hood.home, "box", "new", "--out", str(self.node), "--at", str(self.node),
                    "--announce", "127.0.0.1", "--port", str(port))  # fmt: skip
        (self.node / "etc" / "tv.hearth.gateway.cfg").write_text("port=0\n")
        software = hood.folder / "away-software"
        shutil.copytree(hood.home / "software", software)
        self.command = ["java", "-Xmx64m", "-cp", f"{software}/felix.jar:{software}/host.jar", "tv.hearth.host.HostMain",
                        str(software / "box"), str(self.node)]  # fmt: skip
        self.start()
        hood.until("one more box enrols", lambda: bool(self._ids(tree) - known))
        self.id, = self._ids(tree) - known

    def _ids(self, tree):
        return {box["id"] for box in self.entries(tree)}

    def entries(self, tree):
        return tree.json(self.hood.home, "box", "list")["boxes"]

    def entry(self, tree):
        entry, = (box for box in self.entries(tree) if box["id"] == self.id)
        return entry

    def start(self):
        with open(self.node / "log.txt", "ab") as log:
            self.process = subprocess.Popen(self.command, stdin=subprocess.DEVNULL, stdout=log, stderr=log)

    def off(self):
        if self.process is not None:
            self.process.terminate()
            self.process.wait()
            self.process = None
