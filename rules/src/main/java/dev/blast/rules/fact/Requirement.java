package dev.blast.rules.fact;

import dev.blast.packaging.PackageName;
import org.jspecify.annotations.Nullable;

/**
 * One requirement of the project, asked about by itself: which strategy suits this package?
 *
 * @param group the dependency group that holds it; null for the project's own dependencies
 * @param direct true where the project itself asks for the package
 * @param specifier the version specifier as written; empty where every version will do
 */
public record Requirement(
        PackageName name, @Nullable String group, boolean direct, String specifier) {}
