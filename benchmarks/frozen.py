#!/usr/bin/env python3
"""A package index that never changes, for measurements: made from a seed, served on loopback, the same bytes each time.

    benchmarks/frozen.py [--seed N] [--snapshot FILE]... [--latency MS] [--port N] [--no-etag]    serves until it is ended
    benchmarks/frozen.py --check                                                      compares all pages of seed 1 with their hash
    benchmarks/frozen.py --sets                                                       the sets of requirements, as JSON

The first line that it prints is its address. Below it are
    /simple/NAME/         the page of a package (PEP 691, or PEP 503 as HTML), which announces metadata (PEP 658)
    /bare/simple/NAME/    the same without announcing; its files are below /bare/files/
    /files/WHEEL          a wheel, whole or in ranges, and WHEEL.metadata, which is not there below /bare
    /counts, /reset       what was served since the last /reset: pages, metadata, ranges, wheels, versions, requests, bytes

A snapshot is JSON (or .json.gz) of another resolver's tests: name -> version -> {"dependencies": [...]} as resolvelib has it,
or {"packages": name -> version -> {"depends_by_extra": {extra: [...]}}} as pip's benchmarks do. It takes the place of what is made.
"""

import argparse
import asyncio
import base64
import gzip
import hashlib
import io
import json
import random
import re
import socket
import sys
import zipfile
from datetime import date, timedelta
from functools import partial

# Of all pages of seed 1, with the hashes of all wheels and metadata. Where a change of shape is meant, --check says the new one.
SEED_1 = "ee19485269f11e286f7a2776fcaf8d4776a2cdbe991b90f2ac4d1094ec770fff"

JSON_PAGE = "application/vnd.pypi.simple.v1+json"


class World:
    """name -> version -> (requirements, extras), and the named sets of requirements to resolve, each with its kind."""

    def __init__(self, seed):
        self.packages, self.sets = {}, {}
        self.source = random.Random(seed)

    def below(self, limit):
        """A number from 0 to limit - 1. random() alone is promised to be the same in all Pythons."""
        return int(self.source.random() * limit)

    def add(self, name, version, *requirements, extras=()):
        self.packages.setdefault(name, {})[version] = (requirements, extras)

    def ask(self, name, kind, *requirements):
        self.sets[name] = {"kind": kind, "requirements": list(requirements)}


def made(seed):
    world = World(seed)
    for part in (chain, lines, tree, late, plugins, grid, extras):
        part(world)
    return world


def chain(world):
    """A client whose releases each name a range of a core, month after month, as boto3 and botocore; the core holds a wire."""
    for minor in range(20):
        for patch in range(40):
            version = f"1.{minor}.{patch}"
            world.add("cloud", version, f"cloud-core>={version},<1.{minor + 1}.0", "paths>=0.7.1,<2", f"cloud-transfer>=0.{minor // 4},<0.{minor // 4 + 1}")
            wire = "wire>=1.20,<1.26" if minor < 2 else "wire>=1.25.4,<1.27" if minor < 14 else "wire>=1.25.4,<3,!=2.2.0"
            world.add("cloud-core", version, "paths>=0.7.1,<2", "dates>=2.1,<3", wire)
    for minor in range(5):
        for patch in range(6):
            world.add("cloud-transfer", f"0.{minor}.{patch}", f"cloud-core>=1.{minor * 4}.{patch},<2")
    for version in ("1.20", "1.21.1", "1.22", "1.24.3", "1.25.2", "1.25.3", "1.25.4", "1.25.11", "1.26.2", "1.26.20", "2.0.7", "2.1.0", "2.2.0", "2.2.3"):
        world.add("wire", version)
    for version in ("0.7.1", "0.9.5", "0.10.0", "1.0.1"):
        world.add("paths", version)
    for version in ("2.1", "2.8.2", "2.9.0"):
        world.add("dates", version, "six-like>=1.5")
    world.add("six-like", "1.16.0")
    world.add("six-like", "1.17.0")
    world.ask("chain", "easy", "cloud")
    world.ask("chain-long-back", "conflicts", "cloud", "wire<1.25.4")


