package dev.blast.packaging;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigInteger;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.assertj.core.api.SoftAssertions;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** The vectors of the packaging library about versions, specifiers, names and file names. */
class VersionConformanceTest extends Conformance {
    @Test
    void versionsAreOrdered() {
        List<Version> versions =
                vectors().texts("versions_ordered.json").stream().map(Version::parse).toList();
        for (int i = 0; i < versions.size(); i++) {
            for (int j = 0; j < versions.size(); j++) {
                assertThat(Integer.signum(versions.get(i).compareTo(versions.get(j))))
                        .as("%s against %s", versions.get(i), versions.get(j))
                        .isEqualTo(Integer.compare(i, j));
            }
        }
    }

    @Test
    void invalidVersionsAreRefused() {
        allRefused(vectors().texts("versions_invalid.json"), Version::parse);
    }

    @Test
    void versionsAreNormalized() {
        checkAll(
                "versions_normalized.json", "normalized", input -> Version.parse(input).toString());
    }

    @Test
    void versionsHaveTheirParts() {
        var softly = new SoftAssertions();
        for (Map<String, Object> json : vectors().cases("versions_parts.json")) {
            Version version = Version.parse(text(json, "input"));
            VersionParts parts = version.parts();
            var actual = new ArrayList<@Nullable Object>();
            actual.add(version.toString());
            actual.add(version.withoutLocal().toString());
            actual.add(parts.base().toString());
            actual.add(parts.epoch().longValueExact());
            actual.add(parts.release().stream().map(BigInteger::longValueExact).toList());
            actual.add(
                    parts.preLetter() == null
                            ? null
                            : List.of(parts.preLetter(), number(parts.preNumber())));
            actual.add(parts.post() == null ? null : number(parts.post()));
            actual.add(parts.dev() == null ? null : number(parts.dev()));
            actual.add(parts.local());
            actual.add(version.isPrerelease());
            actual.add(version.isDevelopment());
            actual.add(version.isPostrelease());
            var expected = new ArrayList<@Nullable Object>();
            for (String name :
                    List.of(
                            "str",
                            "public",
                            "base",
                            "epoch",
                            "release",
                            "pre",
                            "post",
                            "dev",
                            "local",
                            "is_prerelease",
                            "is_devrelease",
                            "is_postrelease")) {
                expected.add(json.get(name));
            }
            softly.assertThat(actual).as("%s", json).isEqualTo(expected);
        }
        softly.assertAll();
    }

    private static long number(@Nullable BigInteger number) {
        return Objects.requireNonNull(number).longValueExact();
    }

    @Test
    void versionsHaveOneShortestText() {
        checkAll(
                "canonical_versions.json",
                "canonical",
                input ->
                        Version.tryParse(input)
                                .map(version -> version.parts().withoutTrailingZeros().toString())
                                .orElse(input));
    }

    @Test
    void namesAreNormalized() {
        checkAll("canonical_names.json", "canonical", input -> new PackageName(input).normalized());
        checkAll(
                "is_normalized_name.json",
                "normalized",
                input -> new PackageName(input).normalized());
    }

    @Test
    void specifiersContain() {
        var softly = new SoftAssertions();
        for (Map<String, Object> json : vectors().cases("specifier_contains.json")) {
            SpecifierSet specifier = SpecifierSet.parse(text(json, "specifier"));
            String version = text(json, "version");
            boolean prereleases = !Boolean.FALSE.equals(json.get("prereleases"));
            softly.assertThat(specifier.contains(version, prereleases))
                    .as("%s", json)
                    .isEqualTo(json.get("expected"));
        }
        softly.assertAll();
    }

    @Test
    void specifiersFilter() {
        var softly = new SoftAssertions();
        for (Map<String, Object> json : vectors().cases("specifier_filter.json")) {
            SpecifierSet specifier = SpecifierSet.parse(text(json, "specifier"));
            List<String> input = Vectors.strings(json.get("input"));
            softly.assertThat(specifier.filterTexts(input, (Boolean) json.get("prereleases")))
                    .as("%s", json)
                    .isEqualTo(json.get("expected"));
        }
        softly.assertAll();
    }

    @Test
    void specifiersAreValidOrNot() {
        Map<String, Object> file = vectors().object("specifiers_valid_invalid.json");
        for (String valid :
                vectors()
                        .count(
                                "specifiers_valid_invalid.json",
                                Vectors.strings(file.get("valid")))) {
            assertThat(Specifier.parse(valid).toString()).isEqualTo(valid.replaceAll("\\s", ""));
        }
        allRefused(
                vectors()
                        .count(
                                "specifiers_valid_invalid.json",
                                Vectors.strings(file.get("invalid"))),
                Specifier::parse);
    }

    @Test
    void specifiersAreSatisfiableOrNot() {
        var softly = new SoftAssertions();
        for (Map<String, Object> json : vectors().cases("specifier_satisfiability.json")) {
            SpecifierSet specifier = SpecifierSet.parse(text(json, "specifier"));
            boolean prereleases = !Boolean.FALSE.equals(json.get("prereleases"));
            softly.assertThat(specifier.isSatisfiable(prereleases))
                    .as("%s", json)
                    .isNotEqualTo(json.get("unsatisfiable"));
        }
        softly.assertAll();
    }

