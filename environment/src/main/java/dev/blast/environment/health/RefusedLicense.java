package dev.blast.environment.health;

import dev.blast.packaging.PackageName;
import dev.blast.packaging.Version;
import dev.blast.rules.verdict.Reason;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * An installed version that a rule does not let be chosen for its license.
 *
 * @param license as its METADATA say it; null where they say nothing
 * @param why the rule; empty where the evaluation failed
 * @param failure what went wrong in it, where something did
 */
public record RefusedLicense(
        PackageName name,
        Version version,
        @Nullable String license,
        Optional<Reason> why,
        Optional<String> failure) {}
