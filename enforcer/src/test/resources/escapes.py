"""Ways out of a sandbox, each tried in a process of its own: escapes.py FACTS, a file of JSON that
outside.py wrote. A line for each: its name, the walls that hold it, and what came of it: open, or
the error that stopped it.

Walls: n namespaces with mounts and a root, l Landlock, s the filter of system calls, c no
capabilities and no new privileges. One letter is enough to hold; where there are several, each
alone must. 6 is Landlock from its version 6 on. What is dangerous is asked for with an argument
that no kernel takes; then the error for the argument is the way out. Numbers are of x86-64.
"""

import ctypes
import errno
import fcntl
import json
import os
import signal
import socket
import stat
import struct
import sys

FACTS = json.load(open(sys.argv[1]))
LIBC = ctypes.CDLL(None, use_errno=True)
ROWS = []
OUTER, SECRET, VICTIM = FACTS["outer"], FACTS["secret"], FACTS["victim"]
AT_FDCWD = -100


def call(number, *arguments):
    result = LIBC.syscall(ctypes.c_long(number), *[ctypes.c_long(it) if isinstance(it, int) else it for it in arguments])
    if result == -1:
        raise OSError(ctypes.get_errno(), "call %d" % number)
    return result


def text(value):
    return ctypes.create_string_buffer(value if isinstance(value, bytes) else value.encode())


def words(*values):
    return ctypes.create_string_buffer(struct.pack("=%dQ" % len(values), *[it & (1 << 64) - 1 for it in values]))


def address(buffer):
    return ctypes.addressof(buffer)


def row(name, walls, act, *open_by):
    """The act gets out where it returns, or fails with one of these errors."""
    ROWS.append((name, walls, act, open_by))


def using(path, flags=os.O_RDONLY):
    os.close(os.open(path, flags))


def read(path):
    with open(path, "rb") as opened:
        if not opened.read(1):
            raise OSError(errno.ENODATA, "empty")


# --- Files of outside

row("a file's text", "nl", lambda: read(SECRET))
row("a file's text, through ..", "nl", lambda: read("../secret"))
row("through more .. than there are folders", "nl", lambda: read("../" * 40 + SECRET[1:]))
row("through a link of its own", "nl", lambda: (os.symlink(SECRET, "link"), read("link")))
row("through a link to the folder", "nl", lambda: (os.symlink(OUTER, "away"), read("away/secret")))
row("through /proc/self/root", "nl", lambda: read("/proc/self/root" + SECRET))
row("through /proc/self/cwd", "nl", lambda: read("/proc/self/cwd/../secret"))
row("through the first process's root", "nl", lambda: read("/proc/%d/root%s" % (1 if FACTS["inside"] else VICTIM, SECRET)))
row("through another process's root", "nl", lambda: read("/proc/%d/root%s" % (VICTIM, SECRET)))
row("through another process's folder", "nl", lambda: read("/proc/%d/cwd/secret" % VICTIM))
row("through another process's descriptor", "nl", lambda: read("/proc/%d/fd/%d" % (VICTIM, FACTS["descriptor"])))
row("writing to a file", "nl", lambda: using(SECRET, os.O_WRONLY))
row("appending to a file", "nl", lambda: using(SECRET, os.O_WRONLY | os.O_APPEND))
row("emptying a file", "nl", lambda: using(OUTER + "/emptied", os.O_WRONLY | os.O_TRUNC))
row("cutting a file off", "n", lambda: os.truncate(OUTER + "/cut", 1))
row("making a file", "nl", lambda: using(OUTER + "/made", os.O_WRONLY | os.O_CREAT))
row("a file without a name", "nl", lambda: using(OUTER, os.O_RDWR | os.O_TMPFILE))
row("a folder", "nl", lambda: os.mkdir(OUTER + "/folder"))
row("a fifo", "nl", lambda: os.mkfifo(OUTER + "/fifo2"))
row("a link", "nl", lambda: os.symlink("x", OUTER + "/link"))
row("a socket's name", "nls", lambda: socket.socket(socket.AF_UNIX).bind(OUTER + "/socket2"))
row("removing a file", "nl", lambda: os.unlink(OUTER + "/removed"))
row("removing a folder", "nl", lambda: os.rmdir(OUTER + "/emptyfolder"))
row("moving a file", "nl", lambda: os.rename(OUTER + "/moved", OUTER + "/moved2"))
row("moving a file in", "nl", lambda: os.rename(OUTER + "/moved3", "moved3"))
row("moving a file out", "nl", lambda: (open("mine", "w").close(), os.rename("mine", OUTER + "/mine")))
row("exchanging two", "nl", lambda: (open("own", "w").close(), call(316, AT_FDCWD, text("own"), AT_FDCWD, text(OUTER + "/exchanged"), 2)))
row("a second name of a file in here", "nl", lambda: os.link(SECRET, "second"))
row("a second name of its own file there", "nl", lambda: (open("own2", "w").close(), os.link("own2", OUTER + "/own2")))
row("a name out there for what has none", "nl", lambda: call(265, AT_FDCWD, text("/proc/self/fd/%d" % os.open(".", os.O_RDWR | os.O_TMPFILE)), AT_FDCWD, text(OUTER + "/planted"), 0x400))
row("a fifo of others", "nl", lambda: using(OUTER + "/fifo", os.O_RDWR | os.O_NONBLOCK))
row("shared memory by name", "nl", lambda: read("/dev/shm/" + FACTS["name"]))
row("a temporary file", "nl", lambda: read("/tmp/" + FACTS["name"]))
row("running a program there", "nl", lambda: ran(OUTER + "/program"))


