package dev.blast.cli.command;

import dev.blast.cli.report.RunPage;
import dev.blast.enforcer.spawn.Ending;
import dev.blast.environment.ledger.LoggedRun;
import dev.blast.environment.session.RunCourse;
import dev.blast.rules.vocabulary.Answer.Resource;
import java.time.ZoneId;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A run that has ended, and is to be shown.
 *
 * @param environment its name
 * @param program as it was asked for; where it lies is left out
 */
record ShownRun(
        String environment,
        String program,
        Ending ending,
        RunCourse course,
        Map<Resource, Long> limits) {

    /**
     * The page.
     *
     * @param logged what it tried to reach; null where that is nothing
     */
    RunPage page(@Nullable LoggedRun logged) {
        String name = program.substring(program.lastIndexOf('/') + 1);
        return new RunPage(
                environment,
                name,
                ending.exitCode(),
                course,
                logged == null ? List.of() : logged.attempts(),
                logged == null ? 0 : logged.others(),
                logged == null ? List.of() : logged.violations(),
                ending.limitsHit().stream().map(hit -> LimitLines.of(name, hit)).toList(),
                limits,
                ZoneId.systemDefault());
    }
}
