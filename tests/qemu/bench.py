"""The test bench without a box: what QEMU would say is played by sockets of these tests."""
import base64
import contextlib
import fcntl
import io
import json
import os
import pathlib
import pwd
import shlex
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
import threading
import time
import tty
import types
import unittest
import unittest.mock
import zipfile

ROOT = pathlib.Path(__file__).resolve().parent.parent.parent
sys.path[:0] = [str(ROOT / "qemu"), str(ROOT / "firmware-image")]
import boxes as command  # noqa: E402
import walk  # noqa: E402
from box import accidents, agent, boot, fleet, hood, machine, ports, serial, shell, truth  # noqa: E402
from box.problem import Problem  # noqa: E402
from image import natives, steps  # noqa: E402
from image.problem import Problem as BuildProblem  # noqa: E402
from trial import stage  # noqa: E402

RUN = ROOT / "firmware-image/overlay/opt/middleware/run"
AGENT = ROOT / "firmware-image/overlay/sbin/agent"


class Bench(unittest.TestCase):
    """A folder of boxes of its own."""

    def setUp(self):
        made = tempfile.TemporaryDirectory()
        self.addCleanup(made.cleanup)
        self.folder = pathlib.Path(made.name)
        for module in (machine, fleet):
            self.patch(module, "RUN", self.folder)
        self.box = machine.Machine(1)
        self.box.folder.mkdir()

    def patch(self, *arguments, **options):
        patched = unittest.mock.patch.object(*arguments, **options)
        self.addCleanup(patched.stop)
        return patched.start()

    def runs(self):
        """The box counts as one that runs."""
        self.patch(machine.Machine, "pid", return_value=os.getpid())

    def serve(self, name, talk):
        """A socket of the box's folder; each connection is given to talk."""
        server = socket.socket(socket.AF_UNIX)
        server.bind(str(self.box.folder / name))
        server.listen()

        def accept():
            with contextlib.suppress(OSError):
                while True:
                    line, _ = server.accept()
                    with line, contextlib.suppress(OSError):
                        talk(line)

        thread = threading.Thread(target=accept)
        thread.start()

        def end():
            server.shutdown(socket.SHUT_RDWR)
            server.close()
            thread.join()

        self.addCleanup(end)

    def qemu(self, status):
        """QEMU's machine protocol, of a machine in that state; what was asked of it."""
        asked = []
        held = {"status": status}

        def talk(line):
            stream = line.makefile("rw")
            stream.write('{"QMP": {}}\n')
            stream.flush()
            for request in stream:
                name = json.loads(request)["execute"]
                asked.append(name)
                if name == "cont":
                    held["status"] = "running"
                said = {"running": held["status"] == "running", **held} if name == "query-status" else {}
                stream.write(json.dumps({"return": said}) + "\n")
                stream.flush()

        self.serve("qmp.sock", talk)
        self.runs()
        return asked

    def printed(self, *arguments):
        out = io.StringIO()
        with contextlib.redirect_stdout(out):
            command.parser().parse_args(arguments).run(command.parser().parse_args(arguments))
        return out.getvalue()


