/**
 * From what rules grant to what will be done, without doing it: a {@code Launch} and the {@code
 * KernelFeatures} make a {@code Plan} of {@code Step}s, or say which {@code MissingLayer}s stand in
 * its way; what a start by a plan can come to instead is a {@code StartFailure}. Paths of the host
 * are looked at through {@code HostFiles} alone, so all of it is tested in tables.
 */
@NullMarked
package dev.blast.enforcer.plan;

import org.jspecify.annotations.NullMarked;
