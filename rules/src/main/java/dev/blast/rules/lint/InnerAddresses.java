package dev.blast.rules.lint;

import dev.blast.packaging.Host;
import dev.blast.rules.checked.Check;
import dev.blast.rules.checked.Element;
import dev.blast.rules.checked.Rule;
import dev.blast.rules.checked.Value;
import dev.blast.rules.vocabulary.Facts;
import dev.blast.rules.vocabulary.Operator;
import java.util.List;
import java.util.Set;

/** Whether a rule may mean addresses that only a rule opens that means them. */
final class InnerAddresses {
    private static final Set<String> TELLING =
            Set.of(
                    "address",
                    "direction",
                    "toLoopback",
                    "toPrivate",
                    "toMetadataService",
                    "toIndex");

    private InnerAddresses() {}

    static boolean mayBeMeantBy(Rule rule) {
        return rule.branches().stream().anyMatch(it -> byElements(it.elements()));
    }

    private static boolean byElements(List<Element> elements) {
        return elements.stream().anyMatch(InnerAddresses::byElement);
    }

    private static boolean byElement(Element element) {
        return switch (element) {
            case Element.Match match -> byChecks(match.tests());
            case Element.Absent(_, List<Element> parts) -> byElements(parts);
            case Element.Present(_, List<Element> parts) -> byElements(parts);
        };
    }

    private static boolean byChecks(List<Check> checks) {
        return checks.stream().anyMatch(InnerAddresses::byCheck);
    }

    private static boolean byCheck(Check check) {
        return switch (check) {
            case Check.Comparison it ->
                    isTelling(it.field())
                            || (it.field().field().name().equals("host")
                                    && !isOfNames(it.operator(), it.values()));
            case Check.IsUnknown it -> isTelling(it.field());
            case Check.All(_, List<Check> parts) -> byChecks(parts);
            case Check.Any(_, List<Check> parts) -> byChecks(parts);
        };
    }

    private static boolean isTelling(Value.OfField field) {
        return field.fact().equals(Facts.CONNECTION) && TELLING.contains(field.field().name());
    }

    /** Names that lead where somebody else says. */
    private static boolean isOfNames(Operator operator, List<Value> values) {
        return (operator == Operator.EQUAL || operator == Operator.IN)
                && values.stream()
                        .allMatch(value ->
                                value instanceof Value.Literal(_, String text)
                                        && isServedBySomebody(Host.of(text)));
    }

    private static boolean isServedBySomebody(Host host) {
        return host.address() == null && !host.isLoopback() && !host.isMetadataService();
    }
}
