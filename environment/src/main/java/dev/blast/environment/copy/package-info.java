/**
 * Throwaway copies of a project's folder, and what is kept of them. A {@code Baseline} is what
 * there was when a program started; it changes a {@code CopyPlace}, of which a {@code WrittenTree}
 * is read back as what a stranger wrote. {@code CopyChanges} is the difference, each {@code
 * CopyChange} with its {@code Keepable}: what would be run or believed outside later on is {@code
 * Guarded}. A {@code Keeping} brings what is chosen into the project, all of it or nothing.
 */
@NullMarked
package dev.blast.environment.copy;

import org.jspecify.annotations.NullMarked;