class Truth(Bench):
    """A process that is there may stand still."""

    def test_a_box_that_a_killed_snapshot_left_paused_is_told_and_goes_on(self):
        asked = self.qemu("paused")
        self.assertIn("stands still, paused", truth.state(self.box))
        self.assertIn("stands still, paused", self.printed("status"))
        with self.assertRaisesRegex(Problem, "qemu/boxes resume 1 goes on"):
            fleet.running(1)
        self.assertIn("goes on", self.printed("resume", "1"))
        self.assertIn("cont", asked)
        self.assertEqual("runs", truth.state(self.box))

    def test_a_full_disk_of_this_machine_is_named(self):
        self.qemu("io-error")
        with self.assertRaisesRegex(Problem, "disk is full or broken: make room"):
            fleet.running(1)

    def test_a_process_that_does_not_answer(self):
        self.runs()
        self.assertIn("does not answer", truth.state(self.box))

    def test_a_cable_that_is_out_is_shown(self):
        self.qemu("running")
        with contextlib.redirect_stdout(io.StringIO()):
            command.parser().parse_args(["net-cut", "1"]).run(command.parser().parse_args(["net-cut", "1"]))
        self.assertIn(", cable out", self.printed("status"))

    def test_a_wait_for_a_boot_ends_when_the_box_stands_still(self):
        self.qemu("io-error")
        self.patch(boot, "LOOK_SECONDS", 0)
        with self.assertRaisesRegex(Problem, "make room"):
            boot.wait(self.box, 600)

    def test_a_wait_for_a_boot_ends_in_the_recovery_state(self):
        self.runs()
        self.box.serial.write_text("hearth-boot: 3.0 s RECOVERY: neither slot is good\n")
        with self.assertRaisesRegex(Problem, "(?s)its recovery state.*neither slot"):
            boot.wait(self.box, 600)

    def boots(self, texts):
        """A box that says one of these every five seconds, by a clock that no one waits for."""
        self.runs()
        clock = [0]

        def pause(_):
            clock[0] += 5
            with self.box.serial.open("a") as file:
                file.write(f"hearth-boot: {clock[0]}.0 s {texts.pop(0)}\n" if texts else "a word\n")

        self.patch(boot, "time", types.SimpleNamespace(monotonic=lambda: clock[0], sleep=pause))
        self.patch(boot.truth, "require")
        return clock

    def test_a_slow_boot_is_waited_for_as_long_as_steps_come(self):
        clock = self.boots(["initramfs", "java", "framework", "tv.hearth.storage took 9 ms", "hearth is up"])
        boot.wait(self.box, 8)
        self.assertEqual(25, clock[0])

    def test_a_boot_without_a_step_ends_with_how_far_it_got(self):
        clock = self.boots(["initramfs", "java"])
        with self.assertRaisesRegex(Problem, "(?s)after 20 s, and no step for 8 s;.* s java"):
            boot.wait(self.box, 8)
        self.assertEqual(20, clock[0])

    def test_a_box_that_starts_again_and_again_is_no_progress(self):
        self.boots(["initramfs"] * 40)
        with self.assertRaisesRegex(Problem, "starts again and again"):
            boot.wait(self.box, 8)

    def test_seconds_are_whole(self):
        self.qemu("running")
        with self.assertRaisesRegex(Problem, "after 0 s, and no step for 0 s;"):
            boot.wait(self.box, 0.000004449)


class TestLine(Bench):
    """Commands in a box: each wait has an end."""

    def test_a_box_that_stands_still_is_no_silence(self):
        self.qemu("io-error")
        self.patch(agent, "SLICE_SECONDS", 0.1)
        self.serve("agent.sock", lambda line: line.recv(1 << 16) and line.recv(1))
        with self.assertRaisesRegex(Problem, "stands still"):
            agent.ask(self.box, "true", 600)

    def test_a_garbled_end_is_a_problem(self):
        """As where /run of the box was full and its exit status could not be written."""
        self.patch(agent.secrets, "token_hex", return_value="abc")
        self.serve("agent.sock", lambda line: (line.recv(1 << 16), line.sendall(b"abc>\n\nabc=\n")))
        with self.assertRaisesRegex(Problem, "test line"):
            agent.ask(self.box, "true", 5)

    def test_another_command_is_waited_for_in_words_and_not_for_ever(self):
        self.patch(agent, "SLICE_SECONDS", 0.1)
        said = io.StringIO()
        with (self.box.folder / "agent.lock").open("w") as held, contextlib.redirect_stderr(said):
            fcntl.flock(held, fcntl.LOCK_EX)
            with self.assertRaisesRegex(Problem, "another command still runs in box 1"):
                agent.ask(self.box, "true", -19)
        self.assertIn("waiting for another command", said.getvalue())

    def test_an_interrupt_ends_the_command_in_the_box(self):
        asked = []

        def talk(line):
            asked.append(line.recv(1 << 16))
            os.kill(os.getpid(), signal.SIGINT)
            stop = line.recv(1 << 16)
            asked.append(stop)
            line.sendall(stop.split()[0] + b">\n\n" + stop.split()[0] + b"=137\n")

        self.serve("agent.sock", talk)
        handler = signal.signal(signal.SIGINT, signal.default_int_handler)
        try:
            with self.assertRaises(KeyboardInterrupt):
                agent.ask(self.box, "sleep 600", 600)
        finally:
            signal.signal(signal.SIGINT, handler)
        self.assertEqual(asked[0].split()[0] + b" stop -\n", asked[1])

    def test_a_second_shell_is_refused(self):
        terminal = self.patch(sys, "stdin")
        terminal.isatty.return_value = True
        with (self.box.folder / "shell.lock").open("w") as held:
            fcntl.flock(held, fcntl.LOCK_EX)
            with self.assertRaisesRegex(Problem, "open in another terminal"):
                shell.shell(self.box)


