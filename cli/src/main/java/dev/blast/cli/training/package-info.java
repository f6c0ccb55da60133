/**
 * What an AOT cache is trained with: whole commands on a project of its own, from an index on
 * loopback.
 */
@NullMarked
package dev.blast.cli.training;

import org.jspecify.annotations.NullMarked;
