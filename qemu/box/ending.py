"""Ends that are no crash."""
import signal


def as_interrupt():
    """A kill or a terminal that goes away ends a command as Ctrl-C does: what it started, it ends."""
    def interrupt(*_):
        raise KeyboardInterrupt

    for name in (signal.SIGTERM, signal.SIGHUP):
        signal.signal(name, interrupt)
