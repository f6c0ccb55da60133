package dev.blast.environment.sync;

import com.github.luben.zstd.ZstdOutputStream;
import dev.blast.environment.interpreter.Interpreter;
import dev.blast.environment.tree.Tree;
import dev.blast.environment.tree.TreeEntry;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.UnaryOperator;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The file of a save, written here byte by byte without the code that it tests: one package, whole
 * and harmless until something about it is changed.
 */
final class SaveBuilder {
    static final String INFO = "good-1.dist-info/";
    private static final int BLOCK = 512;
    private static final Pattern FILE =
            Pattern.compile(
                    "\\{\"path\":\"(.*)\",\"type\":\"file\",\"mode\":\"644\",\"modified\":0,\"sha256\":\"([0-9a-f]{64})\",\"size\":(\\d+)}");
    private static final Pattern LINK =
            Pattern.compile(
                    "\\{\"path\":\"(.*)\",\"type\":\"link\",\"modified\":0,\"target\":\"(.*)\"}");
    private static final Pattern FOLDER =
            Pattern.compile("\\{\"path\":\"(.*)\",\"type\":\"folder\",\"mode\":\"755\"}");

    /** Where the packages lie, with a slash. */
    final String site;

    /** What lies below the root, by path. */
    final Map<String, byte[]> files = new TreeMap<>();

    /** Permissions that are not 644. */
    final Map<String, String> modes = new TreeMap<>();

    /** More entries of the tree, as JSON objects. */
    final List<String> entries = new ArrayList<>();

    /** Lines of RECORD besides those of the files, or in their place. */
    final Map<String, String> lines = new TreeMap<>();

    /** Packages that the manifest names. */
    final List<String> named = new ArrayList<>(List.of("good 1"));

    /** The time of all files, in nanoseconds since 1970. */
    long modified = 1_700_000_000_000_000_000L;

    UnaryOperator<String> manifest = it -> it;
    UnaryOperator<List<Member>> members = it -> it;
    UnaryOperator<byte[]> tar = it -> it;
    UnaryOperator<byte[]> packed = it -> it;
    private final String python;

    /** A member of the tar file, with the header that it shall have. */
    record Member(String name, char type, long sizeBytes, int mode, String content) {
        static Member of(String name, String content) {
            return new Member(name, '0', content.length(), 0644, content);
        }

        Member as(char other) {
            return new Member(name, other, sizeBytes, mode, content);
        }

        Member called(String other) {
            return new Member(other, type, sizeBytes, mode, content);
        }
    }

    SaveBuilder(Interpreter interpreter) {
        site = interpreter.venvScheme().purelib() + "/";
        python =
                "{\"implementation\":\"%s\",\"version\":\"%s\",\"freeThreaded\":%s,\"platform\":\"any\"}"
                        .formatted(
                                interpreter.implementation(),
                                interpreter.version(),
                                interpreter.freeThreaded());
        put("good.py", "VERSION = '1'\n");
        put(INFO + "METADATA", "Metadata-Version: 2.1\nName: good\nVersion: 1\n");
        put(
                INFO + "WHEEL",
                "Wheel-Version: 1.0\nGenerator: x\nRoot-Is-Purelib: true\nTag: py3-none-any\n");
    }

    /** A file in site-packages. */
    SaveBuilder put(String path, String text) {
        return at(site + path, text);
    }

    /** A file below the root. */
    SaveBuilder at(String path, String text) {
        files.put(path, text.getBytes(StandardCharsets.UTF_8));
        return this;
    }

    /** A file that is in no RECORD. */
    SaveBuilder loose(String path, String text) {
        lines.put(path, "");
        return at(path, text);
    }

    SaveBuilder entry(String json) {
        entries.add(json);
        return this;
    }

    SaveBuilder edit(UnaryOperator<String> edit) {
        manifest = edit;
        return this;
    }

    SaveBuilder replace(String from, String to) {
        return edit(it -> {
            if (!it.contains(from)) {
                throw new IllegalStateException(from + " is not in " + it);
            }
            return it.replaceFirst(Pattern.quote(from), Matcher.quoteReplacement(to));
        });
    }

    SaveBuilder members(UnaryOperator<List<Member>> edit) {
        members = edit;
        return this;
    }

    SaveBuilder tar(UnaryOperator<byte[]> edit) {
        tar = edit;
        return this;
    }

    SaveBuilder packed(UnaryOperator<byte[]> edit) {
        packed = edit;
        return this;
    }

    /** RECORD says this of a file, "hash,size" in the place of the truth; empty: nothing. */
    SaveBuilder record(String path, String says) {
        lines.put(path, says);
        return this;
    }

    static String hex(byte[] content) {
        return HexFormat.of().formatHex(sha256(content));
    }

    private static String base64(byte[] content) {
        return "sha256=" + Base64.getUrlEncoder().withoutPadding().encodeToString(sha256(content));
    }

