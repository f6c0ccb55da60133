package dev.blast.packaging.archive;

import java.text.Normalizer;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/**
 * The names in an archive: each a plain relative path, no two of them one file. Checked before a
 * byte is written, so that unpacking can join paths without looking again. Names that differ in
 * case are two files here; only what describes the wheel has one name on any filesystem.
 */
final class MemberNames {
    /**
     * What Linux allows in a path, less room for the folder it is unpacked in, and in one part of
     * it.
     */
    private static final int PATH_CAP_BYTES = 3000;

    private static final int PART_CAP_BYTES = 255;

    private final String wheel;
    private final Set<String> files = new HashSet<>();
    private final Map<String, String> folded = new HashMap<>();

    private MemberNames(String wheel) {
        this.wheel = wheel;
    }

    static void check(List<ArchiveMember> members, String wheel) throws RefusedWheelException {
        var names = new MemberNames(wheel);
        for (int i = 0; i < members.size(); i++) {
            names.plain(members.get(i), i + 1);
            names.unique(members.get(i).name());
        }
        names.noFileIsAFolder(members);
    }

    private void plain(ArchiveMember member, int number) throws RefusedWheelException {
        String name = member.name();
        if (name.isEmpty()) {
            throw refuse(Refusal.NAME_EMPTY, number);
        }
        if (member.isSpecial()) {
            throw refuse(Refusal.NOT_A_FILE, name);
        }
        for (int i = 0; i < name.length(); i++) {
            char c = name.charAt(i);
            if (Character.isISOControl(c) || c == '\u2028' || c == '\u2029') {
                throw refuse(
                        Refusal.NAME_CONTROL,
                        name.replaceAll("[\\p{Cntrl}\u0080-\u009f\u2028\u2029]", "?"));
            }
        }
        if (name.indexOf('\\') >= 0) {
            throw refuse(Refusal.NAME_BACKSLASH, name);
        }
        if (name.startsWith("/")) {
            throw refuse(Refusal.NAME_ABSOLUTE, name);
        }
        if (name.length() >= 2 && name.charAt(1) == ':') {
            throw refuse(Refusal.NAME_DRIVE, name);
        }
        parts(name);
    }

    private void parts(String name) throws RefusedWheelException {
        String path = name.endsWith("/") ? name.substring(0, name.length() - 1) : name;
        int pathBytes = 0;
        for (String part : path.split("/", -1)) {
            if (part.equals("..")) {
                throw refuse(Refusal.NAME_ESCAPES, name);
            }
            if (part.isEmpty() || part.equals(".")) {
                throw refuse(Refusal.NAME_UNCLEAN, name);
            }
            int bytes = utf8Length(part);
            pathBytes += bytes + 1;
            if (bytes > PART_CAP_BYTES || pathBytes > PATH_CAP_BYTES) {
                throw refuse(Refusal.NAME_LENGTH, name.substring(0, 60) + "…");
            }
        }
    }

    private void unique(String name) throws RefusedWheelException {
        if (!files.add(name)) {
            throw refuse(Refusal.DUPLICATE, name);
        }
        int slash = name.indexOf('/');
        if (slash < 0 || !DistInfo.describes(name.substring(0, slash))) {
            return;
        }
        String other = folded.putIfAbsent(fold(name), name);
        if (other != null) {
            throw refuse(Refusal.SAME_BUT_FOR_CASE, "'%s' and '%s'".formatted(other, name));
        }
    }

    private void noFileIsAFolder(List<ArchiveMember> members) throws RefusedWheelException {
        var folders = new HashSet<String>();
        for (ArchiveMember member : members) {
            String name = member.name();
            for (int slash = name.indexOf('/'); slash > 0; slash = name.indexOf('/', slash + 1)) {
                folders.add(name.substring(0, slash));
            }
        }
        for (ArchiveMember member : members) {
            if (folders.contains(member.name())) {
                throw refuse(Refusal.FILE_AND_FOLDER, member.name());
            }
        }
    }

    /**
     * One form for all spellings that some filesystem takes for one: upper and lower case, composed
     * and decomposed characters.
     */
    private static String fold(String name) {
        String upper =
                ascii(name)
                        ? name
                        : Normalizer.normalize(name, Normalizer.Form.NFKC).toUpperCase(Locale.ROOT);
        String lower = upper.toLowerCase(Locale.ROOT);
        return ascii(name) ? lower : Normalizer.normalize(lower, Normalizer.Form.NFKC);
    }

    private static boolean ascii(String text) {
        return utf8Length(text) == text.length();
    }

    private static int utf8Length(String text) {
        int bytes = 0;
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            bytes += c < 0x80 ? 1 : c < 0x800 || Character.isSurrogate(c) ? 2 : 3;
        }
        return bytes;
    }

    private RefusedWheelException refuse(Refusal refusal, Object subject) {
        return new RefusedWheelException(wheel, refusal, subject);
    }
}
