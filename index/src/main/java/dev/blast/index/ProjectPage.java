package dev.blast.index;

import dev.blast.packaging.PackageName;
import dev.blast.packaging.Version;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.NavigableMap;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * What an index lists for one project, by version. Immutable, for any thread. Files whose names are
 * not those of a wheel or sdist of this project are not in it. A page may hold thousands of files,
 * so those of a version are made when they are asked for.
 */
public final class ProjectPage {
    private final PackageName name;
    private final @Nullable IndexLocation from;
    private final ProjectStatus status;
    private final Releases releases;
    private final @Nullable Merged merged;

    /** The versions of a page in ascending order, and the files of each. */
    public interface Releases {
        List<Version> versions();

        /** Empty for a version that is not there. */
        List<DistributionFile> files(Version version);

        /** See {@link ProjectPage#released}. */
        default @Nullable Instant released(Version version) {
            return DistributionFile.firstUpload(files(version));
        }

        /** See {@link ProjectPage#uses}. */
        default @Nullable List<WheelUse> uses(Version version) {
            return null;
        }

        /** See {@link ProjectPage#passedOver}. */
        default String passedOver() {
            return "";
        }

        /** See {@link ProjectPage#remarks}. */
        default List<String> remarks() {
            return List.of();
        }
    }

    public ProjectPage(
            PackageName name,
            @Nullable IndexLocation from,
            ProjectStatus status,
            Releases releases) {
        this(name, from, status, releases, null);
    }

    private ProjectPage(
            PackageName name,
            @Nullable IndexLocation from,
            ProjectStatus status,
            Releases releases,
            @Nullable Merged merged) {
        this.name = name;
        this.from = from;
        this.status = status;
        this.releases = releases;
        this.merged = merged;
    }

    /**
     * The pages of several indexes as one: of each version the files of the first that has it. The
     * first page gives the status.
     *
     * @param pages at least one, none of them missing
     * @param inOrder whether all versions of one come before those of the next
     */
    public static ProjectPage merged(List<ProjectPage> pages, boolean inOrder) {
        ProjectPage first = pages.getFirst();
        var merged = new Merged(pages, inOrder);
        return new ProjectPage(first.name, first.from, first.status, merged, merged);
    }

    /** A page with these files, in whatever order. */
    public static ProjectPage of(
            PackageName name,
            IndexLocation from,
            ProjectStatus status,
            List<DistributionFile> files) {
        return new ProjectPage(name, from, status, Listed.of(files));
    }

    /** The answer that no index has the name. */
    public static ProjectPage missing(PackageName name) {
        return missing(name, "");
    }

    /**
     * The same.
     *
     * @param passedOver what {@code --find-links} has of it and cannot be used, in words
     */
    public static ProjectPage missing(PackageName name, String passedOver) {
        String why = passedOver.isEmpty() ? "" : "no index has; " + passedOver;
        return new ProjectPage(name, null, ProjectStatus.ACTIVE, new Nothing(why));
    }

    /** The answer that the one index which is asked for the name does not have it. */
    public static ProjectPage missing(PackageName name, IndexLocation asked) {
        String why = asked + " does not have, and the name is bound to it";
        return new ProjectPage(name, null, ProjectStatus.ACTIVE, new Nothing(why));
    }

    public PackageName name() {
        return name;
    }

    /** The index that answered; null when the page is missing. */
    public @Nullable IndexLocation from() {
        return from;
    }

    /** The index whose files of a version these are; null when the page is missing. */
    public @Nullable IndexLocation from(Version version) {
        return merged == null ? from : merged.of(version).from();
    }

    /**
     * How many indexes are to be exhausted before this version is tried. All pages but one of
     * several indexes in their order have 0 for each.
     */
    public int rank(Version version) {
        return merged == null || !merged.inOrder() ? 0 : merged.rank(version);
    }

    /** Archived, quarantined and the like. */
    public ProjectStatus status() {
        return status;
    }

    /** Whether no index has the name. */
    public boolean isMissing() {
        return from == null;
    }

    /**
     * Files that the index lists and that cannot be used, as a sentence without its end: how many,
     * some by name, and why. Empty where there are none.
     */
    public String passedOver() {
        return releases.passedOver();
    }

    /** What people should hear of the page, whatever is chosen from it. */
    public List<String> remarks() {
        return releases.remarks();
    }

