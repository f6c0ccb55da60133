package dev.blast.index.page;

import dev.blast.index.DistributionFile;
import dev.blast.index.DistributionFile.MetadataFile;
import dev.blast.index.ProjectPage;
import dev.blast.index.UnusableFile;
import dev.blast.index.Yanked;
import dev.blast.index.cache.Packer;
import dev.blast.index.cache.Unpacker;
import dev.blast.packaging.InvalidSyntaxException;
import dev.blast.packaging.PackageName;
import dev.blast.packaging.SpecifierSet;
import dev.blast.packaging.Version;
import dev.blast.packaging.WheelName;
import java.net.URI;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * The files of a page by version, in the bytes in which the cache keeps them. Only the table of
 * versions is read at once; the files of a version are made when they are asked for. A resolution
 * looks at one version in a hundred, so this is what makes a warm run quick: see {@code
 * docs/decisions.md}.
 *
 * <p>The bytes: what was passed over and remarked on; texts that repeat (specifiers, yank reasons);
 * the common beginning of all addresses; the table (version, when it was released, where its files
 * begin, how many there are); then the files.
 */
public final class PackedPage implements ProjectPage.Releases {
    private static final int SDIST = 1;
    private static final int SIZE = 2;
    private static final int TIME = 4;
    private static final int SHA256 = 8;
    private static final int OTHER_HASHES = 16;
    private static final int METADATA_FILE = 32;

    /** The address ends with the file name, which is then not repeated. */
    private static final int NAMED = 64;

    /** How many of the files that were passed over are kept by name. */
    private static final int NAMED_ASIDE = 8;

    private final byte[] bytes;
    private final int aside;
    private final List<UnusableFile> passedOver;
    private final List<String> remarks;
    private final int filesBegin;
    private final String addressPrefix;
    private final List<String> texts;
    private final Map<String, Optional<SpecifierSet>> specifiers = new ConcurrentHashMap<>();
    private final Map<Version, Block> blocks;
    private final List<Version> versions;

    /**
     * What was asked for last. Whoever looks at a version asks some times in a row; where a search
     * looks at all versions of hundreds of packages, their files would fill the heap.
     */
    private volatile @Nullable Made made;

    /**
     * A version in the table.
     *
     * @param released in milliseconds since 1970, -1 where that is not known
     */
    private record Block(long released, int begin, int files) {}

    private record Made(Version version, List<DistributionFile> files) {}

    /** Reads the table from bytes that {@link #pack} made, beginning at {@code at}. */
    public PackedPage(byte[] bytes, int at) {
        this.bytes = bytes;
        var in = new Unpacker(bytes, at);
        aside = in.small();
        int count = in.count();
        passedOver = new ArrayList<>(count);
        for (int i = 0; i < count; i++) {
            passedOver.add(new UnusableFile(in.text(), in.text()));
        }
        count = in.count();
        remarks = new ArrayList<>(count);
        for (int i = 0; i < count; i++) {
            remarks.add(in.text());
        }
        count = in.count();
        texts = new ArrayList<>(count);
        for (int i = 0; i < count; i++) {
            texts.add(in.text());
        }
        addressPrefix = in.text();
        count = in.count();
        var versions = new ArrayList<Version>(count);
        blocks = HashMap.newHashMap(count);
        for (int i = 0; i < count; i++) {
            Version version = Version.parse(in.text());
            versions.add(version);
            blocks.put(version, new Block(in.number() - 1, in.small(), in.count()));
        }
        this.versions = List.copyOf(versions);
        filesBegin = in.position();
    }

    @Override
    public String passedOver() {
        return Intake.inWords(passedOver, aside);
    }

    @Override
    public List<String> remarks() {
        return remarks;
    }

    @Override
    public List<Version> versions() {
        return versions;
    }

    @Override
    public List<DistributionFile> files(Version version) {
        Made last = made;
        if (last != null && last.version().equals(version)) {
            return last.files();
        }
        Block block = blocks.get(version);
        if (block == null) {
            return List.of();
        }
        List<DistributionFile> files = unpack(version, block);
        made = new Made(version, files);
        return files;
    }

    @Override
    public @Nullable Instant released(Version version) {
        Block block = blocks.get(version);
        return block == null || block.released() < 0
                ? null
                : Instant.ofEpochMilli(block.released());
    }

    private List<DistributionFile> unpack(Version version, Block block) {
        var in = new Unpacker(bytes, filesBegin + block.begin());
        var files = new ArrayList<DistributionFile>(block.files());
        try {
            for (int i = 0; i < block.files(); i++) {
                files.add(unpackFile(version, in));
            }
        } catch (IllegalArgumentException e) {
            return List.of(); // somebody else's bytes with a right sum: they list nothing
        }
        return List.copyOf(files);
    }

    private DistributionFile unpackFile(Version version, Unpacker in) {
        int flags = in.small();
        String filename = in.text();
        String address = addressPrefix + in.text() + ((flags & NAMED) != 0 ? filename : "");
        OptionalLong size =
                (flags & SIZE) != 0 ? OptionalLong.of(in.number()) : OptionalLong.empty();
        Instant time = (flags & TIME) != 0 ? Instant.ofEpochMilli(in.number()) : null;
        var hashes = new HashMap<String, String>(2);
        if ((flags & SHA256) != 0) {
            hashes.put("sha256", HexFormat.of().formatHex(in.raw(32)));
        }
        if ((flags & OTHER_HASHES) != 0) {
            hashes.putAll(in.texts());
        }
        String requiresPython = shared(in.small());
        String yanked = shared(in.small());
        boolean wheel = (flags & SDIST) == 0;
        return new DistributionFile(
                filename,
                absolute(address),
                wheel ? DistributionFile.Kind.WHEEL : DistributionFile.Kind.SDIST,
                version,
                wheel ? WheelName.parse(filename) : null,
                hashes,
                size,
                time,
                requiresPython == null
                        ? null
                        : specifiers
                                .computeIfAbsent(requiresPython, PackedPage::parsed)
                                .orElse(null),
                yanked == null ? null : new Yanked(yanked),
                (flags & METADATA_FILE) != 0 ? new MetadataFile(in.texts()) : null);
    }

    private static URI absolute(String address) {
        URI uri = URI.create(address);
        if (!uri.isAbsolute()) {
            throw new IllegalArgumentException("not what was packed");
        }
        return uri;
    }

    private @Nullable String shared(int number) {
        if (number > texts.size()) {
            throw new IllegalArgumentException("not what was packed");
        }
        return number == 0 ? null : texts.get(number - 1);
    }

    /**
     * Empty for what is no specifier: old files carry such, and everybody takes them for fit for
     * any Python.
     */
    private static Optional<SpecifierSet> parsed(String specifier) {
        try {
            return Optional.of(SpecifierSet.parse(specifier));
        } catch (InvalidSyntaxException e) {
            return Optional.empty();
        }
    }

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
        var files = new Packer(listing.links().size() * 160);
        var table = new Packer(byVersion.size() * 12);
        byVersion.forEach((version, links) -> {
            table.text(version.toString())
                    .number(released(links) + 1)
                    .number(files.size())
                    .number(links.size());
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
                (FileNames.isWheel(link.filename()) ? 0 : SDIST)
                        | (link.sizeBytes() >= 0 ? SIZE : 0)
                        | (link.uploadMillis() >= 0 ? TIME : 0)
                        | (plainSha256 ? SHA256 : 0)
                        | (others.isEmpty() ? 0 : OTHER_HASHES)
                        | (link.metadataFile() != null ? METADATA_FILE : 0)
                        | (named ? NAMED : 0);
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
