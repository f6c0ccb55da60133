package dev.blast.cli.command;

import dev.blast.cli.invocation.Command;
import dev.blast.cli.invocation.Exit;
import dev.blast.cli.invocation.Failure;
import dev.blast.cli.invocation.Invocation;
import dev.blast.cli.report.ListReport;
import dev.blast.enforcer.spawn.KernelProbe;
import dev.blast.environment.Environment;
import dev.blast.environment.EnvironmentException;
import dev.blast.environment.Environments;
import dev.blast.environment.change.Applied;
import dev.blast.environment.saves.Saves;
import dev.blast.environment.session.LadderNote;
import dev.blast.environment.session.Workspace;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;

/**
 * {@code blast list}: reads one small file per environment and one folder listing; neither rules
 * nor Python. {@code blast list packages}, {@code saves} and {@code --sessions} are other answers.
 */
public final class ListCommand implements Command {

    @Override
    public int run(Invocation invocation) throws Exception {
        String what = invocation.arguments().operands().stream().findFirst().orElse("environments");
        if (invocation.arguments().has("--sessions")) {
            return sessions(invocation);
        }
        if (what.equals("packages")) {
            return PackageListing.run(invocation);
        }
        for (String option : List.of("--tree", "--outdated", "--html", "--svg", "--dot")) {
            if (invocation.arguments().has(option)) {
                throw new Failure(
                        Exit.USAGE,
                        option + " is about packages, and this lists " + what,
                        "blast list packages " + option);
            }
        }
        if (what.equals("saves")) {
            return SavesListing.run(invocation);
        }
        Workspace workspace = Workspaces.of(invocation);
        List<Environments.Entry> entries = workspace.environments().list();
        var note = new LadderNote(workspace);
        var rows = new ArrayList<ListReport.Row>();
        for (Environments.Entry entry : entries) {
            rows.add(row(entry, note, workspace));
        }
        invocation.answer(new ListReport(rows, new Saves(workspace.directories()).names().size()));
        return Exit.DONE.code();
    }

    private static int sessions(Invocation invocation) throws Exception {
        if (!invocation.arguments().operands().isEmpty()) {
            throw new Failure(
                    Exit.USAGE,
                    "--sessions lists what runs, and not "
                            + invocation.arguments().operands().getFirst(),
                    "blast list --sessions");
        }
        return SessionsListing.run(invocation);
    }

    private static ListReport.Row row(
            Environments.Entry entry, LadderNote note, Workspace workspace) {
        Environment environment = entry.environment();
        Path root = environment.root();
        String path = workspace.shown(environment.isUsual() ? environment.project() : root);
        Optional<Applied> applied;
        try {
            applied = environment.exists() ? Applied.of(environment) : Optional.empty();
        } catch (EnvironmentException _) { // whose words check and sync say; the others are listed
            return new ListReport.Row(entry.name(), null, 0, "damaged", "", 0, path);
        }
        if (applied.isEmpty()) {
            return new ListReport.Row(entry.name(), null, 0, "gone", "", 0, path);
        }
        Applied last = applied.get();
        List<String> there = distInfos(root.resolve(last.sitePackages()));
        return new ListReport.Row(
                entry.name(),
                last.python(),
                there.size(),
                Files.isExecutable(root.resolve("bin/python"))
                        ? state(last.distributions(), there)
                        : "no python",
                note.read(environment, () -> KernelProbe.ask().layers()).title(),
                last.generation(),
                path);
    }

    private static List<String> distInfos(Path sitePackages) {
        String[] names = sitePackages.toFile().list((_, name) -> name.endsWith(".dist-info"));
        return names == null ? List.of() : List.of(names);
    }

    /**
     * {@code drift +1 -2}: so many distributions are there or not there without our doing; another
     * version counts on both sides.
     */
    static String state(List<String> left, List<String> there) {
        var added = new HashSet<String>(there);
        left.forEach(added::remove);
        var removed = new HashSet<String>(left);
        there.forEach(removed::remove);
        if (added.isEmpty() && removed.isEmpty()) {
            return "in sync";
        }
        return "drift"
                + (added.isEmpty() ? "" : " +" + added.size())
                + (removed.isEmpty() ? "" : " -" + removed.size());
    }
}
