"""Builds a bootable image of an emulated box: kernel, initramfs and a read-only root.

  firmware-image/build arm64       for 64-bit ARM (virt, cortex-a53)
  firmware-image/build armhf       for ARMv7 with LPAE (virt, cortex-a15)
  firmware-image/build all         both

The root holds busybox, a minimal Java 17 with its CDS archive, a stock Felix with the sample EPG as
the vendor's middleware, and Hearth's bundles beside it. Parts come from Debian bookworm, main, into a
cache (firmware-image/cache), once; results lie in firmware-image/target/ARCH. Two builds of one commit
from one cache give the same bytes. Run as root, or with sudo, for the first time on a machine: what is
missing is installed by apt.
"""
import argparse
import pathlib
import sys

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parent))
from image import steps  # noqa: E402
from image.problem import Problem  # noqa: E402

ARCHITECTURES = ("armhf", "arm64")


def main():
    parser = argparse.ArgumentParser(
        prog="firmware-image/build", description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("architecture", choices=ARCHITECTURES + ("all",), help="which image")
    chosen = parser.parse_args().architecture
    try:
        for name in ARCHITECTURES if chosen == "all" else (chosen,):
            steps.build(name)
    except (Problem, OSError) as problem:
        print(f"firmware-image: {problem}", file=sys.stderr)
        return 1
    except KeyboardInterrupt:
        return 130
    return 0


if __name__ == "__main__":
    sys.exit(main())
