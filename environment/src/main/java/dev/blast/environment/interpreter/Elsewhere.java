package dev.blast.environment.interpreter;

import dev.blast.packaging.InterpreterTraits;
import dev.blast.packaging.MarkerEnvironment;
import dev.blast.packaging.PlatformName;
import dev.blast.packaging.Tag;
import dev.blast.packaging.Version;
import java.util.HashMap;
import java.util.List;
import java.util.Optional;

/**
 * An interpreter that is not here: versions can be chosen for it, and nothing can be installed. It
 * is an ordinary CPython.
 *
 * @param platform the machine; empty for this one
 * @param python a full version; empty for the one that would be used here
 */
public record Elsewhere(Optional<PlatformName> platform, Optional<Version> python) {

    /** It, where one that is here stands for what is not said of it. */
    public Interpreter of(Interpreter here) {
        Version version = python.orElse(here.version());
        List<String> platforms =
                platform.map(PlatformName::tags)
                        .orElseGet(() ->
                                here.tags().tags().stream()
                                        .map(Tag::platform)
                                        .filter(tag -> !tag.equals("any"))
                                        .distinct()
                                        .toList());
        return new Interpreter(
                here.executable(),
                "cpython",
                version,
                false,
                platform.map(name -> name.markers(version))
                        .orElseGet(() -> markers(here.markers(), version)),
                InterpreterTraits.cpython(version, platforms),
                here.venvScheme(),
                here.basePrefix(),
                here.standardLibrary(),
                null,
                List.of());
    }

    private static MarkerEnvironment markers(MarkerEnvironment here, Version version) {
        var variables = new HashMap<>(here.toMap());
        variables.put("implementation_name", "cpython");
        variables.put("platform_python_implementation", "CPython");
        variables.put("implementation_version", version.toString());
        variables.put("python_full_version", version.toString());
        variables.put("python_version", version.major() + "." + version.minor());
        return MarkerEnvironment.from(variables);
    }
}
