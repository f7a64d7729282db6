"""A viewer: plays the repository's own film through a box's gateway and checks every byte."""
import http.client
import pathlib
import re
import threading
import time
import urllib.error
import urllib.request

from box.problem import Problem

FILM = pathlib.Path(__file__).resolve().parent.parent.parent / "runtime/samples/hearth-test-film"
NAME = FILM.name
SECONDS = 60
# As players do, ours shows the first picture once it has some seconds in hand.
IN_HAND = 8


def stalls(count):
    """So many, as a person says it."""
    return "1 stall" if count == 1 else f"{count} stalls"


class Showing:
    """What a viewer saw of one showing."""

    def __init__(self):
        self.bytes = 0
        self.wrong = 0
        self.stalls = 0
        self.film_seconds = 0.0
        self.first = 0.0
        self.seconds = 0.0

    def __str__(self):
        right = "all right" if self.wrong == 0 else f"{self.wrong} WRONG"
        return (f"{self.film_seconds:.0f} s of film in {self.seconds:.1f} s, {self.bytes / 1e6:.1f} MB {right}, "
                f"first picture after {self.first:.1f} s, {stalls(self.stalls)}")

    def require(self):
        """Itself; a Problem where a byte was wrong or a part came late."""
        if self.wrong or self.stalls:
            raise Problem(f"the film did not play: {self}")
        return self


def get(url, seconds=SECONDS):
    """What a URL answers."""
    try:
        with urllib.request.urlopen(url, timeout=seconds) as answer:
            return answer.read()
    except urllib.error.HTTPError as refused:
        said = refused.read(300).decode(errors="replace").strip()
        raise Problem(f"{url}: {refused.code} {said}") from refused
    except (OSError, ValueError, http.client.HTTPException) as trouble:
        raise Problem(f"{url}: {trouble}") from trouble


def parts(playlist):
    """Names and seconds of a playlist's parts; the initialisation has none."""
    found = [(name, 0.0) for name in re.findall(r'#EXT-X-MAP:URI="([^"]+)"', playlist)]
    seconds = 0.0
    for line in playlist.splitlines():
        if line.startswith("#EXTINF:"):
            seconds = float(line[8:].split(",")[0])
        elif line and not line.startswith("#"):
            found.append((line, seconds))
    return found


def play(port, real_time=False, stop=None):
    """Plays it once: as fast as it comes, or second by second.

    The clock begins with the first picture; a part that is late by it is a stall.
    """
    showing = Showing()
    base = f"http://127.0.0.1:{port}/film/{NAME}"
    begin = time.monotonic()
    playlist = get(f"{base}/index.m3u8")
    _compare(showing, playlist, "index.m3u8")
    due = None
    for name, seconds in parts(playlist.decode()):
        if stop and stop.is_set():
            break
        if real_time and due:
            _pause(due - 10 - time.monotonic(), stop)
        _compare(showing, get(f"{base}/{name}"), name)
        if seconds:
            now = time.monotonic()
            showing.film_seconds += seconds
            if due is None:
                if showing.film_seconds >= IN_HAND:
                    showing.first, due = now - begin, now + showing.film_seconds
                continue
            if now > due:
                showing.stalls, due = showing.stalls + 1, now
            due += seconds
    showing.seconds = time.monotonic() - begin
    if real_time and due:
        _pause(due - time.monotonic(), stop)
    return showing


def _pause(seconds, stop):
    if seconds > 0:
        (stop or threading.Event()).wait(seconds)


def _compare(showing, got, name):
    whole = (FILM / name).read_bytes()
    showing.bytes += len(got)
    showing.wrong += sum(a != b for a, b in zip(got, whole)) + abs(len(got) - len(whole)) if got != whole else 0


class Viewer:
    """Somebody who watches, showing after showing, while something else happens."""

    def __init__(self, port):
        self.port = port
        self.stop = threading.Event()
        self.showings = []
        self.trouble = None
        self.thread = threading.Thread(target=self._watch, name="viewer")

    def _watch(self):
        try:
            while not self.stop.is_set():
                self.showings.append(play(self.port, True, self.stop))
        except Problem as problem:
            self.trouble = problem

    def __enter__(self):
        self.thread.start()
        return self

    def __exit__(self, *failure):
        self.stop.set()
        self.thread.join()

    def seen(self):
        """In words; a Problem where a byte was wrong, or nothing came any more."""
        if self.trouble:
            raise Problem(f"the viewer's film broke off: {self.trouble}")
        wrong = sum(showing.wrong for showing in self.showings)
        if wrong:
            raise Problem(f"{wrong} bytes of the viewer's film were wrong")
        seconds = sum(showing.film_seconds for showing in self.showings)
        count = sum(showing.stalls for showing in self.showings)
        return f"a viewer meanwhile: {seconds:.0f} s of film, every byte right, {stalls(count)}"
