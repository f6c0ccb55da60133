#!/usr/bin/env python3
"""Locks what real projects ask for with Blast and with uv, and says where they differ.

    benchmarks/inputs.py --uv UV --blast BLAST --inputs DIR --scratch DIR [--python X] [--jobs N] [--with-project] [NAME]...

The list is inputs.tsv beside this file; NAME picks from it. DIR of --inputs holds a clone of each repository as owner+name, bare or not:

    git clone https://github.com/pallets/flask DIR/pallets+flask

Each input gets a folder in the scratch folder: the files that a requirements file needs, or the whole clone without the locks of other tools, so
that both choose for themselves. uv is asked by `uv sync --dry-run`, or by `uv pip compile` where there is neither a [project] table nor a workspace
(for requirements.txt as well, where it lies beside); Blast by `blast sync --lock-only` with the groups that uv takes, and --strategy newest, since uv
looks at no version's age. uv's lock is for all Pythons and machines: where it differs, uv is asked again for this place alone. Results go to
results.json in the scratch folder as they come, and as a table to stdout.
"""

import argparse
import concurrent.futures
import json
import os
import re
import shutil
import subprocess
import sys
import time
import tomllib
from pathlib import Path

LIST = Path(__file__).resolve().parent / "inputs.tsv"
LIMIT = 300
LOCKS = ("uv.lock", "poetry.lock", "pdm.lock", "pylock.toml", "Pipfile.lock")


def rows():
    head, *lines = LIST.read_text().splitlines()
    return [dict(zip(head.split("\t"), line.split("\t"), strict=True)) for line in lines]


def run(command, cwd, log):
    """The exit code, None after the limit, with what was said and the seconds; all of it goes to the log as well."""
    start = time.monotonic()
    environment = os.environ | {"UV_PYTHON_DOWNLOADS": "never", "NO_COLOR": "1"}
    process = subprocess.Popen([str(word) for word in command], cwd=cwd, env=environment, stdin=subprocess.DEVNULL, stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT, text=True, errors="replace", start_new_session=True)
    try:
        said, _ = process.communicate(timeout=LIMIT)
        code = process.returncode
    except subprocess.TimeoutExpired:
        os.killpg(process.pid, 9)
        said, _ = process.communicate()
        code = None
    log.write_text(f"$ {' '.join(map(str, command))}\n{said}\nexit {code}\n")
    return {"code": code, "said": said, "seconds": round(time.monotonic() - start, 1)}


def prepared(row, inputs, scratch):
    """The folder where both tools run, the same files anew for each of them."""
    clone = inputs / row["repository"].replace("/", "+")
    source = clone / ".git" if (clone / ".git").exists() else clone
    for tool in ("uv", "blast"):
        folder = scratch / row["name"] / tool
        if row["needs"] == "all":
            subprocess.run(["git", "clone", "-q", source, folder], check=True, capture_output=True)
            for lock in LOCKS:
                for found in folder.rglob(lock):
                    found.unlink()
        else:
            folder.mkdir(parents=True)
            paths = [row["input"], *(row["needs"].split() if row["needs"] != "-" else [])]
            archive = subprocess.run(["git", f"--git-dir={source}", "archive", "HEAD", *paths], check=True, capture_output=True).stdout
            subprocess.run(["tar", "-x", "-C", folder], input=archive, check=True)
    return scratch / row["name"]


def normal(name):
    return re.sub("[-_.]+", "-", name).lower()


def said_by_uv(text):
    """What uv pip compile, or uv sync --dry-run, would install: versions by name. What comes from the project's own folders is left out."""
    found = {}
    for line in text.splitlines():
        if match := re.match(r"(?: \+ )?([A-Za-z0-9][\w.-]*)(?:\[[^]]*\])?(?:==([^\s;\\]+)| @ (\S+))(?: \(from (.*)\))?", line):
            name, version, address, origin = match.groups()
            origin = origin or address
            if not (origin or "").startswith(("file:", "./", "../")):
                found[normal(name)] = "@" if origin else version
    return found


def locked(file):
    found = {}
    for package in tomllib.loads(file.read_text())["packages"]:
        if "directory" not in package:
            found[normal(package["name"])] = "@" if "vcs" in package or "archive" in package else package["version"]
    return found


def compiling(tools):
    return [tools.uv, "pip", "compile", "--python", tools.python, "--no-header", "--no-annotate", "--no-progress"]


def asked(row, folder, tools):
    """The commands of uv and of Blast."""
    blast = [tools.blast, "sync", "--lock-only", "--strategy", "newest", "--python", tools.python]
    if row["needs"] != "all":
        if row["input"] != "requirements.txt":
            (folder / "requirements.txt").write_text(f"-r {row['input']}\n")
        return [*compiling(tools), row["input"]], blast
    pyproject = folder / "pyproject.toml"
    table = tomllib.loads(pyproject.read_text()) if pyproject.exists() else {}
    if "project" in table or "workspace" in table.get("tool", {}).get("uv", {}):
        if not tools.with_project:
            blast.append("--no-project")
        return [tools.uv, "sync", "--dry-run", "--python", tools.python, "--no-progress"], blast
    file = "pyproject.toml" if "build-system" in table else "setup.py" if (folder / "setup.py").exists() else "setup.cfg"
    further = ["requirements.txt"] if (folder / "requirements.txt").exists() else []
    return [*compiling(tools), file, *further], [*blast, "--no-default-groups"]


