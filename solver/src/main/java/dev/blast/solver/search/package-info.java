/**
 * The search itself: a {@code Resolver} answers a request by {@code Attempt}s; a {@code Search}
 * takes what follows, asks {@code Chooser} for the next version to try and {@code Knowledge} for
 * what the index and the rules say of it, in its own {@code View}; {@code Clauses} are what it
 * learns of that, and a {@code Ledger} keeps what was looked at. {@code Verification} looks at
 * every answer once more, by the requirements alone.
 */
@NullMarked
package dev.blast.solver.search;

import org.jspecify.annotations.NullMarked;
