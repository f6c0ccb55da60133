#!/usr/bin/env python3
"""What the start of a sandbox costs over a bare one, beside bubblewrap, in turns.

    benchmarks/starts.py --blast PROGRAM [--rounds N]

Each round starts `true` bare, by `bwrap --unshare-all` with the usual binds, and by Blast in a JVM that stays: with a
gate and without, from the plan on and with planning. Prints the medians, what each is over the bare one, and how that
compares with bwrap. PROGRAM makes the environment.
"""

import argparse
import os
import shutil
import statistics
import subprocess
import tempfile
import time
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
TRUE = shutil.which("true")
BWRAP = ["bwrap", "--unshare-all", "--ro-bind", "/", "/", "--dev", "/dev", "--proc", "/proc", "--die-with-parent", TRUE]
BLAST = ["closed", "gate", "closed plan", "gate plan"]


def spawned(command):
    began = time.perf_counter()
    pid = os.posix_spawn(shutil.which(command[0]), command, {})
    _, status = os.waitpid(pid, 0)
    took = time.perf_counter() - began
    if status:
        raise SystemExit(f"{command}: {status}")
    return took * 1e6


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--blast", required=True)
    parser.add_argument("--rounds", type=int, default=200)
    arguments = parser.parse_args()
    scratch = Path(tempfile.mkdtemp(prefix="blast-starts-"))
    try:
        measure(arguments, scratch)
    finally:
        shutil.rmtree(scratch)


def measure(arguments, scratch):
    project, home = scratch / "shop", scratch / "home"
    project.mkdir()
    home.mkdir()
    (project / "pyproject.toml").write_text('[project]\nname = "shop"\nversion = "1"\n')
    env = {k: v for k, v in os.environ.items() if not k.startswith(("UV_", "PIP_", "VIRTUAL_ENV", "XDG_"))}
    env.update(HOME=str(home), NO_COLOR="1")
    subprocess.run([arguments.blast, "-q", "start", "--offline"], cwd=project, env=env, check=True)
    java = subprocess.Popen(
        [ROOT / "benchmarks/in-process", "SandboxStarts", project, home, ROOT / "policies", TRUE],
        env=env, text=True, bufsize=1, stdin=subprocess.PIPE, stdout=subprocess.PIPE,
    )

    def blast(kind):
        java.stdin.write(kind + "\n")
        return float(java.stdout.readline())

    ways = {"bare": lambda: spawned([TRUE]), "bwrap": lambda: spawned(BWRAP)}
    ways.update({kind: lambda kind=kind: blast(kind) for kind in BLAST})
    times = {way: [] for way in ways}
    for turn in range(2 * arguments.rounds):
        for way, run in ways.items():
            took = run()
            if turn >= arguments.rounds:  # the first half warms up
                times[way].append(took)
    java.stdin.close()
    java.wait()
    bare, bwrap = (statistics.median(times[way]) for way in ("bare", "bwrap"))
    for way, each in times.items():
        middle, best = statistics.median(each), min(each)
        print(f"{way:12} {middle / 1e3:6.2f} ms (best {best / 1e3:.2f}), over bare {(middle - bare) / 1e3:5.2f} ms,"
              f" {(middle - bare) / (bwrap - bare):.2f} of bwrap")


if __name__ == "__main__":
    main()