def ran(program):
    if os.spawnl(os.P_WAIT, program, program) != 0:
        raise OSError(errno.EACCES, "not run")



row("the mode of a file", "n", lambda: os.chmod(SECRET, 0o644))
row("the times of a file", "n", lambda: os.utime(SECRET))
row("an attribute of a file", "n", lambda: os.setxattr(SECRET, "user.x", b"x"))
row("names in a folder", "n", lambda: None if "secret" in os.listdir(OUTER) else refuse(errno.ENOENT))
row("whether a file is there", "n", lambda: os.stat(SECRET))
row("being told of changes", "n", lambda: call(254, call(294, 0), text(SECRET), 0xFFF))
row("a folder to work in", "n", lambda: os.chdir(OUTER + "/emptyfolder2"))
row("the users' passwords", "nl", lambda: read("/etc/shadow"))
row("a system's program", "nl", lambda: using("/usr/bin/env", os.O_WRONLY))
row("a file among the system's", "nl", lambda: using("/usr/made-by-a-test", os.O_WRONLY | os.O_CREAT | os.O_EXCL) or os.unlink("/usr/made-by-a-test"))
row("a program once it has ended", "nl", lambda: ended())
row("another's program", "nl", lambda: read("/proc/%d/exe" % VICTIM))


def ended():
    """As a container's own program was overwritten: CVE-2019-5736."""
    reader, writer = os.pipe()
    process = os.posix_spawn("/usr/bin/nl", ["nl"], {}, file_actions=[(os.POSIX_SPAWN_DUP2, reader, 0), (os.POSIX_SPAWN_CLOSE, writer)])
    program = os.open("/proc/%d/exe" % process, os.O_PATH)
    os.close(writer)
    os.waitpid(process, 0)
    using("/proc/self/fd/%d" % program, os.O_WRONLY)


def by_handle():
    handle = ctypes.create_string_buffer(struct.pack("=Ii", 128, 0) + bytes(128))
    mount = ctypes.c_int()
    call(303, AT_FDCWD, text("."), handle, ctypes.byref(mount), 0)
    call(304, os.open(".", os.O_RDONLY), handle, os.O_RDONLY)


row("a file by its handle", "s", by_handle)
row("a file that cannot change", "c", lambda: immutable(os.open("stone", os.O_RDWR | os.O_CREAT)))


