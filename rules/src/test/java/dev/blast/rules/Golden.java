package dev.blast.rules;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.function.UnaryOperator;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Inputs with the texts that come out, in one file that people review: {@code === title}, the
 * input, {@code ---}, the output. {@code -Dgolden.update=true} writes the outputs anew.
 */
final class Golden {
    private static final Pattern CASE =
            Pattern.compile("(?ms)^=== ([^\\n]*)\\n(.*?)^---\\n(.*?)(?=^=== |\\z)");

    private Golden() {}

    /**
     * Holds a page against what its tables are made from. One stands between {@code <!-- NAME: made
     * from …; TEST -->} and {@code <!-- end -->}.
     *
     * @param test the class that says what they are
     * @param tables by name, all of them
     */
    static void checkTables(Path page, Class<?> test, Map<String, String> tables)
            throws IOException {
        var table =
                Pattern.compile(
                        "(?s)(<!-- (\\w+): made from the \\w+; %s -->\\n).*?(<!-- end -->)"
                                .formatted(test.getSimpleName()));
        String text = Files.readString(page);
        String expected =
                table.matcher(text)
                        .replaceAll(it ->
                                Matcher.quoteReplacement(
                                        "%s\n%s\n%s"
                                                .formatted(
                                                        it.group(1),
                                                        tables.get(it.group(2)),
                                                        it.group(3))));
        if (Boolean.getBoolean("golden.update")) {
            Files.writeString(page, expected);
        }
        assertThat(expected)
                .as("%s (write anew with -Dgolden.update=true)", page)
                .isEqualTo(Files.readString(page));
        assertThat(table.matcher(text).results()).hasSameSizeAs(tables.keySet());
    }

    static void check(String name, UnaryOperator<String> output) throws IOException {
        Path file = Fixtures.ROOT.resolve("rules/src/test/resources/golden/" + name);
        String expected = Files.readString(file);
        var actual = new StringBuilder();
        Matcher cases = CASE.matcher(expected);
        while (cases.find()) {
            String input = cases.group(2);
            actual.append("=== ").append(cases.group(1)).append('\n').append(input).append("---\n");
            actual.append(output.apply(input)).append('\n');
        }
        if (Boolean.getBoolean("golden.update")) {
            Files.writeString(file, actual);
        }
        assertThat(actual.toString())
                .as("%s (write anew with -Dgolden.update=true)", name)
                .isEqualTo(Files.readString(file));
    }
}
