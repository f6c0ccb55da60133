package dev.blast.environment.change;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;

/** The tables of a {@link History}, and how those of an older Blast become these. */
final class HistorySchema {
    /** {@code PRAGMA user_version} of the last step. */
    private static final int FORMAT = 5;

    private static final List<String> FIRST =
            List.of(
                    """
                    CREATE TABLE generation (
                        number INTEGER PRIMARY KEY, id TEXT NOT NULL UNIQUE, time TEXT NOT NULL, command TEXT NOT NULL,
                        strategy TEXT NOT NULL, python TEXT NOT NULL, policy TEXT NOT NULL) STRICT
                    """,
                    """
                    CREATE TABLE package (
                        generation INTEGER NOT NULL REFERENCES generation, name TEXT NOT NULL, version TEXT NOT NULL,
                        wheel TEXT NOT NULL, sha256 TEXT NOT NULL, requested INTEGER NOT NULL, PRIMARY KEY (generation, name)) STRICT
                    """,
                    """
                    CREATE TABLE requirement (
                        generation INTEGER NOT NULL REFERENCES generation, place INTEGER NOT NULL, requirement TEXT NOT NULL,
                        origin TEXT NOT NULL, PRIMARY KEY (generation, place)) STRICT
                    """);

    private static final String LIFTED =
            """
            CREATE TABLE lifted (
                generation INTEGER NOT NULL REFERENCES generation, place INTEGER NOT NULL, hold TEXT NOT NULL,
                PRIMARY KEY (generation, place)) STRICT
            """;

    private static final List<String> OCCASIONS =
            List.of(
                    "ALTER TABLE generation ADD COLUMN kind TEXT NOT NULL DEFAULT 'CHANGE'",
                    "ALTER TABLE generation ADD COLUMN restored INTEGER NOT NULL DEFAULT 0",
                    "ALTER TABLE generation ADD COLUMN user TEXT NOT NULL DEFAULT ''",
                    "ALTER TABLE generation ADD COLUMN ci INTEGER NOT NULL DEFAULT 0",
                    "ALTER TABLE requirement ADD COLUMN part TEXT NOT NULL DEFAULT ''",
                    """
                    CREATE TABLE restorable (
                        generation INTEGER PRIMARY KEY REFERENCES generation, content BLOB NOT NULL) STRICT
                    """);

    private static final String SANDBOX =
            "ALTER TABLE generation ADD COLUMN sandbox TEXT NOT NULL DEFAULT ''";

    private HistorySchema() {}

    /** Brings a database, which may be empty, to this format; all of it or nothing. */
    static void bring(Connection open, Statement statement) throws SQLException {
        int version;
        try (ResultSet row = statement.executeQuery("PRAGMA user_version")) {
            version = row.next() ? row.getInt(1) : 0;
        }
        if (version > FORMAT) {
            throw new SQLException(
                    "its format %d is of a newer Blast; this one knows up to %d"
                            .formatted(version, FORMAT));
        }
        if (version == FORMAT) {
            return;
        }
        open.setAutoCommit(false);
        try {
            for (String step : steps(version)) {
                statement.execute(step);
            }
            statement.execute("PRAGMA user_version = " + FORMAT);
            open.commit();
        } finally {
            open.rollback();
            open.setAutoCommit(true);
        }
    }

    private static List<String> steps(int from) {
        var steps = new ArrayList<String>();
        if (from < 1) {
            steps.addAll(FIRST);
        }
        if (from < 2) {
            steps.add(LIFTED);
        }
        if (from < 3) {
            steps.addAll(List.of(Impasses.TABLES));
        }
        if (from < 4) {
            steps.addAll(OCCASIONS);
        }
        steps.add(SANDBOX);
        return steps;
    }
}