def immutable(file):
    fcntl.ioctl(file, 0x40086602, struct.pack("=Q", 0x10))
    fcntl.ioctl(file, 0x40086602, struct.pack("=Q", 0))


# --- Who one is

row("a set-user-id bit", "s", lambda: (open("bits", "w").close(), os.chmod("bits", 0o4755)))
row("a set-group-id bit", "s", lambda: (open("bits2", "w").close(), os.chmod("bits2", 0o2755)))
row("a set-user-id file", "s", lambda: call(2, text("bits3"), 0o101, 0o4755))
row("a file's capabilities", "c", lambda: (open("able", "w").close(), os.setxattr("able", "security.capability", struct.pack("<IIIII", 0x02000001, 1, 0, 0, 0))))
row("a set-user-id program", "c", lambda: other_user("./suid"))


def other_user(program):
    if os.spawnl(os.P_WAIT, program, program, "-c", "import os, sys; sys.exit(os.geteuid() != 1)", ) != 0:
        raise OSError(errno.EPERM, "the same user")


row("another user", "c", lambda: os.setresuid(1, 1, 1))
row("another group", "c", lambda: os.setresgid(1, 1, 1))
row("other groups", "c", lambda: os.setgroups([1]))
row("a file of another user", "c", lambda: (open("gift", "w").close(), os.chown("gift", 1, 1)))
row("capabilities again", "c", lambda: capset(0x3F))
row("a root of another's choice", "sc", lambda: os.chroot("."))
row("a higher priority", "c", lambda: os.setpriority(os.PRIO_PROCESS, 0, -5))
row("real time", "c", lambda: os.sched_setscheduler(0, os.SCHED_FIFO, os.sched_param(1)))
row("input and output in real time", "c", lambda: call(251, 1, 0, 1 << 13))
row("a device", "sc", lambda: os.mknod("device", stat.S_IFCHR | 0o666, os.makedev(1, 3)))


def capset(low):
    call(126, struct.pack("=Ii", 0x20080522, 0), struct.pack("=6I", low, low, 0, 0, 0, 0))


def write(path, value):
    with open(path, "w") as opened:
        opened.write(value)


# --- Namespaces and mounts

for flag, name, walls in (
    (0x10000000, "user", "ns"),
    (0x20000, "mount", "sc"),
    (0x40000000, "network", "sc"),
    (0x20000000, "pid", "sc"),
    (0x8000000, "ipc", "sc"),
    (0x4000000, "uts", "sc"),
    (0x2000000, "cgroup", "sc"),
    (0x80, "time", "sc"),
):
    row("a new %s namespace" % name, walls, lambda flag=flag: call(272, flag))
    if flag != 0x80:
        row("a child in a new %s namespace" % name, walls, lambda flag=flag: child(56, flag | 17, 0, 0, 0, 0))
    arguments = words(flag, 0, 0, 0, 17, 0, 0, 0)
    row("one by clone3 in a %s namespace" % name, walls, lambda arguments=arguments: child(435, arguments, 64))
    file = {"network": "net", "mount": "mnt"}.get(name, name)
    row("another's %s namespace" % name, "nlsc", lambda file=file: call(308, os.open("/proc/%d/ns/%s" % (VICTIM, file), os.O_RDONLY), 0), "EINVAL")


def child(*arguments):
    if call(*arguments) == 0:
        os._exit(0)


