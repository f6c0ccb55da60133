"""What a sandboxed program must not reach, made for escapes.py: outside.py FOLDER BLAST, where
FOLDER/work is for the program and BLAST the process that confines it. Writes FOLDER/work/facts and
ends with its standard input."""

import ctypes
import json
import os
import shutil
import socket
import stat
import subprocess
import sys
import threading

LIBC = ctypes.CDLL(None, use_errno=True)
OUTER, BLAST = sys.argv[1], int(sys.argv[2])
NAME = "escape-%d" % os.getpid()

for file in ("secret", "emptied", "cut", "removed", "moved", "moved3", "exchanged", "program"):
    with open(os.path.join(OUTER, file), "w") as opened:
        opened.write("#!/bin/sh\nexit 0\n")
os.chmod(OUTER + "/program", 0o755)
os.mkdir(OUTER + "/emptyfolder")
os.mkdir(OUTER + "/emptyfolder2")
os.mkfifo(OUTER + "/fifo")
for path in ("/dev/shm/" + NAME, "/tmp/" + NAME):
    with open(path, "w") as opened:
        opened.write("canary")
with open(OUTER + "/secret") as secret:
    victim = subprocess.Popen(
        ["/usr/bin/sleep", "1000"], cwd=OUTER, start_new_session=True, pass_fds=[secret.fileno()], env={"SECRET": "canary"}
    )
    descriptor = secret.fileno()
memory = next(int(line.split("-")[0], 16) for line in open("/proc/%d/maps" % victim.pid) if "rw-p" in line)


def serve(made, answer):
    while True:
        answer(made)


def accept(made):
    made.accept()[0].close()


def echo(made):
    data, sender = made.recvfrom(9)
    if sender:
        made.sendto(data, sender)


tcp = socket.create_server(("", 0), family=socket.AF_INET6, dualstack_ipv6=True)
port = tcp.getsockname()[1]
udp = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
udp.bind(("127.0.0.1", port))
named, abstract = socket.socket(socket.AF_UNIX), socket.socket(socket.AF_UNIX)
message = socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM)
named.bind(OUTER + "/socket")
abstract.bind("\0" + NAME)
message.bind("\0" + NAME + "d")
named.listen()
abstract.listen()
for made, answer in ((tcp, accept), (udp, echo), (named, accept), (abstract, accept), (message, echo)):
    threading.Thread(target=serve, args=(made, answer), daemon=True).start()

segment = LIBC.shmget(0, 4096, 0o1600)
queue = LIBC.msgget(0, 0o1600)
semaphores = LIBC.semget(0, 1, 0o1600)
LIBC.syscall(240, NAME.encode(), os.O_RDWR | os.O_CREAT, 0o600, None)
with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as probe:
    try:
        probe.connect(("192.0.2.1", 9))
        address = probe.getsockname()[0]
    except OSError:
        address = "127.0.0.1"

work = os.path.join(OUTER, "work")
if os.geteuid() == 0:
    shutil.copy("/usr/bin/python3", work + "/suid")
    os.chown(work + "/suid", 1, 1)
    os.chmod(work + "/suid", 0o4755)
cgroup = next(
    (line.split()[4] for line in open("/proc/self/mountinfo") if line.split(" - ")[1].startswith("cgroup2 ")), "/sys/fs/cgroup"
)
disks = [name for name in os.listdir("/dev") if stat.S_ISBLK(os.stat("/dev/" + name).st_mode)]
facts = {
    "outer": OUTER,
    "secret": OUTER + "/secret",
    "victim": victim.pid,
    "descriptor": descriptor,
    "memory": memory,
    "blast": BLAST,
    "name": NAME,
    "port": port,
    "address": address,
    "segment": segment,
    "queue": queue,
    "semaphores": semaphores,
    "cgroup": cgroup,
    "disk": "/dev/" + (sorted(disks) or ["vda"])[0],
    "inside": len(sys.argv) < 4,
}
with open(work + "/facts", "w") as opened:
    json.dump(facts, opened)
print("ready", flush=True)
sys.stdin.read()
victim.kill()
victim.wait()
for path in ("/dev/shm/" + NAME, "/tmp/" + NAME):
    os.unlink(path)
LIBC.shmctl(segment, 0, None)
LIBC.msgctl(queue, 0, None)
LIBC.semctl(semaphores, 0, 0)
LIBC.syscall(241, NAME.encode())
