package dev.blast.packaging;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class VersionSetTest {
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            textBlock =
                    """
                    >=1.26,<2            | >=1.26,<2
                    <2,>=1.26.0          | >=1.26.0,<2
                    ==1.5.*              | ==1.5.*
                    ==1.5                | ==1.5
                    ==1.5+local          | ==1.5+local
                    !=1.5                | !=1.5
                    !=1.5.*              | !=1.5.*
                    >=1,!=1.5,!=1.7.*,<2 | >=1,!=1.5,!=1.7.*,<2
                    ~=2.2                | >=2.2,<3
                    ~=1.4.5              | >=1.4.5,<1.5
                    <=1.0                | <=1.0
                    <=1.0.post2          | <=1.0.post2
                    >1.0                 | >1.0
                    >1.0.post1           | >1.0.post1
                    >1.0a1               | >=1.0a2.dev0
                    <2rc1                | <2rc1
                    <1.0.post1           | <=1.0.post0
                    >=1.0,!=1.0          | >=1.0,!=1.0
                    <=2,!=2              | !=2,<=2
                    ''                   | any
                    >=2,<1               | none
                    >=0.dev0             | any
                    ==1.0,!=1.0+x        | ==1.0,!=1.0+x
                    """)
    void readsAsSpecifiers(String specifier, String text) {
        assertThat(SpecifierSet.parse(specifier).versions()).hasToString(text);
    }

    @Test
    void readsAsAlternatives() {
        assertThat(specified("<1").or(specified(">=2"))).hasToString("<1 | >=2");
        assertThat(specified(">=1,<2").not()).hasToString("!=1,<=1 | >=2.dev0");
        assertThat(specified(">1").not()).hasToString("<=1.post*");
        assertThat(specified("==1").or(specified("==2"))).hasToString("==1 | ==2");
        assertThat(VersionSet.of(Version.parse("1.5"))).hasToString("==1.5");
        assertThat(VersionSet.of(Version.parse("1.5")).not()).hasToString("!=1.5");
    }

    private static VersionSet specified(String text) {
        return SpecifierSet.parse(text).versions();
    }

    /** "a | b" as specifiers; what no specifier can say is not read here. */
    private static VersionSet read(String text) {
        return switch (text) {
            case "any" -> VersionSet.ALL;
            case "none" -> VersionSet.EMPTY;
            default ->
                    Arrays.stream(text.split(" \\| ", -1))
                            .map(VersionSetTest::specified)
                            .reduce(VersionSet.EMPTY, VersionSet::or);
        };
    }

    @Test
    void theTextOfWhatSpecifiersSaySaysTheSame() {
        for (long seed = 0; seed < 20_000; seed++) {
            VersionSet set = new Anything(seed).specifierSet().versions();
            if (set.toString().matches(".*[<>]=?[^,]*\\+.*")) {
                continue; // PEP 440 has no order with local versions, which ==1.0,!=1.0+a,!=1.0+b
                // ends up with
            }
            assertThat(read(set.toString())).as("seed %d: %s", seed, set).isEqualTo(set);
        }
    }

    @Test
    void operationsAreThoseOfSets() {
        for (long seed = 0; seed < 20_000; seed++) {
            var anything = new Anything(seed);
            VersionSet a = anything.set();
            VersionSet b = anything.set();
            for (int i = 0; i < 4; i++) {
                Version v = anything.version();
                boolean inA = a.contains(v);
                boolean inB = b.contains(v);
                assertThat(a.and(b).contains(v)).as("seed %d", seed).isEqualTo(inA && inB);
                assertThat(a.or(b).contains(v)).as("seed %d", seed).isEqualTo(inA || inB);
                assertThat(a.minus(b).contains(v)).as("seed %d", seed).isEqualTo(inA && !inB);
                assertThat(a.not().contains(v)).as("seed %d", seed).isNotEqualTo(inA);
            }
            assertThat(a.not().not()).as("seed %d", seed).isEqualTo(a);
            assertThat(a.and(b))
                    .as("seed %d", seed)
                    .isEqualTo(b.and(a))
                    .hasSameHashCodeAs(b.and(a));
            assertThat(a.or(b).and(a)).as("seed %d", seed).isEqualTo(a);
            assertThat(a.isSubsetOf(b)).as("seed %d", seed).isEqualTo(a.and(b).equals(a));
            assertThat(a.isDisjoint(b)).as("seed %d", seed).isEqualTo(a.and(b).isEmpty());
            assertThat(a.and(b).isSubsetOf(a)).as("seed %d", seed).isTrue();
        }
    }

    /**
     * Without this, a set could be empty and not know it, and equality would not be that of sets.
     */
    @Test
    void everySpanHoldsAVersion() {
        for (long seed = 0; seed < 20_000; seed++) {
            var anything = new Anything(seed);
            VersionSet set = anything.set().minus(anything.set());
            for (Span span : set.spans()) {
                assertThat(span.contains(witness(span))).as("seed %d: %s", seed, span).isTrue();
            }
        }
    }

    private static Version witness(Span span) {
        Version version = span.from().version();
        String zeros = "";
        while (true) {
            Version close =
                    switch (span.from().kind()) {
                        case BEFORE -> version;
                        case RIGHT_AFTER ->
                                Version.parse(
                                        version + (version.isLocal() ? "." : "+") + zeros + "0a");
                        case AFTER_POSTS ->
                                Version.parse(version + zeros.replace("0", ".0") + ".1.dev0");
                        case TOP -> throw new IllegalStateException("no span begins at the top");
                    };
            if (span.contains(close) || zeros.length() > 8) {
                return close;
            }
            zeros += "0";
        }
    }

    @Test
    void oneVersionIsASetWithoutItsLocalVersions() {
        VersionSet set = VersionSet.of(Version.parse("1.0"));
        assertThat(set.contains(Version.parse("1.0.0"))).isTrue();
        assertThat(set.contains(Version.parse("1.0+a"))).isFalse();
        assertThat(set.isSubsetOf(specified("==1.0"))).isTrue();
        assertThat(specified("==1.0").isSubsetOf(set)).isFalse();
    }
}