row("another's namespaces by its process", "ns", lambda: call(308, os.pidfd_open(VICTIM), 0x4000000))
row("a mount", "sc", lambda: call(165, text("x"), text("."), text("tmpfs"), 0, 0))
row("a bind", "sc", lambda: call(165, text("/etc"), text("."), 0, 4096, 0))
row("a mount made writable", "sc", lambda: call(165, 0, text("/"), 0, 32 | 4096, 0), "EINVAL", "EBUSY")
row("a new /proc", "sc", lambda: call(165, text("p"), text("."), text("proc"), 0, 0))
row("a hierarchy of cgroups", "sc", lambda: call(165, text("c"), text("."), text("cgroup2"), 0, 0), "EBUSY")
row("an overlay", "sc", lambda: call(165, text("o"), text("."), text("overlay"), 0, text("lowerdir=/etc:/usr")))
row("a mount from nowhere", "sc", lambda: call(430, text("tmpfs"), 0))
row("a copy of a mount", "sc", lambda: call(428, AT_FDCWD, text("/"), 1))
row("a mount seen by itself", "s", lambda: call(428, AT_FDCWD, text("/"), 0))
row("a mount picked", "sc", lambda: call(433, AT_FDCWD, text("/"), 0))
row("a mount moved", "sc", lambda: call(429, AT_FDCWD, text("/nothing"), AT_FDCWD, text("/nothing"), 0), "ENOENT")
row("attributes of a mount", "sc", lambda: call(442, AT_FDCWD, text("/nothing"), 0, words(0, 1, 0, 0), 32), "ENOENT")
row("another root", "sc", lambda: call(155, text("/nothing"), text("/nothing")), "ENOENT")

# --- Other processes

for who, pid in (("another process", VICTIM), ("the first process", 1)):
    # outside, what is 1 inside is the process beside
    pid = pid if FACTS["inside"] else VICTIM
    walls = "nl" if pid == VICTIM else "lsc"
    row("tracing " + who, "nls", lambda pid=pid: call(101, 16, pid, 0, 0))
    row("seizing " + who, "nls", lambda pid=pid: call(101, 0x4206, pid, 0, 0))
    row("memory of " + who, "nls", lambda pid=pid: vm(310, pid))
    row("memory of %s, written" % who, "nls", lambda pid=pid: vm(311, pid))
    row("descriptors of " + who, "nls", lambda pid=pid: call(438, os.pidfd_open(pid), FACTS["descriptor"], 0))
    row("comparing with " + who, "nls", lambda pid=pid: call(312, os.getpid(), pid, 1, 0, 0))
    row("advice for " + who, "ns", lambda pid=pid: call(440, os.pidfd_open(pid), words(4096, 0), 0, 20, 0))
    row("/proc/PID/mem of " + who, "nl", lambda pid=pid: using("/proc/%d/mem" % pid, os.O_RDWR))
    row("/proc/PID/environ of " + who, "nl", lambda pid=pid: read("/proc/%d/environ" % pid))
    row("/proc/PID/maps of " + who, "nl", lambda pid=pid: read("/proc/%d/maps" % pid))
    row("/proc/PID/syscall of " + who, "nl", lambda pid=pid: read("/proc/%d/syscall" % pid))
    row("/proc/PID/fd of " + who, "nl", lambda pid=pid: os.stat("/proc/%d/fd/%d" % (pid, FACTS["descriptor"])))
    row("events of " + who, "ns", lambda pid=pid: perf(pid))
    row("limits of " + who, "ns" if pid == VICTIM else "s", lambda pid=pid: call(302, pid, 7, 0, words(0, 0)) if pid == VICTIM else call(302, 1, 7, words(9, 9), 0))


def vm(number, pid):
    buffer = ctypes.create_string_buffer(8)
    vector = words(address(buffer), 8)
    call(number, pid, vector, 1, words(FACTS["memory"], 8), 1, 0)


def perf(pid):
    attributes = ctypes.create_string_buffer(struct.pack("=IIQ", 1, 128, 0) + bytes(112))  # software, cpu clock
    call(298, attributes, pid, -1, -1, 0)


