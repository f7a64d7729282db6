"""This machine's ports that lead to a box: ten a box, the next hundred where another checkout's boxes have those."""
import socket

from .problem import Problem

FIRST = 19000
A_BOX = 10
A_CHECKOUT = 100
CHECKOUTS = 10


def usual(number):
    """The first port of that box where nobody else wants it."""
    return FIRST + A_BOX * number


def of(first, loopback, address):
    """What a box takes: its gateway's, its neighbours' on the address that it announces, its EPG's."""
    return (loopback, first), (address, first + 1), (loopback, first + 2)


def choose(number, loopback, address):
    """The first port for a box whose ports are all free."""
    for checkout in range(CHECKOUTS):
        first = usual(number) + A_CHECKOUT * checkout
        if all(_free(host, port) is None for host, port in of(first, loopback, address)):
            return first
    # None is: boot says what is in the way of the usual one.
    return usual(number)


def require_free(host, port):
    """A Problem where something else has it."""
    trouble = _free(host, port)
    if trouble:
        raise Problem(f"port {port} of {host} can't be had ({trouble.strerror}): end what listens there; "
                      f"ss -ltnp 'sport = :{port}' names it") from trouble


def _free(host, port):
    try:
        with socket.socket() as probe:
            probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            probe.bind((host, port))
        return None
    except OSError as trouble:
        return trouble
