package dev.blast.solver.index;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * What people have set for pip and uv beside the indexes: what is followed, and what is not, since
 * nothing that would change an answer is passed over in silence.
 *
 * @param constraints files with constraints, as written
 * @param unread the settings that are not followed, by the names that people set
 */
public record ForeignSettings(List<String> constraints, List<String> unread) {

    /** Followed here or by {@link Discovery}. */
    private static final Set<String> FOLLOWED =
            Set.of(
                    "index-url",
                    "extra-index-url",
                    "find-links",
                    "no-index",
                    "cert",
                    "client-cert",
                    "proxy",
                    "timeout",
                    "default-timeout",
                    "retries",
                    "trusted-host",
                    "constraint",
                    "require-hashes",
                    "config-file");

    /** Says nothing about what is chosen, or what Blast does anyway. */
    private static final Set<String> WITHOUT_EFFECT =
            Set.of(
                    "break-system-packages",
                    "debug",
                    "disable-pip-version-check",
                    "exists-action",
                    "format",
                    "isolated",
                    "log",
                    "no-color",
                    "no-input",
                    "no-python-version-warning",
                    "no-warn-conflicts",
                    "no-warn-script-location",
                    "only-binary",
                    "prefer-binary",
                    "progress-bar",
                    "python-version-warning",
                    "quiet",
                    "require-virtualenv",
                    "require-venv",
                    "resume-retries",
                    "root-user-action",
                    "verbose");

    /** Of uv's many, those that choose versions or say whom to trust. */
    private static final List<String> UV_UNREAD =
            List.of(
                    "UV_BUILD_CONSTRAINT",
                    "UV_CONFIG_FILE",
                    "UV_EXCLUDE",
                    "UV_EXCLUDE_NEWER",
                    "UV_FORK_STRATEGY",
                    "UV_INDEX_STRATEGY",
                    "UV_INSECURE_HOST",
                    "UV_KEYRING_PROVIDER",
                    "UV_NO_BINARY",
                    "UV_NO_BINARY_PACKAGE",
                    "UV_NO_SOURCES",
                    "UV_OVERRIDE",
                    "UV_PRERELEASE",
                    "UV_RESOLUTION",
                    "UV_TORCH_BACKEND");

    public ForeignSettings {
        constraints = List.copyOf(constraints);
        unread = List.copyOf(unread);
    }

    /**
     * Reads variables and pip's files.
     *
     * @param environment whose own {@code pip.conf} counts, null for none
     */
    public static ForeignSettings read(
            Map<String, String> variables, Path home, @Nullable Path environment)
            throws IndexException {
        PipSettings pip = PipSettings.read(variables, home, Path.of("/"), environment);
        var constraints = new ArrayList<>(pip.values("constraint"));
        constraints.addAll(
                Stream.of(variables.getOrDefault("UV_CONSTRAINT", "").split("\\s+"))
                        .filter(file -> !file.isEmpty())
                        .toList());
        var unread = new ArrayList<String>();
        for (String option : pip.options()) {
            if (!FOLLOWED.contains(option)
                    && !WITHOUT_EFFECT.contains(option)
                    && isOn(pip.value(option).orElse(""))) {
                String variable = "PIP_" + option.replace('-', '_').toUpperCase(Locale.ROOT);
                unread.add(
                        variables.containsKey(variable)
                                ? variable
                                : "'%s' in pip's configuration".formatted(option));
            }
        }
        UV_UNREAD.stream()
                .filter(name -> isOn(variables.getOrDefault(name, "")))
                .filter(name ->
                        !"UV_INDEX_STRATEGY first-index".equals(name + " " + variables.get(name)))
                .forEach(unread::add);
        return new ForeignSettings(constraints, unread);
    }

    /** What is switched off need not be followed. */
    private static boolean isOn(String value) {
        return !value.strip().toLowerCase(Locale.ROOT).matches("|0|false|no|n|f|off|:none:");
    }
}
