package dev.blast.rules;

import dev.blast.packaging.Digest;
import dev.blast.rules.fact.Distribution;
import dev.blast.rules.fact.Session;
import dev.blast.rules.source.PolicyFile;
import dev.blast.rules.verdict.SandboxPolicy;
import java.util.List;
import java.util.Optional;

/**
 * What a memory knows of one policy. The name of a policy has in it what its answers can say: the
 * names of its files, too.
 */
final class Remembered {
    static final Remembered NOTHING = new Remembered(Memory.NONE, "");

    private final Memory memory;
    private final String policy;

    private Remembered(Memory memory, String policy) {
        this.memory = memory;
        this.policy = policy;
    }

    static Remembered of(List<PolicyFile> files, Memory memory) {
        var digest = new Digest();
        for (PolicyFile file : files) {
            digest.add(file.layer().name())
                    .add(file.displayPath())
                    .add(Boolean.toString(file.trusted()))
                    .add(file.text());
        }
        return new Remembered(memory, digest.hex());
    }

    Optional<Mentions> mentions() {
        return memory.mentions(policy);
    }

    void keep(Mentions mentions) {
        memory.keep(policy, mentions);
    }

    /**
     * @param mentions of the policy: a command's name, say, that no rule looks at changes nothing
     */
    Optional<SandboxPolicy> granted(Context context, Mentions mentions) {
        return isNothing() ? Optional.empty() : memory.granted(question(context, mentions));
    }

    void keep(Context context, Mentions mentions, SandboxPolicy granted) {
        if (!isNothing()) {
            memory.keep(question(context, mentions), granted);
        }
    }

    private boolean isNothing() {
        return policy.isEmpty();
    }

    /** All that rules look at where there is no subject, and what paths are relative to. */
    private String question(Context context, Mentions mentions) {
        Session session = context.session();
        var digest =
                new Digest()
                        .add(policy)
                        .add(where(mentions, "user", session.user()))
                        .add(Boolean.toString(session.ci()))
                        .add(
                                where(
                                        mentions,
                                        "interactive",
                                        Boolean.toString(session.interactive())))
                        .add(where(mentions, "environment", session.environment()))
                        .add(session.project().toString())
                        .add(session.home().toString())
                        .add(session.prefix().toString())
                        .add(session.basePrefix().toString())
                        .add(session.python().toString())
                        .add(session.platform())
                        .add(where(mentions, "command", session.command()))
                        .add(session.purpose().name());
        for (Distribution it : context.installed()) {
            digest.add(it.name().toString())
                    .add(it.version().toString())
                    .add(Boolean.toString(it.direct()))
                    .add(it.group() == null ? "" : "in " + it.group());
        }
        return digest.hex();
    }

    /** A fact of the session, where a rule looks at it. */
    private static String where(Mentions mentions, String field, String value) {
        return mentions.has(Session.class, field) ? "is " + value : "";
    }
}
