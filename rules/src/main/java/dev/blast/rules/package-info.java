@NullMarked
package dev.blast.rules;

import org.jspecify.annotations.NullMarked;
