"""Bringing boxes up and down."""
import contextlib
import time

from . import boot, joined, truth
from .hood import Hood
from .machine import RUN, Machine, _locked
from .problem import Problem

MOST = 8


def up(count, architecture, memory, fresh, timeout, hood=None, bare=False, noexec=()):
    """Boots boxes 1…count, but for those that run, and waits until each has come up, and is met by its neighbours.

    An architecture, or several: box I is of the Ith of them, and again from the first. Boxes whose number is in noexec
    can run nothing of their data partition. One that does not come up is
    ended, and named in the Problem; the others stay. Interrupted, all that it started are ended.
    """
    architectures = architecture.split(",")
    if not 1 <= count <= MOST:
        raise Problem(f"1…{MOST} boxes; two are as much as two cores emulate at once")
    if not 64 <= memory <= 2048:
        raise Problem(f"--memory takes 64…2048 MiB, not {memory}")
    RUN.mkdir(mode=0o700, exist_ok=True)
    into = Hood(hood) if hood else None
    if into:
        into.require_reachable()
    started = []
    with _locked(RUN / "up.lock", "another 'qemu/boxes up' is under way"):
        try:
            boxes = [Machine(number) for number in range(1, count + 1)]
            new = [machine for machine in boxes if machine.pid() is None] or boxes
            for machine in new:
                machine.prepare(architectures[(machine.number - 1) % len(architectures)], memory, fresh, into, bare)
                machine.keep(noexec=machine.number in noexec)
            for machine in new:
                started.append(machine)
                machine.boot()
            _await(new, timeout, boot.ENROLLED if into else boot.UP)
            for note in filter(None, (joined.wait(machine) for machine in new) if into else ()):
                print(note, flush=True)
        except Problem:
            for machine in started:
                if not _came_up(machine):
                    machine.end()
            raise
        except BaseException:
            # Nothing is left running by an 'up' that was interrupted; the logs stay.
            for machine in started:
                machine.end()
            raise
    return boxes


def _await(boxes, timeout, mark):
    """Waits for each; those that did not come up are in one Problem."""
    failed = []
    for machine in boxes:
        try:
            boot.wait(machine, timeout, mark)
        except Problem as problem:
            failed.append(str(problem))
            machine.end()
    if failed:
        raise Problem("\n".join(failed))


def _came_up(machine):
    return machine.pid() is not None and f" s {boot.UP}" in machine.log()


def tell(machine):
    """What a person wants to know of a box that came up."""
    print(f"box {machine.number} is up: {boot.words(machine.log())}; its films "
          f"http://127.0.0.1:{machine.gateway_port}/film/, its EPG http://127.0.0.1:{machine.epg_port}/")


def machines():
    """Boxes that have a folder."""
    numbers = sorted(int(path.name[4:]) for path in RUN.glob("box-*") if path.name[4:].isdigit())
    return [Machine(number) for number in numbers]


def running(number):
    """A box that runs."""
    machine = Machine(number)
    truth.require(machine)
    return machine


def status():
    """A line a box."""
    if not machines():
        print("no boxes yet: qemu/boxes up 1")
    for machine in machines():
        settings = machine.settings
        state = truth.state(machine)
        if state == truth.RUNS:
            state = f"runs, pid {machine.pid()}"
        slow = f", line slowed to {settings['slow']}" if settings.get("slow") else ""
        cable = ", cable out" if settings.get("cable") else ""
        noexec = ", /data noexec" if settings.get("noexec") else ""
        print(f"box {machine.number}  {settings.get('arch')} {settings.get('memory')} MiB  {state}{slow}{cable}{noexec}  "
              f"port {machine.gateway_port}  {boot.words(machine.log())}")


def down():
    """Ends all; one that does not end does not keep the others."""
    left = []
    for machine in machines():
        try:
            if machine.end():
                print(f"box {machine.number} ended; kept {machine.folder}")
        except Problem as problem:
            left.append(str(problem))
    if left:
        raise Problem("; ".join(left))


def console(number):
    """The serial log as it grows, until the box ends."""
    machine = Machine(number)
    if not machine.serial.exists():
        raise Problem(f"box {number} has no log: it never ran")
    with machine.serial.open(encoding="utf-8", errors="replace") as log, contextlib.suppress(BrokenPipeError):
        while True:
            ended = machine.pid() is None
            print(log.read(), end="", flush=True)
            if ended:
                return
            time.sleep(0.2)
