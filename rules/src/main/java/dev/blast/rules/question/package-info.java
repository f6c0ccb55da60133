/**
 * The questions, a file each: what one is about, which verbs answer it, how their answers combine,
 * what holds where no rule answers, and how it is asked and proposed in words. {@code Questions}
 * lists them, and nothing else knows how many there are.
 */
@NullMarked
package dev.blast.rules.question;

import org.jspecify.annotations.NullMarked;