    @Test
    void specifiersRelate() {
        for (Map<String, Object> json : vectors().cases("specifier_set_relations.json")) {
            VersionSet left = SpecifierSet.parse(text(json, "left")).versions();
            VersionSet right = SpecifierSet.parse(text(json, "right")).versions();
            boolean related =
                    switch (text(json, "relation")) {
                        case "subset" -> left.isSubsetOf(right);
                        case "superset" -> right.isSubsetOf(left);
                        default -> left.isDisjoint(right);
                    };
            assertThat(related).as("%s", json).isEqualTo(json.get("expected"));
        }
    }

    @Test
    void wheelNames() {
        for (Map<String, Object> json : vectors().cases("wheel_filenames.json")) {
            String filename = text(json, "filename");
            if (Boolean.FALSE.equals(json.get("valid"))) {
                allRefused(List.of(filename), WheelName::parse);
                continue;
            }
            WheelName wheel = WheelName.parse(filename);
            assertThat(wheel.name().normalized()).isEqualTo(json.get("name"));
            assertThat(wheel.version().toString()).isEqualTo(json.get("version"));
            List<Object> build =
                    wheel.build() == null
                            ? List.of()
                            : List.of(
                                    wheel.build().number().longValueExact(),
                                    wheel.build().suffix());
            assertThat(build).as(filename).isEqualTo(json.get("build"));
            assertThat(wheel.tags().stream().map(Tag::toString).collect(Collectors.toSet()))
                    .isEqualTo(new HashSet<>(Vectors.strings(json.get("tags"))));
        }
    }

    @Test
    void sdistNames() {
        for (Map<String, Object> json : vectors().cases("sdist_filenames.json")) {
            String filename = text(json, "filename");
            if (Boolean.FALSE.equals(json.get("valid"))) {
                allRefused(List.of(filename), SdistName::parse);
                continue;
            }
            SdistName sdist = SdistName.parse(filename);
            assertThat(sdist.name().normalized()).isEqualTo(json.get("name"));
            assertThat(sdist.version().toString()).isEqualTo(json.get("version"));
        }
    }

    @Test
    void realVersionsAreSorted() {
        List<List<String>> groups = groups();
        @Nullable Version previous = null;
        for (List<String> group : groups) {
            Version first = Version.parse(group.getFirst());
            vectors().count("sample_versions_sorted.json", group);
            assertThat(group).allSatisfy(text -> assertThat(Version.parse(text)).isEqualTo(first));
            if (previous != null) {
                assertThat(first).isGreaterThan(previous);
            }
            previous = first;
        }
    }

    @SuppressWarnings("unchecked")
    private static List<List<String>> groups() {
        return (List<List<String>>)
                Objects.requireNonNull(vectors().array("sample_versions_sorted.json"));
    }

    @Test
    void realSpecifiersContain() {
        var softly = new SoftAssertions();
        for (Map<String, Object> json :
                Vectors.objects(vectors().array("sample_specifier_matrix.json"))) {
            SpecifierSet specifier = SpecifierSet.parse(text(json, "specifier"));
            Set<String> contained = new HashSet<>(Vectors.strings(json.get("contained")));
            Set<String> withPrereleases =
                    new HashSet<>(Vectors.strings(json.get("contained_with_prereleases")));
            VersionSet versions = specifier.versions();
            for (String candidate :
                    vectors()
                            .count(
                                    "sample_specifier_matrix.json",
                                    Vectors.strings(json.get("candidates")))) {
                Version version = Version.parse(candidate);
                softly.assertThat(specifier.contains(version))
                        .as("%s in %s", candidate, specifier)
                        .isEqualTo(contained.contains(candidate));
                softly.assertThat(specifier.contains(version, true))
                        .as("%s in %s with pre-releases", candidate, specifier)
                        .isEqualTo(withPrereleases.contains(candidate));
                softly.assertThat(versions.contains(version))
                        .as("%s in the set %s", candidate, specifier)
                        .isEqualTo(withPrereleases.contains(candidate));
            }
        }
        softly.assertAll();
    }

    /** Every specifier of the vectors against every version of them, by the wording of PEP 440. */
    @Test
    void setsAgreeOnEveryVersion() {
        Set<String> texts =
                new TreeSet<>(Vectors.strings(vectors().array("versions_ordered.json")));
        Vectors.objects(vectors().array("versions_parts.json"))
                .forEach(json -> texts.add(text(json, "input")));
        groups().forEach(texts::addAll);
        Set<String> specifiers = new TreeSet<>();
        for (String file :
                List.of(
                        "specifier_contains.json",
                        "specifier_filter.json",
                        "specifier_satisfiability.json")) {
            Vectors.objects(vectors().array(file))
                    .forEach(json -> specifiers.add(text(json, "specifier")));
        }
        specifiers.removeIf(specifier -> specifier.contains("==="));
        List<Version> versions = texts.stream().map(Version::parse).toList();
        for (String text : specifiers) {
            SpecifierSet specifier = SpecifierSet.parse(text);
            VersionSet set = specifier.versions();
            for (Version version : versions) {
                boolean expected =
                        specifier.specifiers().stream()
                                .allMatch(clause -> Pep440Reference.contains(clause, version));
                assertThat(
                                set.contains(version) == expected
                                        && specifier.contains(version) == expected)
                        .as("%s in %s", version, text)
                        .isTrue();
            }
        }
        System.out.printf(
                "%d specifiers agree on %d versions%n", specifiers.size(), versions.size());
    }
}
