#!/usr/bin/env python3
"""Measures Blast beside uv on this machine, in one run: both do the same work in turns, so that load meets both.

    benchmarks/compare.py [--set NAME]... [--rounds N] [--python X] [--out DIR]

uv is installed from the configured index into a scratch environment. Nothing outside the scratch folder and DIR is written.
Results go to DIR/results.json and DIR/results.md (default: benchmarks/results).
"""

import argparse
import itertools
import json
import os
import platform
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent

SETS = {
    "web": ["django", "djangorestframework", "celery"],
    "fastapi": ["fastapi[standard]", "sqlalchemy"],
    "jupyter": ["jupyter"],
    "data": ["numpy", "pandas", "scikit-learn", "matplotlib"],
    "airflow": ["apache-airflow"],
    "s3": ["boto3", "urllib3<2", "s3fs"],
}


class Failed(Exception):
    """A command did not do what was asked; the message holds the command and what it said."""


def timed(command, env, cwd, ends=(0,)):
    """Wall and CPU seconds of one process that ends with one of these codes, the most bytes that it had in memory, and its output. Clock and usage are taken around
    spawn and wait4. What it had in memory is no less than what this script has: until exec, the process is a copy of it."""
    command = [str(word) for word in command]
    with tempfile.TemporaryFile() as out, tempfile.TemporaryFile() as err:
        start = time.monotonic()
        process = subprocess.Popen(command, env=env, cwd=cwd, stdin=subprocess.DEVNULL, stdout=out, stderr=err)
        _, status, usage = os.wait4(process.pid, 0)
        wall = time.monotonic() - start
        process.returncode = os.waitstatus_to_exitcode(status)
        out.seek(0)
        err.seek(0)
        text, said = out.read().decode(errors="replace"), err.read().decode(errors="replace")
    if process.returncode not in ends:
        raise Failed(f"{' '.join(command)} exited {process.returncode}:\n{(said + text)[-2000:]}")
    return {"wall": wall, "cpu": usage.ru_utime + usage.ru_stime, "rss": usage.ru_maxrss * 1024, "out": text, "code": process.returncode}


def summary(runs):
    walls = [run["wall"] for run in runs]
    cpu = statistics.median(run["cpu"] for run in runs)
    return {"median": statistics.median(walls), "min": min(walls), "cpu": cpu, "rounds": len(runs)}


def in_turns(rounds, *contestants, warm_up=1):
    """A summary for each contestant; the first turns are not counted."""
    runs = [[] for _ in contestants]
    for turn in range(rounds + warm_up):
        for mine, run in zip(runs, contestants):
            result = run()
            if turn >= warm_up:
                mine.append(result)
    return [summary(mine) for mine in runs]


