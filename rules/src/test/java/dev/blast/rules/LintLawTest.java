package dev.blast.rules;

import static org.assertj.core.api.Assertions.assertThat;

import dev.blast.rules.LintWorlds.About;
import dev.blast.rules.checked.Check;
import dev.blast.rules.checked.Element;
import dev.blast.rules.checked.Frame;
import dev.blast.rules.checked.Rule;
import dev.blast.rules.fact.Candidate;
import dev.blast.rules.fact.Connection;
import dev.blast.rules.fact.Judged;
import dev.blast.rules.question.Questions;
import dev.blast.rules.source.Code;
import dev.blast.rules.source.Diagnostic;
import dev.blast.rules.source.Layer;
import dev.blast.rules.source.Span;
import dev.blast.rules.verdict.PolicyException;
import dev.blast.rules.verdict.SandboxPolicy;
import dev.blast.rules.vocabulary.Question;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;

/**
 * What lint says of rules is so: one that never fires fires in no world, and without one that is
 * shadowed, never counts, or limits less than another, everything is decided alike. The seed in the
 * message replays a failure.
 */
final class LintLawTest {
    /** A long run is -Dlaws.worlds=5000. */
    private static final int POLICIES = Integer.getInteger("laws.worlds", 90);

    private static final int WORLDS = 40;

    static final List<Path> PATHS =
            List.of(
                    Path.of("/srv"),
                    Path.of("/srv/a"),
                    Path.of("/srv/a/b"),
                    Path.of("/home/somebody/shop/x"),
                    Path.of("/usr/x"));

    @Test
    void whatIsSaidIsSo() {
        Map<Code, Integer> said = new EnumMap<>(Code.class);
        for (long seed = 0; seed < POLICIES; seed++) {
            var random = new Random(seed);
            About about = List.of(About.values()).get((int) (seed % About.values().length));
            List<String> lines = LintWorlds.lines(about, random);
            Policy policy = policy(lines);
            for (Diagnostic finding : policy.warnings()) {
                said.merge(finding.code(), 1, Integer::sum);
                String why =
                        "seed %d: %s%s".formatted(seed, finding.render(), String.join("\n", lines));
                if (finding.message().startsWith("never fires")) {
                    neverFires(policy, finding, about, random, why);
                } else if (finding.code() == Code.NEVER_TRUE) {
                    isConstant(policy, finding, about, random, why);
                } else if (List.of(Code.SHADOWED, Code.NEVER_COUNTS, Code.LOOSER_LIMIT)
                        .contains(finding.code())) {
                    changesNothing(policy, without(lines, finding), about, random, why);
                }
            }
        }
        System.out.printf("lint: %d policies, %d worlds each, said %s%n", POLICIES, WORLDS, said);
        assertThat(said)
                .containsKeys(
                        Code.NEVER_FIRES,
                        Code.NEVER_TRUE,
                        Code.SHADOWED,
                        Code.NEVER_COUNTS,
                        Code.LOOSER_LIMIT);
    }

    private static void neverFires(
            Policy policy, Diagnostic finding, About about, Random random, String why) {
        for (int i = 0; i < WORLDS; i++) {
            Context context = LintWorlds.context(random);
            List<Object> subjects = LintWorlds.subjects(about, random);
            assertThat(fired(policy, about, context, subjects))
                    .as(why)
                    .doesNotContain(finding.line());
        }
    }

    /** Whether alone, or beside what else the rule wants. */
    private static void isConstant(
            Policy policy, Diagnostic finding, About about, Random random, String why) {
        Rule rule =
                policy.rules(question(about, LintWorlds.subjects(about, random))).stream()
                        .filter(it -> it.origin().line() == finding.line())
                        .findFirst()
                        .orElseThrow();
        boolean always = finding.message().endsWith("is always true");
        boolean alone = always || finding.message().endsWith("is never true");
        if (finding.message().endsWith("alone") || finding.message().matches(".* in [^(].*")) {
            return; // the one text that it is true of, or the other values, may be there
        }
        if (!alone && rule.branches().size() > 1) {
            return; // it may fire in the other way
        }
        for (int i = 0; i < WORLDS; i++) {
            Context context = LintWorlds.context(random);
            List<Object> subjects = LintWorlds.subjects(about, random);
            if (alone || fired(policy, about, context, subjects).contains(finding.line())) {
                for (Rule.Branch branch : rule.branches()) {
                    constraints(rule, branch, finding, context, subjects)
                            .forEach(holds -> assertThat(holds).as(why).isEqualTo(always));
                }
            }
        }
    }

