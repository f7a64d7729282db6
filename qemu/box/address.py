"""The address by which this machine and its emulated boxes reach each other.

A box's own loopback is not this machine's, so that a neighbourhood of both needs an address that means the
same to all: one more on the loopback interface, which no other machine sees.
"""
import subprocess

from . import needs
from .problem import Problem

ADDRESS = "10.77.0.1"


def ensure():
    """Adds it where it is not there; returns it."""
    ip = needs.program("ip")
    shown = subprocess.run([ip, "-4", "-o", "address", "show"], capture_output=True, text=True, check=False)
    if f" {ADDRESS}/" in shown.stdout:
        return ADDRESS
    added = subprocess.run([ip, "address", "add", f"{ADDRESS}/32", "dev", "lo"],
                           capture_output=True, text=True, check=False)
    if added.returncode != 0:
        raise Problem(f"{ADDRESS} can't be added to the loopback interface ({added.stderr.strip()}); "
                      f"as root: ip address add {ADDRESS}/32 dev lo")
    return ADDRESS
