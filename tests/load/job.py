"""The main job in its short form: a neighbourhood comes up, stores, reads, takes a release, starts again and reads."""

import json
import os
import random
import shutil
import subprocess
import zipfile
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent.parent
CHANGED = "tv.hearth.storage"


class Failed(Exception):
    """A step that did not do what it should; its text says which and what was printed."""


class Job:
    """One neighbourhood of some boxes in one folder. Commands are run as a user would type them."""

    def __init__(self, folder, *, boxes, seed, host="", again=None, log=print):
        self.folder = Path(folder)
        self.home = self.folder / "neighbourhood"
        self.boxes = boxes
        self.seed = seed
        self.host = host
        self.again = again or {}
        self.environment = dict(os.environ)
        self.log = log

    def run(self):
        try:
            self.store()
            self.update()
            self.start_again()
            self.hearth("down", "--delete")
        except Failed:
            self.hearth("down", must=False)
            raise

    def store(self):
        self.up()
        self.files = {"film.bin": 3_000_000, "Größe ñ 名前.bin": 70_000}
        self.make()
        for name in self.files:
            self.hearth("put", str(self.folder / name), "--class", "half-proof")
        self.read_all()

    def make(self):
        draw = random.Random(self.seed)
        for name, size in self.files.items():
            (self.folder / name).write_bytes(draw.randbytes(size))

    def up(self):
        host = ["--host", self.host] if self.host else []
        self.hearth("up", "--boxes", str(self.boxes), *host)

    def read_all(self):
        listed = {film["name"] for film in self.json("ls")["objects"]}
        for name in self.files:
            if name not in listed:
                raise Failed(f"ls does not show {name!r} but {sorted(listed)}")
            copy = self.folder / "copy.bin"
            copy.unlink(missing_ok=True)
            self.hearth("get", name, "--output", str(copy))
            if copy.read_bytes() != (self.folder / name).read_bytes():
                raise Failed(f"{name} came back changed")

    def update(self):
        """A release whose storage is new goes through all boxes."""
        repository = self.home / "repository"
        keys = self.home / "release-keys"
        self.hearth(
            "release", "build", "--repository", str(repository), "--name", "hearth", "--version", "0.1.1",
            "--bundles", str(self.jars()), "--health-window", "PT5S", there=False,
        )  # fmt: skip
        for key in ("release-1.key", "release-2.key"):
            for staged in sorted((repository / "staged").glob("*.targets.json")):
                self.hearth("release", "sign", str(staged), "--key", str(keys / key), there=False)
        self.hearth("release", "publish", "--repository", str(repository), "--online-key", str(keys / "online.key"),
                    there=False)  # fmt: skip
        self.hearth(
            "fleet", "update", "--release", "hearth/0.1.1", "--canary", "20%", "--health-window", "5s",
            "--telemetry", "off", "--seed", str(self.seed),
        )  # fmt: skip
        self.hearth("fleet", "status", "--watch")
        state = self.json("fleet", "status")
        if state["status"] != "COMPLETED":
            raise Failed(f"the release's campaign ended otherwise: {json.dumps(state)[:500]}")
        self.read_all()

    def jars(self):
        """A box's bundles, of which one is new."""
        folder = self.folder / "jars"
        shutil.rmtree(folder, ignore_errors=True)
        folder.mkdir()
        for jar in (ROOT / "runtime/box/target/export/box").glob("*.jar"):
            if jar.name.startswith(CHANGED + "-"):
                renewed(jar, folder / jar.name)
            else:
                shutil.copy(jar, folder)
        return folder

    def start_again(self):
        """All off, as at night; on again, in another language where the place has one."""
        self.hearth("down")
        self.environment.update(self.again)
        self.up()
        self.read_all()

    def json(self, *words):
        said = self.hearth(*words, "--json")
        return json.loads(said.strip().splitlines()[-1])

    def hearth(self, *words, there=True, must=True):
        command = [str(ROOT / "runtime/hearth"), *words, *(["--dir", str(self.home)] if there else [])]
        self.log("$ " + " ".join(command))
        ended = subprocess.run(
            command, cwd=self.folder, env=self.environment, stdin=subprocess.DEVNULL, stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
        )  # fmt: skip
        out, error = ended.stdout.decode("utf-8", "replace"), ended.stderr.decode("utf-8", "replace")
        self.log(out + error)
        if must and ended.returncode != 0:
            raise Failed(f"hearth {' '.join(words)} ended with {ended.returncode}: {(error or out)[-1500:].strip()}")
        return out


def renewed(jar, target):
    """The same bundle with other bytes and a version above it."""
    with zipfile.ZipFile(jar) as old, zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as new:
        for entry in old.infolist():
            content = old.read(entry)
            if entry.filename == "META-INF/MANIFEST.MF":
                content = content.replace(b"Bundle-Version: 0.1.0", b"Bundle-Version: 0.1.0.renewed", 1)
            new.writestr(entry, content)
