"""The neighbourhood that a trial plays in: boxes on this machine, and emulated ones."""
import collections
import contextlib
import pathlib
import shutil
import subprocess
import sys
import time

from box import address, agent, boot, fleet
from box.hood import Hood
from box.machine import RUN
from box.problem import Problem

#: How long a put is tried again while a new box is not known to all.
PUT_SECONDS = 60
#: What of a box's status shows that it gets on.
STEPS = ("enrolled", "map", "members", "reads", "broker", "gateway", "endpoints", "health")
#: Boxes whose data partition is mounted noexec,nosuid,nodev in every scenario.
NOEXEC = (1,)
HERE = pathlib.Path(__file__).resolve().parent.parent
#: Waits for the end of its input, that is of whoever started it, and then ends what that left.
REAPER = """
import subprocess, sys
if sys.stdin.read() != "done":
    for command in ([sys.argv[1] + "/boxes", "down"],
                    [sys.argv[1] + "/../runtime/hearth", "down", "--dir", sys.argv[2]]):
        subprocess.run(command, stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
"""


class Stage:
    """Host boxes and emulated boxes of one neighbourhood. Owns all their processes."""

    def __init__(self, hosts, emulated, architecture, memory):
        self.hosts = hosts
        self.emulated = emulated
        self.architecture = architecture
        self.memory = memory
        self.folder = RUN / "trial-hood"
        self.hood = Hood(self.folder)
        self.boxes = []
        self.releases = 1
        self.rotten = collections.Counter()

    @contextlib.contextmanager
    def kept(self):
        """While this is open the processes may run; they end with it, and with this process, however it ends."""
        RUN.mkdir(mode=0o700, exist_ok=True)
        if any(machine.pid() for machine in fleet.machines()):
            raise Problem("emulated boxes run already: qemu/boxes down ends them")
        reaper = subprocess.Popen([sys.executable, "-c", REAPER, str(HERE), str(self.folder)],
                                  stdin=subprocess.PIPE, stdout=subprocess.DEVNULL, start_new_session=True, text=True)
        try:
            yield self
        finally:
            for machine in fleet.machines():
                machine.end()
            if (self.folder / "hood.json").exists():
                self.hood.run("down")
            reaper.communicate("done")

    def start_hosts(self):
        """A new neighbourhood of host boxes."""
        if (self.folder / "hood.json").exists():
            self.hood.run("down", "--delete")
        shutil.rmtree(self.folder, ignore_errors=True)
        self.hood.run("up", "--boxes", str(self.hosts), "--host", address.ensure(), seconds=1800)

    def start_emulated(self):
        """The emulated boxes, new ones; waits until each is enrolled and knows all others."""
        self.boxes = fleet.up(self.emulated, self.architecture, self.memory, True, 400, str(self.folder), noexec=NOEXEC)
        members = self.hosts + 1 + self.emulated
        for machine in self.boxes:
            self.until(f"box {machine.number} knows its neighbours", 120,
                       lambda m=machine: self.status(m).get("members", 0) >= members and self.status(m)["reads"],
                       lambda m=machine: self.headway(m))

    def put_film(self, folder, name=None):
        """Stores a film in class half-proof; again for a while where a new box's address is not known to all yet."""
        end = time.monotonic() + PUT_SECONDS
        while True:
            try:
                return self.hood.run("put", str(folder), "--class", "half-proof", "--name", name or folder.name)
            except Problem as refused:
                if "no endpoint is known" not in str(refused) or time.monotonic() > end:
                    raise
                time.sleep(1)

    @staticmethod
    def status(machine):
        """A box's own state."""
        return agent.control(machine, "/status")

    def sound(self, machine):
        """How many pieces a box must not lose: one that rot has touched may be set aside at any time."""
        return max(0, self.status(machine)["pieces"] - self.rotten[machine.number])

    @staticmethod
    def update(machine):
        """What release a box runs, and what its updates came to."""
        return agent.control(machine, "/update")

    @staticmethod
    def headway(machine):
        """What changes as long as a box gets on: what it says of itself, and its serial line."""
        try:
            told = agent.control(machine, "/status")
            steps = ", ".join(f"{step} {told.get(step)}" for step in STEPS)
        except agent.Failed:
            steps = "does not answer"
        return f"{steps}, {machine.serial.stat().st_size} bytes said"

    @staticmethod
    def until(what, seconds, condition, headway=lambda: ""):
        """Waits for a condition as long as there is headway within that time; seconds that it took."""
        begin = moved = time.monotonic()
        last = seen = ""
        while True:
            try:
                if condition():
                    return time.monotonic() - begin
            except agent.Failed as not_yet:
                last = f" ({not_yet})"
            now = headway()
            if now != seen:
                seen, moved = now, time.monotonic()
            if time.monotonic() - moved > seconds:
                raise Problem(f"not within {seconds} s: {what}{last}")
            time.sleep(0.3)

    def whole(self, machine, seconds=120):
        """Waits until a box is well: enrolled, with the broker, all bundles active, nothing wrong with its health."""
        def well():
            status = self.status(machine)
            bundles = agent.control(machine, "/bundles")
            return status["enrolled"] and status["broker"] and not status["health"] and all(bundles.values())

        return self.until(f"box {machine.number} is well again", seconds, well, lambda: self.headway(machine))

    def publish(self, bad=False):
        """A new release; its target."""
        self.releases += 1
        flags = ["--bad"] if bad else []
        return self.hood.run("release", "sample", str(self.releases), *flags)["target"]

    def begin(self, target, group=""):
        """Begins a campaign; its number."""
        whom = ["--group", group] if group else []
        plan = ["--release", target, "--canary", "5%", "--health-window", "3s", "--patience", "4m"]
        return self.hood.run("fleet", "update", *plan, *whom)["campaign"]

    def ended(self, campaign, seconds=420):
        """Waits for a campaign's end; how it stands then."""
        return self.hood.run("fleet", "status", str(campaign), "--watch", seconds=seconds)

    def again(self, machine):
        """Brings a box back that a scenario left off, or behind a bad line."""
        if machine.pid() is None:
            machine.boot()
            boot.wait(machine, 300)
        machine.qmp("set_link", name="cable", up=True)
        machine.keep(slow=None)
