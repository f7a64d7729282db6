"""What the commands do."""
import re
import time

from .machine import RUN, Machine
from .problem import Problem

STEPS = (
    ("kernel and initramfs", "initramfs"),
    ("init", "init, slot"),
    ("Java starts", "middleware starts"),
    ("bundles run", "hearth is up"),
)


def up(count, architecture, memory, fresh, timeout):
    """Boots boxes and waits until each has come up."""
    if not 1 <= count <= 8:
        raise Problem("1…8 boxes; two are as much as two cores emulate at once")
    machines = [Machine(number) for number in range(1, count + 1)]
    for machine in machines:
        machine.boot(architecture, memory, fresh)
    for machine in machines:
        wait(machine, timeout)
        print(f"box {machine.number} is up: {steps(machine)}; its films "
              f"http://127.0.0.1:{machine.port('gateway')}/film/")


def wait(machine, timeout, from_byte=0):
    """Until its bundles run; the last lines of its log are in the Problem where they don't."""
    end = time.monotonic() + timeout
    while STEPS[-1][1] not in machine.log()[from_byte:]:
        if machine.pid() is None:
            raise Problem(f"box {machine.number} ended: {tail(machine)}")
        if time.monotonic() > end:
            raise Problem(f"box {machine.number} has not come up in {timeout} s; it still runs. {tail(machine)}")
        time.sleep(0.2)


def tail(machine):
    """The last lines of what it and QEMU said."""
    errors = machine.folder / "qemu.log"
    text = machine.log() + (errors.read_text(errors="replace") if errors.exists() else "")
    return "its last lines:\n" + "\n".join(text.splitlines()[-15:])


def steps(machine):
    """Seconds since power-on at each step of the last boot."""
    log = machine.log()
    log = log[max(0, log.rfind("s initramfs") - 40):]
    found = []
    for name, mark in STEPS:
        seconds = re.search(rf"hearth-boot: ([0-9.]+) s {mark}", log)
        if seconds:
            found.append(f"{name} {float(seconds.group(1)):.1f} s")
    return ", ".join(found) or "nothing yet"


def machines():
    """Boxes that have a folder."""
    numbers = sorted(int(path.name[4:]) for path in RUN.glob("box-*"))
    return [Machine(number) for number in numbers]


def running(number):
    """A box that runs."""
    machine = Machine(number)
    if machine.pid() is None:
        raise Problem(f"box {number} does not run: qemu/boxes up starts it, qemu/boxes status shows what runs")
    return machine


def status():
    for machine in machines():
        pid = machine.pid()
        print(f"box {machine.number}  {'runs, pid ' + str(pid) if pid else 'off'}  {steps(machine)}")


def down():
    for machine in machines():
        if machine.end():
            print(f"box {machine.number} ended; kept {machine.folder}")


def console(number):
    machine = Machine(number)
    if not machine.serial.exists():
        raise Problem(f"box {number} has no log: it never ran")
    shown = 0
    while True:
        text = machine.log()
        print(text[shown:], end="", flush=True)
        shown = len(text)
        if machine.pid() is None:
            return
        time.sleep(0.2)


def power_cut(number):
    machine = running(number)
    before = len(machine.log())
    machine.power_cut()
    wait(machine, 300, before)
    print(f"box {number} is up again: {steps(machine)}")


def cable(number, plugged):
    running(number).cable(plugged)
    print(f"box {number}: cable {'in' if plugged else 'out'}")
