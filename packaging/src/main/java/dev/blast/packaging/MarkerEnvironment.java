package dev.blast.packaging;

import java.util.LinkedHashMap;
import java.util.Map;

/**
 * What an environment marker can ask an interpreter (PEP 508): one component for each variable, as
 * text, with the variable's name in {@link #toMap}. A variable that the interpreter cannot
 * determine is empty.
 */
public record MarkerEnvironment(
        String implementationName,
        String implementationVersion,
        String osName,
        String platformMachine,
        String platformPythonImplementation,
        String platformRelease,
        String platformSystem,
        String platformVersion,
        String pythonFullVersion,
        String pythonVersion,
        String sysPlatform) {

    public MarkerEnvironment {
        // An interpreter built from an untagged checkout reports "3.13.0+", which is no version.
        if (pythonFullVersion.endsWith("+")) {
            pythonFullVersion += "local";
        }
    }

    /**
     * From variables by their names in PEP 508; other names are ignored, missing ones are empty.
     */
    public static MarkerEnvironment from(Map<String, String> variables) {
        return new MarkerEnvironment(
                variables.getOrDefault("implementation_name", ""),
                variables.getOrDefault("implementation_version", ""),
                variables.getOrDefault("os_name", ""),
                variables.getOrDefault("platform_machine", ""),
                variables.getOrDefault("platform_python_implementation", ""),
                variables.getOrDefault("platform_release", ""),
                variables.getOrDefault("platform_system", ""),
                variables.getOrDefault("platform_version", ""),
                variables.getOrDefault("python_full_version", ""),
                variables.getOrDefault("python_version", ""),
                variables.getOrDefault("sys_platform", ""));
    }

    /** The variables by their names in PEP 508, in alphabetical order. */
    public Map<String, String> toMap() {
        var variables = new LinkedHashMap<String, String>();
        for (MarkerVariable variable : MarkerVariable.values()) {
            variable.valueIn(this).ifPresent(value -> variables.put(variable.spelling(), value));
        }
        return variables;
    }
}
