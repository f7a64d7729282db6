"""What a box takes: seconds to each step of its boot, bytes of flash, memory at rest and under load."""
import json
import threading
import time

from box import agent, boot, fleet, images
from box.problem import Problem

from . import film
from .scenarios import _make, _put
from .stage import Stage

HOSTS = 3
MEMORY = 256
REST_SECONDS = 30
SHOWINGS = 3
SAMPLE_SECONDS = 0.5


def measure(architecture):
    """Figures of one architecture by name; seconds, and bytes."""
    figures = {f"bytes of {name}": size for name, size in _sizes(architecture).items()}
    with Stage(HOSTS, 1, architecture, MEMORY).kept() as stage:
        # Nothing else runs: first the framework alone, then everything.
        alone = _boot(architecture, True)["bundles active"]
        marks = _boot(architecture, False)
        figures.update({f"seconds to {name}": seconds for name, seconds in marks.items()})
        figures["seconds of the framework alone"] = alone
        figures["times the framework alone"] = round(marks["bundles active"] / alone, 2)
        stage.start_hosts()
        stage.start_emulated()
        machine = stage.boxes[0]
        figures["seconds to enrolled"] = boot.marks(machine.log())["enrolled"]
        stage.put_film(film.FILM)
        time.sleep(REST_SECONDS)
        figures["RSS at rest"], _ = _rss(machine)
        figures["heap at rest"] = _live_heap(machine)
        figures["heap limit"] = stage.status(machine)["heapMax"]
        figures.update(_load(stage, machine))
    return figures


def _boot(architecture, bare):
    machine, = fleet.up(1, architecture, MEMORY, True, 300, bare=bare)
    machine.end()
    return boot.marks(machine.log())


def _sizes(architecture):
    path = images.find(architecture) / "sizes.json"
    try:
        return json.loads(path.read_text())
    except (OSError, ValueError) as trouble:
        raise Problem(f"{path}: {trouble}; firmware-image/build {architecture} writes it") from trouble


def _rss(machine):
    """Resident bytes of Java now, and at most so far."""
    now, most = agent.text(
        machine, "sed -n 's/^Vm\\(RSS\\|HWM\\):[^0-9]*\\([0-9]*\\).*/\\1 \\2/p' /proc/$(cat /run/middleware.pid)/status"
        " | sort -r | cut -d' ' -f2").split()
    return int(now) << 10, int(most) << 10


def _live_heap(machine):
    """Bytes in use after a collection; a heap dump of live objects is one."""
    agent.control(machine, "/heap", 300, path="/data/figures.hprof")
    agent.run(machine, "rm -f /data/figures.hprof")
    return Stage.status(machine)["heap"]


def _load(stage, machine):
    """While a film plays through it and its household puts 4 MiB."""
    heaps = []
    done = threading.Event()

    def sample():
        while not done.wait(SAMPLE_SECONDS):
            heaps.append(stage.status(machine)["heap"])

    sampler = threading.Thread(target=sample, name="sampler")
    sampler.start()
    try:
        for _ in range(SHOWINGS):
            film.play(machine.gateway_port)
        _make(machine, "load", 4)
        _put(machine, "load")
    finally:
        done.set()
        sampler.join()
    now, most = _rss(machine)
    return {"RSS under load": now, "RSS at most": most, "heap under load": max(heaps, default=0)}
