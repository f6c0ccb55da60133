package dev.blast.rules;

import dev.blast.packaging.Digest;
import dev.blast.rules.checked.Growth;
import dev.blast.rules.checked.Rule;
import dev.blast.rules.checked.RuleChecker;
import dev.blast.rules.checked.Value;
import dev.blast.rules.parse.Bounds;
import dev.blast.rules.parse.Cursor;
import dev.blast.rules.parse.FileParser;
import dev.blast.rules.parse.FileTree;
import dev.blast.rules.parse.RuleTree;
import dev.blast.rules.parse.SecondReading;
import dev.blast.rules.parse.Slips;
import dev.blast.rules.parse.Token;
import dev.blast.rules.parse.Tokenizer;
import dev.blast.rules.question.Questions;
import dev.blast.rules.source.Code;
import dev.blast.rules.source.Diagnostic;
import dev.blast.rules.source.Findings;
import dev.blast.rules.source.Layer;
import dev.blast.rules.source.PolicyFile;
import dev.blast.rules.source.Source;
import dev.blast.rules.source.Span;
import dev.blast.rules.vocabulary.Nearest;
import dev.blast.rules.vocabulary.Type;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedSet;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.Consumer;
import java.util.function.Supplier;

/**
 * From files to checked rules: read, check, read again with Drools' parser, then look across all
 * files.
 */
final class PolicyLoader {
    /** As many as fit into {@link #MAX_ALL}, if they are short. */
    private static final int MAX_RULES = 12_000;

    /** Characters of all files together. */
    private static final int MAX_ALL = 1024 * 1024;

    private final Memory memory;
    private final Growth growth = new Growth();
    private final List<Rule> rules = new ArrayList<>();
    private final List<Diagnostic> errors = new ArrayList<>();

    /**
     * @param memory knows which files need no second reading
     */
    PolicyLoader(Memory memory) {
        this.memory = memory;
    }

    Loading load(List<PolicyFile> files) {
        try (ExecutorService beside = Executors.newSingleThreadExecutor()) {
            List<CompletableFuture<List<Diagnostic>>> second = new ArrayList<>();
            readAll(files, it -> second.add(CompletableFuture.supplyAsync(it, beside)));
            second.forEach(it -> errors.addAll(it.join()));
        }
        lookAcross(files);
        return errors.isEmpty()
                ? new Loading.Loaded(new Policy(List.copyOf(files), List.copyOf(rules)))
                : new Loading.Refused(Diagnostic.inOrder(errors));
    }

    /** What is wrong by the first reading. */
    List<Diagnostic> mistakes(List<PolicyFile> files) {
        readAll(files, _ -> {});
        lookAcross(files);
        return Diagnostic.inOrder(errors);
    }

    /**
     * @param second takes the second reading of each file that is read a second time
     */
    private void readAll(List<PolicyFile> files, Consumer<Supplier<List<Diagnostic>>> second) {
        List<PolicyFile> ordered =
                files.stream()
                        .sorted(
                                Comparator.comparing(PolicyFile::layer)
                                        .thenComparing(PolicyFile::displayPath))
                        .toList();
        long length = 0;
        for (PolicyFile file : ordered) {
            length += file.text().length();
            if (length > MAX_ALL) {
                errors.add(tooMuch(file));
                return;
            }
            read(file).ifPresent(second);
        }
    }

    private void lookAcross(List<PolicyFile> files) {
        if (errors.isEmpty()) {
            errors.addAll(across(rules));
        }
        if (errors.isEmpty() && rules.isEmpty()) {
            String where = files.isEmpty() ? "policies" : files.getFirst().displayPath();
            String message =
                    "no rule in %d policy files; nothing would be allowed".formatted(files.size());
            errors.add(Diagnostic.of(Code.NO_RULES, where, 1, 1, message));
        }
    }

    private static Diagnostic tooMuch(PolicyFile file) {
        return new Source(file)
                .diagnostic(
                        Code.TOO_LONG,
                        new Span(0, 1),
                        "with this file all policies are longer than %,d characters"
                                .formatted(MAX_ALL),
                        "fewer or shorter files");
    }

