"""Runs a command in a poorer machine: poorer.py KIND[,KIND]... COMMAND ARGUMENT...

What a kind takes away is taken from this process before it becomes the command, by a filter of
system calls, a sysctl of a user namespace or a mount of a mount namespace. Needs Python 3.8 or
later and x86-64. Kinds that mount, and 'root' kinds, need root; they come before 'user'.
"""

import ctypes
import os
import signal
import struct
import sys

LIBC = ctypes.CDLL(None, use_errno=True)
EPERM, EACCES, ENOSYS, EOPNOTSUPP, EINVAL, EBUSY = 1, 13, 38, 95, 22, 16
CLONE_NEWNS, CLONE_NEWUSER = 0x20000, 0x10000000
NAMESPACES = 0x7E020080  # all CLONE_NEW... of clone(2)
MS_RDONLY, MS_REMOUNT, MS_BIND, MS_REC, MS_PRIVATE = 1, 32, 4096, 16384, 1 << 18
USER = 12345

LOAD, EQUAL, ANY_BIT, RETURN = 0x20, 0x15, 0x45, 0x06
ALLOW, ERRNO, NOTIFY = 0x7FFF0000, 0x00050000, 0x7FC00000
ARCHITECTURE_AT, NUMBER_AT, ARGUMENT_AT = 4, 0, 16
X86_64 = 0xC000003E

# By their numbers on x86-64.
MPROTECT, CLONE, PTRACE, PRCTL, MOUNT, UMOUNT2, UNSHARE = 10, 56, 101, 157, 165, 166, 272
SETNS, SETHOSTNAME, SECCOMP, MEMFD_CREATE, CLONE3, CLOSE_RANGE = 308, 170, 317, 319, 435, 436
QUOTACTL, PIDFD_OPEN, PIDFD_GETFD, MOUNT_SETATTR = 179, 434, 438, 442
LANDLOCK = (444, 445, 446)
NEW_MOUNTS = (428, 429, 430, 431, 432, 433, MOUNT_SETATTR)

# What the default profile of Docker, Podman and containerd closes to a process without capabilities.
CONTAINER = (
    MOUNT, UMOUNT2, UNSHARE, SETNS, SETHOSTNAME, 171, *NEW_MOUNTS,  # namespaces and mounts
    155, 161, 163, 167, 168, 169, QUOTACTL, 443,  # pivot_root, chroot, acct, swap, reboot, quotas
    172, 173, 175, 176, 313, 246, 320,  # ports, modules, kexec
    103, 153, 164, 227, 212, 298, 300, 321, 323,  # log, clocks, perf, fanotify, bpf, userfaultfd
    248, 249, 250, 304,  # keys, handles
    237, 238, 239, 256, 279, 450,  # memory policy
    312, PIDFD_GETFD, 440, 425, 426, 427,  # kcmp, others' descriptors and memory, io_uring
)


def fail(what):
    number = ctypes.get_errno()
    sys.exit("poorer.py: %s: %s" % (what, os.strerror(number)))


def call(what, number, *arguments):
    result = LIBC.syscall(ctypes.c_long(number), *[ctypes.c_long(it) for it in arguments])
    if result == -1:
        fail(what)
    return result


def filtered(rules, flags=0):
    """Rules are (number, errno or action) or (number, argument, bits, errno): refused where a bit is set."""
    code = [
        (LOAD, 0, 0, ARCHITECTURE_AT),
        (EQUAL, 1, 0, X86_64),
        (RETURN, 0, 0, ALLOW),
        (LOAD, 0, 0, NUMBER_AT),
    ]
    for number, *rest in rules:
        if len(rest) == 1:
            action = rest[0] if rest[0] > 4095 else ERRNO | rest[0]
            code += [(EQUAL, 0, 1, number), (RETURN, 0, 0, action)]
        else:
            argument, bits, errno = rest
            code += [
                (EQUAL, 0, 4, number),
                (LOAD, 0, 0, ARGUMENT_AT + 8 * argument),
                (ANY_BIT, 0, 1, bits),
                (RETURN, 0, 0, ERRNO | errno),
                (RETURN, 0, 0, ALLOW),
            ]
    code.append((RETURN, 0, 0, ALLOW))
    text = b"".join(struct.pack("=HBBI", *line) for line in code)
    buffer = ctypes.create_string_buffer(text, len(text))
    program = ctypes.create_string_buffer(struct.pack("HxxxxxxP", len(code), ctypes.addressof(buffer)))
    if LIBC.prctl(38, 1, 0, 0, 0) != 0:
        fail("no_new_privs")
    return call("seccomp", SECCOMP, 1, flags, ctypes.addressof(program))


def container():
    filtered([(number, EPERM) for number in CONTAINER] + [(CLONE3, ENOSYS), (CLONE, 0, NAMESPACES, EPERM)])


def mounts():
    if LIBC.unshare(CLONE_NEWNS) != 0 or LIBC.mount(None, b"/", None, MS_REC | MS_PRIVATE, None) != 0:
        fail("a mount namespace")


