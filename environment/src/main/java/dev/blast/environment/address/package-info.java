/**
 * What is behind the addresses that people write where a package is expected. {@code SourceFinder}
 * reads each: an archive is brought once and kept by its hash, a folder is looked at where it is, a
 * commit of a repository is brought by {@code Repositories} and laid out like an archive. What
 * comes of it is a {@code DistributionFile} with its name and version, and the folder that it is
 * built from.
 */
@NullMarked
package dev.blast.environment.address;

import org.jspecify.annotations.NullMarked;
