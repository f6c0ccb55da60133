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
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Asks the rules about the files of a change: each as such, and for another's files it brings. */
final class Artifacts {
    private final Situation situation;
    private final Context context;
    private final Map<PackageName, Incoming> incoming;

    /** A wheel that comes, as the rules see it. */
    record Incoming(Version version, @Nullable String index, long sizeBytes, boolean nativeCode) {
        static Incoming of(Wanted wanted, StoredWheel wheel) {
            return new Incoming(
                    wanted.version(),
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
    Judgement judge(PackageName name) {
        return judge(name, List.of());
    }

    /**
     * Whether a distribution may bring what is another's. Of one that is installed already no more
     * is known than its name and version.
     */
    Judgement overwriting(PackageName name, PackageName other) {
        return judge(name, List.of(other.normalized()));
    }

    private Judgement judge(PackageName name, List<String> overwrites) {
        Incoming it =
                Optional.ofNullable(incoming.get(name))
                        .orElseGet(() -> new Incoming(installed(name), null, 0, false));
        var fact =
                new Artifact(
                        name,
                        it.version(),
                        ArtifactKind.WHEEL,
                        it.index(),
                        it.sizeBytes(),
                        it.nativeCode(),
                        situation.lock().pins().containsKey(name),
                        overwrites);
        return situation.job().policy().judge(fact, context);
    }

    private Version installed(PackageName name) {
        return situation.installed().stream()
                .filter(there -> there.name().equals(name))
                .map(InstalledDistribution::version)
                .findFirst()
                .orElseThrow();
    }
}
