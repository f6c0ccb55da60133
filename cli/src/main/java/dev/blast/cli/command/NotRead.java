package dev.blast.cli.command;

import dev.blast.cli.invocation.Exit;
import dev.blast.cli.invocation.Failure;
import dev.blast.cli.report.ProjectLine;
import dev.blast.cli.report.ProjectReading;
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
        ProjectReading reading = of(project);
        reading.followed().forEach(line -> console.complain(line.text()));
        reading.notRead().forEach(line -> console.complain(line.text()));
    }

    static ProjectReading of(Project project) {
        var notRead = new ArrayList<ProjectLine>();
        project.unread().forEach(unread -> notRead.add(ProjectLine.of(unread.toString())));
        List<ProjectLine> followed =
                project.settings().followed().stream().map(ProjectLine::of).toList();
        return new ProjectReading(notRead, followed);
    }
}
