"""A shell in a box, on its own console."""
import fcntl
import os
import select
import shutil
import sys
import termios
import tty

from .problem import Problem
from .sockets import connect

LEAVE = b"\x1d"


def shell(machine):
    """Joins this terminal to the box's shell until Ctrl-] or, where input is no terminal, until its end."""
    if not sys.stdin.isatty():
        raise Problem("shell wants a terminal; commands of a script go by qemu/boxes run I COMMAND")
    with (machine.folder / "shell.lock").open("w") as lock:
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError as held:
            raise Problem(f"box {machine.number}'s shell is open in another terminal: Ctrl-] leaves it there") from held
        _joined(machine)


def _joined(machine):
    try:
        line = connect(machine.folder, "shell.sock", 10)
    except OSError as trouble:
        raise Problem(f"box {machine.number}'s shell: {trouble}; does it run? qemu/boxes status") from trouble
    with line:
        _interactive(machine, line)


def _interactive(machine, line):
    size = shutil.get_terminal_size()
    print(f"box {machine.number}'s shell; Ctrl-] leaves it", flush=True)
    before = termios.tcgetattr(sys.stdin)
    tty.setraw(sys.stdin)
    try:
        line.sendall(f"stty rows {size.lines} cols {size.columns}\n".encode())
        while True:
            ready, _, _ = select.select([sys.stdin, line], [], [])
            if line in ready:
                said = line.recv(1 << 14)
                if not said:
                    print("\r\nthe box ended", end="\r\n")
                    return
                os.write(sys.stdout.fileno(), said)
            if sys.stdin in ready:
                typed = os.read(sys.stdin.fileno(), 1 << 12)
                if not typed or LEAVE in typed:
                    return
                line.sendall(typed)
    finally:
        termios.tcsetattr(sys.stdin, termios.TCSADRAIN, before)
        print()
