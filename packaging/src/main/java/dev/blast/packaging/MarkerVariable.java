package dev.blast.packaging;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * The variables of environment markers (PEP 508), with {@code extras} and {@code dependency_groups}
 * of lock files (PEP 751).
 */
public enum MarkerVariable {
    IMPLEMENTATION_NAME(MarkerEnvironment::implementationName),
    IMPLEMENTATION_VERSION(MarkerEnvironment::implementationVersion),
    OS_NAME(MarkerEnvironment::osName),
    PLATFORM_MACHINE(MarkerEnvironment::platformMachine),
    PLATFORM_PYTHON_IMPLEMENTATION(MarkerEnvironment::platformPythonImplementation),
    PLATFORM_RELEASE(MarkerEnvironment::platformRelease),
    PLATFORM_SYSTEM(MarkerEnvironment::platformSystem),
    PLATFORM_VERSION(MarkerEnvironment::platformVersion),
    PYTHON_FULL_VERSION(MarkerEnvironment::pythonFullVersion),
    PYTHON_VERSION(MarkerEnvironment::pythonVersion),
    SYS_PLATFORM(MarkerEnvironment::sysPlatform),
    EXTRA(null),
    EXTRAS(null),
    DEPENDENCY_GROUPS(null);

    private final @Nullable Function<MarkerEnvironment, String> value;

    MarkerVariable(@Nullable Function<MarkerEnvironment, String> value) {
        this.value = value;
    }

    /** The name that markers use. */
    public String spelling() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** By name; {@code os.name} and the like are the spelling of PEP 345. */
    static Optional<MarkerVariable> named(String word) {
        String spelling =
                switch (word) {
                    case "os.name",
                            "sys.platform",
                            "platform.version",
                            "platform.machine",
                            "platform.python_implementation" ->
                            word.replace('.', '_');
                    case "python_implementation" -> "platform_python_implementation";
                    default -> word;
                };
        return Arrays.stream(values())
                .filter(variable -> variable.spelling().equals(spelling))
                .findFirst();
    }

    /** The value that the interpreter gives it; nothing where a value is the asker's to choose. */
    Optional<String> valueIn(MarkerEnvironment environment) {
        return Optional.ofNullable(value).map(reader -> reader.apply(environment));
    }

    /** Whether comparisons are those of versions, where both sides are versions. */
    boolean holdsVersion() {
        return switch (this) {
            case IMPLEMENTATION_VERSION, PLATFORM_RELEASE, PYTHON_FULL_VERSION, PYTHON_VERSION ->
                    true;
            default -> false;
        };
    }

    /** Whether its values are names of extras or groups, which are compared in normal form. */
    boolean holdsNames() {
        return switch (this) {
            case EXTRA, EXTRAS, DEPENDENCY_GROUPS -> true;
            default -> false;
        };
    }
}
