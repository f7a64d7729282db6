"""What users of qemu/ and firmware-image/ do wrong, and what goes wrong around them: a clear word, a clean end.

Wants the arm64 image (firmware-image/build arm64) and root, as the emulation's own installation does.
"""
import contextlib
import json
import os
import pathlib
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
import threading
import time
import unittest
import unittest.mock

ROOT = pathlib.Path(__file__).resolve().parent.parent.parent
sys.path.insert(0, str(ROOT / "qemu"))
from box import accidents, agent, boot, ending, fleet, images, joined, machine, needs, qmp  # noqa: E402
from box.hood import Hood  # noqa: E402
from box.problem import Problem  # noqa: E402
from trial import film, report, table  # noqa: E402
from bench import (  # noqa: E402, F401
    Accidents, Build, Fleet, InTheBox, Page, SerialLog, TestLine, Truth)
from firmware import BootState, Cache, Clock, DataPartition, Watch  # noqa: E402, F401


def boxes(*arguments, seconds=400, **options):
    """Runs qemu/boxes as a user does."""
    return subprocess.run([str(ROOT / "qemu/boxes"), *arguments], stdin=subprocess.DEVNULL, capture_output=True,
                          text=True, check=False, timeout=seconds, **options)


def emulators():
    """Processes of QEMU whose machine lies in this checkout."""
    found = []
    for entry in pathlib.Path("/proc").glob("[0-9]*"):
        with contextlib.suppress(OSError):
            if "qemu-system" in os.readlink(entry / "exe") and str(ROOT) in os.readlink(entry / "cwd"):
                found.append(int(entry.name))
    return found


class WrongCalls(unittest.TestCase):
    """Nothing is started."""

    def refused(self, text, *arguments):
        done = boxes(*arguments)
        self.assertIn(text, done.stderr)
        self.assertNotIn("Traceback", done.stderr)
        self.assertNotEqual(0, done.returncode)
        self.assertEqual([], emulators())

    def test_another_architecture(self):
        self.refused("invalid choice: 'x86'", "up", "1", "--arch", "x86")

    def test_too_many_boxes(self):
        self.refused("1…8 boxes", "up", "9")

    def test_no_memory(self):
        self.refused("--memory takes 64…2048 MiB", "up", "1", "--memory", "8")

    def test_a_box_that_does_not_run(self):
        for command in (("power-cut",), ("reboot",), ("net-cut",), ("corrupt",), ("snapshot",), ("shell",)):
            self.refused("box 7 does not run: qemu/boxes up starts it", command[0], "7")
        self.refused("box 7 never ran", "collect", "7")
        self.refused("it never ran", "console", "7")

    def test_no_such_neighbourhood(self):
        self.refused("there is no neighbourhood in /nowhere", "up", "1", "--join", "/nowhere")

    def test_a_neighbourhood_on_loopback_alone(self):
        with tempfile.TemporaryDirectory() as folder:
            pathlib.Path(folder, "hood.json").write_text(json.dumps({"host": None}))
            self.refused("which no emulated box reaches", "up", "1", "--join", folder)

    def test_a_rate_and_a_latency_that_are_none(self):
        fake = unittest.mock.Mock()
        with unittest.mock.patch.object(accidents, "running", return_value=fake):
            for rate, latency, text in (("fast", "1ms", "RATE is"), ("1mbit", "soon", "LATENCY is"),
                                        ("1mbit; reboot", "1ms", "RATE is")):
                with self.assertRaisesRegex(Problem, text):
                    accidents.slow(1, rate, latency)
        fake.keep.assert_not_called()

    def test_a_snapshot_s_name_is_no_path(self):
        with unittest.mock.patch.object(accidents, "running", return_value=machine.Machine(1)):
            with self.assertRaisesRegex(Problem, "a snapshot's name is"):
                accidents.snapshot(1, "../../etc/passwd")


