/**
 * What package indexes offer: an {@code Index} has for each project a {@code ProjectPage} with its
 * {@code DistributionFile}s, the metadata of a wheel, and the wheel itself. Every answer says how
 * it was got (network, cache, which way), and nothing here chooses: choosing is the resolver's.
 *
 * <p>The rooms, each knowing only those named before it: {@code cache} (files that outlive a
 * command), {@code settings} (where to ask, and with which rights), {@code page} (an answer as a
 * page of links), {@code http} (asking itself).
 */
@NullMarked
package dev.blast.index;

import org.jspecify.annotations.NullMarked;
