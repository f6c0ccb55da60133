package dev.blast.environment.advisories;

import dev.blast.rules.fact.AdvisorySeverity;
import java.util.HashMap;
import java.util.Map;

/**
 * The rating of a CVSS 3 vector by its base score: CVSS v3.1 specification, sections 5, 7.1 and
 * 7.4. Other vectors have none: a score of version 4 is looked up in a table of 270 rows.
 */
final class Cvss {
    private Cvss() {}

    static AdvisorySeverity rating(String vector) {
        if (!vector.startsWith("CVSS:3.")) {
            return AdvisorySeverity.UNKNOWN;
        }
        Map<String, String> metrics = new HashMap<>();
        for (String metric : vector.split("/", -1)) {
            int colon = metric.indexOf(':');
            if (colon > 0) {
                metrics.put(metric.substring(0, colon), metric.substring(colon + 1));
            }
        }
        try {
            return rating(score(metrics));
        } catch (IllegalArgumentException _) {
            return AdvisorySeverity.UNKNOWN; // a metric is missing, or none
        }
    }

    private static AdvisorySeverity rating(double score) {
        if (score >= 9) {
            return AdvisorySeverity.CRITICAL;
        }
        if (score >= 7) {
            return AdvisorySeverity.HIGH;
        }
        return score >= 4 ? AdvisorySeverity.MEDIUM : AdvisorySeverity.LOW;
    }

    private static double score(Map<String, String> metrics) {
        boolean changed = weight(metrics, "S", "U", 0, "C", 1) > 0;
        double untouched =
                (1 - harm(metrics, "C")) * (1 - harm(metrics, "I")) * (1 - harm(metrics, "A"));
        double base = 1 - untouched;
        double impact =
                changed ? 7.52 * (base - 0.029) - 3.25 * Math.pow(base - 0.02, 15) : 6.42 * base;
        double exploitability =
                8.22
                        * weight(metrics, "AV", "N", 0.85, "A", 0.62, "L", 0.55, "P", 0.2)
                        * weight(metrics, "AC", "L", 0.77, "H", 0.44)
                        * (changed
                                ? weight(metrics, "PR", "N", 0.85, "L", 0.68, "H", 0.5)
                                : weight(metrics, "PR", "N", 0.85, "L", 0.62, "H", 0.27))
                        * weight(metrics, "UI", "N", 0.85, "R", 0.62);
        if (impact <= 0) {
            return 0;
        }
        return roundUp(Math.min((changed ? 1.08 : 1) * (impact + exploitability), 10));
    }

    private static double harm(Map<String, String> metrics, String metric) {
        return weight(metrics, metric, "H", 0.56, "L", 0.22, "N", 0);
    }

    private static double weight(Map<String, String> metrics, String metric, Object... weights) {
        String value = metrics.getOrDefault(metric, "");
        for (int at = 0; at < weights.length; at += 2) {
            if (weights[at].equals(value)) {
                return ((Number) weights[at + 1]).doubleValue();
            }
        }
        throw new IllegalArgumentException("no value of " + metric + ": " + value);
    }

    /** To one decimal, upwards (appendix A). */
    private static double roundUp(double score) {
        long whole = Math.round(score * 100_000);
        return whole % 10_000 == 0 ? whole / 100_000.0 : (Math.floorDiv(whole, 10_000) + 1) / 10.0;
    }
}
