/**
 * What a rule may look at: one record per fact, named as in the policy files, values in plain
 * units.
 */
@NullMarked
package dev.blast.rules.fact;

import org.jspecify.annotations.NullMarked;
