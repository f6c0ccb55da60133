package dev.blast.packaging;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** The marker that says a {@link MarkerSet}. What it says is read back as the same set. */
final class MarkerSetText {
    private MarkerSetText() {}

    static Optional<Marker> of(MarkerSet set) {
        return switch (set) {
            case MarkerSet.End end ->
                    end == MarkerSet.End.ALL ? Optional.empty() : Optional.of(never());
            case MarkerSet.Branch branch -> Optional.of(any(alternatives(branch)));
        };
    }

    /** No marker is false; this one is nowhere true. */
    private static Marker never() {
        return Marker.parse("python_version < '0'");
    }

    private static List<List<Marker>> alternatives(MarkerSet set) {
        return switch (set) {
            case MarkerSet.End end -> end == MarkerSet.End.ALL ? List.of(List.of()) : List.of();
            case MarkerSet.Branch(MarkerQuestion question, List<MarkerSet.Way> ways) ->
                    alternatives(question, ways);
        };
    }

    private static List<List<Marker>> alternatives(
            MarkerQuestion question, List<MarkerSet.Way> ways) {
        var alternatives = new ArrayList<List<Marker>>();
        List<MarkerSet.Way> open = ways.stream().filter(way -> !way.to().isEmpty()).toList();
        // Where the rest of the answers settles it, the others need not be told apart.
        boolean rest =
                open.size() == 2
                        && ways.size() == 2
                        && open.stream().anyMatch(way -> way.to().equals(MarkerSet.End.ALL));
        for (MarkerSet.Way way : open) {
            List<List<Marker>> further = alternatives(way.to());
            List<List<Marker>> here =
                    rest && !way.to().equals(MarkerSet.End.ALL)
                            ? List.of(List.of())
                            : conditions(question, way.answers());
            for (List<Marker> condition : here) {
                for (List<Marker> more : further) {
                    alternatives.add(Stream.concat(condition.stream(), more.stream()).toList());
                }
            }
        }
        return alternatives;
    }

    /** Alternatives that say that a question has one of these answers. */
    private static List<List<Marker>> conditions(MarkerQuestion question, MarkerAnswers answers) {
        return switch (answers) {
            case MarkerAnswers.Versions(VersionSet set) -> versions(set);
            case MarkerAnswers.Texts texts ->
                    question.comparison() == null
                            ? texts(question.variable(), texts)
                            : List.of(List.of(comparison(question.comparison(), texts)));
        };
    }

    private static Marker comparison(Marker.Comparison asked, MarkerAnswers.Texts texts) {
        if (texts.contains("yes")) {
            return asked;
        }
        return new Marker.Comparison(asked.left(), opposite(asked.operator()), asked.right());
    }

    /**
     * What holds of a version where the operator does not. {@code ~=} and {@code ===} have none; in
     * their place stands what is nearest.
     */
    private static MarkerOperator opposite(MarkerOperator operator) {
        return switch (operator) {
            case IN -> MarkerOperator.NOT_IN;
            case NOT_IN -> MarkerOperator.IN;
            case EQUAL, IDENTICAL -> MarkerOperator.NOT_EQUAL;
            case NOT_EQUAL -> MarkerOperator.EQUAL;
            case LESS, COMPATIBLE ->
                    operator == MarkerOperator.LESS ? MarkerOperator.AT_LEAST : MarkerOperator.LESS;
            case AT_LEAST -> MarkerOperator.LESS;
            case GREATER -> MarkerOperator.AT_MOST;
            case AT_MOST -> MarkerOperator.GREATER;
        };
    }

    private static List<List<Marker>> texts(MarkerVariable variable, MarkerAnswers.Texts texts) {
        MarkerOperator operator = texts.but() ? MarkerOperator.NOT_EQUAL : MarkerOperator.EQUAL;
        List<Marker> each =
                texts.texts().stream().map(text -> comparison(variable, operator, text)).toList();
        return texts.but() ? List.of(each) : each.stream().map(List::of).toList();
    }

    private static Marker comparison(
            MarkerVariable variable, MarkerOperator operator, String text) {
        return new Marker.Comparison(
                new MarkerOperand.Variable(variable), operator, new MarkerOperand.Literal(text));
    }

