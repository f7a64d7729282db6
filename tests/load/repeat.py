"""Runs tests again and again, alone and beside a load, and tells each failure with its seed and its command."""

import argparse
import os
import re
import subprocess
import sys
import time
import xml.etree.ElementTree as ElementTree
from dataclasses import dataclass
from pathlib import Path

import loads

ROOT = Path(__file__).resolve().parent.parent.parent
WORK = ROOT / "target" / "repeat"
SEED = re.compile(r"hearth\.seed=(-?\d+)")
# Their tests are no plain unit tests: a framework or a forked container runs them in a later phase.
WHOLE = {"tests/framework", "tests/paxexam"}
REPORTS = ("target/surefire-reports", "target/failsafe-reports", "target/test-reports")


@dataclass(frozen=True)
class Target:
    """What is repeated: a module, and in it one class or all of them."""

    module: str
    test: str

    def __str__(self):
        return self.module + (f" {self.test}" if self.test else "")


@dataclass(frozen=True)
class Failure:
    test: str
    message: str
    seed: str

    def command(self, target):
        name, _, method = self.test.rpartition(".")
        chosen = f"{name.rpartition('.')[2]}#{method.partition('(')[0]}"
        seed = f" -Dhearth.seed={self.seed}" if self.seed else ""
        return (
            f"./mvnw verify -pl {target.module} -am -Dtest='{chosen}'"
            f" -Dsurefire.failIfNoSpecifiedTests=false{seed}"
        )


def modules():
    """The reactor's modules that have tests, in its order."""
    pom = ElementTree.parse(ROOT / "pom.xml")
    names = [module.text.strip() for module in pom.iter("{http://maven.apache.org/POM/4.0.0}module")]
    return [name for name in names if (ROOT / name / "src" / "test").is_dir() or name in WHOLE]


def target_of(word):
    known = modules()
    for module in known:
        if word in (module, module.rpartition("/")[2]):
            return Target(module, "")
    simple = word.partition("#")[0].rpartition(".")[2]
    homes = [module for module in known if list((ROOT / module / "src").rglob(f"{simple}.java"))]
    if len(homes) != 1:
        where = f"in {', '.join(homes)}: name its module's class in full" if homes else "in no module"
        raise SystemExit(f"tests/repeat: {word} is {where}. Modules: {', '.join(known)}")
    return Target(homes[0], word)


def maven(arguments, log, before=(), environment=None):
    """Runs Maven with a store of our own artifacts that no other build sees; what was fetched before is used."""
    fetched = os.environ.get("HEARTH_MAVEN_REPOSITORY", str(Path.home() / ".m2" / "repository"))
    command = [
        *before, "./mvnw", "-B", "-ntp", f"-Dmaven.repo.local={WORK / 'repository'}",
        f"-Dmaven.repo.local.tail={fetched}", *arguments,
    ]  # fmt: skip
    with open(log, "wb") as out:
        return subprocess.run(
            command, cwd=ROOT, stdin=subprocess.DEVNULL, stdout=out, stderr=subprocess.STDOUT,
            env={**os.environ, **(environment or {})},
        ).returncode  # fmt: skip


def build(targets):
    log = WORK / "build.log"
    print("building once", flush=True)
    chosen = ",".join(sorted({target.module for target in targets}))
    if maven(["-q", "install", "-DskipTests", "-pl", chosen, "-am"], log) != 0:
        sys.stdout.write(log.read_text(errors="replace")[-3000:])
        raise SystemExit(f"tests/repeat: the build failed; the whole log is {log}")


def reports(module, since):
    for folder in REPORTS:
        for file in sorted((ROOT / module / folder).rglob("TEST-*.xml")):
            if file.stat().st_mtime >= since:
                yield file


def outcome(module, since):
    """How many tests ran, and the failures among them."""
    count, failures = 0, []
    for file in reports(module, since):
        for case in ElementTree.parse(file).iter("testcase"):
            count += 1
            for kind in ("failure", "error"):
                for found in case.findall(kind):
                    failures.append(failure(case, found))
    return count, failures


def failure(case, found):
    said = (found.get("message") or "") + (found.text or "")
    seed = SEED.search(said + "".join(case.itertext()))
    first = (found.get("message") or found.get("type") or "no message").strip().splitlines()[0]
    return Failure(f"{case.get('classname')}.{case.get('name')}", first, seed.group(1) if seed else "")


def run(target, load, number, seed):
    arguments = ["-o", "verify" if target.module in WHOLE else "surefire:test", "-pl", target.module]
    if target.test:
        arguments += [f"-Dtest={target.test}", "-Dsurefire.failIfNoSpecifiedTests=false"]
    if seed:
        arguments.append(f"-Dhearth.seed={seed}")
    log = WORK / f"{number}.log"
    begun = time.time()
    with loads.LOADS[load]() as (before, environment):
        code = maven(arguments, log, before, environment)
    count, failures = outcome(target.module, begun - 1)
    if code == 0 and not failures and count > 0:
        log.unlink()
    return code, count, failures, time.time() - begun, log


def tell(target, load, number, code, count, failures, log):
    if count == 0:
        print(f"  {target}, {load}: ran no test; {log}")
        return 1
    for found in failures:
        print(f"  FAILED {found.test}, {load}: {found.message}")
        print(f"    log   {log}")
        print(f"    again {found.command(target)}")
    if code != 0 and not failures:
        print(f"  {target}, {load}: Maven ended with {code}, no test failed; {log}")
    return 1 if code != 0 or failures else 0


def words(arguments):
    parser = argparse.ArgumentParser(prog="tests/repeat", description=__doc__)
    parser.add_argument("--times", type=int, default=10, help="how often each is run (10)")
    parser.add_argument(
        "--load", action="store_true",
        help="every second run beside a load, in turn: all processors busy, one processor alone, a slow disk",
    )  # fmt: skip
    parser.add_argument("--only", choices=sorted(loads.LOADS), help="every run beside this one")
    parser.add_argument("--seed", help="the same seed in every run; else each draws its own")
    parser.add_argument("--no-build", action="store_true", help="with what the last call built")
    parser.add_argument("what", nargs="*", metavar="MODULE|CLASS", help="such as objects, or SilentHalfTest; else all")
    given = parser.parse_args(arguments)
    if given.times < 1:
        parser.error("--times is at least 1")
    return given


def turns(given):
    """The load of each run, in order."""
    if given.only:
        return [given.only] * given.times
    if not given.load:
        return ["alone"] * given.times
    beside = [name for name in loads.LOADS if name != "alone"]
    return ["alone" if turn % 2 == 0 else beside[turn // 2 % len(beside)] for turn in range(given.times)]


def main(arguments):
    given = words(arguments)
    targets = [target_of(word) for word in given.what] or [Target(module, "") for module in modules()]
    WORK.mkdir(parents=True, exist_ok=True)
    if not given.no_build:
        build(targets)
    bad = runs = tests = 0
    for turn, load in enumerate(turns(given)):
        for target in targets:
            runs += 1
            try:
                code, count, failures, seconds, log = run(target, load, runs, given.seed)
            except loads.Unavailable as missing:
                raise SystemExit(f"tests/repeat: {load}: {missing}")
            tests += count
            print(f"{turn + 1}/{given.times} {target}, {load}: {count} tests, {seconds:.0f} s", flush=True)
            bad += tell(target, load, runs, code, count, failures, log)
    print(f"{runs} runs, {tests} tests; {runs - bad} runs passed, {bad} failed")
    return 1 if bad else 0


if __name__ == "__main__":
    try:
        sys.exit(main(sys.argv[1:]))
    except KeyboardInterrupt:
        sys.exit(130)
