"""One emulated box: its files, its process."""
import contextlib
import fcntl
import functools
import json
import os
import pathlib
import signal
import subprocess
import time

from . import data, ending, images, needs, ports, qmp, serial
from .problem import Problem

RUN = pathlib.Path(__file__).resolve().parent.parent / "run"
LOOPBACK = "127.0.0.1"
GATEWAY_IN_BOX = 8090
#: Processes that this one started, to be reaped by it.
_CHILDREN = {}


class Machine:
    """Box number I."""

    def __init__(self, number):
        self.number = number
        self.folder = RUN / f"box-{number}"
        self.serial = self.folder / "serial.log"
        self.disk = self.folder / "data.img"

    @property
    def gateway_port(self):
        """Port of this machine's loopback that leads to the box's gateway."""
        return self.settings.get("port") or ports.usual(self.number)

    @property
    def transfer_port(self):
        """Port that the box listens on for neighbours, in the box and here."""
        return self.gateway_port + 1

    @property
    def epg_port(self):
        """Port of this machine's loopback that leads to the EPG's page, in the box and here."""
        return self.gateway_port + 2

    @property
    def settings(self):
        """What it was made with: arch, memory, address, hood."""
        try:
            return json.loads((self.folder / "box.json").read_text())
        except (OSError, ValueError):
            return {}

    def keep(self, **settings):
        """Remembers settings beside those that are known."""
        whole = self.folder / "box.json.new"
        whole.write_text(json.dumps({**self.settings, **settings}, indent=1) + "\n")
        whole.replace(self.folder / "box.json")

    def pid(self):
        """Its process, or None; told from a later one of that number by its start time."""
        try:
            number, start = (self.folder / "pid").read_text().split()
            return int(number) if _start(number) == start else None
        except (OSError, ValueError):
            return None

    def prepare(self, architecture, memory, fresh, hood, bare=False):
        """Makes its folder and data partition where they are not there, and remembers what it is made of."""
        if self.pid():
            raise Problem(f"box {self.number} runs already: qemu/boxes down ends it")
        images.find(architecture)
        self.folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        joined = str(hood.folder) if hood else ""
        made_for = self.settings.get("hood", "")
        # A box that was by itself has nothing of anybody's: where it joins, it begins anew.
        fresh = fresh or (bool(joined) and not made_for)
        if self.disk.exists() and not fresh and made_for != joined:
            raise Problem(f"box {self.number}'s data is of another neighbourhood "
                          f"({made_for}): --fresh begins anew")
        address = hood.address if hood else LOOPBACK
        if fresh or not self.disk.exists():
            # Announced with its data, and therefore kept with it.
            self.keep(port=ports.choose(self.number, LOOPBACK, address), address=address)
            data.make(self, architecture, hood)
        elif not (self.folder / "boot.img").exists():
            data.boot_state(self)
        self.keep(arch=architecture, memory=memory, hood=joined, bare=bare, slow=None, cable=None, address=address)

    def boot(self):
        """Starts QEMU on what was prepared; the serial log begins anew, the one before it stays beside it."""
        with self._lock():
            if self.pid():
                raise Problem(f"box {self.number} runs already: qemu/boxes down ends it")
            image = images.find(self.settings["arch"])
            program = needs.program(images.PROGRAM[self.settings["arch"]])
            for host, port in ports.of(self.gateway_port, LOOPBACK, self.settings["address"]):
                ports.require_free(host, port)
            if self.serial.exists():
                self.serial.replace(self.folder / "serial.before.log")
            self.serial.touch()
            for name in ("qmp.sock", "agent.sock", "shell.sock"):
                (self.folder / name).unlink(missing_ok=True)
            with (self.folder / "qemu.log").open("wb") as errors:
                with ending.held_back():
                    process = subprocess.Popen(
                        self._command(program, image), cwd=self.folder, stdin=subprocess.DEVNULL,
                        stdout=subprocess.DEVNULL, stderr=errors, start_new_session=True,
                        preexec_fn=functools.partial(self._write_down, os.getpid()))
                    _CHILDREN[process.pid] = process

    def _write_down(self, starter):
        """In the new process, before it becomes QEMU: whoever finds the starter killed finds this one by its file.

        A starter that was killed before the file was there may have been looked after already: then it ends itself.
        """
        pid = os.getpid()
        whole = self.folder / "pid.new"
        whole.write_text(f"{pid} {_start(pid)}")
        whole.replace(self.folder / "pid")
        if os.getppid() != starter:
            os._exit(1)

    def _lock(self):
        return _locked(self.folder / "boot.lock", f"box {self.number} is being started by another command")

    def _command(self, program, image):
        settings = self.settings
        settings.setdefault("address", LOOPBACK)
        forwards = (f",hostfwd=tcp:{LOOPBACK}:{self.gateway_port}-:{GATEWAY_IN_BOX}"
                    f",hostfwd=tcp:{LOOPBACK}:{self.epg_port}-:{self.epg_port}"
                    f",hostfwd=tcp:{settings['address']}:{self.transfer_port}-:{self.transfer_port}")
        disks = []
        for name, file, options in (
            ("slot-a", self._slot("a", image), ",read-only=on"),
            ("slot-b", self._slot("b", image), ",read-only=on"),
            ("boot", "boot.img", ""),
            ("data", "data.img", ",cache=none" if _direct(self.disk) else ""),
        ):
            disks += ["-drive", f"if=none,id={name},format=raw,file={file}{options}",
                      "-device", f"virtio-blk-device,drive={name},serial={name}"]
        line = "console=ttyAMA0 panic=1 quiet printk.devkmsg=on"
        line += " hearth.middleware=bare" if settings.get("bare") else ""
        line += " hearth.data=noexec" if settings.get("noexec") else ""
        return [
            program, "-M", "virt", "-cpu", images.PROCESSOR[settings["arch"]], "-smp", "2",
            "-m", str(settings["memory"]), "-accel", "tcg,thread=multi",
            "-nodefaults", "-no-user-config", "-display", "none",
            "-kernel", str(image / "vmlinuz"), "-initrd", str(image / "initramfs.gz"),
            "-append", line + settings.get("line", ""),
            # A file: QEMU stands still for good where a socket's reader stops reading a serial line.
            "-serial", "file:serial.log", "-qmp", "unix:qmp.sock,server=on,wait=off",
            "-device", "virtio-serial-device",
            "-chardev", "socket,id=shell,path=shell.sock,server=on,wait=off",
            "-device", "virtconsole,chardev=shell,name=hearth.shell",
            "-chardev", "socket,id=agent,path=agent.sock,server=on,wait=off",
            "-device", "virtserialport,chardev=agent,name=hearth.agent",
            "-device", "virtio-rng-device", *disks,
            "-netdev", f"user,id=net{forwards}", "-device", "virtio-net-device,netdev=net,id=cable",
        ]

    def _slot(self, name, image):
        """The image's root, or another firmware that was put into the box's folder."""
        own = f"slot-{name}.squashfs"
        return own if (self.folder / own).exists() else str(image / "root.squashfs").replace(",", ",,")

    def qmp(self, name, /, **arguments):
        """A command of QEMU's machine protocol."""
        return qmp.command(self.folder, name, **arguments)

    def end(self):
        """Ends it, as a pulled plug; waits until it is gone. False where it did not run."""
        pid = self.pid()
        if pid is None:
            return False
        os.kill(pid, signal.SIGTERM)
        if not self._gone(5):
            os.kill(pid, signal.SIGKILL)
            if not self._gone(10):
                raise Problem(f"process {pid} of box {self.number} does not end: is its disk stuck?")
        if pid in _CHILDREN:
            _CHILDREN.pop(pid).wait()
        return True

    def _gone(self, seconds):
        end = time.monotonic() + seconds
        while self.pid() is not None:
            if time.monotonic() > end:
                return False
            time.sleep(0.05)
        return True

    def log(self):
        """What its serial line said; of a long one the begin and the end."""
        return serial.text(self.serial)

    def said(self):
        """Bytes that its serial line has said, for looking at what comes after."""
        return serial.size(self.serial)

    def tail(self, lines=15):
        """The last lines of what it and QEMU said."""
        errors = self.folder / "qemu.log"
        said = serial.last(self.serial, lines) + serial.last(errors, lines)
        return "its last lines:\n" + "\n".join(said[-lines:])


@contextlib.contextmanager
def _locked(path, otherwise):
    with path.open("w") as file:
        try:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError as held:
            raise Problem(otherwise) from held
        yield


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