def mount(source, target, kind, flags, options=None):
    if LIBC.mount(source, target, kind, flags, options) != 0:
        fail("mount %r" % target)


def masked_proc():
    """As container runtimes do it: a new /proc would show what is covered."""
    mounts()
    for name in (b"/proc/kcore", b"/proc/keys", b"/proc/timer_list"):
        if os.path.exists(name):
            mount(b"/dev/null", name, None, MS_BIND)
    for name in (b"/proc/sys", b"/proc/irq"):
        mount(name, name, None, MS_BIND | MS_REC)
        mount(None, name, None, MS_REMOUNT | MS_BIND | MS_RDONLY)


def read_only_sys():
    """With all that is mounted below it."""
    mounts()
    attributes = ctypes.create_string_buffer(struct.pack("QQQQ", 1, 0, 0, 0))
    path = ctypes.create_string_buffer(b"/sys")
    call("a read-only /sys", MOUNT_SETATTR, -100, ctypes.addressof(path), 0x8000, ctypes.addressof(attributes), 32)


def no_cgroups():
    """Not mounted at all."""
    mounts()
    while os.path.exists("/sys/fs/cgroup") and os.listdir("/sys/fs/cgroup"):
        deepest = [line.split()[4] for line in open("/proc/self/mountinfo") if line.split()[4].startswith("/sys/fs/cgroup")]
        if not deepest:
            return
        for path in reversed(deepest):
            LIBC.umount2(path.encode(), 2)


def no_shared_memory():
    mounts()
    if LIBC.umount2(b"/dev/shm", 2) != 0:
        fail("umount /dev/shm")
    mount(b"/dev/null", b"/dev/null", None, MS_BIND)
    mount(b"nothing", b"/dev/shm", b"tmpfs", MS_RDONLY, b"size=4k,mode=555")


def no_user_namespaces():
    """In a user namespace that may have none below it, without capabilities in it."""
    user, group = os.geteuid(), os.getegid()
    if LIBC.unshare(CLONE_NEWUSER) != 0:
        fail("a user namespace")
    for file, text in (("setgroups", "deny"), ("uid_map", "%d %d 1" % (user, user)), ("gid_map", "%d %d 1" % (group, group))):
        with open("/proc/self/" + file, "w") as opened:
            opened.write(text)
    with open("/proc/sys/user/max_user_namespaces", "w") as opened:
        opened.write("0")
    without_capabilities()


def without_capabilities():
    for capability in range(64):
        LIBC.prctl(24, capability, 0, 0, 0)  # from the bounding set
    header = ctypes.create_string_buffer(struct.pack("II", 0x20080522, 0))
    if LIBC.capset(header, ctypes.create_string_buffer(24)) != 0:
        fail("capset")


def watched():
    """Somebody outside answers for calls already, as some container runtimes have it."""
    filtered([(QUOTACTL, NOTIFY)], 8)
    if os.fork() == 0:
        LIBC.prctl(1, 9, 0, 0, 0)  # dies with who runs the command, and holds the other end until then
        os.close(1)
        os.close(2)
        while True:
            signal.pause()


def user():
    os.setgroups([])
    os.setresgid(USER, USER, USER)
    os.setresuid(USER, USER, USER)
    LIBC.prctl(4, 1, 0, 0, 0)  # its own /proc files are its own again


KINDS = {
    "container": container,
    "container-root": lambda: (without_capabilities(), container()),
    "masked-proc": masked_proc,
    "read-only-sys": read_only_sys,
    "no-cgroups": no_cgroups,
    "no-shared-memory": no_shared_memory,
    "no-user-namespaces": no_user_namespaces,
    "no-landlock": lambda: filtered([(number, EOPNOTSUPP) for number in LANDLOCK]),
    "old-landlock": lambda: filtered([(number, ENOSYS) for number in LANDLOCK]),
    "no-seccomp": lambda: filtered([(SECCOMP, ENOSYS)]),
    "no-pidfd-getfd": lambda: filtered([(PIDFD_GETFD, EPERM)]),
    "watched": watched,
    "no-machine-code": lambda: filtered([(MPROTECT, 2, 4, EACCES)]),
    "no-clone3": lambda: filtered([(CLONE3, ENOSYS)]),
    "no-close-range": lambda: filtered([(CLOSE_RANGE, ENOSYS)]),
    "no-mount-setattr": lambda: filtered([(MOUNT_SETATTR, ENOSYS)]),
    "no-mounts": lambda: filtered([(MOUNT, EPERM)] + [(it, EPERM) for it in NEW_MOUNTS]),
    "no-memfd": lambda: filtered([(MEMFD_CREATE, EACCES)]),
    "no-pidfd": lambda: filtered([(PIDFD_OPEN, ENOSYS)]),
    "user": user,
}


def main(kinds, command):
    for kind in kinds.split(","):
        KINDS[kind]()
    os.execvp(command[0], command)


if __name__ == "__main__":
    main(sys.argv[1], sys.argv[2:])
