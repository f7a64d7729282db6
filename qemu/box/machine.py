"""One emulated box: its files, its process."""
import os
import pathlib
import shutil
import signal
import subprocess
import tempfile
import time

from . import qmp
from .problem import Problem

HERE = pathlib.Path(__file__).resolve().parent.parent
RUN = HERE / "run"
IMAGES = HERE.parent / "firmware-image/target"
PROGRAM = {"arm64": "qemu-system-aarch64", "armhf": "qemu-system-arm"}
PROCESSOR = {"arm64": "cortex-a53", "armhf": "cortex-a15"}
DATA_MIB = 1024
#: What a new data partition holds: the network that QEMU offers, and doors that the host may knock at.
SEED = {
    "etc/network": "ADDRESS=10.0.2.15/24\nGATEWAY=10.0.2.2\n",
    "box/etc/tv.hearth.gateway.cfg": "host = 0.0.0.0\n",
}
#: Guest ports that the host reaches, and the first host port of box 1; ten a box.
PORTS = (("gateway", 8090), ("transfer", 7443))
FIRST_PORT = 26000


class Machine:
    """Box number I."""

    def __init__(self, number):
        self.number = number
        self.folder = RUN / f"box-{number}"
        self.serial = self.folder / "serial.log"
        self.socket = self.folder / "qmp.sock"

    def port(self, name):
        """The port of this machine that leads to the box's."""
        index = [known for known, _ in PORTS].index(name)
        return FIRST_PORT + 10 * self.number + index

    def pid(self):
        """Its process, or None; told from a later one of that number by its start time."""
        try:
            number, start = (self.folder / "pid").read_text().split()
            return int(number) if _start(number) == start else None
        except (OSError, ValueError):
            return None

    def boot(self, architecture, memory, fresh):
        """Starts QEMU on the image; its log begins anew."""
        if self.pid():
            raise Problem(f"box {self.number} runs already: qemu/boxes down ends it")
        image = IMAGES / architecture
        for name in ("vmlinuz", "initramfs.gz", "root.squashfs"):
            if not (image / name).exists():
                raise Problem(f"there is no {image / name}: firmware-image/build {architecture} makes it")
        program = shutil.which(PROGRAM[architecture])
        if not program:
            raise Problem(f"{PROGRAM[architecture]} is missing; as root: "
                          "apt-get install -y --no-install-recommends qemu-system-arm e2fsprogs")
        self.folder.mkdir(parents=True, exist_ok=True)
        data = self.folder / "data.img"
        if fresh or not data.exists():
            self._make(data)
        self.serial.write_bytes(b"")
        self.socket.unlink(missing_ok=True)
        process = subprocess.Popen(
            self._command(program, architecture, memory, image, data),
            stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL,
            stderr=(self.folder / "qemu.log").open("wb"), start_new_session=True)
        (self.folder / "pid").write_text(f"{process.pid} {_start(process.pid)}")

    @staticmethod
    def _make(data):
        data.unlink(missing_ok=True)
        with data.open("wb") as file:
            file.truncate(DATA_MIB << 20)
        with tempfile.TemporaryDirectory() as seed:
            for name, text in SEED.items():
                path = pathlib.Path(seed, name)
                path.parent.mkdir(parents=True, exist_ok=True)
                path.write_text(text)
            subprocess.run(["mke2fs", "-q", "-t", "ext4", "-F", "-d", seed, str(data)], check=True,
                           env=dict(os.environ, PATH=os.environ["PATH"] + ":/usr/sbin:/sbin"))

    def _command(self, program, architecture, memory, image, data):
        forwards = "".join(
            f",hostfwd=tcp:127.0.0.1:{self.port(name)}-:{guest}" for name, guest in PORTS)
        disks = []
        for name, file, options in (
            ("slot-a", image / "root.squashfs", ",read-only=on"),
            ("slot-b", image / "root.squashfs", ",read-only=on"),
            ("data", data, ",cache=none" if _direct(data) else ""),
        ):
            disks += ["-drive", f"if=none,id={name},format=raw,file={file}{options}",
                      "-device", f"virtio-blk-device,drive={name},serial={name}"]
        return [
            program, "-M", "virt", "-cpu", PROCESSOR[architecture], "-smp", "2", "-m", str(memory),
            "-accel", "tcg,thread=multi", "-nodefaults", "-no-user-config", "-display", "none",
            "-kernel", str(image / "vmlinuz"), "-initrd", str(image / "initramfs.gz"),
            "-append", "console=ttyAMA0 panic=1 quiet printk.devkmsg=on",
            "-serial", f"file:{self.serial}", "-qmp", f"unix:{self.socket},server=on,wait=off",
            "-device", "virtio-rng-device", *disks,
            "-netdev", f"user,id=net{forwards}", "-device", "virtio-net-device,netdev=net,id=cable",
        ]

    def power_cut(self):
        """Off and on, as a pulled plug: what the disk was not told to keep is lost with the box's memory."""
        qmp.command(self.socket, "system_reset")

    def cable(self, plugged):
        """Plugs the network cable in or out."""
        qmp.command(self.socket, "set_link", name="cable", up=plugged)

    def end(self):
        """Ends it; waits until it is gone."""
        pid = self.pid()
        if pid is None:
            return False
        os.kill(pid, signal.SIGTERM)
        for _ in range(50):
            if self.pid() is None:
                break
            time.sleep(0.1)
        else:
            os.kill(pid, signal.SIGKILL)
        return True

    def log(self):
        """All that its serial line said."""
        try:
            return self.serial.read_text(encoding="utf-8", errors="replace")
        except OSError:
            return ""


def _direct(path):
    """Whether that file system takes direct input and output (tmpfs does not)."""
    try:
        os.close(os.open(path, os.O_RDONLY | os.O_DIRECT))
        return True
    except OSError:
        return False


def _start(pid):
    """A process's start in ticks since boot; a zombie has none."""
    fields = pathlib.Path(f"/proc/{pid}/stat").read_text().rsplit(")", 1)[1].split()
    if fields[0] == "Z":
        raise ValueError("ended")
    return fields[19]
