package dev.blast.cli.syntax;

import static dev.blast.cli.syntax.Option.each;
import static dev.blast.cli.syntax.Option.flag;
import static dev.blast.cli.syntax.Option.one;

/** Options that several commands have. */
final class SharedOptions {
    static final Option NO_WAIT =
            flag("exit with 4 at once where somebody else holds the environment", "--no-wait");
    static final Option OFFLINE =
            flag("use only what the disk cache and the store hold", "--offline");
    static final Option INDEX =
            one("URL", "the package index, instead of the configured one", "--index-url");
    static final Option EXTRA_INDEX =
            each("URL", "a further index, asked first", "--extra-index-url");
    static final Option INDEX_STRATEGY =
            one(
                            "NAME",
                            "which of several indexes a name is taken from, as in uv; the unsafe ones let a public index take the place of a private one",
                            "--index-strategy")
                    .choices("first-index", "unsafe-first-match", "unsafe-best-match");
    static final Option EXCLUDE_NEWER =
            one(
                    "TIME",
                    "leave out files uploaded later: a time, a day, or how long ago ('30 days')",
                    "--exclude-newer");
    static final Option PRERELEASE =
            one(
                            "MODE",
                            "when a pre-release may be chosen, as in uv; a stable version goes first but with allow",
                            "--prerelease")
                    .choices(
                            "disallow",
                            "allow",
                            "if-necessary",
                            "explicit",
                            "if-necessary-or-explicit");
    static final Option NO_BUILD =
            flag("install wheels alone: no source distribution is built", "--no-build");
    static final Option ONLY_BINARY =
            each(
                    "NAME",
                    "the same of these packages: names with commas between them, or :all:",
                    "--only-binary");
    static final Option NO_BINARY =
            each("NAME", "build these packages from source though they have wheels", "--no-binary");
    static final Option OVERRIDE =
            each(
                    "FILE",
                    "what this requirements file says counts in place of all requirements on the same packages",
                    "--override");
    static final Option PYTHON =
            one("X", "the interpreter: a version (3.12), a name or a path", "--python");
    static final Option STRATEGY =
            one(
                    "NAME",
                    "how versions are chosen: stable, newest, secure, lowest, one of yours, or auto (what rules say)",
                    "--strategy");
    static final Option FROZEN =
            flag("install exactly the lock; exit 1 where it does not fit the project", "--frozen");
    static final Option GROUP = each("NAME", "also install this dependency group", "--group");
    static final Option EXTRA = each("NAME", "also install this extra of the project", "--extra");
    static final Option ACCEPT_MISSING =
            each(
                            "LAYER",
                            "run although the kernel lacks this layer of the sandbox",
                            "--accept-missing")
                    .choices(
                            "user-namespace", "network", "cgroup", "seccomp", "landlock", "egress");
    static final Option HTML = one("FILE", "also draw it: a page to open in a browser", "--html");
    static final Option SVG = one("FILE", "also draw it: a picture", "--svg");
    static final Option DOT = one("FILE", "also draw it: for Graphviz", "--dot");
    static final Option ENV =
            each(
                    "KEY[=VALUE]",
                    "set a variable inside; KEY alone has the value that it has here",
                    "--env");
    static final Option ENV_FILE =
            each(
                    "FILE",
                    "set the variables of a file of KEY=VALUE lines; --env wins over it",
                    "--env-file");
    static final Option PUBLISH =
            each(
                    "[PORT:]PORT",
                    "let PORT of this machine lead to a server inside, which listens at the last one; a rule that denies it wins",
                    "--publish");
    static final Option KEEP =
            one(
                            "WHAT",
                            "let it change a throwaway copy of the project and show what it did there: keep all of that, none, or ask at the end",
                            "--keep")
                    .choices("ask", "all", "none");
    static final Option KEEP_PATH =
            each(
                    "PATH",
                    "with --keep: keep what it did at this path of the project or below, where others would run it too",
                    "--keep-path");
    static final Option CHANGES =
            one("FILE", "with --keep: write what it did there as JSON", "--changes");
    static final Option ENVIRONMENT =
            one(
                    "NAME|DIR",
                    "another environment of the project: its name in blast list, or a folder",
                    "--environment");

    static final Option LIFT =
            each(
                    "NAME==VERSION",
                    "let this version be chosen though a rule holds it back; never one that is denied",
                    "--lift");
    static final Option DRY_RUN = flag("say what would change, and change nothing", "--dry-run");
    static final Option OVERWRITE_LOCK =
            flag(
                    "write the lock anew where it loses what another tool, or Blast for another Python or platform, put into it",
                    "--overwrite-lock");
    static final Option EXPLAIN =
            flag(
                    "also say what each objective of the strategy counts, the least there could be, and why versions change",
                    "--explain");

    static final Option COMPILE =
            flag(
                    "also compile what is installed, for images that are only read: programs then keep no bytecode",
                    "--compile-bytecode");

    private SharedOptions() {}
}
