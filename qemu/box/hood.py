"""The neighbourhood on this machine, by its own command."""
import ctypes
import json
import os
import pathlib
import pwd
import signal
import subprocess

from .problem import Problem

HEARTH = pathlib.Path(__file__).resolve().parent.parent.parent / "runtime/hearth"
PR_SET_PDEATHSIG = 1  # prctl(2)
_LIBC = ctypes.CDLL(None)
#: Where Java, and so 'runtime/hearth', has a user's home: in the user's entry, whatever HOME says.
DEFAULT = pathlib.Path(pwd.getpwuid(os.getuid()).pw_dir) / ".hearth/neighbourhood"


def _end_with_us():
    """A command does not go on starting boxes when whoever asked for them has been killed."""
    _LIBC.prctl(PR_SET_PDEATHSIG, signal.SIGKILL)


class Hood:
    """One that 'runtime/hearth up' made."""

    def __init__(self, folder):
        self.folder = pathlib.Path(folder).resolve()

    @property
    def address(self):
        """Where its headend, broker and boxes listen."""
        try:
            said = json.loads((self.folder / "hood.json").read_text())
        except (OSError, ValueError) as trouble:
            raise Problem(f"there is no neighbourhood in {self.folder}: "
                          f"runtime/hearth up --host $(qemu/boxes address) --dir {self.folder}") from trouble
        address = said.get("host") or "127.0.0.1"
        if address == "::1" or address.startswith("127."):
            raise Problem(f"the neighbourhood in {self.folder} listens on {address} alone, which no emulated box "
                          "reaches: make one with runtime/hearth up --host $(qemu/boxes address)")
        if ":" in address:
            raise Problem(f"the neighbourhood in {self.folder} listens on {address}, and QEMU forwards IPv4 alone: "
                          "make one with runtime/hearth up --host $(qemu/boxes address)")
        return address

    def require_reachable(self):
        """A Problem where there is none, or where no emulated box reaches it."""
        if not self.address:
            raise Problem(f"{self.folder / 'hood.json'} names no address")

    def invite(self, out, machine, architecture):
        """Writes what that box needs to join."""
        self.run("box", "new", "--out", str(out), "--announce", self.address,
                 "--port", str(machine.transfer_port), "--model", architecture,
                 "--location", f"pid-{machine.number}")

    def run(self, *arguments, seconds=600):
        """Runs a command on it; the JSON object it ends with."""
        command = [str(HEARTH), *arguments, "--dir", str(self.folder), "--json"]
        try:
            done = subprocess.run(command, stdin=subprocess.DEVNULL, capture_output=True, text=True,
                                  check=False, timeout=seconds, preexec_fn=_end_with_us)
        except subprocess.TimeoutExpired as late:
            raise Problem(f"hearth {' '.join(arguments)} has not ended in {seconds} s") from late
        lines = done.stdout.strip().splitlines()
        try:
            answer = json.loads(lines[-1])
        except (ValueError, IndexError) as garbled:
            raise Problem(f"hearth {' '.join(arguments)} failed ({done.returncode}): "
                          f"{(done.stderr or done.stdout).strip()[-1500:]}") from garbled
        if done.returncode != 0:
            raise Problem(f"hearth {' '.join(arguments)}: {answer.get('error', done.stderr.strip())}")
        return answer
