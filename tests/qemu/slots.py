"""Real boots of a firmware whose middleware is a few lines of shell, and so is up within seconds: slots, watchdog, data.

Wants the arm64 image and squashfs-tools; each boot takes some seconds, where Java's takes twenty.
"""
import os
import pathlib
import shutil
import subprocess
import sys
import tempfile
import time
import unittest
import unittest.mock

ROOT = pathlib.Path(__file__).resolve().parent.parent.parent
sys.path.insert(0, str(ROOT / "qemu"))
from box import agent, boot, fleet, images, machine, truth  # noqa: E402
from box.problem import Problem  # noqa: E402

GOOD = """
node=/data/box
is_up() { [ -e /run/doors ]; }
is_well() { [ -e /run/doors ]; }
middleware() { : >/run/doors; echo "1.0 all 1 bundles are active" >/run/marks; exec sleep 10000; }
"""
DIES = GOOD.replace("exec sleep 10000", "sleep 2; rm /run/doors; exit 1")
HANGS = GOOD.replace(": >/run/doors; ", "")
FALLS_SILENT = GOOD.replace("exec sleep 10000", "sleep 4; rm /run/doors; exec sleep 10000")
#: Long enough for a slow machine, and bounded.
SECONDS = 400


class Slots(unittest.TestCase):
    """One box, whose folder is made for each test."""

    @classmethod
    def setUpClass(cls):
        cls.made = tempfile.TemporaryDirectory()
        cls.addClassCleanup(cls.made.cleanup)
        cls.base = pathlib.Path(cls.made.name) / "root"
        subprocess.run(["unsquashfs", "-q", "-n", "-d", str(cls.base), str(images.find("arm64") / "root.squashfs"),
                        "bin", "sbin", "etc", "lib", "opt", "dev", "proc", "sys", "tmp", "run", "data", "usr/lib"],
                       check=True, stdout=subprocess.DEVNULL)
        for part in ("opt/middleware/bundles", "opt/middleware/bundles.jsa", "opt/middleware/bare", "usr/lib/java"):
            path = cls.base / part
            if path.is_dir():
                shutil.rmtree(path)
            else:
                path.unlink(missing_ok=True)

    def setUp(self):
        folder = tempfile.TemporaryDirectory()
        self.addCleanup(folder.cleanup)
        for module in (machine, fleet):
            patched = unittest.mock.patch.object(module, "RUN", pathlib.Path(folder.name))
            patched.start()
            self.addCleanup(patched.stop)
        self.box = machine.Machine(1)
        self.box.prepare("arm64", 128, True, None)
        self.addCleanup(self.box.end)

    def firmware(self, slot, middleware):
        """Puts a firmware with that middleware into a slot."""
        (self.base / "opt/middleware/run").write_text(middleware)
        subprocess.run(["mksquashfs", str(self.base), str(self.box.folder / f"slot-{slot}.squashfs"), "-noappend",
                        "-no-progress", "-comp", "lz4", "-all-root", "-quiet"], check=True, stdout=subprocess.DEVNULL)

    def boot(self, **line):
        self.box.keep(line="".join(f" hearth.{name}={value}" for name, value in line.items()))
        self.box.boot()

    def says(self, text, seconds=SECONDS):
        """Waits until the serial line has it."""
        end = time.monotonic() + seconds
        while text not in self.box.log():
            self.assertIsNotNone(self.box.pid(), self.box.tail())
            self.assertLess(time.monotonic(), end, f"no '{text}'; {self.box.tail(40)}")
            time.sleep(0.2)

    def test_middleware_that_opens_its_doors_and_dies_gives_way_and_two_bad_slots_have_an_end(self):
        self.firmware("a", DIES)
        self.firmware("b", HANGS)
        self.boot(doors=3)
        self.says("slot a is given up in this boot")
        self.says("slot a did not come up three times: the other one")
        self.says("its start has stood still for 3 s")
        self.says("RECOVERY: neither slot is good")
        with self.assertRaisesRegex(Problem, "its recovery state"):
            boot.wait(self.box, SECONDS, "another mark")
        # Somebody pulls the plug, and the vendor's service has put another firmware there.
        self.box.end()
        self.firmware("a", GOOD)
        self.boot(proof=3)
        self.says("slot a stayed up for 3 s: it is good")

    def test_middleware_that_falls_silent_is_started_again(self):
        self.firmware("a", FALLS_SILENT)
        self.boot(silent=15)
        self.says("it has not answered for 15 s: ending the middleware")
        self.assertEqual("runs", truth.state(self.box))
        self.says("middleware ended (137)")

    def test_a_full_data_partition_does_not_keep_a_bad_slot(self):
        self.firmware("a", GOOD)
        self.boot()
        boot.wait(self.box, SECONDS)
        agent.run(self.box, "dd if=/dev/zero of=/data/full bs=1M 2>/dev/null; dd if=/dev/zero of=/data/rest bs=512 "
                            "2>/dev/null; sync", 300, check=False)
        self.box.end()
        self.firmware("a", HANGS)
        self.firmware("b", GOOD)
        self.boot(doors=3, proof=3)
        self.says("slot b stayed up for 3 s: it is good")

    def test_a_broken_superblock_is_repaired_in_the_slot_that_was_in_use(self):
        self.firmware("a", HANGS)
        self.firmware("b", GOOD)
        self.boot(doors=3, proof=3)
        self.says("slot b stayed up for 3 s: it is good")
        agent.run(self.box, "echo kept >/data/kept; sync")
        self.box.end()
        self.overwrite(bytes(4096))
        self.boot()
        boot.wait(self.box, SECONDS)
        self.assertIn("init, slot b", self.box.log())
        self.assertIn("repaired as far as can be", self.box.log())
        self.assertEqual("kept", agent.text(self.box, "cat /data/kept"))
        self.assertLess(int(agent.text(self.box, "du -sk /run | cut -f1")), 1024)

    def test_an_empty_memory_is_formatted_and_its_box_has_a_network(self):
        self.firmware("a", GOOD)
        with self.box.disk.open("wb") as file:
            file.truncate(1 << 30)
        self.boot()
        boot.wait(self.box, SECONDS)
        self.assertIn("is empty: formatting it", self.box.log())
        self.says("network 10.0.2.15/24, by DHCP")
        self.assertIn("nameserver", agent.text(self.box, "cat /etc/resolv.conf"))
        self.assertIn("localhost", agent.text(self.box, "cat /etc/hosts"))

    def test_a_data_partition_on_which_nothing_is_run(self):
        self.firmware("a", GOOD)
        self.boot(data="noexec")
        boot.wait(self.box, SECONDS)
        mounted = agent.text(self.box, "grep ' /data ' /proc/mounts")
        for option in ("noexec", "nosuid", "nodev", "noatime"):
            self.assertIn(option, mounted)
        refused = agent.text(self.box, "cp /bin/busybox /data/program; /data/program true 2>&1 || echo $?")
        self.assertRegex(refused, "Permission denied|126")

    def test_a_clock_of_1970_takes_the_image_s_date(self):
        self.firmware("a", GOOD)
        self.boot()
        boot.wait(self.box, SECONDS)
        agent.run(self.box, "date -s @86400 >/dev/null; hwclock -u -w; sync")
        before = self.box.said()
        self.box.qmp("system_reset")
        boot.wait(self.box, SECONDS, from_byte=before)
        built = int(agent.text(self.box, "cat /etc/built"))
        self.assertGreaterEqual(int(agent.text(self.box, "date +%s")), built)

    def test_a_box_on_which_nobody_feeds_the_watchdog_starts_again(self):
        # The first process itself stands still; only the kernel's watchdog is left.
        self.firmware("a", GOOD.replace("is_well() {", "is_well() { [ -e /data/hang ] && sleep 10000;"))
        self.boot(silent=30)
        boot.wait(self.box, SECONDS)
        before = self.box.said()
        agent.run(self.box, "touch /data/hang; sync")
        boot.wait(self.box, SECONDS, from_byte=before)

    def overwrite(self, what):
        with self.box.disk.open("r+b") as file:
            file.write(what)
            os.fsync(file.fileno())


if __name__ == "__main__":
    unittest.main(buffer=True)
