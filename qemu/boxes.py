"""Emulated boxes: boots images of firmware-image/build, and does to them what happens to boxes.

  qemu/boxes up 1 --arch arm64     boots a box, waits until its bundles run
  qemu/boxes status                what runs, and how far each has come
  qemu/boxes console 1             its serial log, as it grows (Ctrl-C ends the looking, not the box)
  qemu/boxes shell 1               a shell in it (Ctrl-] leaves it)
  qemu/boxes down                  ends all boxes; their data stays until the next up

In a neighbourhood with boxes on this machine:

  runtime/hearth up --boxes 6 --host $(qemu/boxes address)
  qemu/boxes up 2 --join ~/.hearth/neighbourhood

A box's folder is qemu/run/box-I: serial.log, data.img (its data partition), box.json, snapshots/.
"""
import argparse
import pathlib
import sys

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parent))
from box import accidents, address, agent, boot, collect, ending, fleet, hood, images, shell, truth  # noqa: E402
from box.problem import Problem  # noqa: E402


def parser():
    top = argparse.ArgumentParser(prog="qemu/boxes", description=__doc__,
                                  formatter_class=argparse.RawDescriptionHelpFormatter)
    commands = top.add_subparsers(dest="command", required=True, metavar="COMMAND")

    up = commands.add_parser("up", help="boot boxes 1…N and wait until their bundles run")
    up.add_argument("count", type=int, metavar="N")
    up.add_argument("--arch", type=_architectures, default="arm64", metavar="A",
                    help="arm64 (default) or armhf; arm64,armhf: in turn")
    up.add_argument("--memory", type=int, default=256, metavar="M", help="MiB of each (default: 256)")
    up.add_argument("--fresh", action="store_true", help="with an empty data partition")
    up.add_argument("--join", metavar="DIR", nargs="?", const=str(hood.DEFAULT),
                    help="in the neighbourhood of 'runtime/hearth up --host …' (default folder: its own)")
    up.add_argument("--timeout", type=int, default=300, metavar="S", help="seconds without a step until a box counts as dead")
    up.add_argument("--noexec", action="store_true",
                    help="with the data partition mounted noexec,nosuid,nodev, as many boxes have it")
    up.set_defaults(run=lambda a: [fleet.tell(box) for box in fleet.up(
        a.count, a.arch, a.memory, a.fresh, a.timeout, a.join, noexec=range(1, a.count + 1) if a.noexec else ())])

    commands.add_parser("status", help="what runs").set_defaults(run=lambda a: fleet.status())
    commands.add_parser("down", help="end all").set_defaults(run=lambda a: fleet.down())
    commands.add_parser("address", help="print the address that boxes and this machine share; makes it (root)") \
        .set_defaults(run=lambda a: print(address.ensure()))

    def one(name, text, run, *arguments):
        command = commands.add_parser(name, help=text)
        command.add_argument("box", type=int, metavar="I")
        for words, options in arguments:
            command.add_argument(*words, **options)
        command.set_defaults(run=run)

    def back(what):
        return lambda a: _back(what(a.box))

    one("console", "show its serial log as it grows", lambda a: fleet.console(a.box))
    one("shell", "a shell in it", lambda a: shell.shell(fleet.running(a.box)))
    one("run", "run a command line in it and show what it says", lambda a: _run(fleet.running(a.box), a.script),
        (("script",), {"metavar": "COMMAND", "nargs": argparse.REMAINDER}))
    one("power-cut", "power off and on again", back(accidents.power_cut))
    one("reboot", "restart it in an orderly way", back(accidents.reboot))
    one("net-cut", "pull the network cable", lambda a: _cable(a.box, False))
    one("net-heal", "put it back, at full speed", lambda a: _cable(a.box, True))
    one("net-slow", "make its line slow, e.g. 2mbit 40ms",
        lambda a: (accidents.slow(a.box, a.rate, a.latency), print(f"box {a.box}: {a.rate}, {a.latency} more")),
        (("rate",), {"metavar": "RATE"}), (("latency",), {"metavar": "LATENCY"}))
    one("disk-full", "fill its data partition", lambda a: _full(a.box, True))
    one("disk-free", "free it again", lambda a: _full(a.box, False))
    one("corrupt", "flip a bit in stored pieces",
        lambda a: _corrupt(a.box, a.pieces),
        (("--pieces",), {"type": int, "default": 1, "metavar": "N", "help": "in how many (default: 1)"}))
    one("clock-skew", "set its clock to this machine's + SECONDS; 0 puts it right",
        lambda a: print(f"box {a.box}'s clock: {_date(accidents.clock_skew(a.box, a.seconds))}"),
        (("seconds",), {"type": int, "metavar": "SECONDS"}))
    one("snapshot", "copy its data partition as it is now",
        lambda a: print(f"kept {accidents.snapshot(a.box, a.name)}"),
        (("name",), {"nargs": "?", "default": "latest", "metavar": "NAME"}))
    one("restore", "power it off, and on again with a snapshot", lambda a: _back(accidents.restore(a.box, a.name)),
        (("name",), {"nargs": "?", "default": "latest", "metavar": "NAME"}))
    one("snapshots", "list its snapshots, or delete one", lambda a: _snapshots(a.box, a.delete),
        (("--delete",), {"metavar": "NAME"}))
    one("resume", "let it go on where it stands still", lambda a: (truth.resume(fleet.Machine(a.box)),
                                                                   print(f"box {a.box} goes on")))
    one("collect", "logs, heap and thread dumps, inventory of pieces, in a folder", lambda a: _collect(a.box))
    return top


