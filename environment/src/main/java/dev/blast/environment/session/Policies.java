package dev.blast.environment.session;

import dev.blast.rules.Policy;
import dev.blast.rules.RuleSummary;
import dev.blast.rules.source.Layer;
import dev.blast.rules.source.PolicyFile;
import java.util.List;

/** The rules in force, and the files that they came from. */
public record Policies(List<PolicyFile> files, Policy policy) {

    public List<PolicyFile> ofProject() {
        return files.stream().filter(file -> file.layer() == Layer.PROJECT).toList();
    }

    public boolean projectTrusted() {
        return ofProject().stream().allMatch(PolicyFile::trusted);
    }

    /** Rules of the project that open something, whether in force or not. */
    public List<RuleSummary> openedByProject() {
        return policy.rules().stream()
                .filter(rule -> rule.layer() == Layer.PROJECT && rule.opens())
                .toList();
    }

    /**
     * Rules of the project that would open something, and do not because nobody has trusted them.
     */
    public List<RuleSummary> off() {
        return policy.rules().stream().filter(rule -> !rule.inForce()).toList();
    }
}
