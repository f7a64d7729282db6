"""What happens to a neighbourhood with emulated boxes in it. Each is a function of the stage that tells what it saw."""
import time

from box import accidents, agent, boot
from box.problem import Problem

from . import film

TRIAL = "/data/trial"
MOST_FILMS = 8
#: How an update ends.
ENDS = ("COMMITTED", "FAILED", "ROLLED_BACK")
SCENARIOS = []


def scenario(what, short=False):
    """Puts a function into the list, in the order of this file."""
    def put(function):
        function.what, function.short, function.name = what, short, function.__name__.replace("_", " ")
        SCENARIOS.append(function)
        return function

    return put


def check(holds, otherwise):
    """A Problem where it does not hold."""
    if not holds:
        raise Problem(otherwise)


@scenario("a neighbourhood of JVM boxes on this machine; emulated boxes boot, enrol, get the map", short=True)
def boot_and_enrol(stage):
    stage.start_hosts()
    stage.start_emulated()
    seen = "; ".join(f"box {machine.number}: {boot.words(machine.log())}" for machine in stage.boxes)
    return f"{stage.status(stage.boxes[0])['members']} members; {seen}"


@scenario("the operator stores a film in class half-proof: pieces reach the emulated boxes", short=True)
def store(stage):
    stored = stage.put_film(film.FILM)
    # Placement chooses some of the boxes: more films, until it has chosen each emulated one.
    films = 1
    while any(stage.status(machine)["pieces"] == 0 for machine in stage.boxes):
        check(films < MOST_FILMS, f"after {films} films an emulated box holds no piece")
        films += 1
        stage.put_film(film.FILM, f"film-{films}")
    held = ", ".join(f"box {machine.number} {stage.status(machine)['pieceBytes'] / 1e6:.1f} MB"
                     for machine in stage.boxes)
    survives = stored["survives"]
    return f"{films} films; any {survives['k']} of {survives['n']} pieces restore one; {held} of pieces"


@scenario("half of all boxes are off, as by a pulled plug; a player at an emulated box plays the film", short=True)
def play_with_half_off(stage):
    off = (stage.hosts + len(stage.boxes)) // 2
    numbers = [str(number) for number in range(1, off + 1)]
    stage.hood.run("box", "kill", *numbers)
    try:
        showing = film.play(stage.boxes[0].gateway_port).require()
    finally:
        stage.hood.run("box", "start", *numbers)
    return f"{off} of {stage.hosts + len(stage.boxes)} off: {showing}"


def _make(machine, name, mebibytes):
    return agent.text(machine, f"mkdir -p {TRIAL}; dd if=/dev/urandom of={TRIAL}/{name} bs=1M count={mebibytes} "
                               f"2>/dev/null; sync; sha256sum {TRIAL}/{name}", 120).split()[0]


def _put(machine, name):
    begin = time.monotonic()
    asked = {"path": f"{TRIAL}/{name}", "name": name, "shelf": "household", "class": "home"}
    stored = agent.control(machine, "/put", 300, **asked)
    return stored, time.monotonic() - begin


def _read(machine, name):
    """What the box's own player gets: a household's objects are for no other device."""
    return agent.text(machine, f"wget -q -O - http://127.0.0.1:8090/object/{name} | sha256sum", 180).split()[0]


@scenario("a household at an emulated box backs up 4 MiB and reads them back", short=True)
def put_and_get(stage):
    machine = stage.boxes[0]
    whole = _make(machine, "holiday", 4)
    stored, seconds = _put(machine, "holiday")
    begin = time.monotonic()
    check(_read(machine, "holiday") == whole, "what came back is not what was stored")
    survives = stored["survives"]
    return (f"stored in {seconds:.1f} s, any {survives['k']} of {survives['n']} pieces restore it; "
            f"read back right in {time.monotonic() - begin:.1f} s")


@scenario("a release of new storage, transfer and crypto is rolled out over MQTT while somebody watches", short=True)
def hot_update(stage):
    target = stage.publish()
    before = {machine.number: _java(machine) for machine in stage.boxes}
    begin = time.monotonic()
    with film.Viewer(stage.boxes[0].gateway_port) as viewer:
        campaign = stage.ended(stage.begin(target))
    seconds = time.monotonic() - begin
    check(campaign["status"] == "COMPLETED", f"the campaign ended {campaign['status']}: {campaign['reason']}")
    gaps = []
    for machine in stage.boxes:
        update = stage.update(machine)
        check(update["release"] == target, f"box {machine.number} runs {update['release']}, not {target}")
        check(_java(machine) == before[machine.number], f"box {machine.number}'s Java was started anew")
        worst = max(update["operations"][-1]["gapMillis"].values(), default=0)
        gaps.append(f"box {machine.number} {worst} ms")
    return (f"{target} on all {len(campaign['boxes'])} boxes after {seconds:.0f} s, Java never restarted; longest time "
            f"without a service: {', '.join(gaps)}; {viewer.seen()}")


