package dev.blast.environment.health;

import dev.blast.environment.advisories.Hole;
import dev.blast.environment.install.InstalledDistribution;
import dev.blast.environment.install.RecordFindings;
import dev.blast.environment.install.VenvState;
import dev.blast.packaging.Message;
import dev.blast.packaging.PackageName;
import dev.blast.packaging.Requirement;
import dev.blast.packaging.Version;
import dev.blast.rules.verdict.Reason;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * What {@code blast check} found about one side of an environment, with all that it was seen by.
 * How it is mended follows from what it is.
 */
public sealed interface Finding {

    /** What is compared with what it should be. */
    enum Side {
        ENVIRONMENT,
        PACKAGES,
        FILES,
        REQUIREMENTS,
        ADVISORIES,
        LOCK,
        DRIFT,
        STORE,
        HISTORY
    }

    /**
     * {@code WARN}: works, and a person should look. {@code FAIL}: does not hold. Both make {@code
     * check} exit with 1.
     */
    enum Level {
        OK,
        WARN,
        FAIL
    }

    /** The side that was looked at. */
    Side side();

    /** How bad it is. */
    Level level();

    /**
     * Nothing that could be looked at further.
     *
     * @param state anything but usable
     */
    record NoEnvironment(Path root, VenvState state) implements Finding {
        public NoEnvironment {
            if (state instanceof VenvState.Usable) {
                throw new IllegalArgumentException("an environment is in " + root);
            }
        }

        @Override
        public Side side() {
            return Side.ENVIRONMENT;
        }

        @Override
        public Level level() {
            return Level.FAIL;
        }
    }

    /**
     * Of what is laid out around the packages, something is gone.
     *
     * @param parts relative to the environment; at least one
     */
    record FrameMissing(List<String> parts) implements Finding {
        public FrameMissing {
            parts = List.copyOf(parts);
        }

        @Override
        public Side side() {
            return Side.ENVIRONMENT;
        }

        @Override
        public Level level() {
            return Level.WARN;
        }
    }

    /**
     * Of what is laid out around the packages, something is not as Blast lays it out.
     *
     * @param parts relative to the environment; at least one
     */
    record FrameChanged(List<String> parts) implements Finding {
        public FrameChanged {
            parts = List.copyOf(parts);
        }

        @Override
        public Side side() {
            return Side.ENVIRONMENT;
        }

        @Override
        public Level level() {
            return Level.WARN;
        }
    }

    /**
     * Its Python is none for the project.
     *
     * @param wanted versions, with the place that says so
     */
    record OtherPython(String version, String wanted) implements Finding {
        @Override
        public Side side() {
            return Side.ENVIRONMENT;
        }

        @Override
        public Level level() {
            return Level.FAIL;
        }
    }

    /** It is not apart from its interpreter's packages, and so holds what nobody chose. */
    record InterpretersPackagesSeen() implements Finding {
        @Override
        public Side side() {
            return Side.ENVIRONMENT;
        }

        @Override
        public Level level() {
            return Level.WARN;
        }
    }

    /**
     * How the files of the packages compare with their RECORDs.
     *
     * @param compared each distribution, the sound ones too
     */
    record Packages(List<RecordFindings> compared) implements Finding {
        public Packages {
            compared = List.copyOf(compared);
        }

        @Override
        public Side side() {
            return Side.PACKAGES;
        }

        @Override
        public Level level() {
            return damaged().isEmpty() ? Level.OK : Level.FAIL;
        }

        /** Those with files that are missing or changed. */
        public List<RecordFindings> damaged() {
            return compared.stream().filter(each -> !each.damage().isEmpty()).toList();
        }
    }

    /**
     * Files that no RECORD lists: somebody put them there. At least one.
     *
     * @param readAtStart those that the interpreter reads whenever it starts, sorted
     * @param others sorted
     */
    record Strangers(List<String> readAtStart, List<String> others) implements Finding {
        public Strangers {
            readAtStart = List.copyOf(readAtStart);
            others = List.copyOf(others);
        }

        @Override
        public Side side() {
            return Side.FILES;
        }

        @Override
        public Level level() {
            return readAtStart.isEmpty() ? Level.WARN : Level.FAIL;
        }
    }

    /**
     * How what is installed fits together and fits the project.
     *
     * @param distributions how many were looked at
     * @param faults empty where all is well
     */
    record Requirements(int distributions, List<RequirementFault> faults) implements Finding {
        public Requirements {
            faults = List.copyOf(faults);
        }

        @Override
        public Side side() {
            return Side.REQUIREMENTS;
        }

        @Override
        public Level level() {
            boolean whole =
                    faults.stream().allMatch(it -> it instanceof RequirementFault.Overridden);
            return whole ? Level.OK : Level.FAIL;
        }
    }

    /**
     * Installed versions that the rules do not let stand together.
     *
     * @param pairs at least one
     */
    record KeptApart(List<Two> pairs) implements Finding {
        public KeptApart {
            pairs = List.copyOf(pairs);
        }

        @Override
        public Side side() {
            return Side.REQUIREMENTS;
        }

        @Override
        public Level level() {
            return Level.FAIL;
        }
    }

    /**
     * Two versions that stand together.
     *
     * @param why the rule that denies it; empty where the evaluation failed
     * @param failure what went wrong in it, where something did
     */
    record Two(
            PackageName one,
            Version version,
            PackageName other,
            Version its,
            Optional<Reason> why,
            Optional<String> failure) {}

