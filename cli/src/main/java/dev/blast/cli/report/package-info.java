/**
 * What commands answer: values that know how to be text and how to be JSON, with the same facts in
 * both.
 */
@NullMarked
package dev.blast.cli.report;

import org.jspecify.annotations.NullMarked;
