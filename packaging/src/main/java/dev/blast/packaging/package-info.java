@NullMarked
package dev.blast.packaging;

import org.jspecify.annotations.NullMarked;