    /** Whether the constraint that a finding is about holds, where it stands right in the rule. */
    private static List<Boolean> constraints(
            Rule rule,
            Rule.Branch branch,
            Diagnostic finding,
            Context context,
            List<Object> subjects) {
        List<Boolean> holds = new ArrayList<>();
        for (Element element : branch.elements()) {
            if (element instanceof Element.Match match) {
                for (Object fact : context.facts(subjects)) {
                    if (match.fact().record().isInstance(fact)) {
                        Object[] slots = new Object[branch.slots()];
                        slots[match.slot()] = fact;
                        Frame frame = new Frame(context.session(), slots);
                        match.tests().forEach(test -> at(test, rule, finding, frame, holds));
                    }
                }
            }
        }
        return holds;
    }

    private static void at(
            Check test, Rule rule, Diagnostic finding, Frame frame, List<Boolean> holds) {
        switch (test) {
            case Check.All(Span _, List<Check> parts) ->
                    parts.forEach(it -> at(it, rule, finding, frame, holds));
            case Check.Any(Span _, List<Check> parts) ->
                    parts.forEach(it -> at(it, rule, finding, frame, holds));
            default -> {
                if (rule.source().position(test.span().start()).equals(finding.begin())) {
                    holds.add(test.holds(frame));
                }
            }
        }
    }

    /** The lines of the rules that answer. */
    private static List<Integer> fired(
            Policy policy, About about, Context context, List<Object> subjects) {
        try {
            return policy.answers(question(about, subjects), context, subjects).stream()
                    .map(it -> it.rule().origin().line())
                    .toList();
        } catch (PolicyException e) {
            return List.of();
        }
    }

    private static Question question(About about, List<Object> subjects) {
        return about == About.SESSION
                ? Questions.SESSION
                : Questions.about((Judged) subjects.getFirst());
    }

    private static void changesNothing(
            Policy policy, List<String> fewer, About about, Random random, String why) {
        Policy without = policy(fewer);
        for (int i = 0; i < WORLDS; i++) {
            Context context = LintWorlds.context(random);
            List<Object> subjects = LintWorlds.subjects(about, random);
            assertThat(decided(without, about, context, subjects))
                    .as("%s%nin %s %s", why, context, subjects)
                    .isEqualTo(decided(policy, about, context, subjects));
        }
    }

    private static String decided(
            Policy policy, About about, Context context, List<Object> subjects) {
        return switch (about) {
            case CONNECTION ->
                    policy.judge((Connection) subjects.getFirst(), context).outcome().name();
            case CANDIDATE ->
                    policy.judge((Candidate) subjects.getFirst(), context).outcome().name();
            case SESSION -> sandbox(policy, context);
        };
    }

    private static String sandbox(Policy policy, Context context) {
        SandboxPolicy sandbox;
        try {
            sandbox = policy.sandbox(context);
        } catch (PolicyException e) {
            return String.valueOf(e.getMessage());
        }
        List<String> decided = new ArrayList<>();
        PATHS.forEach(path ->
                decided.add(
                        sandbox.deciding(path)
                                .map(it -> it.access() + "" + it.sizeBytes())
                                .orElse("absent")));
        var limits = sandbox.limits();
        decided.add(limits.memoryBytes() == null ? "none" : "" + limits.memoryBytes().amount());
        decided.add(limits.processes() == null ? "none" : "" + limits.processes().amount());
        decided.add("" + sandbox.passes("LC_ALL") + sandbox.passes("TOKEN"));
        decided.add(sandbox.setVariables().toString());
        decided.add("" + sandbox.syscalls().of("ptrace").allowed());
        return decided.toString();
    }

    /** The rule taken out, or of several answers the one that the finding is about. */
    private static List<String> without(List<String> lines, Diagnostic finding) {
        List<String> fewer = new ArrayList<>(lines);
        String line = lines.get(finding.line() - 1);
        int begin = finding.column() - 1;
        int end = line.indexOf(';', begin) + 1;
        boolean several = line.indexOf(';') < line.lastIndexOf(';');
        fewer.set(
                finding.line() - 1,
                begin > 0 && several ? line.substring(0, begin) + line.substring(end) : "");
        return fewer;
    }

    private static Policy policy(List<String> lines) {
        return Fixtures.policy(
                Fixtures.file(
                        Layer.SHIPPED,
                        "shipped.drl",
                        "rule \"s\" when Strategy( name == \"s\" ) then rank( 1, \"newest\" ); end"),
                Fixtures.file(String.join("\n", lines) + "\n//"));
    }
}
