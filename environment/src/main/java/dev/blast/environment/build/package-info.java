/**
 * Wheels out of sources, in a sandbox. {@code Builds} is the face: it answers the solver as its
 * {@code Builder}, and gives a sync the wheels themselves. What it reads is a {@code Source}, an
 * archive or a folder, laid out by {@code SourceArchive} or {@code FolderCopy} as a {@code
 * SourceTree} in a {@code WorkFolder}; the tree's {@code Backend} is what PEP 517 calls so.
 *
 * <p>A {@code BuildEnvironment} holds the wheels of the build requirements, resolved as any others
 * and kept by content. A {@code Hook} of the backend runs in it through {@code BuildSandbox}, with
 * the rights that the rules give to a session whose purpose is BUILD; what it leaves is read back
 * bounded, from the output folder alone. {@code BuildCache} keeps what came of it, {@code
 * BuildLogs} what was said by builds that failed.
 *
 * <p>To whoever wires it: a {@code BuildTools} is made once a command, with its {@code
 * BuildOptions} and who brings {@code Checkouts}; {@code new Builds(tools, session, interpreter,
 * index, asking)} once the interpreter and the index are known. It is the {@code Builder} of a
 * {@code Sourcing}; {@code wheel(file)} gives the wheel of a pinned source, to be added to the
 * store. Both may be called from any thread.
 */
@NullMarked
package dev.blast.environment.build;

import org.jspecify.annotations.NullMarked;
