#!/usr/bin/env python3
"""Resolves the sets of the frozen index (frozen.py) with Blast, uv and pip in turns, and writes what each answered and what it cost.

    benchmarks/compare_frozen.py [--set NAME]... [--rounds N] [--latency MS]... [--no-pip] [--in-process] [--python X] [--out DIR]

Cold: caches are empty; warm: as the cold run left them. Each latency has a server of its own, and each run its counts. uv and pip
are installed from the configured index into a scratch environment, unless --uv names one that is there. --in-process measures
Blast also in one JVM that stays (benchmarks/in-process). Results go to DIR/frozen.json and DIR/frozen.md (default: benchmarks/results).
"""

import argparse
import json
import os
import platform
import re
import shutil
import statistics
import subprocess
import sys
import tempfile
import urllib.request
from datetime import date
from pathlib import Path

from compare import Failed, ROOT, timed

FROZEN = ROOT / "benchmarks/frozen.py"
NO_ANSWER = {"no answer": ""}
FIGURES = ("wall", "cpu", "rss", "versions", "requests", "bytes")


class Served:
    """A frozen index in a process of its own."""

    def __init__(self, latency, snapshots):
        more = [word for file in snapshots for word in ("--snapshot", file)]
        self.process = subprocess.Popen([sys.executable, FROZEN, "--latency", str(latency), *more], stdout=subprocess.PIPE, text=True)
        self.address = self.process.stdout.readline().strip()

    def reset(self):
        with urllib.request.urlopen(f"{self.address}/reset") as answer:
            return json.load(answer)

    def end(self):
        self.process.terminate()
        self.process.wait()


class Bench:
    def __init__(self, scratch, arguments):
        self.scratch, self.python, self.rounds = scratch, os.path.realpath(arguments.python), arguments.rounds
        (scratch / "home").mkdir()
        self.env = {k: v for k, v in os.environ.items() if not k.startswith(("UV_", "PIP_", "VIRTUAL_ENV"))}
        peer = scratch / "peer/bin"
        timed([self.python, "-m", "venv", scratch / "peer"], os.environ, scratch)
        timed([peer / "pip", "install", "--quiet", "--upgrade", "pip", *([] if arguments.uv else ["uv"])], os.environ, scratch)
        self.env.update(HOME=str(scratch / "home"), NO_COLOR="1", PIP_CONFIG_FILE=os.devnull, PIP_DISABLE_PIP_VERSION_CHECK="1")
        for kind in ("CACHE", "DATA", "CONFIG", "STATE"):
            self.env[f"XDG_{kind}_HOME"] = str(scratch / kind.lower())
        self.uv, self.pip = arguments.uv or peer / "uv", peer / "pip"
        self.tools = {"blast": self.blast_answer, "uv": self.uv_answer, **({} if arguments.no_pip else {"pip": self.pip_answer})}
        self.versions = {name: timed([tool, "--version"], self.env, scratch)["out"].split()[1] for name, tool in (("uv", self.uv), ("pip", self.pip))}
        timed([ROOT / "blast", "--version"], self.env, scratch)  # builds where needed

    def blast_answer(self, folder, address):
        run = self.timed([ROOT / "blast", "-C", folder, "--json", "sync", "--dry-run", "--python", self.python, "--index-url", f"{address}/simple/"], folder, 3)
        if run["code"]:
            return run, NO_ANSWER
        changes = json.loads(run["out"])["changes"]
        return run, {change["name"]: change["to"] for change in changes if change["to"] and change["name"] not in ("pip", folder.name)}

    def uv_answer(self, folder, address):
        run = self.timed([self.uv, "--cache-dir", self.scratch / "cache/uv", "-q", "pip", "compile", "--no-build", "--default-index", f"{address}/simple/",
                          "--python", self.python, "--no-header", "--no-annotate", "in.txt"], folder, 1)
        if run["code"]:
            return run, NO_ANSWER
        return run, dict(line.split("==") for line in run["out"].split() if "==" in line)

    def pip_answer(self, folder, address):
        run = self.timed([self.pip, "install", "-q", "--dry-run", "--ignore-installed", "--only-binary=:all:", "--report", "-",
                          "--index-url", f"{address}/simple/", "-r", "in.txt"], folder, 1)
        if run["code"]:
            return run, NO_ANSWER
        installed = json.loads(run["out"])["install"]
        return run, {re.sub(r"[-_.]+", "-", it["metadata"]["name"]).lower(): it["metadata"]["version"] for it in installed}

    def timed(self, command, folder, unsolvable):
        """The same, where the tool says with this code that there is no answer. Whether there is one, all have to agree."""
        return timed(["timeout", "120", *command], self.env, folder, (0, unsolvable))

    def measure(self, name, asked, served, first):
        """What each tool answered and cost: the medians of the rounds. Warm runs ask for nothing, so the first latency is enough for
        them. Pip has one round, cold, at the first latency: it takes long, and its cache does not keep pages."""
        folder = self.scratch / "sets" / name
        folder.mkdir(parents=True, exist_ok=True)
        (folder / "pyproject.toml").write_text(f'[project]\nname = "{name}"\nversion = "1"\ndependencies = {json.dumps(asked)}\n')
        (folder / "in.txt").write_text("\n".join(asked) + "\n")
        runs, answers = {tool: {"cold": [], "warm": []} for tool in self.tools}, {}
        for turn in range(self.rounds):
            for tool, answer in self.tools.items():
                if tool == "pip" and (turn or not first) or answers.get(tool, {}) is None:
                    continue
                shutil.rmtree(self.scratch / "cache", ignore_errors=True)
                for temperature in ("cold", "warm") if first and tool != "pip" else ("cold",):
                    served.reset()
                    try:
                        run, answers[tool] = answer(folder, served.address)
                    except Failed as failed:
                        print(f"{name}: {failed}", file=sys.stderr)
                        answers[tool] = None
                        break
                    runs[tool][temperature].append({**run, **served.reset()})
        return {"answers": answers, "runs": {tool: {kind: median(all) for kind, all in mine.items() if all} for tool, mine in runs.items()}}


