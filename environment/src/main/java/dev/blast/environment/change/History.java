package dev.blast.environment.change;

import dev.blast.environment.Cause;
import dev.blast.environment.EnvironmentException;
import dev.blast.packaging.Message;
import java.io.IOException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Instant;
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

    /** SQLITE_FULL, and the part of an error code that says so. */
    private static final int FULL = 13;

    private static final int PRIMARY = 0xff;

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
        return run("write to", c -> whole(c, it -> impasse.numbered(Impasses.add(it, impasse))));
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
                c ->
                        whole(
                                c,
                                it -> {
                                    GenerationRows.add(it, generation, left);
                                    return true;
                                }));
    }

    /** What a generation left; empty where it is not known, or was entered by an older Blast. */
    public Optional<Restorable> restorable(int number) throws EnvironmentException {
        if (!Files.exists(file)) {
            return Optional.empty();
        }
        return run("read", c -> GenerationRows.restorable(c, number));
    }

    /** Takes generations out of it; the others keep their numbers. */
    public void forget(Set<Integer> numbers) throws EnvironmentException {
        if (numbers.isEmpty()) {
            return;
        }
        run(
                "write to",
                c -> {
                    whole(
                            c,
                            it -> {
                                GenerationRows.forget(it, numbers);
                                return true;
                            });
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
        return run("read", GenerationRows::kept);
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
        return run("read", c -> GenerationRows.read(c, null));
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

    /** Whether it is that of another environment than the one which says this. */
    public boolean isOfAnother(Optional<Applied> applied) throws EnvironmentException {
        return !knows(applied) && !beganAfter(applied);
    }

    /** Whether it was lost once and began anew with what an environment said then. */
    private boolean beganAfter(Optional<Applied> applied) throws EnvironmentException {
        List<Generation> all = generations();
        return applied.isPresent()
                && !all.isEmpty()
                && all.getLast().occasion().kind() == Occasion.Kind.FOUND
                && all.getLast().number() > applied.get().generation();
    }

    public Optional<Generation> generation(int number) throws EnvironmentException {
        if (!Files.exists(file)) {
            return Optional.empty();
        }
        return run("read", c -> GenerationRows.read(c, number)).stream().findFirst();
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

    /** What is asked of the database. */
    private interface Question<T> {
        T of(Connection connection) throws SQLException;
    }

    private <T> T run(String what, Question<T> question) throws EnvironmentException {
        try {
            return question.of(open());
        } catch (SQLException e) {
            if ((e.getErrorCode() & PRIMARY) == FULL) {
                var full =
                        new FileSystemException(file.toString(), null, "No space left on device");
                throw new EnvironmentException(
                        Message.of(
                                "cannot %s the history %s: %s%s",
                                what, file, full.getReason(), Cause.advice(full, file)),
                        e);
            }
            throw new EnvironmentException(
                    Message.of(
                            "cannot %s the history %s: %s\nblast sync --force puts it aside and begins a new one",
                            what, file, e.getMessage()),
                    e);
        }
    }

    /** All of it or nothing. Where the disk is full SQLite has taken it back by itself. */
    private static <T> T whole(Connection connection, Question<T> work) throws SQLException {
        connection.setAutoCommit(false);
        try {
            T done = work.of(connection);
            connection.commit();
            connection.setAutoCommit(true);
            return done;
        } catch (SQLException e) {
            try {
                connection.rollback();
                connection.setAutoCommit(true);
            } catch (SQLException again) {
                e.addSuppressed(again);
            }
            throw e;
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
