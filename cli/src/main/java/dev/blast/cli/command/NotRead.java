package dev.blast.cli.command;

import dev.blast.cli.invocation.Exit;
import dev.blast.cli.invocation.Failure;
import dev.blast.cli.report.NotReadLine;
import dev.blast.cli.terminal.Console;
import dev.blast.environment.project.Project;
import dev.blast.environment.project.Unread;
import java.util.ArrayList;
import java.util.List;

/**
 * What a project wants and does not get, and what another tool's table says and counts: said
 * whenever its environment is made, even under {@code --quiet}, since the environment looks whole
 * without it.
 */
final class NotRead {
    private NotRead() {}

    /**
     * Says it, a line each.
     *
     * @throws Failure where nothing that the project needs is known: an empty environment would be
     *     no answer
     */
    static void say(Project project, Console console) throws Failure {
        if (project.isUnreadable()) {
            throw new Failure(
                    Exit.FINDINGS,
                    "what %s needs is written where Blast does not read it; nothing was changed"
                            .formatted(project.name()),
                    project.unread().stream().map(Unread::toString).toList());
        }
        project.settings().followed().forEach(console::complain);
        for (NotReadLine line : of(project)) {
            console.complain(line.text());
        }
    }

    static List<NotReadLine> of(Project project) {
        var lines = new ArrayList<NotReadLine>();
        project.unread().forEach(unread -> lines.add(NotReadLine.of(unread.toString())));
        project.itself()
                .ifPresent(origin ->
                        lines.add(
                                NotReadLine.at(
                                        origin,
                                        "the project itself is not installed yet (%s): its commands are not there, its modules only where Python finds them (blast run --env PYTHONPATH=src …)"
                                                .formatted(origin))));
        return lines;
    }
}
