#!/usr/bin/env python3
"""What `blast save` and `blast load` cost, in one JVM that stays and as commands.

    benchmarks/saves.py [--packages N] [--rounds N] --blast PROGRAM

Everything lies in a scratch folder: a home, wheels made here (so many packages of so many files), one project. PROGRAM makes the
environment; the median of half the rounds is printed for each kind of work, then the median of five of each command.
"""

import argparse
import importlib.util
import os
import shutil
import statistics
import subprocess
import tempfile
import time
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent


def kills():
    """The wheels that it makes."""
    spec = importlib.util.spec_from_file_location("kills", ROOT / "benchmarks/kills.py")
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--packages", type=int, default=100)
    parser.add_argument("--rounds", type=int, default=20)
    parser.add_argument("--blast", required=True)
    arguments = parser.parse_args()
    scratch = Path(tempfile.mkdtemp(prefix="blast-saves-"))
    try:
        measure(arguments, scratch)
    finally:
        shutil.rmtree(scratch)


def measure(arguments, scratch):
    wheels, project, home = scratch / "wheels", scratch / "shop", scratch / "home"
    for folder in (wheels, project, home):
        folder.mkdir()
    names = [f"made{n}" for n in range(arguments.packages)]
    made = kills()
    for name in names:
        made.wheel(wheels, name, "1.0")
    wanted = "".join(f'  "{name}",\n' for name in names)
    (project / "pyproject.toml").write_text(f'[project]\nname = "shop"\nversion = "1"\ndependencies = [\n{wanted}]\n')
    env = {k: v for k, v in os.environ.items() if not k.startswith(("UV_", "PIP_", "VIRTUAL_ENV", "XDG_"))}
    env.update(HOME=str(home), NO_COLOR="1", PIP_NO_INDEX="1", PIP_FIND_LINKS=str(wheels), PIP_CONFIG_FILE="/dev/null")

    def blast(*words):
        began = time.monotonic()
        subprocess.run([arguments.blast, "-q", *words], cwd=project, env=env, check=True)
        return time.monotonic() - began

    blast("start")
    print(f"{arguments.packages} packages, {sum(len(files) for _, _, files in os.walk(project / '.venv'))} files")
    subprocess.run([ROOT / "benchmarks/in-process", "SavedEnvironments", project, home, str(arguments.rounds)], check=True)
    took = {"blast save": [], "blast load": []}
    for _ in range(5):
        took["blast save"].append(blast("save", "bench", "--overwrite"))
        blast("clean")
        took["blast load"].append(blast("load", "bench"))
    for what, all in took.items():
        print(f"{what:<42} {statistics.median(all):.3f} s")


if __name__ == "__main__":
    main()
