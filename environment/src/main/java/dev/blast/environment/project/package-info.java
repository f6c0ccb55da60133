/**
 * What a project asks for, as its files say it: {@code pyproject.toml}, requirements files, {@code
 * .python-version}, {@code pylock.toml}, uv's workspace and sources. All of it is a stranger's
 * word: it names nothing outside, and what is not read is said ({@code Unread}). Words as written
 * are {@code RequirementWords} and the tables; as meant they are a {@code Project} and its {@code
 * CurrentLock}.
 */
@NullMarked
package dev.blast.environment.project;

import org.jspecify.annotations.NullMarked;
