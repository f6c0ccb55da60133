package dev.blast.rules;

import dev.blast.rules.fact.Candidate;
import dev.blast.rules.fact.Connection;
import java.nio.file.Path;
import java.util.List;

/** Answers a question together with why. */
final class Explainer {
    private final Policy policy;
    private final Context context;

    Explainer(Policy policy, Context context) {
        this.policy = policy;
        this.context = context;
    }

    Explanation connection(Connection connection) {
        return new Explanation(
                "connect " + connection.host() + ":" + connection.port(),
                policy.revision(),
                policy.judge(connection, context),
                List.of(),
                List.of(),
                List.of());
    }

    Explanation candidate(Candidate candidate) {
        return new Explanation(
                "package " + candidate.name() + "==" + candidate.version(),
                policy.revision(),
                policy.judge(candidate, context),
                List.of(),
                List.of(),
                List.of());
    }

    Explanation path(Path path, Access access) throws PolicyException {
        throw new PolicyException("not written yet");
    }

    Explanation syscall(String name) throws PolicyException {
        throw new PolicyException("not written yet");
    }
}
