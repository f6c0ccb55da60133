package dev.blast.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * What {@code policy lint --format sarif} writes has what SARIF 2.1.0 requires, section by section
 * of the standard, and says it of the places where the mistakes are.
 */
final class SarifShapeTest {
    private static final Pattern LINE = Pattern.compile("(?m)^([^\\s:]+\\.drl):(\\d+):(\\d+): ");

    private static final String WRONG =
            """
            rule "\u00e9 \ud83d\ude00" when /* \ud83d\ude00 */ Conection( hots == "b" ) then alow() end
            rule "other" when Connection( prot == 443 ) then allow() end
            """
                    .replace("\n", "\r\n");

    /** Nothing more is read of such a file. */
    private static final String STEERING =
            "rule \"\u001b[31m\" when Connection( port == 443 ) then allow(); end\n";

    private static final String IDLE =
            """
            rule "never" when Connection( port == 1, port == 2 ) then allow(); end
            rule "all" when Connection( host glob "*.example" ) then allow(); end
            rule "some" when Connection( host == "a.example" ) then allow(); end
            """;

    @TempDir Path home;

    private Path policies;

    @BeforeEach
    void aProject() throws IOException {
        policies = Files.createDirectories(home.resolve("sh op/policies"));
        Files.writeString(
                policies.resolveSibling("pyproject.toml"),
                "[project]\nname = \"shop\"\nversion = \"1\"\n");
    }

    private Cli.Said lint(String... words) {
        var variables = Map.of("HOME", home.toString(), "PATH", System.getenv("PATH"));
        var all = new ArrayList<String>(List.of("policy", "lint"));
        all.addAll(List.of(words));
        return new Cli(policies.resolveSibling(""), variables).run(all.toArray(String[]::new));
    }

    private JsonObject log() {
        return JsonParser.parseString(lint("--format", "sarif").out()).getAsJsonObject();
    }

    @Test
    void errorsHaveTheShapeAndTheirPlaces() throws IOException {
        Files.writeString(policies.resolve("net.drl"), WRONG);
        Files.writeString(policies.resolve("b %25#\u00e9.drl"), WRONG);
        Files.writeString(policies.resolve("steering.drl"), STEERING);
        List<JsonObject> results = results(log());
        assertThat(results.stream().map(it -> text(it, "ruleId")))
                .contains("unknown-field", "unseen-character");
        assertThat(results).allMatch(it -> text(it, "level").equals("error"));
        assertThat(results.stream().filter(it -> it.has("fixes"))).isNotEmpty();
        assertThat(places(results, "net.drl")).containsExactlyElementsOf(said("net.drl"));
    }

    @Test
    void warningsHaveTheShapeAndTheirPlaces() throws IOException {
        Files.writeString(policies.resolve("idle.drl"), IDLE);
        List<JsonObject> results = results(log());
        assertThat(results.stream().map(it -> text(it, "ruleId")))
                .contains("never-fires", "shadowed");
        assertThat(results).allMatch(it -> text(it, "level").equals("warning"));
        assertThat(places(results, "idle.drl")).containsExactlyElementsOf(said("idle.drl"));
    }

    @Test
    void whereNothingIsFoundThereIsALogWithoutResults() {
        assertThat(results(log())).isEmpty();
    }

    /** As the text names them. */
    private List<String> said(String file) {
        var places = new ArrayList<String>();
        Cli.Said said = lint();
        Matcher line = LINE.matcher(said.out() + said.err());
        while (line.find()) {
            if (line.group(1).endsWith(file)) {
                places.add(line.group(2) + ":" + line.group(3));
            }
        }
        assertThat(places).isNotEmpty();
        return places;
    }

    private static List<String> places(List<JsonObject> results, String file) {
        return results.stream()
                .map(it -> place(it.getAsJsonArray("locations").get(0)))
                .filter(it -> text(object(it, "artifactLocation"), "uri").endsWith(file))
                .map(it -> object(it, "region"))
                .map(it -> number(it, "startLine") + ":" + number(it, "startColumn"))
                .toList();
    }

    private static JsonObject place(JsonElement location) {
        return object(location.getAsJsonObject(), "physicalLocation");
    }

