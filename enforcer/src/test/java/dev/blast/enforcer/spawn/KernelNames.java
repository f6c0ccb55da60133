package dev.blast.enforcer.spawn;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * What {@code linux/*.h} calls the numbers in system calls, written down a second time: a number
 * that the enforcer has wrong gets another name here, or none.
 */
final class KernelNames {
    private static final Map<String, Map<Long, String>> BITS = new HashMap<>();
    private static final Map<String, Map<Long, String>> VALUES = new HashMap<>();

    static {
        bits("open", "WRONLY=1 RDWR=2 CREAT=0x40 DIRECTORY=0x10000 NOFOLLOW=0x20000");
        bits("open", "CLOEXEC=0x80000 PATH=0x200000");
        bits("resolve", "NO_MAGICLINKS=2 NO_SYMLINKS=4 BENEATH=8");
        bits("at", "EMPTY_PATH=0x1000 RECURSIVE=0x8000");
        bits("tree", "CLONE=1 CLOEXEC=0x80000 EMPTY_PATH=0x1000 RECURSIVE=0x8000");
        bits("statx", "INO=0x100");
        bits("move", "F_EMPTY_PATH=4 T_EMPTY_PATH=0x40");
        bits("attr", "RDONLY=1 NOSUID=2 NODEV=4 NOEXEC=8");
        bits("ms", "RDONLY=1 NOSUID=2 NODEV=4 NOEXEC=8 REC=0x4000 PRIVATE=0x40000");
        bits("umount", "DETACH=2");
        bits("fsopen", "CLOEXEC=1");
        bits("fsmount", "CLOEXEC=1");
        bits("clone", "VM=0x100 PIDFD=0x1000 VFORK=0x4000 NEWNS=0x20000 NEWCGROUP=0x2000000");
        bits("clone", "NEWUTS=0x4000000 NEWIPC=0x8000000 NEWUSER=0x10000000 NEWPID=0x20000000");
        bits("clone", "NEWNET=0x40000000 INTO_CGROUP=0x200000000");
        bits("files", "EXECUTE=1 WRITE_FILE=2 READ_FILE=4 READ_DIR=8 REMOVE_DIR=0x10");
        bits("files", "REMOVE_FILE=0x20 MAKE_CHAR=0x40 MAKE_DIR=0x80 MAKE_REG=0x100");
        bits("files", "MAKE_SOCK=0x200 MAKE_FIFO=0x400 MAKE_BLOCK=0x800 MAKE_SYM=0x1000");
        bits("files", "REFER=0x2000 TRUNCATE=0x4000 IOCTL_DEV=0x8000 RESOLVE_UNIX=0x10000");
        bits("net", "BIND_TCP=1 CONNECT_TCP=2");
        bits("scope", "ABSTRACT_UNIX_SOCKET=1 SIGNAL=2");
        bits("securebits", "NOROOT=1 NOROOT_LOCKED=2 NO_SETUID_FIXUP=4");
        bits("securebits", "NO_SETUID_FIXUP_LOCKED=8 KEEP_CAPS_LOCKED=0x20");
        bits("securebits", "NO_CAP_AMBIENT_RAISE=0x40 NO_CAP_AMBIENT_RAISE_LOCKED=0x80");
        bits("seccomp_flags", "TSYNC=1 LOG=2 NEW_LISTENER=8");
        bits("iff", "UP=1 BROADCAST=2 LOOPBACK=8 RUNNING=0x40 PROMISC=0x100");
        values("af", "UNIX=1 INET=2 INET6=10 NETLINK=16 PACKET=17");
        values("sock", "CLOEXEC|STREAM=0x80001 CLOEXEC|DGRAM=0x80002 CLOEXEC|RAW=0x80003");
        values("sol", "SOCKET=1 PACKET=263");
        values("so", "RCVBUF=8 PACKET_VNET_HDR=15 PACKET_IGNORE_OUTGOING=23 ATTACH_FILTER=26");
        values("ethertype", "IP=0x800 ARP=0x806 IPV6=0x86dd");
        values("conf", "FORWARDING=1 RP_FILTER=8");
        values("fcntl", "DUPFD=0 GETFD=1 SETFD=2 GETFL=3 SETFL=4");
        values("rtm", "NEWLINK=16 SETLINK=19 NEWADDR=20 NEWROUTE=24");
        values("ioctl", "SIOCGIFFLAGS=0x8913 SIOCSIFFLAGS=0x8914");
        values("mask", "BLOCK=0 UNBLOCK=1 SETMASK=2");
        values("signal", "SIGKILL=9 SIGCHLD=17");
        values("fsconfig", "SET_FLAG=0 SET_STRING=1 CMD_CREATE=6");
        values("rlimit", "FSIZE=1 DATA=2 CORE=4 NPROC=6 NOFILE=7");
        values("landlock", "PATH_BENEATH=1 NET_PORT=2");
        values("seccomp", "SET_MODE_STRICT=0 SET_MODE_FILTER=1");
        values("prctl", "SET_PDEATHSIG=1 GET_PDEATHSIG=2 CAPBSET_DROP=24 GET_SECUREBITS=27");
        values("prctl", "SET_SECUREBITS=28 SET_NO_NEW_PRIVS=38 CAP_AMBIENT=47");
        values("ambient", "IS_SET=1 RAISE=2 LOWER=3 CLEAR_ALL=4");
    }

    private KernelNames() {}

    static boolean isKnown(String kind) {
        return BITS.containsKey(kind) || VALUES.containsKey(kind);
    }

    static String of(String kind, long number) {
        Map<Long, String> values = VALUES.get(kind);
        if (values != null) {
            return values.getOrDefault(number, Long.toString(number));
        }
        List<String> names = new ArrayList<>();
        long rest = number;
        for (Map.Entry<Long, String> bit : BITS.getOrDefault(kind, Map.of()).entrySet()) {
            if ((number & bit.getKey()) != 0) {
                names.add(bit.getValue());
                rest &= ~bit.getKey();
            }
        }
        names.sort(null);
        if (rest != 0) {
            names.add("0x" + Long.toHexString(rest));
        }
        return names.isEmpty() ? "0" : String.join("|", names);
    }

    private static void bits(String kind, String names) {
        add(BITS, kind, names);
    }

    private static void values(String kind, String names) {
        add(VALUES, kind, names);
    }

    private static void add(Map<String, Map<Long, String>> to, String kind, String names) {
        for (String name : names.split(" ", -1)) {
            String[] halves = name.split("=", 2);
            to.computeIfAbsent(kind, _ -> new HashMap<>()).put(Long.decode(halves[1]), halves[0]);
        }
    }
}