def _architectures(text):
    for each in text.split(","):
        if each not in images.PROGRAM:
            raise argparse.ArgumentTypeError(f"invalid choice: '{each}' (of {', '.join(images.PROGRAM)}, or several)")
    return text


def _back(machine):
    print(f"box {machine.number} is up again: {boot.words(machine.log())}")


def _run(machine, words):
    if not words:
        raise Problem("run wants a command, e.g. qemu/boxes run 1 df /data")
    output, status = agent.ask(machine, " ".join(words), 600)
    sys.stdout.buffer.write(output)
    return status


def _cable(number, plugged):
    accidents.cable(number, plugged)
    print(f"box {number}: cable {'in' if plugged else 'out'}")


def _corrupt(number, wanted):
    names = accidents.corrupt(number, wanted)
    print("\n".join(names))
    fewer = f": it holds no more ({wanted} were asked for)" if len(names) < wanted else ""
    print(f"box {number}: a bit flipped in {len(names)} pieces{fewer}")


def _snapshots(number, name):
    if name:
        print(f"deleted {accidents.delete_snapshot(number, name)}")
        return
    files = accidents.snapshots(number)
    for file in files:
        used = file.stat().st_blocks * 512 / 1e6
        print(f"{file.stem}  {_date(file.stat().st_mtime)}  {used:.0f} MB")
    if not files:
        print(f"box {number} has no snapshots: qemu/boxes snapshot {number} NAME makes one")


def _full(number, full):
    print(f"box {number}: {accidents.disk_full(number, full) / 1e6:.1f} MB free")


def _collect(number):
    from box.machine import Machine

    folder, missing = collect.collect(Machine(number))
    print(folder)
    for line in missing:
        print(f"not had: {line}", file=sys.stderr)
    return 1 if missing else 0


def _date(seconds):
    import time

    return time.strftime("%Y-%m-%d %H:%M:%S UTC", time.gmtime(seconds))


def main():
    arguments = parser().parse_args()
    ending.as_interrupt()
    try:
        status = arguments.run(arguments)
        return status if isinstance(status, int) else 0
    except Problem as problem:
        print(f"qemu/boxes: {problem}", file=sys.stderr)
        return 1
    except OSError as trouble:
        print(f"qemu/boxes: {trouble}", file=sys.stderr)
        return 1
    except KeyboardInterrupt:
        return 130


if __name__ == "__main__":
    sys.exit(main())
