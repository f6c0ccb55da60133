package dev.blast.environment.project;

import dev.blast.packaging.SpecifierSet;

/**
 * The Pythons that a project is for, as {@code requires-python} says.
 *
 * @param origin where that stands: {@code pyproject.toml:4}; of a workspace, all such places
 */
public record PythonNeed(SpecifierSet value, String origin) {}
