package dev.blast.toml;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TomlMemoryTest {
    private static final String EVERYTHING =
            """
            title = "a \\"quoted\\" \\u00e9 \\n text"
            "a key\\nof two lines" = 'x'
            "" = 1
            dotted.keys.here = -9_223_372_036_854_775_808
            float = 6.02e23
            odd = [nan, -inf, +0.0, -0.0]
            yes = true
            at = 1979-05-27T07:32:00.999-07:00
            local = 1979-05-27T07:32:00
            day = 1979-05-27
            hour = 07:32:00
            nested = [[1, 2], ["a", {b = "c", d = []}], []]
            many = \"\"\"
            lines
            and more \"\"\"

            [tool.blast]
            policies = ["a", "b"]

            [[index]]
            name = "one"
            url = "https://one.example"

            [[index]]
            name = "two"
            [index.more]
            x = 1

            [empty]
            """;

    private final Map<String, String> kept = new HashMap<>();
    private final TomlMemory memory =
            new TomlMemory() {
                @Override
                public Optional<String> read(String document) {
                    return Optional.ofNullable(kept.get(document));
                }

                @Override
                public void keep(String document, String nodes) {
                    kept.put(document, nodes);
                }
            };

    /** With and without a memory: the same values, in the same order, at the same places. */
    @ParameterizedTest
    @ValueSource(strings = {EVERYTHING, "", "# nothing\n", "a = 1", "[a]\n[a.b]\n[c]\nd.e = 1\n"})
    void lawOfMemory(String text) throws TomlException {
        TomlDocument without = TomlDocument.parse("a.toml", text);
        TomlDocument.parse("a.toml", text, memory);
        assertThat(kept).hasSize(1);
        TomlDocument with = TomlDocument.parse("b.toml", text, memory);
        assertThat(with.values().toString()).isEqualTo(without.values().toString());
        for (List<Object> path : paths(without.values(), List.of())) {
            Object[] parts = path.toArray();
            assertThat(with.line(parts)).as("%s", path).isEqualTo(without.line(parts));
            assertThat(with.offset(path)).as("%s", path).isEqualTo(without.offset(path));
            assertThat(with.value(parts)).as("%s", path).isEqualTo(without.value(parts));
            assertThat(with.error("wrong", parts).text())
                    .isEqualTo(without.error("wrong", parts).text().replace("a.toml", "b.toml"));
        }
    }

    private static List<List<Object>> paths(Object value, List<Object> to) {
        var paths = new ArrayList<List<Object>>();
        if (!to.isEmpty()) {
            paths.add(to);
            paths.add(longer(to, "missing"));
        }
        if (value instanceof Map<?, ?> table) {
            table.forEach((key, below) -> paths.addAll(paths(below, longer(to, key))));
        } else if (value instanceof List<?> list) {
            for (int i = 0; i < list.size(); i++) {
                paths.addAll(paths(list.get(i), longer(to, i)));
            }
        }
        return paths;
    }

    private static List<Object> longer(List<Object> path, Object part) {
        var longer = new ArrayList<>(path);
        longer.add(part);
        return longer;
    }

    @Test
    void whatIsCutOffIsParsedAgain() throws TomlException {
        TomlDocument.parse("a.toml", EVERYTHING, memory);
        String whole = kept.values().iterator().next();
        Object values = TomlDocument.parse("a.toml", EVERYTHING).values().toString();
        for (int length = 0; length < whole.length(); length++) {
            String cut = whole.substring(0, length);
            assertThat(TomlNode.read(cut)).as("%d", length).isEmpty();
        }
        kept.replaceAll((_, it) -> it.replace("table", "chair"));
        assertThat(TomlDocument.parse("a.toml", EVERYTHING, memory).values().toString())
                .isEqualTo(values);
        assertThat(kept).containsValue(whole);
    }

    @Test
    void aMistakeIsNotKept() {
        assertThatThrownBy(() -> TomlDocument.parse("a.toml", "a = ", memory))
                .isInstanceOf(TomlException.class);
        assertThat(kept).isEmpty();
    }
}
