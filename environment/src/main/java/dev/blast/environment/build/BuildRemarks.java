package dev.blast.environment.build;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * What the words of a failed build mean to whoever wants the package.
 *
 * @param cause the same in a few words
 * @param remarks what to make of it, each a line
 */
record BuildRemarks(String cause, List<String> remarks) {
    BuildRemarks {
        remarks = List.copyOf(remarks);
    }

    /**
     * Words of a cause, and what they mean.
     *
     * @param cause its {@code %s} is what the pattern caught
     * @param remark null where there is nothing to add
     */
    private record Remark(Pattern words, String cause, @Nullable String remark) {}

    private static final Pattern NETWORK =
            Pattern.compile(
                    "Temporary failure in name resolution|Name or service not known"
                            + "|[Cc]ould not resolve host|Network is unreachable"
                            + "|Failed to establish a new connection|getaddrinfo failed|urlopen error");

    private static final String NO_NETWORK =
            "a build has no network: what it fetches has to be there beforehand, or be among its build requirements";

    private static final String NAME = "([\\w./+-]{1,80})";

    private static final List<Remark> ALL =
            List.of(
                    new Remark(
                            NETWORK,
                            "it asks for something from the network, which a build does not have",
                            null),
                    remark(
                            "ModuleNotFoundError: No module named '([\\w.]{1,80})'",
                            "it needs the module %s, which is not among its build requirements",
                            "what it needs to be built it has to name itself: that is for its authors to mend"),
                    remark(
                            "fatal error: '?([\\w./+-]{1,80}\\.h(?:h|pp)?)'?(?: file not found|: No such file)",
                            "it needs the header %s, which is not here",
                            "the package of your system that holds it (often named -dev or -devel) has to be installed"),
                    remark(
                            "(?:unable to execute|error: command|linker) ['`]?([\\w./+-]{0,40}(?:gcc|cc|clang|g\\+\\+|c\\+\\+))['`]?(?: failed)?(?:: No such file| not found)",
                            "it needs the compiler %s, which is not here",
                            "it is not on this machine, or the rules for builds do not show it"),
                    library(
                            "ERROR: Dependency (?:lookup for )?[\"']?NAME[\"']?(?: not found| with method)"),
                    library("Package '?NAME'?,? (?:required by '[^']{1,80}', |was )?not found"),
                    library("No package '?NAME'? found"),
                    library("cannot find -lNAME"),
                    library("Could NOT find NAME"),
                    library("configuration file provided by \"NAME\""),
                    program("NAME executable not found"),
                    program("[Pp]rogram ['\"]?NAME['\"]? not found"),
                    program("sh: (?:(?:line )?\\d{1,7}: )?NAME: (?:command )?not found"),
                    program("make(?:\\[\\d{1,3}])?: NAME: No such file"),
                    remark(
                            "(?:FileNotFoundError|error): \\[Errno 2\\] No such file or directory: '([\\w.+-]{1,80})'$",
                            "it needs %s, which is not here",
                            null),
                    remark(
                            "use_2to3 is invalid",
                            "it was written for Python 2",
                            "today's setuptools no longer translate it"));

    private static Remark remark(String words, String cause, @Nullable String remark) {
        return new Remark(Pattern.compile(words.replace("NAME", NAME)), cause, remark);
    }

    private static Remark library(String words) {
        return remark(
                words,
                "it needs the library %s, which is not here",
                "the package of your system with its development files (often named -dev or -devel) has to be installed");
    }

    private static Remark program(String words) {
        return remark(
                words,
                "it needs the program %s, which is not here",
                "it is not on this machine, or the rules for builds do not show it; a ..._config comes with the development files of a library");
    }

    /** What a log comes to. */
    static BuildRemarks of(String log) {
        String cause = BuildCause.of(log);
        var remarks = new ArrayList<String>();
        if (NETWORK.matcher(log).find()) {
            remarks.add(NO_NETWORK);
        }
        for (Remark one : ALL) {
            Matcher found = one.words().matcher(cause);
            if (found.find()) {
                if (one.remark() != null) {
                    remarks.add(one.remark());
                }
                return new BuildRemarks(
                        one.cause().formatted(found.groupCount() > 0 ? found.group(1) : ""),
                        remarks);
            }
        }
        return new BuildRemarks(cause, remarks);
    }
}
