/**
 * Where packages are looked for and with which rights, as people have said it already: options,
 * variables, pip's and uv's configuration files ({@code SettingsDiscovery}, {@code SettingTable}),
 * netrc, proxies, certificates. What comes of it is one {@code IndexConfiguration}; what is not
 * honoured is named.
 */
@NullMarked
package dev.blast.index.settings;

import org.jspecify.annotations.NullMarked;
