package dev.blast.environment.install;

import java.util.List;

/**
 * What comparing a distribution with its RECORD found.
 *
 * @param distribution the distribution
 * @param files how many files were compared
 * @param findings sorted by path; empty where all is as it has to be
 */
public record RecordFindings(
        InstalledDistribution distribution, int files, List<FileFinding> findings) {
    public RecordFindings {
        findings = List.copyOf(findings);
    }

    /** The files that are missing or changed; one that was added takes nothing from it. */
    public List<FileFinding> damage() {
        return findings.stream().filter(file -> !(file instanceof FileFinding.Added)).toList();
    }
}
