"""All that tells how a box is, in a folder."""
import gzip
import json
import re
import shutil
import subprocess
import time

from . import agent, needs, serial
from .machine import RUN
from .problem import Problem

HEAP = "/data/collected.hprof"
SYSTEM = """
for command in uptime date 'df -k' free 'ps -o pid,vsz,rss,stat,args' 'ip addr' 'ip route' mount 'netstat -tn' dmesg
do
  echo "== $command"; $command 2>&1 | tail -n 200; echo
done
cat /proc/$(cat /run/middleware.pid)/status /run/marks /run/fsck 2>&1
"""
INVENTORY = r"""
cd /data/box/home/storage/pieces 2>/dev/null || exit 0
find . -name '*.piece' -exec stat -c '%n	%s	%Y' {} + | sed 's#^\./##' | sort
"""


def collect(machine):
    """Makes qemu/run/collected/box-I-TIME; what could not be had is named in its README."""
    into = RUN / "collected" / time.strftime(f"box-{machine.number}-%Y%m%d-%H%M%S")
    if not machine.serial.exists():
        raise Problem(f"box {machine.number} never ran: there is nothing to collect")
    into.mkdir(mode=0o700, parents=True)
    missing = []
    for name in ("serial.log", "serial.before.log", "qemu.log", "box.json"):
        if (machine.folder / name).exists():
            shutil.copy2(machine.folder / name, into / name)
    if machine.pid():
        _alive(machine, into, missing)
    else:
        _attempt(missing, "pieces.tsv", lambda: (into / "pieces.tsv").write_text(_offline(machine)))
    _readme(into, missing, bool(machine.settings.get("hood")))
    return into, missing


def _alive(machine, into, missing):
    def write(name, get):
        _attempt(missing, name, lambda: (into / name).write_bytes(get()))

    write("system.txt", lambda: agent.run(machine, SYSTEM))
    write("pieces.tsv", lambda: b"piece\tbytes\tmodified\n" + agent.run(machine, INVENTORY, 120))
    _attempt(missing, "threads.txt", lambda: _threads(machine, into))
    # A box by itself has no control listener, and so no state of Hearth's to tell.
    if machine.settings.get("hood"):
        for name in ("status", "update", "bundles"):
            write(f"{name}.json", lambda path=name: json.dumps(agent.control(machine, f"/{path}"), indent=1).encode())
        _attempt(missing, "heap.hprof", lambda: _heap(machine, into))
    shutil.copy2(machine.serial, into / "serial.log")


def _threads(machine, into):
    """By SIGQUIT, which a Java that is stuck still hears: it writes to the serial line."""
    before = machine.said()
    agent.run(machine, "kill -QUIT $(cat /run/middleware.pid)")
    end = time.monotonic() + 60
    while time.monotonic() < end:
        said = serial.since(machine.serial, before)
        dump = re.search(r"Full thread dump.*?(?:\n Metaspace .*?\n.*?\n|\Z)", said, re.DOTALL)
        if dump and "Metaspace" in dump[0]:
            (into / "threads.txt").write_text(dump[0])
            return
        time.sleep(0.2)
    raise Problem("Java wrote no whole thread dump within 60 s")


def _heap(machine, into):
    try:
        agent.control(machine, "/heap", 300, path=HEAP)
        packed = agent.run(machine, f"gzip -1 -c {HEAP}", 300)
    finally:
        agent.run(machine, f"rm -f {HEAP}")
    (into / "heap.hprof").write_bytes(gzip.decompress(packed))


def _offline(machine):
    """The pieces on the disk of a box that is off."""
    debugfs = needs.program("debugfs")

    def listed(folder):
        done = subprocess.run([debugfs, "-R", f"ls -p {folder}", str(machine.disk)],
                              capture_output=True, text=True, check=False)
        return [line.split("/")[5:7] for line in done.stdout.splitlines() if line.count("/") >= 6]

    root = "/box/home/storage/pieces"
    rows = ["piece\tbytes"]
    for shard, _ in listed(root):
        if re.fullmatch("[0-9a-f]{2}", shard):
            rows += [f"{shard}/{name}\t{size}" for name, size in listed(f"{root}/{shard}") if name.endswith(".piece")]
    return "\n".join(rows) + "\n"


def _attempt(missing, name, get):
    try:
        get()
    except Problem as problem:
        missing.append(f"{name}: {problem}")


def _readme(into, missing, joined):
    told = {
        "serial.log": "the serial line of this boot, serial.before.log that of the boot before",
        "system.txt": "processes, memory, disk, network, kernel log",
        "status.json": "Hearth's own state; update.json what it runs, bundles.json which bundles are active",
        "threads.txt": "Java's threads",
        "heap.hprof": "Java's heap. KEYS ARE IN IT: for Eclipse MAT or jhat, not for a bug tracker",
        "pieces.tsv": "the pieces that it holds",
    }
    text = "".join(f"{name:14} {what}\n" for name, what in told.items() if (into / name).exists())
    if not joined:
        text += "The box is by itself: it has no state in a neighbourhood, and no control listener to make a heap dump.\n"
    text += "".join(f"NOT HAD: {line}\n" for line in missing)
    (into / "README").write_text(text)
