package dev.blast.index.page;

import dev.blast.index.UnusableFile;
import dev.blast.index.cache.Packer;
import dev.blast.packaging.PackageName;
import dev.blast.packaging.Version;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** Makes the bytes of a {@link PackedPage}. */
public final class PagePacker {
    /** How many of the files that were passed over are kept by name. */
    private static final int NAMED_ASIDE = 8;

    private PagePacker() {}

    /** Keeps of a listing what is a wheel or an sdist of the project. */
    public static byte[] pack(PackageName name, Listing listing) {
        var byVersion = new TreeMap<Version, List<Link>>();
        var passedOver = new ArrayList<>(listing.passedOver());
        var names = new FileNames(name);
        var listed = LinkedHashMap.<String, Link>newLinkedHashMap(listing.links().size());
        var contradicted = new HashSet<String>();
        for (Link link : listing.links()) {
            Link before = listed.putIfAbsent(link.filename(), link);
            if (before != null && !before.hashes().equals(link.hashes())) {
                contradicted.add(link.filename());
            }
        }
        for (Link link : listed.values()) {
            Version version = names.version(link.filename());
            if (version == null) {
                passedOver.add(
                        new UnusableFile(
                                link.filename(),
                                "its name is not that of a wheel or sdist of " + name));
            } else if (contradicted.contains(link.filename())) {
                passedOver.add(
                        new UnusableFile(
                                link.filename(), "it is listed twice, with different hashes"));
            } else {
                byVersion.computeIfAbsent(version, _ -> new ArrayList<>()).add(link);
            }
        }
        String prefix = commonPrefix(listing.links());
        var texts = new LinkedHashMap<String, Integer>();
        var uses = new LinkedHashMap<List<Integer>, Integer>();
        var files = new Packer(listing.links().size() * 160);
        var table = new Packer(byVersion.size() * 12);
        byVersion.forEach((version, links) -> {
            table.text(version.toString())
                    .number(released(links) + 1)
                    .number(files.size())
                    .number(links.size())
                    .number(use(links, texts, uses));
            links.forEach(link -> packFile(link, prefix, texts, files));
        });
        var page = new Packer(files.size() + table.size() + 256).number(passedOver.size());
        List<UnusableFile> named = passedOver.stream().limit(NAMED_ASIDE).toList();
        page.number(named.size());
        named.forEach(file -> page.text(file.filename()).text(file.why()));
        page.number(listing.remarks().size());
        listing.remarks().forEach(page::text);
        page.number(texts.size());
        texts.keySet().forEach(page::text);
        page.number(uses.size());
        uses.keySet()
                .forEach(use -> {
                    page.number(use.size());
                    use.forEach(page::number);
                });
        return page.text(prefix)
                .number(byVersion.size())
                .raw(table.bytes())
                .raw(files.bytes())
                .bytes();
    }

    /** When the first of them was uploaded, -1 where it is said of none. */
    private static long released(List<Link> links) {
        return links.stream()
                .mapToLong(Link::uploadMillis)
                .filter(millis -> millis >= 0)
                .min()
                .orElse(-1);
    }

    /** The number of what the wheels of a version are for; 0 where a file of it is yanked. */
    private static int use(
            List<Link> links, Map<String, Integer> texts, Map<List<Integer>, Integer> uses) {
        var use = new ArrayList<Integer>();
        for (Link link : links) {
            if (link.yanked() != null) {
                return 0;
            }
            if (FileNames.isWheel(link.filename())) {
                use.add(number(FileNames.tags(link.filename()), texts));
                use.add(number(link.requiresPython(), texts));
            }
        }
        return uses.computeIfAbsent(use, _ -> uses.size() + 1);
    }

    private static void packFile(Link link, String prefix, Map<String, Integer> texts, Packer out) {
        String sha256 = link.hashes().getOrDefault("sha256", "");
        boolean plainSha256 = isHex(sha256, 64);
        var others = new HashMap<String, String>(link.hashes());
        if (plainSha256) {
            others.remove("sha256");
        }
        String address = link.url().substring(prefix.length());
        boolean named = address.endsWith(link.filename());
        int flags =
                (FileNames.isWheel(link.filename()) ? 0 : PackedPage.SDIST)
                        | (link.sizeBytes() >= 0 ? PackedPage.SIZE : 0)
                        | (link.uploadMillis() >= 0 ? PackedPage.TIME : 0)
                        | (plainSha256 ? PackedPage.SHA256 : 0)
                        | (others.isEmpty() ? 0 : PackedPage.OTHER_HASHES)
                        | (link.metadataFile() != null ? PackedPage.METADATA_FILE : 0)
                        | (named ? PackedPage.NAMED : 0);
        out.number(flags).text(link.filename());
        out.text(
                named
                        ? address.substring(0, address.length() - link.filename().length())
                        : address);
        if (link.sizeBytes() >= 0) {
            out.number(link.sizeBytes());
        }
        if (link.uploadMillis() >= 0) {
            out.number(link.uploadMillis());
        }
        if (plainSha256) {
            out.raw(HexFormat.of().parseHex(sha256));
        }
        if (!others.isEmpty()) {
            out.texts(others);
        }
        out.number(number(link.requiresPython(), texts));
        out.number(number(link.yanked() == null ? null : link.yanked().reason(), texts));
        if (link.metadataFile() != null) {
            out.texts(link.metadataFile().hashes());
        }
    }

    /** From 1; 0 stands for null. */
    private static int number(@Nullable String text, Map<String, Integer> texts) {
        return text == null ? 0 : texts.computeIfAbsent(text, _ -> texts.size() + 1);
    }

    private static boolean isHex(String text, int length) {
        if (text.length() != length) {
            return false;
        }
        for (int i = 0; i < length; i++) {
            if (!HexFormat.isHexDigit(text.charAt(i))) {
                return false;
            }
        }
        return true;
    }

    private static String commonPrefix(List<Link> links) {
        if (links.isEmpty()) {
            return "";
        }
        String prefix = links.getFirst().url();
        for (Link link : links) {
            int length = 0;
            int most = Math.min(prefix.length(), link.url().length());
            while (length < most && prefix.charAt(length) == link.url().charAt(length)) {
                length++;
            }
            prefix = prefix.substring(0, length);
        }
        return prefix.substring(0, prefix.lastIndexOf('/') + 1);
    }
}