    private static List<List<Marker>> versions(VersionSet set) {
        return set.spans().stream().map(MarkerSetText::span).toList();
    }

    private static List<Marker> span(Span span) {
        MarkerQuestion.Minor from = minor(span.from());
        MarkerQuestion.Minor to = minor(span.to());
        if (from != null && from.next().equals(to)) {
            return List.of(minor(MarkerOperator.EQUAL, from));
        }
        boolean begins = from != null || span.from().equals(Cut.BOTTOM);
        boolean ends = to != null || span.to().kind() == Cut.Kind.TOP;
        if (!begins && !ends) {
            return full(span);
        }
        var bounds = new ArrayList<Marker>();
        if (!begins) {
            bounds.addAll(full(new Span(span.from(), Cut.TOP)));
        } else if (from != null && !span.from().equals(Cut.BOTTOM)) {
            bounds.add(minor(MarkerOperator.AT_LEAST, from));
        }
        if (!ends) {
            bounds.addAll(full(new Span(Cut.BOTTOM, span.to())));
        } else if (to != null) {
            bounds.add(minor(MarkerOperator.LESS, to));
        }
        return bounds;
    }

    private static List<Marker> full(Span span) {
        return full(SpecifierSet.parse(new VersionSet(List.of(span)).toString()).specifiers());
    }

    /** {@code >=3.8.1} without 3.8.1 is shorter said. */
    private static List<Marker> full(List<Specifier> clauses) {
        var markers = new ArrayList<Marker>();
        for (Specifier clause : clauses) {
            boolean isExcluded = has(clauses, Operator.NOT_EQUAL, clause.version());
            boolean begins = clause.operator() == Operator.AT_LEAST && isExcluded;
            boolean isSaid =
                    clause.operator() == Operator.NOT_EQUAL
                            && has(clauses, Operator.AT_LEAST, clause.version());
            if (!isSaid) {
                markers.add(
                        comparison(
                                MarkerVariable.PYTHON_FULL_VERSION,
                                begins ? MarkerOperator.GREATER : operator(clause.operator()),
                                clause.version()));
            }
        }
        return markers;
    }

    /** Of final releases alone: what is behind a pre-release has its own place. */
    private static boolean has(List<Specifier> clauses, Operator operator, String version) {
        return Version.tryParse(version).filter(it -> !it.isPrerelease()).isPresent()
                && clauses.stream()
                        .anyMatch(it -> it.operator() == operator && it.version().equals(version));
    }

    private static Marker minor(MarkerOperator operator, MarkerQuestion.Minor minor) {
        return comparison(MarkerVariable.PYTHON_VERSION, operator, minor.toString());
    }

    private static MarkerOperator operator(Operator operator) {
        return Stream.of(MarkerOperator.values())
                .filter(it -> it.toString().equals(operator.symbol()))
                .findFirst()
                .orElseThrow();
    }

    /** The minor version that begins at a cut; null where none does. */
    private static MarkerQuestion.@Nullable Minor minor(Cut cut) {
        if (cut.kind() != Cut.Kind.BEFORE) {
            return null;
        }
        List<String> numbers =
                cut.version().parts().release().stream().map(Object::toString).toList();
        var minor =
                new MarkerQuestion.Minor(
                        Long.parseLong(numbers.get(0)),
                        numbers.size() > 1 ? Long.parseLong(numbers.get(1)) : 0);
        return minor.cut().equals(cut) ? minor : null;
    }

    /** What all alternatives share is said once. */
    private static Marker any(List<List<Marker>> alternatives) {
        var shared = new ArrayList<Marker>(alternatives.getFirst());
        alternatives.forEach(shared::retainAll);
        if (shared.isEmpty() || alternatives.size() == 1) {
            return alternatives.size() == 1 && alternatives.getFirst().size() == 1
                    ? alternatives.getFirst().getFirst()
                    : new Marker.AnyOf(alternatives);
        }
        var rest = new ArrayList<List<Marker>>();
        for (List<Marker> alternative : alternatives) {
            var own = new ArrayList<Marker>(alternative);
            own.removeAll(shared);
            if (own.isEmpty()) {
                return any(List.of(shared));
            }
            rest.add(own);
        }
        shared.add(any(rest));
        return any(List.of(shared));
    }
}
