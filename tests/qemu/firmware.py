"""The decisions of the emulated box's firmware, tried on this machine: its shell functions under a root of their own.

Wants busybox' shell or dash, e2fsprogs and netcat-openbsd; starts no QEMU, takes no root.
"""
import os
import pathlib
import shutil
import socket
import struct
import subprocess
import tempfile
import threading
import time
import unittest

ROOT = pathlib.Path(__file__).resolve().parent.parent.parent
LIBRARY = ROOT / "firmware-image/overlay/lib/box"
MIDDLEWARE = ROOT / "firmware-image/overlay/opt/middleware/run"
NTP_EPOCH = 2208988800


class Firmware(unittest.TestCase):
    """A fake box: its folders, and programs that write down how they were called."""

    def setUp(self):
        made = tempfile.TemporaryDirectory()
        self.addCleanup(made.cleanup)
        self.folder = pathlib.Path(made.name)
        (self.folder / "bin").mkdir()

    def program(self, name, script="exit 0"):
        path = self.folder / "bin" / name
        path.write_text(f"#!/bin/sh\necho {name} \"$@\" >>{self.folder}/called\n{script}\n")
        path.chmod(0o755)

    def called(self):
        path = self.folder / "called"
        return path.read_text() if path.exists() else ""

    def shell(self, parts, script, seconds=60):
        """What the script says with these parts of the firmware read; it must end well."""
        read = "\n".join(f". {LIBRARY / part}" for part in parts)
        text = f"cd {self.folder}\nsay() {{ echo \"$*\" >&2; }}\nusleep() {{ sleep 0.05; }}\n{read}\n{script}\n"
        path = f"{self.folder}/bin:{os.environ['PATH']}:/usr/sbin:/sbin"
        done = subprocess.run(["sh", "-c", text], capture_output=True, text=True, check=False, timeout=seconds,
                              stdin=subprocess.DEVNULL, env={"PATH": path, "LC_ALL": "C"})
        self.said = done.stderr
        self.assertEqual(0, done.returncode, done.stderr)
        return done.stdout.strip()


class BootState(Firmware):
    """Which slot, and how it fared."""

    def setUp(self):
        super().setUp()
        self.disk = self.folder / "boot.img"
        self.disk.write_bytes(bytes(64 << 10))

    def state(self, script):
        return self.shell(["state"], f"state_disk={self.disk}\n{script}")

    def boots(self, ends):
        """The slot of each boot; each ends in that phase, '' where it says nothing."""
        return [self.state("state_begin; echo $slot $phase" + (f"; state_phase {end}" if end else "")) for end in ends]

    def test_a_new_box_takes_slot_a(self):
        self.assertEqual(["a starting"], self.boots([""]))

    def test_doors_that_open_are_no_proof(self):
        """Doors open, the middleware dies, five times in a boot: init gives the slot up."""
        gave_up = "state_begin; echo $slot; state_phase up; state_phase starting"
        self.assertEqual(["a", "a", "a", "b"], [self.state(gave_up) for _ in range(4)])
        self.assertIn("slot a did not come up three times: the other one", self.said)

    def test_a_slot_that_stayed_up_is_good(self):
        self.boots(["", "", "proved"])
        self.assertEqual(["a starting"] * 3, self.boots(["", "", ""]))
        self.assertEqual(["b starting"], self.boots([""]))

    def test_a_plug_that_is_pulled_a_few_times_does_not_change_the_slot(self):
        self.assertEqual(["a starting"] * 10, self.boots(["up"] * 10))
        self.assertEqual(["b starting"], self.boots(["up"]), "a kernel that always falls over does")

    def test_an_orderly_end_is_no_try(self):
        self.assertEqual(["a starting"] * 30, self.boots(["off"] * 30))

    def test_two_bad_slots_have_an_end_and_the_next_power_on_tries_both_again(self):
        self.assertEqual(["a starting"] * 3 + ["b starting"] * 3 + ["a ended"] + ["a starting"] * 3 + ["b starting"],
                         self.boots([""] * 11))

    def test_a_record_that_a_power_cut_left_half_written_does_not_count(self):
        self.boots(["proved"])
        self.state("state_read; slot=b; state_write")
        whole = self.disk.read_bytes()
        later = max((0, 512), key=lambda at: int(whole[at:at + 40].split()[1]))
        self.disk.write_bytes(whole[:later + 20] + bytes(100) + whole[later + 120:])
        self.assertEqual("a proved", self.state("state_read; echo $slot $phase"))

    def test_rubbish_is_a_new_box(self):
        self.disk.write_bytes(os.urandom(64 << 10))
        self.assertEqual("a new", self.state("state_read; echo $slot $phase"))

    def test_a_machine_without_the_partition_boots_slot_a(self):
        self.assertEqual("a starting", self.shell(["state"], "state_begin; state_write; echo $slot $phase"))

    def test_the_time_is_remembered(self):
        before = int(time.time())
        self.state("state_clock")
        self.assertGreaterEqual(int(self.state("state_read; echo $clock")), before)


