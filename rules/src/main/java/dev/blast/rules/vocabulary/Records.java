package dev.blast.rules.vocabulary;

import dev.blast.packaging.PackageName;
import dev.blast.packaging.Version;
import dev.blast.rules.source.Excerpt;
import java.lang.reflect.Constructor;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.RecordComponent;
import java.math.BigDecimal;
import java.net.InetAddress;
import java.nio.file.Path;
import java.time.Instant;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Makes fact records from values by name: for tests, and for the question "what if this field were
 * different?".
 */
public final class Records {
    /** Reflection is slow, and facts are made by the thousand. */
    private static final ClassValue<Makeup> MAKEUPS =
            new ClassValue<>() {
                @Override
                protected Makeup computeValue(Class<?> record) {
                    return Makeup.of(record);
                }
            };

    private Records() {}

    /**
     * A component of a record.
     *
     * @param name as rules call it
     * @param component as Java calls it
     */
    private record Part(String name, String component, Class<?> type, boolean isNullable) {}

    /** What a record is made of, and how. */
    private record Makeup(List<Part> parts, Set<String> names, Constructor<?> constructor) {

        static Makeup of(Class<?> record) {
            var parts = new ArrayList<Part>();
            for (RecordComponent it : record.getRecordComponents()) {
                boolean isNullable = it.getAnnotatedType().isAnnotationPresent(Nullable.class);
                parts.add(new Part(field(it), it.getName(), it.getType(), isNullable));
            }
            try {
                return new Makeup(
                        parts,
                        parts.stream().map(Part::name).collect(Collectors.toSet()),
                        record.getDeclaredConstructor(
                                parts.stream().map(Part::type).toArray(Class<?>[]::new)));
            } catch (ReflectiveOperationException e) {
                throw unlikeRecords(record, e);
            }
        }
    }

    /** A value that does not fit its field, or a field that is not there. */
    public static final class UnfitException extends IllegalArgumentException {
        private static final long serialVersionUID = 1L;

        private final String field;

        UnfitException(String field, String message) {
            super(message);
            this.field = field;
        }

        public String field() {
            return field;
        }
    }

    /**
     * The same fact with one field changed.
     *
     * @throws IllegalArgumentException where the record does not take the value
     */
    public static Object with(Object fact, String field, Object value) {
        Map<String, @Nullable Object> values = values(fact);
        values.put(field, value);
        return make(fact.getClass(), values);
    }

    /** What a fact was made of. */
    public static Map<String, @Nullable Object> values(Object fact) {
        Map<String, @Nullable Object> values = new LinkedHashMap<>();
        for (RecordComponent component : fact.getClass().getRecordComponents()) {
            values.put(field(component), read(component, fact));
        }
        return values;
    }

    /**
     * A fact of these values; what is not given is false, zero, empty or unknown.
     *
     * @throws IllegalArgumentException where a name or a value does not fit the record
     */
    public static <F> F make(Class<F> record, Map<String, @Nullable Object> values) {
        Makeup makeup = MAKEUPS.get(record);
        for (String name : values.keySet()) {
            if (!makeup.names().contains(name)) {
                throw new UnfitException(
                        name,
                        "unknown field '%s' of %s; fields: %s"
                                .formatted(
                                        name,
                                        record.getSimpleName(),
                                        makeup.names().stream()
                                                .sorted()
                                                .collect(Collectors.joining(", "))));
            }
        }
        @Nullable Object[] arguments = new Object[makeup.parts().size()];
        for (int i = 0; i < arguments.length; i++) {
            Part part = makeup.parts().get(i);
            try {
                arguments[i] = convert(record, part, values.get(part.name()));
            } catch (IllegalArgumentException e) {
                throw new UnfitException(part.name(), String.valueOf(e.getMessage()));
            }
        }
        try {
            return record.cast(makeup.constructor().newInstance(arguments));
        } catch (InvocationTargetException e) {
            throw new IllegalArgumentException(
                    String.valueOf(e.getTargetException().getMessage()), e);
        } catch (ReflectiveOperationException e) {
            throw unlikeRecords(record, e);
        }
    }

    private static IllegalStateException unlikeRecords(
            Class<?> record, ReflectiveOperationException e) {
        return new IllegalStateException(
                "a record has a public canonical constructor: " + record, e);
    }

    /** As rules call it: of the words that they use one is not Java's to give. */
    public static String field(RecordComponent component) {
        return component.getName().equals("packageName") ? "package" : component.getName();
    }

