/**
 * What package indexes offer: the files of a project, the metadata of a wheel, the wheel itself.
 * Everything here says how the answer was got (network, cache, which way) and nothing here chooses:
 * choosing is the resolver's.
 */
@NullMarked
package dev.blast.index;

import org.jspecify.annotations.NullMarked;
