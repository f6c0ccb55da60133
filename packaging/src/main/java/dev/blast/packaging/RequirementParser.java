package dev.blast.packaging;

import java.util.ArrayList;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** Reads dependency specifiers by the grammar of PEP 508, from left to right. */
final class RequirementParser {
    private static final String OPERATOR_CHARS = "=<>!~";

    private final SyntaxCursor cursor;

    private RequirementParser(SyntaxCursor cursor) {
        this.cursor = cursor;
    }

    static Requirement parse(String text) {
        return new RequirementParser(new SyntaxCursor(text)).requirement();
    }

    private Requirement requirement() {
        cursor.skipBlanks();
        int from = cursor.position();
        String name = cursor.takeName();
        if (name.isEmpty()) {
            throw cursor.expected("the name of a package");
        }
        PackageName packageName = named(name, from);
        cursor.skipBlanks();
        Set<ExtraName> extras = extras();
        cursor.skipBlanks();
        if (cursor.take("@")) {
            String url = url();
            return new Requirement(
                    packageName,
                    extras,
                    SpecifierSet.ANY,
                    url,
                    marker("';' after the URL and a blank"));
        }
        SpecifierSet specifier = specifier();
        cursor.skipBlanks();
        String expected =
                specifier.specifiers().isEmpty()
                        ? "a version specifier, ';' or the end"
                        : "',', ';' or the end";
        return new Requirement(packageName, extras, specifier, null, marker(expected));
    }

    private PackageName named(String name, int from) {
        try {
            return new PackageName(name);
        } catch (InvalidSyntaxException e) {
            throw cursor.errorAt(e.reason(), from + e.position());
        }
    }

    private Set<ExtraName> extras() {
        var extras = new TreeSet<ExtraName>();
        int open = cursor.position();
        if (!cursor.take("[")) {
            return extras;
        }
        cursor.skipBlanks();
        if (cursor.take("]")) {
            return extras;
        }
        do {
            cursor.skipBlanks();
            String name = cursor.takeName();
            if (name.isEmpty()) {
                throw cursor.expected("the name of an extra");
            }
            extras.add(new ExtraName(name));
            cursor.skipBlanks();
        } while (cursor.take(","));
        if (!cursor.take("]")) {
            throw cursor.errorAt("no ']' closes this '['", open);
        }
        return extras;
    }

    private String url() {
        cursor.skipBlanks();
        String url = cursor.takeUntil(" \t");
        if (url.isEmpty()) {
            throw cursor.expected("a URL after '@'");
        }
        cursor.skipBlanks();
        return url;
    }

    private SpecifierSet specifier() {
        int open = cursor.position();
        boolean inParentheses = cursor.take("(");
        cursor.skipBlanks();
        var clauses = new ArrayList<Specifier>();
        while (OPERATOR_CHARS.indexOf(cursor.peek()) >= 0) {
            clauses.add(clause());
            cursor.skipBlanks();
            if (!cursor.take(",")) {
                break;
            }
            cursor.skipBlanks();
        }
        if (inParentheses && !cursor.take(")")) {
            throw cursor.errorAt("no ')' closes this '('", open);
        }
        return new SpecifierSet(clauses);
    }

    private Specifier clause() {
        int from = cursor.position();
        String symbol = cursor.takeWhile(OPERATOR_CHARS);
        cursor.skipBlanks();
        String version = cursor.takeUntil(" \t\r\n\f,;)");
        try {
            return Specifier.parse(symbol + version);
        } catch (InvalidSyntaxException e) {
            throw cursor.errorAt(e.reason(), from);
        }
    }

    private @Nullable Marker marker(String expectedInstead) {
        if (cursor.atEnd()) {
            return null;
        }
        if (!cursor.take(";")) {
            throw cursor.expected(expectedInstead);
        }
        Marker marker = new MarkerParser(cursor).marker();
        if (!cursor.atEnd()) {
            throw cursor.expected("'and', 'or' or the end");
        }
        return marker;
    }
}
