package dev.blast.solver.text;

import dev.blast.packaging.ExtraName;
import dev.blast.packaging.PackageName;
import dev.blast.packaging.Requirement;
import dev.blast.packaging.SpecifierSet;
import dev.blast.packaging.Version;
import dev.blast.packaging.Visible;
import dev.blast.rules.source.Layer;
import dev.blast.rules.verdict.Price;
import dev.blast.rules.verdict.Reason;
import dev.blast.solver.RootRequirement;
import dev.blast.solver.repair.Cost;
import dev.blast.solver.repair.Relaxation;
import dev.blast.solver.repair.Repair;
import dev.blast.solver.repair.WaysOut;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/** The ways out of a conflict in words: a letter for each, then what is let go, and where. */
public final class RepairText {
    /** The widest text after which the next one still stands in its column. */
    private static final int COLUMN = 45;

    /** What columns have at least: what comes later is not known when the first is shown. */
    private static final int WHAT = 18;

    private static final int WHERE = 36;

    private RepairText() {}

    private record Row(String letter, String what, String where, String changes) {}

    /** Lines that end with a line feed each. */
    public static String render(WaysOut waysOut) {
        var lines = new StringBuilder();
        for (int place = 0; place < waysOut.repairs().size(); place++) {
            lines.append(way(place, waysOut.repairs().get(place)));
        }
        return lines.append(rest(waysOut)).toString();
    }

    /**
     * One of the ways out, as soon as it is known; the first comes with the line above all of them.
     *
     * @param place from 0
     */
    public static String way(int place, Repair repair) {
        return (place == 0 ? "Ways out, each one solved to the end:\n" : "")
                + table(rows(letter(place), repair));
    }

    /** What comes after the ways out. */
    public static String rest(WaysOut waysOut) {
        var lines = new StringBuilder();
        if (!waysOut.repairs().isEmpty()) {
            if (waysOut.cheapest() > 0) {
                lines.append("%s lets go of least.\n".formatted(letter(waysOut.cheapest())));
            }
            if (!waysOut.complete()) {
                lines.append("There may be others: %s.\n".formatted(ended(waysOut)));
            }
        } else if (waysOut.tried() > 0 || !waysOut.complete() || !waysOut.forbidden().isEmpty()) {
            lines.append(none(waysOut)).append('\n');
            waysOut.forbidden().forEach(it -> lines.append("  ").append(sentence(it)).append('\n'));
        }
        for (WaysOut.OtherPython python : waysOut.pythons()) {
            lines.append("Not tried: ").append(sentence(python)).append('\n');
        }
        return lines.toString();
    }

    /** That somebody did not wait for the rest. */
    public static String interrupted() {
        return "The search for ways out was interrupted; there may be others.\n";
    }

    /** Which rule does not let somebody let go of what: without its end. */
    public static String sentence(WaysOut.NotAllowed forbidden) {
        Relaxation relaxation = forbidden.relaxation();
        Price.Forbidden by = forbidden.by();
        String why =
                by.failure() != null
                        ? "the rules failed: " + Visible.of(by.failure())
                        : by.by().stream().map(RepairText::rule).collect(Collectors.joining("; "));
        return "forbidden: %s %s: %s".formatted(what(relaxation), where(relaxation), why);
    }

    /** With its words, where it has any. */
    private static String rule(Reason reason) {
        return Visible.of(
                (reason.text().isEmpty() ? "" : reason.text() + " ")
                        + "(\"%s\", %s)".formatted(reason.rule(), reason.origin()));
    }

    private static String none(WaysOut waysOut) {
        if (waysOut.complete() && !waysOut.forbidden().isEmpty()) {
            return "No way out that the rules allow:";
        }
        return waysOut.complete()
                ? "No way out: nothing that is blamed can be let go so that the rest has an answer."
                : "No way out was found: %s.".formatted(ended(waysOut));
    }

    private static String ended(WaysOut waysOut) {
        return "the search for them was given up after %d %s"
                .formatted(waysOut.tried(), waysOut.tried() == 1 ? "attempt" : "attempts");
    }

    /** What another Python would do, as a sentence without its end. */
    public static String sentence(WaysOut.OtherPython python) {
        return "another Python than %s (%s is for %s)"
                .formatted(
                        python.python(), python.name(), Phrases.specifier(python.requiresPython()));
    }

