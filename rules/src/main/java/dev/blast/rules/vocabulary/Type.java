package dev.blast.rules.vocabulary;

import dev.blast.packaging.Host;
import dev.blast.packaging.PackageName;
import dev.blast.packaging.Version;
import java.math.BigDecimal;
import java.net.InetAddress;
import java.nio.file.Path;
import java.time.LocalDate;
import java.time.format.DateTimeParseException;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The types of fields and values: what a value is in Java, how it is written, and which operators
 * it knows.
 */
public enum Type {
    TEXT("a text", "\"pytest\"", String.class),
    /** In its one form; see {@link Host}. */
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
    /** A day in UTC. */
    DATE("a date", "\"2026-01-31\"", LocalDate.class),
    LIST("a list", "", List.class),
    /** One of a fixed list of names. */
    CHOICE("one of its values", "", String.class);

    private static final Set<Type> AMOUNTS = EnumSet.of(NUMBER, SIZE, RATE, DURATION, SHARE);
    private static final Set<Type> WORDS = EnumSet.of(TEXT, HOST, CHOICE);

    private static final Pattern QUAD_WITH_ZERO =
            Pattern.compile("(?=.*(^|\\.)0[0-9])[0-9]{1,4}(\\.[0-9]{1,4}){3}");

    private final String shown;
    private final String example;
    private final Class<?> javaType;

    Type(String shown, String example, Class<?> javaType) {
        this.shown = shown;
        this.example = example;
        this.javaType = javaType;
    }

    /** How people call it, in the middle of a sentence. */
    public String shown() {
        return shown;
    }

    public String example() {
        return example;
    }

    /** How its units are written, the smallest first; none where it has none. */
    public List<String> units() {
        return Amount.units(this);
    }

    Class<?> javaType() {
        return javaType;
    }

    public boolean isAmount() {
        return AMOUNTS.contains(this);
    }

    /** Whether values of both types may stand on the two sides of a comparison. */
    public boolean comparesWith(Type other) {
        return this == other || (WORDS.contains(this) && WORDS.contains(other));
    }

    /** Whether a field of this type knows the operator. */
    public boolean knows(Operator operator) {
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
    public @Nullable Object parse(String text) {
        return switch (this) {
            case TEXT, LIST, CHOICE -> text;
            case HOST -> host(text).text();
            case PATH -> PathText.of(text);
            case NAME -> new PackageName(text);
            case VERSION -> Version.parse(text);
            case ADDRESS -> address(text);
            case SIZE -> Amount.size(text);
            case RATE -> Amount.rate(text);
            case DURATION -> Amount.duration(text);
            case SHARE -> Amount.share(text);
            case DATE -> date(text);
            case NUMBER, FLAG -> null;
        };
    }

    /** A rule is read by people: an address must not be another one for them than for programs. */
    private static Host host(String text) {
        Host host = Host.written(text);
        if (QUAD_WITH_ZERO.matcher(text).matches()) {
            throw new IllegalArgumentException(
                    "'%s' is '%s' for a program: a zero in front means base eight"
                            .formatted(text, host.text()));
        }
        return host;
    }

    private static InetAddress address(String text) {
        InetAddress address = host(text).address();
        if (address == null) {
            throw new IllegalArgumentException("not an address: '" + text + "'");
        }
        return address;
    }

    private static LocalDate date(String text) {
        try {
            return LocalDate.parse(text);
        } catch (DateTimeParseException _) {
            throw new IllegalArgumentException("not a date: '" + text + "'");
        }
    }

    /**
     * How a value reads in a message: texts in quotes, whole numbers without a fraction, what is
     * missing as unknown.
     */
    public static String show(@Nullable Object value) {
        return switch (value) {
            case null -> "unknown";
            case BigDecimal number -> plain(number);
            case Boolean flag -> flag.toString();
            case InetAddress address -> Quoted.of(Host.of(address).text());
            case List<?> list ->
                    String.join(
                            ", ",
                            list.stream().map(it -> Quoted.plain(String.valueOf(it))).toList());
            default -> Quoted.of(value.toString());
        };
    }

    /** As {@link #show}, without quotes: for the middle of a sentence. */
    public static String say(@Nullable Object value) {
        return switch (value) {
            case InetAddress address -> Host.of(address).text();
            case BigDecimal _, Boolean _, List<?> _ -> show(value);
            case null -> show(null);
            default -> Quoted.plain(value.toString());
        };
    }

    private static String plain(BigDecimal number) {
        return number.signum() == 0 ? "0" : number.stripTrailingZeros().toPlainString();
    }
}