    /** Why there is no version: continues "which". */
    public String emptiness() {
        if (from == null) {
            return passedOver().isEmpty() ? "no index has" : passedOver();
        }
        if (status.isQuarantined()) {
            return "%s has put in quarantine%s"
                    .formatted(from, status.reason().isEmpty() ? "" : ": " + status.reason());
        }
        return "%s has, without a file that can be used%s"
                .formatted(from, passedOver().isEmpty() ? "" : "; " + passedOver());
    }

    /** All versions that have a file, ascending, each once. */
    public List<Version> versions() {
        return releases.versions();
    }

    /** The files of a version in the order of the index; empty for a version that is not there. */
    public List<DistributionFile> files(Version version) {
        return releases.files(version);
    }

    /**
     * When the first file of a version was uploaded; null where the index says it of none. Where
     * pages are packed, no file is made for this.
     */
    public @Nullable Instant released(Version version) {
        return releases.released(version);
    }

    /**
     * What each wheel of a version is for, and so all that decides whether one suits; empty where
     * there are sdists alone, null where the files themselves have to be asked: one of them is
     * yanked, or the page is not packed. Versions that are alike have one and the same list.
     */
    public @Nullable List<WheelUse> uses(Version version) {
        return releases.uses(version);
    }

    /** All files by ascending version. Makes every one of them: prefer {@link #files(Version)}. */
    public List<DistributionFile> files() {
        return filesOf(releases);
    }

    public static List<DistributionFile> filesOf(Releases releases) {
        return releases.versions().stream()
                .flatMap(version -> releases.files(version).stream())
                .toList();
    }

    /** The same with more files, which go before those of the page that have the same name. */
    public ProjectPage with(List<DistributionFile> more) {
        return new ProjectPage(name, from, status, new Joined(Listed.of(more), releases), merged);
    }

    @Override
    public String toString() {
        return "%s: %d versions from %s".formatted(name, versions().size(), from);
    }

    private record Nothing(String passedOver) implements Releases {
        @Override
        public List<Version> versions() {
            return List.of();
        }

        @Override
        public List<DistributionFile> files(Version version) {
            return List.of();
        }
    }

    private record Merged(List<ProjectPage> pages, boolean inOrder, List<Version> versions)
            implements Releases {
        Merged(List<ProjectPage> pages, boolean inOrder) {
            this(
                    List.copyOf(pages),
                    inOrder,
                    pages.stream()
                            .flatMap(page -> page.versions().stream())
                            .sorted()
                            .distinct()
                            .toList());
        }

        int rank(Version version) {
            for (int i = 0; i < pages.size(); i++) {
                if (!pages.get(i).files(version).isEmpty()) {
                    return i;
                }
            }
            return 0;
        }

        ProjectPage of(Version version) {
            return pages.get(rank(version));
        }

        @Override
        public List<DistributionFile> files(Version version) {
            return of(version).files(version);
        }

        @Override
        public String passedOver() {
            return pages.stream()
                    .map(ProjectPage::passedOver)
                    .filter(text -> !text.isEmpty())
                    .collect(Collectors.joining("; "));
        }

        @Override
        public List<String> remarks() {
            return pages.stream().flatMap(page -> page.remarks().stream()).distinct().toList();
        }
    }

    private record Listed(
            List<Version> versions, NavigableMap<Version, List<DistributionFile>> byVersion)
            implements Releases {

        static Listed of(List<DistributionFile> files) {
            var byVersion = new TreeMap<Version, List<DistributionFile>>();
            files.forEach(file ->
                    byVersion.computeIfAbsent(file.version(), _ -> new ArrayList<>()).add(file));
            byVersion.replaceAll((_, list) -> List.copyOf(list));
            return new Listed(List.copyOf(byVersion.keySet()), byVersion);
        }

        @Override
        public List<DistributionFile> files(Version version) {
            return byVersion.getOrDefault(version, List.of());
        }
    }

    private record Joined(List<Version> versions, Releases first, Releases second)
            implements Releases {

        Joined(Releases first, Releases second) {
            this(
                    Stream.concat(first.versions().stream(), second.versions().stream())
                            .sorted()
                            .distinct()
                            .toList(),
                    first,
                    second);
        }

        @Override
        public String passedOver() {
            return second.passedOver();
        }

        @Override
        public List<String> remarks() {
            return second.remarks();
        }

        @Override
        public List<DistributionFile> files(Version version) {
            List<DistributionFile> before = first.files(version);
            Set<String> names =
                    before.stream().map(DistributionFile::filename).collect(Collectors.toSet());
            return Stream.concat(
                            before.stream(),
                            second.files(version).stream()
                                    .filter(file -> !names.contains(file.filename())))
                    .toList();
        }
    }
}
