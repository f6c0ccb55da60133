@NullMarked
package dev.blast.enforcer;

import org.jspecify.annotations.NullMarked;
