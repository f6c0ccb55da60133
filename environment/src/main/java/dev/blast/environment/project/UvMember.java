package dev.blast.environment.project;

import dev.blast.packaging.PackageName;

/**
 * A member of a workspace.
 *
 * @param line of the pattern in the root's file that names its folder
 */
record UvMember(PackageName name, int line) {}
