"""QEMU's machine protocol: one command on one connection, bounded in time."""
import json
import socket

from .problem import Problem

SECONDS = 10


def command(path, name, /, **arguments):
    """Runs a command; returns what it returned."""
    try:
        with socket.socket(socket.AF_UNIX) as line:
            line.settimeout(SECONDS)
            line.connect(str(path))
            stream = line.makefile("rw", encoding="utf-8")
            stream.readline()
            _ask(stream, "qmp_capabilities", {})
            return _ask(stream, name, arguments)
    except OSError as trouble:
        raise Problem(f"{path}: {trouble}; does the box run? qemu/boxes status tells") from trouble


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
