/** The lock file pylock.toml (PEP 751), read and written, other tools' included. */
@NullMarked
package dev.blast.solver.lock;

import org.jspecify.annotations.NullMarked;
