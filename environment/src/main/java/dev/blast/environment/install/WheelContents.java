package dev.blast.environment.install;

import dev.blast.packaging.InvalidSyntaxException;
import dev.blast.packaging.Metadata;
import dev.blast.packaging.PackageName;
import dev.blast.packaging.RecordEntry;
import dev.blast.packaging.RecordFile;
import dev.blast.packaging.Version;
import dev.blast.packaging.WheelFile;
import dev.blast.packaging.WheelName;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

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
    private static final long TEXT_CAP_BYTES = 64L << 20;

    /** Reads the wheel's own description of itself and compares. */
    static WheelContents of(Archive archive, WheelName name) throws IOException {
        return new Check(archive, name).contents();
    }

    private static final class Check {
        private final Archive archive;
        private final WheelName name;
        private final Map<String, ArchiveMember> byName = new HashMap<>();

        Check(Archive archive, WheelName name) {
            this.archive = archive;
            this.name = name;
            archive.members().forEach(member -> byName.put(member.name(), member));
        }

        WheelContents contents() throws IOException {
            String distInfo = distInfo();
            String data =
                    distInfo.substring(0, distInfo.length() - ".dist-info".length()) + ".data";
            for (ArchiveMember member : archive.members()) {
                topLevel(member.name(), data);
            }
            Map<ArchiveMember, RecordEntry> files = record(distInfo);
            boolean pure = isPure(distInfo + "/WHEEL");
            metadata(distInfo + "/METADATA");
            return new WheelContents(distInfo, pure, files);
        }

        private String distInfo() throws RefusedWheelException {
            @Nullable String own = null;
            for (ArchiveMember member : archive.members()) {
                String top = top(member.name());
                if (!top.endsWith(".dist-info") || top.equals(own)) {
                    continue;
                }
                if (own != null || !isOwn(top.substring(0, top.length() - ".dist-info".length()))) {
                    throw archive.refuse(Refusal.FOREIGN_DIST_INFO, top);
                }
                own = top;
            }
            if (own == null) {
                throw archive.refuse(
                        Refusal.NO_DIST_INFO, name.name().escaped() + "-" + name.version());
            }
            return own;
        }

        /**
         * Old wheels spell name and version in the folder otherwise than in the file name, with
         * hyphens too; what counts is what they mean.
         */
        private boolean isOwn(String stem) {
            for (int dash = stem.indexOf('-'); dash > 0; dash = stem.indexOf('-', dash + 1)) {
                try {
                    if (new PackageName(stem.substring(0, dash)).equals(name.name())
                            && Version.parse(stem.substring(dash + 1)).equals(name.version())) {
                        return true;
                    }
                } catch (IllegalArgumentException _) {
                    // not here
                }
            }
            return false;
        }

        private void topLevel(String path, String data) throws RefusedWheelException {
            String top = top(path);
            if (!top.endsWith(".data") || top.equals(path)) {
                return;
            }
            if (!top.equals(data)) {
                throw archive.refuse(Refusal.FOREIGN_DATA, top);
            }
            String within = path.substring(top.length() + 1);
            if (!within.isEmpty() && !DATA_SCHEMES.contains(top(within))) {
                throw archive.refuse(Refusal.DATA_SCHEME, path);
            }
        }

        private static String top(String path) {
            int slash = path.indexOf('/');
            return slash < 0 ? path : path.substring(0, slash);
        }

        private Map<ArchiveMember, RecordEntry> record(String distInfo) throws IOException {
            String recordName = distInfo + "/RECORD";
            Set<String> unlisted = Set.of(recordName, recordName + ".jws", recordName + ".p7s");
            String text = text(recordName, Refusal.NO_RECORD);
            Map<String, RecordEntry> lines = new HashMap<>();
            for (RecordEntry line : lines(text)) {
                if (lines.put(line.path(), line) != null) {
                    throw archive.refuse(Refusal.RECORD_TWICE, line.path());
                }
            }
            Map<ArchiveMember, RecordEntry> files = new HashMap<>();
            List<ArchiveMember> members = new ArrayList<>(archive.members());
            for (ArchiveMember member : members) {
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
        private boolean isPure(String path) throws IOException {
            String text = text(path, Refusal.NO_METADATA);
            Matcher newer = NEWER_FORMAT.matcher(text);
            if (newer.find()) {
                throw archive.refuse(Refusal.WHEEL_VERSION, newer.group(1));
            }
            try {
                return WheelFile.read(text).rootIsPurelib();
            } catch (IllegalArgumentException _) {
                throw archive.refuse(Refusal.METADATA_SYNTAX, path);
            }
        }

        private void metadata(String path) throws IOException {
            Metadata metadata;
            try {
                metadata = Metadata.read(text(path, Refusal.NO_METADATA));
            } catch (IllegalArgumentException _) {
                throw archive.refuse(Refusal.METADATA_SYNTAX, path);
            }
            if (!metadata.name().equals(name.name())) {
                throw archive.refuse(Refusal.NAME_DIFFERS, metadata.name());
            }
            if (!metadata.version().equals(name.version())) {
                throw archive.refuse(Refusal.VERSION_DIFFERS, metadata.version());
            }
        }

        private String text(String path, Refusal missing) throws IOException {
            ArchiveMember member = byName.get(path);
            if (member == null) {
                throw archive.refuse(missing, path);
            }
            if (member.sizeBytes() > TEXT_CAP_BYTES) {
                throw archive.refuse(Refusal.METADATA_SYNTAX, path);
            }
            var bytes = new ByteArrayOutputStream((int) member.sizeBytes());
            archive.read(member, bytes);
            try {
                return StandardCharsets.UTF_8
                        .newDecoder()
                        .decode(ByteBuffer.wrap(bytes.toByteArray()))
                        .toString();
            } catch (CharacterCodingException _) {
                throw archive.refuse(Refusal.METADATA_SYNTAX, path);
            }
        }
    }
}
