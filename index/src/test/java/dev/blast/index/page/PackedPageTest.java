package dev.blast.index.page;

import static org.assertj.core.api.Assertions.assertThat;

import dev.blast.index.DistributionFile;
import dev.blast.index.DistributionFile.MetadataFile;
import dev.blast.index.ProjectStatus;
import dev.blast.index.WheelUse;
import dev.blast.index.Yanked;
import dev.blast.packaging.InvalidSyntaxException;
import dev.blast.packaging.PackageName;
import dev.blast.packaging.Version;
import dev.blast.packaging.WheelName;
import java.net.URI;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PackedPageTest {
    private static final PackageName FOO = new PackageName("foo-bar");
    private static final String SHA256 = "0123456789abcdef".repeat(4);

    private static PackedPage packed(List<Link> links) {
        return new PackedPage(PagePacker.pack(FOO, new Listing(links, ProjectStatus.ACTIVE)), 0);
    }

    private static Link link(String filename) {
        return new Link(
                filename,
                "https://files.example/" + filename,
                Map.of(),
                -1,
                Link.NO_TIME,
                null,
                null,
                null);
    }

    private static Link uploaded(String filename, long millis) {
        Link link = link(filename);
        return new Link(filename, link.url(), Map.of(), -1, millis, null, null, null);
    }

    @Test
    void aVersionIsAsOldAsItsFirstFile() {
        PackedPage page =
                packed(
                        List.of(
                                uploaded("foo_bar-1.0-py3-none-any.whl", 7_000),
                                uploaded("foo_bar-1.0.tar.gz", 5_000),
                                link("foo_bar-1.0.zip"),
                                uploaded("foo_bar-2.0.tar.gz", 0),
                                link("foo_bar-3.0.tar.gz")));
        assertThat(page.versions().stream().map(page::released))
                .containsExactly(Instant.ofEpochMilli(5_000), Instant.EPOCH, null);
        for (Version version : page.versions()) {
            assertThat(page.released(version))
                    .isEqualTo(DistributionFile.firstUpload(page.files(version)));
        }
        assertThat(page.released(Version.parse("4"))).isNull();
    }

    @ParameterizedTest
    @CsvSource(
            nullValues = "-",
            textBlock =
                    """
                    foo_bar-1.0-py3-none-any.whl,                1.0
                    Foo.Bar-1.0-py3-none-any.whl,                1.0
                    foo_bar-1.0-1-cp312-cp312-manylinux_2_17_x86_64.manylinux2014_x86_64.whl, 1.0
                    foo_bar-1.0rc1.tar.gz,                       1.0rc1
                    foo-bar-1.0.tar.gz,                          1.0
                    foo-bar-1.0-1.zip,                           1.0.post1
                    Foo.Bar-2.tar.bz2,                           2
                    foo_bar-1.0+local.7.tar.gz,                  1.0+local.7
                    foo_bar_baz-1.0-py3-none-any.whl,            -
                    foo-1.0.tar.gz,                              -
                    foo_bar-1.0.egg,                             -
                    foo_bar-1.0.win32-py2.4.exe,                 -
                    foo_bar-1.0-py3-none.whl,                    -
                    foo_bar-yesterday.tar.gz,                    -
                    foo_bar-1.0-py3-none-any.whl.metadata,       -
                    ../foo_bar-1.0.tar.gz,                       -
                    x/../foo_bar-1.0-py3-none-any.whl,           -
                    foo_bar-1.0.tar.gz.asc,                      -
                    .whl,                                        -
                    """)
    void fileNamesOfTheProjectAreKeptAndOthersPassedOver(String filename, String version) {
        Version read = new FileNames(FOO).version(filename);
        assertThat(read == null ? null : read.toString()).isEqualTo(version);
    }

    @Test
    void aWheelIsAWheelAsThePackagingStandardsSay() {
        String[] parts = {
            "foo_bar",
            "Foo.Bar",
            "foo__bar",
            "-",
            "-",
            "-",
            "-",
            "1.0",
            "1",
            "py3",
            "none",
            "any",
            "2x",
            "py2.py3",
            "..",
            "",
            ".whl"
        };
        int wheels = 0;
        for (long seed = 0; seed < 100_000; seed++) {
            var random = new Random(seed);
            var name = new StringBuilder(random.nextInt(4) > 0 ? "foo_bar-1.0-" : "");
            for (int i = random.nextInt(9); i > 0; i--) {
                name.append(parts[random.nextInt(parts.length)]);
            }
            String filename = name + ".whl";
            Version expected;
            try {
                WheelName wheel = WheelName.parse(filename);
                expected = wheel.name().equals(FOO) ? wheel.version() : null;
                wheels++;
            } catch (InvalidSyntaxException e) {
                expected = null;
            }
            assertThat(new FileNames(FOO).version(filename))
                    .as("seed %d: %s", seed, filename)
                    .isEqualTo(expected);
        }
        assertThat(wheels).isGreaterThan(500);
    }

    @Test
    void everyFieldComesBack() {
        var wheel =
                new Link(
                        "foo_bar-1.0-py3-none-any.whl",
                        "https://files.example/a/b/foo_bar-1.0-py3-none-any.whl",
                        Map.of("sha256", SHA256, "sha512", "ff"),
                        123_456_789_012L,
                        Instant.parse("2024-05-06T07:08:09.123Z").toEpochMilli(),
                        ">=3.8, <4",
                        new Yanked("broken"),
                        new MetadataFile(Map.of("sha256", "aa")));
        var sdist =
                new Link(
                        "foo-bar-1.0.0.tar.gz",
                        "https://files.example/a/c/download?id=7",
                        Map.of("sha256", "short"),
                        -1,
                        Link.NO_TIME,
                        "oops",
                        null,
                        null);
        PackedPage page = packed(List.of(sdist, wheel));
        assertThat(page.versions()).containsExactly(Version.parse("1.0"));
        List<DistributionFile> files = page.files(Version.parse("1"));
        assertThat(files).hasSize(2);
        DistributionFile first = files.get(0);
        assertThat(first.kind()).isEqualTo(DistributionFile.Kind.SDIST);
        assertThat(first.uri()).hasToString("https://files.example/a/c/download?id=7");
        assertThat(first.hashes()).isEqualTo(Map.of("sha256", "short"));
        assertThat(first.requiresPython()).as("an unreadable specifier fits every Python").isNull();
        assertThat(first.sizeBytes()).isEmpty();
        assertThat(first.uploadTime()).isNull();
        DistributionFile second = files.get(1);
        assertThat(second.hashes()).isEqualTo(wheel.hashes());
        assertThat(second.uri()).hasToString(wheel.url());
        assertThat(second.sizeBytes()).hasValue(123_456_789_012L);
        assertThat(second.uploadTime()).isEqualTo(Instant.parse("2024-05-06T07:08:09.123Z"));
        assertThat(second.requiresPython()).hasToString("<4,>=3.8");
        assertThat(second.yanked()).isEqualTo(new Yanked("broken"));
        assertThat(second.metadataFile()).isEqualTo(new MetadataFile(Map.of("sha256", "aa")));
        assertThat(page.files(Version.parse("2"))).isEmpty();
    }

    @Test
    void anAddressThatIsNoneTakesItsFileAlong() {
        var bad =
                new Link(
                        "foo_bar-2.0.tar.gz",
                        "https://files.example/%zz",
                        Map.of(),
                        -1,
                        Link.NO_TIME,
                        null,
                        null,
                        null);
        Link good = link("foo_bar-1.0.tar.gz");
        var listing = new Listing(List.of(bad, good), ProjectStatus.ACTIVE);
        assertThat(Intake.judge(URI.create("https://files.example/"), listing, false).links())
                .containsExactly(good);
    }

    @Test
    void noFilesIsAPageToo() {
        assertThat(packed(List.of()).versions()).isEmpty();
    }

    @Test
    void versionsAscendAndEveryFileIsUnderItsOwn() {
        for (long seed = 0; seed < 200; seed++) {
            var random = new Random(seed);
            List<Link> links = new ArrayList<>();
            for (int i = random.nextInt(40); i > 0; i--) {
                String version =
                        random.nextInt(3)
                                + "."
                                + random.nextInt(4)
                                + (random.nextBoolean() ? "" : "rc" + random.nextInt(2));
                links.add(link("foo_bar-%s-py%d-none-any.whl".formatted(version, i)));
            }
            PackedPage page = packed(links);
            assertThat(page.versions()).as("seed %d", seed).isSorted().doesNotHaveDuplicates();
            List<String> names = new ArrayList<>();
            for (Version version : page.versions()) {
                assertThat(page.files(version))
                        .as("seed %d", seed)
                        .isNotEmpty()
                        .allMatch(file -> file.version().equals(version));
                page.files(version).forEach(file -> names.add(file.filename()));
            }
            assertThat(names)
                    .as("seed %d", seed)
                    .containsExactlyInAnyOrderElementsOf(
                            links.stream().map(Link::filename).toList());
        }
    }

    @Test
    void whatAVersionIsForIsWhatItsWheelsSayUnlessOneIsYanked() {
        List<String> tags =
                List.of("py3-none-any", "cp312-cp312-manylinux_2_17_x86_64.linux_x86_64");
        List<String> pythons = List.of(">=3.8", "<3", "oops");
        for (long seed = 0; seed < 200; seed++) {
            var random = new Random(seed);
            Map<String, Link> links = new LinkedHashMap<>();
            for (int i = random.nextInt(30); i > 0; i--) {
                Link plain =
                        link(
                                random.nextInt(4) == 0
                                        ? "foo_bar-%d.tar.gz".formatted(random.nextInt(9))
                                        : "foo_bar-%d-%s.whl"
                                                .formatted(
                                                        random.nextInt(9),
                                                        tags.get(random.nextInt(2))));
                links.put(
                        plain.filename(),
                        new Link(
                                plain.filename(),
                                plain.url(),
                                Map.of(),
                                -1,
                                Link.NO_TIME,
                                random.nextBoolean() ? pythons.get(random.nextInt(3)) : null,
                                random.nextInt(8) == 0 ? new Yanked("") : null,
                                null));
            }
            PackedPage page = packed(List.copyOf(links.values()));
            for (Version version : page.versions()) {
                List<DistributionFile> files = page.files(version);
                List<WheelUse> uses = page.uses(version);
                if (files.stream().anyMatch(file -> file.yanked() != null)) {
                    assertThat(uses).as("seed %d", seed).isNull();
                } else {
                    assertThat(uses)
                            .as("seed %d", seed)
                            .isEqualTo(
                                    files.stream()
                                            .filter(file -> file.wheel() != null)
                                            .map(file ->
                                                    new WheelUse(
                                                            file.wheel().tags(),
                                                            file.requiresPython()))
                                            .toList())
                            .isSameAs(page.uses(version));
                }
            }
            assertThat(page.uses(Version.parse("10"))).isNull();
        }
    }

    @Test
    void versionsThatAreForTheSameHaveOneList() {
        PackedPage page =
                packed(
                        List.of(
                                link("foo_bar-1.0-py3-none-any.whl"),
                                link("foo_bar-2.0-py3-none-any.whl"),
                                link("foo_bar-3.0-py2-none-any.whl"),
                                link("foo_bar-4.0.tar.gz")));
        List<List<WheelUse>> uses = page.versions().stream().map(page::uses).toList();
        assertThat(uses.get(1)).isSameAs(uses.get(0));
        assertThat(uses.get(2)).isNotEqualTo(uses.get(0));
        assertThat(uses.get(3)).isEmpty();
    }
}
