#!/usr/bin/env python3
"""Sandboxes with traffic: many at once, and many one after another; then it is looked what is left of them.

    benchmarks/many.py --blast PROGRAM [--at-once N] [--in-a-row N] [--kills N] [--seed S]

Each runs Python, which connects twenty times to a server of this machine by a name that one rule allows and sends it
twenty datagrams, reads what comes back, is refused at another name, and writes to its folder for temporary files. They
are started by one JVM that stays. None may fail; at the end there are no processes, groups, mounts or files of theirs,
and the JVM holds no more descriptors, threads or memory than after the first few. Then as many are started again, and
their JVM is killed while they run: what is left has to go by itself. At last PROGRAM, which made the environment, runs
something and is killed at some instant, over and over: nothing goes on without it, and the next run finds all as it was.
"""

import argparse
import os
import random
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
import threading
import time
from contextlib import contextmanager
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
TALK = """
import socket
for i in range(20):
    s = socket.create_connection(("api.test", PORT)); s.sendall(b"x" * 9000); s.shutdown(1)
    assert len(s.makefile("rb").read()) == 9000
u = socket.socket(socket.AF_INET, socket.SOCK_DGRAM); u.settimeout(60); u.connect((socket.gethostbyname("api.test"), PORT))
for i in range(20):
    u.send(b"%d" % i); assert u.recv(99) == b"%d" % i
try: socket.create_connection(("other.test", 443)); raise SystemExit("reached")
except OSError: pass
open("/tmp/written", "wb").write(bytes(1 << 20))
WAIT
"""
RULE = """package benchmark
rule "api" when Connection( host == "api.test", toLoopback == true ) then allow(); end
"""


def serve():
    streams = socket.create_server(("127.0.0.1", 0), backlog=4096)
    datagrams = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
    datagrams.bind(streams.getsockname())

    def echo(one):
        with one:
            while got := one.recv(65536):
                one.sendall(got)

    def accept():
        while True:
            threading.Thread(target=echo, args=[streams.accept()[0]], daemon=True).start()

    def answer():
        while True:
            got, who = datagrams.recvfrom(65536)
            datagrams.sendto(got, who)

    for work in (accept, answer):
        threading.Thread(target=work, daemon=True).start()
    return streams.getsockname()[1]


def below(pid):
    """The numbers of processes below one."""
    try:
        threads = os.listdir(f"/proc/{pid}/task")
        children = [int(word) for thread in threads for word in Path(f"/proc/{pid}/task/{thread}/children").read_text().split()]
    except OSError:
        return []  # it has ended
    return children + [one for child in children for one in below(child)]


def groups(pid):
    return [str(one) for one in Path("/sys/fs/cgroup").glob(f"**/blast-run-{pid}-*") if one.is_dir()]