    /**
     * Installed versions that a rule does not let be chosen for their license.
     *
     * @param refused at least one
     */
    record Unlicensed(List<RefusedLicense> refused) implements Finding {
        public Unlicensed {
            refused = List.copyOf(refused);
        }

        @Override
        public Side side() {
            return Side.REQUIREMENTS;
        }

        @Override
        public Level level() {
            return Level.FAIL;
        }
    }

    /**
     * What is known of holes in what is installed.
     *
     * @param distributions how many were looked at
     * @param newest when the newest of what is known was written
     * @param oldDays its age, where much may have become known since; else empty
     * @param open those that count, by package
     * @param aside those that a rule sets aside
     */
    record KnownHoles(
            int distributions,
            Instant newest,
            OptionalLong oldDays,
            List<OpenHole> open,
            List<HoleAside> aside)
            implements Finding {
        public KnownHoles {
            open = List.copyOf(open);
            aside = List.copyOf(aside);
        }

        @Override
        public Side side() {
            return Side.ADVISORIES;
        }

        @Override
        public Level level() {
            return open.isEmpty() && oldDays.isEmpty() ? Level.OK : Level.WARN;
        }
    }

    /**
     * A hole of an installed version.
     *
     * @param standing what a sync does with the package
     * @param mended the nearest later version without it; empty where none is named
     * @param barriers what does not let that version in
     */
    record OpenHole(
            Hole hole,
            Version installed,
            Standing standing,
            Optional<Version> mended,
            List<Barrier> barriers) {
        public OpenHole {
            barriers = List.copyOf(barriers);
        }
    }

    /** What a sync does with a package that is installed. */
    enum Standing {
        /** The project asks for it, itself or through what it needs: its version is chosen. */
        ASKED_FOR,
        /** Nothing asks for it, and it stays as it is. */
        KEPT,
        /** Nothing asks for it, and it is taken away. */
        LEFT_OVER
    }

    /** A requirement that excludes a version. */
    record Barrier(RequirementFault.Asker asker, Requirement requirement) {}

    /** A hole of an installed version that a rule sets aside. */
    record HoleAside(Hole hole, Version installed, Reason why) {}

    /** Whether the lock file is current. */
    sealed interface Lock extends Finding {
        @Override
        default Side side() {
            return Side.LOCK;
        }

        /**
         * There is no lock.
         *
         * @param declared whether a file says what it would have to settle
         */
        record Missing(String file, boolean declared) implements Lock {
            @Override
            public Level level() {
                return declared ? Level.WARN : Level.OK;
            }
        }

        /** It is none. */
        record Unreadable(Message why) implements Lock {
            @Override
            public Level level() {
                return Level.FAIL;
            }
        }

        /**
         * It is one for others.
         *
         * @param why with its name
         */
        record Unusable(String why) implements Lock {
            @Override
            public Level level() {
                return Level.WARN;
            }
        }

        /** It settles what is asked for, and what we installed is what it says. */
        record Current(String file) implements Lock {
            @Override
            public Level level() {
                return Level.OK;
            }
        }

        /**
         * One of the two is not so.
         *
         * @param unsettled what is asked for and not settled, a clause each
         * @param others what we installed in another version than it says
         */
        record NotCurrent(String file, List<String> unsettled, List<Other> others) implements Lock {
            public NotCurrent {
                unsettled = List.copyOf(unsettled);
                others = List.copyOf(others);
            }

            @Override
            public Level level() {
                return Level.WARN;
            }
        }

        /** A package that is locked in one version and installed in another. */
        record Other(PackageName name, Version locked, Version installed) {}
    }

    /** What others did to the packages since our last change. */
    sealed interface Drift extends Finding {
        @Override
        default Side side() {
            return Side.DRIFT;
        }

        /** We have not changed anything yet, so that nothing is known to be anybody's. */
        record Unknown() implements Drift {
            @Override
            public Level level() {
                return Level.WARN;
            }
        }

        /**
         * Nothing.
         *
         * @param generation our last change
         */
        record None(int generation) implements Drift {
            @Override
            public Level level() {
                return Level.OK;
            }
        }

        /**
         * Something.
         *
         * @param brought in the order in which they are installed
         * @param removed names of the dist-info folders that we left, sorted
         * @param declared whether a file says what the project needs
         */
        record Some(List<InstalledDistribution> brought, List<String> removed, boolean declared)
                implements Drift {
            public Some {
                brought = List.copyOf(brought);
                removed = List.copyOf(removed);
            }

            @Override
            public Level level() {
                return Level.WARN;
            }
        }
    }

    /**
     * Whether the last generation can be brought back without a network.
     *
     * @param generations how many there are
     * @param missing filenames of its wheels that the store does not hold whole
     */
    record Wheels(int generations, List<String> missing) implements Finding {
        public Wheels {
            missing = List.copyOf(missing);
        }

        @Override
        public Side side() {
            return Side.STORE;
        }

        @Override
        public Level level() {
            return missing.isEmpty() ? Level.OK : Level.WARN;
        }
    }

    /** What was done to the environment cannot be read any more. */
    record HistoryUnreadable(Message why) implements Finding {
        @Override
        public Side side() {
            return Side.HISTORY;
        }

        @Override
        public Level level() {
            return Level.FAIL;
        }
    }
}
