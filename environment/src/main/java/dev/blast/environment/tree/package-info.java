/**
 * What the files of an environment are, as a value. A {@code Tree} has a {@code TreeEntry} for each
 * file, link and folder; {@code TreeScan} reads one off the disk, {@code TreeChange} is what makes
 * one of another, and {@code TreeStage} lays out what comes. What files hold is known by hash;
 * where that can be had again is the store's to know.
 */
@NullMarked
package dev.blast.environment.tree;

import org.jspecify.annotations.NullMarked;