row("a signal", "n6", lambda: os.kill(VICTIM, 0))
row("a signal to a group", "n6", lambda: os.killpg(VICTIM, 0))
row("a signal to a thread", "n6", lambda: call(234, VICTIM, VICTIM, 0))
row("a signal with a word", "n6", lambda: call(129, VICTIM, 0, struct.pack("=iiiiiQ", 0, 0, -1, 0, 0, 0) + bytes(104)))
row("a signal by a descriptor", "n6", lambda: signal.pidfd_send_signal(os.pidfd_open(VICTIM), 0))
row("a signal to Blast", "n6", lambda: os.kill(FACTS["blast"], 0))
row("a signal when a pipe is ready", "n", lambda: fcntl.fcntl(os.pipe()[0], fcntl.F_SETOWN, VICTIM))
row("priority of another", "ns", lambda: os.setpriority(os.PRIO_PROCESS, VICTIM, 5))
row("priority of a group", "s", lambda: os.setpriority(os.PRIO_PGRP, 0, 5))
row("priority of a user", "s", lambda: call(141, 2, 54321, 5), "ESRCH")
row("processors of another", "ns", lambda: os.sched_setaffinity(VICTIM, os.sched_getaffinity(0)))
row("scheduling of another", "ns", lambda: os.sched_setscheduler(VICTIM, os.SCHED_OTHER, os.sched_param(0)))
row("input and output of another", "ns", lambda: call(251, 1, VICTIM, 2 << 13 | 7))
row("pages of another moved", "ns", lambda: call(256, VICTIM, 64, words(1), words(1)))
row("another killed first for memory", "nl", lambda: write("/proc/%d/oom_score_adj" % VICTIM, "100"))
row("another's name", "nl", lambda: using("/proc/%d/comm" % VICTIM, os.O_WRONLY))
row("what another runs", "n", lambda: read("/proc/%d/cmdline" % VICTIM))

# --- The kernel

row("a ring for input and output", "s", lambda: call(425, 8, ctypes.create_string_buffer(120)))
row("a program for the kernel", "s", lambda: call(321, 0, ctypes.create_string_buffer(struct.pack("=IIII", 2, 4, 4, 1) + bytes(112)), 128))
row("faults in a program's hands", "s", lambda: call(323, 0x800))
row("being asked for system calls", "s", lambda: listener())
row("a session's keys", "s", lambda: call(250, 1, 0))
row("a key", "s", lambda: call(248, text("user"), text("x"), text("x"), 1, -2))
row("a key searched", "s", lambda: call(249, text("user"), text("none"), 0, 0), "ENOKEY")
row("a user's keys", "s", lambda: call(250, 0, -4, 1))
row("a module", "sc", lambda: call(175, text("x"), 1, text("")), "ENOEXEC", "EFAULT", "EINVAL")
row("a module from a file", "sc", lambda: call(313, -1, text(""), 0), "EBADF")
row("a module less", "sc", lambda: call(176, text("nothing"), 0o4000), "ENOENT")
row("another kernel", "sc", lambda: call(246, 0, 99, 0, 0), "EINVAL")
row("the end of the machine", "sc", lambda: call(169, 1, 2, 3, 0), "EINVAL")
row("swap", "sc", lambda: call(167, text("/nothing"), 0), "ENOENT")
row("swap less", "sc", lambda: call(168, text("/nothing")), "ENOENT", "EINVAL")
row("accounting", "sc", lambda: call(163, text("/nothing/at/all")), "ENOENT")
row("quotas", "s", lambda: call(179, 0x800002 << 8, text("/dev/nothing"), 0, 0), "ENOENT", "ENODEV", "ENOTBLK", "EINVAL")
row("the kernel's log", "s", lambda: call(103, 10, 0, 0))
row("the log emptied", "sc", lambda: call(103, 8, 0, 99), "EINVAL")
row("ports", "sc", lambda: call(173, 0x80, 1, 1))
row("all ports", "sc", lambda: call(172, 3))
row("a segment of its own", "s", lambda: call(154, 0, ctypes.create_string_buffer(16), 16))
row("the clock's pace", "sc", lambda: call(159, ctypes.create_string_buffer(struct.pack("=IIq", 0x8001, 0, 0) + bytes(240))))
row("the time zone", "sc", lambda: call(164, 0, struct.pack("=ii", 0, 0)))
row("the host name", "sc", lambda: socket.sethostname(socket.gethostname()))
row("the domain name", "sc", lambda: call(171, text("x"), 1))
row("fewer random addresses", "s", lambda: call(135, 0x40000))
row("reading that executes", "s", lambda: call(135, 0x400000))
row("watching a file system", "sc", lambda: call(300, 0, 0))


