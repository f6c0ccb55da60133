package dev.blast.environment.advisories;

import static org.assertj.core.api.Assertions.assertThat;

import dev.blast.environment.EnvironmentException;
import dev.blast.environment.advisories.HolesInUse.Parted;
import dev.blast.packaging.PackageName;
import dev.blast.packaging.Version;
import dev.blast.rules.Context;
import dev.blast.rules.Loading;
import dev.blast.rules.Policy;
import dev.blast.rules.fact.Purpose;
import dev.blast.rules.fact.Session;
import dev.blast.rules.source.Layer;
import dev.blast.rules.source.PolicyFile;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Which holes count for a project. */
final class HolesInUseTest {
    private static final PackageName WORDS = new PackageName("words");
    private static final String NONE = "rule \"any\" when Candidate( ) then allow(); end";
    private static final String ASIDE =
            """
            rule "not reachable"
                @reason("we count no words")
            when
                Advisory( aliases contains "PYSEC-2", mended == true )
            then
                ignore();
            end
            """;

    @Test
    void countsWhatNoRuleSetsAside() throws EnvironmentException {
        HolesInUse all = holes(NONE, true, "1.0");
        assertThat(all.of(WORDS, Version.parse("1.0"))).containsExactly("CVE-1", "CVE-2");
        HolesInUse some = holes(ASIDE, true, "1.0");
        assertThat(some.of(WORDS, Version.parse("1.0"))).containsExactly("CVE-1");
        Parted parted = some.parted(WORDS, Version.parse("1.0"));
        assertThat(parted.aside()).extracting(it -> it.hole().id()).containsExactly("CVE-2");
        assertThat(parted.aside().getFirst().why().text()).isEqualTo("we count no words");
        HolesInUse untrusted = holes(ASIDE, false, "1.0");
        assertThat(untrusted.of(WORDS, Version.parse("1.0"))).containsExactly("CVE-1", "CVE-2");
    }

    @Test
    void mendsWhatCountsInTheVersionInUse() throws EnvironmentException {
        HolesInUse all = holes(NONE, true, "1.0");
        assertThat(all.mends(WORDS, Version.parse("1.0"))).isFalse();
        assertThat(all.mends(WORDS, Version.parse("1.5"))).isTrue();
        assertThat(all.mends(new PackageName("other"), Version.parse("1.5"))).isFalse();
        assertThat(holes(ASIDE, true, "2.5").mends(WORDS, Version.parse("3.0"))).isFalse();
        assertThat(holes(NONE, true, "2.5").mends(WORDS, Version.parse("3.0"))).isTrue();
    }

    /** What is read ahead is asked about while the search asks. */
    @Test
    void manyMayAskAtOnce() throws EnvironmentException {
        HolesInUse holes = holes(ASIDE, true, "1.0");
        List<Integer> counts =
                IntStream.range(0, 4_000)
                        .parallel()
                        .mapToObj(at -> Version.parse("1." + at % 200))
                        .map(version -> holes.of(WORDS, version).size())
                        .toList();
        assertThat(counts.stream().distinct().sorted().toList()).containsExactly(0, 1);
    }

    private static HolesInUse holes(String rules, boolean trusted, String used)
            throws EnvironmentException {
        List<OsvDocument> documents = new ArrayList<>();
        documents.add(document("PYSEC-1", "CVE-1", "introduced 0, fixed 1.5"));
        documents.add(
                document("PYSEC-2", "CVE-2", "introduced 0, fixed 1.1, introduced 2, fixed 3"));
        String lines =
                Holes.of(documents).stream()
                        .map(hole -> hole.line() + "\n")
                        .collect(Collectors.joining());
        return new HolesInUse(
                new AdvisorySet(lines.getBytes(StandardCharsets.UTF_8), Instant.EPOCH),
                policy(rules, trusted),
                context(),
                Instant.EPOCH,
                Map.of(WORDS, Version.parse(used)));
    }

    private static OsvDocument document(String id, String alias, String events)
            throws EnvironmentException {
        return OsvReader.read(
                id,
                Osv.document(id)
                        .with("\"aliases\": [\"%s\"]".formatted(alias))
                        .of("words", events, null)
                        .json());
    }

    private static Policy policy(String rules, boolean trusted) {
        var file = new PolicyFile(Layer.PROJECT, "policies/own.drl", rules, trusted);
        return ((Loading.Loaded) Policy.load(List.of(file))).policy();
    }

    private static Context context() {
        Path here = Path.of("/shop");
        return new Context(
                new Session(
                        "me",
                        false,
                        false,
                        "shop",
                        here,
                        here,
                        here,
                        here,
                        Version.parse("3.12"),
                        "linux",
                        "blast",
                        Purpose.RESOLVE),
                List.of());
    }
}
