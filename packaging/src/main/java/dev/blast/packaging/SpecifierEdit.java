package dev.blast.packaging;

import java.util.ArrayList;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * How a written requirement gets another specifier and stays what a person wrote: the name, extras,
 * marker, the clauses that still hold and the spaces around operators and commas are left alone.
 *
 * @param begin where in the text what is replaced begins
 * @param end behind its last character
 * @param text what stands there then
 */
public record SpecifierEdit(int begin, int end, String text) {

    /** Name and extras (PEP 508), with the blanks behind them. */
    private static final Pattern HEAD =
            Pattern.compile("\\s*[A-Za-z0-9][A-Za-z0-9._-]*\\s*(?:\\[[^]]*]\\s*)?");

    private static final Pattern CLAUSE = Pattern.compile("([=<>!~]+)(\\s*)([^\\s,;)]+)");

    /** One clause as it stands there. */
    private record Written(Specifier specifier, String text, String gap) {}

    /**
     * The edit after which the requirement has this specifier.
     *
     * @return empty where the text is no requirement with a name and versions
     */
    public static Optional<SpecifierEdit> of(String requirement, SpecifierSet specifier) {
        Matcher head = HEAD.matcher(requirement);
        if (!head.lookingAt()) {
            return Optional.empty();
        }
        int from = head.end();
        boolean inParentheses = requirement.startsWith("(", from);
        int end = requirement.indexOf(inParentheses ? ')' : ';', from);
        String between =
                requirement.substring(
                        inParentheses ? from + 1 : from, end < 0 ? requirement.length() : end);
        if (between.startsWith("@")) {
            return Optional.empty();
        }
        if (between.isBlank()) { // no clause: they come right behind the name
            int at = inParentheses ? from + 1 : from - trailingBlanks(requirement, from);
            return checked(new SpecifierEdit(at, at, specifier.toString()), requirement, specifier);
        }
        int begin = requirement.indexOf(between) + leadingBlanks(between);
        String old = between.strip();
        return checked(
                new SpecifierEdit(begin, begin + old.length(), rewritten(old, specifier)),
                requirement,
                specifier);
    }

    private static int leadingBlanks(String text) {
        return text.length() - text.stripLeading().length();
    }

    private static int trailingBlanks(String text, int end) {
        return end - text.substring(0, end).stripTrailing().length();
    }

    /** Only what then says what is meant. */
    private static Optional<SpecifierEdit> checked(
            SpecifierEdit edit, String requirement, SpecifierSet specifier) {
        try {
            Requirement before = Requirement.parse(requirement);
            Requirement after = Requirement.parse(edit.in(requirement));
            boolean same =
                    after.equals(
                            new Requirement(
                                    before.name(),
                                    before.extras(),
                                    specifier,
                                    before.url(),
                                    before.marker()));
            return same ? Optional.of(edit) : Optional.empty();
        } catch (InvalidSyntaxException e) {
            return Optional.empty(); // what is no requirement cannot be edited as one
        }
    }

    /** The text with the edit made. */
    public String in(String requirement) {
        return requirement.substring(0, begin) + text + requirement.substring(end);
    }

    /**
     * A clause that is to hold still stays; another gives its place to a new one for the same side;
     * what is new besides stands before them where it is a lower bound, else behind.
     */
    private static String rewritten(String old, SpecifierSet specifier) {
        var written = new ArrayList<Written>();
        for (Matcher each = CLAUSE.matcher(old); each.find(); ) {
            written.add(new Written(Specifier.parse(each.group()), each.group(), each.group(2)));
        }
        String gap = written.isEmpty() ? "" : written.getFirst().gap();
        var rest = new ArrayList<Specifier>(specifier.specifiers());
        written.forEach(clause -> rest.remove(clause.specifier()));
        var clauses = new ArrayList<String>();
        for (Written clause : written) {
            if (specifier.specifiers().contains(clause.specifier())) {
                clauses.add(clause.text());
            } else {
                rest.stream()
                        .filter(it -> side(it) == side(clause.specifier()))
                        .findFirst()
                        .ifPresent(it -> {
                            rest.remove(it);
                            clauses.add(text(it, gap));
                        });
            }
        }
        int front = 0;
        for (Specifier more : rest) {
            if (side(more) == Side.LOWER) {
                clauses.add(front++, text(more, gap));
            } else {
                clauses.add(text(more, gap));
            }
        }
        return String.join(separator(old, gap), clauses);
    }

    private static String text(Specifier clause, String gap) {
        return clause.operator().symbol() + gap + clause.version();
    }

    /** The first comma with the blanks around it; where there is none, as the operators have it. */
    private static String separator(String old, String gap) {
        Matcher comma = Pattern.compile("\\s*,\\s*").matcher(old);
        return comma.find() && comma.end() < old.length()
                ? comma.group()
                : gap.isEmpty() ? "," : ", ";
    }

    private enum Side {
        LOWER,
        UPPER,
        WITHIN
    }

    private static Side side(Specifier clause) {
        return switch (clause.operator()) {
            case AT_LEAST, GREATER, COMPATIBLE, EQUAL, IDENTICAL -> Side.LOWER;
            case AT_MOST, LESS -> Side.UPPER;
            case NOT_EQUAL -> Side.WITHIN;
        };
    }
}
