package dev.blast.solver.search;

import static org.assertj.core.api.Assertions.assertThat;

import dev.blast.index.IndexException;
import dev.blast.rules.vocabulary.Objective;
import dev.blast.solver.Appraisal;
import dev.blast.solver.Golden;
import dev.blast.solver.MemoryIndex;
import dev.blast.solver.Pin;
import dev.blast.solver.Preferences;
import dev.blast.solver.Progress;
import dev.blast.solver.Request;
import dev.blast.solver.Requests;
import dev.blast.solver.Resolution;
import dev.blast.solver.Strategy;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** What docs/solving.md says of strategies is what the code does. */
final class StrategyGuideTest {
    private static final Path GUIDE = Path.of("../docs/solving.md");
    private static final Pattern TABLE =
            Pattern.compile(
                    "(?s)(<!-- objectives: made from the code; StrategyGuideTest -->\\n).*?(<!-- end -->)");

    @Test
    void theTableOfObjectivesIsThatOfTheCode() throws IOException {
        String guide = Files.readString(GUIDE);
        String rows =
                Arrays.stream(Objective.values())
                        .map(it -> "| `%s` | %s |\n".formatted(it.word(), it.counts()))
                        .collect(Collectors.joining());
        String table = "\n| Objective | Counts; less is better |\n| --- | --- |\n" + rows + "\n";
        String expected =
                TABLE.matcher(guide)
                        .replaceAll(
                                it -> Matcher.quoteReplacement(it.group(1) + table + it.group(2)));
        if (Boolean.getBoolean("golden.update")) {
            Files.writeString(GUIDE, expected);
        }
        assertThat(expected)
                .as("%s (write anew with -Dgolden.update=true)", GUIDE)
                .isEqualTo(Files.readString(GUIDE));
        assertThat(TABLE.matcher(guide).results()).hasSize(1);
    }

    /**
     * The example of the guide: the same request and the same lock, by one strategy after another.
     */
    @Test
    void theExampleIsReal() throws IOException, IndexException {
        Request first = Requests.of("app<2").with(Strategy.NEWEST);
        List<Pin> locked = resolve(first, index("1", "2")).pins();
        MemoryIndex index = index("1", "2", "3");
        Request now = Requests.of("app").with(lock(locked));
        var text = new StringBuilder();
        for (Strategy strategy :
                List.of(
                        Strategy.STABLE,
                        Strategy.NEWEST,
                        Strategy.LOWEST,
                        Strategy.LOWEST_DIRECT)) {
            Request asked = now.with(strategy);
            Resolution answer = resolve(asked, index);
            text.append("%s: %s\n".formatted(strategy.name(), versions(answer.pins())));
            for (Appraisal.Line line : new Valuation(asked, index).of(answer).lines()) {
                text.append(
                        "  %d. %-14s %d, at least %d\n"
                                .formatted(
                                        line.aim().place(),
                                        line.aim().objective().word(),
                                        line.count(),
                                        line.bound()));
            }
        }
        Golden.assertText("strategies.txt", text.toString());
    }

    private static Preferences lock(List<Pin> pins) {
        return new Preferences(
                pins.stream().collect(Collectors.toMap(Pin::name, Function.identity())),
                Map.of(),
                true);
    }

    private static String versions(List<Pin> pins) {
        return pins.stream().map(Pin::toString).collect(Collectors.joining(", "));
    }

    /** With these versions of base. */
    private static MemoryIndex index(String... versions) {
        var index = new MemoryIndex();
        index.release("app", "1").needs("base");
        index.release("app", "2").needs("base<3");
        for (String version : versions) {
            index.release("base", version);
        }
        return index;
    }

    private static Resolution resolve(Request request, MemoryIndex index) throws IndexException {
        return (Resolution) new Resolver(index, Progress.SILENT).resolve(request);
    }
}
