/**
 * The one reader of ZIP archives, for wheels on disk and behind a server alike: strict, so that an
 * archive means the same to it as to every other reader, or is refused.
 *
 * <p>{@link dev.blast.packaging.archive.Archive} reads over a {@link
 * dev.blast.packaging.archive.ByteSource}, so whoever resolves and whoever installs see one
 * content; why an archive is refused is a {@link dev.blast.packaging.archive.Refusal}.
 */
@NullMarked
package dev.blast.packaging.archive;

import org.jspecify.annotations.NullMarked;
