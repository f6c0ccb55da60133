package dev.blast.index;

import dev.blast.packaging.SpecifierSet;
import dev.blast.packaging.Tag;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What a wheel is for: the interpreters and platforms that its name says (PEP 425), and the Python
 * that its index says.
 *
 * @param requiresPython null where not given or not readable
 */
public record WheelUse(Set<Tag> tags, @Nullable SpecifierSet requiresPython) {}