def lines(world):
    """Two lines to one core that follow each other at a distance, as s3fs with aiobotocore beside boto3."""
    for minor in range(30):
        # Each release takes a window of three cores, some months behind the newest.
        core = minor * 36 // 60
        for patch in range(3):
            low = minor * 9 % 27 + patch
            world.add("aio-cloud", f"2.{minor}.{patch}", f"cloud-core>=1.{core}.{low},<1.{core}.{low + 3}", "wire>=1.20", "dates")
    for year in range(2018, 2026):
        for month in range(1, 13, 2):
            needs = ["cloud"] if year == 2018 else [f"aio-cloud>=2.{min(28, (year - 2019) * 4 + month // 3)}.0,<3"]
            world.add("cloud-fs", f"{year}.{month}.0", *needs, "paths")
    world.ask("two-lines", "conflicts", "cloud", "cloud-fs")


def tree(world):
    """Many packages that need many others, with bounds that the newest versions meet."""
    words = [f"{first}{last}" for first in ("live", "fast", "pure", "open", "tiny", "deep", "warm", "plain", "north", "blue") for last in ("json", "grid", "form", "mail", "sort", "lock", "type", "plot", "page", "task")]
    newest = {}
    for at in reversed(range(len(words))):
        majors, minors = 1 + world.below(4), 3 + world.below(12)
        later = list(range(at + 1, min(len(words), at + 14)))
        needs = [later.pop(world.below(len(later))) for _ in range(min(len(later), 1 + world.below(4)))]
        if at + 1 < len(words) and at + 1 not in needs:
            needs.append(at + 1)
        for major in range(majors):
            for minor in range(minors):
                requirements = []
                for need in needs:
                    high, _ = newest[need]
                    low = f"{words[need]}>={high * (major + 1) // majors if major else 0}.{world.below(3)}"
                    requirements.append(low + (f",<{high + 1}" if need % 3 == 0 else ""))
                if minor % 2:
                    requirements.append('old-only>=1; python_version < "3"')
                world.add(words[at], f"{major}.{minor}.{world.below(4)}", *requirements)
        newest[at] = (majors - 1, minors - 1)
    world.add("old-only", "1.0")
    world.ask("tree-100", "easy", words[0])
    world.ask("tree-40", "easy", words[60])
    world.ask("clash", "two lines", words[0], "cloud==1.19.39", "cloud-core<1.19")


def late(world):
    """Thirty packages that nothing is wrong with, and then one whose newer half cannot stand what was chosen first."""
    names = [f"step-{at:02}" for at in range(30)]
    for at, name in enumerate(names):
        for minor in range(25):
            world.add(name, f"1.{minor}", *([f"{names[at + 1]}>=1.{minor // 2}"] if at + 1 < len(names) else ["step-last>=1"]))
    for minor in range(40):
        world.add("step-last", f"1.{minor}", *(["first<7"] if minor >= 5 else ["first<3"]), "step-00")
    for major in range(12):
        for minor in range(4):
            world.add("first", f"{major}.{minor}", f"second>={major}.0,<{major + 1}")
            world.add("second", f"{major}.{minor}")
    world.ask("late", "conflicts", "first", "step-00")


def plugins(world):
    """A framework whose plug-ins each move on with it, and one that was given up: all others have to go back."""
    for major in range(2, 8):
        for minor in range(10):
            world.add("framework", f"{major}.{minor}", "templates>=2", f"forms>={major}.0")
            world.add("forms", f"{major}.{minor}")
            world.add("templates", f"{major}.{minor}")
    for at in range(14):
        for release in range(60):
            major = 2 + release // 10
            step = (release * 7 + at * 3) % 10
            needs = [f"framework>={major}.{step // 2},<{major + 1}"]
            if at:
                needs.append(f"plugin-{at - 1:02}>={release // 2}.{'0' if at % 2 else '1'}")
            world.add(f"plugin-{at:02}", f"{release}.{at % 3}", *needs)
    for release in range(8):
        world.add("given-up", f"0.{release}", f"framework>=2.0,<4.{release}", "plugin-05")
    world.ask("plugins", "conflicts", *(f"plugin-{at:02}" for at in range(14)), "given-up")
    world.ask("plugins-easy", "easy", *(f"plugin-{at:02}" for at in range(0, 14, 3)))


