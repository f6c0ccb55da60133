package dev.blast.rules;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.fail;

import dev.blast.packaging.PackageName;
import dev.blast.packaging.Version;
import dev.blast.rules.fact.Connection;
import dev.blast.rules.fact.Distribution;
import dev.blast.rules.fact.Purpose;
import dev.blast.rules.fact.Session;
import dev.blast.rules.source.Diagnostic;
import dev.blast.rules.source.Layer;
import dev.blast.rules.source.PolicyFile;
import dev.blast.rules.verdict.SandboxPolicy;
import dev.blast.rules.verdict.Withheld;
import dev.blast.rules.vocabulary.Access;
import java.lang.reflect.RecordComponent;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class MemoryTest {
    private static final String RULES =
            """
            rule "pytest reads its home"
            when
                Session( command == "pytest" )
                Distribution( name == "pytest" )
            then
                readable( "~/.pytest" );
            end
            """;

    private final Notebook memory = new Notebook();

    /** What it was asked, and what was found out. */
    private static final class Notebook implements Memory {
        final Map<String, Mentions> mentions = new HashMap<>();
        final Map<String, SandboxPolicy> granted = new HashMap<>();
        final Set<String> readAlike = new HashSet<>();
        int recalled;

        @Override
        public Optional<Mentions> mentions(String policy) {
            return counted(mentions.get(policy));
        }

        @Override
        public void keep(String policy, Mentions found) {
            mentions.put(policy, found);
        }

        @Override
        public boolean wasReadAlike(String file) {
            return readAlike.contains(file);
        }

        @Override
        public void keepReadAlike(String file) {
            readAlike.add(file);
        }

        @Override
        public Optional<SandboxPolicy> granted(String question) {
            return counted(granted.get(question));
        }

        @Override
        public void keep(String question, SandboxPolicy found) {
            granted.put(question, found);
        }

        private <T> Optional<T> counted(@Nullable T known) {
            recalled += known == null ? 0 : 1;
            return Optional.ofNullable(known);
        }
    }

    private Policy loaded(List<PolicyFile> files) {
        return switch (Policy.load(files, memory)) {
            case Loading.Loaded(Policy policy) -> policy;
            case Loading.Refused(List<Diagnostic> errors) -> fail(Fixtures.rendered(errors));
        };
    }

    private static List<PolicyFile> files(String... texts) {
        var files = new ArrayList<>(Fixtures.shipped());
        for (String text : texts) {
            files.add(Fixtures.file(Layer.PROJECT, "policies/own.drl", text));
        }
        return files;
    }

    private static List<Context> contexts() {
        var contexts = new ArrayList<Context>();
        for (Purpose purpose : Purpose.values()) {
            for (List<Distribution> installed :
                    List.<List<Distribution>>of(List.of(), List.of(distribution("pytest")))) {
                contexts.add(new Context(Fixtures.session(purpose), installed));
                contexts.add(
                        new Context(
                                Fixtures.session(purpose),
                                installed,
                                List.of(
                                        new Withheld(
                                                Path.of("/home/somebody/.local/share/blast"),
                                                Access.HIDDEN,
                                                "Blast's own folders",
                                                "they decide")),
                                UnaryOperator.identity()));
            }
        }
        return contexts;
    }

    private static Distribution distribution(String name) {
        return new Distribution(new PackageName(name), Version.parse("8.0"), true, null);
    }

    /** With and without a memory: the same answers, with the same reasons. */
    @Test
    void lawOfMemory() throws Exception {
        for (List<PolicyFile> files : List.of(files(), files(RULES))) {
            Policy without = Fixtures.policy(files);
            for (int time = 0; time < 2; time++) {
                Policy with = loaded(files);
                for (Context context : contexts()) {
                    assertThat(with.sandbox(context)).isEqualTo(without.sandbox(context));
                }
                Connection asked = Connection.to("example.org", 443, false);
                assertThat(with.judge(asked, Fixtures.SOMEBODY))
                        .isEqualTo(without.judge(asked, Fixtures.SOMEBODY));
                assertThat(with.mentions(Distribution.class))
                        .isEqualTo(without.mentions(Distribution.class));
                assertThat(with.mentions(Connection.class, "toIndex"))
                        .isEqualTo(without.mentions(Connection.class, "toIndex"));
                assertThat(with.withoutEffect()).isEqualTo(without.withoutEffect());
                assertThat(with.rules()).isEqualTo(without.rules());
                assertThat(with.revision()).isEqualTo(without.revision());
            }
        }
        assertThat(memory.recalled).isPositive();
    }

    @Test
    void whatIsRememberedIsNotFoundOutAgain() throws Exception {
        loaded(files()).sandbox(Fixtures.SOMEBODY);
        memory.mentions.replaceAll((_, _) -> new Mentions(new TreeSet<>()));
        Policy policy = loaded(files());
        int before = memory.recalled;
        policy.sandbox(Fixtures.SOMEBODY);
        assertThat(memory.recalled).isEqualTo(before + 1);
        assertThat(policy.mentions(Connection.class)).isFalse(); // as the memory has it
    }

    /** Another name of a file is another reason. */
    @Test
    void everythingThatAnswersComeFromCounts() throws Exception {
        loaded(files(RULES)).sandbox(Fixtures.SOMEBODY);
        PolicyFile own = files(RULES).getLast();
        for (PolicyFile other :
                List.of(
                        new PolicyFile(Layer.USER, own.displayPath(), own.text(), true),
                        new PolicyFile(own.layer(), "policies/other.drl", own.text(), true),
                        new PolicyFile(own.layer(), own.displayPath(), own.text() + "\n", true),
                        new PolicyFile(own.layer(), own.displayPath(), own.text(), false))) {
            var files = new ArrayList<>(files());
            files.add(other);
            int known = memory.mentions.size();
            loaded(files);
            assertThat(memory.mentions).hasSize(known + 1);
        }
    }

    @Test
    void everyFactOfASessionCountsThatARuleLooksAt() throws Exception {
        Policy policy =
                loaded(
                        files(
                                """
                                rule "looks at all"
                                when
                                    Session( interactive == true, user == "somebody", $e : environment )
                                then
                                    setVariable( "NAME", $e );
                                end

                                rule "writes one"
                                when
                                    Session( $c : command )
                                then
                                    setVariable( "COMMAND", $c );
                                end
                                """));
        Session session = Fixtures.session(Purpose.RUN);
        policy.sandbox(new Context(session, List.of()));
        RecordComponent[] components = Session.class.getRecordComponents();
        for (int i = 0; i < components.length; i++) {
            int known = memory.granted.size();
            policy.sandbox(new Context(changed(session, components, i), List.of()));
            assertThat(memory.granted).as(components[i].getName()).hasSize(known + 1);
        }
        int known = memory.granted.size();
        policy.sandbox(new Context(session, List.of(distribution("a"))));
        policy.sandbox(new Context(session, List.of(distribution("a"), distribution("b"))));
        var inGroup = new Distribution(new PackageName("a"), Version.parse("8.0"), true, "dev");
        policy.sandbox(new Context(session, List.of(inGroup)));
        assertThat(memory.granted).hasSize(known + 3);
    }

    /** Rules of every shape and sessions of every kind, two of them apart in one fact each. */
    @Test
    void lawOfTheQuestion() throws Exception {
        for (long seed = 0; seed < 60; seed++) {
            var random = new Random(seed);
            List<String> lines = LintWorlds.lines(LintWorlds.About.SESSION, random);
            List<PolicyFile> files = List.of(Fixtures.file(String.join("\n", lines)));
            Policy without = Fixtures.policy(files);
            Policy with = loaded(files);
            RecordComponent[] components = Session.class.getRecordComponents();
            for (int world = 0; world < 5; world++) {
                Context context = LintWorlds.context(random);
                for (int i = 0; i < components.length; i++) {
                    Session other = changed(context.session(), components, i);
                    for (Context asked : List.of(context, context.as(other))) {
                        assertThat(with.sandbox(asked))
                                .as("seed %d, %s: %s", seed, components[i], lines)
                                .isEqualTo(without.sandbox(asked));
                    }
                }
            }
        }
        assertThat(memory.recalled).isGreaterThan(3_000);
    }

    /** Another program, by another person, under rules that look at neither. */
    @Test
    void whatNoRuleLooksAtDoesNot() throws Exception {
        Policy policy = loaded(files());
        Session session = Fixtures.session(Purpose.RUN);
        RecordComponent[] components = Session.class.getRecordComponents();
        SandboxPolicy granted = policy.sandbox(new Context(session, List.of()));
        int known = memory.granted.size();
        for (int i = 0; i < components.length; i++) {
            if (Set.of("user", "interactive", "environment", "command")
                    .contains(components[i].getName())) {
                Context other = new Context(changed(session, components, i), List.of());
                assertThat(policy.sandbox(other)).isEqualTo(granted);
                assertThat(Fixtures.policy(files()).sandbox(other)).isEqualTo(granted);
            }
        }
        assertThat(memory.granted).hasSize(known);
    }

    private static Session changed(Session session, RecordComponent[] components, int which)
            throws ReflectiveOperationException {
        Object[] values = new Object[components.length];
        Class<?>[] types = new Class<?>[components.length];
        for (int i = 0; i < values.length; i++) {
            types[i] = components[i].getType();
            Object value = components[i].getAccessor().invoke(session);
            values[i] = i == which ? other(value) : value;
        }
        return Session.class.getDeclaredConstructor(types).newInstance(values);
    }

    private static Object other(Object value) {
        return switch (value) {
            case Boolean it -> !it;
            case Path it -> it.resolve("other");
            case Version _ -> Version.parse("3.13");
            case Purpose _ -> Purpose.SHELL;
            default -> value + "2";
        };
    }

    /** What is shipped was read by our own tests. */
    @Test
    void aTextIsReadTwiceOnce() {
        loaded(files(RULES));
        assertThat(memory.readAlike).hasSize(1);
        loaded(files(RULES + "\n"));
        assertThat(memory.readAlike).hasSize(2);
        memory.mentions.clear();
        assertThat(loaded(files(RULES)).rules()).isEqualTo(Fixtures.policy(files(RULES)).rules());
        assertThat(memory.readAlike).hasSize(2);
    }

    @Test
    void whatIsReadDifferentlyIsNotKept() {
        assertThat(Policy.load(files("rule \"a\" when Session() then nothing(); end"), memory))
                .isInstanceOf(Loading.Refused.class);
        assertThat(memory.readAlike).isEmpty();
        assertThat(memory.mentions).isEmpty();
    }

    /** It is said each time, and so found out each time. */
    @Test
    void rulesThatHaveNoEffectAreReadEachTime() {
        String narrow =
                """
                rule "no"
                when
                    Candidate( name == "a" )
                    Companion( license == "GPL-3.0-only" )
                then
                    deny( "not beside it" );
                end
                """;
        assertThat(loaded(files(narrow)).withoutEffect()).isNotEmpty();
        assertThat(loaded(files(narrow)).withoutEffect()).isNotEmpty();
    }
}
