#!/usr/bin/env python3
"""Kills Blast at random instants of random commands, and looks what is there then.

    benchmarks/kills.py [--kills N] [--seed S] [--blast PROGRAM]

Everything lies in a scratch folder: a home, an index of small wheels made here, one project. Each command (sync, add, remove, undo,
redo, rollback, clean, store gc, save, load) is killed with SIGKILL, its whole process group, at an instant drawn from how long that kind took.
Then `blast kill` is the next command, which finishes or undoes what was open. Three things have to hold: the environment is file for
file what the history says that is there (`blast rollback` to that state finds nothing to do), pyproject.toml parses, and nothing of a
change lies about. The first that does not ends the run with what was found.
"""

import argparse
import base64
import hashlib
import json
import os
import random
import shutil
import signal
import statistics
import subprocess
import sys
import tempfile
import time
import tomllib
import zipfile
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
NAMES = ["alpha", "beta", "gamma", "delta"]


def wheel(folder, name, version):
    """A wheel of some thirty files."""
    info = f"{name}-{version}.dist-info"
    files = {f"{name}/__init__.py": f"VERSION = '{version}'\n"}
    files.update({f"{name}/part{n}.py": f"# {name} {version} {n}\n" * 40 for n in range(30)})
    files[f"{info}/METADATA"] = f"Metadata-Version: 2.1\nName: {name}\nVersion: {version}\n"
    files[f"{info}/WHEEL"] = "Wheel-Version: 1.0\nGenerator: bench\nRoot-Is-Purelib: true\nTag: py3-none-any\n"
    files[f"{info}/entry_points.txt"] = f"[console_scripts]\n{name} = {name}:main\n"
    record = ""
    for path, text in files.items():
        digest = base64.urlsafe_b64encode(hashlib.sha256(text.encode()).digest()).rstrip(b"=").decode()
        record += f"{path},sha256={digest},{len(text.encode())}\n"
    files[f"{info}/RECORD"] = record + f"{info}/RECORD,,\n"
    with zipfile.ZipFile(folder / f"{name}-{version}-py3-none-any.whl", "w") as archive:
        for path, text in files.items():
            archive.writestr(path, text)


