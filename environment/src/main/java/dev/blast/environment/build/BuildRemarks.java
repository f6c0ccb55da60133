package dev.blast.environment.build;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** What the words of a failed build mean to whoever wants the package. */
final class BuildRemarks {
    /**
     * Words of a log, and what they mean.
     *
     * @param remark its first {@code %s} is what the pattern caught
     */
    private record Remark(Pattern words, String remark) {}

    private static final List<Remark> ALL =
            List.of(
                    remark(
                            "Temporary failure in name resolution|Name or service not known"
                                    + "|[Cc]ould not resolve host|Network is unreachable"
                                    + "|Failed to establish a new connection|getaddrinfo failed|urlopen error",
                            "a build has no network: what it fetches has to be there beforehand, or be among its build requirements"),
                    remark(
                            "ModuleNotFoundError: No module named '([\\w.]{1,80})'",
                            "it needs %s to be built, and does not say so among its build requirements: that is for its authors to mend"),
                    remark(
                            "fatal error: ([\\w./+-]{1,80}\\.h): No such file",
                            "the header %s is not on this machine: the package of your system that holds it (often named -dev or -devel) has to be installed"),
                    remark(
                            "(?:unable to execute|error: command) '?([\\w./+-]{0,40}(?:gcc|cc|clang|g\\+\\+|c\\+\\+))'?(?: failed)?: No such file",
                            "there is no compiler (%s) on this machine, or the rules for builds do not show it"),
                    remark(
                            "([\\w-]{1,40}config) executable not found",
                            "the program %s is not on this machine: it comes with the development files of the library that this binds to"),
                    remark(
                            "use_2to3 is invalid",
                            "it was written for Python 2, and today's setuptools no longer translate it"));

    private BuildRemarks() {}

    private static Remark remark(String words, String remark) {
        return new Remark(Pattern.compile(words), remark);
    }

    /** The remarks on the end of a log, each once. */
    static List<String> of(String log) {
        var remarks = new ArrayList<String>();
        for (Remark one : ALL) {
            Matcher found = one.words().matcher(log);
            if (found.find()) {
                String caught = found.groupCount() > 0 ? found.group(1) : "";
                remarks.add(one.remark().formatted(caught));
            }
        }
        return remarks;
    }
}
