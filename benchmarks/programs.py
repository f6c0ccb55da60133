#!/usr/bin/env python3
"""Well-known programs in Blast's sandbox, unmodified: whether each does what it does without one.

    benchmarks/programs.py --blast PROGRAM --index URL [--allow HOST]… [--npm URL] [--user UID] [NAME]…

Makes a project with an environment from the index, lets rules allow the hosts of the indexes and of --allow by name,
port 443, and nothing else, and runs each program that this machine has. Prints a row for each: what it did, and whether
it did. As root, --user UID has all of it done by an ordinary user in a home of its own. Ends with 1 where a row failed.
"""

import argparse
import os
import pty
import pwd
import re
import select
import shutil
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from urllib.parse import urlsplit

PACKAGES = (
    "aiohttp debugpy grpcio httpx ipykernel matplotlib nbconvert pip psutil pytest pytest-xdist requests uv"
).split()
SECONDS = 180

SERVER = """
import http.server, threading, urllib.request
def serve():
    server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), http.server.SimpleHTTPRequestHandler)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    return server.server_port
"""
FILES = {
    "server.py": SERVER,
    "test_live.py": """
import urllib.request, pytest, server
@pytest.fixture(scope="session")
def port():
    return server.serve()
@pytest.mark.parametrize("host", ["127.0.0.1", "localhost"] * 7)
def test_live(port, host, tmp_path):
    (tmp_path / "x").write_text("x")
    assert urllib.request.urlopen(f"http://{host}:{port}/pyproject.toml").status == 200
""",
    "with_requests.py": """
import requests, sys, server
assert requests.get(sys.argv[1]).status_code == 200
assert requests.get(f"http://127.0.0.1:{server.serve()}/").status_code == 200
try: requests.get("https://not-allowed.example/")
except requests.ConnectionError as e: assert "Name or service not known" in str(e), e
print("did")
""",
    "with_httpx.py": """
import asyncio, httpx, sys
async def main():
    async with httpx.AsyncClient() as client:
        all = await asyncio.gather(*(client.get(sys.argv[1]) for _ in range(8)))
        assert [it.status_code for it in all] == [200] * 8
        try: await client.get("https://not-allowed.example/")
        except httpx.ConnectError as e: assert "Name or service not known" in str(e), e
asyncio.run(main())
print("did")
""",
    "with_aiohttp.py": """
import aiohttp, aiohttp.web, asyncio, sys
async def main():
    app = aiohttp.web.Application()
    app.router.add_get("/", lambda _: aiohttp.web.Response(text="here"))
    runner = aiohttp.web.AppRunner(app)
    await runner.setup()
    site = aiohttp.web.TCPSite(runner, "127.0.0.1", 0)
    await site.start()
    own = "http://127.0.0.1:%d/" % site._server.sockets[0].getsockname()[1]
    async with aiohttp.ClientSession() as session:
        async def status(url):
            async with session.get(url) as answer:
                return answer.status
        assert await asyncio.gather(*(status(sys.argv[1]) for _ in range(8)), status(own)) == [200] * 9
        try: await status("https://not-allowed.example/")
        except aiohttp.ClientConnectorError: pass
    await runner.cleanup()
asyncio.run(main())
print("did")
""",
    "with_asyncio.py": """
import asyncio, ssl, sys
async def main():
    async def answer(reader, writer):
        writer.write(await reader.readline()); await writer.drain(); writer.close()
    server = await asyncio.start_server(answer, "127.0.0.1", 0)
    reader, writer = await asyncio.open_connection(*server.sockets[0].getsockname())
    writer.write(b"echo\\n")
    assert await reader.readline() == b"echo\\n"
    _, writer = await asyncio.open_connection(sys.argv[2], 443, ssl=ssl.create_default_context())
    writer.close()
    ran = await asyncio.create_subprocess_exec("true")
    assert await ran.wait() == 0
asyncio.run(main())
print("did")
""",
    "with_grpc.py": """
import concurrent.futures, grpc, sys
class All(grpc.GenericRpcHandler):
    def service(self, details):
        return grpc.unary_unary_rpc_method_handler(lambda request, _: request)
server = grpc.server(concurrent.futures.ThreadPoolExecutor(2), handlers=[All()])
port = server.add_insecure_port("127.0.0.1:0")
server.start()
with grpc.insecure_channel(f"127.0.0.1:{port}") as channel:
    assert channel.unary_unary("/a/b")(b"x", timeout=20) == b"x"
with grpc.secure_channel(sys.argv[2] + ":443", grpc.ssl_channel_credentials()) as channel:
    grpc.channel_ready_future(channel).result(timeout=30)
server.stop(0)
print("did")
""",
    "with_processes.py": """
import multiprocessing as mp, multiprocessing.shared_memory as shared
def twice(x): return 2 * x
if __name__ == "__main__":
    for way in ("fork", "spawn", "forkserver"):
        with mp.get_context(way).Pool(2) as pool:
            assert pool.map(twice, range(5)) == [0, 2, 4, 6, 8]
    with mp.Manager() as manager:
        values = manager.dict(a=1)
        assert values["a"] == 1
    memory = shared.SharedMemory(create=True, size=1 << 20)
    again = shared.SharedMemory(memory.name)
    memory.buf[5] = 7
    assert again.buf[5] == 7
    again.close(); memory.close(); memory.unlink()
    print("did")
""",
    "with_sqlite.py": """
import sqlite3
one = sqlite3.connect("wal.db"); one.execute("pragma journal_mode = wal")
one.execute("create table if not exists t (x)"); one.execute("insert into t values (1)"); one.commit()
two = sqlite3.connect("wal.db")
assert two.execute("select count(*) from t").fetchone()[0] >= 1
print("did")
""",
    "with_matplotlib.py": """
import matplotlib; matplotlib.use("Agg")
import matplotlib.pyplot as plot
plot.plot([1, 2]); plot.savefig("figure.png")
print("did")
""",
    "with_debugpy.py": """
import debugpy, socket
host, port = debugpy.listen(("127.0.0.1", 0))
socket.create_connection((host, port)).close()
print("did")
""",
    "book.ipynb": """
{"cells": [{"cell_type": "code", "id": "a", "execution_count": null, "metadata": {}, "outputs": [],
 "source": ["import psutil\\n", "print(6 * 7, len(psutil.net_if_addrs()) > 0)"]}],
 "metadata": {"kernelspec": {"display_name": "Python 3", "language": "python", "name": "python3"}},
 "nbformat": 4, "nbformat_minor": 5}
""",
    "fetch.js": """
const [url] = process.argv.slice(2);
(async () => {
  if ((await fetch(url)).status !== 200) throw "status";
  let refused = await fetch("https://not-allowed.example/").then(() => null, e => e.cause.code);
  if (refused !== "ENOTFOUND") throw "not refused: " + refused;
  console.log("did");
})();
""",
    "fetch.go": """
package main
import ("fmt"; "net/http"; "os"; "strings")
func main() {
	answer, err := http.Get(os.Args[1])
	if err != nil || answer.StatusCode != 200 { panic(err) }
	_, err = http.Get("https://not-allowed.example/")
	if err == nil || !strings.Contains(err.Error(), "no such host") { panic(err) }
	fmt.Println("did")
}
""",
    "connect.rs": """
use std::net::{TcpListener, TcpStream};
fn main() {
    let host = std::env::args().nth(2).unwrap();
    TcpStream::connect((host.as_str(), 443)).unwrap();
    let own = TcpListener::bind("127.0.0.1:0").unwrap();
    TcpStream::connect(own.local_addr().unwrap()).unwrap();
    assert!(TcpStream::connect(("not-allowed.example", 443)).is_err());
    println!("did");
}
""",
}


