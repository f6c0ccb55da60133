/**
 * From what a program was seen to do to rules that let it do just that. {@code OpenEyes} stand at
 * the gate and note; {@code SeenNeeds} are what no rule gave; {@code PathFolding} makes few paths
 * of many, {@code Secrets} are never proposed, and {@code LearnedRules} is the file that comes of
 * it.
 */
@NullMarked
package dev.blast.environment.learn;

import org.jspecify.annotations.NullMarked;