    private static List<Row> rows(String letter, Repair repair) {
        var rows = new ArrayList<Row>();
        for (Cost cost : repair.costs()) {
            boolean first = rows.isEmpty();
            rows.add(
                    new Row(
                            first ? letter : "",
                            what(cost.of()),
                            where(cost.of()),
                            (first ? changes(repair) : "") + price(cost)));
        }
        return rows;
    }

    /** Who made it dearer or cheaper than Blast comes with. */
    private static String price(Cost cost) {
        return cost.said() instanceof Price.Named(int _, List<Price.Part> parts)
                        && parts.stream().anyMatch(it -> it.reason().layer() != Layer.SHIPPED)
                ? parts.stream()
                        .map(it ->
                                Visible.of(
                                        "%d by \"%s\", %s"
                                                .formatted(
                                                        it.points(),
                                                        it.reason().rule(),
                                                        it.reason().origin())))
                        .collect(Collectors.joining("; ", "  (priced ", ")"))
                : "";
    }

    private static String table(List<Row> rows) {
        int what = width(WHAT, rows.stream().map(Row::what).toList());
        int where = width(WHERE, rows.stream().map(Row::where).toList());
        var lines = new StringBuilder();
        for (Row row : rows) {
            lines.append(
                            "  %-1s  %s  %s  %s"
                                    .formatted(
                                            row.letter(),
                                            padded(row.what(), what),
                                            padded(row.where(), where),
                                            row.changes())
                                    .stripTrailing())
                    .append('\n');
        }
        return lines.toString();
    }

    private static int width(int least, List<String> texts) {
        return texts.stream()
                .mapToInt(String::length)
                .filter(length -> length <= COLUMN)
                .reduce(least, Math::max);
    }

    private static String padded(String text, int width) {
        return text + " ".repeat(Math.max(0, width - text.length()));
    }

    /** The letter of a way out, from A on. */
    public static String letter(int place) {
        return String.valueOf((char) ('A' + place));
    }

    /** Where nothing stays as it is, it is said how many there are. */
    private static String changes(Repair repair) {
        boolean all = repair.changes() == repair.resolution().pins().size();
        return repair.changes() == 1
                ? all ? "1 package" : "1 package changes"
                : (all ? "%d packages" : "%d packages change").formatted(repair.changes());
    }

    private static String without(RootRequirement root) {
        return switch (root.force()) {
            case ASKED -> "without ";
            case CONSTRAINT -> "without allowing only ";
            case OVERRIDE -> "without overriding ";
        };
    }

    /** What is let go: {@code numpy >=1.26,<2}. */
    public static String what(Relaxation relaxation) {
        return switch (relaxation) {
            case Relaxation.Drop(RootRequirement root) -> without(root) + name(root.requirement());
            case Relaxation.Unpin(RootRequirement root) ->
                    "without the pin " + joined(root.requirement());
            case Relaxation.Widen(_, Requirement to, _) -> joined(to);
            case Relaxation.LiftHold(PackageName name, Version version, _) ->
                    version == null
                            ? "lift the hold on " + name
                            : "blast sync --lift %s==%s".formatted(name, version);
            case Relaxation.AllowPrereleases(PackageName name, Version version) ->
                    version == null
                            ? "allow pre-releases of " + name
                            : "%s >=%s, a pre-release".formatted(name, version);
        };
    }

    /** What stands there now, and where: {@code instead of <1.25 (pyproject.toml:13)}. */
    public static String where(Relaxation relaxation) {
        return switch (relaxation) {
            case Relaxation.Widen(RootRequirement root, _, _) ->
                    "instead of %s (%s)"
                            .formatted(
                                    Phrases.specifier(root.requirement().specifier()),
                                    Visible.of(root.origin()));
            case Relaxation.OfRoot it -> "(%s)".formatted(Visible.of(it.root().origin()));
            case Relaxation.LiftHold(_, _, Reason reason) ->
                    "(%s)".formatted(Visible.of(reason.origin().toString()));
            case Relaxation.AllowPrereleases _ -> "(nothing asks for one)";
        };
    }

    private static String joined(Requirement requirement) {
        SpecifierSet specifier = requirement.specifier();
        return name(requirement)
                + (specifier.specifiers().isEmpty() ? "" : " " + Phrases.specifier(specifier));
    }

    private static String name(Requirement requirement) {
        return requirement.extras().isEmpty()
                ? requirement.name().toString()
                : requirement.extras().stream()
                        .map(ExtraName::toString)
                        .collect(Collectors.joining(",", requirement.name() + "[", "]"));
    }
}
