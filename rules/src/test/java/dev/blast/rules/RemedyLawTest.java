package dev.blast.rules;

import static org.assertj.core.api.Assertions.assertThat;

import dev.blast.rules.RemedyWorlds.Inquiry;
import dev.blast.rules.RemedyWorlds.World;
import dev.blast.rules.explain.Explanation;
import dev.blast.rules.explain.Explanation.Change;
import dev.blast.rules.explain.Explanation.Remedy;
import dev.blast.rules.explain.Explanations;
import dev.blast.rules.source.Layer;
import dev.blast.rules.source.PolicyFile;
import dev.blast.rules.verdict.PolicyException;
import dev.blast.rules.verdict.Reason;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/**
 * What an explanation proposes is done as a person would do it, to the texts of the files, and the
 * question asked again. {@code -Dlaws.worlds=100000} tries more.
 */
final class RemedyLawTest {
    private static final int WORLDS = Integer.getInteger("laws.worlds", 400);

    @Test
    void everyRemedyDoesWhatItSays() throws PolicyException {
        Map<String, Integer> denials = new HashMap<>();
        int steps = 0;
        int without = 0;
        for (long seed = 0; seed < WORLDS; seed++) {
            World world = RemedyWorlds.of(seed);
            Policy policy = Fixtures.policy(world.files());
            Explanation explanation =
                    world.inquiry().explained(new Explanations(policy, world.context()));
            assertThat(explanation.verdict())
                    .as("seed %d", seed)
                    .isEqualTo(world.inquiry().verdict(policy, world.context()));
            if (explanation.judgement().allowed()) {
                continue;
            }
            denials.merge(world.inquiry().getClass().getSimpleName(), 1, Integer::sum);
            assertThat(explanation.remedies().isEmpty())
                    .as("seed %d: a way or why there is none", seed)
                    .isEqualTo(!explanation.obstacle().isEmpty());
            without += explanation.remedies().isEmpty() ? 1 : 0;
            for (Remedy remedy : explanation.remedies()) {
                steps += remedy.changes().size() > 2 ? 1 : 0;
                assertThat(made(remedy, world))
                        .as("seed %d: %s%n%s", seed, remedy, own(world))
                        .isEqualTo(remedy.becomes())
                        .isNotEqualTo(explanation.verdict());
            }
        }
        assertThat(denials.values().stream().mapToInt(it -> it).sum()).isGreaterThan(WORLDS / 3);
        assertThat(denials.keySet()).containsAll(RemedyWorlds.KINDS);
        assertThat(steps).as("of several steps").isPositive();
        assertThat(without).as("that nothing turns").isPositive();
    }

    private static String made(Remedy remedy, World world) throws PolicyException {
        List<PolicyFile> files = new ArrayList<>(world.files());
        Context context = world.context();
        Inquiry inquiry = world.inquiry();
        for (Change change : remedy.changes()) {
            switch (change) {
                case Change.OtherFact(String field, String _, String to, String _, var _) -> {
                    context = RemedyWorlds.otherwise(context, field, to);
                    inquiry = inquiry.otherwise(field, to);
                }
                case Change.Trust _ -> files.replaceAll(it -> trusted(it, it.text(), true));
                case Change.AddRule(String name, String rule) -> {
                    if (files.stream().noneMatch(it -> isAt(it, Layer.PROJECT, name))) {
                        files.add(new PolicyFile(Layer.PROJECT, name, "", false));
                    }
                    files.replaceAll(it ->
                            isAt(it, Layer.PROJECT, name)
                                    ? trusted(it, it.text() + rule, false)
                                    : it);
                    untrust(files);
                }
                case Change.WithoutRule(Reason rule, boolean withFile) -> {
                    files.replaceAll(it ->
                            isAt(it, rule.layer(), rule.origin().file())
                                    ? trusted(it, without(rule, it.text()), it.trusted())
                                    : it);
                    boolean empty = files.removeIf(it -> withFile && it.text().isBlank());
                    assertThat(empty || files.stream().noneMatch(it -> it.text().isBlank()))
                            .as("a file without a rule goes")
                            .isTrue();
                    if (rule.layer() == Layer.PROJECT) {
                        untrust(files);
                    }
                }
                case Change.MakeFile _ -> throw new AssertionError("rules know of no file system");
            }
        }
        return inquiry.verdict(Fixtures.policy(files), context);
    }

    private static List<PolicyFile> own(World world) {
        return world.files().stream().filter(it -> it.layer() != Layer.SHIPPED).toList();
    }

    private static boolean isAt(PolicyFile file, Layer layer, String path) {
        return file.layer() == layer && file.displayPath().equals(path);
    }

    /** One byte changed, and nothing of the project is trusted. */
    private static void untrust(List<PolicyFile> files) {
        files.replaceAll(it -> it.layer() == Layer.PROJECT ? trusted(it, it.text(), false) : it);
    }

    private static PolicyFile trusted(PolicyFile file, String text, boolean trusted) {
        return new PolicyFile(file.layer(), file.displayPath(), text, trusted);
    }

    /** Each rule of these worlds stands on a line of its own. */
    private static String without(Reason rule, String text) {
        return text.lines()
                .filter(line -> !line.startsWith("rule \"" + rule.rule() + "\""))
                .reduce("", (all, line) -> all + line + "\n");
    }
}