class Surroundings(unittest.TestCase):
    """What is missing or taken."""

    def setUp(self):
        self.made = tempfile.TemporaryDirectory()
        self.folder = pathlib.Path(self.made.name)
        for patched in (unittest.mock.patch.object(machine, "RUN", self.folder),
                        unittest.mock.patch.object(fleet, "RUN", self.folder)):
            patched.start()
            self.addCleanup(patched.stop)
        self.addCleanup(self.made.cleanup)

    def test_an_image_that_is_not_there(self):
        with unittest.mock.patch.object(images, "IMAGES", self.folder):
            with self.assertRaisesRegex(Problem, "firmware-image/build armhf makes it"):
                fleet.up(1, "armhf", 256, True, 10)

    def test_an_image_of_another_architecture(self):
        shutil.copytree(images.IMAGES / "arm64", self.folder / "armhf", ignore=shutil.ignore_patterns("work"))
        with unittest.mock.patch.object(images, "IMAGES", self.folder):
            with self.assertRaisesRegex(Problem, "is no kernel for armhf"):
                images.find("armhf")

    def test_an_image_that_is_cut(self):
        shutil.copytree(images.IMAGES / "arm64", self.folder / "arm64", ignore=shutil.ignore_patterns("work"))
        (self.folder / "arm64/root.squashfs").write_bytes(b"nothing of the kind")
        with unittest.mock.patch.object(images, "IMAGES", self.folder):
            with self.assertRaisesRegex(Problem, "root.squashfs is damaged"):
                images.find("arm64")

    def test_a_port_in_use(self):
        box = machine.Machine(8)
        with socket.socket() as taken:
            box.prepare("arm64", 256, True, None)
            taken.bind(("127.0.0.1", box.gateway_port))
            taken.listen()
            with self.assertRaisesRegex(Problem, f"port {box.gateway_port} of 127.0.0.1 can't be had"):
                box.boot()
        self.assertIsNone(box.pid())

    def test_a_full_disk(self):
        usage = shutil._ntuple_diskusage(1 << 30, 1 << 30, 1000)
        with unittest.mock.patch.object(shutil, "disk_usage", return_value=usage):
            with self.assertRaisesRegex(Problem, "make room"):
                machine.Machine(8).prepare("arm64", 256, True, None)

    def test_a_missing_tool_is_named_with_its_package(self):
        with unittest.mock.patch.object(shutil, "which", return_value=None):
            with self.assertRaisesRegex(Problem, "apt-get install .* qemu-system-arm"):
                needs.program("qemu-system-arm")

    def test_no_network_to_install_from(self):
        failed = subprocess.CompletedProcess([], 100, "", "E: Could not resolve 'deb.debian.org'")
        which = {"apt-get": "/usr/bin/apt-get"}
        with unittest.mock.patch.object(shutil, "which", side_effect=lambda name, path=None: which.get(name)), \
                unittest.mock.patch.object(os, "geteuid", return_value=0), \
                unittest.mock.patch.object(subprocess, "run", return_value=failed):
            with self.assertRaisesRegex(Problem, "(?s)is there a network.*Could not resolve"):
                needs.program("qemu-system-arm")

    def test_a_line_that_nobody_answers(self):
        with self.assertRaisesRegex(Problem, "does the box run"):
            qmp.command(self.folder, "query-status")

    def test_a_hearth_command_that_fails_says_why(self):
        with self.assertRaisesRegex(Problem, "no neighbourhood in"):
            Hood(self.folder).run("status")