class Trial:
    def __init__(self, arguments, folder):
        self.blast, self.index, self.npm = arguments.blast, arguments.index, arguments.npm
        self.host = urlsplit(arguments.index).hostname
        self.folder, self.home = folder / "trial", folder / "home"
        self.folder.mkdir()
        self.home.mkdir()
        own = ("UV_", "PIP_", "VIRTUAL_ENV", "XDG_", "BLAST_")
        kept = {k: v for k, v in os.environ.items() if not k.startswith(own) or k == "PIP_CERT"}
        self.environment = {**kept, "HOME": str(self.home), "NO_COLOR": "1", "TERM": "xterm"}
        hosts = {self.host, *arguments.allow} | ({urlsplit(self.npm).hostname} if self.npm else set())
        packages = ", ".join(f'"{it}"' for it in PACKAGES)
        self.write("pyproject.toml", f'[project]\nname = "trial"\nversion = "1"\ndependencies = [{packages}]\n')
        names = ", ".join(f'"{it}"' for it in sorted(hosts))
        self.write(
            "policies/names.drl",
            f"package trial.names\n\nrule \"by name\"\nwhen\n    Connection( host in ( {names} ), port == 443 )\n"
            "then\n    allow();\nend\n",
        )
        for name, text in FILES.items():
            self.write(name, text.lstrip("\n"))

    def write(self, name, text):
        path = self.folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text)

    def outside(self, *command, folder=None):
        return subprocess.run(
            command, cwd=folder or self.folder, env=self.environment, capture_output=True, text=True, timeout=600
        )

    def prepare(self):
        for words in (["trust", "--yes"], ["--index-url", self.index, "start"]):
            ended = self.outside(self.blast, "-q", *words)
            if ended.returncode:
                raise SystemExit(f"blast {' '.join(words)}: {ended.stderr}")

    def run(self, *command, folder=None, expect=r"\bdid\b", code=0):
        """None where it did what it should, else what it said."""
        ended = subprocess.run(
            [self.blast, "run", "--", *command],
            cwd=folder or self.folder, env=self.environment, capture_output=True, text=True, timeout=SECONDS,
        )
        said = ended.stdout + ended.stderr
        return None if ended.returncode == code and re.search(expect, said) else f"exit {ended.returncode}: {said}"

    def python(self, name):
        return self.run("python", name, self.index, self.host)

    def terminal(self, command, *dialogue, code=0):
        """In a terminal of its own: what is awaited, and what is then typed."""
        pid, master = pty.fork()
        if pid == 0:
            os.chdir(self.folder)
            os.execvpe(command[0], command, self.environment)
        said, end = "", time.monotonic() + SECONDS / 3
        for awaited, typed in [*dialogue, (None, "")]:
            since = len(said)
            while time.monotonic() < end and not (awaited and re.search(awaited, said[since:])):
                if select.select([master], [], [], 0.2)[0]:
                    try:
                        said += os.read(master, 4096).decode(errors="replace")
                    except OSError:
                        break
            if awaited and not re.search(awaited, said[since:]):
                break
            if typed:
                time.sleep(0.3)
                os.write(master, typed.encode())
        else:
            awaited = None
        os.close(master)
        status = os.waitstatus_to_exitcode(os.waitpid(pid, 0)[1])
        return None if awaited is None and status == code else f"exit {status}, waited for {awaited}: {said[-300:]!r}"


