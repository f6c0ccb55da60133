"""What a gate costs, and how well rates are kept: a program in a sandbox beside the same one outside.

    python3 benchmarks/gate.py [--blast BLAST] [--seconds N]

Starts a server on an address of this machine (none of its loopback, which is another one inside),
makes a project with a rule that lets it be reached, and runs this file in it as the client, in turns
with the bare one. Prints the time of connect(2), the throughput of a connection that was handed in,
how long a datagram takes there and back and how many of 1200 bytes come back in a second, and what
came through under each limit. Needs `blast` on PATH, or --blast.
"""
import argparse
import os
import pathlib
import shutil
import socket
import statistics
import subprocess
import sys
import tempfile
import threading
import time

CONNECTS = 2000
CHUNK = b"x" * (1 << 20)
RATES = {"100 kB/s": 100_000, "5 MB/s": 5_000_000, "200 MB/s": 200_000_000}


def serve(server):
    def answer(client):
        try:
            with client:
                what = client.recv(1)
                if what == b"T":
                    while True:
                        client.sendall(CHUNK)
                elif what == b"R":
                    count = 0
                    while got := len(client.recv(len(CHUNK))):
                        count += got
                    client.sendall(str(count).encode())
        except OSError:
            pass

    while True:
        client, _ = server.accept()
        threading.Thread(target=answer, args=(client,), daemon=True).start()


def echo(server):
    while True:
        payload, client = server.recvfrom(65_535)
        server.sendto(payload, client)


def connect(address):
    def once():
        with socket.socket() as client:
            begin = time.perf_counter()
            client.connect(address)
            took = (time.perf_counter() - begin) * 1e6
            client.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, b"\1\0\0\0\0\0\0\0")  # else ports run out
            return took

    for _ in range(CONNECTS // 2):
        once()
    times = sorted(once() for _ in range(CONNECTS))
    print(f"{times[len(times) // 2]:.1f} {times[len(times) * 99 // 100]:.1f}")


def read(address, seconds):
    buffer = bytearray(1 << 20)
    with socket.create_connection(address) as client:
        client.send(b"T")
        count = 0
        begin = time.perf_counter()
        while (now := time.perf_counter()) < begin + seconds:
            count += client.recv_into(buffer)
    print(count / (now - begin))


def write(address, seconds):
    with socket.create_connection(address) as client:
        client.send(b"R")
        begin = time.perf_counter()
        while time.perf_counter() < begin + seconds:
            client.send(CHUNK[: 1 << 16])
        client.shutdown(socket.SHUT_WR)
        count = int(client.recv(99))
        print(count / (time.perf_counter() - begin))


def ask(address, seconds):
    """There and back, one after the other; then as many as go, sixteen of them under way."""
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as client:
        client.settimeout(1)
        client.connect(address)

        def once():
            begin = time.perf_counter()
            client.send(b"x" * 100)
            client.recv(2000)
            return (time.perf_counter() - begin) * 1e6

        times = sorted([once() for _ in range(2 * CONNECTS)][CONNECTS:])
        client.setblocking(True)
        for _ in range(16):
            client.send(b"x" * 1200)
        count = 0
        begin = time.perf_counter()
        while (now := time.perf_counter()) < begin + seconds:
            client.recv(2000)
            client.send(b"x" * 1200)
            count += 1
        print(f"{times[len(times) // 2]:.1f} {count / (now - begin)}")


def own_address():
    """The address from which this machine reaches others."""
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as probe:
        probe.connect(("192.0.2.1", 9))
        return probe.getsockname()[0]


def rule(host, limit):
    then = f'limitBandwidth( "{limit}" );' if limit else ""
    return f'package bench.gate\n\nrule "bench"\nwhen\n    Connection( host == "{host}" )\nthen\n    allow();\n    {then}\nend\n'


def main():
    options = argparse.ArgumentParser()
    options.add_argument("--blast", default="blast")
    options.add_argument("--seconds", type=float, default=8)
    options.add_argument("--client", nargs="+", help=argparse.SUPPRESS)
    asked = options.parse_args()
    if asked.client:
        what, host, port, *rest = asked.client
        if what == "connect":
            connect((host, int(port)))
        else:
            {"read": read, "write": write, "ask": ask}[what]((host, int(port)), float(rest[0]))
        return
    host = own_address()
    server = socket.create_server((host, 0), backlog=512)
    port = str(server.getsockname()[1])
    threading.Thread(target=serve, args=(server,), daemon=True).start()
    echoes = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
    echoes.bind((host, int(port)))
    threading.Thread(target=echo, args=(echoes,), daemon=True).start()
    project = pathlib.Path(tempfile.mkdtemp())
    (project / "pyproject.toml").write_text('[project]\nname = "gate"\nversion = "1"\n')
    (project / "policies").mkdir()
    shutil.copy(__file__, project / "gate.py")

    def blast(*words):
        run = subprocess.run([asked.blast, *words], cwd=project, stdout=subprocess.PIPE, text=True, check=True)
        return run.stdout.split()

    def trusting(limit):
        (project / "policies" / "network.drl").write_text(rule(host, limit))
        blast("-q", "trust", "--yes")

    def client(bare, *words):
        command = ["gate.py", "--client", *words]
        if bare:
            run = subprocess.run([sys.executable, *command], cwd=project, stdout=subprocess.PIPE, text=True, check=True)
            return run.stdout.split()
        return blast("run", "python", *command)

    blast("-q", "start", "--offline")
    try:
        trusting(None)
        sides = {True: [], False: []}
        for _ in range(5):
            for bare in sides:
                sides[bare].append([float(x) for x in client(bare, "connect", host, port)])
        for bare, figures in sides.items():
            p50, p99 = (statistics.median(each) for each in zip(*figures))
            print(f"connect, {'bare' if bare else 'gate'}: p50 {p50:.0f} us, p99 {p99:.0f} us")
        sides = {True: [], False: []}
        for _ in range(5):
            for bare in sides:
                sides[bare].append(float(client(bare, "read", host, port, "2")[0]))
        bare, gate = (statistics.median(sides[side]) for side in (True, False))
        print(f"throughput: bare {bare / 1e9:.2f} GB/s, gate {gate / 1e9:.2f} GB/s, {gate / bare:.2f} of it")
        sides = {True: [], False: []}
        for _ in range(3):
            for bare in sides:
                sides[bare].append([float(x) for x in client(bare, "ask", host, port, "2")])
        for bare, figures in sides.items():
            p50, rate = (statistics.median(each) for each in zip(*figures))
            print(f"datagrams, {'bare' if bare else 'gate'}: there and back {p50:.0f} us, {rate:,.0f} in a second")
        for limit, rate in RATES.items():
            trusting(limit)
            got = [float(client(False, way, host, port, str(asked.seconds))[0]) / rate for way in ("read", "write")]
            print("limit {}: in {:.3f} of it, out {:.3f}".format(limit, *got))
    finally:
        subprocess.run([asked.blast, "-q", "clean"], cwd=project, check=False)
        shutil.rmtree(project, ignore_errors=True)


if __name__ == "__main__":
    os.environ["PYTHONUNBUFFERED"] = "1"
    main()
