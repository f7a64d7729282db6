"""What happens to boxes."""
import re
import secrets
import shutil
import time

from . import agent, boot
from .fleet import running
from .machine import Machine
from .problem import Problem

AGAIN_SECONDS = 300
RATE = re.compile(r"([1-9][0-9]{0,5})(k|m)bit")
LATENCY = re.compile(r"([0-9]{1,5})ms")
NAME = re.compile(r"[A-Za-z0-9][A-Za-z0-9._-]{0,63}")
#: 2000-01-01 and 2100-01-01, the years that a battery's clock counts.
EARLIEST, LATEST = 946684800, 4102444800
#: How far a slow machine's answer about the time may be behind.
CLOCK_SECONDS = 300
LATEST_NAME = "latest"
PIECES = "/data/box/home/storage/pieces"


def power_cut(number, wait=True):
    """Power off and on: what the disk was not told to keep is lost with the box's memory."""
    machine = running(number)
    before = machine.said()
    machine.qmp("system_reset")
    if wait:
        boot.wait(machine, AGAIN_SECONDS, from_byte=before)
        line(machine)
    return machine


def reboot(number):
    """An orderly restart."""
    machine = running(number)
    before = machine.said()
    agent.run(machine, "setsid /sbin/shutdown -r >/dev/null 2>&1 &")
    boot.wait(machine, AGAIN_SECONDS, "shut down (-r)", before)
    boot.wait(machine, AGAIN_SECONDS, from_byte=before)
    line(machine)
    return machine


def cable(number, plugged):
    """Plugs the network cable in or out."""
    machine = running(number)
    machine.qmp("set_link", name="cable", up=plugged)
    machine.keep(cable=None if plugged else "out")
    if plugged:
        machine.keep(slow=None)
        line(machine)


def slow(number, rate, latency):
    """A slow line: at most that rate either way, and so much more for each way to and fro."""
    machine = running(number)
    if not RATE.fullmatch(rate):
        raise Problem(f"RATE is a number and kbit or mbit, e.g. 2mbit, not {rate}")
    if not LATENCY.fullmatch(latency):
        raise Problem(f"LATENCY is a number and ms, e.g. 40ms, not {latency}")
    machine.keep(slow=f"{rate} {latency}")
    line(machine)


