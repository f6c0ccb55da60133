package dev.blast.rules.explain;

import dev.blast.rules.Loading;
import dev.blast.rules.Policy;
import dev.blast.rules.checked.Rule;
import dev.blast.rules.explain.Explanation.Change;
import dev.blast.rules.question.Questions;
import dev.blast.rules.source.Layer;
import dev.blast.rules.source.PolicyFile;
import dev.blast.rules.verdict.Reason;
import dev.blast.rules.vocabulary.Question;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * The policy that changes leave, as a person is left with it: a project's file that is changed is
 * trusted no more until {@code blast trust}, and that trusts all files of the project.
 */
public final class Remade {
    private Remade() {}

    /** Empty where the files that are then there could not be loaded. */
    public static Optional<Policy> of(Policy policy, List<Change> changes) {
        List<PolicyFile> files = new ArrayList<>(policy.sources());
        List<Reason> out = new ArrayList<>();
        for (Change change : changes) {
            switch (change) {
                case Change.OtherFact _, Change.MakeFile _ -> {}
                case Change.Trust _ -> trust(files, true);
                case Change.AddRule add -> {
                    append(files, add);
                    trust(files, false);
                }
                case Change.WithoutRule(Reason rule, boolean _) -> {
                    out.add(rule);
                    if (rule.layer() == Layer.PROJECT) {
                        trust(files, false);
                    }
                }
            }
        }
        if (files.equals(policy.sources())) {
            return Optional.of(without(policy, out));
        }
        return switch (Policy.load(files)) {
            case Loading.Refused _ -> Optional.empty();
            case Loading.Loaded(Policy made) -> Optional.of(without(made, out));
        };
    }

    private static void trust(List<PolicyFile> files, boolean trusted) {
        files.replaceAll(it ->
                it.layer() == Layer.PROJECT
                        ? new PolicyFile(it.layer(), it.displayPath(), it.text(), trusted)
                        : it);
    }

    /** To the file of that name, or as a file of its own. */
    private static void append(List<PolicyFile> files, Change.AddRule add) {
        for (int at = 0; at < files.size(); at++) {
            PolicyFile file = files.get(at);
            if (file.layer() == Layer.PROJECT && file.displayPath().equals(add.file())) {
                String text = file.text() + "\n" + add.rule();
                files.set(at, new PolicyFile(Layer.PROJECT, add.file(), text, false));
                return;
            }
        }
        files.add(new PolicyFile(Layer.PROJECT, add.file(), add.rule(), false));
    }

    private static Policy without(Policy policy, List<Reason> out) {
        Policy left = policy;
        for (Reason gone : out) {
            for (Question question : Questions.ALL) {
                for (Rule rule : left.rules(question)) {
                    if (rule.origin().equals(gone.origin()) && rule.layer() == gone.layer()) {
                        left = left.without(rule);
                    }
                }
            }
        }
        return left;
    }
}
