"""Commands inside a box, by its test bench's line: a virtio port, which works when its network does not.

Asked: ID SECONDS BASE64(script); answered: "ID>", the output in base64, "ID=EXIT" (see /sbin/agent of the image).
"""
import base64
import binascii
import contextlib
import fcntl
import json
import secrets
import socket
import sys
import time

from . import truth
from .problem import Problem
from .sockets import connect

#: How often a wait looks whether the box still runs, and after how long it says what it waits for.
SLICE_SECONDS = 2
STOP_SECONDS = 10
#: Most of an answer: a heap dump's base64, and then some.
MOST = 512 << 20


class Failed(Problem):
    """A script in the box that ended with another status than 0."""


def run(machine, script, seconds=60, check=True):
    """Runs a script of busybox' sh in the box; its output, as bytes."""
    output, status = ask(machine, script, seconds)
    if check and status != 0:
        text = output.decode(errors="replace").strip()
        raise Failed(f"box {machine.number}: a command failed ({status}): {text[-800:] or script[:200]}")
    return output


def text(machine, script, seconds=60):
    """Its output as text, without white space at the ends."""
    return run(machine, script, seconds).decode(errors="replace").strip()


def ask(machine, script, seconds):
    """Output and exit status."""
    name = secrets.token_hex(6)
    request = f"{name} {int(seconds)} {base64.b64encode(script.encode()).decode()}\n".encode()
    end = time.monotonic() + seconds + 20
    try:
        with _alone(machine, end), connect(machine.folder, "agent.sock", SLICE_SECONDS) as line:
            try:
                line.sendall(request)
                return _answer(machine, line, name.encode(), end)
            except KeyboardInterrupt:
                _stop(machine, line, name)
                raise
    except (socket.timeout, TimeoutError) as late:
        raise Problem(f"box {machine.number} does not answer on its test line after {seconds + 20} s: "
                      f"has it started? qemu/boxes console {machine.number}") from late
    except (OSError, ValueError, binascii.Error) as trouble:
        raise Problem(f"box {machine.number}'s test line: {trouble}; does it run? qemu/boxes status") from trouble


def _stop(machine, line, name):
    """Ends a command that nobody waits for any more; the next one does not wait for it."""
    with contextlib.suppress(OSError, ValueError):
        line.sendall(f"{name} stop -\n".encode())
        _answer(machine, line, name.encode(), time.monotonic() + STOP_SECONDS)


def _part(machine, line, end):
    """What comes next, by then at the latest; looks meanwhile whether the box stands still."""
    while True:
        try:
            return line.recv(1 << 16)
        except (socket.timeout, TimeoutError):
            if time.monotonic() > end:
                raise
            truth.require(machine)


def _answer(machine, line, name, end):
    begin, last = name + b">\n", b"\n" + name + b"="
    got = bytearray()
    start = -1
    while True:
        part = _part(machine, line, end)
        if not part:
            raise OSError("closed before the answer's end (a power cut?)")
        got += part
        if len(got) > MOST:
            raise OSError(f"an answer of more than {MOST >> 20} MiB")
        if start < 0:
            found = got.find(begin)
            if found < 0:
                continue
            start = found + len(begin) - 1
        close = got.find(last, max(start, len(got) - len(part) - len(last) - 8))
        if close >= 0 and got.find(b"\n", close + 1) >= 0:
            return base64.b64decode(got[start:close]), int(got[close + len(last):got.find(b"\n", close + 1)])


@contextlib.contextmanager
def _alone(machine, end):
    """One at a time on the line, of all processes of this machine; waits until then, and says that it does."""
    with (machine.folder / "agent.lock").open("w") as lock:
        told = time.monotonic() + SLICE_SECONDS
        while True:
            try:
                fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
                break
            except BlockingIOError as held:
                if time.monotonic() > end:
                    raise Problem(f"another command still runs in box {machine.number}: end it, or wait") from held
                if told and time.monotonic() > told:
                    print(f"waiting for another command in box {machine.number}", file=sys.stderr)
                    told = None
                time.sleep(0.1)
        yield


def control(machine, path, seconds=120, /, **parameters):
    """A command of the box's control listener; the last line of what it says, as JSON."""
    pairs = "&".join(f"{name}={_quoted(value)}" for name, value in parameters.items())
    script = f"""
file=/data/box/control.json
[ -s $file ] || {{ echo "the box has no control listener yet"; exit 3; }}
port=$(sed 's/.*"port":\\([0-9]*\\).*/\\1/' $file)
key=$(sed 's/.*"authorization":"\\([^"]*\\)".*/\\1/' $file)
wget -q -O - --header "Authorization: $key" "http://127.0.0.1:$port{path}?{pairs}" | tail -n 1
"""
    said = text(machine, script, seconds + 5)
    try:
        answer = json.loads(said)
    except ValueError as garbled:
        raise Failed(f"box {machine.number} answered {path} with {said[:200]!r}") from garbled
    if isinstance(answer, dict) and "problem" in answer:
        raise Failed(f"box {machine.number}, {path}: {answer['problem']}: {answer['message']}")
    return answer


def _quoted(value):
    from urllib.parse import quote

    return quote(str(value), safe="")