class DataPartition(Firmware):
    """Real file systems in files; only the mount is not."""

    def setUp(self):
        super().setUp()
        self.program("mount")
        self.disk = self.folder / "data.img"

    def ready(self, megabytes=None, settings=""):
        if megabytes:
            with self.disk.open("wb") as file:
                file.truncate(megabytes << 20)
        return self.shell(["data"], f"REPORT={self.folder}/fsck; {settings}data_ready {self.disk} && echo ready || echo not")

    def formatted(self, megabytes, *options):
        with self.disk.open("wb") as file:
            file.truncate(megabytes << 20)
        seed = self.folder / "seed/box"
        seed.mkdir(parents=True)
        for number in range(200):
            (seed / f"piece-{number}").write_bytes(os.urandom(5000))
        subprocess.run(["/sbin/mke2fs", "-q", "-t", "ext4", "-F", *options, "-d", str(self.folder / "seed"),
                        str(self.disk)], check=True)

    def sound(self):
        done = subprocess.run(["/sbin/e2fsck", "-f", "-n", str(self.disk)], capture_output=True, text=True, check=False)
        return done.returncode == 0

    def test_a_sound_one_is_mounted_and_goes_read_only_on_errors(self):
        self.formatted(32)
        self.assertEqual("ready", self.ready())
        self.assertIn("mount -t ext4 -o noatime,errors=remount-ro", self.called())

    def test_where_the_kernel_s_line_says_so_nothing_on_it_is_run(self):
        for line, more in (("quiet hearth.data=noexec panic=1", ",noexec,nosuid,nodev"), ("quiet", ""),
                           ("hearth.data=noexecutable", "")):
            self.assertEqual("noatime,errors=remount-ro" + more, self.shell(["data"], f"data_options '{line}'"))

    def test_a_broken_superblock_is_repaired(self):
        self.formatted(256)
        self.overwrite(bytes(4096), 0)
        self.assertEqual("ready", self.ready())
        self.assertTrue(self.sound())
        self.assertIn("piece-7", self.listed("/box"))

    def test_so_is_one_with_small_blocks(self):
        self.formatted(32, "-b", "1024")
        self.overwrite(os.urandom(2048), 0)
        self.assertEqual("ready", self.ready())
        self.assertTrue(self.sound())

    def test_garbage_over_32_mib_leaves_a_short_report(self):
        self.formatted(512)
        self.overwrite(os.urandom(32 << 20), 0)
        self.assertEqual("ready", self.ready())
        self.assertLess((self.folder / "fsck").stat().st_size, 256 << 10)
        self.assertTrue(self.sound())

    def test_an_empty_one_is_formatted(self):
        self.assertEqual("ready", self.ready(128))
        self.assertIn("is empty: formatting it", self.said)
        self.assertTrue(self.sound())

    def test_what_is_no_file_system_and_not_empty_is_kept(self):
        self.disk.write_bytes(os.urandom(8 << 20))
        before = self.disk.read_bytes()
        self.program("mount", "exit 1")
        self.assertEqual("not", self.ready())
        self.assertIn("can't be mounted", self.said)
        self.assertEqual(before, self.disk.read_bytes())

    def test_a_dead_one_says_so(self):
        self.program("mke2fs", "exit 1")
        self.assertEqual("not", self.ready(16, "FORMAT=mke2fs; "))
        self.assertIn("can't be formatted", self.said)

    def test_no_partition_at_all(self):
        self.assertEqual("not", self.shell(["data"], f"REPORT={self.folder}/fsck; data_ready '' && echo ready || echo not"))

    def overwrite(self, what, at):
        with self.disk.open("r+b") as file:
            file.seek(at)
            file.write(what)

    def listed(self, folder):
        return subprocess.run(["/sbin/debugfs", "-R", f"ls -p {folder}", str(self.disk)],
                              capture_output=True, text=True, check=False).stdout


