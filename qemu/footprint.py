"""What a box takes, measured on an emulated one: boot, flash, memory.

  qemu/footprint arm64             measures and prints (1 to 2 minutes)
  qemu/footprint arm64 --check     … and fails where it has grown beyond the README's figures
  qemu/footprint all --write       … and puts the table and the figures in the README's place

Wants images: firmware-image/build all. The README's figures lie in qemu/footprint.json.
"""
import argparse
import json
import pathlib
import sys

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parent))
from box import ending  # noqa: E402
from box.machine import RUN  # noqa: E402
from box.problem import Problem  # noqa: E402
from trial import figures, table  # noqa: E402

HERE = pathlib.Path(__file__).resolve().parent
README = HERE.parent / "README.md"
KNOWN = HERE / "footprint.json"


def main():
    parser = argparse.ArgumentParser(prog="qemu/footprint", description=__doc__,
                                     formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("architecture", choices=("arm64", "armhf", "all"))
    parser.add_argument("--check", action="store_true", help="fail where it has grown")
    parser.add_argument("--write", action="store_true", help="put the figures into the README")
    arguments = parser.parse_args()
    ending.as_interrupt()
    names = ("arm64", "armhf") if arguments.architecture == "all" else (arguments.architecture,)
    try:
        known = json.loads(KNOWN.read_text()) if KNOWN.exists() else {}
        found = {name: figures.measure(name) for name in names}
        print(table.markdown(found))
        RUN.mkdir(mode=0o700, exist_ok=True)
        (RUN / "footprint.json").write_text(json.dumps(found, indent=1, sort_keys=True) + "\n")
        grown = [f"{name}, {line}" for name in names for line in table.growth(known.get(name, {}), found[name])]
        if arguments.write:
            known.update(found)
            KNOWN.write_text(json.dumps(known, indent=1, sort_keys=True) + "\n")
            README.write_text(table.into(README.read_text(), known))
        elif arguments.check and grown:
            raise Problem("grown: " + "; ".join(grown) + "; where that is meant: qemu/footprint all --write")
        return 0
    except (Problem, OSError, ValueError) as problem:
        print(f"qemu/footprint: {problem}", file=sys.stderr)
        return 1
    except KeyboardInterrupt:
        return 130


if __name__ == "__main__":
    sys.exit(main())
