"""Ends that are no crash."""
import contextlib
import signal
import threading


def as_interrupt():
    """A kill or a terminal that goes away ends a command as Ctrl-C does: what it started, it ends.

    What the caller has ignored stays so (nohup).
    """
    def interrupt(*_):
        raise KeyboardInterrupt

    for name in (signal.SIGTERM, signal.SIGHUP):
        if signal.getsignal(name) != signal.SIG_IGN:
            signal.signal(name, interrupt)


@contextlib.contextmanager
def held_back():
    """An interrupt that comes within waits for the end of it: what is started is also written down.

    Python gives signals to the main thread; elsewhere there is nothing to hold back.
    """
    if threading.current_thread() is not threading.main_thread():
        yield
        return
    came = []
    before = {}
    for name in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
        handler = signal.getsignal(name)
        if callable(handler):
            before[name] = handler
            signal.signal(name, lambda number, frame: came.append(number))
    try:
        yield
    finally:
        for name, handler in before.items():
            signal.signal(name, handler)
        if came:
            raise KeyboardInterrupt