def rows(trial):
    """Name, what is needed, what it did, how."""
    t, blast, index, host = trial, trial.blast, trial.index, trial.host
    yield "requests", [], "https, a server of its own, another name", lambda: t.python("with_requests.py")
    yield "httpx", [], "https, eight at once, another name", lambda: t.python("with_httpx.py")
    yield "aiohttp", [], "https, eight at once, a server of its own", lambda: t.python("with_aiohttp.py")
    yield "asyncio", [], "streams, TLS, a child", lambda: t.python("with_asyncio.py")
    yield "grpc", [], "a server and a client inside, TLS outside", lambda: t.python("with_grpc.py")
    make = "python -m venv --without-pip made && "
    pip = make + f"python -m pip --python made install -q --index-url {index} six && made/bin/python -c 'import six' && echo did"
    yield "pip", [], "install into an environment of its own", lambda: t.run("sh", "-c", pip)
    uv = f"uv -q venv made-by-uv && uv -q pip install --index-url {index} --python made-by-uv six && echo did"
    yield "uv", [], "the same", lambda: t.run("sh", "-c", uv)
    yield "curl", ["curl"], "https", lambda: t.run("curl", "-sSf", "-o", "/dev/null", "-w", "did %{http_code}", index)
    yield "curl refused", ["curl"], "another name", lambda: t.run(
        "curl", "-sS", "https://not-allowed.example/", expect="Could not resolve host", code=6)
    yield "git over https", ["git"], "a name that is allowed and has no repository", lambda: t.run(
        "git", "ls-remote", f"https://{host}/none.git", expect="not found|[Aa]uthentication|terminal prompts", code=128)
    if any(it.pw_uid == os.getuid() for it in pwd.getpwall()):  # ssh(1) asks for the name of its user
        yield "ssh refused", ["ssh"], "to a name", lambda: t.run(
            "ssh", "-o", "BatchMode=yes", "nobody@not-allowed.example", expect="Could not resolve|Name or service", code=255)
    yield "Node's fetch", ["node"], "https, another name", lambda: t.run("node", "fetch.js", index)
    if t.npm:
        yield "npm", ["npm"], "install", lambda: t.run(
            "sh", "-c", f"mkdir -p node && cd node && npm --registry {t.npm} --no-audit install left-pad && echo did")
    yield "static Go", ["go-fetch"], "https by its own resolver", lambda: t.run("./go-fetch", index)
    yield "Rust", ["rust-connect"], "TCP, a server of its own", lambda: t.run("./rust-connect", index, host)
    yield "pytest -n 2", [], "14 tests with a live server", lambda: t.run(
        "pytest", "-q", "-n", "2", "-p", "no:cacheprovider", "test_live.py", expect="14 passed")
    yield "jupyter nbconvert", [], "executes with a kernel", lambda: t.run(
        "sh", "-c", "jupyter nbconvert --to notebook --execute book.ipynb --output ran 2>&1 && grep -q '42 True' ran.ipynb && echo did")
    yield "debugpy", [], "listens", lambda: t.python("with_debugpy.py")
    yield "multiprocessing", [], "pools, managers, shared memory", lambda: t.python("with_processes.py")
    yield "sqlite", [], "a write-ahead log", lambda: t.python("with_sqlite.py")
    yield "matplotlib", [], "a file", lambda: t.python("with_matplotlib.py")
    yield "git status", ["git"], "in a repository", lambda: with_git(
        t, "repository", "git status --short && git log -1 && echo did")
    yield "git worktree", ["git"], "log and diff in one", lambda: with_git(
        t, "trees", "echo 2 >>packages/one/file; git log -1 && git diff --stat && echo did",
        "git worktree add -q ../tree", "../tree")
    yield "git submodule", ["git"], "log in one", lambda: with_git(
        t, "modules", "git log -1 && git status --short && echo did",
        "git -c protocol.file.allow=always submodule add -q ./ sub", "sub")
    yield "monorepo", ["git"], "status and log of a folder of the project", lambda: with_git(
        t, "mono", "cd packages/one && git status --short . && git log -1 -- . && echo did")
    yield "less", ["less"], "in a terminal", lambda: t.terminal(
        [blast, "run", "--", "less", "pyproject.toml"], (r"name = ", "q"))
    yield "vim", ["vim"], "in a terminal, writes", lambda: t.terminal(
        [blast, "run", "--", "vim", "-u", "NONE", "written.txt"], (r"written\.txt", "ihello\x1b:wq\r"))
    yield "top", ["top"], "in a terminal", lambda: t.terminal([blast, "run", "--", "top"], (r"PID", "q"))
    yield "Ctrl-Z and fg", ["bash"], "of a shell with job control", lambda: t.terminal(
        ["bash", "--norc", "--noprofile", "-i"],
        (r"[#$] ", f"PS1='ready> '; {blast} run -- sh -c 'echo st''arted; read x; echo got $x'\r"),
        (r"started", "\x1a"), (r"Stopped[\s\S]*ready> ", "fg\r"), (r"sh -c", "line\r"), (r"got line", "exit\r"))


