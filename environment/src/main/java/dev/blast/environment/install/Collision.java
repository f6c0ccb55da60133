package dev.blast.environment.install;

import dev.blast.packaging.PackageName;

/** Two distributions bring different content to one path (relative to the environment's root). */
public record Collision(String target, PackageName first, PackageName second) {

    @Override
    public String toString() {
        return "%s and %s both bring %s, with different content"
                .formatted(first.normalized(), second.normalized(), target);
    }
}
