"""A serial log, of which a look reads no more than it needs: a chatty kernel writes hundreds of megabytes."""
import os

#: The begin of a log has its boot's marks, the end what happened last.
HEAD = 1 << 20
TAIL = 1 << 20


def size(path):
    """Bytes that it has now."""
    try:
        return path.stat().st_size
    except OSError:
        return 0


def text(path):
    """Its text; of a long one the begin and the end, with a word of what is left out."""
    return _read(path, 0)


def since(path, begin):
    """What came after that byte, of much the begin and the end."""
    return _read(path, begin)


def last(path, lines):
    """The last lines."""
    try:
        with path.open("rb") as file:
            file.seek(max(0, os.fstat(file.fileno()).st_size - (64 << 10)))
            return file.read().decode("utf-8", "replace").splitlines()[-lines:]
    except OSError:
        return []


class Follower:
    """Reads what a log gains, and tells whether some text has come by; the text may come in two parts."""

    def __init__(self, path, begin):
        self.path = path
        self.at = begin
        self.rest = b""

    def saw(self, wanted):
        """Whether that text has come since the last look."""
        text = wanted.encode()
        found = False
        try:
            with self.path.open("rb") as file:
                file.seek(self.at)
                while part := file.read(1 << 20):
                    self.at += len(part)
                    found = found or text in self.rest + part
                    self.rest = (self.rest + part)[-len(text):]
        except OSError:
            return False
        return found


def _read(path, begin):
    try:
        with path.open("rb") as file:
            whole = os.fstat(file.fileno()).st_size - begin
            file.seek(begin)
            head = file.read(HEAD + TAIL if whole <= HEAD + TAIL else HEAD)
            if whole <= HEAD + TAIL:
                return head.decode("utf-8", "replace")
            file.seek(begin + whole - TAIL)
            left = f"\n… {whole - HEAD - TAIL} bytes left out …\n"
            return head.decode("utf-8", "replace") + left + file.read(TAIL).decode("utf-8", "replace")
    except OSError:
        return ""
