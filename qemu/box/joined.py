"""When a box that has enrolled is a neighbour: others know where it is, and it can hold and read what is stored."""
import time

from . import agent
from .problem import Problem

#: Without a change, after which it is left to come by itself.
STANDSTILL_SECONDS = 120
LOOK_SECONDS = 1
STEPS = ("enrolled", "broker", "members", "endpoints", "reads")


def wait(machine, standstill=STANDSTILL_SECONDS, look=agent.control, clock=time.monotonic, pause=time.sleep):
    """Until the ingest node has met the box (it has given it the films' key), as long as something changes; what is
    missing where that does not come, else nothing."""
    seen = None
    since = clock()
    while True:
        told = _told(machine, look)
        if told.get("reads") and told.get("endpoints"):
            return ""
        if told != seen:
            seen, since = told, clock()
        elif clock() - since > standstill:
            return (f"box {machine.number} has enrolled, but is not met by its neighbours yet, for {standstill} s "
                    f"without a change ({_words(told)}): what is put now may pass it by")
        pause(LOOK_SECONDS)


def _told(machine, look):
    try:
        status = look(machine, "/status")
    except agent.Failed:
        return {}
    except Problem as gone:
        raise Problem(f"box {machine.number} has enrolled, and then: {gone}") from gone
    return {step: status.get(step) for step in STEPS}


def _words(told):
    return ", ".join(f"{step} {value}" for step, value in told.items()) or "it says nothing"