class InTheBox(unittest.TestCase):
    """The agent itself, on a terminal in a port's place."""

    def setUp(self):
        ours, its = os.openpty()
        tty.setraw(its)
        self.agent = subprocess.Popen([str(AGENT), os.ttyname(its)], start_new_session=True, stderr=subprocess.DEVNULL)
        self.line = os.fdopen(ours, "r+b", buffering=0)
        self.addCleanup(self.end, its)

    def end(self, its):
        os.killpg(self.agent.pid, signal.SIGKILL)
        self.agent.wait()
        self.line.close()
        os.close(its)

    def ask(self, name, what):
        self.line.write(f"{name} {what}\n".encode())

    def answer(self, name):
        got = b""
        while f"{name}=".encode() not in got or not got.endswith(b"\n"):
            got += self.line.read(4096)
        text, code = got.decode().split(f"{name}>\n")[1].split(f"{name}=")
        return base64.b64decode(text).decode(), int(code)

    @staticmethod
    def script(text, seconds=60):
        return f"{seconds} " + base64.b64encode(text.encode()).decode()

    def test_output_and_status(self):
        self.ask("a", self.script("echo hello; exit 3"))
        self.assertEqual(("hello\n", 3), self.answer("a"))

    def test_what_goes_on_in_the_background_holds_nobody(self):
        self.ask("b", self.script("sleep 86400 & echo $!", 600))
        said, code = self.answer("b")
        self.assertEqual(0, code)
        os.kill(int(said), signal.SIGKILL)  # it runs still, or this fails

    def test_stop_ends_what_runs_and_the_next_command_runs(self):
        self.ask("c", self.script("sleep 300"))
        self.ask("c", "stop -")
        self.assertEqual(("", 137), self.answer("c"))
        self.ask("d", self.script("echo again"))
        self.assertEqual(("again\n", 0), self.answer("d"))


class Standstill(Bench):
    """Waits of an acceptance, which end by a standstill and not by the clock."""

    def until(self, steps):
        seconds = [0]
        clock = self.patch(stage, "time")
        clock.monotonic.side_effect = lambda: seconds[0]
        clock.sleep.side_effect = lambda _: seconds.__setitem__(0, seconds[0] + 50)
        return stage.Stage.until("it is there", 120, lambda: seconds[0] >= 1000, lambda: min(seconds[0], steps))

    def test_what_gets_on_is_waited_for_however_long_it_takes(self):
        self.assertEqual(1000, self.until(900))

    def test_what_stands_still_is_not(self):
        with self.assertRaisesRegex(Problem, "not within 120 s: it is there"):
            self.until(500)


