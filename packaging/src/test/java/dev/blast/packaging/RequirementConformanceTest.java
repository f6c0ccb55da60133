package dev.blast.packaging;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.assertj.core.api.SoftAssertions;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/**
 * The vectors of the packaging library about markers and requirements. Names and extras are
 * compared in normal form: that is how Blast keeps them, while the library keeps their spelling.
 */
class RequirementConformanceTest extends Conformance {
    @Test
    void markersEvaluate() {
        Map<String, Object> file = vectors().object("markers_evaluate.json");
        var softly = new SoftAssertions();
        for (Map<String, Object> json :
                vectors().count("markers_evaluate.json", Vectors.objects(file.get("cases")))) {
            var variables = new HashMap<>(Vectors.map(file.get("base_environment")));
            variables.putAll(Vectors.map(json.get("environment")));
            softly.assertThat(evaluated(text(json, "marker"), variables, text(json, "context")))
                    .as("%s", json)
                    .isEqualTo(json.get("expected"));
        }
        softly.assertAll();
    }

    /** The verdict, or the library's name of the error. */
    private static Object evaluated(String text, Map<String, Object> variables, String context) {
        Marker marker = Marker.parse(text);
        MarkerEnvironment environment = environment(variables);
        try {
            // A set in the environment, or a lock file, asks the way PEP 751 does.
            if (context.equals("lock_file")
                    || variables.containsKey("extras")
                    || variables.containsKey("dependency_groups")) {
                return marker.evaluateLocked(
                        environment,
                        names(variables.get("extras")),
                        names(variables.get("dependency_groups")));
            }
            String extra = (String) variables.getOrDefault("extra", "");
            return marker.evaluate(
                    environment, extra.isEmpty() ? Set.of() : Set.of(new ExtraName(extra)));
        } catch (UndefinedMarkerException e) {
            return switch (e.kind()) {
                case COMPARISON -> "UndefinedComparison";
                case VARIABLE -> "UndefinedEnvironmentName";
            };
        }
    }

    private static Set<ExtraName> names(@Nullable Object names) {
        return names == null
                ? Set.of()
                : Vectors.strings(names).stream().map(ExtraName::new).collect(Collectors.toSet());
    }

    private static MarkerEnvironment environment(Map<String, Object> variables) {
        return MarkerEnvironment.from(
                variables.entrySet().stream()
                        .filter(entry -> entry.getValue() instanceof String)
                        .collect(
                                Collectors.toMap(
                                        Map.Entry::getKey, entry -> (String) entry.getValue())));
    }

    @Test
    void markersAreValidOrNot() {
        Map<String, Object> file = vectors().object("markers_valid_invalid.json");
        List<String> valid =
                vectors().count("markers_valid_invalid.json", Vectors.strings(file.get("valid")));
        for (String text : valid) {
            String canonical = Marker.parse(text).toString();
            assertThat(Marker.parse(canonical).toString()).isEqualTo(canonical);
        }
        allRefused(
                vectors().count("markers_valid_invalid.json", Vectors.strings(file.get("invalid"))),
                Marker::parse);
    }

    @Test
    void markersHaveOneText() {
        checkAll("markers_canonical.json", "canonical", input -> Marker.parse(input).toString());
    }

    @Test
    void markersEvaluateInThreeEnvironments() {
        Map<String, Object> file = vectors().object("markers_in_three_environments.json");
        Map<String, Object> environments = Vectors.map(file.get("environments"));
        var softly = new SoftAssertions();
        for (Map<String, Object> json : Vectors.objects(file.get("cases"))) {
            for (String name :
                    vectors()
                            .count(
                                    "markers_in_three_environments.json",
                                    List.copyOf(environments.keySet()))) {
                softly.assertThat(
                                evaluated(
                                        text(json, "marker"),
                                        Vectors.map(environments.get(name)),
                                        "metadata"))
                        .as("%s in %s", json, name)
                        .isEqualTo(json.get(name));
            }
        }
        softly.assertAll();
    }

    @Test
    void requirementsAreValid() {
        var softly = new SoftAssertions();
        for (Map<String, Object> json : vectors().cases("requirements_valid.json")) {
            check(softly, json);
        }
        softly.assertAll();
    }

    private static Requirement check(SoftAssertions softly, Map<String, Object> json) {
        Requirement requirement = Requirement.parse(text(json, "input"));
        List<String> extras = Vectors.strings(json.get("extras"));
        String spelled =
                text(json, "name") + (extras.isEmpty() ? "" : "[" + String.join(",", extras) + "]");
        assertThat(text(json, "str")).startsWith(spelled);
        var normal = new TreeSet<String>();
        extras.forEach(extra -> normal.add(new ExtraName(extra).normalized()));
        String expected =
                new PackageName(text(json, "name")).normalized()
                        + (normal.isEmpty() ? "" : "[" + String.join(",", normal) + "]")
                        + text(json, "str").substring(spelled.length());
        softly.assertThat(requirement.canonical()).as("%s", json).isEqualTo(expected);
        softly.assertThat(requirement.specifier().toString())
                .as("%s", json)
                .isEqualTo(json.get("specifier"));
        softly.assertThat(requirement.url()).as("%s", json).isEqualTo(json.get("url"));
        softly.assertThat(requirement.marker() == null ? null : requirement.marker().toString())
                .as("%s", json)
                .isEqualTo(json.get("marker"));
        softly.assertThat(Requirement.parse(requirement.canonical()))
                .as("%s", json)
                .isEqualTo(requirement);
        return requirement;
    }

    @Test
    void invalidRequirementsAreRefused() {
        allRefused(vectors().texts("requirements_invalid.json"), Requirement::parse);
    }

    @Test
    void requirementsAreEqualOrNot() {
        for (Map<String, Object> json : vectors().cases("requirements_equality.json")) {
            Requirement a = Requirement.parse(text(json, "a"));
            Requirement b = Requirement.parse(text(json, "b"));
            assertThat(a.equals(b)).as("%s", json).isEqualTo(json.get("equal"));
            assertThat(a.hashCode() == b.hashCode()).as("%s", json).isEqualTo(json.get("equal"));
        }
    }

    @Test
    void realRequirements() {
        Map<String, Object> file = vectors().object("sample_requirements.json");
        Map<String, Object> environments = Vectors.map(file.get("environments"));
        var softly = new SoftAssertions();
        for (Map<String, Object> json :
                vectors().count("sample_requirements.json", Vectors.objects(file.get("cases")))) {
            Requirement requirement = check(softly, json);
            Vectors.map(json.get("eval"))
                    .forEach((name, applies) ->
                            softly.assertThat(
                                            requirement.appliesTo(
                                                    environment(
                                                            Vectors.map(environments.get(name))),
                                                    Set.of()))
                                    .as("%s in %s", requirement, name)
                                    .isEqualTo(applies));
        }
        softly.assertAll();
        allRefused(
                vectors().count("sample_requirements.json", Vectors.strings(file.get("invalid"))),
                Requirement::parse);
    }
}