class Many:
    def __init__(self, arguments, scratch):
        self.arguments, self.scratch, self.wrong = arguments, scratch, []
        self.project, self.home, self.policies = scratch / "shop", scratch / "home", scratch / "policies"
        self.project.mkdir()
        self.home.mkdir()
        shutil.copytree(ROOT / "policies", self.policies)
        (self.policies / "benchmark.drl").write_text(RULE)
        (self.project / "pyproject.toml").write_text('[project]\nname = "shop"\nversion = "1"\n')
        self.env = {k: v for k, v in os.environ.items() if not k.startswith(("UV_", "PIP_", "VIRTUAL_ENV", "XDG_"))}
        self.env.update(HOME=str(self.home), NO_COLOR="1")
        subprocess.run([arguments.blast, "-q", "start", "--offline"], cwd=self.project, env=self.env, check=True)
        self.python = str(self.project / ".venv/bin/python")
        self.port = serve()

    @contextmanager
    def java(self, wait=""):
        talk = TALK.replace("PORT", str(self.port)).replace("WAIT", wait)
        command = ["ManySandboxes", self.project, self.home, self.policies, self.python, "-c", talk]
        with subprocess.Popen(
            [ROOT / "benchmarks/in-process", *command], env=self.env, text=True, bufsize=1, stdin=subprocess.PIPE, stdout=subprocess.PIPE
        ) as java:
            try:
                yield java
                java.stdin.close()
            except BaseException:
                java.kill()
                raise

    def say(self, java, at_once, in_a_row):
        java.stdin.write(f"{at_once} {in_a_row}\n")
        while not (line := java.stdout.readline()).startswith("done"):
            if not line:
                raise SystemExit("it ended")
            self.wrong.append(line.strip())
        right, reached, took, descriptors, threads, resident = map(int, line.split()[1:])
        print(f"{at_once} at once, {in_a_row} in a row: {right} right, {reached} ways out, {took / 1000:.1f} s; then"
              f" {descriptors} descriptors, {threads} threads, {resident / 1024:.0f} MiB", flush=True)
        if right != at_once * in_a_row:
            self.wrong.append(f"{at_once * in_a_row - right} failed")
        return descriptors, threads, resident

    def left(self, pid, processes):
        """What is there still of the sandboxes of a JVM."""
        names = {f"process {one}" for one in processes if Path(f"/proc/{one}").exists()}
        names.update(groups(pid))
        names.update(line.split()[4] for line in Path("/proc/self/mountinfo").read_text().splitlines() if str(self.scratch) in line)
        return names

    def stays(self):
        with self.java() as java:
            self.say(java, 4, 10)
            first = self.say(java, self.arguments.at_once, 1)
            for _ in range(4):
                last = self.say(java, 4, self.arguments.in_a_row // 16)
            self.say(java, self.arguments.at_once, 1)
            last = self.say(java, 4, 10)
            for what, before, after, more in zip(("descriptors", "threads", "KiB"), first, last, (4, 8, 50_000)):
                if after > before + more:
                    self.wrong.append(f"{before} {what} have become {after}")
            self.wrong += self.left(java.pid, below(java.pid))

    def is_killed(self):
        with self.java("import time; time.sleep(600)") as java:
            java.stdin.write(f"{self.arguments.at_once} 1\n")
            while len(running := [one for one in below(java.pid) if self.is_python(one)]) < self.arguments.at_once:
                time.sleep(0.1)
            time.sleep(1)
            everything = below(java.pid)
            java.send_signal(signal.SIGKILL)
            killed = time.monotonic()
        while (left := [one for one in self.left(java.pid, everything) if one.startswith("process")]) and time.monotonic() < killed + 60:
            time.sleep(0.02)
        print(f"{len(running)} at once, whose JVM was killed: {len(everything)} processes were gone after {time.monotonic() - killed:.2f} s", flush=True)
        self.wrong += left
        with self.java() as next_one:
            self.say(next_one, 1, 1)
        self.wrong += [f"{one} after the next start" for one in groups(java.pid)]

    def run(self, *command):
        return subprocess.Popen([self.arguments.blast, "-q", "run", *command], cwd=self.project, env=self.env, stdin=subprocess.DEVNULL)

    def is_killed_anywhere(self):
        rng, mark = random.Random(self.arguments.seed), f"import time; {str(self.scratch)!r}; time.sleep(600)"
        began = time.monotonic()
        self.run("true").wait()
        usual = time.monotonic() - began
        before, slowest, ran, killed = self.files(), 0, 0, set()
        for _ in range(self.arguments.kills):
            blast = self.run("python", "-c", mark)
            time.sleep(rng.uniform(0, 1.5 * usual))
            ran += any(mark in self.words(one) for one in below(blast.pid))
            blast.kill()
            blast.wait()
            at, killed = time.monotonic(), killed | {blast.pid}
            while (left := self.saying(mark)) and time.monotonic() < at + 60:
                time.sleep(0.01)
            slowest = max(slowest, time.monotonic() - at)
            self.wrong += [f"process {one}" for one in left]
        self.run("true").wait()
        self.wrong += [f"{one} after the next run" for pid in killed for one in groups(pid)]
        self.wrong += [f"{one} has come or gone" for one in sorted(before ^ self.files())]
        print(f"{len(killed)} runs that were killed, {ran} while their program ran, seed {self.arguments.seed}: all gone after {slowest:.2f} s at most", flush=True)

    def files(self):
        return {str(one) for one in self.scratch.rglob("*")}

    @staticmethod
    def words(pid):
        try:
            return Path(f"/proc/{pid}/cmdline").read_bytes().decode(errors="replace").split("\0")
        except OSError:
            return []

    def saying(self, mark):
        return [one for one in os.listdir("/proc") if one.isdigit() and mark in self.words(one)]

    @staticmethod
    def is_python(pid):
        try:
            return Path(f"/proc/{pid}/cmdline").read_bytes().split(b"\0")[1:2] == [b"-c"]
        except OSError:
            return False


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--blast", required=True)
    parser.add_argument("--at-once", type=int, default=100)
    parser.add_argument("--in-a-row", type=int, default=4000)
    parser.add_argument("--kills", type=int, default=200)
    parser.add_argument("--seed", type=int, default=20261130)
    arguments = parser.parse_args()
    scratch = Path(tempfile.mkdtemp(prefix="blast-many-"))
    try:
        many = Many(arguments, scratch)
        many.stays()
        many.is_killed()
        many.is_killed_anywhere()
    finally:
        shutil.rmtree(scratch)
    print("\n".join(many.wrong) or "nothing failed, and nothing is left")
    sys.exit(bool(many.wrong))


if __name__ == "__main__":
    main()
