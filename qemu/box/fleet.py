"""Bringing boxes up and down."""
import contextlib
import time

from . import boot
from .hood import Hood
from .machine import RUN, Machine, _locked
from .problem import Problem

MOST = 8


def up(count, architecture, memory, fresh, timeout, hood=None, bare=False):
    """Boots boxes 1…count and waits until each has come up; those that it started are ended where one does not."""
    if not 1 <= count <= MOST:
        raise Problem(f"1…{MOST} boxes; two are as much as two cores emulate at once")
    if not 64 <= memory <= 2048:
        raise Problem(f"--memory takes 64…2048 MiB, not {memory}")
    RUN.mkdir(mode=0o700, exist_ok=True)
    joined = Hood(hood) if hood else None
    if joined:
        joined.require_reachable()
    started = []
    with _locked(RUN / "up.lock", "another 'qemu/boxes up' is under way"):
        try:
            boxes = [Machine(number) for number in range(1, count + 1)]
            for machine in boxes:
                machine.prepare(architecture, memory, fresh, joined, bare)
            for machine in boxes:
                started.append(machine)
                machine.boot()
            end = time.monotonic() + timeout
            for machine in boxes:
                boot.wait(machine, max(1, end - time.monotonic()), boot.ENROLLED if joined else boot.UP)
        except BaseException:
            # Nothing is left running by an 'up' that failed or was interrupted; the logs stay.
            for machine in started:
                machine.end()
            raise
    return boxes


def tell(machine):
    """What a person wants to know of a box that came up."""
    print(f"box {machine.number} is up: {boot.words(machine.log())}; its films "
          f"http://127.0.0.1:{machine.gateway_port}/film/")


def machines():
    """Boxes that have a folder."""
    numbers = sorted(int(path.name[4:]) for path in RUN.glob("box-*") if path.name[4:].isdigit())
    return [Machine(number) for number in numbers]


def running(number):
    """A box that runs."""
    machine = Machine(number)
    if machine.pid() is None:
        raise Problem(f"box {number} does not run: qemu/boxes up starts it, qemu/boxes status shows what runs")
    return machine


def status():
    """A line a box."""
    if not machines():
        print("no boxes yet: qemu/boxes up 1")
    for machine in machines():
        pid = machine.pid()
        settings = machine.settings
        state = f"runs, pid {pid}" if pid else "off"
        slow = f", line slowed to {settings['slow']}" if settings.get("slow") else ""
        print(f"box {machine.number}  {settings.get('arch')} {settings.get('memory')} MiB  {state}{slow}  "
              f"{boot.words(machine.log())}")


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
