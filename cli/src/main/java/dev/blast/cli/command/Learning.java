package dev.blast.cli.command;

import dev.blast.enforcer.gate.Gatekeeper;
import dev.blast.environment.learn.OpenEyes;
import dev.blast.environment.learn.SeenPeaks;
import dev.blast.environment.session.RunCourse;
import java.time.Duration;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** What is seen of one run of a program that something is to be learned of. */
final class Learning {
    private final boolean opens;
    private final boolean quiet;
    private @Nullable OpenEyes eyes;
    private SeenPeaks peaks = new SeenPeaks(Duration.ZERO, 0, 0);
    private Set<String> notPassed = Set.of();

    /**
     * @param opens whether it may reach what rules do not allow
     * @param quiet whether another run has said what is to be said of the sandbox
     */
    Learning(boolean opens, boolean quiet) {
        this.opens = opens;
        this.quiet = quiet;
    }

    boolean isQuiet() {
        return quiet;
    }

    Gatekeeper over(Gatekeeper rules) {
        eyes = new OpenEyes(rules, opens);
        return eyes;
    }

    void ended(RunCourse course, Set<String> variables) {
        peaks = SeenPeaks.of(course);
        notPassed = variables;
    }

    /** Null where it has not run. */
    @Nullable OpenEyes eyes() {
        return eyes;
    }

    SeenPeaks peaks() {
        return peaks;
    }

    /** Names of variables that are set outside and were not there. */
    Set<String> notPassed() {
        return notPassed;
    }
}
