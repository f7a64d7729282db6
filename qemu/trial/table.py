"""Figures as a table for people, and against those that the README shows."""
import re

from box.problem import Problem

MB = 1e6
MIB = 1 << 20
BEGIN, END = "<!-- footprint: written by qemu/footprint --write -->", "<!-- footprint: end -->"
#: Text, name of the figure, how it is shown, and for armhf the most that it may be, as shown.
ROWS = (
    ("root, compressed: Java, framework, bundles, busybox", "bytes of root", "{:.1f} MB", MB, 50),
    ("kernel and initramfs", ("bytes of kernel", "bytes of initramfs"), "{:.1f} MB", MB, None),
    ("Java with its class archives, not compressed", "bytes of java", "{:.1f} MB", MB, None),
    ("our bundles with their libraries", "bytes of bundles", "{:.1f} MB", MB, 14),
    ("power-on to the initramfs", "seconds to kernel and initramfs", "{:.1f} s", 1, None),
    ("… to init", "seconds to init", "{:.1f} s", 1, None),
    ("… to Java", "seconds to Java", "{:.1f} s", 1, None),
    ("… to the framework", "seconds to framework", "{:.1f} s", 1, None),
    ("… to all bundles active", "seconds to bundles active", "{:.1f} s", 1, None),
    ("… to open doors for players and neighbours, the first service", "seconds to doors open", "{:.1f} s", 1, None),
    ("… to enrolled, in a neighbourhood with 3 boxes on the same two cores", "seconds to enrolled", "{:.1f} s", 1, None),
    ("the framework with SCR alone, to all bundles active", "seconds of the framework alone", "{:.1f} s", 1, None),
    ("all bundles, times that", "times the framework alone", "{:.2f}", 1, 1.6),
    ("Java's memory (RSS) at rest, enrolled", "RSS at rest", "{:.1f} MB", MB, 64),
    ("… while it plays a film and stores", "RSS under load", "{:.1f} MB", MB, None),
    ("… at most", "RSS at most", "{:.1f} MB", MB, None),
    ("heap in use at rest, after a collection", "heap at rest", "{:.1f} MB", MB, None),
    ("heap in use under load, at most", "heap under load", "{:.1f} MB", MB, None),
    ("heap limit; direct memory's is 32 MiB", "heap limit", "{:.0f} MiB", MIB, None),
)
#: By how much a figure may be larger than the README's: bytes of flash hardly move, memory does.
GROWTH = {"bytes of root": 1.03, "bytes of bundles": 1.03, "bytes of java": 1.03, "RSS at rest": 1.15,
          "heap at rest": 1.25}


def value(figures, name):
    """A figure, or the sum of several; None where one is missing."""
    names = (name,) if isinstance(name, str) else name
    found = [figures.get(each) for each in names]
    return None if None in found else sum(found)


def markdown(all_figures):
    """A column an architecture, and what armhf may take where it is among them."""
    names = sorted(all_figures)
    limited = "armhf" in names
    lines = ["| | " + " | ".join(names) + (" | armhf at most |" if limited else " |"),
             "| --- " * (len(names) + 1 + limited) + "|"]
    for text, name, shape, unit, most in ROWS:
        cells = []
        for architecture in names:
            found = value(all_figures[architecture], name)
            cells.append("–" if found is None else shape.format(found / unit))
        if limited:
            cells.append("" if most is None else shape.format(most))
        lines.append(f"| {text} | {' | '.join(cells)} |")
    return "\n".join(lines)


def into(readme, all_figures):
    """The README's text with the table in its place."""
    if BEGIN not in readme or END not in readme:
        raise Problem(f"the README has no place for the table: {BEGIN} … {END}")
    return re.sub(re.escape(BEGIN) + ".*?" + re.escape(END), lambda _: f"{BEGIN}\n{markdown(all_figures)}\n{END}",
                  readme, flags=re.DOTALL)


def growth(before, now):
    """Figures that are larger than they may be, in words."""
    found = []
    for name, factor in GROWTH.items():
        if name in before and now[name] > before[name] * factor:
            found.append(f"{name}: {now[name]} now, {before[name]} in the README; at most {factor} times that")
    return found