def _java(machine):
    return agent.text(machine, "cut -d' ' -f22 /proc/$(cat /run/middleware.pid)/stat")


@scenario("a release that starts well and then fails its health check goes to an emulated box first")
def bad_release(stage):
    good = stage.update(stage.boxes[0])["release"]
    target = stage.publish(bad=True)
    campaign = stage.ended(stage.begin(target, f"model={stage.architecture}"))
    check(campaign["status"] == "STOPPED", f"the campaign ended {campaign['status']}, not STOPPED")
    back = campaign["counts"].get("ROLLED_BACK", 0)
    check(back > 0, f"no box went back: {campaign['counts']}")
    for machine in stage.boxes:
        check(stage.update(machine)["release"] == good, f"box {machine.number} is not on {good}")
        stage.whole(machine)
    return f"{target}: {back} box went back by itself, {campaign['counts'].get('LEFT', 0)} never asked; all run {good}"


@scenario("the plug is pulled in the middle of an update, while bundles are fetched", short=True)
def power_cut_in_an_update(stage):
    return _cut_at(stage, ("FETCHING", "VERIFYING", "SWITCHING", "WATCHING"))


@scenario("the plug is pulled in the middle of an update, while bundles are exchanged")
def power_cut_in_an_exchange(stage):
    return _cut_at(stage, ("SWITCHING", "WATCHING"))


def _cut_at(stage, phases):
    """Cuts at the first sight of one of the phases; either set may run then, and it runs whole."""
    machine = stage.boxes[0]
    before = stage.update(machine)["release"]
    target = stage.publish()
    number = stage.begin(target, f"model={stage.architecture}")
    phase = []

    def under_way():
        last = (stage.update(machine)["operations"] or [{}])[-1]
        phase[:] = [last.get("phase", "")]
        check(not (last.get("target") == target and last["phase"] in ENDS),
              f"the update ended {last.get('phase')} before the plug was pulled")
        return last.get("target") == target and last["phase"] in phases

    # Where there are two, the other one may be the campaign's first.
    stage.until("the update comes to box 1", 240, under_way)
    accidents.power_cut(machine.number)
    seconds = stage.whole(machine, 180)
    then = stage.update(machine)["release"]
    check(then in (before, target), f"the box runs {then}, neither {before} nor {target}")
    campaign = stage.ended(number)
    after = stage.update(machine)["release"]
    check(after in (before, target), f"the box runs {after}")
    stage.whole(machine)
    film.play(machine.gateway_port).require()
    return (f"cut while {phase[0].lower()}; up and well {seconds:.0f} s after its doors opened, on "
            f"{then or 'its firmware'} whole; the campaign ended {campaign['status'].lower()}, "
            f"the box runs {after}; the film plays")


@scenario("the plug is pulled in the middle of a put")
def power_cut_in_a_put(stage):
    machine = stage.boxes[0]
    holiday = _read(machine, "holiday")
    whole = _make(machine, "cut", 24)
    agent.run(machine, f"""
file=/data/box/control.json
port=$(sed 's/.*"port":\\([0-9]*\\).*/\\1/' $file)
key=$(sed 's/.*"authorization":"\\([^"]*\\)".*/\\1/' $file)
url="http://127.0.0.1:$port/put?path={TRIAL}/cut&name=cut&shelf=household&class=home"
setsid wget -q -O {TRIAL}/cut.said --header "Authorization: $key" "$url" >/dev/null 2>&1 &
""")
    stage.until("bytes are safe", 60, lambda: agent.text(machine, f"tail -n 1 {TRIAL}/cut.said").startswith('{"safe"'))
    said = agent.text(machine, f"tail -n 1 {TRIAL}/cut.said")
    accidents.power_cut(machine.number)
    stage.whole(machine, 180)
    names = [found["name"] for found in agent.control(machine, "/list", shelf="household")]
    if "cut" in names:
        check(_read(machine, "cut") == whole, "the object of the put that was cut is there and not whole")
    check(_read(machine, "holiday") == holiday, "an older object is not what it was")
    _put(machine, "cut")
    check(_read(machine, "cut") == whole, "what came back is not what was stored")
    return (f"cut at {said}; afterwards the object is {'there, whole' if 'cut' in names else 'not there'}, "
            "older ones are; the same put again: done, and read back right")


