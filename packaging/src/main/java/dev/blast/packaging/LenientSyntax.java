package dev.blast.packaging;

import java.util.Optional;
import java.util.function.Function;
import java.util.regex.Pattern;

/**
 * Mends the mistakes that released metadata is known to hold and that leave no doubt about what was
 * meant. What it cannot mend it returns as it is.
 */
final class LenientSyntax {
    /** {@code >=3.6.*}: the asterisk adds nothing to an order. */
    private static final Pattern STAR_AFTER_ORDER =
            Pattern.compile("(>=|<=|~=|<|>)(\\s*[0-9][0-9.]*?)\\.\\*");

    /** {@code >=3.6 <4}, {@code >=3.6<4}: a comma is missing. */
    private static final Pattern MISSING_COMMA =
            Pattern.compile("((?:[<>=!~]=|[<>])\\s*[0-9][0-9A-Za-z.*+]*)\\s*(?=[<>=!~]=|[<>])");

    /** {@code !=3.0*}: the dot before the asterisk is missing. */
    private static final Pattern MISSING_DOT =
            Pattern.compile("([<>=!~]=?\\s*[0-9]+(?:\\.[0-9]+)*)\\*");

    /** {@code !=~3.0}: another way to say that none of 3.0 will do. */
    private static final Pattern NOT_COMPATIBLE = Pattern.compile("!=~\\s*([0-9]+(?:\\.[0-9]+)*)");

    /** {@code >dev}: any version. A number in its place would let pre-releases in. */
    private static final Pattern ABOVE_DEV = Pattern.compile(">\\s*dev(?=\\s*(?:$|[,;)]))");

    /** {@code >=9.0.0a1.0}: numbers of a release behind one of a pre-release. */
    private static final Pattern TRAILING_ZERO =
            Pattern.compile("([0-9](?:a|b|rc|\\.post|\\.dev)[0-9]+)\\.0(?=\\s*(?:$|[,;)]))");

    /** {@code >=3.6'}: a quote that nothing answers. */
    private static final Pattern STRAY_QUOTE = Pattern.compile("([0-9*])['\"](?=\\s*(?:$|[,;)]))");

    /** {@code >=3.6.}: a dot too many. */
    private static final Pattern TRAILING_DOT = Pattern.compile("([0-9])\\.(?=\\s*(?:$|[,;)]))");

    /** {@code >='3.6'}: quotes around a version. */
    private static final Pattern QUOTED_VERSION =
            Pattern.compile("([<>=!~]=?)\\s*(['\"])([0-9][0-9.*]*)\\2");

    /** {@code =>3.6}: the two signs are swapped. */
    private static final Pattern SWAPPED = Pattern.compile("(?<![=<>!~])=([<>])(?=\\s*[0-9])");

    private LenientSyntax() {}

    static String mended(String text) {
        // A marker has quoted versions of its own, and no such mistakes are known there.
        int marker = text.indexOf(';');
        String head = marker < 0 ? text : text.substring(0, marker);
        String tail = marker < 0 ? "" : text.substring(marker);
        head = SWAPPED.matcher(head).replaceAll("$1=");
        head = QUOTED_VERSION.matcher(head).replaceAll("$1$3");
        head = STRAY_QUOTE.matcher(head).replaceAll("$1");
        head = ABOVE_DEV.matcher(head).replaceAll(">=0");
        head = NOT_COMPATIBLE.matcher(head).replaceAll("!=$1.*");
        head = MISSING_DOT.matcher(head).replaceAll("$1.*");
        head = STAR_AFTER_ORDER.matcher(head).replaceAll("$1$2");
        head = MISSING_COMMA.matcher(head).replaceAll("$1,");
        head = TRAILING_DOT.matcher(head).replaceAll("$1");
        head = TRAILING_ZERO.matcher(head).replaceAll("$1");
        return head + tail;
    }

    static <T> Optional<T> tryParse(String text, Function<String, T> parser) {
        try {
            return Optional.of(parser.apply(text));
        } catch (InvalidSyntaxException e) {
            return Optional.empty();
        }
    }
}