def listener():
    LIBC.prctl(38, 1, 0, 0, 0)
    code = ctypes.create_string_buffer(struct.pack("=HBBI", 6, 0, 0, 0x7FFF0000))
    call(317, 1, 8, ctypes.create_string_buffer(struct.pack("HxxxxxxP", 1, address(code))))


for name, path in (
    ("where crashes go", "kernel/core_pattern"),
    ("what loads modules", "kernel/modprobe"),
    ("the keys of emergencies", "kernel/sysrq"),
    ("how addresses are hidden", "kernel/kptr_restrict"),
    ("the random layout", "kernel/randomize_va_space"),
    ("how memory is promised", "vm/overcommit_memory"),
    ("files of all", "fs/file-max"),
    ("dumps of set-user-id programs", "fs/suid_dumpable"),
):
    row(name, "nl", lambda path=path: using("/proc/sys/" + path, os.O_WRONLY))
for name, path, flags in (
    ("the kernel's keys", "/proc/keys", os.O_RDONLY),
    ("the kernel's symbols", "/proc/kallsyms", os.O_RDONLY),
    ("the kernel's timers", "/proc/timer_list", os.O_RDONLY),
    ("the kernel's allocations", "/proc/slabinfo", os.O_RDONLY),
    ("the kernel's pages", "/proc/kpageflags", os.O_RDONLY),
    ("the kernel's messages", "/proc/kmsg", os.O_RDONLY | os.O_NONBLOCK),
    ("an emergency", "/proc/sysrq-trigger", os.O_WRONLY),
    ("messages to the kernel", "/dev/kmsg", os.O_WRONLY),
    ("the machine's memory", "/dev/mem", os.O_RDONLY),
    ("the machine's disk", FACTS["disk"], os.O_RDONLY),
    ("loops", "/dev/loop-control", os.O_RDWR),
    ("tunnels", "/dev/net/tun", os.O_RDWR),
    ("file systems of its own", "/dev/fuse", os.O_RDWR),
    ("virtual machines", "/dev/kvm", os.O_RDWR),
    ("a group of processes", FACTS["cgroup"] + "/cgroup.procs", os.O_WRONLY),
    ("who is told of devices", "/sys/kernel/uevent_helper", os.O_WRONLY),
    ("sleep of the machine", "/sys/power/state", os.O_WRONLY),
    ("profiling", "/sys/kernel/profiling", os.O_WRONLY),
):
    if flags == os.O_RDONLY and path.startswith("/proc"):
        row(name, "n", lambda path=path: read(path))
    else:
        row(name, "nl", lambda path=path, flags=flags: using(path, flags))
row("a group of its own", "nl", lambda: os.mkdir(FACTS["cgroup"] + "/made-by-a-test") or os.rmdir(FACTS["cgroup"] + "/made-by-a-test"))

# --- The terminal: on a pipe, whose answer is that it is none

PIPE = os.pipe()[0]
for name, request in (
    ("typing into it", 0x5412),
    ("typing, with a high bit", 0x100005412),
    ("pasting", 0x541C),
    ("the console's output", 0x541D),
    ("its discipline", 0x5423),
    ("locking it", 0x540C),
    ("hanging it up", 0x5437),
    ("its keys", 0x4B47),
    ("its mode", 0x4B3A),
    ("another console", 0x5606),
):
    row("a terminal: " + name, "s", lambda request=request: call(16, PIPE, request, 0), "ENOTTY")

# --- Sockets

for name, arguments in (
    ("the kernel's ciphers", (38, 5, 0)),
    ("a virtual machine's host", (40, 1, 0)),
    ("packets", (17, 3, 0)),
    ("bare internet packets", (2, 3, 1)),
    ("bare packets of version 6", (10, 3, 58)),
    ("UDP-Lite", (2, 2, 136)),
    ("multipath TCP", (2, 1, 262)),
    ("audit", (16, 3, 9)),
    ("the firewall", (16, 3, 12)),
    ("devices that come", (16, 3, 15)),
    ("generic netlink", (16, 3, 16)),
    ("sockets of others", (16, 3, 4)),
):
    row("a socket: " + name, "s", lambda arguments=arguments: call(41, *arguments))


