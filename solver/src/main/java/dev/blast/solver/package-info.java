@NullMarked
package dev.blast.solver;

import org.jspecify.annotations.NullMarked;
