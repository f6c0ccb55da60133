package dev.blast.environment.change;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/** The syncs without an answer in the {@link History}; the last hundred. */
final class Impasses {
    private static final int KEPT = 100;

    static final String[] TABLES = {
        """
        CREATE TABLE impasse (
            number INTEGER PRIMARY KEY AUTOINCREMENT, time TEXT NOT NULL, command TEXT NOT NULL,
            project TEXT NOT NULL, rules TEXT NOT NULL, interpreter TEXT NOT NULL, asked TEXT NOT NULL,
            core TEXT NOT NULL, proved_ms INTEGER NOT NULL, first_way_ms INTEGER) STRICT
        """,
        """
        CREATE TABLE way_out (
            impasse INTEGER NOT NULL REFERENCES impasse ON DELETE CASCADE, letter TEXT NOT NULL, words TEXT NOT NULL,
            PRIMARY KEY (impasse, letter)) STRICT
        """,
        """
        CREATE TABLE repaired (
            generation INTEGER PRIMARY KEY REFERENCES generation, impasse INTEGER NOT NULL, letter TEXT NOT NULL,
            edits TEXT NOT NULL) STRICT
        """
    };

    private Impasses() {}

    /** Enters one, and forgets the oldest. */
    static long add(Connection c, Impasse impasse) throws SQLException {
        Circumstances circumstances = impasse.circumstances();
        GenerationRows.update(
                c,
                "INSERT INTO impasse (time, command, project, rules, interpreter, asked, core, proved_ms, first_way_ms) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)",
                impasse.time().toString(),
                impasse.command(),
                circumstances.project(),
                circumstances.rules(),
                circumstances.interpreter(),
                circumstances.asked(),
                impasse.core().stream()
                        .map(it -> it.origin() + "\t" + it.requirement().replace("\n", " "))
                        .collect(Collectors.joining("\n")),
                impasse.proved().toMillis(),
                impasse.firstWay().map(Duration::toMillis).orElse(null));
        long number;
        try (PreparedStatement last = c.prepareStatement("SELECT last_insert_rowid()");
                ResultSet row = last.executeQuery()) {
            number = row.getLong(1);
        }
        for (Impasse.ShownWay way : impasse.ways()) {
            GenerationRows.update(
                    c,
                    "INSERT INTO way_out VALUES (?, ?, ?)",
                    number,
                    way.letter(),
                    way.letsGo().stream()
                            .map(Impasse.LetGo::line)
                            .collect(Collectors.joining("\n")));
        }
        GenerationRows.update(c, "DELETE FROM impasse WHERE number <= ?", number - KEPT);
        return number;
    }

    /** That a generation was a way out. */
    static void add(Connection c, int generation, Repaired repaired) throws SQLException {
        GenerationRows.update(
                c,
                "INSERT INTO repaired VALUES (?, ?, ?, ?)",
                generation,
                repaired.impasse(),
                repaired.letter(),
                String.join("\n", repaired.edits()));
    }

    /** What a row of {@code repaired} says. */
    static Repaired repaired(ResultSet row) throws SQLException {
        return new Repaired(
                row.getLong("impasse"), row.getString("letter"), split(row.getString("edits")));
    }

    /** All of them, the newest first. */
    static List<Impasse> all(Connection c) throws SQLException {
        var impasses = new ArrayList<Impasse>();
        try (PreparedStatement statement =
                        c.prepareStatement(
                                "SELECT i.*, (SELECT max(generation) FROM repaired WHERE impasse = i.number) AS taken FROM impasse i ORDER BY i.number DESC");
                ResultSet row = statement.executeQuery()) {
            while (row.next()) {
                impasses.add(read(c, row));
            }
        }
        return impasses;
    }

    private static Impasse read(Connection c, ResultSet row) throws SQLException {
        long number = row.getLong("number");
        int generation = row.getInt("taken"); // 0 where it is null: generations begin with 1
        long firstWay = row.getLong("first_way_ms");
        boolean hasWay = !row.wasNull();
        return new Impasse(
                number,
                Instant.parse(row.getString("time")),
                row.getString("command"),
                new Circumstances(
                        row.getString("project"),
                        row.getString("rules"),
                        row.getString("interpreter"),
                        row.getString("asked")),
                split(row.getString("core")).stream()
                        .map(line -> line.split("\t", 2))
                        .map(words -> new Generation.Asked(words[1], words[0], ""))
                        .toList(),
                ways(c, number),
                Duration.ofMillis(row.getLong("proved_ms")),
                hasWay ? Optional.of(Duration.ofMillis(firstWay)) : Optional.empty(),
                generation == 0 ? Optional.empty() : taken(c, generation));
    }

    private static List<Impasse.ShownWay> ways(Connection c, long number) throws SQLException {
        var ways = new ArrayList<Impasse.ShownWay>();
        try (PreparedStatement statement =
                c.prepareStatement("SELECT * FROM way_out WHERE impasse = ? ORDER BY letter")) {
            statement.setLong(1, number);
            try (ResultSet row = statement.executeQuery()) {
                while (row.next()) {
                    ways.add(
                            new Impasse.ShownWay(
                                    row.getString("letter"),
                                    split(row.getString("words")).stream()
                                            .map(Impasse.LetGo::parse)
                                            .toList()));
                }
            }
        }
        return ways;
    }

    private static Optional<Impasse.Taken> taken(Connection c, int generation) throws SQLException {
        try (PreparedStatement statement =
                c.prepareStatement("SELECT letter FROM repaired WHERE generation = ?")) {
            statement.setInt(1, generation);
            try (ResultSet row = statement.executeQuery()) {
                return row.next()
                        ? Optional.of(new Impasse.Taken(row.getString(1), generation))
                        : Optional.empty();
            }
        }
    }

    private static List<String> split(String lines) {
        return lines.isEmpty() ? List.of() : List.of(lines.split("\n", -1));
    }
}
