package dev.blast.rules.question;

import dev.blast.rules.verdict.Answered;
import dev.blast.rules.verdict.PolicyException;
import dev.blast.rules.verdict.Provisions;
import dev.blast.rules.verdict.SandboxPolicy;
import dev.blast.rules.vocabulary.Accepts;
import dev.blast.rules.vocabulary.Access;
import dev.blast.rules.vocabulary.Answer;
import dev.blast.rules.vocabulary.Answer.Resource;
import dev.blast.rules.vocabulary.Aspect;
import dev.blast.rules.vocabulary.Facts;
import dev.blast.rules.vocabulary.Question;
import dev.blast.rules.vocabulary.Type;
import dev.blast.rules.vocabulary.Verb;
import java.nio.file.Path;
import java.util.List;

/** What a session may see and use. */
public final class SessionQuestion extends Question {
    private static final List<Verb> VERBS =
            List.of(
                    paths(
                            Verb.opens("readable", Aspect.PATHS),
                            Access.READABLE,
                            "there, and may be read"),
                    paths(
                            Verb.opens("writable", Aspect.PATHS),
                            Access.WRITABLE,
                            "there, and may be read and written"),
                    paths(
                            Verb.narrows("hidden", Aspect.PATHS),
                            Access.HIDDEN,
                            "not there, nor anything below it"),
                    Verb.opens("temporary", Aspect.PATHS)
                            .takes("path", Type.PATH, Accepts.ANYTHING)
                            .takes("size", Type.SIZE, Accepts.AMOUNT)
                            .means(
                                    "an empty folder of that size, gone afterwards",
                                    it ->
                                            new Answer.Grant(
                                                    Access.TEMPORARY,
                                                    (Path) it.get(0),
                                                    it.whole(1))),
                    amount(
                            "limitMemory",
                            "size",
                            Type.SIZE,
                            Resource.MEMORY,
                            "no more memory than that, all processes together"),
                    amount(
                            "limitCpu",
                            "cpus",
                            Type.SHARE,
                            Resource.CPU,
                            "no more of the processors than that"),
                    count(
                            "limitProcesses",
                            Resource.PROCESSES,
                            "no more processes and threads at once"),
                    count(
                            "limitOpenFiles",
                            Resource.OPEN_FILES,
                            "no more open files in one process"),
                    amount(
                            "limitFileSize",
                            "size",
                            Type.SIZE,
                            Resource.FILE_SIZE,
                            "no larger file than that"),
                    amount(
                            "limitDisk",
                            "size",
                            Type.SIZE,
                            Resource.DISK,
                            "no more on disk than that, beside what is there at the start"),
                    count(
                            "limitFiles",
                            Resource.FILES,
                            "no more files and folders than that, beside those at the start"),
                    amount(
                            "limitIo",
                            "rate",
                            Type.RATE,
                            Resource.IO,
                            "no faster reading and writing than that"),
                    amount(
                            "limitBandwidth",
                            "rate",
                            Type.RATE,
                            Resource.BANDWIDTH,
                            "no faster than that, all connections together, in each direction"),
                    amount(
                            "limitTime",
                            "duration",
                            Type.DURATION,
                            Resource.TIME,
                            "no longer than that from start to end"),
                    Verb.opens("allowSyscalls", Aspect.SYSCALLS)
                            .takesSeveral("name", Type.TEXT, Accepts.SYSCALL)
                            .meansEach(
                                    "system calls or @groups that are open",
                                    it -> new Answer.Syscall((String) it, true)),
                    Verb.narrows("denySyscalls", Aspect.SYSCALLS)
                            .takesSeveral("name", Type.TEXT, Accepts.SYSCALL)
                            .meansEach(
                                    "system calls or @groups that stay closed",
                                    it -> new Answer.Syscall((String) it, false)),
                    Verb.opens("passVariable", Aspect.VARIABLES)
                            .takesSeveral("name", Type.TEXT, Accepts.VARIABLES)
                            .meansEach(
                                    "environment variables to pass on; * for any characters",
                                    it -> new Answer.Pass((String) it)),
                    Verb.opens("setVariable", Aspect.VARIABLES)
                            .takes("name", Type.TEXT, Accepts.VARIABLE)
                            .takes("value", Type.TEXT, Accepts.VARIABLE_VALUE)
                            .means(
                                    "sets an environment variable",
                                    it -> new Answer.Set(it.text(0), it.text(1))));

    SessionQuestion() {
        super("session", "session", "What may this session see and use?", Facts.SESSION);
    }

    private static Verb paths(Verb.Words verb, Access access, String meaning) {
        return verb.takesSeveral("path", Type.PATH, Accepts.ANYTHING)
                .meansEach(meaning, it -> new Answer.Grant(access, (Path) it, null));
    }

    private static Verb amount(
            String name, String parameter, Type type, Resource resource, String meaning) {
        return Verb.narrows(name, Aspect.LIMITS)
                .takes(parameter, type, Accepts.AMOUNT)
                .means(meaning, it -> new Answer.Restrict(resource, it.whole(0)));
    }

    private static Verb count(String name, Resource resource, String meaning) {
        return Verb.narrows(name, Aspect.LIMITS)
                .takes("n", Type.NUMBER, Accepts.COUNT)
                .means(meaning, it -> new Answer.Restrict(resource, it.whole(0)));
    }

    @Override
    public List<Verb> verbs() {
        return VERBS;
    }

    @Override
    public String otherwise() {
        return "nothing is there";
    }

    /** Everything that the answers grant and limit. */
    public SandboxPolicy weigh(List<Answered> answers) throws PolicyException {
        return Provisions.weigh(answers);
    }
}