    private static byte[] sha256(byte[] content) {
        try {
            return MessageDigest.getInstance("SHA-256").digest(content);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }

    private String record() {
        var text = new StringBuilder();
        String up = "../".repeat((int) site.chars().filter(c -> c == '/').count());
        var all = new TreeMap<String, String>();
        files.forEach((path, content) ->
                all.put(path, "%s,%d".formatted(base64(content), content.length)));
        all.putAll(lines);
        all.forEach((path, says) -> {
            if (!says.isEmpty()) {
                text.append(path.startsWith(site) ? path.substring(site.length()) : up + path)
                        .append(',')
                        .append(says)
                        .append('\n');
            }
        });
        return text + INFO + "RECORD,,\n";
    }

    private String manifest() {
        var tree = new ArrayList<TreeEntry>();
        var all = new ArrayList<String>();
        files.forEach((path, content) -> {
            String mode = modes.getOrDefault(path, "644");
            tree.add(
                    new TreeEntry.File(
                            path,
                            Integer.parseInt(mode, 8),
                            modified,
                            content.length,
                            base64(content)));
            all.add(
                    "{\"path\":\"%s\",\"type\":\"file\",\"mode\":\"%s\",\"modified\":%d,\"size\":%d,\"sha256\":\"%s\"}"
                            .formatted(
                                    path.replace("\\", "\\\\").replace("\u001b", "\\u001b"),
                                    mode,
                                    modified,
                                    content.length,
                                    hex(content)));
        });
        all.addAll(entries);
        entries.forEach(it -> parsed(it).ifPresent(tree::add));
        String packages =
                named.stream()
                        .map(it -> it.split(" ", 2))
                        .map(it ->
                                "{\"name\":\"%s\",\"version\":\"%s\",\"wheel\":\"\",\"sha256\":\"\",\"requested\":true}"
                                        .formatted(it[0], it[1]))
                        .reduce((a, b) -> a + "," + b)
                        .orElse("");
        return """
        {"schema":"blast.save/1","name":"good","saved":"2026-01-01T00:00:00Z","command":"blast save good","environment":"shop",\
        "root":"/elsewhere/.venv","python":%s,"strategy":"","policy":"","packages":[%s],"requirements":[],"treeHash":"%s",\
        "tree":[%s]}\
        """
                .formatted(python, packages, Tree.of(tree).hash(), String.join(",", all));
    }

    /** An entry that is given as JSON, where it is one that a tree can have. */
    private static Optional<TreeEntry> parsed(String json) {
        Matcher file = FILE.matcher(json);
        if (file.matches()) {
            byte[] hash = HexFormat.of().parseHex(file.group(2));
            return Optional.of(
                    new TreeEntry.File(
                            file.group(1),
                            0644,
                            0,
                            Long.parseLong(file.group(3)),
                            "sha256="
                                    + Base64.getUrlEncoder()
                                            .withoutPadding()
                                            .encodeToString(hash)));
        }
        Matcher link = LINK.matcher(json);
        if (link.matches()) {
            return Optional.of(new TreeEntry.Link(link.group(1), 0, link.group(2)));
        }
        Matcher folder = FOLDER.matcher(json);
        return folder.matches()
                ? Optional.of(new TreeEntry.Folder(folder.group(1), 0755))
                : Optional.empty();
    }

    byte[] bytes() {
        return packed.apply(zstd(unpacked()));
    }

    /** The tar file in it. */
    byte[] unpacked() {
        files.putIfAbsent(site + INFO + "RECORD", record().getBytes(StandardCharsets.ISO_8859_1));
        var all = new ArrayList<Member>();
        all.add(Member.of("manifest.json", manifest.apply(manifest())));
        var contents = new TreeMap<String, byte[]>();
        files.forEach((path, content) -> {
            if (!path.startsWith("bin/python")) {
                contents.put(base64(content), content);
            }
        });
        contents.values()
                .forEach(it ->
                        all.add(
                                Member.of(
                                        "contents/" + hex(it),
                                        new String(it, StandardCharsets.ISO_8859_1))));
        return tar.apply(tar(members.apply(all)));
    }

    static byte[] zstd(byte[] content) {
        return zstd(content, 3, 0);
    }

    static byte[] zstd(byte[] content, int level, int windowLog) {
        var bytes = new ByteArrayOutputStream();
        try (var out = new ZstdOutputStream(bytes, level)) {
            out.setChecksum(true);
            if (windowLog > 0) {
                out.setLong(windowLog);
            }
            out.write(content);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return bytes.toByteArray();
    }

    private static byte[] tar(List<Member> members) {
        var bytes = new ByteArrayOutputStream();
        for (Member it : members) {
            byte[] header = new byte[BLOCK];
            put(header, 0, it.name());
            put(header, 100, "%07o".formatted(it.mode()));
            put(header, 108, "0000000");
            put(header, 116, "0000000");
            put(header, 124, "%011o".formatted(it.sizeBytes()));
            put(header, 136, "00000000000");
            header[156] = (byte) it.type();
            put(header, 257, "ustar\00000");
            put(header, 329, "0000000");
            put(header, 337, "0000000");
            Arrays.fill(header, 148, 156, (byte) ' ');
            int sum = 0;
            for (byte b : header) {
                sum += b & 0xff;
            }
            put(header, 148, "%06o\0 ".formatted(sum));
            bytes.writeBytes(header);
            byte[] content = it.content().getBytes(StandardCharsets.ISO_8859_1);
            bytes.writeBytes(content);
            bytes.writeBytes(new byte[-content.length & (BLOCK - 1)]);
        }
        bytes.writeBytes(new byte[2 * BLOCK]);
        return bytes.toByteArray();
    }

    private static void put(byte[] header, int at, String text) {
        byte[] bytes = text.getBytes(StandardCharsets.ISO_8859_1);
        System.arraycopy(bytes, 0, header, at, Math.min(bytes.length, BLOCK - at));
    }

    /** These and then those. */
    static byte[] joined(byte[] one, byte[] other) {
        byte[] both = Arrays.copyOf(one, one.length + other.length);
        System.arraycopy(other, 0, both, one.length, other.length);
        return both;
    }
}
