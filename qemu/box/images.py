"""What firmware-image/build left, checked before a machine is made of it."""
import pathlib

from .problem import Problem

IMAGES = pathlib.Path(__file__).resolve().parent.parent.parent / "firmware-image/target"
PROGRAM = {"arm64": "qemu-system-aarch64", "armhf": "qemu-system-arm"}
PROCESSOR = {"arm64": "cortex-a53", "armhf": "cortex-a15"}
#: Offset and bytes that tell a kernel's architecture: Documentation/arm64/booting.rst, and zImage's header.
MAGIC = {"arm64": (0x38, b"ARM\x64"), "armhf": (0x24, b"\x18\x28\x6f\x01")}


def find(architecture):
    """The folder of that architecture's image; whole, and of that architecture."""
    folder = IMAGES / architecture
    for name in ("vmlinuz", "initramfs.gz", "root.squashfs"):
        path = folder / name
        if not path.exists() or path.stat().st_size == 0:
            raise Problem(f"there is no {path}: firmware-image/build {architecture} makes it")
    offset, magic = MAGIC[architecture]
    kernel = (folder / "vmlinuz").read_bytes()[:0x100]
    if kernel[:2] != b"\x1f\x8b" and kernel[offset:offset + 4] != magic:
        raise Problem(f"{folder / 'vmlinuz'} is no kernel for {architecture}: firmware-image/build {architecture}")
    if (folder / "root.squashfs").read_bytes()[:4] != b"hsqs":
        raise Problem(f"{folder / 'root.squashfs'} is damaged: firmware-image/build {architecture}")
    return folder
