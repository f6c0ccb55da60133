package dev.blast.cli.invocation;

import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;

/** The paths that a command names, as far as its words show it. */
final class NamedPaths {
    /** A word may be long, and a program of its own. */
    private static final int MOST = 20;

    /** It begins like one, or has a slash and nothing that would be odd in one. */
    private static final Pattern WHOLE =
            Pattern.compile("(?:~/|\\.{0,2}/)[^\"'()]*|[\\w.@%+][\\w.@%+-]*/[\\w.@%+/-]*");

    /** From a slash or a home on, within a word: behind an equals sign, between quotes. */
    private static final Pattern WITHIN =
            Pattern.compile("(?<![\\w./~:-])(?:~/|/)[\\w.@%+/-]*[\\w@%+-]");

    private NamedPaths() {}

    /**
     * Those of its arguments, in their order. The first word is the program.
     *
     * @param directory what a relative one is relative to: a word that goes up, or has a slash
     * @param home what {@code ~} stands for
     */
    static List<Path> in(List<String> command, Path directory, Path home) {
        var named = new LinkedHashSet<Path>();
        for (String word : command.subList(1, command.size())) {
            var texts = new ArrayList<String>();
            if (WHOLE.matcher(word).matches()) {
                texts.add(word);
            } else {
                WITHIN.matcher(word).results().map(MatchResult::group).forEach(texts::add);
            }
            for (String text : texts) {
                try {
                    named.add(
                            text.startsWith("~/")
                                    ? home.resolve(text.substring(2)).normalize()
                                    : directory.resolve(text).normalize());
                } catch (InvalidPathException _) {
                    // a word like any other
                }
            }
        }
        return named.stream().limit(MOST).toList();
    }
}
