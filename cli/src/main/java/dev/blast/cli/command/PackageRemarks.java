package dev.blast.cli.command;

import dev.blast.cli.invocation.Invocation;
import dev.blast.cli.terminal.Figures;
import dev.blast.environment.advisories.AdvisorySet;
import dev.blast.environment.advisories.AdvisoryStore;
import dev.blast.environment.advisories.Hole;
import dev.blast.environment.advisories.HolesInUse;
import dev.blast.environment.change.Applied;
import dev.blast.environment.change.LiftedHold;
import dev.blast.environment.interpreter.Interpreter;
import dev.blast.environment.project.CurrentLock;
import dev.blast.environment.project.Project;
import dev.blast.environment.session.Habitat;
import dev.blast.environment.session.Workspace;
import dev.blast.environment.sync.Surveyed;
import dev.blast.packaging.PackageName;
import dev.blast.rules.fact.Purpose;
import dev.blast.solver.DependencyGraph;
import dev.blast.solver.Pin;
import dev.blast.solver.Restraint;
import dev.blast.solver.Standing;
import dev.blast.solver.text.DependencyDrawing.Remark;
import dev.blast.solver.text.RestraintText;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** What a picture says of packages beside who needs them: known holes, holds, and their size. */
final class PackageRemarks {
    /** More holes of a package than these are counted. */
    private static final int NAMED = 3;

    private final Map<PackageName, List<Remark>> remarks = new HashMap<>();
    private long bytes;

    private PackageRemarks() {}

    /** What is known without an index. */
    static PackageRemarks of(
            Invocation invocation,
            Workspace workspace,
            Project project,
            Applied applied,
            Interpreter interpreter,
            DependencyGraph graph)
            throws Exception {
        var remarks = new PackageRemarks();
        remarks.holes(invocation, workspace, graph);
        applied.lifted().forEach(remarks::lifted);
        remarks.sizes(project, interpreter, graph);
        return remarks;
    }

    Map<PackageName, List<Remark>> byName() {
        return remarks;
    }

    /** What the locked files weigh, as far as the lock says it; 0 where it does not. */
    long downloadBytes() {
        return bytes;
    }

    /** The same with what an index tells of newer versions. */
    PackageRemarks with(List<Surveyed.Upgrade> packages) {
        packages.forEach(this::newer);
        return this;
    }

    private void add(PackageName name, String mark, String sentence) {
        remarks.computeIfAbsent(name, _ -> new ArrayList<>()).add(new Remark(mark, sentence));
    }

    private void lifted(LiftedHold lifted) {
        add(
                lifted.name(),
                "hold lifted",
                "held back by \"%s\" (%s), and lifted".formatted(lifted.rule(), lifted.at()));
    }

    /** Judged as a sync does it. */
    private void holes(Invocation invocation, Workspace workspace, DependencyGraph graph)
            throws Exception {
        Optional<AdvisorySet> known = new AdvisoryStore(workspace.directories()).read();
        if (known.isEmpty()) {
            return;
        }
        Habitat habitat = Habitats.of(invocation, workspace, Purpose.RESOLVE, "blast");
        var holes =
                new HolesInUse(
                        known.get(),
                        habitat.policies().policy(),
                        habitat.context(),
                        Instant.now(),
                        Map.of());
        for (DependencyGraph.Member member : graph.members()) {
            List<Hole> its = holes.parted(member.name(), member.version()).counting();
            if (!its.isEmpty()) {
                String more = its.size() > NAMED ? ", " + (its.size() - NAMED) + " more" : "";
                add(
                        member.name(),
                        Figures.count(its.size(), "known hole"),
                        "known holes: "
                                + String.join(
                                        ", ", its.stream().limit(NAMED).map(Hole::id).toList())
                                + more);
            }
        }
    }

    private void sizes(Project project, Interpreter interpreter, DependencyGraph graph)
            throws Exception {
        Map<PackageName, Pin> pins =
                CurrentLock.read(
                                project.lockFile(),
                                interpreter.target(),
                                Set.of(),
                                Optional.empty(),
                                project.settings().formats())
                        .pins();
        for (DependencyGraph.Member member : graph.members()) {
            Pin pin = pins.get(member.name());
            if (pin != null
                    && pin.version().equals(member.version())
                    && pin.file().sizeBytes().isPresent()) {
                long size = pin.file().sizeBytes().getAsLong();
                bytes += size;
                add(member.name(), "", Figures.size(size) + " to download");
            }
        }
    }

    private void newer(Surveyed.Upgrade upgrade) {
        Standing standing = upgrade.standing();
        if (standing == null) {
            add(upgrade.name(), "would go", "a sync that lets everything go would take it away");
        } else if (upgrade.isOutdated()) {
            newer(standing);
        }
    }

    /** Says that there is a newer version, and which rules hold newer ones back. */
    void newer(Standing standing) {
        List<Standing.Bond> ruled =
                standing.bonds().stream()
                        .filter(bond -> bond.restraint() instanceof Restraint.Ruled)
                        .toList();
        String newest = "the newest is " + standing.newest();
        add(standing.name(), ruled.isEmpty() ? "" : "newer held back", newest);
        ruled.forEach(bond -> add(standing.name(), "", ruled(bond)));
    }

    private static String ruled(Standing.Bond bond) {
        String versions =
                bond.count() == 1
                        ? bond.first().toString()
                        : bond.first() + (bond.count() == 2 ? ", " : " … ") + bond.last();
        String source = RestraintText.source(bond.restraint());
        return RestraintText.of(bond.restraint(), versions)
                + (source.isEmpty() ? "" : " (" + source + ")");
    }
}