class SerialLog(Bench):
    """A log of hundreds of megabytes."""

    def test_a_look_reads_its_begin_and_its_end(self):
        with self.box.serial.open("wb") as file:
            file.write(b"hearth-boot: 1.0 s initramfs\n")
            file.seek(309 << 20)
            file.write(b"\nthe end\n")
        text = self.box.log()
        self.assertLess(len(text), (2 << 20) + 100)
        self.assertIn("initramfs", text)
        self.assertIn("bytes left out", text)
        self.assertTrue(text.endswith("the end\n"))
        self.assertEqual("the end", serial.last(self.box.serial, 1)[0])

    def test_a_mark_in_two_parts_is_seen_once_it_is_whole(self):
        follower = serial.Follower(self.box.serial, 0)
        self.assertFalse(follower.saw("is up"))
        self.box.serial.write_bytes(b"hearth is")
        self.assertFalse(follower.saw("is up"))
        with self.box.serial.open("ab") as file:
            file.write(b" up, and more")
        self.assertTrue(follower.saw("is up"))
        self.assertFalse(follower.saw("is up"), "seen already")


class Accidents(Bench):
    """What commands say of what they did."""

    def test_a_corruption_says_how_many_it_touched(self):
        self.patch(accidents, "running", return_value=self.box)
        self.patch(accidents.agent, "text", return_value="a.piece")
        self.assertIn("a bit flipped in 1 pieces: it holds no more (2 were asked for)",
                      self.printed("corrupt", "1", "--pieces", "2"))

    def test_a_clock_beyond_its_range(self):
        self.patch(accidents, "running", return_value=self.box)
        ran = self.patch(accidents.agent, "run")
        for seconds in (99999999999999, -99999999999):
            with self.assertRaisesRegex(Problem, "2000 to 2099"):
                accidents.clock_skew(1, seconds)
        ran.assert_not_called()

    def test_a_clock_that_does_not_take_it(self):
        self.patch(accidents, "running", return_value=self.box)
        self.patch(accidents.agent, "run")
        self.patch(accidents.agent, "text", return_value="12")
        with self.assertRaisesRegex(Problem, "did not take"):
            accidents.clock_skew(1, 0)

    def test_snapshots_are_listed_deleted_and_the_latest_is_taken_again(self):
        self.qemu("running")
        self.patch(accidents.agent, "run")
        self.box.disk.write_bytes(b"one")
        self.printed("snapshot", "1")
        self.box.disk.write_bytes(b"two")
        self.printed("snapshot", "1")
        self.printed("snapshot", "1", "before")
        self.assertEqual(b"two", (self.box.folder / "snapshots/latest.img").read_bytes())
        with self.assertRaisesRegex(Problem, "snapshots 1 --delete before"):
            accidents.snapshot(1, "before")
        self.assertEqual(["latest", "before"], [line.split()[0] for line in self.printed("snapshots", "1").splitlines()])
        self.printed("snapshots", "1", "--delete", "before")
        self.assertNotIn("before", self.printed("snapshots", "1"))
        with self.assertRaisesRegex(Problem, "no snapshot before; there are: latest"):
            accidents.delete_snapshot(1, "before")