    /**
     * The second reading of the file, to be done while the next file is read. Empty where the first
     * one failed, for what is shipped, which was read twice by our tests, and for what was read
     * alike before.
     */
    private Optional<Supplier<List<Diagnostic>>> read(PolicyFile file) {
        var source = new Source(file);
        var found = new Findings();
        List<Token> tokens = tokens(source, found);
        if (found.isEmpty()) {
            var cursor = new Cursor(source, Slips.mended(source, tokens, found), found);
            FileTree tree = new FileParser(cursor).parse();
            List<Rule> checked = check(source, tree, found);
            if (found.isEmpty()) {
                rules.addAll(checked);
                String text = Digest.of(file.text());
                return file.layer() == Layer.SHIPPED || memory.wasReadAlike(text)
                        ? Optional.empty()
                        : Optional.of(() -> readAgain(source, tree, text));
            }
        }
        errors.addAll(found.inOrder());
        return Optional.empty();
    }

    private List<Diagnostic> readAgain(Source source, FileTree tree, String text) {
        List<Diagnostic> differences = SecondReading.differences(source, tree);
        if (differences.isEmpty()) {
            memory.keepReadAlike(text);
        }
        return differences;
    }

    /** Nothing where the file is not worth reading, which is then found. */
    private static List<Token> tokens(Source source, Findings found) {
        String text = source.text();
        if (text.length() > Bounds.MAX_FILE) {
            found.add(
                    source.diagnostic(
                            Code.TOO_LONG,
                            new Span(0, 1),
                            "longer than %,d characters".formatted(Bounds.MAX_FILE),
                            "split it into several files"));
            return List.of();
        }
        if (text.isBlank()) {
            found.add(
                    source.diagnostic(
                            Code.EMPTY_FILE,
                            new Span(0, 0),
                            "nothing stands in this file",
                            "put its rules back, or remove it: what it denied would be lost in silence"));
            return List.of();
        }
        List<Token> tokens = Tokenizer.tokens(text);
        Bounds.check(source, tokens, found);
        return tokens;
    }

    private List<Rule> check(Source source, FileTree tree, Findings found) {
        List<Rule> checked = new ArrayList<>();
        Map<String, RuleTree> names = new HashMap<>();
        for (RuleTree rule : tree.rules()) {
            if (found.areEnough()) {
                break;
            }
            RuleTree namesake = names.putIfAbsent(rule.name(), rule);
            if (namesake != null) {
                found.add(
                        source.diagnostic(
                                Code.DUPLICATE_RULE,
                                rule.head(),
                                "a rule \"" + rule.name() + "\" is here already",
                                "it begins at line " + source.line(namesake.head().start())));
            }
            new RuleChecker(source, rule, Questions.ALL, found, growth)
                    .check()
                    .ifPresent(checked::add);
        }
        return checked;
    }

    /** What is wrong with rules that are each right. */
    static List<Diagnostic> across(List<Rule> rules) {
        var errors = new ArrayList<Diagnostic>();
        if (rules.size() > MAX_RULES) {
            Rule first = rules.get(MAX_RULES);
            errors.add(
                    first.source()
                            .diagnostic(
                                    Code.TOO_MANY,
                                    first.head(),
                                    "more than %,d rules".formatted(MAX_RULES)));
        }
        SortedSet<String> known = Questions.STRATEGY.defined(rules);
        for (Rule rule : rules) {
            for (Rule.Action action : rule.actions()) {
                chosenStrategy(action)
                        .filter(name -> !known.contains(name))
                        .ifPresent(name -> {
                            errors.add(
                                    rule.source()
                                            .diagnostic(
                                                    Code.UNKNOWN_STRATEGY,
                                                    action.span(),
                                                    "no rule defines the strategy '" + name + "'",
                                                    Nearest.andAll(
                                                            name,
                                                            known,
                                                            "strategies: "
                                                                    + String.join(", ", known))));
                        });
            }
        }
        return errors;
    }

    private static Optional<String> chosenStrategy(Rule.Action action) {
        return action.verb().name().equals("use")
                        && action.arguments().getFirst()
                                instanceof Value.Literal(Type _, Object name)
                ? Optional.of((String) name)
                : Optional.empty();
    }
}
