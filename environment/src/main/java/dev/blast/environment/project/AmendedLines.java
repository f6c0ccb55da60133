package dev.blast.environment.project;

import java.util.ArrayList;
import java.util.List;

/**
 * Lines of a file that are others after an edit.
 *
 * @param line of the first, from 1, before the edit
 * @param after empty where they are gone
 */
public record AmendedLines(int line, List<String> before, List<String> after) {
    public AmendedLines {
        before = List.copyOf(before);
        after = List.copyOf(after);
    }

    /** The lines from the first that differs to the last. */
    static AmendedLines between(String before, String after) {
        List<String> old = before.lines().toList();
        List<String> now = after.lines().toList();
        int most = Math.min(old.size(), now.size());
        int first = 0;
        while (first < most && old.get(first).equals(now.get(first))) {
            first++;
        }
        int last = 0;
        while (last < most - first
                && old.get(old.size() - 1 - last).equals(now.get(now.size() - 1 - last))) {
            last++;
        }
        return new AmendedLines(
                first + 1,
                old.subList(first, old.size() - last),
                now.subList(first, now.size() - last));
    }

    /** With those of an edit that was made after this one, on the same lines or above them. */
    static List<AmendedLines> joined(List<AmendedLines> made, AmendedLines next) {
        var all = new ArrayList<AmendedLines>(made);
        if (!made.isEmpty()
                && made.getFirst().line == next.line
                && made.getFirst().after.equals(next.before)) {
            all.set(0, new AmendedLines(next.line, made.getFirst().before, next.after));
        } else {
            all.addFirst(next);
        }
        return all;
    }
}
