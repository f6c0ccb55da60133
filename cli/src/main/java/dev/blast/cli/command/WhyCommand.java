package dev.blast.cli.command;

import dev.blast.cli.invocation.Command;
import dev.blast.cli.invocation.Exit;
import dev.blast.cli.invocation.Failure;
import dev.blast.cli.invocation.Invocation;
import dev.blast.cli.report.WhyReport;
import dev.blast.environment.change.Applied;
import dev.blast.environment.interpreter.Interpreter;
import dev.blast.environment.project.Project;
import dev.blast.environment.session.Installed;
import dev.blast.environment.session.Locked;
import dev.blast.environment.session.Workspace;
import dev.blast.packaging.InvalidSyntaxException;
import dev.blast.packaging.PackageName;
import dev.blast.packaging.Version;
import dev.blast.solver.Pin;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * {@code blast why}: the paths from what the project asks for to a package. Read from the lock: no
 * index is asked.
 */
public final class WhyCommand implements Command {
    private static final int SHOWN = 5;

    /** There may be very many: further ones are not counted. */
    private static final int COUNTED = 100;

    private static final PackageName PIP = new PackageName("pip");

    @Override
    public int run(Invocation invocation) throws Exception {
        PackageName name = name(invocation.arguments().operands().getFirst());
        Workspace workspace = Workspaces.of(invocation);
        Project project = Workspaces.project(workspace, invocation);
        Applied applied = Habitats.applied(project, workspace);
        Interpreter interpreter = Habitats.interpreter(workspace, project, applied);
        Map<PackageName, Version> installed = Installed.versions(project.environment(), applied);
        Map<PackageName, Pin> pins = Locked.pins(project, interpreter);
        Optional<Version> version =
                Optional.ofNullable(installed.get(name))
                        .or(() -> Optional.ofNullable(pins.get(name)).map(Pin::version));
        List<List<WhyReport.Step>> paths =
                new WhyPaths(pins, Locked.roots(project), interpreter.markers()).to(name, COUNTED);
        invocation.answer(
                new WhyReport(
                        name.toString(),
                        version.map(Version::toString).orElse(null),
                        paths.subList(0, Math.min(SHOWN, paths.size())),
                        Math.max(0, paths.size() - SHOWN),
                        paths.size() == COUNTED,
                        name.equals(PIP)
                                ? "every environment keeps the pip that came with its interpreter"
                                : "nothing in this project asks for it; blast sync takes it away"));
        return version.isPresent() ? Exit.DONE.code() : Exit.FINDINGS.code();
    }

    private static PackageName name(String typed) throws Failure {
        try {
            return new PackageName(typed);
        } catch (InvalidSyntaxException e) {
            throw new Failure(Exit.USAGE, String.valueOf(e.getMessage()));
        }
    }
}
