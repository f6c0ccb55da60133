package dev.blast.rules.trial;

import dev.blast.rules.trial.TestReport.Failure;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.tomlj.Toml;
import org.tomlj.TomlParseError;
import org.tomlj.TomlParseResult;

/**
 * The cases of a test file, and what is wrong with the others.
 *
 * @param count how many tables there are, right or wrong
 */
record CaseFile(TestFile file, int count, List<TestCase> cases, List<Failure> failures) {

    static CaseFile read(TestFile file) {
        var cases = new ArrayList<TestCase>();
        var failures = new ArrayList<Failure>();
        int count = 0;
        try {
            LockFiles locks = new LockFiles(file);
            for (CaseTable table : tables(file, failures)) {
                count++;
                try {
                    cases.addAll(TestCase.of(table, locks));
                } catch (CaseFlaw e) {
                    failures.add(failure(file, e, table));
                }
            }
        } catch (CaseFlaw e) {
            failures.add(failure(file, e, null));
        }
        return new CaseFile(file, count, List.copyOf(cases), List.copyOf(failures));
    }

    private static List<CaseTable> tables(TestFile file, List<Failure> failures) throws CaseFlaw {
        String heavy = TestFile.heavy(file.text(), TestFile.MAX_CASES);
        if (!heavy.isEmpty()) {
            throw new CaseFlaw(1, 1, heavy);
        }
        TomlParseResult toml = Toml.parse(file.text());
        for (TomlParseError error : toml.errors()) {
            String said = String.valueOf(error.getMessage());
            var flaw = new CaseFlaw(error.position().line(), error.position().column(), said);
            failures.add(failure(file, flaw, null));
        }
        if (toml.hasErrors()) {
            return List.of();
        }
        var root = new CaseTable(toml, 1, 1);
        for (String key : toml.keySet()) {
            if (!key.equals("case")) {
                throw root.flaw(
                        key, "unknown key '%s'; a case begins with [[case]]".formatted(key));
            }
        }
        List<CaseTable> tables = root.inners("case");
        if (tables.isEmpty()) {
            throw root.flaw("no case in this file; one begins with [[case]]");
        }
        return tables;
    }

    private static Failure failure(TestFile file, CaseFlaw flaw, @Nullable CaseTable table) {
        String name = table != null && table.value("name") instanceof String text ? text : "";
        return new Failure(
                file.displayPath(), flaw.line(), flaw.column(), name, flaw.said(), List.of(), "");
    }
}
