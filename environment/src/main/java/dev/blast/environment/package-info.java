@NullMarked
package dev.blast.environment;

import org.jspecify.annotations.NullMarked;
