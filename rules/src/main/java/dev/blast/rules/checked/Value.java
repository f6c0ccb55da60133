package dev.blast.rules.checked;

import dev.blast.rules.source.Excerpt;
import dev.blast.rules.vocabulary.FactType;
import dev.blast.rules.vocabulary.Field;
import dev.blast.rules.vocabulary.PathText;
import dev.blast.rules.vocabulary.Type;
import java.math.BigDecimal;
import java.math.MathContext;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A checked value: its type is known, its variables are resolved to fields of patterns. */
public sealed interface Value {

    Type type();

    /** The value in this frame, as {@link Type#javaType()}; null where it is not known. */
    @Nullable Object in(Frame frame);

    record Literal(Type type, Object value) implements Value {
        @Override
        public Object in(Frame frame) {
            return value;
        }
    }

    record LiteralPath(PathText text) implements Value {
        @Override
        public Type type() {
            return Type.PATH;
        }

        @Override
        public Object in(Frame frame) {
            return text.resolve(frame.session());
        }
    }

    /** A field of a pattern. */
    record OfField(int slot, FactType fact, Field field) implements Value {
        @Override
        public Type type() {
            return field.type();
        }

        @Override
        public @Nullable Object in(Frame frame) {
            return field.read(frame.fact(slot));
        }
    }

    /**
     * Arithmetic on amounts of one unit, or of an amount with a number; unknown where a part is.
     */
    record Computed(Type type, char symbol, Value left, Value right) implements Value {
        @Override
        public @Nullable Object in(Frame frame) {
            Object a = left.in(frame);
            Object b = right.in(frame);
            if (a == null || b == null) {
                return null;
            }
            BigDecimal x = (BigDecimal) a;
            BigDecimal y = (BigDecimal) b;
            return switch (symbol) {
                case '+' -> x.add(y);
                case '-' -> x.subtract(y);
                case '*' -> x.multiply(y, MathContext.DECIMAL64);
                case '/' -> {
                    if (y.signum() == 0) {
                        throw new Undecided("a division by zero");
                    }
                    yield x.divide(y, MathContext.DECIMAL64);
                }
                default -> throw new IllegalStateException("no arithmetic '" + symbol + "'");
            };
        }
    }

    /** A path with more text behind it: {@code $project + "/secrets"}. */
    record LongerPath(Value path, String text) implements Value {
        @Override
        public Type type() {
            return Type.PATH;
        }

        @Override
        public @Nullable Object in(Frame frame) {
            Object start = path.in(frame);
            try {
                return start == null ? null : Path.of(start + text).normalize();
            } catch (InvalidPathException e) {
                throw new Undecided("not a path: " + start + text + " (" + e.getReason() + ")");
            }
        }
    }

    /**
     * A text with holes: {@code "released ${$age} days ago"}. Parts are texts and values in turn.
     */
    record Template(List<Object> parts) implements Value {
        /** Characters: no path is longer. What packages say about themselves may be. */
        private static final int MAX_HOLE = 4_096;

        private static final int MAX_TEXT = 64_000;

        @Override
        public Type type() {
            return Type.TEXT;
        }

        @Override
        public Object in(Frame frame) {
            var text = new StringBuilder();
            for (Object part : parts) {
                text.append(
                        part instanceof Value value
                                ? Excerpt.beginning(Type.say(value.in(frame)), MAX_HOLE)
                                : part);
                if (text.length() > MAX_TEXT) {
                    throw new Undecided("a text of more than %,d characters".formatted(MAX_TEXT));
                }
            }
            return text.toString();
        }
    }
}
