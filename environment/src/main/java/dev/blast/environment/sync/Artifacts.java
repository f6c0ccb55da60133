package dev.blast.environment.sync;

import dev.blast.environment.install.InstalledDistribution;
import dev.blast.environment.install.StoredWheel;
import dev.blast.packaging.PackageName;
import dev.blast.packaging.Tag;
import dev.blast.packaging.Version;
import dev.blast.rules.Context;
import dev.blast.rules.fact.Artifact;
import dev.blast.rules.fact.ArtifactKind;
import dev.blast.rules.verdict.Judgement;
import dev.blast.solver.Pin;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Asks the rules about the files of a change: each as such, and for another's files it brings. */
final class Artifacts {
    private static final Version EARLIEST = Version.parse("0.dev0");
    private static final Version LATEST = Version.parse("999999");

    private final Situation situation;
    private final Context context;
    private final Map<PackageName, Incoming> incoming;

    /** A wheel that comes, as the rules see it. */
    record Incoming(
            Version version,
            ArtifactKind kind,
            @Nullable String index,
            long sizeBytes,
            boolean nativeCode) {
        static Incoming of(Wanted wanted, StoredWheel wheel) {
            return new Incoming(
                    wanted.version(),
                    wanted.isBuilt() ? ArtifactKind.SDIST : ArtifactKind.WHEEL,
                    wanted.indexHost(),
                    wheel.files().stream().mapToLong(f -> f.sizeBytes()).sum(),
                    wheel.wheel().tags().stream()
                            .map(Tag::platform)
                            .anyMatch(platform -> !platform.equals("any")));
        }
    }

    Artifacts(Situation situation, Context context, Map<PackageName, Incoming> incoming) {
        this.situation = situation;
        this.context = context;
        this.incoming = incoming;
    }

    /** One that comes, by itself. */
    Artifact of(PackageName name) {
        return fact(name, known(name), List.of());
    }

    /**
     * A distribution that brings what is another's. Of one that is installed already no more is
     * known than its name and version.
     */
    Artifact overwriting(PackageName name, PackageName other) {
        return fact(name, known(name), List.of(other.normalized()));
    }

    Judgement judge(Artifact file) {
        return situation.job().policy().judge(file, context);
    }

    /**
     * Whether the rules refuse one that comes whatever its version, size and content: then no other
     * version of it has to be brought to be refused as well.
     */
    boolean refusesEach(PackageName name) {
        Incoming it = known(name);
        return Stream.of(EARLIEST, LATEST)
                .map(version -> new Incoming(version, it.kind(), it.index(), 0, false))
                .noneMatch(other -> judge(fact(name, other, List.of())).allowed());
    }

    private Incoming known(PackageName name) {
        return Optional.ofNullable(incoming.get(name))
                .orElseGet(() -> new Incoming(installed(name), ArtifactKind.WHEEL, null, 0, false));
    }

    private Artifact fact(PackageName name, Incoming it, List<String> overwrites) {
        return new Artifact(
                name,
                it.version(),
                it.kind(),
                it.index(),
                it.sizeBytes(),
                it.nativeCode(),
                isLocked(name, it.version()),
                overwrites);
    }

    private boolean isLocked(PackageName name, Version version) {
        @Nullable Pin pin = situation.lock().pins().get(name);
        return pin != null && pin.version().equals(version);
    }

    private Version installed(PackageName name) {
        return situation.installed().stream()
                .filter(there -> there.name().equals(name))
                .map(InstalledDistribution::version)
                .findFirst()
                .orElseThrow();
    }
}
