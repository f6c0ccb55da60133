package dev.blast.rules;

import dev.blast.packaging.PackageName;
import dev.blast.packaging.Version;
import java.math.BigDecimal;
import java.net.InetAddress;
import java.nio.file.Path;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.time.format.DateTimeParseException;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The types of fields and values: what a value is in Java, how it is written, and which operators
 * it knows.
 */
enum Type {
    TEXT("a text", "\"pytest\"", String.class),
    /** A host name in lower case, or an address as text. */
    HOST("a host name", "\"api.example\"", String.class),
    /** Absolute; {@code ~} and {@code ./} are resolved when a rule is asked. */
    PATH("a path", "\"~/cache\"", Path.class),
    NAME("a package name", "\"httpx\"", PackageName.class),
    VERSION("a version", "\"2.1\"", Version.class),
    ADDRESS("an address", "\"10.0.0.1\"", InetAddress.class),
    NUMBER("a number", "443", BigDecimal.class),
    FLAG("true or false", "true", Boolean.class),
    /** Bytes. */
    SIZE("a size", "\"64 MiB\" or \"2 GB\"", BigDecimal.class),
    /** Bytes per second. */
    RATE("a rate", "\"5 MB/s\"", BigDecimal.class),
    /** Seconds. */
    DURATION("a duration", "\"90 s\", \"30 min\" or \"7 days\"", BigDecimal.class),
    /** Thousandths of a processor. */
    SHARE("a share of processors", "\"1.5 cpus\"", BigDecimal.class),
    DATE("a date", "\"2026-01-31\"", Instant.class),
    LIST("a list", "", List.class),
    /** One of a fixed list of names. */
    CHOICE("one of its values", "", String.class);

    private static final Set<Type> AMOUNTS = EnumSet.of(NUMBER, SIZE, RATE, DURATION, SHARE);
    private static final Set<Type> WORDS = EnumSet.of(TEXT, HOST, CHOICE);

    private final String shown;
    private final String example;
    private final Class<?> javaType;

    Type(String shown, String example, Class<?> javaType) {
        this.shown = shown;
        this.example = example;
        this.javaType = javaType;
    }

    /** How people call it, in the middle of a sentence. */
    String shown() {
        return shown;
    }

    String example() {
        return example;
    }

    Class<?> javaType() {
        return javaType;
    }

    boolean isAmount() {
        return AMOUNTS.contains(this);
    }

    /** Whether values of both types may stand on the two sides of a comparison. */
    boolean comparesWith(Type other) {
        return this == other || (WORDS.contains(this) && WORDS.contains(other));
    }

    /** Whether a field of this type knows the operator. */
    boolean knows(Operator operator) {
        return switch (operator) {
            case EQUAL, UNEQUAL, IN -> this != LIST;
            case LESS, AT_MOST, MORE, AT_LEAST -> isAmount() || this == VERSION || this == DATE;
            case CONTAINS -> this == LIST;
            case MATCHES -> this == TEXT || this == HOST || this == NAME;
            case GLOB -> this == TEXT || this == HOST || this == NAME || this == PATH;
            case UNDER -> this == PATH;
            case WITHIN -> this == ADDRESS;
            case SATISFIES -> this == VERSION;
        };
    }

    /**
     * The value that a text in double quotes stands for; null where this type is not written as
     * text.
     *
     * @throws IllegalArgumentException with what is wrong, where the text is no value of this type
     */
    @Nullable Object parse(String text) {
        return switch (this) {
            case TEXT, LIST, CHOICE -> text;
            case HOST -> text.toLowerCase(Locale.ROOT);
            case PATH -> PathText.of(text);
            case NAME -> new PackageName(text);
            case VERSION -> Version.parse(text);
            case ADDRESS -> InetAddress.ofLiteral(text);
            case SIZE -> Amount.size(text);
            case RATE -> Amount.rate(text);
            case DURATION -> Amount.duration(text);
            case SHARE -> Amount.share(text);
            case DATE -> date(text);
            case NUMBER, FLAG -> null;
        };
    }

    private static Instant date(String text) {
        try {
            return LocalDate.parse(text).atStartOfDay(ZoneOffset.UTC).toInstant();
        } catch (DateTimeParseException _) {
            throw new IllegalArgumentException("not a date: '" + text + "'");
        }
    }

    /**
     * How a value reads in a message: texts in quotes, whole numbers without a fraction, what is
     * missing as unknown.
     */
    static String show(@Nullable Object value) {
        return switch (value) {
            case null -> "unknown";
            case BigDecimal number -> plain(number);
            case Boolean flag -> flag.toString();
            case InetAddress address -> Quoted.of(address.getHostAddress());
            case Instant instant -> Quoted.of(instant.toString());
            case List<?> list ->
                    String.join(
                            ", ",
                            list.stream().map(it -> Quoted.plain(String.valueOf(it))).toList());
            default -> Quoted.of(value.toString());
        };
    }

    /** As {@link #show}, without quotes: for the middle of a sentence. */
    static String say(@Nullable Object value) {
        return switch (value) {
            case InetAddress address -> address.getHostAddress();
            case BigDecimal _, Boolean _, List<?> _ -> show(value);
            case null -> show(null);
            default -> Quoted.plain(value.toString());
        };
    }

    private static String plain(BigDecimal number) {
        return number.signum() == 0 ? "0" : number.stripTrailingZeros().toPlainString();
    }
}