def line(machine):
    """Makes the box's line as it is to be: the kernel's own queues, which a boot forgets."""
    wanted = machine.settings.get("slow")
    if not wanted:
        agent.run(machine, "for queue in root ingress; do /sbin/tc qdisc del dev eth0 $queue 2>/dev/null; done; true")
        return
    rate, latency = wanted.split()
    number, unit = RATE.fullmatch(rate).groups()
    bytes_a_second = int(number) * (1000 if unit == "k" else 1000_000) // 8
    # A fifth of a second's worth waits, as in a home router that is not badly bloated.
    limit = max(32, bytes_a_second // 5 // 1500 + int(LATENCY.fullmatch(latency)[1]) * bytes_a_second // 1500_000)
    agent.run(machine, f"""
for module in sch_netem act_mirred sch_ingress cls_matchall; do
  insmod /lib/modules/$module.ko 2>/dev/null
done
[ -d /sys/class/net/ifb0 ] || insmod /lib/modules/ifb.ko numifbs=1
set -e
ip link set ifb0 up
/sbin/tc qdisc replace dev eth0 root netem rate {rate} delay {latency} limit {limit}
/sbin/tc qdisc del dev eth0 ingress 2>/dev/null || true
/sbin/tc qdisc add dev eth0 handle ffff: ingress
/sbin/tc filter add dev eth0 parent ffff: matchall action mirred egress redirect dev ifb0
/sbin/tc qdisc replace dev ifb0 root netem rate {rate} limit {limit}
""")


def disk_full(number, full=True):
    """Fills the data partition to its last block, or frees it again; bytes that are free then."""
    machine = running(number)
    if full:
        agent.run(machine, """
free=$(df -k /data | awk 'NR==2 {print $4}')
[ "$free" -gt 1024 ] && fallocate -l $(((free - 512) * 1024)) /data/full
dd if=/dev/zero of=/data/full.rest bs=4k 2>/dev/null
sync
true
""", 180)
    else:
        agent.run(machine, "rm -f /data/full /data/full.rest; sync")
    return int(agent.text(machine, "df -k /data | awk 'NR==2 {print $4}'")) * 1024


def corrupt(number, count):
    """Flips a bit in the middle of some stored pieces; the names of their files, fewer where it holds fewer."""
    machine = running(number)
    if not 1 <= count <= 10000:
        raise Problem(f"--pieces takes 1…10000, not {count}")
    # Another place each time: the same bit flipped twice would be right again.
    seed = secrets.randbelow(1 << 20) + 1
    done = agent.text(machine, f"""
find {PIECES} -name '*.piece' | sort | awk 'BEGIN {{srand({seed})}} {{print rand(), $0}}' | sort -n |
head -n {count} | while read -r order file; do
  size=$(stat -c %s "$file")
  at=$((size / 3 + {seed} % (size / 2 + 1)))
  byte=$(od -A n -t u1 -j $at -N 1 "$file" | tr -d ' ')
  printf "\\\\$(printf %03o $((byte ^ 16)))" | dd of="$file" bs=1 seek=$at conv=notrunc 2>/dev/null &&
    echo "${{file##*/}}"
done
sync
""", 120)
    if not done:
        raise Problem(f"box {number} holds no pieces yet: store something first (runtime/hearth put)")
    return done.splitlines()


def clock_skew(number, seconds):
    """Sets the box's clock to this machine's and so many seconds more; the box's clock, in seconds, then."""
    machine = running(number)
    wanted = int(time.time()) + seconds
    if not EARLIEST <= wanted <= LATEST:
        raise Problem(f"SECONDS would make it {wanted} s after 1970; a box's clock takes 2000 to 2099")
    agent.run(machine, f"date -s @{wanted} >/dev/null && hwclock -u -w && say() {{ :; }} && "
                       ". /lib/box/state && state_disk=$(cat /run/state-disk) && state_clock")
    now = int(agent.text(machine, "date +%s"))
    if abs(now - wanted) > CLOCK_SECONDS:
        raise Problem(f"box {number}'s clock did not take {wanted}: it says {now}")
    return now


def snapshot(number, name):
    """Copies the data partition as it is at this moment; its file."""
    machine = running(number)
    file = _file(machine, name)
    if file.exists() and name != LATEST_NAME:
        raise Problem(f"{file} is there already: choose another name, or qemu/boxes snapshots {number} --delete {name}")
    if shutil.disk_usage(machine.folder).free < machine.disk.stat().st_blocks * 512 + (64 << 20):
        raise Problem(f"{machine.folder} has too little room for a copy of {machine.disk}: make room")
    file.parent.mkdir(exist_ok=True)
    agent.run(machine, "sync")
    machine.qmp("stop")
    try:
        _copy(machine.disk, file.with_suffix(".part"))
    finally:
        machine.qmp("cont")
    file.with_suffix(".part").replace(file)
    return file


def restore(number, name):
    """Puts a snapshot in the data partition's place: the box goes off as by a power cut, and comes up with it."""
    machine = Machine(number)
    file = _kept(machine, name)
    machine.end()
    _copy(file, machine.folder / "data.new")
    (machine.folder / "data.new").replace(machine.disk)
    machine.boot()
    boot.wait(machine, AGAIN_SECONDS)
    line(machine)
    return machine


def snapshots(number):
    """Its snapshots, the oldest first."""
    return sorted((Machine(number).folder / "snapshots").glob("*.img"), key=lambda path: path.stat().st_mtime)


def delete_snapshot(number, name):
    """Deletes one; its file."""
    file = _kept(Machine(number), name)
    file.unlink()
    return file


def _kept(machine, name):
    file = _file(machine, name)
    if not file.exists():
        known = ", ".join(path.stem for path in snapshots(machine.number)) or "none"
        raise Problem(f"box {machine.number} has no snapshot {name}; there are: {known}")
    return file


def _file(machine, name):
    if not NAME.fullmatch(name):
        raise Problem(f"a snapshot's name is letters, digits, '.', '_' and '-', not {name!r}")
    return machine.folder / "snapshots" / f"{name}.img"


def _copy(source, target):
    """A copy with the holes that the source has."""
    import subprocess

    done = subprocess.run(["cp", "--sparse=always", "--reflink=auto", str(source), str(target)],
                          capture_output=True, text=True, check=False)
    if done.returncode != 0:
        target.unlink(missing_ok=True)
        raise Problem(f"the copy failed: {done.stderr.strip()}")
