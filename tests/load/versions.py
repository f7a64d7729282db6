"""Two versions at once, with real processes: releases of before, this one, and a synthetic next one that raises
every number it can (load/versions/future.patch). A line a step; each says what it proves."""

import argparse
import json
import random
import shutil
import subprocess
import sys
import time

from mixture import HERE, ROOT, WORK, Away, Failed, Hood, Tree, exported, future


def mixed(hood, old, new, rounds, many, say):
    """Old and new boxes beside each other, then all new, then all old again."""
    hood.up(old)
    hood.put(old, "first")
    hood.put(old, "second")
    say("an old neighbourhood stores", hood.whole(old))
    hood.campaign(old, hood.release(new, new), "COMPLETED", "--group", "percent=50")
    hood.put(old, "mixed")
    hood.put(old, "first")
    hood.remove(old, "second")
    say("half of it new: put, overwritten, deleted, read through each box", hood.whole(old, range(1, hood.boxes + 1)))
    hood.troubled(old, rounds)
    say(f"half of it new, {rounds} boxes killed or frozen under puts: nothing lost, nothing torn", hood.whole(old))
    hood.campaign(old, hood.release(new, new), "COMPLETED")
    hood.put(old, "all-new")
    say("all boxes new, the headend old", hood.whole(old))
    hood.down(old)
    hood.up(new)
    hood.put(new, "new-headend")
    say("all new, started again", hood.whole(new, range(1, hood.boxes + 1)))
    for number in range(many):
        hood.put(new, f"many-{number}", 3_000)
    hood.campaign(new, hood.release(new, old), "COMPLETED")
    say("boxes back to the old bundles, after the new ones wrote", hood.whole(new, range(1, hood.boxes + 1)))
    hood.down(new)
    hood.up(old)
    hood.put(old, "old-again")
    say("headend and boxes old, over what the new ones wrote", hood.whole(old))


def replaced(hood, old, new, say):
    """The firmware is replaced under boxes whose release uses nearly all of its jars."""
    hood.campaign(old, hood.release(old, old, only="tv.hearth.storage"), "COMPLETED")
    hood.down(old)
    hood.up(new)
    hood.put(new, "on-another-firmware")
    say("another firmware under a release that used the former one's jars", hood.whole(new, range(1, hood.boxes + 1)))
    hood.campaign(new, hood.release(new, new), "COMPLETED")
    say("and a release over it", hood.whole(new))


def taken_back(hood, new, later, say):
    """The case that asked for all this: a release raises a schema, fails its health check, and is taken back."""
    before = hood.held(new)
    hood.campaign(new, hood.release(new, later, bad=True), "STOPPED")
    hood.until("every piece is counted again", lambda: hood.held(new) == before or f"{hood.held(new)}, not {before}")
    say("a next release raised its schemas, failed and went back: every store open, every piece counted",
        hood.whole(new, range(1, hood.boxes + 1)))  # fmt: skip


def raised(hood, new, later, say):
    """The level, over a real next release."""
    hood.campaign(new, hood.release(later, later), "COMPLETED")
    hood.put(new, "before-the-raise")
    hood.down(new)
    hood.up(later)
    hood.until("all members read level 2", lambda: not later.json(hood.home, "fleet", "level")["cannotRead"])
    later.hearth(hood.home, "fleet", "level", "raise", "--dry-run")
    later.hearth(hood.home, "fleet", "level", "raise")
    hood.put(later, "at-level-2")
    say("raised to level 2", hood.whole(later, range(1, hood.boxes + 1)))
    back = hood.release(later, new)
    refused = later.hearth(hood.home, "fleet", "update", "--release", back, must=False)
    if refused.returncode == 0 or "level" not in refused.stderr + refused.stdout:
        raise Failed(f"a release that can't read the level was taken: {refused.stdout}{refused.stderr}")
    say("a release that can't read it is refused by name", None)


def away(hood, old, later, say):
    """A box of before is off while two releases and a raise of the level go by."""
    hood.up(old)
    hood.put(old, "before")
    box = Away(hood, old)
    try:
        hood.until("it is a member that is on", lambda: box.entry(old)["online"])
        hood.put(old, "with-it")
        box.off()
        hood.campaign(old, hood.release(old, old), "COMPLETED")
        hood.campaign(old, hood.release(later, later), "COMPLETED")
        hood.down(old)
        hood.up(later)
        hood.until("nobody but the one that is off can't read level 2",
                   lambda: cannot_read(later, hood) == {box.id} or f"{cannot_read(later, hood)}")  # fmt: skip
        later.hearth(hood.home, "fleet", "level", "raise", "--leave-behind", box.id)
        hood.put(later, "without-it")
        say("two releases and a raise went by a box that was off", hood.whole(later))
        box.start()
        hood.until("it is updated and a member again",
                   lambda: is_home(box.entry(later)) or json.dumps(box.entry(later)))  # fmt: skip
        say("it came back, was updated, and is a member again", hood.whole(later))
    finally:
        box.off()


def cannot_read(tree, hood):
    return {member["id"] for member in tree.json(hood.home, "fleet", "level")["cannotRead"]}


def is_home(entry):
    return entry["online"] and entry.get("departure", "MEMBER") == "MEMBER"


def main(arguments):
    given = words(arguments)
    WORK.mkdir(parents=True, exist_ok=True)
    releases = [line.split() for line in (HERE / "versions/releases.txt").read_text().splitlines() if line[:1] != "#"]
    new = Tree("this", ROOT)
    begun = time.monotonic()

    def say(what, _):
        print(f"{time.monotonic() - begun:6.0f} s  {what}", flush=True)

    hood = None
    later = future()
    try:
        for version, commit in releases:
            old = exported(version, commit)
            for tree in (old, new, later):
                subprocess.run([str(tree.path / "runtime/hearth"), "--version"], check=True, stdout=subprocess.DEVNULL)
            shutil.rmtree(WORK / "run", ignore_errors=True)
            print(f"{version}, this one and a synthetic next one; {given.boxes} boxes, seed {given.seed}", flush=True)
            hood = Hood(WORK / "run" / "one", given.boxes, given.seed)
            mixed(hood, old, new, *((2, 3) if given.short else (12, 40)), say)
            replaced(hood, old, new, say)
            taken_back(hood, new, later, say)
            if not given.short:
                raised(hood, new, later, say)
            new.hearth(hood.home, "down", "--delete")
            if not given.short:
                hood = Hood(WORK / "run" / "two", given.boxes, given.seed)
                away(hood, old, later, say)
                new.hearth(hood.home, "down", "--delete")
    except Failed as failed:
        print(f"FAILED (seed {given.seed}): {failed}", file=sys.stderr)
        if hood is not None:
            new.hearth(hood.home, "down", must=False)
        return 1
    print("all of it held")
    return 0


def words(arguments):
    parser = argparse.ArgumentParser(prog="tests/versions", description=__doc__)
    parser.add_argument("--short", action="store_true",
                        help="fewer faults, without the raise of the level and the box that was away")  # fmt: skip
    parser.add_argument("--boxes", type=int, default=6, help="boxes of the neighbourhood, 5 to 40 (6)")
    parser.add_argument("--seed", type=int, default=random.SystemRandom().randrange(1 << 31), help="of what is stored")
    return parser.parse_args(arguments)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
