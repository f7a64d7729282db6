"""Runs every command line of docs/qa.md, in its order, and says how each ended.

  tests/qemu/walk            the page, but for the lines that take half an hour
  tests/qemu/walk --whole    those too: armhf, both acceptances, footprints
  tests/qemu/walk --list     what would be run

The neighbourhood of the page is made in a folder of its own, so that nobody's is touched. Where a look has no end
(console, shell), a terminal stands in for the person who ends it.
"""
import argparse
import os
import pathlib
import pty
import re
import select
import shlex
import shutil
import signal
import subprocess
import sys
import tempfile
import time

ROOT = pathlib.Path(__file__).resolve().parent.parent.parent
PAGE = ROOT / "docs/qa.md"
LINE_SECONDS = 3600
LOOK_SECONDS = 5
LONG = ("armhf", "qemu/acceptance --arch", "qemu/footprint")
CTRL_C, LEAVE = b"\x03", b"\x1d"


def lines(text):
    """The page's command lines, without their comments."""
    found = []
    for block in re.findall(r"^```\n(.*?)^```", text, re.MULTILINE | re.DOTALL):
        for line in block.splitlines():
            command = re.sub(r"\s+#.*", "", line).strip()
            if command:
                found.append(command)
    return found


def long(command):
    """Whether it takes more than some minutes."""
    return any(part in command for part in LONG)


def placed(command, folder):
    """The same for a neighbourhood in that folder, in which no line may touch a user's own."""
    if command.startswith("runtime/hearth "):
        return f"{command} --dir {shlex.quote(folder)}"
    return re.sub(r"--join$", f"--join {shlex.quote(folder)}", command)


def run(command):
    """Its exit status; a look at something is ended as a person would."""
    words = shlex.split(command)
    if words[:2] in (["qemu/boxes", "console"], ["qemu/boxes", "shell"]):
        return _look(words, CTRL_C if words[1] == "console" else LEAVE)
    return subprocess.run(["bash", "-c", command], cwd=ROOT, stdin=subprocess.DEVNULL, check=False,
                          timeout=LINE_SECONDS).returncode


def _look(words, leave):
    child, terminal = pty.fork()
    if child == 0:
        # Where the walk itself runs in a shell's background, Ctrl-C is ignored, and that is inherited.
        signal.signal(signal.SIGINT, signal.SIG_DFL)
        os.chdir(ROOT)
        os.execv(words[0], words)
    end = time.monotonic() + LOOK_SECONDS
    said = b""
    left = False
    while True:
        ready, _, _ = select.select([terminal], [], [], 0.2)
        if ready:
            try:
                said += os.read(terminal, 1 << 14)
            except OSError:
                break
        if not left and said and time.monotonic() > end:
            os.write(terminal, leave)
            left = True
        if time.monotonic() > end + LINE_SECONDS:
            os.kill(child, signal.SIGKILL)
            break
    status = os.waitstatus_to_exitcode(os.waitpid(child, 0)[1])
    os.close(terminal)
    # 130 is how a command ends that Ctrl-C has ended.
    return 0 if said and status in (0, 130) else status or 1


def main():
    parser = argparse.ArgumentParser(prog="tests/qemu/walk", description=__doc__,
                                     formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--whole", action="store_true", help="the long lines too")
    parser.add_argument("--list", action="store_true", help="run nothing")
    arguments = parser.parse_args()
    failed = []
    made = tempfile.mkdtemp()
    folder = f"{made}/neighbourhood"
    try:
        for command in lines(PAGE.read_text()):
            if long(command) and not arguments.whole:
                print(f"left out   {command}", flush=True)
                continue
            if arguments.list:
                print(f"would run  {command}")
                continue
            begun = time.monotonic()
            status = run(placed(command, folder))
            how = "ran" if status == 0 else f"FAILED {status}"
            print(f"{how:10} {command}  ({time.monotonic() - begun:.0f} s)", flush=True)
            if status != 0:
                failed.append(command)
    finally:
        if not arguments.list:
            for end in ("qemu/boxes down", placed("runtime/hearth down --delete", folder)):
                subprocess.run(["bash", "-c", end], cwd=ROOT, stdin=subprocess.DEVNULL, check=False,
                               stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        shutil.rmtree(made, ignore_errors=True)
    if failed:
        print(f"{len(failed)} lines failed", file=sys.stderr)
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())
