/**
 * What runs in an environment, as far as it is kept on disk: which programs run ({@code Sessions}),
 * the variables they get, and the bytecode that programs of the same rights share.
 */
@NullMarked
package dev.blast.environment.session;

import org.jspecify.annotations.NullMarked;
