package dev.blast.solver.lock;

import static org.assertj.core.api.Assertions.assertThat;

import dev.blast.index.DistributionFile;
import dev.blast.packaging.LockedPackage;
import dev.blast.packaging.LockedSource;
import dev.blast.packaging.PackageName;
import dev.blast.packaging.Version;
import java.net.URI;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.OptionalLong;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class LockedSourcesTest {
    private static final Path FOLDER = Path.of("/home/me/shop");
    private static final Version VERSION = Version.parse("1.0");

    /** As it is written, and read again in another place than the working directory. */
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "EDITABLE | file:///home/me/shop | {path=., editable=true}",
                "FOLDER | file:///home/me/lib | {path=../lib}",
                "EDITABLE | file:///home/me/shop/a%20b#subdirectory=c"
                        + " | {path=a b, editable=true, subdirectory=c}",
                "CHECKOUT | git+https://x.example/a@0123456789012345678901234567890123456789"
                        + " | {type=git, url=https://x.example/a, commit-id=0123456789012345678901234567890123456789}",
                "CHECKOUT | git+ssh://git@x.example/a@0123456789012345678901234567890123456789#subdirectory=s&requested=main"
                        + " | {type=git, url=ssh://git@x.example/a, requested-revision=main, commit-id=0123456789012345678901234567890123456789, subdirectory=s}",
            })
    void aSourceIsLockedAsItIs(DistributionFile.Kind kind, String uri, String locked) {
        DistributionFile file = file(kind, uri);
        LockedSource source = Objects.requireNonNull(LockedSources.of(file, FOLDER));
        assertThat(source.toMap()).hasToString(locked);
        assertThat(LockedSources.file(of(source), VERSION, FOLDER)).isEqualTo(file);
    }

    @ParameterizedTest
    @CsvSource({"hg, 0123456789012345678901234567890123456789", "git, main", "git, --upload-pack"})
    void whatNobodyCanBringIsNoFile(String type, String commit) {
        var repository =
                new LockedSource.Repository(type, "https://x.example/a", null, null, commit, null);
        assertThat(LockedSources.file(of(repository), VERSION, FOLDER)).isNull();
    }

    /** A branch that led to a commit is no part of it; a folder of it is. */
    @ParameterizedTest
    @CsvSource({
        "#requested=main, '', true",
        "#requested=main, #requested=v2, true",
        "#subdirectory=s&requested=main, #subdirectory=s, true",
        "#subdirectory=s, '', false",
        "#subdirectory=s, #subdirectory=t, false",
    })
    void aCommitIsTheSameWhateverLedToIt(String one, String other, boolean same) {
        String commit = "git+https://x.example/a@0123456789012345678901234567890123456789";
        DistributionFile file = file(DistributionFile.Kind.CHECKOUT, commit + one);
        assertThat(
                        LockedSources.areSame(
                                file, file(DistributionFile.Kind.CHECKOUT, commit + other)))
                .isEqualTo(same);
        String another = commit.replace("@0", "@1") + one;
        assertThat(LockedSources.areSame(file, file(DistributionFile.Kind.CHECKOUT, another)))
                .isFalse();
    }

    private static LockedPackage of(LockedSource source) {
        return new LockedPackage(
                new PackageName("a"),
                VERSION,
                null,
                null,
                List.of(),
                source,
                null,
                null,
                List.of(),
                List.of(),
                Map.of());
    }

    private static DistributionFile file(DistributionFile.Kind kind, String uri) {
        return new DistributionFile(
                "a-1.0",
                URI.create(uri),
                kind,
                VERSION,
                null,
                Map.of(),
                OptionalLong.empty(),
                null,
                null,
                null,
                null);
    }
}
