"""Acceptance on emulated boxes: they join a neighbourhood of boxes on this machine, and accidents happen to them.

  qemu/acceptance --arch arm64            all scenarios, two emulated boxes of 256 MB
  qemu/acceptance --arch arm64 --short    one emulated box, the few scenarios that CI runs
  qemu/acceptance --list                  the scenarios

Wants an image: firmware-image/build arm64. Ends with a report, qemu/run/acceptance-ARCH/report.html and .txt; where a
scenario failed, what was collected of the boxes lies beside it, and the exit status is 1.
"""
import argparse
import pathlib
import platform
import shutil
import subprocess
import sys
import time

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parent))
from box import collect, ending, images  # noqa: E402
from box.machine import RUN  # noqa: E402
from box.problem import Problem  # noqa: E402
from trial import report  # noqa: E402
from trial.scenarios import SCENARIOS  # noqa: E402
from trial.stage import Stage  # noqa: E402


def parser():
    top = argparse.ArgumentParser(prog="qemu/acceptance", description=__doc__,
                                  formatter_class=argparse.RawDescriptionHelpFormatter)
    top.add_argument("--arch", choices=("arm64", "armhf"), default="arm64")
    top.add_argument("--memory", type=int, default=256, metavar="M", help="MiB of each emulated box (default: 256)")
    top.add_argument("--short", action="store_true", help="what CI runs")
    top.add_argument("--only", action="append", default=[], metavar="NAME",
                     help="that scenario, after the first two; may repeat")
    top.add_argument("--list", action="store_true", help="name the scenarios")
    return top


def chosen(arguments):
    known = [each.name for each in SCENARIOS]
    for name in arguments.only:
        if name not in known:
            raise Problem(f"no scenario '{name}'; there are: {', '.join(known)}")
    if arguments.only:
        return [each for each in SCENARIOS if each in SCENARIOS[:2] or each.name in arguments.only]
    return [each for each in SCENARIOS if each.short or not arguments.short]


def run(stage, scenarios, folder):
    rows = []
    for each in scenarios:
        print(f"{each.name}: {each.what}", flush=True)
        begin = time.monotonic()
        try:
            seen, good = each(stage), True
        except Problem as problem:
            seen, good = str(problem), False
        rows.append((each.name, each.what, good, seen, time.monotonic() - begin))
        print(f"  {'passed' if good else 'FAILED'} after {rows[-1][4]:.0f} s: {seen}", flush=True)
        if not good:
            evidence(stage, folder / each.name.replace(" ", "-"))
            if not rows[0][2]:
                break
    return rows


def evidence(stage, folder):
    """Keeps what tells why, and puts the boxes right for the next scenario."""
    for machine in stage.boxes:
        try:
            kept, _ = collect.collect(machine)
            folder.mkdir(parents=True, exist_ok=True)
            shutil.move(str(kept), folder / f"box-{machine.number}")
            stage.again(machine)
        except Problem as problem:
            print(f"  box {machine.number}: {problem}", flush=True)


def facts(arguments, stage):
    root = pathlib.Path(__file__).resolve().parent.parent
    commit = "unknown"
    # A tarball has none; a tree of another user is one all the same.
    if shutil.which("git"):
        commit = subprocess.run(
            ["git", "-c", f"safe.directory={root}", "-C", str(root), "describe", "--always", "--dirty"],
            capture_output=True, text=True, check=False).stdout.strip() or commit
    return {
        "commit": commit, "when": time.strftime("%Y-%m-%d %H:%M UTC", time.gmtime()),
        "emulated": f"{stage.emulated} × {arguments.arch} ({images.PROCESSOR[arguments.arch]}), "
                    f"{arguments.memory} MiB each",
        "beside them": f"{stage.hosts} boxes, an ingest node, headend and broker on this {platform.machine()} machine",
    }


def main():
    arguments = parser().parse_args()
    if arguments.list:
        for each in SCENARIOS:
            print(f"{each.name:24}{'short  ' if each.short else '       '}{each.what}")
        return 0
    ending.as_interrupt()
    folder = RUN / f"acceptance-{arguments.arch}"
    try:
        scenarios = chosen(arguments)
        images.find(arguments.arch)
        stage = Stage(5 if arguments.short else 6, 1 if arguments.short else 2, arguments.arch, arguments.memory)
        shutil.rmtree(folder, ignore_errors=True)
        with stage.kept():
            rows = run(stage, scenarios, folder)
        verdict = report.write(folder, f"Hearth on emulated {arguments.arch} boxes", facts(arguments, stage), rows)
        print(f"{verdict}; report: {folder / 'report.html'}, {folder / 'report.txt'}")
        return 0 if all(row[2] for row in rows) else 1
    except (Problem, OSError) as problem:
        print(f"qemu/acceptance: {problem}", file=sys.stderr)
        return 1
    except KeyboardInterrupt:
        print("qemu/acceptance: interrupted; what it started is ended", file=sys.stderr)
        return 130


if __name__ == "__main__":
    sys.exit(main())