def median(runs):
    return {figure: statistics.median(run[figure] for run in runs) for figure in FIGURES}


def same(answers, one, other):
    if not answers.get(one) or not answers.get(other):
        return "—"
    if answers[one] == answers[other]:
        return "yes"
    return f"{sum(answers[one].get(it) != answers[other].get(it) for it in {*answers[one], *answers[other]})} differ"


def ratio(ours, theirs, figure):
    return ours[figure] / theirs[figure]


def measures(results):
    """The measures that are kept, each over the sets of a kind: words and figures."""
    cold = lambda latency, kind: {
        name: (run["runs"]["blast"]["cold"], run["runs"]["uv"]["cold"])
        for name, run in results["latencies"].get(latency, {}).items()
        if results["sets"][name]["kind"] in (kind or results["sets"][name]["kind"]) and "cold" in run["runs"]["uv"] and "cold" in run["runs"]["blast"]}

    def told(words, runs, figure):
        found = sorted((ratio(*pair, figure), name) for name, pair in runs.items())
        if not found:
            return []
        return [(words, f"{statistics.median(value for value, _ in found):.2f}", f"{found[-1][0]:.2f} ({found[-1][1]})")]

    # Where there is no answer, Blast also solves ways out, and uv ends.
    rows = told("versions read against uv, sets with an answer", cold("0", ("easy", "conflicts")), "versions")
    for latency in results["latencies"]:
        for kind, words in (("easy", "easy sets"), ("conflicts", "sets with conflicts"), ("two lines", "a conflict between two lines")):
            rows += told(f"cold, {latency} ms, HTTP/1.1: {words}, seconds against uv's", cold(latency, kind), "wall")
    two = [pair[0]["wall"] for pair in cold("20", "two lines").values()]
    if two:
        rows.append(("cold, 20 ms, HTTP/1.1: a conflict between two lines, Blast's seconds with all ways out", f"{statistics.median(two):.2f}", f"{max(two):.2f}"))
    rows += told("CPU of a cold resolve against uv's, Blast started for it", cold("0", None), "cpu")
    for temperature in ("cold", "warm"):
        inside = {name: (run[temperature], results["latencies"]["0"][name]["runs"]["uv"][temperature])
                  for name, run in results.get("inProcess", {}).items() if temperature in results["latencies"]["0"][name]["runs"]["uv"]}
        rows += told(f"CPU of a {temperature} resolve in a JVM that stays against uv's", inside, "cpu")
    return rows


