package dev.blast.index.page;

import dev.blast.index.DistributionFile;
import dev.blast.index.DistributionFile.MetadataFile;
import dev.blast.index.ProjectPage;
import dev.blast.index.UnusableFile;
import dev.blast.index.WheelUse;
import dev.blast.index.Yanked;
import dev.blast.index.cache.Unpacker;
import dev.blast.packaging.InvalidSyntaxException;
import dev.blast.packaging.SpecifierSet;
import dev.blast.packaging.Tag;
import dev.blast.packaging.Version;
import dev.blast.packaging.WheelName;
import java.net.URI;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicReferenceArray;
import org.jspecify.annotations.Nullable;

/**
 * The files of a page by version, in the bytes in which the cache keeps them. Only the table of
 * versions is read at once; the files of a version are made when they are asked for. A resolution
 * looks at one version in a hundred, so this is what makes a warm run quick: see {@code
 * docs/decisions.md}.
 *
 * <p>The bytes: what was passed over and remarked on; texts that repeat (specifiers, tags, yank
 * reasons); what whole versions are for, as numbers of such texts; the common beginning of all
 * addresses; the table (version, when it was released, where its files begin, how many there are,
 * what it is for); then the files.
 */
public final class PackedPage implements ProjectPage.Releases {
    static final int SDIST = 1;
    static final int SIZE = 2;
    static final int TIME = 4;
    static final int SHA256 = 8;
    static final int OTHER_HASHES = 16;
    static final int METADATA_FILE = 32;

    /** The address ends with the file name, which is then not repeated. */
    static final int NAMED = 64;

    private final byte[] bytes;
    private final int aside;
    private final List<UnusableFile> passedOver;
    private final List<String> remarks;
    private final int filesBegin;
    private final String addressPrefix;
    private final List<String> texts;
    private final Map<String, Optional<SpecifierSet>> specifiers = new ConcurrentHashMap<>();
    private final List<int[]> uses;
    private final AtomicReferenceArray<@Nullable List<WheelUse>> madeUses;
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
     * @param use what its wheels are for, from 1 on; 0 where a file is yanked
     */
    private record Block(long released, int begin, int files, int use) {}

    private record Made(Version version, List<DistributionFile> files) {}

    /** Reads the table from bytes that {@link PagePacker} made, beginning at {@code at}. */
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
        count = in.count();
        uses = new ArrayList<>(count);
        for (int i = 0; i < count; i++) {
            int[] use = new int[in.count()];
            for (int j = 0; j < use.length; j++) {
                use[j] = in.small();
            }
            uses.add(use);
        }
        madeUses = new AtomicReferenceArray<>(count);
        addressPrefix = in.text();
        count = in.count();
        var versions = new ArrayList<Version>(count);
        blocks = HashMap.newHashMap(count);
        for (int i = 0; i < count; i++) {
            Version version = Version.parse(in.text());
            versions.add(version);
            blocks.put(version, new Block(in.number() - 1, in.small(), in.count(), in.small()));
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

    @Override
    public @Nullable List<WheelUse> uses(Version version) {
        Block block = blocks.get(version);
        if (block == null || block.use() == 0 || block.use() > uses.size()) {
            return null;
        }
        int number = block.use() - 1;
        List<WheelUse> made = madeUses.get(number);
        if (made == null) {
            madeUses.compareAndSet(number, null, use(uses.get(number)));
            made = madeUses.get(number);
        }
        return made;
    }

    /** From pairs of numbers: the tags, and what Python is required. */
    private List<WheelUse> use(int[] pairs) {
        var wheels = new ArrayList<WheelUse>(pairs.length / 2);
        for (int i = 0; i + 1 < pairs.length; i += 2) {
            String tags = Objects.requireNonNull(shared(pairs[i]));
            wheels.add(new WheelUse(Tag.parse(tags), specifier(shared(pairs[i + 1]))));
        }
        return List.copyOf(wheels);
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
                specifier(requiresPython),
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

    private @Nullable SpecifierSet specifier(@Nullable String text) {
        return text == null
                ? null
                : specifiers.computeIfAbsent(text, PackedPage::parsed).orElse(null);
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
}
