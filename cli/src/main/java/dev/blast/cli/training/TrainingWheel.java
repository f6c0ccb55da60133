package dev.blast.cli.training;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.zip.CRC32;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;

/** For {@link Training}: the bytes of a small wheel with a module and a command. */
final class TrainingWheel {
    private TrainingWheel() {}

    /** The same bytes each time. */
    static byte[] of(String name, String metadata) {
        String info = name + "-1.0.dist-info/";
        var files = new LinkedHashMap<String, String>();
        files.put(name + "/__init__.py", "def main(): pass\n");
        files.put(info + "METADATA", metadata);
        files.put(info + "WHEEL", "Wheel-Version: 1.0\nRoot-Is-Purelib: true\nTag: py3-none-any\n");
        files.put(
                info + "entry_points.txt",
                "[console_scripts]\n%s = %s:main\n".formatted(name, name));
        var record = new StringBuilder();
        files.forEach((file, text) -> record.append(file).append(',').append(row(text)));
        files.put(info + "RECORD", record.append(info).append("RECORD,,\n").toString());
        var bytes = new ByteArrayOutputStream();
        try (var zip = new ZipOutputStream(bytes)) {
            for (Map.Entry<String, String> file : files.entrySet()) {
                add(zip, file.getKey(), bytes(file.getValue()));
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e); // in memory
        }
        return bytes.toByteArray();
    }

    private static void add(ZipOutputStream zip, String name, byte[] content) throws IOException {
        var entry = new ZipEntry(name);
        entry.setMethod(ZipEntry.STORED); // sizes stand before the content, as in every wheel
        entry.setSize(content.length);
        var crc = new CRC32();
        crc.update(content);
        entry.setCrc(crc.getValue());
        entry.setTime(0);
        zip.putNextEntry(entry);
        zip.write(content);
        zip.closeEntry();
    }

    private static String row(String text) {
        byte[] content = bytes(text);
        String hash = Base64.getUrlEncoder().withoutPadding().encodeToString(sha256(content));
        return "sha256=%s,%d\n".formatted(hash, content.length);
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    static byte[] sha256(byte[] content) {
        try {
            return MessageDigest.getInstance("SHA-256").digest(content);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e); // every JVM has it
        }
    }
}