@scenario("the network cable is pulled for half a minute and put back")
def network_cut(stage):
    machine, other = stage.boxes[0], stage.boxes[-1]
    accidents.cable(machine.number, False)
    begin = time.monotonic()
    try:
        showing = film.play(other.gateway_port).require() if other is not machine else None
        time.sleep(max(0.0, 30 - (time.monotonic() - begin)))
        check(agent.control(machine, "/status")["enrolled"], "the box that is cut off forgot who it is")
    finally:
        accidents.cable(machine.number, True)
    back = stage.whole(machine, 240)
    again = film.play(machine.gateway_port).require()
    elsewhere = f"a neighbour meanwhile: {showing}; " if showing else ""
    return f"{elsewhere}with the broker again {back:.0f} s after the cable was back; then {again}"


@scenario("an emulated box's line is slowed to 4 Mbit/s and 60 ms more")
def slow_line(stage):
    machine = stage.boxes[-1]
    accidents.slow(machine.number, "4mbit", "60ms")
    try:
        showing = film.play(machine.gateway_port, real_time=True).require()
    finally:
        accidents.cable(machine.number, True)
    return f"{showing}"


@scenario("an emulated box's data partition is full to the last block")
def disk_full(stage):
    machine = stage.boxes[0]
    accidents.disk_full(machine.number)
    try:
        showing = film.play(machine.gateway_port).require()
        held = stage.sound(machine)
        try:
            stored, _ = _put(machine, "holiday")
            said = f"a put by it went to {stored['survives']['n']} neighbours' disks"
        except agent.Failed as refused:
            said = f"a put by it was refused: {str(refused).rsplit(': ', 2)[1]}"
        accidents.power_cut(machine.number, wait=False)
        boot.wait(machine, 300)
    finally:
        accidents.disk_full(machine.number, False)
    well = stage.whole(machine, 240)
    check(stage.status(machine)["pieces"] >= held, "pieces are gone")
    return (f"{showing}; {said}; booted with its disk full; well {well:.0f} s after there was room, "
            f"all {held} sound pieces there")


@scenario("bits rot in a piece that an emulated box keeps")
def rot(stage):
    machine, other = stage.boxes[0], stage.boxes[-1]
    names = accidents.corrupt(machine.number, 3)
    stage.rotten[machine.number] += len(names)
    first = film.play(machine.gateway_port).require()
    second = film.play(other.gateway_port).require()
    return f"a bit in {len(names)} pieces; through it: {first}; through box {other.number}: {second}"


@scenario("an emulated box's clock is two days slow, then a year fast, each over a power cut; then it is right")
def wrong_clock(stage):
    machine = stage.boxes[0]
    held = stage.sound(machine)
    seen = []
    for days in (-2, 365):
        accidents.clock_skew(machine.number, days * 86400)
        seen.append(f"{days:+d} days: {_watched(machine)}")
        accidents.power_cut(machine.number)
        status = stage.status(machine)
        seen.append(f"after a power cut {'with' if status['broker'] else 'without'} the broker, {_watched(machine)}")
        check(status["pieces"] >= held, f"{held} sound pieces before, {status['pieces']} at {days:+d} days")
    accidents.clock_skew(machine.number, 0)
    back = stage.whole(machine, 300)
    film.play(machine.gateway_port).require()
    return (f"{'; '.join(seen)}; well {back:.0f} s after the clock was right, all {held} sound pieces there, "
            "and the film plays")


def _watched(machine):
    """Wrong bytes are a failure whatever the clock says; no film is an answer."""
    try:
        showing = film.play(machine.gateway_port)
    except Problem as refused:
        return f"no film ({str(refused)[:200]})"
    check(showing.wrong == 0, f"wrong bytes: {showing}")
    return f"the film plays, {film.stalls(showing.stalls)}"


@scenario("an emulated box is restarted in an orderly way")
def restart(stage):
    machine = stage.boxes[0]
    held = stage.sound(machine)
    accidents.reboot(machine.number)
    seconds = stage.whole(machine, 180)
    after = stage.status(machine)
    check(after["pieces"] >= held, f"{held} sound pieces before, {after['pieces']} after")
    return f"well {seconds:.0f} s after its doors opened; all {held} sound pieces there; {boot.words(machine.log())}"
