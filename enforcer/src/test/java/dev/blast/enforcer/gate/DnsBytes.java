package dev.blast.enforcer.gate;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.stream.Collectors;

/** Queries as a resolver writes them, and answers as it reads them: RFC 1035, 4.1. */
final class DnsBytes {
    static final int A = 1;
    static final int SOA = 6;
    static final int PTR = 12;
    static final int TXT = 16;
    static final int AAAA = 28;
    static final int OPT = 41;

    private DnsBytes() {}

    /** With RD and the id 0x1234, and nothing else. */
    static byte[] query(String name, int type) {
        return query(0x0100, labels(name), type, 1, new byte[0]);
    }

    /** The same with an OPT record. */
    static byte[] query(String name, int type, int udpBytes) {
        return query(0x0100, labels(name), type, 1, opt(udpBytes, 0, 0));
    }

    static byte[] query(int flags, byte[] name, int type, int ofClass, byte[] additional) {
        return ByteBuffer.allocate(12 + name.length + 4 + additional.length)
                .putShort((short) 0x1234)
                .putShort((short) flags)
                .putShort((short) 1)
                .putInt(0)
                .putShort((short) (additional.length > 0 ? 1 : 0))
                .put(name)
                .putShort((short) type)
                .putShort((short) ofClass)
                .put(additional)
                .array();
    }

    static byte[] opt(int udpBytes, int version, int flags, int... options) {
        ByteBuffer out =
                ByteBuffer.allocate(11 + options.length)
                        .put((byte) 0)
                        .putShort((short) OPT)
                        .putShort((short) udpBytes)
                        .put((byte) 0)
                        .put((byte) version)
                        .putShort((short) flags)
                        .putShort((short) options.length);
        for (int option : options) {
            out.put((byte) option);
        }
        return out.array();
    }

    /** Of a name with dots between its labels. */
    static byte[] labels(String name) {
        var out = new ByteArrayOutputStream();
        for (String label : name.isEmpty() ? new String[0] : name.split("\\.", -1)) {
            out.write(label.length());
            out.writeBytes(label.getBytes(StandardCharsets.ISO_8859_1));
        }
        out.write(0);
        return out.toByteArray();
    }

    static byte[] hex(String text) {
        return HexFormat.of().parseHex(text.replaceAll("\\s", ""));
    }

    /**
     * One record of an answer.
     *
     * @param data an address or a name as text, else hexadecimal
     */
    record ResourceRecord(String name, int type, int ofClass, long secondsToLive, String data) {}

    /** An answer from its first byte to its last: whatever stands behind it fails. */
    record Read(
            int id,
            int flags,
            String question,
            int questionType,
            List<ResourceRecord> answers,
            List<ResourceRecord> authority,
            List<ResourceRecord> additional) {

        int code() {
            return flags & 0xf;
        }

        boolean truncated() {
            return (flags & 0x0200) != 0;
        }

        List<String> data() {
            return answers.stream().map(ResourceRecord::data).toList();
        }

        /** As in {@code NOERROR 198.18.0.2 198.18.0.3}. */
        String summary() {
            String code =
                    switch (code()) {
                        case 0 -> answers.isEmpty() ? "NODATA" : "NOERROR";
                        case 1 -> "FORMERR";
                        case 2 -> "SERVFAIL";
                        case 3 -> "NXDOMAIN";
                        case 4 -> "NOTIMP";
                        case 5 -> "REFUSED";
                        default -> "code " + code();
                    };
            return (code + " " + data().stream().collect(Collectors.joining(" "))).strip();
        }
    }

    static Read read(byte[] answer) {
        ByteBuffer in = ByteBuffer.wrap(answer);
        int id = in.getShort() & 0xffff;
        int flags = in.getShort() & 0xffff;
        int questions = in.getShort();
        int[] counts = {in.getShort(), in.getShort(), in.getShort()};
        assertThat(questions).isBetween(0, 1);
        String question = questions == 1 ? name(in, answer) : "";
        int questionType = questions == 1 ? in.getInt() >>> 16 : 0;
        List<List<ResourceRecord>> sections = new ArrayList<>();
        for (int count : counts) {
            List<ResourceRecord> records = new ArrayList<>();
            for (int i = 0; i < count; i++) {
                records.add(record(in, answer));
            }
            sections.add(records);
        }
        assertThat(in.remaining()).as("bytes behind the answer").isZero();
        return new Read(
                id,
                flags,
                question,
                questionType,
                sections.get(0),
                sections.get(1),
                sections.get(2));
    }

    private static ResourceRecord record(ByteBuffer in, byte[] answer) {
        String owner = name(in, answer);
        int type = in.getShort() & 0xffff;
        int ofClass = in.getShort() & 0xffff;
        long secondsToLive = in.getInt() & 0xffff_ffffL;
        byte[] data = new byte[in.getShort() & 0xffff];
        in.get(data);
        try {
            String text =
                    switch (type) {
                        case A, AAAA -> InetAddress.getByAddress(data).getHostAddress();
                        case PTR -> name(ByteBuffer.wrap(data), data);
                        default -> HexFormat.of().formatHex(data);
                    };
            return new ResourceRecord(owner, type, ofClass, secondsToLive, text);
        } catch (UnknownHostException e) {
            throw new AssertionError("an address of %d bytes".formatted(data.length), e);
        }
    }

    private static String name(ByteBuffer in, byte[] whole) {
        List<String> labels = new ArrayList<>();
        ByteBuffer from = in;
        for (int length = from.get() & 0xff; length > 0; length = from.get() & 0xff) {
            if (length >= 0xc0) {
                int pointer = (length & 0x3f) << 8 | (from.get() & 0xff);
                assertThat(pointer).as("a pointer to the question").isEqualTo(12);
                from = ByteBuffer.wrap(whole).position(pointer);
            } else {
                byte[] label = new byte[length];
                from.get(label);
                labels.add(new String(label, StandardCharsets.ISO_8859_1));
            }
        }
        return String.join(".", labels);
    }
}
