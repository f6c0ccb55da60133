package dev.blast.enforcer.spawn;

import com.sun.jna.Pointer;
import dev.blast.enforcer.kernel.Fcntl;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * One argument of a system call as text.
 *
 * @param marks of results that are stored in what an argument points to, by address
 */
record Argument(Map<Long, String> marks) {

    String text(String kind, long value) {
        if (KernelNames.isKnown(kind)) {
            return KernelNames.of(kind, value);
        }
        if (kind.equals("number")) {
            return value == Fcntl.AT_FDCWD ? "AT_FDCWD" : Long.toString(value);
        }
        if (kind.equals("octal")) {
            return "0" + (value == 0 ? "" : Long.toOctalString(value));
        }
        return value == 0 ? "NULL" : pointedTo(kind, value);
    }

    private String pointedTo(String kind, long address) {
        Pointer at = new Pointer(address);
        return switch (kind) {
            case "text" -> quoted(at);
            case "texts" -> texts(at);
            case "out" -> "..";
            case "filter" -> "the filter";
            case "caps" ->
                    at.getLong(0) == 0 && at.getLong(8) == 0 && at.getLong(16) == 0
                            ? "none"
                            : "some";
            case "set" -> at.getLong(0) == -1 ? "all" : "as before";
            case "limit" -> at.getLong(0) + " of " + at.getLong(8);
            case "open_how" -> struct(names("open", at, 0), names("resolve", at, 16));
            case "mount_attr" ->
                    struct("set " + names("attr", at, 0), "clear " + names("attr", at, 8));
            case "ruleset" ->
                    struct(names("files", at, 0), names("net", at, 8), names("scope", at, 16));
            case "beneath" ->
                    struct(
                            names("files", at, 0),
                            marks.getOrDefault(address + 8, Integer.toString(at.getInt(8))));
            case "word" -> "{" + at.getLong(0) + "}";
            case "sockaddr" -> socketAddress(at);
            case "netlink" -> netlink(at);
            case "ifreq" -> struct(quoted(at), KernelNames.of("iff", at.getShort(16)));
            case "clone_args" ->
                    struct(
                            names("clone", at, 0),
                            names("signal", at, 32),
                            "stack " + at.getLong(48),
                            "cgroup " + at.getLong(80));
            default -> throw new IllegalStateException("what is a " + kind);
        };
    }

    private static String socketAddress(Pointer at) {
        String family = KernelNames.of("af", at.getShort(0));
        int big = Short.toUnsignedInt(Short.reverseBytes(at.getShort(2)));
        return family.equals("PACKET")
                ? struct(family, KernelNames.of("ethertype", big), "interface " + at.getInt(4))
                : struct(family, "port " + big, address(at, 4, 4));
    }

    /** An nlmsghdr, what its type has, and of attributes the one that matters. */
    private static String netlink(Pointer at) {
        String type = KernelNames.of("rtm", at.getShort(4));
        return switch (type) {
            case "NEWADDR" ->
                    struct(
                            type,
                            KernelNames.of("af", at.getByte(16)),
                            address(at, 28, at.getShort(24) - 4) + "/" + at.getByte(17),
                            "interface " + at.getInt(20));
            case "NEWROUTE" ->
                    struct(
                            type,
                            KernelNames.of("af", at.getByte(16)),
                            "to all/" + at.getByte(17),
                            "interface " + at.getInt(32),
                            "from " + address(at, 40, 4));
            case "SETLINK" ->
                    struct(
                            type,
                            "interface " + at.getInt(20),
                            nested("af", at.getShort(38)),
                            KernelNames.of("conf", at.getShort(46)) + " " + at.getInt(48));
            default -> throw new IllegalStateException("what is a " + type);
        };
    }

    /** The type of an attribute that holds others; without its mark it is a mistake. */
    private static String nested(String kind, short type) {
        return type >= 0
                ? "not marked as nested"
                : "nested " + KernelNames.of(kind, type & Short.MAX_VALUE);
    }

    private static String names(String kind, Pointer at, long offset) {
        return KernelNames.of(kind, at.getLong(offset));
    }

    private static String address(Pointer at, long offset, int bytes) {
        try {
            return InetAddress.getByAddress(at.getByteArray(offset, bytes)).getHostAddress();
        } catch (UnknownHostException e) {
            throw new IllegalStateException(bytes + " bytes are no address", e);
        }
    }

    private static String struct(String... fields) {
        return "{" + String.join("; ", fields) + "}";
    }

    private static String texts(Pointer at) {
        List<String> texts = new ArrayList<>();
        for (long i = 0; at.getLong(i) != 0; i += 8) {
            texts.add(quoted(at.getPointer(i)));
        }
        return texts.toString();
    }

    private static String quoted(Pointer at) {
        return "\"" + at.getString(0, "UTF-8") + "\"";
    }
}
