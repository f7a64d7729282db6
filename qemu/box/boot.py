"""How far a box has come, by the marks that its firmware leaves on the serial line."""
import re
import time

from . import serial, truth
from .problem import Problem

UP = "hearth is up"
ENROLLED = "enrolled"
#: Nothing more comes of a box that says so.
RECOVERY = "RECOVERY"
#: How often QEMU is asked whether the box stands still.
LOOK_SECONDS = 5
#: Three tries of each slot, and the boot that finds neither good.
MOST_BOOTS = 8
#: Name of a step, and the text of its mark.
STEPS = (
    ("kernel and initramfs", "initramfs"),
    ("init", "init, slot"),
    ("Java", "java"),
    ("framework", "framework"),
    ("bundles active", "bundles are active"),
    ("doors open", UP),
    ("enrolled", ENROLLED),
)
_MARK = re.compile(r"hearth-boot: ([0-9.]+) s (.*)")


def marks(log):
    """Seconds since power-on of each step of the last boot, by the step's name."""
    found = {}
    for seconds, text in _MARK.findall(log):
        text = text.strip()
        if text == "initramfs":
            found = {}
        for name, mark in STEPS:
            if text.startswith(mark) or mark in ("bundles are active",) and mark in text:
                found.setdefault(name, float(seconds))
    return found


def words(log):
    """The same in words."""
    return ", ".join(f"{name} {seconds:.1f} s" for name, seconds in marks(log).items()) or "nothing yet"


def wait(machine, seconds, mark=UP, from_byte=0):
    """Until the log has the mark behind that byte, as long as new steps come: a Problem with the log's last lines where
    none came for so many seconds, or where the box starts again and again."""
    begun = time.monotonic()
    end = begun + seconds
    look = begun + LOOK_SECONDS
    boots = 0
    wanted, recovery, step, start = (serial.Follower(machine.serial, from_byte) for _ in range(4))
    while not wanted.saw(f" s {mark}"):
        if machine.pid() is None:
            raise Problem(f"box {machine.number} ended by itself; {machine.tail()}")
        if recovery.saw(f" s {RECOVERY}"):
            raise Problem(f"box {machine.number} came up in its recovery state; {machine.tail()}")
        if time.monotonic() > look:
            truth.require(machine)
            look = time.monotonic() + LOOK_SECONDS
        if step.saw("hearth-boot: "):
            end = time.monotonic() + seconds
        if start.saw(" s initramfs"):
            boots += 1
        if boots > MOST_BOOTS:
            raise Problem(f"box {machine.number} starts again and again, without '{mark}'; {machine.tail()}")
        if time.monotonic() > end:
            waited = time.monotonic() - begun
            raise Problem(f"box {machine.number}: no '{mark}' after {waited:.0f} s, and no step for {seconds:.0f} s; "
                          f"{machine.tail()}")
        time.sleep(0.2)
