/**
 * Policy files in their one layout. Nothing but blanks changes, and the semicolons that DRL lets
 * stand where none is needed: the words of a file and its comments stay, and so does its meaning.
 */
@NullMarked
package dev.blast.rules.format;

import org.jspecify.annotations.NullMarked;