def markdown(results):
    lines = [
        f"Blast beside uv {results['uv']} and pip {results['pip']} on the frozen index (seed 1), with CPython {results['python']} on {results['machine']}, "
        f"{results['date']}, load {results['load'][0]:.1f} at the beginning and {results['load'][1]:.1f} at the end. Medians of {results['rounds']} rounds in turns, of pip one. "
        "Versions read: wheels of which metadata, a range or all was served. A ratio below 1 means that Blast needs less.",
        "", f"    {results['command']}", "",
        "| measure | median | worst |", "| --- | ---: | ---: |",
        *(f"| {words} | {middle} | {worst} |" for words, middle, worst in measures(results)),
    ]
    for latency, sets in results["latencies"].items():
        lines += ["", f"{latency} ms for each answer:", "",
                  "| set | kind | as uv | as pip | cache | tool | versions | requests | kB | CPU s | s | MB |", "| --- | --- | --- | --- | --- | --- | ---: | ---: | ---: | ---: | ---: | ---: |"]
        for name, measured in sets.items():
            answers = measured["answers"]
            opening = f"{name} | {results['sets'][name]['kind']} | {same(answers, 'blast', 'uv')} | {same(answers, 'blast', 'pip')}"
            for temperature in ("cold", "warm"):
                for tool, runs in measured["runs"].items():
                    if temperature in runs:
                        run = runs[temperature]
                        lines.append(f"| {opening} | {temperature} | {tool} | {run['versions']:.0f} | {run['requests']:.0f} | {run['bytes'] / 1000:.0f} | {run['cpu']:.2f} | {run['wall']:.2f} | {run['rss'] / 1e6:.0f} |")
                        opening = " | | | "
    if "inProcess" in results:
        lines += ["", "In a JVM that stays (benchmarks/in-process), 0 ms, median of the rounds after warming up, of CPU the mean:", "",
                  "| set | cold CPU s | cold s | warm CPU s | warm s |", "| --- | ---: | ---: | ---: | ---: |"]
        for name, run in results["inProcess"].items():
            lines.append(f"| {name} | {run['cold']['cpu']:.3f} | {run['cold']['wall']:.3f} | {run['warm']['cpu']:.3f} | {run['warm']['wall']:.3f} |")
    return "\n".join(lines) + "\n"


def in_process(bench, sets, served):
    lines = "".join("\t".join([name, *asked["requirements"]]) + "\n" for name, asked in sets.items())
    run = subprocess.run([ROOT / "benchmarks/in-process", f"{served.address}/simple/", bench.python, "12"], input=lines, stdout=subprocess.PIPE, text=True, check=True)
    return {name: run for name, run in (json.loads(line) for line in run.stdout.splitlines())}


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--set", action="append", help="one of the sets; without it all of them")
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--latency", action="append", help="milliseconds (0 and 20)")
    parser.add_argument("--snapshot", action="append", default=[], help="as of frozen.py; needs --ask")
    parser.add_argument("--ask", action="append", metavar="REQUIREMENT", help="one more set, of these requirements")
    parser.add_argument("--no-pip", action="store_true")
    parser.add_argument("--in-process", action="store_true")
    parser.add_argument("--uv", type=Path, help="this uv, instead of one from the configured index")
    parser.add_argument("--python", default=sys.executable)
    parser.add_argument("--out", type=Path, default=ROOT / "benchmarks/results")
    arguments = parser.parse_args()
    sets = json.loads(subprocess.check_output([FROZEN, "--sets", *(word for file in arguments.snapshot for word in ("--snapshot", file))]))
    if arguments.ask:
        sets["asked"] = {"kind": "asked", "requirements": arguments.ask}
    sets = {name: sets[name] for name in arguments.set or sets}
    scratch = Path(tempfile.mkdtemp(prefix="blast-frozen-"))
    results = {"rounds": arguments.rounds, "python": platform.python_version(), "date": str(date.today()), "machine": f"{os.cpu_count()} cores, Linux {platform.release().split('-')[0]}",
               "command": " ".join(["benchmarks/compare_frozen.py", f"--rounds {arguments.rounds}", *(f"--set {it}" for it in arguments.set or []), *(f"--latency {it}" for it in arguments.latency or []), *(["--in-process"] if arguments.in_process else [])]), "sets": sets, "latencies": {}}
    begin, latencies = os.getloadavg()[1], arguments.latency or ["0", "20"]
    try:
        bench = Bench(scratch, arguments)
        for latency in latencies:
            served = Served(latency, arguments.snapshot)
            try:
                measured = results["latencies"][latency] = {}
                for name, asked in sets.items():
                    print(f"{latency} ms: {name}", file=sys.stderr, flush=True)
                    measured[name] = bench.measure(name, asked["requirements"], served, latency == latencies[0])
                if latency == latencies[0] and arguments.in_process:
                    results["inProcess"] = in_process(bench, sets, served)
            finally:
                served.end()
    except Failed as failure:
        sys.exit(f"compare_frozen: {failure}")
    finally:
        shutil.rmtree(scratch, ignore_errors=True)
    results.update(bench.versions, load=[begin, os.getloadavg()[1]])
    arguments.out.mkdir(parents=True, exist_ok=True)
    (arguments.out / "frozen.json").write_text(json.dumps(results, indent=1) + "\n")
    (arguments.out / "frozen.md").write_text(markdown(results))
    print(markdown(results), end="")


if __name__ == "__main__":
    main()