class Fleet(Bench):
    """Boxes beside each other, and beside another checkout's."""

    def prepared(self, joined=None, fresh=False):
        self.patch(machine.images, "find")
        made = self.patch(machine.data, "make", side_effect=lambda box, *_: box.disk.write_bytes(b"new"))
        self.box.prepare("arm64", 256, fresh, joined)
        return made.called

    def test_another_checkout_s_ports_are_left_alone(self):
        with socket.socket() as taken:
            taken.bind(("127.0.0.1", 0))
            taken.listen()
            port = taken.getsockname()[1]
            with unittest.mock.patch.object(ports, "FIRST", port - 10):
                self.assertTrue(self.prepared())
                chosen = self.box.gateway_port
                self.assertNotEqual(port, chosen)
                self.assertEqual(0, (chosen - port) % 100)
        self.assertFalse(self.prepared(), "kept with the data")
        self.assertEqual(chosen, self.box.gateway_port)

    def test_a_box_that_was_by_itself_may_join(self):
        joined = unittest.mock.Mock(folder=self.folder / "hood", address="127.0.0.1")
        self.assertTrue(self.prepared())
        self.assertTrue(self.prepared(joined), "it begins anew")
        self.assertFalse(self.prepared(joined))
        with self.assertRaisesRegex(Problem, "of another neighbourhood .* --fresh"):
            self.prepared()

    def test_those_that_came_up_stay_where_another_does_not(self):
        self.patch(machine.Machine, "prepare")
        self.patch(machine.Machine, "keep")
        ran = set()
        self.patch(machine.Machine, "boot", autospec=True, side_effect=lambda box: ran.add(box.number))
        self.patch(machine.Machine, "end", autospec=True, side_effect=lambda box: ran.discard(box.number))
        self.patch(machine.Machine, "pid", autospec=True, side_effect=lambda box: box.number in ran or None)
        for number in (1, 2):
            folder = self.folder / f"box-{number}"
            folder.mkdir(exist_ok=True)
            (folder / "serial.log").write_text("hearth-boot: 9.0 s hearth is up\n" if number == 1 else "")
        self.patch(fleet.truth, "require")
        with self.assertRaisesRegex(Problem, "box 2: no 'hearth is up'"):
            fleet.up(2, "arm64,armhf", 256, False, 1)
        self.assertEqual({1}, ran)

    def test_boxes_whose_data_partition_holds_no_programs(self):
        self.patch(machine.images, "find")
        self.patch(machine.data, "make")
        lines = {}
        self.patch(machine.Machine, "boot", autospec=True, side_effect=lambda box: lines.update(
            {box.number: box._command("qemu", self.folder)}))
        self.patch(fleet.boot, "wait")
        fleet.up(2, "arm64", 256, True, 1, noexec=(1,))
        self.assertIn("hearth.data=noexec", " ".join(lines[1]))
        self.assertNotIn("noexec", " ".join(lines[2]))
        self.patch(fleet.truth, "state", return_value="is off")
        self.assertRegex(self.printed("status"), "box 1 .*, /data noexec.*\nbox 2 (?!.*noexec)")
        fleet.up(2, "arm64", 256, False, 1)
        self.assertNotIn("noexec", " ".join(lines[1]), "it is of that start, not of the box")

    def test_a_neighbourhood_that_no_emulated_box_reaches_is_named(self):
        for address, why in (("127.0.0.1", "alone"), ("::1", "alone"), ("2001:db8::1", "IPv4 alone")):
            (self.folder / "hood.json").write_text(json.dumps({"host": address}))
            with self.assertRaisesRegex(Problem, why + ".*qemu/boxes address"):
                hood.Hood(self.folder).require_reachable()

    def test_the_neighbourhood_is_where_java_has_it(self):
        said = subprocess.run([sys.executable, "-c", "from box import hood; print(hood.DEFAULT)"], cwd=ROOT / "qemu",
                              env={**os.environ, "HOME": "/elsewhere"}, capture_output=True, text=True, check=True)
        home = pathlib.Path(pwd.getpwuid(os.getuid()).pw_dir)
        self.assertEqual(str(home / ".hearth/neighbourhood"), said.stdout.strip())
        self.assertEqual(hood.DEFAULT, home / ".hearth/neighbourhood")