    private static @Nullable Object read(RecordComponent component, Object fact) {
        try {
            return component.getAccessor().invoke(fact);
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException("a record has public accessors: " + fact.getClass(), e);
        }
    }

    private static @Nullable Object convert(
            Class<?> record, Part component, @Nullable Object value) {
        Class<?> type = component.type();
        if (value == null) {
            if (component.isNullable()) {
                return null;
            }
            @Nullable Object absent = absent(type);
            if (absent == null) {
                throw new IllegalArgumentException(
                        "%s needs %s".formatted(record.getSimpleName(), component.component()));
            }
            return absent;
        }
        boolean ofTexts =
                !(value instanceof List<?> list)
                        || list.stream().allMatch(String.class::isInstance);
        if (type.isInstance(value) && ofTexts) {
            return value;
        }
        if (value instanceof Boolean && type == boolean.class) {
            return value;
        }
        if (value instanceof Number number) {
            BigDecimal exact = exact(record, component, number);
            if (type == int.class || type == Integer.class) {
                return whole(record, component, exact, Integer.MAX_VALUE).intValueExact();
            }
            if (type == long.class || type == Long.class) {
                return whole(record, component, exact, Long.MAX_VALUE).longValueExact();
            }
        }
        if (type == Instant.class && value instanceof LocalDate day) {
            return day.atStartOfDay(ZoneOffset.UTC).toInstant();
        }
        if (type == Instant.class && value instanceof OffsetDateTime moment) {
            return moment.toInstant();
        }
        if (value instanceof String text) {
            @Nullable Object parsed = parse(type, text);
            if (parsed != null) {
                return parsed;
            }
        }
        throw new IllegalArgumentException(
                "%s.%s is %s, not %s"
                        .formatted(
                                record.getSimpleName(),
                                component.component(),
                                shown(type),
                                Type.show(value)));
    }

    private static String shown(Class<?> type) {
        return type.isEnum()
                ? "one of "
                        + String.join(
                                ", ",
                                Arrays.stream(type.getEnumConstants())
                                        .map(String::valueOf)
                                        .toList())
                : "a " + type.getSimpleName().toLowerCase(Locale.ROOT);
    }

    /**
     * Choices begin with the ordinary one: a TCP connection going out, a session that runs a
     * program.
     */
    private static @Nullable Object absent(Class<?> type) {
        if (type == boolean.class) {
            return false;
        }
        if (type == int.class) {
            return 0;
        }
        if (type == long.class) {
            return 0L;
        }
        if (type == List.class) {
            return List.of();
        }
        if (type.isEnum()) {
            return type.getEnumConstants()[0];
        }
        return type == String.class ? "" : null;
    }

    private static @Nullable Object parse(Class<?> type, String text) {
        if (type.isEnum()) {
            return Arrays.stream(type.getEnumConstants())
                    .filter(constant -> ((Enum<?>) constant).name().equals(text))
                    .findFirst()
                    .orElse(null);
        }
        if (type == Path.class) {
            return Path.of(text);
        }
        if (type == PackageName.class) {
            return new PackageName(text);
        }
        if (type == Version.class) {
            return Version.parse(text);
        }
        if (type == InetAddress.class) {
            return Type.ADDRESS.parse(text);
        }
        return type == Instant.class ? instant(text) : null;
    }

    /** TOML has infinities. */
    private static BigDecimal exact(Class<?> record, Part component, Number number) {
        try {
            return new BigDecimal(number.toString());
        } catch (NumberFormatException e) {
            throw new IllegalArgumentException(
                    "%s.%s is a number, not %s"
                            .formatted(record.getSimpleName(), component.component(), number),
                    e);
        }
    }

    private static BigDecimal whole(Class<?> record, Part component, BigDecimal number, long most) {
        if (number.stripTrailingZeros().scale() > 0
                || number.abs().compareTo(BigDecimal.valueOf(most)) > 0) {
            throw new IllegalArgumentException(
                    "%s.%s is a whole number up to %d, not %s"
                            .formatted(
                                    record.getSimpleName(),
                                    component.component(),
                                    most,
                                    Excerpt.beginning(Type.show(number), 40)));
        }
        return number;
    }

    /** A moment, or the beginning of a day in UTC. */
    private static Instant instant(String text) {
        try {
            return text.indexOf('T') >= 0
                    ? OffsetDateTime.parse(text).toInstant()
                    : LocalDate.parse(text).atStartOfDay(ZoneOffset.UTC).toInstant();
        } catch (DateTimeParseException e) {
            throw new IllegalArgumentException("not a date: '" + text + "'", e);
        }
    }
}