def for_one_place(folder, tools):
    """How uv is asked for this Python and machine alone, with the groups that uv sync takes: its lock is for all of them, and may hold older versions."""
    table = tomllib.loads((folder / "pyproject.toml").read_text())
    groups = table.get("dependency-groups", {})
    default = table.get("tool", {}).get("uv", {}).get("default-groups", ["dev"] if "dev" in groups else [])
    taken = [word for group in (groups if default == "all" else default) for word in ("--group", group)]
    return [*compiling(tools), "pyproject.toml", *taken]


def compared(row, uv, blast, folder):
    """The kind of the result with what differs."""
    theirs = said_by_uv(uv["said"]) if uv["code"] == 0 else None
    if blast["code"] != 0:
        if blast["code"] is None:
            return "no end", f"no answer in {LIMIT} s"
        last = [line for line in blast["said"].splitlines() if line.strip()]
        if blast["code"] not in (1, 2, 3) or not last or re.search(r"^\s+at [\w.$/]+\(|Exception\b", blast["said"], re.M):
            return "fault", " / ".join(last[-6:])
        return ("sentence, as uv" if theirs is None else "sentence"), " / ".join(last[-8:])
    if not (folder / "pylock.toml").exists():
        return "fault", "ended with 0 and wrote no lock"
    ours = locked(folder / "pylock.toml")
    if theirs is None:
        return "blast alone", " / ".join(uv["said"].strip().splitlines()[-4:])
    if ours == theirs:
        return "same", f"{len(ours)} packages"
    other = [f"{name} {theirs[name]} → {ours[name]}" for name in sorted(ours.keys() & theirs.keys()) if ours[name] != theirs[name]]
    more, less = sorted(ours.keys() - theirs.keys()), sorted(theirs.keys() - ours.keys())
    told = "; ".join(part for part in (", ".join(other), more and "more: " + ", ".join(more), less and "less: " + ", ".join(less)) if part)
    return ("versions" if not more and not less else "names"), f"of {len(theirs)}: {told}"


def measured(row, tools):
    told = {"name": row["name"], "kind": row["kind"]}
    try:
        home = prepared(row, tools.inputs, tools.scratch)
    except subprocess.CalledProcessError as failed:
        return told | {"result": "not measured", "uv": 0, "blast": 0, "what": failed.stderr.decode(errors="replace").strip().replace("\n", " / ")}
    at = row["input"] if row["needs"] == "all" else "."
    ask_uv, ask_blast = asked(row, home / "blast" / at, tools)
    uv = run(ask_uv, home / "uv" / at, home / "uv.log")
    blast = run(ask_blast, home / "blast" / at, home / "blast.log")
    kind, what = compared(row, uv, blast, home / "blast" / at)
    if kind in ("versions", "names", "blast alone") and "sync" in ask_uv:
        again = run(for_one_place(home / "uv" / at, tools), home / "uv" / at, home / "uv-one-place.log")
        if compared(row, again, blast, home / "blast" / at)[0] == "same":
            kind = "same, for one place"
    return told | {"result": kind, "uv": uv["seconds"], "blast": blast["seconds"], "what": what}


def table(results):
    lines = ["| input | kind | result | uv s | Blast s | what |", "| --- | --- | --- | --- | --- | --- |"]
    return lines + [f"| {r['name']} | {r['kind']} | {r['result']} | {r['uv']} | {r['blast']} | {r['what'].replace('|', '/')} |" for r in results]


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    for tool in ("uv", "blast"):
        parser.add_argument(f"--{tool}", required=True, type=lambda word: shutil.which(word) or sys.exit(f"{word} is not a program"))
    parser.add_argument("--inputs", required=True, type=lambda word: Path(word).absolute())
    parser.add_argument("--scratch", required=True, type=lambda word: Path(word).absolute(), help="a folder that is made, and must not exist")
    parser.add_argument("--python", default="3.12")
    parser.add_argument("--jobs", type=int, default=1)
    parser.add_argument("--with-project", action="store_true", help="the project itself is locked as well")
    parser.add_argument("names", nargs="*")
    tools = parser.parse_args()
    chosen = [row for row in rows() if not tools.names or row["name"] in tools.names]
    if unknown := set(tools.names) - {row["name"] for row in chosen}:
        parser.error(f"not in {LIST.name}: {', '.join(sorted(unknown))}")
    tools.scratch.mkdir(parents=True)
    order = {name: place for place, name in enumerate(tools.names)}
    chosen.sort(key=lambda row: order.get(row["name"], 0))
    results = []
    with concurrent.futures.ThreadPoolExecutor(tools.jobs) as pool:
        for done in concurrent.futures.as_completed([pool.submit(measured, row, tools) for row in chosen]):
            results.append(done.result())
            (tools.scratch / "results.json").write_text(json.dumps(results, indent=1))
            print(table(results)[-1], file=sys.stderr)
    print("\n".join(table(results)))


if __name__ == "__main__":
    main()
