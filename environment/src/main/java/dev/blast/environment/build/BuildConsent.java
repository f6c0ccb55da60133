package dev.blast.environment.build;

import dev.blast.index.Formats;
import dev.blast.packaging.Message;
import dev.blast.packaging.PackageName;
import dev.blast.packaging.Version;
import dev.blast.rules.fact.Build;
import dev.blast.rules.verdict.Judgement;
import dev.blast.rules.verdict.Reason;
import dev.blast.solver.BuildException;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Whether a source may be built: what people say of formats, and what the rules say. */
final class BuildConsent {
    private final BuildTools tools;
    private final BuildSandbox sandbox;
    private final Source source;

    BuildConsent(BuildTools tools, BuildSandbox sandbox, Source source) {
        this.tools = tools;
        this.sandbox = sandbox;
        this.source = source;
    }

    /** What options and settings say. */
    void requireWanted() throws BuildException {
        Formats formats = tools.options().formats();
        PackageName name = source.name();
        if (name == null ? formats.buildsNothing() : !formats.of(name).sources()) {
            String by = name == null ? formats.others().by() : formats.of(name).by();
            throw BuildException.forbidden(
                    Message.line("is not built: " + (by.isEmpty() ? "no source may be" : by)));
        }
    }

    /** What the rules say; asked of what was built before, too. */
    void requireAllowed(String backend) throws BuildException {
        requireAllowed(backend, source.name(), source.version());
    }

    void requireAllowed(String backend, @Nullable PackageName name, @Nullable Version version)
            throws BuildException {
        Judgement judgement = tools.policy().judge(fact(backend, name, version), sandbox.context());
        if (judgement.allowed()) {
            return;
        }
        List<Reason> deciding = judgement.deciding();
        if (deciding.isEmpty()) {
            throw BuildException.forbidden(
                    Message.line(
                            judgement.failure() == null
                                    ? "is not built: no rule allows it"
                                    : "is not built: " + judgement.failure()));
        }
        Reason reason = deciding.getFirst();
        throw BuildException.forbidden(
                Message.line(
                        "is not built: %s (rule \"%s\", %s)"
                                .formatted(reason.text(), reason.rule(), reason.origin())));
    }

    Build fact(String backend, @Nullable PackageName name, @Nullable Version version) {
        return new Build(
                name, version, backend, name != null && tools.options().direct().test(name));
    }
}