    /** The results of a log, after all of it was looked at. */
    private static List<JsonObject> results(JsonObject log) {
        assertThat(text(log, "version")).as("3.13.2").isEqualTo("2.1.0");
        assertThat(URI.create(text(log, "$schema")).isAbsolute()).as("3.13.3").isTrue();
        JsonArray runs = log.getAsJsonArray("runs");
        assertThat(runs).as("3.13.4").hasSize(1);
        JsonObject run = runs.get(0).getAsJsonObject();
        assertThat(text(run, "columnKind")).as("3.14.27").isEqualTo("unicodeCodePoints");
        run.getAsJsonObject("originalUriBaseIds")
                .entrySet()
                .forEach(it -> {
                    URI base = URI.create(text(it.getValue().getAsJsonObject(), "uri"));
                    assertThat(base.isAbsolute()).as("3.14.14").isTrue();
                    assertThat(base.toString()).as("3.14.14").endsWith("/");
                });
        JsonObject driver = object(object(run, "tool"), "driver");
        assertThat(text(driver, "name")).as("3.19.8").isNotBlank();
        List<String> rules = rules(driver.getAsJsonArray("rules"));
        var results = new ArrayList<JsonObject>();
        for (JsonElement each : run.getAsJsonArray("results")) {
            JsonObject result = each.getAsJsonObject();
            results.add(result);
            result(result, rules, run.getAsJsonObject("originalUriBaseIds"));
        }
        return results;
    }

    private static List<String> rules(JsonArray rules) {
        var ids = new ArrayList<String>();
        for (JsonElement each : rules) {
            JsonObject rule = each.getAsJsonObject();
            ids.add(text(rule, "id"));
            assertThat(text(object(rule, "shortDescription"), "text")).as("3.49.9").isNotBlank();
            assertThat(text(object(rule, "help"), "text")).as("3.49.13").isNotBlank();
            assertThat(text(object(rule, "defaultConfiguration"), "level"))
                    .as("3.50.3")
                    .isIn("none", "note", "warning", "error");
        }
        assertThat(ids).as("3.49.3: each once").doesNotHaveDuplicates();
        return ids;
    }

    private static void result(JsonObject result, List<String> rules, JsonObject bases) {
        assertThat(rules.get(number(result, "ruleIndex")))
                .as("3.27.6")
                .isEqualTo(text(result, "ruleId"));
        assertThat(text(result, "level")).as("3.27.10").isIn("none", "note", "warning", "error");
        assertThat(text(object(result, "message"), "text")).as("3.11.8").isNotBlank();
        JsonArray locations = result.getAsJsonArray("locations");
        assertThat(locations).as("3.27.12").hasSize(1);
        JsonObject place = place(locations.get(0));
        file(object(place, "artifactLocation"), bases);
        region(object(place, "region"));
        if (result.has("fixes")) {
            for (JsonElement fix : result.getAsJsonArray("fixes")) {
                fix(fix.getAsJsonObject(), bases);
            }
        }
    }

    private static void fix(JsonObject fix, JsonObject bases) {
        assertThat(fix.getAsJsonArray("artifactChanges")).as("3.55.3").isNotEmpty();
        for (JsonElement each : fix.getAsJsonArray("artifactChanges")) {
            JsonObject change = each.getAsJsonObject();
            file(object(change, "artifactLocation"), bases);
            assertThat(change.getAsJsonArray("replacements")).as("3.56.3").isNotEmpty();
            for (JsonElement replacement : change.getAsJsonArray("replacements")) {
                region(object(replacement.getAsJsonObject(), "deletedRegion"));
                assertThat(object(replacement.getAsJsonObject(), "insertedContent").has("text"))
                        .as("3.57.4")
                        .isTrue();
            }
        }
    }

    /** A relative one has a base, which is there, and leads out of it nowhere. */
    private static void file(JsonObject location, JsonObject bases) {
        URI uri = URI.create(text(location, "uri"));
        if (!uri.isAbsolute()) {
            assertThat(bases.keySet()).as("3.4.4").contains(text(location, "uriBaseId"));
            assertThat(uri.getPath()).doesNotStartWith("/").doesNotContain("..");
            URI base = URI.create(text(object(bases, text(location, "uriBaseId")), "uri"));
            assertThat(Path.of(base.resolve(uri))).exists();
        }
    }

    private static void region(JsonObject region) {
        List<Integer> places =
                List.of(
                        number(region, "startLine"),
                        number(region, "startColumn"),
                        number(region, "endLine"),
                        number(region, "endColumn"));
        assertThat(places).as("3.30.5 to 3.30.8: from 1").allMatch(it -> it >= 1);
        assertThat(places.get(2)).as("3.30.7").isGreaterThanOrEqualTo(places.get(0));
        assertThat(places.get(0) < places.get(2) || places.get(1) <= places.get(3))
                .as("3.30.8: behind the last character")
                .isTrue();
    }

    private static JsonObject object(JsonObject of, String name) {
        assertThat(of.keySet()).contains(name);
        return of.getAsJsonObject(name);
    }

    private static String text(JsonObject of, String name) {
        assertThat(of.keySet()).contains(name);
        return of.get(name).getAsString();
    }

    private static int number(JsonObject of, String name) {
        assertThat(of.keySet()).contains(name);
        return of.get(name).getAsInt();
    }
}
