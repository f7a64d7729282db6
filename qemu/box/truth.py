"""How a box really is, as QEMU itself tells: a process that is there may stand still."""
from . import qmp
from .problem import Problem

RUNS = "runs"
#: QEMU's words for a machine that stands still, and what to do.
STANDS = {
    "io-error": "this machine's disk is full or broken: make room",
    "paused": "it was paused, by a snapshot that was interrupted or by hand",
    "internal-error": "QEMU failed",
    "guest-panicked": "its kernel fell over",
}


def state(machine):
    """'off', 'runs', or why it stands still."""
    if machine.pid() is None:
        return "off"
    try:
        said = machine.qmp("query-status")
    except Problem as mute:
        return f"does not answer ({mute})"
    if said.get("running"):
        return RUNS
    word = said.get("status", "unknown")
    return f"stands still, {word}: {STANDS.get(word, 'ask QEMU')}; qemu/boxes resume {machine.number} goes on"


def require(machine):
    """A Problem where it does not run, with how it is."""
    found = state(machine)
    if found == "off":
        raise Problem(f"box {machine.number} does not run: qemu/boxes up starts it, qemu/boxes status shows what runs")
    if found != RUNS:
        raise Problem(f"box {machine.number} {found}")


def resume(machine):
    """Lets it go on."""
    if machine.pid() is None:
        require(machine)
    qmp.command(machine.folder, "cont")
    require(machine)
