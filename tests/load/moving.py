"""A film goes on while the boxes' address changes under it: as with a new lease, or a renumbered prefix.

Every box listens on all addresses and announces what its interfaces have, as boxes do; headend and broker stay on
loopback. All boxes share the interface, so all of them move at the same moment: no neighbour is where it was.
"""

import json
import subprocess
import threading
import time
import urllib.parse
import urllib.request

from job import Failed, Job

LINK = "box0"
BEFORE, AFTER = "10.78.0.1", "10.78.0.2"
FILM = "moving.bin"
FILM_BYTES = 40_000_000
CHUNK = 1 << 16
#: Bytes a second at which it is watched, and how many seconds a player has in hand.
RATE = 2_000_000
IN_HAND = 20
#: Goals, in seconds: a new address is announced, and every neighbour has been reached by it.
ANNOUNCED, REACHED = 5, 60


class Moving(Job):
    """A neighbourhood whose boxes get another address while one of them plays."""

    def run(self):
        try:
            self.up()
            self.hearth("down")
            for node in self.nodes():
                anywhere(node / "etc" / "tv.hearth.transfer.cfg")
            self.up()
            self.files = {FILM: FILM_BYTES}
            self.make()
            self.hearth("put", str(self.folder / FILM), "--class", "film")
            self.move()
            self.hearth("down", "--delete")
        except Failed:
            self.hearth("down", must=False)
            raise

    def nodes(self):
        return [self.home / "ingest", *(self.home / f"box-{number}" for number in range(1, self.boxes + 1))]

    def move(self):
        self.announced(BEFORE, ANNOUNCED)
        player = Player(self.gateway(1), (self.folder / FILM).read_bytes())
        player.start()
        player.halfway.wait()
        changed = {node: sequence(node) for node in self.nodes()}
        batch = f"address del {BEFORE}/24 dev {LINK}\naddress add {AFTER}/24 dev {LINK}\n"
        subprocess.run(["ip", "-batch", "-"], input=batch, text=True, check=True)
        begun = time.time()
        late = self.announced(AFTER, ANNOUNCED, begun, changed)
        self.log(f"signed and announced anew by all within {late:.1f} s")
        player.join()
        if player.trouble:
            raise Failed(f"the film broke off after the address had changed: {player.trouble}")
        self.log(f"the film went on; nothing came for {player.silence:.1f} s at most, stalls of {player.stalled:.1f} s")
        if player.stalled > 0:
            raise Failed(f"the film stood still for {player.stalled:.1f} s, with {IN_HAND} s in hand")
        for number in range(2, self.boxes + 1):
            whole = urllib.request.urlopen(self.gateway(number), timeout=REACHED).read()
            if whole != (self.folder / FILM).read_bytes():
                raise Failed(f"box {number} read {len(whole)} other bytes after the move")
        self.log(f"all boxes read it {time.time() - begun:.0f} s after the change")

    def announced(self, address, patience, begun=None, before=None):
        """Waits until every box says that address alone, by a new signed record; seconds until the last did."""
        end = time.monotonic() + patience + 60
        for node in self.nodes():
            while True:
                said = status(node).get("endpoints", [])
                new = before is None or sequence(node)[0] != before[node][0]
                if new and len(said) == 1 and f":{address}:" in said[0]:
                    break
                if time.monotonic() > end:
                    raise Failed(f"{node.name} does not announce {address} but {said}")
                time.sleep(0.2)
        late = max(sequence(node)[1] for node in self.nodes()) - (begun or 0)
        if begun and late > patience:
            raise Failed(f"announced anew only after {late:.1f} s")
        return late

    def gateway(self, number):
        return status(self.home / f"box-{number}")["gateway"] + "film/" + urllib.parse.quote(FILM)


class Player(threading.Thread):
    """Reads a film at the rate at which it is watched, some seconds ahead, and notes how long nothing came."""

    def __init__(self, address, film):
        super().__init__(name="player", daemon=True)
        self.address = address
        self.film = film
        self.halfway = threading.Event()
        self.silence = self.stalled = 0.0
        self.trouble = None

    def run(self):
        try:
            self.play()
        except OSError as trouble:
            self.trouble = trouble
        finally:
            self.halfway.set()

    def play(self):
        at = 0
        with urllib.request.urlopen(self.address, timeout=2 * REACHED) as answer:
            begun = time.monotonic() + IN_HAND / 10
            while at < len(self.film):
                asked = time.monotonic()
                got = answer.read1(CHUNK)
                now = time.monotonic()
                self.silence = max(self.silence, now - asked)
                if not got or got != self.film[at:at + len(got)]:
                    raise OSError(f"other bytes came at {at}" if got else f"it ended at {at} of {len(self.film)}")
                at += len(got)
                if at > len(self.film) // 4:
                    self.halfway.set()
                due = begun + at / RATE
                if now > due + IN_HAND:
                    self.stalled += now - due - IN_HAND
                    begun += now - due - IN_HAND
                elif due > now:
                    time.sleep(due - now)


def anywhere(file):
    """What a box's own configuration has: it listens on every address and announces its interfaces'."""
    lines = [line for line in file.read_text("iso-8859-1").splitlines()
             if not line.startswith(("host=", "announce="))]
    file.write_text("\n".join([*lines, "host=0.0.0.0", "announce=", ""]), "iso-8859-1")


def sequence(node):
    """The number of the last endpoint record that the box signed, and when."""
    file = node / "home" / "membership" / "sequence"
    return file.read_text(), file.stat().st_mtime


def status(node):
    """What the box says of itself, by its control listener."""
    door = json.loads((node / "control.json").read_text())
    request = urllib.request.Request(f"http://{door['host']}:{door['port']}/status",
                                     headers={"Authorization": door["authorization"]})
    with urllib.request.urlopen(request, timeout=REACHED) as answer:
        return json.loads(answer.read().decode().strip().splitlines()[-1])
