"""Connections to a machine's sockets."""
import os
import socket


def connect(folder, name, seconds):
    """Connects to a socket in a folder, whose path may be longer than a socket's may (108 bytes)."""
    held = os.open(folder, os.O_RDONLY | os.O_DIRECTORY)
    try:
        line = socket.socket(socket.AF_UNIX)
        try:
            line.settimeout(seconds)
            line.connect(f"/proc/self/fd/{held}/{name}")
            return line
        except OSError:
            line.close()
            raise
    finally:
        os.close(held)
