package dev.blast.packaging;

/** One side of a comparison in an environment marker (PEP 508). */
public sealed interface MarkerOperand {

    /** Something that the environment knows. */
    record Variable(MarkerVariable name) implements MarkerOperand {
        @Override
        public String toString() {
            return name.spelling();
        }
    }

    /** Text as it is meant, without quotes and escapes. */
    record Literal(String value) implements MarkerOperand {
        @Override
        public String toString() {
            String quote = value.indexOf('"') < 0 ? "\"" : "'";
            return quote
                    + value.replace("\\", "\\\\").replace("\n", "\\n").replace("\r", "\\r")
                    + quote;
        }
    }
}
