package dev.blast.packaging;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/**
 * The variables of environment markers (PEP 508), with {@code extras} and {@code dependency_groups}
 * of lock files (PEP 751).
 */
public enum MarkerVariable {
    IMPLEMENTATION_NAME,
    IMPLEMENTATION_VERSION,
    OS_NAME,
    PLATFORM_MACHINE,
    PLATFORM_PYTHON_IMPLEMENTATION,
    PLATFORM_RELEASE,
    PLATFORM_SYSTEM,
    PLATFORM_VERSION,
    PYTHON_FULL_VERSION,
    PYTHON_VERSION,
    SYS_PLATFORM,
    EXTRA,
    EXTRAS,
    DEPENDENCY_GROUPS;

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
        return switch (this) {
            case IMPLEMENTATION_NAME -> Optional.of(environment.implementationName());
            case IMPLEMENTATION_VERSION -> Optional.of(environment.implementationVersion());
            case OS_NAME -> Optional.of(environment.osName());
            case PLATFORM_MACHINE -> Optional.of(environment.platformMachine());
            case PLATFORM_PYTHON_IMPLEMENTATION ->
                    Optional.of(environment.platformPythonImplementation());
            case PLATFORM_RELEASE -> Optional.of(environment.platformRelease());
            case PLATFORM_SYSTEM -> Optional.of(environment.platformSystem());
            case PLATFORM_VERSION -> Optional.of(environment.platformVersion());
            case PYTHON_FULL_VERSION -> Optional.of(environment.pythonFullVersion());
            case PYTHON_VERSION -> Optional.of(environment.pythonVersion());
            case SYS_PLATFORM -> Optional.of(environment.sysPlatform());
            case EXTRA, EXTRAS, DEPENDENCY_GROUPS -> Optional.empty();
        };
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
