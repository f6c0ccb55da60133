/**
 * Asking over a network: {@code Transport} sends one request along one route to an address that was
 * looked at, {@code Download} and {@code RangedBytes} fetch files and parts of them, {@code Pages}
 * and {@code WheelMetadata} what the resolver wants to know; {@code HttpIndex} is all of it as an
 * {@code Index}.
 */
@NullMarked
package dev.blast.index.http;

import org.jspecify.annotations.NullMarked;
