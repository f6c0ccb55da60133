package dev.blast.environment.project;

import dev.blast.environment.EnvironmentException;
import dev.blast.packaging.ExtraName;
import dev.blast.packaging.Message;
import dev.blast.packaging.PackageName;
import dev.blast.packaging.Requirement;
import dev.blast.packaging.SpecifierEdit;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * How a requirement that stands in a file is worded when it is added once more: with the versions
 * or the address that are asked for now, the extras of both, and its marker unless there is a new
 * one. What only names it leaves it as it is.
 */
final class Rewording {
    private static final Pattern NAME = Pattern.compile("\\s*([A-Za-z0-9][A-Za-z0-9._-]*)");

    private final Addition addition;
    private final Path file;

    /**
     * @param file where it stands, for messages
     */
    Rewording(Addition addition, Path file) {
        this.addition = addition;
        this.file = file;
    }

    /**
     * Which of those of the same name is meant; -1 where it is a further one: another marker makes
     * another requirement.
     *
     * @throws EnvironmentException where it could be several
     */
    int which(List<Requirement> there) throws EnvironmentException {
        var marker = addition.requirement().marker();
        if (marker != null) {
            for (int i = 0; i < there.size(); i++) {
                if (marker.equals(there.get(i).marker())) {
                    return i;
                }
            }
            return there.size() == 1 && there.getFirst().marker() == null ? 0 : -1;
        }
        if (there.size() > 1) {
            throw new EnvironmentException(
                    Message.of(
                            "%s stands in %s %d times: %s; nothing was changed\n--marker says which is meant",
                            addition.name(),
                            file,
                            there.size(),
                            String.join(", ", there.stream().map(Requirement::toString).toList())));
        }
        return there.size() - 1;
    }

    /**
     * Its new text.
     *
     * @param old as it stands there
     * @param written as it would stand there alone
     */
    String of(String old, Requirement there, String written) {
        Requirement asked = addition.requirement();
        boolean isOpen = addition.isOpen();
        var extras = new TreeSet<ExtraName>(there.extras());
        extras.addAll(asked.extras());
        var now =
                new Requirement(
                        there.name(),
                        extras,
                        isOpen ? there.specifier() : asked.specifier(),
                        isOpen ? there.url() : asked.url(),
                        asked.marker() == null ? there.marker() : asked.marker());
        if (now.equals(there)) {
            return old;
        }
        boolean onlyVersions =
                now.extras().equals(there.extras())
                        && now.url() == null
                        && there.url() == null
                        && Objects.equals(now.marker(), there.marker());
        if (onlyVersions) {
            var edit = SpecifierEdit.of(old, now.specifier());
            if (edit.isPresent()) {
                return edit.get().in(old);
            }
        }
        return now.equals(asked) ? written : spelled(old, now);
    }

    /**
     * In full, with the name as it was spelled, and single quotes where nothing else needs them.
     */
    private static String spelled(String old, Requirement now) {
        Matcher name = NAME.matcher(old);
        String text = now.canonical().substring(now.name().normalized().length());
        return (name.lookingAt() ? name.group(1) : now.name().normalized()) + plain(text);
    }

    /** A marker's quotes are single ones, so that the file's double ones hold it. */
    static String plain(String text) {
        int marker = text.indexOf(';');
        return marker < 0 || text.indexOf('\'', marker) >= 0
                ? text
                : text.substring(0, marker) + text.substring(marker).replace('"', '\'');
    }

    /** Where a name goes among others: in their order where they have one, else behind them. */
    static int place(List<PackageName> names, PackageName name) {
        @Nullable PackageName before = null;
        for (PackageName each : names) {
            if (before != null && before.normalized().compareTo(each.normalized()) > 0) {
                return names.size();
            }
            before = each;
        }
        int place = 0;
        while (place < names.size()
                && names.get(place).normalized().compareTo(name.normalized()) <= 0) {
            place++;
        }
        return names.size() < 2 ? names.size() : place;
    }
}
