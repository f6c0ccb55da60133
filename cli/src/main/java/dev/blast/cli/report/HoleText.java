package dev.blast.cli.report;

import dev.blast.cli.terminal.Figures;
import dev.blast.environment.advisories.Hole;
import dev.blast.environment.health.Finding;
import dev.blast.environment.health.RequirementFault.Asker;
import dev.blast.packaging.PackageName;
import dev.blast.packaging.Version;
import dev.blast.rules.fact.AdvisorySeverity;
import dev.blast.rules.verdict.Reason;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;

/** The known holes of an environment in words. */
final class HoleText {
    /** How many holes the summary names. */
    private static final int NAMED = 3;

    private HoleText() {}

    static CheckLine of(Finding.KnownHoles found) {
        var evidence = new ArrayList<String>();
        found.open().forEach(it -> evidence.add(words(it)));
        found.aside().forEach(it -> evidence.add(words(it)));
        return new CheckLine(
                "advisories", found.level(), summary(found), evidence, remedies(found));
    }

    private static String summary(Finding.KnownHoles found) {
        var clauses = new ArrayList<String>();
        String packages = Figures.count(found.distributions(), "package");
        if (!found.open().isEmpty()) {
            found.open().stream().limit(NAMED).forEach(it -> clauses.add(brief(it)));
            more(found.open().size(), clauses);
        } else if (found.aside().isEmpty()) {
            clauses.add("no known holes in " + packages);
        } else {
            clauses.add("no known hole counts in " + packages);
        }
        found.aside().stream().limit(NAMED).forEach(it -> clauses.add(brief(it)));
        more(found.aside().size(), clauses);
        String day = LocalDate.ofInstant(found.newest(), ZoneOffset.UTC).toString();
        clauses.add(
                found.oldDays().isPresent()
                        ? "what is known is of %s, %,d days old"
                                .formatted(day, found.oldDays().getAsLong())
                        : "known on " + day);
        return String.join("; ", clauses);
    }

    private static void more(int holes, List<String> clauses) {
        if (holes > NAMED) {
            clauses.add(holes - NAMED + " more");
        }
    }

    private static String brief(Finding.HoleAside it) {
        return "set aside: %s of %s (%s)"
                .formatted(
                        it.hole().id(),
                        it.hole().name(),
                        it.why().text().isEmpty() ? it.why().rule() : it.why().text());
    }

    private static String brief(Finding.OpenHole it) {
        return "%s %s has %s%s"
                .formatted(
                        it.hole().name(),
                        it.installed(),
                        it.hole().id(),
                        it.mended().map(mended -> ", mended in " + mended).orElse(""));
    }

    private static String words(Finding.OpenHole it) {
        return named(it.hole(), it.installed()) + "; " + mending(it);
    }

    private static String mending(Finding.OpenHole it) {
        if (it.mended().isEmpty()) {
            return "no later version without it is named";
        }
        String mended = "mended in " + it.mended().get();
        return it.barriers().isEmpty()
                ? mended + ", which the requirements allow"
                : mended
                        + ", which is not allowed: "
                        + it.barriers().stream()
                                .map(HoleText::words)
                                .collect(Collectors.joining("; "));
    }

    private static String words(Finding.Barrier barrier) {
        String who =
                switch (barrier.asker()) {
                    case Asker.Project(String origin) -> origin + " asks for";
                    case Asker.Installed(var name, var version) -> name + " " + version + " needs";
                };
        return who + " " + barrier.requirement();
    }

    private static String words(Finding.HoleAside it) {
        Reason why = it.why();
        return "set aside: %s; rule \"%s\" %s%s"
                .formatted(
                        named(it.hole(), it.installed()),
                        why.rule(),
                        why.origin(),
                        why.text().isEmpty() ? "" : ": " + why.text());
    }

    private static String named(Hole hole, Version installed) {
        String aliases =
                hole.aliases().isEmpty() ? "" : " (" + String.join(", ", hole.aliases()) + ")";
        String severity =
                hole.severity() == AdvisorySeverity.UNKNOWN
                        ? ""
                        : ", " + hole.severity().name().toLowerCase(Locale.ROOT);
        return "%s %s: %s%s%s".formatted(hole.name(), installed, hole.id(), aliases, severity);
    }

    private static List<String> remedies(Finding.KnownHoles found) {
        var remedies = new ArrayList<String>();
        boolean mendable =
                found.open().stream()
                        .anyMatch(it ->
                                it.standing() == Finding.Standing.ASKED_FOR && isMendable(it));
        if (mendable) {
            remedies.add("blast sync --strategy secure");
        }
        found.open().stream()
                .map(HoleText::ofUnasked)
                .flatMap(Optional::stream)
                .distinct()
                .forEach(remedies::add);
        if (found.oldDays().isPresent()) {
            remedies.add("blast advisories update");
        }
        return remedies;
    }

    private static boolean isMendable(Finding.OpenHole it) {
        return it.mended().isPresent() && it.barriers().isEmpty();
    }

    /** What helps where no strategy does, since a sync chooses no version of the package. */
    private static Optional<String> ofUnasked(Finding.OpenHole it) {
        PackageName name = it.hole().name();
        return switch (it.standing()) {
            case ASKED_FOR -> Optional.empty();
            case KEPT ->
                    isMendable(it)
                            ? Optional.of(
                                    "ask for %s>=%s in the project, then blast sync: nothing asks for %s, and sync leaves it as it is"
                                            .formatted(name, it.mended().get(), name))
                            : Optional.empty();
            case LEFT_OVER ->
                    Optional.of("blast sync takes %s away: nothing asks for it".formatted(name));
        };
    }
}
