/**
 * Wheels on disk: the store of unpacked wheels, plans to install and uninstall them, venvs, and the
 * check of what is installed.
 */
@NullMarked
package dev.blast.environment.install;

import org.jspecify.annotations.NullMarked;