class Machines(unittest.TestCase):
    """Real QEMU."""

    def tearDown(self):
        for each in fleet.machines():
            each.end()
        self.assertEqual([], emulators())

    def test_a_box_that_never_boots_ends_with_its_last_lines(self):
        # Long enough a step for its first words on this machine, and too short for Java to start.
        for seconds in ("1", "2", "4", "8", "16"):
            done = boxes("up", "1", "--fresh", "--timeout", seconds)
            if "hearth-boot:" in done.stderr:
                break
            boxes("down")
        self.assertEqual(1, done.returncode)
        self.assertRegex(done.stderr, r"box 1: no 'hearth is up' after \d")
        self.assertIn("hearth-boot:", done.stderr)
        self.assertEqual([], emulators(), "it is ended")
        self.assertIn("initramfs", machine.Machine(1).serial.read_text(), "its log is readable after it died")

    def test_an_interrupted_up_leaves_nothing(self):
        for end in (signal.SIGINT, signal.SIGTERM):
            process = subprocess.Popen([str(ROOT / "qemu/boxes"), "up", "1", "--fresh"], stdin=subprocess.DEVNULL,
                                       stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL,
                                       # A shell's background jobs ignore Ctrl-C, and so would theirs.
                                       preexec_fn=lambda: signal.signal(signal.SIGINT, signal.SIG_DFL))
            self.until(lambda: emulators() or process.poll() is not None, None)
            process.send_signal(end)
            self.assertEqual(130, process.wait(600), f"after {end.name}")
            self.assertEqual([], emulators(), f"after {end.name}")

    def test_an_acceptance_that_is_killed_leaves_nothing(self):
        process = subprocess.Popen([str(ROOT / "qemu/acceptance"), "--short"], stdin=subprocess.DEVNULL,
                                   stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        try:
            self.until(lambda: emulators() or process.poll() is not None, None)
            self.assertIsNone(process.poll(), "it ended before there was a box")
        finally:
            process.kill()
            process.wait()
        self.until(lambda: not emulators())
        hood = ROOT / "qemu/run/trial-hood"
        self.until(lambda: not javas(hood))

    def test_a_box_whose_starter_is_killed_at_its_start_is_found(self):
        killed = ("import os, signal, sys; sys.path.insert(0, sys.argv[1]); from box import fleet, machine\n"
                  "class Killed(dict):\n"
                  "    def __setitem__(self, pid, process): os.kill(os.getpid(), signal.SIGKILL)\n"
                  "machine._CHILDREN = Killed()\n"
                  "fleet.up(1, 'arm64', 256, True, 200)")
        done = subprocess.run([sys.executable, "-c", killed, str(ROOT / "qemu")], stdin=subprocess.DEVNULL,
                              capture_output=True, check=False)
        self.assertEqual(-signal.SIGKILL, done.returncode, done.stderr)
        self.assertEqual(emulators(), [machine.Machine(1).pid()])
        self.assertIn("box 1 ended", boxes("down").stdout)

    def test_a_box_under_a_path_longer_than_a_socket_s_may_be(self):
        with tempfile.TemporaryDirectory() as made:
            folder = pathlib.Path(made, *["a rather long name, with a comma in it"] * 4)
            folder.mkdir(parents=True)
            with unittest.mock.patch.object(machine, "RUN", folder), unittest.mock.patch.object(fleet, "RUN", folder):
                box, = fleet.up(1, "arm64", 256, True, 200)
                try:
                    self.assertEqual("box", agent.text(box, "hostname"))
                    self.assertEqual({"running": True}, {"running": box.qmp("query-status")["running"]})
                    with self.assertRaisesRegex(Problem, "runs already"):
                        fleet.up(1, "arm64", 256, False, 10)
                    self.assertIsNotNone(box.pid(), "a second up does not end what the first started")
                finally:
                    box.end()

    def test_a_firmware_that_does_not_come_up_gives_way_to_the_other_slot(self):
        box = machine.Machine(1)
        box.folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        broken = box.folder / "slot-a.squashfs"
        broken.write_bytes(b"no file system" * 4096 + bytes(8192))
        try:
            fleet.up(1, "arm64", 256, True, 200)
            self.assertIn("slot a can't be mounted", box.log())
            self.assertIn("slot a did not come up three times: the other one", box.log())
            self.assertIn("init, slot b", box.log())
            agent.run(box, "echo kept >/data/kept; sync")
            accidents.power_cut(1)
            self.assertEqual("kept", agent.text(box, "cat /data/kept"))
            self.assertIn("init, slot b", box.log()[box.log().rfind("initramfs"):], "it stays there")
        finally:
            broken.unlink()

    def until(self, condition, seconds=600):
        """Waits for that long at most, or without end for what comes to one itself."""
        begin = time.monotonic()
        while not condition():
            self.assertTrue(seconds is None or time.monotonic() - begin < seconds, "not in time")
            time.sleep(0.1)


def javas(folder):
    """Processes of Java whose command line names that folder."""
    found = []
    for entry in pathlib.Path("/proc").glob("[0-9]*"):
        with contextlib.suppress(OSError):
            if str(folder).encode() in (entry / "cmdline").read_bytes():
                found.append(int(entry.name))
    return found


class Parts(unittest.TestCase):
    """Text in, text out."""

    def test_marks_are_those_of_the_last_boot(self):
        log = ("hearth-boot: 1.0 s initramfs\nhearth-boot: 9.0 s hearth is up, Java has 1 kB of memory\n"
               "hearth-boot: 2.0 s initramfs\nhearth-boot: 3.5 s java\nhearth-boot: 5.1 s all 28 bundles are active\n")
        self.assertEqual({"kernel and initramfs": 2.0, "Java": 3.5, "bundles active": 5.1}, boot.marks(log))

    @staticmethod
    def _joined(*told):
        """What is said of a box that tells that, one look after the other, and the last for ever; and when."""
        looks, now = list(told), [0.0]

        def look(_machine, _path):
            status = looks.pop(0) if len(looks) > 1 else looks[0]
            if isinstance(status, Problem):
                raise status
            return status

        def pause(seconds):
            now[0] += seconds

        box = unittest.mock.Mock(number=1)
        return joined.wait(box, 10, look, lambda: now[0], pause), now[0]

    def test_a_box_is_up_when_its_neighbours_have_met_it(self):
        enrolled = {"enrolled": True, "broker": False, "members": 7, "endpoints": ["direct4:x:1"], "reads": False}
        mapped = {**enrolled, "broker": True, "members": 9}
        met = {**mapped, "reads": True}
        starting = agent.Failed("no control listener yet")
        self.assertEqual(("", 8), self._joined(starting, *[enrolled] * 3, *[mapped] * 4, met))
        self.assertEqual(("", 18), self._joined(*[enrolled] * 9, *[mapped] * 9, met), "as long as something changes")

    def test_one_that_nobody_meets_is_told_and_left_up(self):
        note, seconds = self._joined({"enrolled": True, "broker": False, "members": 7, "endpoints": [], "reads": False})
        self.assertRegex(note, "box 1 has enrolled, but is not met by its neighbours yet, for 10 s without a change "
                               ".enrolled True, broker False, members 7, .*: what is put now may pass it by")
        self.assertEqual(11, seconds)

    def test_one_that_ends_meanwhile_is_no_neighbour(self):
        with self.assertRaisesRegex(Problem, "box 1 has enrolled, and then: it does not run"):
            self._joined(Problem("it does not run"))

    def test_an_interrupt_waits_until_what_was_started_is_written_down(self):
        done = []
        handler = signal.signal(signal.SIGINT, signal.default_int_handler)
        try:
            with self.assertRaises(KeyboardInterrupt), ending.held_back():
                os.kill(os.getpid(), signal.SIGINT)
                done.append("written")
        finally:
            signal.signal(signal.SIGINT, handler)
        self.assertEqual(["written"], done)

    def test_parts_of_a_playlist(self):
        text = '#EXTM3U\n#EXT-X-MAP:URI="i.mp4"\n#EXTINF:4.0,\na.m4s\n#EXTINF:2.5,\nb.m4s\n'
        self.assertEqual([("i.mp4", 0.0), ("a.m4s", 4.0), ("b.m4s", 2.5)], film.parts(text))

    def test_a_wrong_byte_and_a_short_answer_are_seen(self):
        whole = (film.FILM / "init.mp4").read_bytes()
        for got in (bytes([whole[0] ^ 1]) + whole[1:], whole[:-1], whole + b"x", b""):
            showing = film.Showing()
            film._compare(showing, got, "init.mp4")
            self.assertGreater(showing.wrong, 0)
            with self.assertRaises(Problem):
                showing.require()

    def test_an_answer_that_a_gateway_cuts_is_a_problem(self):
        with socket.create_server(("127.0.0.1", 0)) as server:
            def answer():
                line, _ = server.accept()
                with line:
                    line.recv(1 << 12)
                    line.sendall(b"HTTP/1.1 200 OK\r\nContent-Length: 10\r\n\r\nhalf")

            thread = threading.Thread(target=answer)
            thread.start()
            with self.assertRaisesRegex(Problem, "IncompleteRead"):
                film.get(f"http://127.0.0.1:{server.getsockname()[1]}/")
            thread.join()

    @staticmethod
    def _played(delays):
        """A showing of the film whose parts each take that long to come, by a clock of its own."""
        now = [100.0]
        waits = iter([0.0, 0.0, *delays])

        def come(url):
            now[0] += next(waits)
            return (film.FILM / url.rsplit("/", 1)[1]).read_bytes()

        with unittest.mock.patch.object(film, "get", side_effect=come), \
                unittest.mock.patch.object(film.time, "monotonic", side_effect=lambda: now[0]):
            return film.play(1)

    def test_a_player_begins_with_two_parts_and_a_late_one_is_a_stall(self):
        steady = self._played([3, 3, 3, 3, 3, 3, 3, 3]).require()
        self.assertEqual((6, 0, 32, 24), (steady.first, steady.stalls, steady.film_seconds, steady.seconds))
        self.assertEqual(0, self._played([5, 7, 1, 1, 1, 1, 1, 1]).stalls, "nothing was shown yet")
        late = self._played([1, 1, 9, 1, 1, 1, 1, 1])
        self.assertEqual(1, late.stalls)
        self.assertRaisesRegex(Problem, "1 stall$", late.require)

    def test_growth_is_seen(self):
        before = {name: 100 for name in table.GROWTH}
        self.assertEqual([], table.growth(before, before))
        self.assertEqual([], table.growth({}, before), "nothing to compare with")
        self.assertEqual(1, len(table.growth(before, {**before, "bytes of root": 104})))

    def test_the_readme_s_table_is_that_of_its_figures(self):
        known = json.loads((ROOT / "qemu/footprint.json").read_text())
        readme = (ROOT / "README.md").read_text()
        self.assertEqual(readme, table.into(readme, known))

    def test_a_report_escapes_what_a_box_said(self):
        with tempfile.TemporaryDirectory() as made:
            folder = pathlib.Path(made)
            report.write(folder, "t", {}, [("a", "b", False, "<script>alert(1)</script>", 1.0)])
            self.assertNotIn("<script>", (folder / "report.html").read_text())
            self.assertIn("0 of 1 scenarios passed", (folder / "report.txt").read_text())


if __name__ == "__main__":
    unittest.main(buffer=True)
