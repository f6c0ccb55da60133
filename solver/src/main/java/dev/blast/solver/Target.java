package dev.blast.solver;

import dev.blast.packaging.MarkerEnvironment;
import dev.blast.packaging.TagSet;
import dev.blast.packaging.Version;

/**
 * The interpreter an answer is for.
 *
 * @param python its full version, such as 3.12.1
 * @param markers what its environment markers evaluate to
 * @param tags the wheels it can install, best first
 */
public record Target(Version python, MarkerEnvironment markers, TagSet tags) {}