def tcp(family, host):
    with socket.socket(family, socket.SOCK_STREAM) as made:
        made.settimeout(3)
        made.connect((host, FACTS["port"]))


def udp(send):
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as made:
        made.settimeout(0.4)
        send(made, ("127.0.0.1", FACTS["port"]))
        made.recv(1)


row("a server of the machine", "n", lambda: tcp(socket.AF_INET, "127.0.0.1"))
row("the same by no address", "n", lambda: tcp(socket.AF_INET, "0.0.0.0"))
row("the same by another loopback", "n", lambda: tcp(socket.AF_INET, "127.9.9.9"))
row("the same wrapped", "n", lambda: tcp(socket.AF_INET6, "::ffff:127.0.0.1"))
row("a datagram", "n", lambda: udp(lambda made, to: made.sendto(b"x", to)))
row("a datagram by sendmsg", "n", lambda: udp(lambda made, to: made.sendmsg([b"x"], [], 0, to)))
row("a datagram to who is connected", "n", lambda: udp(lambda made, to: (made.connect(to), made.send(b"x"))))
row("the first bytes with the connection", "n", lambda: socket.socket().sendto(b"x", 0x20000000, ("127.0.0.1", FACTS["port"])))
row("a socket with a name", "nls", lambda: socket.socket(socket.AF_UNIX).connect(OUTER + "/socket"))
row("one without a folder", "n6", lambda: socket.socket(socket.AF_UNIX).connect("\0" + FACTS["name"]))
row("a message to it", "n6", lambda: socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM).sendto(b"x", "\0" + FACTS["name"] + "d"))
row("interfaces", "n", lambda: None if len(socket.if_nameindex()) > 1 else refuse(errno.ENODEV))
row("a device under a socket", "c", lambda: socket.socket().setsockopt(1, 33, 1 << 20))
row("a mark on packets", "c", lambda: socket.socket().setsockopt(1, 36, 7))
row("an address of others", "c", lambda: socket.socket().setsockopt(0, 19, 1))
row("an interface's state", "c", lambda: fcntl.ioctl(socket.socket(), 0x8914, struct.pack("16sH22x", b"nothing", 0)), "ENODEV")
row("a low port", "n", lambda: socket.socket().bind((FACTS["address"], 0)))


def refuse(number):
    raise OSError(number, "")


# --- What processes share

row("memory of others", "ns", lambda: attached(FACTS["segment"]))
row("a queue of others", "ns", lambda: call(69, FACTS["queue"], words(1, 0), 1, 0o4000))
row("semaphores of others", "ns", lambda: call(65, FACTS["semaphores"], struct.pack("=HhH", 0, 1, 0), 1))
row("a named queue of others", "ns", lambda: call(240, text(FACTS["name"]), os.O_RDWR, 0, 0))


def attached(segment):
    call(30, segment, 0, 0o10000)


# The last: what others need would be gone.
row("what a mount covers", "sc", lambda: call(166, text("/dev/shm"), 2))


def tried(act, open_by):
    try:
        act()
        return "open"
    except OSError as e:
        name = errno.errorcode.get(e.errno, str(e.errno))
        return "open" if name in open_by else name
    except BaseException as e:
        return type(e).__name__


def main():
    for name, walls, act, open_by in ROWS:
        reader, writer = os.pipe()
        process = os.fork()
        if process == 0:
            os.close(reader)
            sys.stderr = sys.stdout = open(os.devnull, "w")
            signal.alarm(10)
            os.write(writer, tried(act, open_by).encode())
            os._exit(0)
        os.close(writer)
        said = os.read(reader, 99).decode()
        os.close(reader)
        status = os.waitpid(process, 0)[1]
        print(name, walls, said or "ended by %d" % status, sep="\t", flush=True)


main()
