package dev.blast.environment.install;

import dev.blast.packaging.InvalidSyntaxException;
import dev.blast.packaging.Metadata;
import dev.blast.packaging.RecordEntry;
import dev.blast.packaging.RecordFile;
import dev.blast.packaging.WheelFile;
import dev.blast.packaging.WheelName;
import dev.blast.packaging.archive.Archive;
import dev.blast.packaging.archive.ArchiveMember;
import dev.blast.packaging.archive.DistInfo;
import dev.blast.packaging.archive.Refusal;
import dev.blast.packaging.archive.RefusedWheelException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * An archive that has been checked to be the wheel that its name says (PEP 427): metadata of one
 * distribution, that one; every file in RECORD with a strong hash, and nothing else there. The
 * hashes are compared while unpacking.
 *
 * @param distInfo the .dist-info folder
 * @param pure whether the root goes to purelib
 * @param files what is to be kept, with what RECORD says of it; RECORD and its signatures are not
 *     among them
 */
record WheelContents(String distInfo, boolean pure, Map<ArchiveMember, RecordEntry> files) {
    private static final Set<String> DATA_SCHEMES =
            Set.of("purelib", "platlib", "scripts", "headers", "data");
    private static final Pattern NEWER_FORMAT =
            Pattern.compile(
                    "^Wheel-Version:\\s*((?:[2-9]|[1-9]\\d+)\\b.*)$",
                    Pattern.MULTILINE | Pattern.CASE_INSENSITIVE);

    /** Reads the wheel's own description of itself and compares. */
    static WheelContents of(Archive archive, WheelName name) throws IOException {
        return new Check(archive, name).contents();
    }

    private static final class Check {
        private final Archive archive;
        private final WheelName name;
        private final DistInfo distInfo;

        Check(Archive archive, WheelName name) throws RefusedWheelException {
            this.archive = archive;
            this.name = name;
            this.distInfo = DistInfo.of(archive, name);
        }

        WheelContents contents() throws IOException {
            String folder = distInfo.folder();
            String data = folder.substring(0, folder.length() - ".dist-info".length()) + ".data";
            for (ArchiveMember member : archive.members()) {
                topLevel(member.name(), data);
            }
            Map<ArchiveMember, RecordEntry> files = record(folder);
            boolean pure = isPure();
            metadata();
            return new WheelContents(folder, pure, files);
        }

        private void topLevel(String path, String data) throws RefusedWheelException {
            String top = top(path);
            if (!top.toLowerCase(Locale.ROOT).endsWith(".data") || top.equals(path)) {
                return;
            }
            if (!top.equals(data)) {
                throw archive.refuse(Refusal.FOREIGN_DATA, top);
            }
            String within = path.substring(top.length() + 1);
            boolean inScheme = within.indexOf('/') > 0 && DATA_SCHEMES.contains(top(within));
            if (!within.isEmpty() && !inScheme) {
                throw archive.refuse(Refusal.DATA_SCHEME, path);
            }
        }

        private static String top(String path) {
            int slash = path.indexOf('/');
            return slash < 0 ? path : path.substring(0, slash);
        }

        private Map<ArchiveMember, RecordEntry> record(String folder) throws IOException {
            String recordName = folder + "/RECORD";
            Set<String> unlisted = Set.of(recordName, recordName + ".jws", recordName + ".p7s");
            String text = text("RECORD", distInfo.record());
            var lines = new HashMap<String, RecordEntry>();
            for (RecordEntry line : lines(text)) {
                if (lines.put(line.path(), line) != null) {
                    throw archive.refuse(Refusal.RECORD_TWICE, line.path());
                }
            }
            var files = new HashMap<ArchiveMember, RecordEntry>();
            for (ArchiveMember member : archive.members()) {
                RecordEntry line = lines.remove(member.name());
                if (member.isFolder() || unlisted.contains(member.name())) {
                    continue;
                }
                if (line == null) {
                    throw archive.refuse(Refusal.NOT_IN_RECORD, member.name());
                }
                if (line.hash() == null) {
                    throw archive.refuse(Refusal.RECORD_NO_HASH, member.name());
                }
                if (!RecordHash.isStrong(RecordHash.algorithm(line.hash()))) {
                    throw archive.refuse(Refusal.RECORD_WEAK_HASH, member.name());
                }
                if (line.size() != null && line.size() != member.sizeBytes()) {
                    throw archive.refuse(Refusal.RECORD_SIZE, member.name());
                }
                files.put(member, line);
            }
            lines.keySet().removeAll(unlisted);
            if (!lines.isEmpty()) {
                throw archive.refuse(
                        Refusal.ONLY_IN_RECORD,
                        lines.keySet().stream().sorted().findFirst().orElseThrow());
            }
            return files;
        }

        private List<RecordEntry> lines(String text) throws RefusedWheelException {
            try {
                return RecordFile.read(text).entries();
            } catch (InvalidSyntaxException e) {
                throw archive.refuse(Refusal.RECORD_SYNTAX, String.valueOf(e.getMessage()));
            }
        }

        /** WHEEL: whether the format is one that is known, and Root-Is-Purelib. */
        private boolean isPure() throws IOException {
            String text = text("WHEEL", distInfo.bytes("WHEEL"));
            Matcher newer = NEWER_FORMAT.matcher(text);
            if (newer.find()) {
                throw archive.refuse(Refusal.WHEEL_VERSION, newer.group(1));
            }
            try {
                return WheelFile.read(text).rootIsPurelib();
            } catch (InvalidSyntaxException e) {
                throw archive.refuse(
                        Refusal.METADATA_SYNTAX, "WHEEL cannot be read: %s".formatted(e.reason()));
            }
        }

        private void metadata() throws IOException {
            Metadata metadata;
            try {
                metadata = Metadata.read(text("METADATA", distInfo.bytes("METADATA")));
            } catch (InvalidSyntaxException e) {
                throw archive.refuse(
                        Refusal.METADATA_SYNTAX,
                        "METADATA cannot be read: %s".formatted(e.reason()));
            }
            if (!metadata.name().equals(name.name())) {
                throw archive.refuse(Refusal.NAME_DIFFERS, metadata.name());
            }
            if (!metadata.version().equals(name.version())) {
                throw archive.refuse(Refusal.VERSION_DIFFERS, metadata.version());
            }
        }

        private String text(String file, byte[] bytes) throws RefusedWheelException {
            try {
                return StandardCharsets.UTF_8
                        .newDecoder()
                        .decode(ByteBuffer.wrap(bytes))
                        .toString();
            } catch (CharacterCodingException _) {
                throw archive.refuse(
                        Refusal.METADATA_SYNTAX, file + " cannot be read: it is not UTF-8");
            }
        }
    }
}