class Clock(Firmware):
    """What time it is to begin with, and what a time server may say."""

    def first(self, own, built, known):
        return int(self.shell(["clock"], f"clock_first {own} {built} {known}"))

    def test_a_clock_that_can_be_right_is_believed(self):
        self.assertEqual(1_800_000_000, self.first(1_800_000_000, 1_790_000_000, 1_830_000_000))

    def test_one_that_stands_in_1970_takes_what_was_known_or_the_image_s_time(self):
        self.assertEqual(1_795_000_000, self.first(12, 1_790_000_000, 1_795_000_000))
        self.assertEqual(1_790_000_000, self.first(12, 1_790_000_000, 0))
        self.assertEqual(1_790_000_000, self.first(12, 1_790_000_000, 5))

    def test_a_time_server_s_address_may_be_of_ipv6(self):
        for written, meant in (
            ("time.example", "time.example 123"), ("time.example:1123", "time.example 1123"),
            ("192.0.2.1:1123", "192.0.2.1 1123"), ("2001:db8::1", "2001:db8::1 123"),
            ("[2001:db8::1]", "2001:db8::1 123"), ("[2001:db8::1]:1123", "2001:db8::1 1123"),
        ):
            self.assertEqual(meant, self.shell(["clock"], f"clock_server '{written}'; echo $host $port"), written)

    def ask(self, change=lambda answer: answer, stamp=1_800_000_000):
        """What clock_ask takes of a server whose right answer is changed so."""
        with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as server:
            server.bind(("127.0.0.1", 0))
            server.settimeout(20)

            def answer():
                request, peer = server.recvfrom(256)
                right = struct.pack(">BBBb11I", 0x24, 2, 0, -20, 0, 0, 0, 0, 0,
                                    *struct.unpack(">II", request[40:48]), 0, 0, (stamp + NTP_EPOCH) & 0xffffffff, 0)
                server.sendto(change(right), peer)

            thread = threading.Thread(target=answer)
            thread.start()
            built = self.folder / "built"
            built.write_text("1790000000\n")
            said = self.shell(["clock"], f"BUILT={built}; clock_ask 127.0.0.1:{server.getsockname()[1]} || echo none")
            thread.join()
            return said

    @unittest.skipUnless(shutil.which("nc.openbsd"), "netcat-openbsd is missing")
    def test_a_time_server_is_asked_and_believed(self):
        self.assertEqual("1800000000", self.ask())
        self.assertEqual(str((1 << 32) - NTP_EPOCH + 100), self.ask(stamp=(1 << 32) - NTP_EPOCH + 100), "after 2036")

    @unittest.skipUnless(shutil.which("nc.openbsd"), "netcat-openbsd is missing")
    def test_answers_that_are_not_to_be_believed(self):
        self.assertEqual("none", self.ask(lambda right: b"\xe4" + right[1:]), "it has no time itself")
        self.assertEqual("none", self.ask(lambda right: right[:1] + b"\0" + right[2:]), "it sends us away")
        self.assertEqual("none", self.ask(lambda right: right[:24] + bytes(8) + right[32:]), "not to our question")
        self.assertEqual("none", self.ask(lambda right: right[:20]), "cut")
        self.assertEqual("none", self.ask(stamp=1_700_000_000), "older than the image")


