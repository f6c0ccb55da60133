/**
 * What runs in an environment, and with which rights. A {@code Workspace} is the places of one
 * user, {@code Policies} the rules in force there; {@code OwnPlaces} and {@code Surroundings} are
 * what no rule opens to a program, {@code Grounds} where a project cannot be at all. {@code
 * Installed} and {@code Locked} are what the rules are told of the environment; which programs run
 * are {@code Sessions}, their variables {@code Variables}, the bytecode they share {@code
 * Bytecode}.
 *
 * <p>A {@code Habitat} is an environment that something is to run in; {@code Housing} says why
 * there is none. A {@code Wish} is what somebody wants to run there, a {@code ConfinedProgram} that
 * wish with its plan, a {@code ConfinedSession} the program while it runs. A {@code SandboxTrial}
 * starts Python for an instant and reads back what confines it; its step of the ladder is kept in a
 * {@code LadderNote}.
 */
@NullMarked
package dev.blast.environment.session;

import org.jspecify.annotations.NullMarked;
