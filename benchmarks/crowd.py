#!/usr/bin/env python3
"""Many processes change one environment at once; then it is looked whether some order of their changes explains what is there.

    benchmarks/crowd.py [--processes N] [--operations N] [--seed S] [--blast PROGRAM]

Each process does its operations one after the other: sync, add, remove, undo, redo, rollback, clean, store gc, save, load. In the end
each generation that a command said it had made stands in the history, once, under its number; nobody waited for ever; and the
environment is file for file what the last of them left.
"""

import argparse
import random
import re
import shutil
import sys
import tempfile
import threading
import time
from pathlib import Path

from kills import NAMES, ROOT, Bench

MADE = re.compile(r"(?:applied as generation|which is generation) (\d+)")
PATIENCE = 600


class Crowd:
    def __init__(self, bench, operations, seed):
        self.bench, self.operations, self.seed = bench, operations, seed
        self.made, self.codes, self.wrong = [], {}, []
        self.lock = threading.Lock()

    def member(self, number):
        chance = random.Random(self.seed * 1000 + number)
        for _ in range(self.operations):
            words = self.words(chance)
            process = self.bench.start(*words)
            try:
                out = process.communicate(timeout=PATIENCE)[0]
            except Exception as failure:  # whatever it is: somebody waited for ever
                process.kill()
                out = f"{failure}"
            with self.lock:
                self.codes[process.returncode] = self.codes.get(process.returncode, 0) + 1
                self.made += [int(it) for it in MADE.findall(out)]
                if process.returncode not in (0, 1, 2, 3, 4):
                    self.wrong.append(f"{' '.join(words)} ended with {process.returncode}: {out[-800:]}")

    @staticmethod
    def words(chance):
        kind = chance.choice(["sync", "add", "add", "remove", "undo", "redo", "rollback", "clean", "gc", "save", "load"])
        version = chance.choice(["1.0", "2.0", "3.0"])
        return {
            "sync": ["sync"],
            "add": ["add", f"{chance.choice(NAMES)}=={version}"],
            "remove": ["remove", chance.choice(NAMES)],
            "undo": ["undo"],
            "redo": ["redo"],
            "rollback": ["rollback", str(chance.randint(1, 40))],
            "clean": ["clean"],
            "gc": ["store", "gc"],
            "save": ["save", chance.choice(["one", "two"]), "--overwrite"],
            "load": ["load", chance.choice(["one", "two"])],
        }[kind]


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--processes", type=int, default=20)
    parser.add_argument("--operations", type=int, default=50)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--blast", default=str(ROOT / "blast"))
    arguments = parser.parse_args()
    scratch = Path(tempfile.mkdtemp(prefix="blast-crowd-"))
    bench = Bench(scratch, arguments.blast, arguments.seed)
    bench.run("sync")
    crowd = Crowd(bench, arguments.operations, arguments.seed)
    began = time.monotonic()
    members = [threading.Thread(target=crowd.member, args=(number,)) for number in range(arguments.processes)]
    for member in members:
        member.start()
    for member in members:
        member.join()
    took = time.monotonic() - began
    numbers = [row["number"] for row in bench.history()]
    twice = sorted(it for it in set(crowd.made) if crowd.made.count(it) > 1)
    lost = sorted(set(crowd.made) - set(numbers))
    _, wrong, _ = bench.look(["the crowd"])
    for what, found in (("ended badly", crowd.wrong), ("said twice", twice), ("not in the history", lost), ("not as it should be", wrong)):
        if found:
            sys.exit(f"crowd: seed {arguments.seed}: {what}: {found}\n{scratch} is left as it is")
    if sorted(numbers) != list(range(1, len(numbers) + 1)):
        sys.exit(f"crowd: seed {arguments.seed}: the numbers have gaps: {numbers}\n{scratch} is left as it is")
    print(f"{arguments.processes} processes, {arguments.operations} operations each, seed {arguments.seed}, in {took:.0f} s: "
          f"{len(numbers)} generations, {len(crowd.made)} of them told, exit codes {dict(sorted(crowd.codes.items()))}")
    shutil.rmtree(scratch, ignore_errors=True)


if __name__ == "__main__":
    main()
