package dev.blast.solver.search;

import dev.blast.index.IndexException;
import dev.blast.packaging.ExtraName;
import dev.blast.packaging.Requirement;
import dev.blast.packaging.Version;
import dev.blast.solver.Note;
import dev.blast.solver.Obstacle;
import dev.blast.solver.logic.Domain;
import dev.blast.solver.logic.States;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Why an answer has no newer version of a package where that one cannot be used: itself, or for
 * want of something that it needs. Nobody should get an old version without a word. For one thread.
 */
final class Shortfall {
    private final View view;
    private final Domain domain;
    private final int chosen;
    private final Set<ExtraName> extras;

    Shortfall(View view, Domain domain, int chosen, Set<ExtraName> extras) {
        this.view = view;
        this.domain = domain;
        this.chosen = chosen;
        this.extras = extras;
    }

    /** Of the newest of the newer versions of which there is something to say, if any. */
    Optional<Note> note() throws IndexException {
        for (int state = domain.versions().size(); state > chosen; state--) {
            Optional<Note> note = note(state);
            if (note.isPresent()) {
                return note;
            }
        }
        return Optional.empty();
    }

    private Optional<Note> note(int state) throws IndexException {
        Version version = domain.version(state);
        boolean read = view.ledger().read(domain).contains(state);
        Optional<Obstacle> own =
                read
                        ? Optional.ofNullable(view.knowledge().readings().unreadable(domain, state))
                        : unfit(domain, state);
        if (read && own.isEmpty()) {
            own = lack(state);
        }
        Optional<Note> note =
                own.filter(Shortfall::isTold)
                        .map(it -> new Note.PassedOver(domain.name(), version, it));
        return note.isEmpty() && read && own.isEmpty() ? want(state) : note;
    }

    /** What cannot be helped on this machine, and what a person may want to know. */
    private static boolean isTold(Obstacle obstacle) {
        return switch (obstacle) {
            case Obstacle.OnlySource _,
                    Obstacle.OnlyWheels _,
                    Obstacle.Unbuilt _,
                    Obstacle.Unreadable _,
                    Obstacle.NoSuchExtra _,
                    Obstacle.NeedsAddress _,
                    Obstacle.Own _ ->
                    true;
            case Obstacle.WrongPlatform(_, _, boolean source) -> source;
            case Obstacle.OtherPython _,
                    Obstacle.Yanked _,
                    Obstacle.Newer _,
                    Obstacle.Undated _,
                    Obstacle.Prerelease _,
                    Obstacle.Unusable _ ->
                    false;
        };
    }

    private Optional<Obstacle> lack(int state) throws IndexException {
        for (ExtraName extra : extras) {
            if (view.lacks(domain, state, extra)) {
                return Optional.of(new Obstacle.NoSuchExtra(extra));
            }
        }
        return Optional.empty();
    }

    private Optional<Obstacle> unfit(Domain of, int state) {
        return view.fitness(of, state) instanceof Fitness.Unfit(Obstacle obstacle)
                ? Optional.of(obstacle)
                : Optional.empty();
    }

    /** A version that was looked at needs something of which nothing can be used. */
    private Optional<Note> want(int state) throws IndexException {
        for (Requirement need : needs(state)) {
            Domain needed = view.knowledge().domain(need.name());
            Optional<Obstacle> obstacle = obstacle(needed, need);
            if (obstacle.isPresent()) {
                return Optional.of(
                        new Note.Wanting(
                                domain.name(), domain.version(state), need, obstacle.get()));
            }
        }
        return Optional.empty();
    }

    private List<Requirement> needs(int state) throws IndexException {
        var needs = new ArrayList<Requirement>();
        if (view.knowledge().needs(domain, state, null) instanceof Needs.Known(var own)) {
            needs.addAll(own);
        }
        for (ExtraName extra : extras) {
            if (view.knowledge().needs(domain, state, extra) instanceof Needs.Known(var more)) {
                needs.addAll(more);
            }
        }
        return needs;
    }

    /** What is in the way of the newest version that would do, where none can be used. */
    private Optional<Obstacle> obstacle(Domain needed, Requirement need) throws IndexException {
        String own = view.knowledge().releases().standIns().what(need.name());
        if (own != null) {
            return Optional.of(new Obstacle.Own(own));
        }
        States doing = needed.present().and(needed.accepted(need.specifier().versions()));
        Optional<Obstacle> newest = Optional.empty();
        for (int state = doing.next(0); state >= 0; state = doing.next(state + 1)) {
            Optional<Obstacle> unread =
                    Optional.ofNullable(view.knowledge().readings().unreadable(needed, state));
            Optional<Obstacle> its = unread.isPresent() ? unread : unfit(needed, state);
            if (its.isEmpty()) {
                return Optional.empty();
            }
            newest = its.filter(Shortfall::isTold).or(() -> its);
        }
        return newest.filter(Shortfall::isTold);
    }
}