class Watch(Firmware):
    """When middleware is ended, when a slot is good, when it is given up."""

    def judge(self, *arguments):
        return self.shell(["watch"], "watch_judge " + " ".join(f"'{each}'" for each in arguments))

    def test_doors_that_stay_shut(self):
        self.assertEqual("wait", self.judge(299, "", 0, ""))
        self.assertEqual("shut", self.judge(300, "", 0, ""))

    def test_silence_behind_open_doors(self):
        self.assertEqual("well", self.judge(400, 119, 119, ""))
        self.assertEqual("silent", self.judge(400, 390, 120, ""))

    def test_a_slot_is_good_when_it_stayed_up(self):
        self.assertEqual("well", self.judge(610, 599, 3, ""))
        self.assertEqual("prove", self.judge(610, 600, 3, ""))
        self.assertEqual("well", self.judge(610, 600, 3, "yes"))

    KEPT = """
doors_open() { echo opened; }
state_phase() { echo "phase $1"; }
state_clock() { :; }
sleep() { command sleep 0.05; }
DOORS_SECONDS=1 SILENT_SECONDS=1 LOOK_SECONDS=1
"""

    def keep(self, script, console="/dev/null"):
        """watch_keep with that middleware, its files under the fake root."""
        source = (LIBRARY / "watch").read_text().replace("/run/", f"{self.folder}/").replace(">/dev/console", f">>{console}")
        (self.folder / "watch").write_text(source)
        return self.shell([], f". ./watch\n{self.KEPT}\n{script}\nwatch_keep; echo given up")

    def test_middleware_that_opens_its_doors_and_dies_gives_the_slot_up(self):
        said = self.keep("middleware() { exec sleep 0.2; }; is_up() { true; }; is_well() { true; }")
        self.assertEqual(["opened"] * 5 + ["given up"], said.splitlines())
        self.assertNotIn("phase proved", said)

    def test_middleware_that_hangs_before_its_doors_is_ended_and_its_slot_given_up(self):
        said = self.keep("middleware() { exec sleep 1000; }; is_up() { false; }; is_well() { false; }")
        self.assertEqual("given up", said)
        self.assertIn("its start has stood still for 1 s", self.said)

    def test_a_slow_start_is_no_hang_and_its_steps_are_told_as_they_come(self):
        steps = "for i in 1 2 3; do echo \"$i.0 step $i\" >>marks; command sleep 2; done; : >open; exec sleep 0.1"
        said = self.keep(f"DOORS_SECONDS=5 SILENT_SECONDS=9 MOST_ENDS=1\nmiddleware() {{ {steps}; }}\n"
                         "is_up() { [ -e open ]; }; is_well() { true; }", console=f"{self.folder}/console")
        self.assertEqual(["opened", "given up"], said.splitlines(), self.said)
        self.assertNotIn("stood still", self.said)
        self.assertEqual([f"hearth-boot: {i}.0 s step {i}" for i in (1, 2, 3)],
                         [line for line in (self.folder / "console").read_text().splitlines() if "step" in line])

    def test_middleware_that_falls_silent_is_ended_and_started_again(self):
        said = self.keep("middleware() { exec sleep 1000; }; is_up() { true; }; is_well() { false; }")
        self.assertEqual(["opened"] * 5 + ["given up"], said.splitlines())
        self.assertIn("it has not answered for 1 s", self.said)

    def test_a_proof_takes_one_run_of_that_length(self):
        said = self.keep("PROOF_SECONDS=1 SILENT_SECONDS=9\n"
                         "middleware() { [ -e ran ] && exec sleep 0.1; : >ran; exec sleep 3; }\n"
                         "is_up() { true; }; is_well() { true; }")
        self.assertEqual(1, said.count("phase proved"))


class Cache(Firmware):
    """Felix' cache after a power cut in a start."""

    def test_bundles_that_are_half_there_are_taken_out_and_whole_ones_stay(self):
        cache = self.folder / "node/framework"
        for number, info, location in ((0, "", None), (1, "x", "y"), (2, "", "y"), (3, "x", ""), (4, "x", "y")):
            bundle = cache / f"bundle{number}"
            (bundle / "version0.0").mkdir(parents=True)
            (bundle / "bundle.info").write_text(info)
            if location is not None:
                (bundle / "version0.0/revision.location").write_text(location)
        (cache / "bundle.id").write_text("4")
        said = self.shell([], f". {MIDDLEWARE}\nnode={self.folder}/node; tidy_cache")
        self.assertEqual(["bundle0", "bundle1", "bundle4"], sorted(each.name for each in cache.glob("bundle?")))
        self.assertTrue(said.startswith("2 bundles were half in the cache"), said)
        self.assertEqual("", self.shell([], f". {MIDDLEWARE}\nnode={self.folder}/node; tidy_cache"))


if __name__ == "__main__":
    unittest.main(buffer=True)