class Bench:
    def __init__(self, scratch, blast, seed):
        self.scratch, self.blast, self.random = scratch, blast, random.Random(seed)
        self.project = scratch / "shop"
        self.project.mkdir()
        wheels = scratch / "wheels"
        wheels.mkdir()
        for name in NAMES:
            for version in ("1.0", "2.0", "3.0"):
                wheel(wheels, name, version)
        self.env = {k: v for k, v in os.environ.items() if not k.startswith(("UV_", "PIP_", "VIRTUAL_ENV", "XDG_"))}
        self.env.update(HOME=str(scratch / "home"), NO_COLOR="1", PIP_NO_INDEX="1", PIP_FIND_LINKS=str(wheels), PIP_CONFIG_FILE="/dev/null")
        (scratch / "home").mkdir()
        self.ask(["alpha"])
        self.took = {}

    def ask(self, names):
        lines = "".join(f'  "{name}=={self.random.choice(["1.0", "2.0", "3.0"])}",\n' for name in names)
        (self.project / "pyproject.toml").write_text(f'[project]\nname = "shop"\nversion = "1"\ndependencies = [\n{lines}]\n')

    def start(self, *words):
        return subprocess.Popen([self.blast, *words], cwd=self.project, env=self.env, stdin=subprocess.DEVNULL,
                                stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True, start_new_session=True)

    def run(self, *words):
        began = time.monotonic()
        process = self.start(*words)
        out = process.communicate()[0]
        return process.returncode, out, time.monotonic() - began

    def history(self):
        code, out, _ = self.run("--json", "-q", "history")
        return json.loads(out)["generations"] if code == 0 else []

    def command(self):
        """A kind, and the words of one command of it."""
        kind = self.random.choice(["sync", "sync", "add", "remove", "undo", "redo", "rollback", "rollback", "clean", "gc",
                                   "save", "load", "load"])
        if kind in ("save", "load"):
            return self.saving(kind)
        if kind == "sync":
            self.ask(self.random.sample(NAMES, self.random.randint(1, 4)))
            return kind, ["sync"]
        if kind == "add":
            return kind, ["add", self.random.choice(NAMES) + "==" + self.random.choice(["1.0", "2.0", "3.0"])]
        if kind == "remove":
            return kind, ["remove", self.random.choice(NAMES)]
        if kind == "rollback":
            return kind, ["rollback", str(self.random.randint(1, max(1, len(self.history()))))]
        return kind, ["store", "gc"] if kind == "gc" else [kind]

    def saving(self, kind):
        """Under one of three names, or in a file."""
        name = self.random.choice(["one", "two", "three", "shop.blast"])
        if kind == "load":
            return kind, ["load", name]
        return kind, ["save", "of-all", "--file", name, "--overwrite"] if name.endswith(".blast") else ["save", name, "--overwrite"]

    def killed(self):
        """One command, killed at a random instant; whether it was still running."""
        kind, words = self.command()
        process = self.start(*words)
        began = time.monotonic()
        instant = self.random.uniform(0, 1.1 * self.took.get(kind, 2.0))
        if self.random.random() < 0.5:
            instant = self.in_the_change(process, instant)
        try:
            process.communicate(timeout=instant)
            self.took[kind] = time.monotonic() - began
            return words, False
        except subprocess.TimeoutExpired:
            os.killpg(process.pid, signal.SIGKILL)
            process.communicate()
            self.took[kind] = max(self.took.get(kind, 0), instant) * 1.05
            return words, True

    def in_the_change(self, process, otherwise):
        """Seconds from now to an instant while it is being changed: a change is short beside what comes before it."""
        environments = self.scratch / "home/.local/share/blast/environments"
        began = time.monotonic()
        while process.poll() is None and time.monotonic() - began < 30:
            if any(environments.glob("*/journal")):
                return self.random.uniform(0, 0.2)
            time.sleep(0.001)
        return otherwise

    def look(self, words):
        """What has to hold; what does not is said with all that is known."""
        code, said, took = self.run("kill")
        if code not in (0, 1):
            return took, f"blast kill ended with {code}: {said}", said
        tomllib.loads((self.project / "pyproject.toml").read_text())
        rows = self.history()
        state = next((row["number"] for row in rows if row["now"]), None)
        if state is not None:
            code, out, _ = self.run("rollback", str(state))
            if code != 0 or "left it already" not in out:
                return took, f"after {' '.join(words)}: the environment is not what generation {state} left: {out}", said
        code, out, _ = self.run("list", "saves")
        if code != 0:
            return took, f"after {' '.join(words)}: a save is damaged: {out}", said
        for left in (".venv/.blast/staging",):
            if (self.project / left).exists():
                return took, f"after {' '.join(words)}: {left} lies about", said
        beside = [name for name in os.listdir(self.project) if name.startswith((".pyproject", ".pylock", ".shop"))]
        return took, f"after {' '.join(words)}: {beside} lie about" if beside else None, said


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--kills", type=int, default=500)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--blast", default=str(ROOT / "blast"))
    arguments = parser.parse_args()
    scratch = Path(tempfile.mkdtemp(prefix="blast-kills-"))
    bench = Bench(scratch, arguments.blast, arguments.seed)
    bench.run("sync")
    plain = statistics.median(bench.run("kill")[2] for _ in range(5))
    kills = runs = 0
    undone = finished = 0
    extra = []
    while kills < arguments.kills:
        words, alive = bench.killed()
        runs += 1
        kills += alive
        took, wrong, said = bench.look(words)
        if wrong:
            sys.exit(f"kills: seed {arguments.seed}, run {runs}, kill {kills}: {wrong}\n{scratch} is left as it is")
        if alive:
            undone += "has been undone" in said
            finished += "has been finished" in said
            extra.append(took - plain)
        if runs % 50 == 0:
            print(f"{kills} kills in {runs} commands; {undone} changes undone, {finished} finished", file=sys.stderr, flush=True)
    extra.sort()
    print(f"{kills} kills in {runs} commands, seed {arguments.seed}: all before or after; {undone} changes were undone, {finished} finished")
    print(f"the next command takes {plain:.2f} s, after a kill {statistics.median(extra):+.2f} s (at most {extra[-1]:+.2f} s)")
    shutil.rmtree(scratch, ignore_errors=True)


if __name__ == "__main__":
    main()
