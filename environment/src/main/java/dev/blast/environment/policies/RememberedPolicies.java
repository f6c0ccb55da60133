package dev.blast.environment.policies;

import dev.blast.environment.Lines;
import dev.blast.environment.interpreter.KeptAnswers;
import dev.blast.packaging.Digest;
import dev.blast.rules.Memory;
import dev.blast.rules.Mentions;
import dev.blast.rules.Policy;
import dev.blast.rules.verdict.SandboxPolicy;
import java.nio.file.Path;
import java.util.Optional;
import java.util.TreeSet;

/** What was found out about policies, in the user's data, where what is trusted lies, too. */
public final class RememberedPolicies implements Memory {
    /** A policy and a few sessions under it are some ten files. */
    private static final int MOST = 2_000;

    private final KeptAnswers answers;

    RememberedPolicies(KeptAnswers answers) {
        this.answers = answers;
    }

    /** A memory in a folder; none where this program may be another one soon. */
    public static Memory in(Path folder) {
        return KeptAnswers.by(folder, MOST, Policy.class, Digest.class, RememberedPolicies.class)
                .<Memory>map(RememberedPolicies::new)
                .orElse(NONE);
    }

    @Override
    public Optional<Mentions> mentions(String policy) {
        return read(name("policy", policy))
                .map(it -> new Mentions(new TreeSet<>(it.all("mentions"))));
    }

    @Override
    public void keep(String policy, Mentions mentions) {
        var lines = new Lines.Writer();
        mentions.words().forEach(it -> lines.add("mentions", it));
        answers.write(name("policy", policy), lines.text());
    }

    @Override
    public boolean wasReadAlike(String file) {
        return answers.has(name("read alike", file));
    }

    @Override
    public void keepReadAlike(String file) {
        answers.write(name("read alike", file), "");
    }

    @Override
    public Optional<SandboxPolicy> granted(String question) {
        return read(name("sandbox", question)).flatMap(GrantLines::read);
    }

    @Override
    public void keep(String question, SandboxPolicy granted) {
        String text = GrantLines.of(granted);
        Optional<SandboxPolicy> same =
                parsed(text).flatMap(GrantLines::read).filter(granted::equals);
        if (same.isPresent()) { // else it has what no text says, such as a path of odd bytes
            answers.write(name("sandbox", question), text);
        }
    }

    private Optional<Lines> read(String name) {
        return answers.read(name).flatMap(RememberedPolicies::parsed);
    }

    private static Optional<Lines> parsed(String text) {
        try {
            return Optional.of(Lines.parse(text));
        } catch (IllegalArgumentException _) {
            return Optional.empty(); // cut off, or changed by hand
        }
    }

    private static String name(String kind, String what) {
        return Digest.of(kind, what);
    }
}
