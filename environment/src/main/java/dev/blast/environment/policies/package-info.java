/**
 * Which policy files count for a command: the four layers and where they lie ({@code
 * PolicySources}), their texts as bytes say them, and which content of a project the user trusts
 * ({@code Trust}).
 */
@NullMarked
package dev.blast.environment.policies;

import org.jspecify.annotations.NullMarked;
