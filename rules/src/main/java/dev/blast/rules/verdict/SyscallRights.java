package dev.blast.rules.verdict;

import dev.blast.rules.vocabulary.SocketFamily;
import dev.blast.rules.vocabulary.SyscallGroup;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Which system calls rules open, and which they keep closed. All of it is decided here, once: what
 * the filter lets through and what an explanation says are made of the same rulings.
 *
 * <p>A denied call stays denied, whoever opens it; only what {@link SyscallGroup#CORE} holds cannot
 * be denied. A group with socket families opens and closes {@code socket} for these families, and
 * no more; but who denies {@code @sockets} denies all of its calls.
 *
 * @param grants what rules say, in the order of their origins
 */
public record SyscallRights(List<SyscallGrant> grants) {
    /** No rule says anything. */
    public static final SyscallRights NONE = new SyscallRights(List.of());

    private static final String SOCKET = "socket";
    private static final String OPEN = "allowSyscalls";

    private static final Reason CORE =
            Reason.ofBlast(
                    "@core, whatever rules deny", OPEN, "the sandbox's own first process needs it");

    private static final Reason DEFAULT =
            Reason.ofBlast(
                    "@default, since no rule opens any", OPEN, "what an ordinary program calls");

    public SyscallRights {
        grants = List.copyOf(grants);
    }

    /** May this call be made? For {@code socket}: may it for any family. */
    public Ruling of(String call) {
        Ruling ruling =
                weighed(
                        grant -> grant.name().equals(call) || opens(grant.groups(), call),
                        grant -> closes(grant, call),
                        opens(SyscallGroup.DEFAULT, call));
        return !ruling.allowed() && SyscallGroup.CORE.calls().contains(call)
                ? new Ruling(true, List.of(CORE))
                : ruling;
    }

    /** May sockets of this family be made, where {@code socket} may be called? */
    public Ruling of(SocketFamily family) {
        return weighed(
                grant -> grant.name().equals(SOCKET) || isAbout(grant.groups(), family),
                grant -> isAbout(grant.groups(), family),
                isAbout(SyscallGroup.DEFAULT, family));
    }

    /** A denial wins; where no rule opens anything, the default does. */
    private Ruling weighed(
            Predicate<SyscallGrant> opens, Predicate<SyscallGrant> closes, boolean byDefault) {
        Set<Reason> opened = new LinkedHashSet<>();
        Set<Reason> denied = new LinkedHashSet<>();
        boolean anyOpens = false;
        for (SyscallGrant grant : grants) {
            anyOpens |= grant.open();
            if (grant.open() && opens.test(grant)) {
                opened.add(grant.reason());
            } else if (!grant.open() && closes.test(grant)) {
                denied.add(grant.reason());
            }
        }
        if (!anyOpens && byDefault) {
            opened.add(DEFAULT);
        }
        return denied.isEmpty()
                ? new Ruling(!opened.isEmpty(), List.copyOf(opened))
                : new Ruling(false, List.copyOf(denied));
    }

    /** May all calls of a group be made, for all of its families? */
    public Ruling of(Set<SyscallGroup> groups) {
        List<Ruling> rulings =
                groups.stream()
                        .flatMap(group ->
                                Stream.concat(
                                        group.calls().stream().sorted().map(this::of),
                                        group.families().stream().sorted().map(this::of)))
                        .toList();
        boolean all = rulings.stream().allMatch(Ruling::allowed);
        return new Ruling(
                all,
                rulings.stream()
                        .filter(ruling -> ruling.allowed() == all)
                        .flatMap(ruling -> ruling.because().stream())
                        .distinct()
                        .toList());
    }

    /** Whether a rule names the call itself: then its arguments are that rule's affair. */
    public boolean isNamed(String call) {
        return grants.stream().anyMatch(grant -> grant.open() && grant.name().equals(call))
                && grants.stream().noneMatch(grant -> closes(grant, call));
    }

    /** The names that rules open and none denies, sorted. */
    public Set<String> opened() {
        Set<String> opened = names(SyscallGrant::open);
        opened.removeAll(closed());
        return opened;
    }

    /** The names that rules deny, sorted. */
    public Set<String> closed() {
        return names(grant -> !grant.open());
    }

    private Set<String> names(Predicate<SyscallGrant> which) {
        return grants.stream()
                .filter(which)
                .map(SyscallGrant::name)
                .collect(Collectors.toCollection(TreeSet::new));
    }

    private boolean opens(Set<SyscallGroup> groups, String call) {
        for (SyscallGroup group : groups) {
            if (group.calls().contains(call) && (!call.equals(SOCKET) || anyFamily(group))) {
                return true;
            }
        }
        return false;
    }

    private boolean anyFamily(SyscallGroup group) {
        return group.families().stream().anyMatch(family -> of(family).allowed());
    }

    private static boolean isAbout(Set<SyscallGroup> groups, SocketFamily family) {
        return groups.stream().anyMatch(group -> group.families().contains(family));
    }

    private static boolean closes(SyscallGrant grant, String call) {
        if (grant.open()) {
            return false;
        }
        for (SyscallGroup group : grant.groups()) {
            boolean whole = group.families().isEmpty() || group == SyscallGroup.SOCKETS;
            if (whole && group.calls().contains(call)) {
                return true;
            }
        }
        return grant.name().equals(call);
    }
}