def grid(world):
    """Packages that take windows of each other; in each grid one answer is planted, so there is one."""
    for title, size, releases, width in (("loose", 8, 40, 14), ("tight", 10, 30, 7), ("wide", 16, 40, 12)):
        names = [f"{title}-{at:02}" for at in range(size)]
        planted = [world.below(releases * 2 // 3) for _ in names]
        for at, name in enumerate(names):
            for release in range(releases):
                needs = []
                for other in {(at + 1) % size, (at + 2 + world.below(size - 2)) % size} - {at}:
                    low = world.below(max(1, releases - width))
                    if release == planted[at]:
                        low = max(0, planted[other] - world.below(width))
                    needs.append(f"{names[other]}>={low}.0,<{low + width}.0")
                world.add(name, f"{release}.0", *sorted(needs))
        world.ask(f"grid-{title}", "conflicts", *names)


def extras(world):
    """A suite with extras that name each other, markers, and pre-releases that nobody asked for, or somebody did."""
    for minor in range(30):
        world.add(
            "suite", f"3.{minor}",
            "suite-core>=1", "suite-compat; python_version < '3'", "suite-win>=1; sys_platform == 'win32'",
            *(f'suite-{part}>={minor // 3}; extra == "{part}"' for part in ("db", "web", "mail")),
            'suite[db,web,mail]; extra == "all"', 'suite-tools[cli]>=1; extra == "dev"', 'suite[all]; extra == "dev"',
            extras=("all", "db", "dev", "mail", "web"))
    for part in ("core", "db", "web", "mail", "win", "compat"):
        for major in range(11):
            for step in ("0a1", "0b2", "0rc1", "0", "1"):
                world.add(f"suite-{part}", f"{major}.{step}", *(["suite-core>=1"] if part in ("db", "web") else []))
        world.add(f"suite-{part}", "12.0rc1")
    for minor in range(12):
        world.add("suite-tools", f"1.{minor}", 'suite-console>=0.1.dev0; extra == "cli"', extras=("cli",))
        world.add("suite-console", f"0.{minor}.dev1")
    world.ask("extras", "easy", "suite[all]>=3.5")
    world.ask("pre-releases", "easy", "suite[dev]", "suite-db>=12.0rc1", "suite-console>=0.1.dev0")


def snapshot(file):
    """The world of another resolver's test data. What has no valid name or version is left out; requirements are kept as they are."""
    with (gzip.open if file.endswith(".gz") else open)(file) as data:
        known = json.load(data)
    world = World(0)
    for name, versions in known.get("packages", known).items():
        for version, facts in versions.items():
            if not re.fullmatch(r"[A-Za-z0-9._!+]+", version):
                continue
            parts = facts.get("depends_by_extra", {"": facts.get("dependencies", [])})
            needs = [marked(need, extra) for extra, needs in parts.items() for need in needs]
            named = {extra for extra in parts if extra} | set(re.findall(r"extra\s*==\s*['\"]([^'\"]+)", " ".join(needs)))
            world.add(normal(name), version, *needs, extras=tuple(sorted(named)))
    asked = known.get("input", {}).get("requirements")
    if asked:
        world.ask("snapshot", "conflicts", *asked)
    return world


def marked(requirement, extra):
    if not extra or "extra" in requirement.partition(";")[2]:
        return requirement
    need, _, marker = requirement.partition(";")
    return f'{need.strip()}; ({marker.strip()}) and extra == "{extra}"' if marker.strip() else f'{need.strip()}; extra == "{extra}"'


def normal(name):
    return re.sub(r"[-_.]+", "-", name).lower()


def sha256(data):
    return hashlib.sha256(data).hexdigest()


class Index:
    """The pages and files of a world, as bytes."""

    def __init__(self, world):
        self.pages, self.metadata, self.wheels = {}, {}, {}
        for name, versions in world.packages.items():
            files = []
            for age, (version, (requirements, named)) in enumerate(versions.items()):
                wheel = f"{name.replace('-', '_')}-{version}-py3-none-any.whl"
                self.metadata[wheel] = metadata = metadata_of(name, version, requirements, named)
                self.wheels[wheel] = zipped(wheel, metadata)
                files.append((wheel, date(2019, 1, 1) + timedelta(days=age)))
            for announce in (True, False):
                self.pages[name, announce, True] = self.json_page(name, list(versions), files, announce)
                self.pages[name, announce, False] = self.html_page(name, files, announce)

    def json_page(self, name, versions, files, announce):
        listed = []
        for wheel, day in files:
            file = {"filename": wheel, "url": f"{'' if announce else '/bare'}/files/{wheel}", "hashes": {"sha256": sha256(self.wheels[wheel])}, "size": len(self.wheels[wheel]),
                    "requires-python": ">=3.7", "upload-time": f"{day}T00:00:00.000000Z", "yanked": False}
            if announce:
                file["core-metadata"] = {"sha256": sha256(self.metadata[wheel])}
            listed.append(file)
        page = {"meta": {"api-version": "1.1"}, "name": name, "versions": versions, "files": listed}
        return json.dumps(page, separators=(",", ":")).encode()

    def html_page(self, name, files, announce):
        lines = [f"<!DOCTYPE html><html><head><title>{name}</title></head><body>"]
        for wheel, _ in files:
            told = f' data-core-metadata="sha256={sha256(self.metadata[wheel])}"' if announce else ""
            lines.append(f'<a href="{"" if announce else "/bare"}/files/{wheel}#sha256={sha256(self.wheels[wheel])}" data-requires-python="&gt;=3.7"{told}>{wheel}</a><br>')
        return "\n".join([*lines, "</body></html>"]).encode()

    def digest(self):
        return sha256(b"".join(self.pages[key] for key in sorted(self.pages)))


def metadata_of(name, version, requirements, named):
    fields = ["Metadata-Version: 2.1", f"Name: {name}", f"Version: {version}", "Requires-Python: >=3.7"]
    fields += [f"Provides-Extra: {extra}" for extra in named] + [f"Requires-Dist: {requirement}" for requirement in requirements]
    return "\n".join([*fields, "", ""]).encode()


def zipped(wheel, metadata):
    """Stored and not deflated, and with one time: no version of zlib or of the clock is in it."""
    name, version, _ = wheel.split("-", 2)
    info = f"{name}-{version}.dist-info"
    entries = {f"{name}/__init__.py": b"", f"{info}/METADATA": metadata, f"{info}/WHEEL": b"Wheel-Version: 1.0\nGenerator: frozen\nRoot-Is-Purelib: true\nTag: py3-none-any\n"}
    record = [f"{path},sha256={base64.urlsafe_b64encode(hashlib.sha256(data).digest()).rstrip(b'=').decode()},{len(data)}" for path, data in entries.items()]
    entries[f"{info}/RECORD"] = "\n".join([*record, f"{info}/RECORD,,", ""]).encode()
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        for path, data in entries.items():
            archive.writestr(zipfile.ZipInfo(path), data)
    return out.getvalue()


class Connection(asyncio.Protocol):
    """HTTP/1.1 with keep-alive, as far as GET and HEAD of an index need it. Answers go out in order, each after the latency."""

    def __init__(self, server):
        self.server, self.received = server, b""

    def connection_made(self, transport):
        self.transport = transport
        transport.get_extra_info("socket").setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)

    def data_received(self, data):
        self.received += data
        while b"\r\n\r\n" in self.received:
            head, _, self.received = self.received.partition(b"\r\n\r\n")
            first, *rest = head.decode("latin-1").split("\r\n")
            method, path, _ = first.split(" ", 2)
            headers = {key.lower(): value.strip() for key, _, value in (line.partition(":") for line in rest)}
            answer = self.server.answer(method, path, headers)
            if self.server.latency:
                asyncio.get_running_loop().call_later(self.server.latency, self.transport.write, answer)
            else:
                self.transport.write(answer)


class Server:
    """What is asked for, and the counts of it."""

    def __init__(self, index, latency, etags):
        self.index, self.latency, self.etags = index, latency, etags
        self.reset()

    def reset(self):
        self.counts = dict.fromkeys(("requests", "pages", "missing", "unchanged", "metadata", "ranges", "wheels", "bytes"), 0)
        self.read = set()

    def answer(self, method, path, headers):
        if path in ("/counts", "/reset"):
            body = json.dumps({**self.counts, "versions": len(self.read)}).encode()
            if path == "/reset":
                self.reset()
            return head(200, {"Content-Type": "application/json"}, body)
        status, fields, body = self.found(method, path, headers)
        self.counts["requests"] += 1
        sent = head(status, fields, body, method == "HEAD")
        self.counts["bytes"] += len(sent)
        return sent

    def found(self, method, path, headers):
        page = re.fullmatch(r"(/bare)?/simple/([^/]+)/", path)
        if page:
            as_json = JSON_PAGE in headers.get("accept", "")
            body = self.index.pages.get((normal(page[2]), not page[1], as_json))
            fields = {"Content-Type": JSON_PAGE if as_json else "text/html", "Cache-Control": "max-age=600, public", "Vary": "Accept"}
            if body is not None:
                self.counts["pages"] += 1
                return self.unless_known(body, fields, headers)
        file = re.fullmatch(r"(/bare)?/files/([^/]+)", path)
        if file and not (file[1] and file[2].endswith(".metadata")):
            name = file[2]
            fields = {"Content-Type": "application/octet-stream", "Cache-Control": "max-age=365000000, immutable, public", "Accept-Ranges": "bytes"}
            if name.removesuffix(".metadata") in self.index.wheels:
                self.read.add(name.removesuffix(".metadata"))
                if name.endswith(".metadata"):
                    self.counts["metadata"] += 1
                    return self.unless_known(self.index.metadata[name.removesuffix(".metadata")], fields, headers)
                return self.part(self.index.wheels[name], fields, headers, method)
        self.counts["missing"] += 1
        return 404, {"Content-Type": "text/plain"}, b"not here\n"

    def unless_known(self, body, fields, headers):
        if self.etags:
            fields["ETag"] = f'"{sha256(body)[:32]}"'
            if headers.get("if-none-match") == fields["ETag"]:
                self.counts["unchanged"] += 1
                return 304, fields, b""
        return 200, fields, body

    def part(self, wheel, fields, headers, method):
        asked = re.fullmatch(r"bytes=(\d*)-(\d*)", headers.get("range", ""))
        if not asked or not any(asked.groups()):
            self.counts["wheels"] += method == "GET"
            return self.unless_known(wheel, fields, headers)
        self.counts["ranges"] += 1
        first, last = asked.groups()
        start = int(first) if first else max(0, len(wheel) - int(last))
        end = min(len(wheel), int(last) + 1) if first and last else len(wheel)
        if start >= end:
            return 416, {**fields, "Content-Range": f"bytes */{len(wheel)}"}, b""
        return 206, {**fields, "Content-Range": f"bytes {start}-{end - 1}/{len(wheel)}"}, wheel[start:end]


def head(status, fields, body, only=False):
    words = {200: "OK", 206: "Partial Content", 304: "Not Modified", 404: "Not Found", 416: "Range Not Satisfiable"}[status]
    lines = [f"HTTP/1.1 {status} {words}", *(f"{key}: {value}" for key, value in fields.items())]
    if status != 304:
        lines.append(f"Content-Length: {len(body)}")
    return "\r\n".join([*lines, "", ""]).encode("latin-1") + (b"" if only else body)


async def serve(server, port):
    listening = await asyncio.get_running_loop().create_server(partial(Connection, server), "127.0.0.1", port, backlog=512)
    print(f"http://127.0.0.1:{listening.sockets[0].getsockname()[1]}", flush=True)
    await listening.serve_forever()


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--snapshot", action="append", help="serve this instead of what is made; packages of several are put together")
    parser.add_argument("--latency", type=float, default=0, metavar="MS", help="how long each answer waits")
    parser.add_argument("--port", type=int, default=0, help="without it any that is free")
    parser.add_argument("--no-etag", action="store_true")
    parser.add_argument("--check", action="store_true")
    parser.add_argument("--sets", action="store_true")
    arguments = parser.parse_args()
    world = made(1 if arguments.check else arguments.seed)
    if arguments.snapshot:
        world = World(0)
        for file in arguments.snapshot:
            other = snapshot(file)
            world.packages.update(other.packages)
            world.sets.update(other.sets)
    if arguments.sets:
        print(json.dumps(world.sets, indent=1))
        return
    index = Index(world)
    if arguments.check:
        digest = index.digest()
        if digest != SEED_1:
            sys.exit(f"frozen: the pages of seed 1 hash to {digest}, not to {SEED_1}")
        print(f"{len(world.packages)} packages, {len(index.wheels)} versions, {len(index.pages)} pages: {digest}")
        return
    try:
        asyncio.run(serve(Server(index, arguments.latency / 1000, not arguments.no_etag), arguments.port))
    except KeyboardInterrupt:
        pass


if __name__ == "__main__":
    main()
