package dev.blast.cli.invocation;

import dev.blast.enforcer.plan.EnforcerException;
import dev.blast.enforcer.plan.StartFailure;
import dev.blast.enforcer.text.StartFailureText;
import dev.blast.environment.EnvironmentException;
import dev.blast.environment.NotUnderstoodException;
import dev.blast.environment.change.LockedException;
import dev.blast.environment.install.InstallException;
import dev.blast.index.IndexException;
import dev.blast.packaging.Message;
import dev.blast.packaging.archive.RefusedWheelException;
import dev.blast.rules.verdict.PolicyException;
import dev.blast.solver.UnsupportedRequirementException;
import dev.blast.solver.lock.LockException;
import java.util.List;
import java.util.Optional;

/** What went wrong in the world, as this command's failure. Loaded only when something did. */
public final class Troubles {
    private Troubles() {}

    /**
     * Empty for what no module announces: that is a bug. The modules' messages are fit to be shown
     * as they are, but for what the enforcer found: that is put in words here.
     */
    public static Optional<Failure> failure(Throwable thrown) {
        return switch (thrown) {
            case Failure failure -> Optional.of(failure);
            case LockedException e -> Optional.of(failure(Exit.LOCKED, e));
            case NotUnderstoodException e -> Optional.of(failure(Exit.USAGE, e));
            case EnvironmentException e -> Optional.of(failure(Exit.FINDINGS, e));
            case RefusedWheelException e -> Optional.of(failure(Exit.FINDINGS, e));
            case InstallException e -> Optional.of(failure(Exit.FINDINGS, e));
            case IndexException e -> Optional.of(failure(Exit.FINDINGS, e));
            case EnforcerException e -> Optional.of(confinement(e.failure()));
            case PolicyException e -> Optional.of(failure(Exit.FINDINGS, e));
            case LockException e -> Optional.of(failure(Exit.FINDINGS, e));
            case UnsupportedRequirementException e -> Optional.of(failure(Exit.FINDINGS, e));
            default -> Optional.empty();
        };
    }

    private static Failure confinement(StartFailure why) {
        String remedy = StartFailureText.remedy(why);
        return new Failure(
                Exit.LAYER_MISSING,
                StartFailureText.summary(why) + "; nothing was run",
                remedy.isEmpty() ? List.of() : List.of(remedy));
    }

    private static Failure failure(Exit exit, Exception e) {
        return new Failure(exit, Message.of(e), List.of());
    }
}
