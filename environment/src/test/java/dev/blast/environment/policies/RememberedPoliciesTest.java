package dev.blast.environment.policies;

import static org.assertj.core.api.Assertions.assertThat;

import dev.blast.environment.interpreter.KeptAnswers;
import dev.blast.rules.Memory;
import dev.blast.rules.Mentions;
import dev.blast.rules.source.Layer;
import dev.blast.rules.source.Origin;
import dev.blast.rules.verdict.Limit;
import dev.blast.rules.verdict.Limits;
import dev.blast.rules.verdict.PathGrant;
import dev.blast.rules.verdict.Reason;
import dev.blast.rules.verdict.SandboxPolicy;
import dev.blast.rules.verdict.SyscallGrant;
import dev.blast.rules.verdict.SyscallRights;
import dev.blast.rules.vocabulary.Access;
import dev.blast.rules.vocabulary.Answer.Resource;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RememberedPoliciesTest {
    private static final List<String> WORDS =
            List.of(
                    "",
                    "a",
                    "two words",
                    "line\nend",
                    "back\\slash\\n",
                    "\r",
                    "ü",
                    "tab\t",
                    "end",
                    "\uD83D\uDE80");

    @TempDir Path home;
    private Path folder;
    private Memory memory;

    @BeforeEach
    void begin() {
        folder = home.resolve("answers");
        memory = new RememberedPolicies(new KeptAnswers(folder, 20));
    }

    /** Whatever rules grant comes back as it was, or not at all. */
    @Test
    void lawOfWhatComesBack() {
        for (long seed = 0; seed < 300; seed++) {
            SandboxPolicy granted = granted(new Random(seed));
            memory.keep("question " + seed, granted);
            assertThat(memory.granted("question " + seed)).as("seed %d", seed).contains(granted);
        }
    }

    private static SandboxPolicy granted(Random random) {
        List<PathGrant> paths = new ArrayList<>();
        List<SyscallGrant> calls = new ArrayList<>();
        Map<String, Reason> passed = new HashMap<>();
        Map<String, Reason> setBy = new HashMap<>();
        Map<String, String> set = new HashMap<>();
        for (int i = random.nextInt(6); i > 0; i--) {
            paths.add(
                    new PathGrant(
                            Path.of("/", word(random)),
                            oneOf(random, List.of(Access.values())),
                            random.nextBoolean()
                                    ? OptionalLong.empty()
                                    : OptionalLong.of(random.nextLong()),
                            reason(random)));
            calls.add(
                    new SyscallGrant(
                            random.nextBoolean() ? "ptrace" : "@default",
                            random.nextBoolean(),
                            reason(random)));
            passed.put(word(random), reason(random));
            set.put(word(random), word(random));
            setBy.put(word(random), reason(random));
        }
        Map<Resource, Limit> limits = new HashMap<>();
        for (Resource resource : Resource.values()) {
            if (random.nextBoolean()) {
                limits.put(resource, new Limit(random.nextLong(), reason(random)));
            }
        }
        return new SandboxPolicy(
                paths,
                Limits.of(limits::get),
                passed,
                set,
                setBy,
                new SyscallRights(calls),
                Stream.generate(() -> reason(random)).limit(random.nextInt(3)).toList(),
                Stream.generate(() -> reason(random)).limit(random.nextInt(3)).toList());
    }

    private static Reason reason(Random random) {
        return new Reason(
                new Origin(word(random), random.nextInt(3), random.nextInt(3)),
                word(random),
                oneOf(random, List.of(Layer.values())),
                word(random),
                word(random));
    }

    private static String word(Random random) {
        return oneOf(random, WORDS);
    }

    private static <T> T oneOf(Random random, List<T> all) {
        return all.get(random.nextInt(all.size()));
    }

    @Test
    void whatRulesLookAtComesBack() {
        var mentions = new Mentions(new TreeSet<>(Set.of("Session", "Connection.toIndex")));
        memory.keep("policy", mentions);
        assertThat(memory.mentions("policy")).contains(mentions);
        assertThat(memory.mentions("another")).isEmpty();
        assertThat(memory.granted("policy")).isEmpty();
    }

    @Test
    void whatWasReadAlikeIsKnown() {
        assertThat(memory.wasReadAlike("file")).isFalse();
        memory.keepReadAlike("file");
        assertThat(memory.wasReadAlike("file")).isTrue();
        assertThat(memory.wasReadAlike("another")).isFalse();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "end\n",
                "path /x\nend\n",
                "path /x\naccess ANY\nsize \npath-by 0\nend\n",
                "limit MEMORY\namount x\nlimit-by 0\nend\n",
                "closed-out 7\nend\n",
                "no line"
            })
    void whatIsDamagedIsAskedAgain(String text) throws IOException {
        memory.keep("question", granted(new Random(2)));
        try (Stream<Path> files = Files.list(folder)) {
            Files.writeString(files.findFirst().orElseThrow(), text);
        }
        assertThat(memory.granted("question").filter(it -> !it.paths().isEmpty())).isEmpty();
    }

    @Test
    void whatOthersCouldHaveWrittenIsNotBelieved() throws IOException {
        memory.keep("question", granted(new Random(3)));
        Files.setPosixFilePermissions(folder, PosixFilePermissions.fromString("rwxrwx---"));
        assertThat(memory.granted("question")).isEmpty();
    }

    @Test
    void theOldIsForgotten() throws IOException {
        for (int i = 0; i < 50; i++) {
            memory.keep("question " + i, granted(new Random(i)));
        }
        try (Stream<Path> files = Files.list(folder)) {
            assertThat(files.count()).isBetween(10L, 20L);
        }
        assertThat(memory.granted("question 49")).isPresent();
    }

    /** It is found out each time. */
    @Test
    void whereNothingCanBeWrittenNothingIsRemembered() throws IOException {
        Files.writeString(folder, "a file");
        memory.keep("question", granted(new Random(4)));
        assertThat(memory.granted("question")).isEmpty();
    }

    @Test
    void aProgramThatIsNotPackedRemembersNothing() {
        assertThat(RememberedPolicies.in(folder)).isEqualTo(Memory.NONE);
    }
}