class Build(unittest.TestCase):
    """Trees that are not a user's own checkout."""

    def test_a_tarball_without_git(self):
        with unittest.mock.patch.object(shutil, "which", return_value=None):
            epoch, version = steps.source()
        self.assertGreater(epoch, 1_700_000_000)
        self.assertRegex(version, r"^\d+\.\d+\.\d+-\d+$")

    def test_a_tree_of_another_user_is_a_tree(self):
        with tempfile.TemporaryDirectory() as made:
            tree = pathlib.Path(made)
            (tree / "pom.xml").write_text("<version>1.2.3</version>")
            git = ["git", "-C", made, "-c", "user.name=a", "-c", "user.email=a@b"]
            subprocess.run(["git", "init", "-q", made], check=True)
            subprocess.run([*git, "commit", "-q", "--allow-empty", "-m", "x"], check=True)
            if os.geteuid() == 0:
                os.chown(tree, 12345, 12345)
                os.chown(tree / ".git", 12345, 12345)
            with unittest.mock.patch.object(steps, "PROJECT", tree):
                self.assertRegex(steps.source()[1], "^1.2.3-[0-9a-f]{7,}$")

    def test_the_image_has_the_native_library_of_its_own_bundle(self):
        with tempfile.TemporaryDirectory() as made:
            folder = pathlib.Path(made)
            with self.assertRaisesRegex(BuildProblem, "has no tv.hearth.lib.sqlite"):
                natives.keep("arm64", folder, folder)
            with zipfile.ZipFile(folder / "tv.hearth.lib.sqlite-0.1.0.jar", "w") as jar:
                jar.writestr("native/org/sqlite/native/Linux/aarch64/libsqlitejdbc.so", b"for 64 bits")
            natives.keep("arm64", folder, folder)
            named = next(word for word in RUN.read_text().split() if word.startswith("-Dhearth.sqlite.library="))
            self.assertEqual(b"for 64 bits", (folder / named.split("=/")[1]).read_bytes())
            with self.assertRaisesRegex(BuildProblem, "has no native/.*/armv7/"):
                natives.keep("armhf", folder, folder)

    def test_two_builds_of_one_image_at_a_time(self):
        with tempfile.TemporaryDirectory() as made, unittest.mock.patch.object(steps, "HERE", pathlib.Path(made)):
            folder = pathlib.Path(made, "target/arm64")
            folder.mkdir(parents=True)
            with (folder / "build.lock").open("w") as held:
                fcntl.flock(held, fcntl.LOCK_EX)
                with self.assertRaisesRegex(BuildProblem, "another build of arm64 is under way"):
                    steps.build("arm64")

    def test_a_work_folder_that_another_user_left(self):
        with tempfile.TemporaryDirectory() as made, \
                unittest.mock.patch.object(shutil, "rmtree", side_effect=PermissionError(13, "Permission denied")):
            with self.assertRaisesRegex(BuildProblem, "as root: rm -r"):
                steps.clear(pathlib.Path(made))


class Page(unittest.TestCase):
    """docs/qa.md, whose lines tests/qemu/walk runs."""

    def test_every_line_is_a_command_that_there_is_with_arguments_that_it_takes(self):
        found = walk.lines(walk.PAGE.read_text())
        self.assertGreater(len(found), 30)
        for line in found:
            words = shlex.split(line)
            self.assertTrue((ROOT / words[0]).is_file(), line)
            if words[0] == "qemu/boxes":
                with contextlib.redirect_stderr(io.StringIO()) as said:
                    try:
                        command.parser().parse_args(words[1:])
                    except SystemExit:
                        self.fail(f"{line}: {said.getvalue()}")

    def test_every_command_of_boxes_stands_in_it(self):
        text = walk.PAGE.read_text()
        commands = next(action for action in command.parser()._actions if action.dest == "command").choices
        self.assertEqual([], [name for name in commands if f"qemu/boxes {name}" not in text])

    def test_a_walk_touches_no_user_s_neighbourhood(self):
        for line in walk.lines(walk.PAGE.read_text()):
            if line.startswith("runtime/hearth") or line.endswith("--join"):
                self.assertTrue(walk.placed(line, "/elsewhere").endswith(" /elsewhere"), line)


if __name__ == "__main__":
    unittest.main(buffer=True)
