"""QEMU's machine protocol: one command on one connection, bounded in time."""
import json

from .problem import Problem
from .sockets import connect

SECONDS = 10


def command(folder, name, /, **arguments):
    """Runs a command of the machine in that folder; returns what it returned."""
    try:
        with connect(folder, "qmp.sock", SECONDS) as line, line.makefile("rw", encoding="utf-8") as stream:
            stream.readline()
            _ask(stream, "qmp_capabilities", {})
            return _ask(stream, name, arguments)
    except OSError as trouble:
        raise Problem(f"{folder}/qmp.sock: {trouble}; does the box run? qemu/boxes status tells") from trouble


def _ask(stream, name, arguments):
    stream.write(json.dumps({"execute": name, "arguments": arguments}) + "\n")
    stream.flush()
    while True:
        line = stream.readline()
        if not line:
            raise OSError("QEMU closed the line")
        answer = json.loads(line)
        if "error" in answer:
            raise Problem(f"QEMU refused {name}: {answer['error'].get('desc', '')}")
        if "return" in answer:
            return answer["return"]
