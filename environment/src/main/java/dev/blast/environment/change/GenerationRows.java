package dev.blast.environment.change;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Generations in the tables of a {@link History}; whoever calls holds the transaction. */
final class GenerationRows {
    private GenerationRows() {}

    /** Enters one; one that is there already is left as it is. */
    static void add(Connection c, Generation g, Restorable left) throws SQLException {
        String sql =
                "INSERT INTO generation VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?) ON CONFLICT (id) DO NOTHING";
        if (update(
                        c,
                        sql,
                        g.number(),
                        g.id(),
                        g.time().toString(),
                        g.command(),
                        g.strategy(),
                        g.python(),
                        g.policy(),
                        g.occasion().kind().name(),
                        g.occasion().restored(),
                        g.occasion().user(),
                        g.occasion().ci(),
                        g.occasion().sandbox())
                == 0) {
            return;
        }
        for (Generation.Installed p : g.packages()) {
            update(
                    c,
                    "INSERT INTO package VALUES (?, ?, ?, ?, ?, ?)",
                    g.number(),
                    p.name(),
                    p.version(),
                    p.wheel(),
                    p.sha256(),
                    p.requested());
        }
        int lifted = 0;
        for (LiftedHold hold : g.lifted()) {
            update(c, "INSERT INTO lifted VALUES (?, ?, ?)", g.number(), lifted++, hold.line());
        }
        if (g.repaired().isPresent()) {
            Impasses.add(c, g.number(), g.repaired().get());
        }
        int place = 0;
        for (Generation.Asked r : g.requirements()) {
            update(
                    c,
                    "INSERT INTO requirement VALUES (?, ?, ?, ?, ?)",
                    g.number(),
                    place++,
                    r.requirement(),
                    r.origin(),
                    r.group());
        }
        update(c, "INSERT INTO restorable VALUES (?, ?)", g.number(), left.packed());
    }

    /** The one of that number, or all, the newest first; each table is read once. */
    static List<Generation> read(Connection connection, @Nullable Integer only)
            throws SQLException {
        var packages = new HashMap<Integer, List<Generation.Installed>>();
        rows(
                connection,
                "SELECT * FROM package WHERE ?1 IS NULL OR generation = ?1 ORDER BY generation, name",
                only,
                row ->
                        packages.computeIfAbsent(row.getInt("generation"), _ -> new ArrayList<>())
                                .add(
                                        new Generation.Installed(
                                                row.getString("name"),
                                                row.getString("version"),
                                                row.getString("wheel"),
                                                row.getString("sha256"),
                                                row.getBoolean("requested"))));
        var lifted = new HashMap<Integer, List<LiftedHold>>();
        rows(
                connection,
                "SELECT * FROM lifted WHERE ?1 IS NULL OR generation = ?1 ORDER BY generation, place",
                only,
                row ->
                        lifted.computeIfAbsent(row.getInt("generation"), _ -> new ArrayList<>())
                                .add(LiftedHold.parse(row.getString("hold"))));
        var repaired = new HashMap<Integer, Repaired>();
        rows(
                connection,
                "SELECT * FROM repaired WHERE ?1 IS NULL OR generation = ?1",
                only,
                row -> repaired.put(row.getInt("generation"), Impasses.repaired(row)));
        var requirements = new HashMap<Integer, List<Generation.Asked>>();
        rows(
                connection,
                "SELECT * FROM requirement WHERE ?1 IS NULL OR generation = ?1 ORDER BY generation, place",
                only,
                row ->
                        requirements
                                .computeIfAbsent(row.getInt("generation"), _ -> new ArrayList<>())
                                .add(
                                        new Generation.Asked(
                                                row.getString("requirement"),
                                                row.getString("origin"),
                                                row.getString("part"))));
        var generations = new ArrayList<Generation>();
        rows(
                connection,
                "SELECT * FROM generation WHERE ?1 IS NULL OR number = ?1 ORDER BY number DESC",
                only,
                row -> {
                    int number = row.getInt("number");
                    generations.add(
                            new Generation(
                                    number,
                                    row.getString("id"),
                                    Instant.parse(row.getString("time")),
                                    new Occasion(
                                            Occasion.Kind.valueOf(row.getString("kind")),
                                            row.getString("command"),
                                            row.getInt("restored"),
                                            row.getString("user"),
                                            row.getBoolean("ci"),
                                            row.getString("sandbox")),
                                    row.getString("strategy"),
                                    row.getString("python"),
                                    row.getString("policy"),
                                    packages.getOrDefault(number, List.of()),
                                    lifted.getOrDefault(number, List.of()),
                                    requirements.getOrDefault(number, List.of()),
                                    Optional.ofNullable(repaired.get(number))));
                });
        return generations;
    }

    /** What a generation left; empty where it is not known, or was entered by an older Blast. */
    static Optional<Restorable> restorable(Connection c, int number) throws SQLException {
        var found = new ArrayList<Restorable>();
        rows(
                c,
                "SELECT content FROM restorable WHERE generation = ?1",
                number,
                row -> {
                    try {
                        found.add(Restorable.unpacked(row.getBytes(1)));
                    } catch (IllegalArgumentException e) {
                        throw new SQLException(e.getMessage(), e);
                    }
                });
        return found.stream().findFirst();
    }

    /** The numbers of the generations of which it is known what they left. */
    static Set<Integer> kept(Connection c) throws SQLException {
        var kept = new HashSet<Integer>();
        rows(
                c,
                "SELECT generation FROM restorable WHERE ?1 IS NULL",
                null,
                row -> kept.add(row.getInt(1)));
        return kept;
    }

    /** Takes them out. */
    static void forget(Connection c, Set<Integer> numbers) throws SQLException {
        for (int number : numbers) {
            for (String table :
                    List.of("package", "requirement", "lifted", "repaired", "restorable")) {
                update(c, "DELETE FROM " + table + " WHERE generation = ?", number);
            }
            update(c, "DELETE FROM generation WHERE number = ?", number);
        }
    }

    /** What is done with each row that a query answers. */
    private interface EachRow {
        void take(ResultSet row) throws SQLException;
    }

    private static void rows(
            Connection connection, String query, @Nullable Integer only, EachRow each)
            throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(query)) {
            statement.setObject(1, only);
            try (ResultSet row = statement.executeQuery()) {
                while (row.next()) {
                    each.take(row);
                }
            }
        }
    }

    /** Runs a statement, and tells how many rows it changed. */
    static int update(Connection c, String sql, @Nullable Object... values) throws SQLException {
        try (PreparedStatement statement = c.prepareStatement(sql)) {
            for (int i = 0; i < values.length; i++) {
                statement.setObject(i + 1, values[i]);
            }
            return statement.executeUpdate();
        }
    }
}