class Bench:
    """The scratch folder with a home of its own, both tools, and the measurements of one set of requirements."""

    def __init__(self, scratch, python, rounds):
        self.scratch, self.python, self.rounds = scratch, python, rounds
        self.numbers = itertools.count()
        (scratch / "home").mkdir()
        self.env = {k: v for k, v in os.environ.items() if not k.startswith(("UV_", "VIRTUAL_ENV"))}
        self.env.update(HOME=str(scratch / "home"), NO_COLOR="1")
        for kind in ("CACHE", "DATA", "CONFIG", "STATE"):
            self.env[f"XDG_{kind}_HOME"] = str(scratch / kind.lower())
        timed([python, "-m", "venv", scratch / "peer"], self.env, scratch)
        timed([scratch / "peer/bin/pip", "install", "--quiet", "uv"], self.env, scratch)
        self.blast, self.uv = [ROOT / "blast"], [scratch / "peer/bin/uv"]
        self.uv_version = timed([*self.uv, "--version"], self.env, scratch)["out"].split()[1]

    def start(self):
        timed([*self.blast, "--version"], self.env, self.scratch)  # builds where needed
        run = lambda tool: lambda: timed([*tool, "--version"], self.env, self.scratch)
        return {"process start": in_turns(20, run(self.blast), run(self.uv))}

    def measure(self, name, requirements):
        folder = self.scratch / "sets" / name
        folder.mkdir(parents=True)
        listed = "".join(f"    {json.dumps(requirement)},\n" for requirement in requirements)
        (folder / "pyproject.toml").write_text(
            f'[project]\nname = "{name}-set"\nversion = "1"\ndependencies = [\n{listed}]\n')
        (folder / "in.txt").write_text("\n".join(requirements) + "\n")
        rows, effort = self.resolving(folder)
        rows.update(self.installing(folder))
        return {"rows": rows, "effort": effort}

    def resolving(self, folder):
        cache, uv_cache = Path(self.env["XDG_CACHE_HOME"]), self.scratch / "uv-cache"
        ours = lambda *more: timed([*self.blast, "-C", folder, "--json", "sync", "--dry-run", "--python", self.python, *more], self.env, folder)
        theirs = lambda *more: timed([*self.uv, "--cache-dir", uv_cache, "-q", "pip", "compile", "--python", self.python, "--no-header", "in.txt", *more], self.env, folder)

        answers = []

        def without(where, run):
            shutil.rmtree(where, ignore_errors=True)
            return run()

        def cold_blast():
            result = without(cache, ours)
            answers.append(json.loads(result["out"])["resolution"])
            return result

        cold = in_turns(min(3, self.rounds), cold_blast, lambda: without(uv_cache, theirs), warm_up=0)
        pins = [line for line in theirs()["out"].splitlines() if "==" in line and not line.lstrip().startswith("#")]
        read = [*uv_cache.glob("wheels-v*/**/*.msgpack"), *uv_cache.glob("sdists-v*/**/metadata.msgpack")]
        effort = {"blast": answers[-1], "uv": {"packages": len(pins), "versionsRead": len(read)}}
        warm = in_turns(self.rounds, lambda: ours("--offline"), lambda: theirs("--offline"))
        return {"cold resolve": cold, "warm resolve": warm}, effort

    def installing(self, folder):
        timed([*self.blast, "-C", folder, "start", "--python", self.python], self.env, folder)
        python = folder / ".venv/bin/python"
        freeze = timed([python, "-m", "pip", "list", "--format=freeze"], self.env, folder)["out"].split()
        (folder / "pins.txt").write_text("".join(pin + "\n" for pin in freeze if not pin.startswith("pip==")))
        target, uv = folder / "uv-venv", [*self.uv, "--cache-dir", self.scratch / "uv-cache", "-q"]
        venv = lambda: timed([*uv, "venv", "--python", self.python, target], self.env, folder)
        sync = lambda *more: timed([*uv, "pip", "sync", "--python", target / "bin/python", folder / "pins.txt", *more], self.env, folder)
        venv()
        sync()
        timed([*uv, "pip", "check", "--python", python], self.env, folder)

        # Moved away and not removed: ext4 searches long for inodes that were not in use just now, and would be what is measured.
        def aside(environment):
            environment.rename(self.scratch / f"old-{folder.name}-{next(self.numbers)}")

        def fresh_blast():
            aside(folder / ".venv")
            return timed([*self.blast, "-C", folder, "sync", "--frozen", "--offline", "--python", self.python], self.env, folder)

        def fresh_uv():
            aside(target)
            made, filled = venv(), sync("--offline")
            return {"wall": made["wall"] + filled["wall"], "cpu": made["cpu"] + filled["cpu"]}

        nothing = lambda: timed([*self.blast, "-C", folder, "sync"], self.env, folder)
        return {
            "install, warm store": in_turns(self.rounds, fresh_blast, fresh_uv),
            "sync, nothing to do": in_turns(self.rounds, nothing, lambda: sync("--offline")),
        }


def markdown(results):
    lines = [
        f"Blast beside uv {results['uv']} with CPython {results['python']} on {results['machine']}. "
        "Seconds: median (minimum). A ratio below 1 means that Blast is quicker.",
        "",
        "| set | what | Blast | uv | ratio |",
        "| --- | --- | ---: | ---: | ---: |",
    ]
    for name, measured in results["sets"].items():
        for what, (ours, theirs) in measured["rows"].items():
            cells = [f"{side['median']:.3f} ({side['min']:.3f})" for side in (ours, theirs)]
            lines.append(f"| {name} | {what} | {cells[0]} | {cells[1]} | {ours['median'] / theirs['median']:.2f} |")
    lines += ["", "| set | packages: Blast | uv | versions read: Blast | uv | requests: Blast |", "| --- | ---: | ---: | ---: | ---: | ---: |"]
    for name, measured in results["sets"].items():
        if "effort" in measured:
            ours, theirs = measured["effort"]["blast"], measured["effort"]["uv"]
            lines.append(f"| {name} | {ours['packages']} | {theirs['packages']} | {ours['versionsRead']} | {theirs['versionsRead']} | {ours['requests']} |")
    return "\n".join(lines) + "\n"


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--set", action="append", choices=SETS, help="one of the sets; without it all of them")
    parser.add_argument("--rounds", type=int, default=5)
    parser.add_argument("--python", default=sys.executable)
    parser.add_argument("--out", type=Path, default=ROOT / "benchmarks/results")
    arguments = parser.parse_args()
    scratch = Path(tempfile.mkdtemp(prefix="blast-bench-"))
    try:
        bench = Bench(scratch, os.path.realpath(arguments.python), arguments.rounds)
        sets = {"(none)": {"rows": bench.start()}}
        for name in arguments.set or SETS:
            print(f"measuring {name}", file=sys.stderr, flush=True)
            sets[name] = bench.measure(name, SETS[name])
    except Failed as failure:
        sys.exit(f"compare: {failure}")
    finally:
        shutil.rmtree(scratch, ignore_errors=True)
    machine = f"{os.cpu_count()} cores, Linux {platform.release().split('-')[0]}"
    results = {"uv": bench.uv_version, "python": platform.python_version(), "machine": machine, "sets": sets}
    arguments.out.mkdir(parents=True, exist_ok=True)
    (arguments.out / "results.json").write_text(json.dumps(results, indent=1) + "\n")
    (arguments.out / "results.md").write_text(markdown(results))
    print(markdown(results), end="")


if __name__ == "__main__":
    main()
