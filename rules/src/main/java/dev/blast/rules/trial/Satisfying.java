package dev.blast.rules.trial;

import dev.blast.rules.checked.Element;
import dev.blast.rules.checked.Frame;
import dev.blast.rules.checked.Rule;
import dev.blast.rules.checked.Undecided;
import dev.blast.rules.fact.Session;
import dev.blast.rules.source.Span;
import dev.blast.rules.trial.BorderValues.Axis;
import dev.blast.rules.vocabulary.FactType;
import dev.blast.rules.vocabulary.Facts;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Changes the draft of a case until one way of a rule matches it, pattern by pattern. */
public final class Satisfying {
    /** Facts that are made for one pattern. */
    private static final int MAX_TRIES = 3_000;

    private final BorderValues borders;
    private final Rule.Branch branch;
    private CaseDraft draft;
    private Frame frame;
    private int tries;

    private Satisfying(BorderValues borders, Rule.Branch branch, CaseDraft draft) {
        this.borders = borders;
        this.branch = branch;
        this.draft = draft;
        frame = empty(draft.somebody());
    }

    /** Null where none was found. */
    public static @Nullable CaseDraft of(
            BorderValues borders, Rule.Branch branch, CaseDraft draft) {
        try {
            var it = new Satisfying(borders, branch, draft);
            return it.satisfy(branch.elements()) ? it.draft : null;
        } catch (IllegalArgumentException | ArithmeticException | Undecided _) {
            return null;
        }
    }

    /**
     * With all that the way does not want as well, so that it would match but for that; null where
     * it wants all that there may be, or none was found.
     */
    public static @Nullable CaseDraft excluded(
            BorderValues borders, Rule.Branch branch, CaseDraft draft) {
        try {
            var it = new Satisfying(borders, branch, draft);
            return it.satisfy(unwanted(branch.elements())) && !it.draft.equals(draft)
                    ? it.draft
                    : null;
        } catch (IllegalArgumentException | ArithmeticException | Undecided _) {
            return null;
        }
    }

    private static List<Element> unwanted(List<Element> elements) {
        return elements.stream()
                .flatMap(element ->
                        element instanceof Element.Absent(Span _, List<Element> parts)
                                ? unwanted(parts).stream()
                                : Stream.of(element))
                .toList();
    }

    private Frame empty(Session session) {
        return new Frame(session, new Object[branch.slots()]);
    }

    /** What is not to be there is left as it is. */
    private boolean satisfy(List<Element> elements) {
        for (Element element : elements) {
            boolean found =
                    switch (element) {
                        case Element.Match match -> satisfy(match);
                        case Element.Present(Span _, List<Element> parts) -> satisfy(parts);
                        case Element.Absent _ -> true;
                    };
            if (!found) {
                return false;
            }
        }
        return true;
    }

    private boolean satisfy(Element.Match match) {
        var axes = new ArrayList<Axis>();
        for (Axis axis : BorderValues.of(match.tests())) {
            if (axis.fact().equals(match.fact())) {
                axes.add(axis);
            }
        }
        tries = 0;
        if (match.fact().equals(Facts.DISTRIBUTION)) {
            return distribution(match, axes, 0, CaseDrafts.needed(Facts.DISTRIBUTION));
        }
        return (match.fact().equals(Facts.SESSION)
                        || draft.facts().containsKey(match.fact().name()))
                && single(match, axes, 0, draft);
    }

    private boolean single(Element.Match match, List<Axis> axes, int place, CaseDraft so) {
        if (place == axes.size()) {
            return tries++ < MAX_TRIES && isFound(match, so);
        }
        if (single(match, axes, place + 1, so)) {
            return true;
        }
        for (Object value : borders.of(axes.get(place))) {
            for (CaseDraft way : CaseDrafts.ways(so, axes.get(place), value)) {
                if (tries < MAX_TRIES && single(match, axes, place + 1, way)) {
                    return true;
                }
            }
        }
        return false;
    }

    private boolean isFound(Element.Match match, CaseDraft so) {
        try {
            Session session = so.somebody();
            FactType type = match.fact();
            Object fact =
                    type.equals(Facts.SESSION)
                            ? session
                            : CaseDraft.fact(
                                    type, so.facts().getOrDefault(type.name(), Map.of()), session);
            Frame next = frame.with(match.slot(), fact);
            if (type.equals(Facts.SESSION)) { // paths are resolved for the session of the frame
                @Nullable Object[] facts = new Object[branch.slots()];
                facts[match.slot()] = fact;
                next = new Frame(session, facts);
            }
            return take(match, next, so);
        } catch (IllegalArgumentException | ArithmeticException _) {
            return false;
        }
    }

    private boolean take(Element.Match match, Frame next, CaseDraft so) {
        boolean holds = match.tests().stream().allMatch(test -> test.holds(next));
        if (holds) {
            frame = next;
            draft = so;
        }
        return holds;
    }

    private boolean distribution(
            Element.Match match, List<Axis> axes, int place, Map<String, @Nullable Object> fields) {
        if (place < axes.size()) {
            String field = axes.get(place).field().name();
            for (Object value : borders.of(axes.get(place))) {
                var more = new LinkedHashMap<String, @Nullable Object>(fields);
                if (value != null) {
                    more.put(field, value);
                }
                if (tries < MAX_TRIES && distribution(match, axes, place + 1, more)) {
                    return true;
                }
            }
            return false;
        }
        tries++;
        var installed = new ArrayList<Map<String, @Nullable Object>>(draft.installed());
        installed.add(fields);
        try {
            Object fact = CaseDraft.fact(Facts.DISTRIBUTION, fields, draft.somebody());
            return take(match, frame.with(match.slot(), fact), CaseDrafts.with(draft, installed));
        } catch (IllegalArgumentException | ArithmeticException _) {
            return false;
        }
    }
}