def with_git(trial, name, command, script="", inside=""):
    """In a project that is a repository, or leads to one: what a shell makes of it, and a command in it."""
    folder = trial.home / name
    folder.mkdir()
    text = """
        set -e
        export GIT_AUTHOR_NAME=n GIT_AUTHOR_EMAIL=n@example GIT_COMMITTER_NAME=n GIT_COMMITTER_EMAIL=n@example
        printf '[project]\\nname = "p"\\nversion = "1"\\n' >pyproject.toml
        mkdir -p packages/one && echo 1 >packages/one/file
        git init -q && git add . && git commit -q -m first
    """
    ended = trial.outside("sh", "-c", text + script + f'\ncd "./{inside}" && "$0" -q start --offline', trial.blast, folder=folder)
    return ended.stderr if ended.returncode else trial.run("sh", "-c", command, folder=folder / inside)


def compiled(folder):
    """Programs of other languages, made as long as this is who has their compilers."""
    go, rust = folder / "go-fetch", folder / "rust-connect"
    for name, compiler in (("fetch.go", ["go", "build", "-o", go]), ("connect.rs", ["rustc", "-o", rust])):
        source = folder / name
        source.write_text(FILES[name])
        if shutil.which(compiler[0]):
            subprocess.run([*compiler, source], env={**os.environ, "CGO_ENABLED": "0"}, capture_output=True)
        source.unlink()
    return [it for it in (go, rust) if it.exists()]


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--blast", required=True)
    parser.add_argument("--index", required=True)
    parser.add_argument("--allow", action="append", default=[])
    parser.add_argument("--npm")
    parser.add_argument("--user", type=int)
    parser.add_argument("names", nargs="*")
    arguments = parser.parse_args()
    scratch = Path(tempfile.mkdtemp(prefix="blast-programs-"))
    try:
        programs = compiled(scratch)
        if arguments.user is not None:
            os.chown(scratch, arguments.user, arguments.user)
            os.setgroups([])
            os.setgid(arguments.user)
            os.setuid(arguments.user)
        trial = Trial(arguments, scratch)
        for program in programs:
            shutil.copy(program, trial.folder)
        sys.exit(tried(trial, arguments.names))
    finally:
        shutil.rmtree(scratch, ignore_errors=True)


def tried(trial, names):
    trial.prepare()
    failed = 0
    for name, needs, did, trying in rows(trial):
        if names and name not in names:
            continue
        if not all(shutil.which(it) or (trial.folder / it).exists() for it in needs):
            print(f"{name:20} not on this machine", flush=True)
            continue
        try:
            wrong = trying()
        except subprocess.TimeoutExpired as e:
            wrong = f"no end after {e.timeout} s"
        failed += wrong is not None
        print(f"{name:20} {'runs  ' if wrong is None else 'FAILED'} {did}", flush=True)
        if wrong:
            print("    " + wrong.strip()[-1500:].replace("\n", "\n    "), flush=True)
    return 1 if failed else 0


if __name__ == "__main__":
    main()
