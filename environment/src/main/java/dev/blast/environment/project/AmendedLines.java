package dev.blast.environment.project;

import java.util.ArrayList;
import java.util.List;

/**
 * Lines of a file that are others after an edit.
 *
 * @param line of the first, from 1, before the edit
 * @param before empty where there were none
 * @param after empty where they are gone
 */
public record AmendedLines(int line, List<String> before, List<String> after) {
    /** Beyond this many comparisons the lines from the first to the last difference do. */
    private static final long MOST_COMPARED = 4_000_000;

    public AmendedLines {
        before = List.copyOf(before);
        after = List.copyOf(after);
    }

    /** All that is different, from above. */
    static List<AmendedLines> between(String before, String after) {
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
        return between(
                first + 1,
                old.subList(first, old.size() - last),
                now.subList(first, now.size() - last));
    }

    private static List<AmendedLines> between(int line, List<String> old, List<String> now) {
        if (old.isEmpty() && now.isEmpty()) {
            return List.of();
        }
        if ((long) old.size() * now.size() > MOST_COMPARED) {
            return List.of(new AmendedLines(line, old, now));
        }
        int[][] common = common(old, now);
        var all = new ArrayList<AmendedLines>();
        int i = 0;
        int k = 0;
        while (i < old.size() || k < now.size()) {
            int from = i;
            int to = k;
            while (i < old.size() || k < now.size()) {
                boolean same = i < old.size() && k < now.size() && old.get(i).equals(now.get(k));
                if (same) {
                    break;
                }
                boolean goes =
                        k == now.size() || (i < old.size() && common[i + 1][k] >= common[i][k + 1]);
                i += goes ? 1 : 0;
                k += goes ? 0 : 1;
            }
            if (i > from || k > to) {
                all.add(new AmendedLines(line + from, old.subList(from, i), now.subList(to, k)));
            }
            i++;
            k++;
        }
        return all;
    }

    /** How many lines the rests have in common, from each pair of lines on. */
    private static int[][] common(List<String> old, List<String> now) {
        int[][] common = new int[old.size() + 1][now.size() + 1];
        for (int i = old.size() - 1; i >= 0; i--) {
            for (int k = now.size() - 1; k >= 0; k--) {
                common[i][k] =
                        old.get(i).equals(now.get(k))
                                ? common[i + 1][k + 1] + 1
                                : Math.max(common[i + 1][k], common[i][k + 1]);
            }
        }
        return common;
    }
}
