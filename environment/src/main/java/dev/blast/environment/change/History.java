package dev.blast.environment.change;

import dev.blast.environment.Cause;
import dev.blast.environment.EnvironmentException;
import dev.blast.packaging.Message;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The generations of one environment, in SQLite ({@code state.db} in the {@link Dossier}). The
 * first use in a process loads SQLite's native library (some hundred milliseconds), so nothing that
 * a prompt or a sync without work asks is answered from here (that is {@link Applied}), and {@link
 * #warm} loads it while something else is being waited for. One thread; {@link #close} when done. A
 * file is made by the first {@link #add}, not before.
 */
public final class History implements AutoCloseable {
    /** What people are told where {@link #isLost}. */
    public static final String LOST =
            "the history of this environment is lost, or was kept by another user; a new one begins with what is there";

    private final Path file;
    private @Nullable Connection connection;

    private History(Path file) {
        this.file = file;
    }

    public static History of(Dossier dossier) {
        return new History(dossier.history());
    }

    /** The one that lies in a folder, of whatever environment. */
    public static History in(Path dossier) {
        return new History(dossier.resolve(Dossier.HISTORY));
    }

    /** Whether it has a generation; a damaged one, which {@link #verify} tells, counts as if. */
    public boolean exists() {
        try {
            return Files.exists(file)
                    && run(
                            "read",
                            c -> {
                                try (Statement s = c.createStatement();
                                        ResultSet row =
                                                s.executeQuery(
                                                        "SELECT 1 FROM generation LIMIT 1")) {
                                    return row.next();
                                }
                            });
        } catch (EnvironmentException e) {
            return true;
        }
    }

    /** Whether an environment says that it was changed, and nothing is known of that here. */
    public boolean isLost(Optional<Applied> applied) {
        return applied.isPresent() && !exists();
    }

    /** Remembers a sync without an answer; its number is what a way out is taken by. */
    public Impasse remember(Impasse impasse) throws EnvironmentException {
        return run(
                "write to",
                c -> {
                    c.setAutoCommit(false);
                    try {
                        long number = Impasses.add(c, impasse);
                        c.commit();
                        return impasse.numbered(number);
                    } finally {
                        c.rollback();
                        c.setAutoCommit(true);
                    }
                });
    }

    /** The syncs that had no answer, the newest first, a hundred at most. */
    public List<Impasse> impasses() throws EnvironmentException {
        return Files.exists(file) ? run("read", Impasses::all) : List.of();
    }

    /** Loads the native library, on a thread of its own; whoever needs it first waits for it. */
    public static void warm() {
        Thread.ofPlatform()
                .daemon()
                .start(() -> {
                    try (Connection memory = DriverManager.getConnection("jdbc:sqlite::memory:")) {
                        memory.isValid(0);
                    } catch (SQLException e) {
                        // whoever opens the file meets the same, and says so
                    }
                });
    }

    /**
     * Enters a generation; one that is there already (a change finished twice) is left as it is.
     */
    void add(Generation generation, Restorable left) throws EnvironmentException {
        run(
                "write to",
                c -> {
                    c.setAutoCommit(false);
                    try {
                        insert(c, generation, left);
                        c.commit();
                    } finally {
                        c.rollback();
                        c.setAutoCommit(true);
                    }
                    return true;
                });
    }

    private static void insert(Connection c, Generation g, Restorable left) throws SQLException {
        String sql =
                "INSERT INTO generation VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?) ON CONFLICT (id) DO NOTHING";
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
                        g.occasion().ci())
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

    /** What a generation left; empty where it is not known, or was entered by an older Blast. */
    public Optional<Restorable> restorable(int number) throws EnvironmentException {
        if (!Files.exists(file)) {
            return Optional.empty();
        }
        var found = new ArrayList<Restorable>();
        run(
                "read",
                c -> {
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
                    return true;
                });
        return found.stream().findFirst();
    }

    /** Takes generations out of it; the others keep their numbers. */
    public void forget(Set<Integer> numbers) throws EnvironmentException {
        if (numbers.isEmpty()) {
            return;
        }
        run(
                "write to",
                c -> {
                    c.setAutoCommit(false);
                    try {
                        for (String table :
                                List.of(
                                        "package",
                                        "requirement",
                                        "lifted",
                                        "repaired",
                                        "restorable")) {
                            for (int number : numbers) {
                                update(c, "DELETE FROM " + table + " WHERE generation = ?", number);
                            }
                        }
                        for (int number : numbers) {
                            update(c, "DELETE FROM generation WHERE number = ?", number);
                        }
                        c.commit();
                    } finally {
                        c.rollback();
                        c.setAutoCommit(true);
                    }
                    try (Statement statement = c.createStatement()) {
                        statement.execute("VACUUM");
                    }
                    return true;
                });
    }

    /** The numbers of the generations whose files are known. */
    public Set<Integer> kept() throws EnvironmentException {
        if (!Files.exists(file)) {
            return Set.of();
        }
        var kept = new HashSet<Integer>();
        run(
                "read",
                c -> {
                    rows(
                            c,
                            "SELECT generation FROM restorable WHERE ?1 IS NULL",
                            null,
                            row -> kept.add(row.getInt(1)));
                    return true;
                });
        return kept;
    }

    /** The last generation; empty before the first. */
    public Optional<Generation> last() throws EnvironmentException {
        int last = next(Optional.empty()) - 1;
        return last == 0 ? Optional.empty() : generation(last);
    }

    /** All of them, the newest first. */
    public List<Generation> generations() throws EnvironmentException {
        if (!Files.exists(file)) {
            return List.of();
        }
        return run("read", connection -> read(connection, null));
    }

    /**
     * One more than any number so far, here or in what the last change left: the two may have been
     * parted by a damage.
     */
    public int next(Optional<Applied> applied) throws EnvironmentException {
        int here =
                Files.exists(file)
                        ? run(
                                "read",
                                c -> {
                                    try (Statement s = c.createStatement();
                                            ResultSet row =
                                                    s.executeQuery(
                                                            "SELECT max(number) FROM generation")) {
                                        return row.next() ? row.getInt(1) : 0;
                                    }
                                })
                        : 0;
        return 1 + Math.max(here, applied.map(Applied::generation).orElse(0));
    }

    /**
     * Whether what an environment says of its last change is among these generations; true where
     * either says nothing.
     */
    public boolean knows(Optional<Applied> applied) throws EnvironmentException {
        if (applied.isEmpty() || !exists()) {
            return true;
        }
        return generation(applied.get().generation())
                .map(Generation::time)
                .filter(applied.get().time()::equals)
                .isPresent();
    }

    public Optional<Generation> generation(int number) throws EnvironmentException {
        if (!Files.exists(file)) {
            return Optional.empty();
        }
        return run("read", connection -> read(connection, number)).stream().findFirst();
    }

    /** The one of that number, or all, the newest first; each table is read once. */
    private static List<Generation> read(Connection connection, @Nullable Integer only)
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
                                            row.getBoolean("ci")),
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

    /**
     * Reads every page once. A damaged history is found here, before a change that could not be
     * entered.
     */
    public void verify() throws EnvironmentException {
        if (Files.exists(file)) {
            run(
                    "check",
                    c -> {
                        try (Statement s = c.createStatement();
                                ResultSet row = s.executeQuery("PRAGMA quick_check(1)")) {
                            String said = row.next() ? row.getString(1) : "nothing";
                            if (!said.equals("ok")) {
                                throw new SQLException(said);
                            }
                        }
                        return true;
                    });
        }
    }

    /** Puts the history aside if it is damaged, and says whether it was. */
    public boolean mend() throws EnvironmentException {
        try {
            verify();
            return false;
        } catch (EnvironmentException e) {
            setAside();
            return true;
        }
    }

    /**
     * Puts a damaged history aside under another name; a new one begins with the next generation.
     */
    public Path setAside() throws EnvironmentException {
        close();
        Path aside = file.resolveSibling("state.db.damaged-" + Instant.now().getEpochSecond());
        try {
            Files.move(file, aside, StandardCopyOption.ATOMIC_MOVE);
            return aside;
        } catch (IOException e) {
            throw new EnvironmentException(
                    "cannot put %s aside: %s".formatted(file, Cause.of(e, file)), e);
        }
    }

    static int update(Connection c, String sql, @Nullable Object... values) throws SQLException {
        try (PreparedStatement statement = c.prepareStatement(sql)) {
            for (int i = 0; i < values.length; i++) {
                statement.setObject(i + 1, values[i]);
            }
            return statement.executeUpdate();
        }
    }

    /** What is asked of the database. */
    private interface Question<T> {
        T of(Connection connection) throws SQLException;
    }

    private <T> T run(String what, Question<T> question) throws EnvironmentException {
        try {
            return question.of(open());
        } catch (SQLException e) {
            throw new EnvironmentException(
                    Message.of(
                            "cannot %s the history %s: %s\nblast sync --force puts it aside and begins a new one",
                            what, file, e.getMessage()),
                    e);
        }
    }

    private Connection open() throws SQLException {
        Connection open = connection;
        if (open == null) {
            open = DriverManager.getConnection("jdbc:sqlite:" + file);
            connection = open;
            try (Statement statement = open.createStatement()) {
                // A rollback journal, not a write-ahead log: one file, and none left behind by a
                // kill that a copy would miss.
                statement.execute("PRAGMA journal_mode = DELETE");
                statement.execute("PRAGMA synchronous = FULL");
                statement.execute("PRAGMA foreign_keys = ON");
                HistorySchema.bring(open, statement);
            }
        }
        return open;
    }

    @Override
    public void close() throws EnvironmentException {
        try {
            if (connection != null) {
                connection.close();
                connection = null;
            }
        } catch (SQLException e) {
            throw new EnvironmentException(
                    "cannot close the history %s: %s".formatted(file, e.getMessage()), e);
        }
    }
}
