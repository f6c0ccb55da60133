@NullMarked
package dev.blast.daemon;

import org.jspecify.annotations.NullMarked;
