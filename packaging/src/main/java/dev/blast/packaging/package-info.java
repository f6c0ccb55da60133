/**
 * Python's own packaging standards as values: pure, immutable, of any thread, with no more than the
 * Java library beneath them.
 *
 * <ul>
 *   <li>{@link dev.blast.packaging.Version}, {@link dev.blast.packaging.SpecifierSet} and {@link
 *       dev.blast.packaging.VersionSet}: versions, what people write about them, and the exact set
 *       that it means (PEP 440);
 *   <li>{@link dev.blast.packaging.Requirement} and {@link dev.blast.packaging.Marker} (PEP 508,
 *       685);
 *   <li>{@link dev.blast.packaging.Tag}, {@link dev.blast.packaging.TagSet} and {@link
 *       dev.blast.packaging.WheelName}: which wheel fits which interpreter (PEP 425, 427, 600,
 *       656);
 *   <li>{@link dev.blast.packaging.Metadata}, {@link dev.blast.packaging.RecordFile} and the other
 *       files of a distribution;
 *   <li>{@link dev.blast.packaging.PyProject} and {@link dev.blast.packaging.Pylock}: what a
 *       project asks for and what was locked (PEP 621, 735, 751), from documents that somebody else
 *       has read.
 * </ul>
 *
 * <p>Text that breaks its standard is an {@link dev.blast.packaging.InvalidSyntaxException}, a
 * document an {@link dev.blast.packaging.InvalidDocumentException}; both say what was expected, and
 * where.
 */
@NullMarked
package dev.blast.packaging;

import org.jspecify.annotations.NullMarked;
