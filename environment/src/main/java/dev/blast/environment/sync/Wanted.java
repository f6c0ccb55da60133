package dev.blast.environment.sync;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import dev.blast.environment.install.InstalledDistribution;
import dev.blast.packaging.PackageName;
import dev.blast.packaging.Version;
import dev.blast.packaging.WheelName;
import dev.blast.solver.Pin;
import dev.blast.solver.Resolution;
import dev.blast.solver.RootRequirement;
import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * One package that an environment is to hold.
 *
 * @param requested asked for by name, not only needed by another package
 * @param reason why it is wanted: {@code pyproject.toml:14}, {@code required by httpx 0.28.1}
 */
public record Wanted(
        PackageName name, Version version, boolean requested, String reason, Source source) {
    /** Where its wheel comes from. */
    public sealed interface Source {
        /**
         * An index, or an address.
         *
         * @param url the address that a requirement names; null where it comes from an index
         */
        record Pinned(Pin pin, @Nullable String url) implements Source {}

        /** A wheel on this machine: what the interpreter brings with it (ensurepip). */
        record Bundled(Path wheel) implements Source {}
    }

    /** The file name of its wheel. */
    String filename() {
        return switch (source) {
            case Source.Pinned(Pin pin, _) -> pin.file().filename();
            case Source.Bundled(Path wheel) -> wheel.getFileName().toString();
        };
    }

    /** Whether its wheel is built from a source. */
    boolean isBuilt() {
        return source instanceof Source.Pinned(Pin pin, _) && pin.file().kind().isSource();
    }

    /** The host that its wheel comes from; null for a file of this machine. */
    @Nullable String indexHost() {
        return source instanceof Source.Pinned(Pin pin, _) ? pin.file().uri().getHost() : null;
    }

    /** The text of {@code direct_url.json} (PEP 610); null where it comes from an index. */
    @Nullable String directUrl() {
        if (!(source instanceof Source.Pinned(Pin pin, String url)) || url == null) {
            return null;
        }
        return json(DirectUrls.of(pin.file(), url).toMap());
    }

    private static String json(Map<String, Object> object) {
        var text = new StringWriter();
        try (JsonGenerator json = new JsonFactory().createGenerator(text)) {
            write(json, object);
        } catch (IOException e) {
            throw new UncheckedIOException(e); // a StringWriter has nothing that could fail
        }
        return text.toString();
    }

    private static void write(JsonGenerator json, Map<?, ?> object) throws IOException {
        json.writeStartObject();
        for (Map.Entry<?, ?> field : object.entrySet()) {
            json.writeFieldName(field.getKey().toString());
            if (field.getValue() instanceof Map<?, ?> inner) {
                write(json, inner);
            } else if (field.getValue() instanceof Boolean is) {
                json.writeBoolean(is);
            } else {
                json.writeString(field.getValue().toString());
            }
        }
        json.writeEndObject();
    }

    /**
     * What a resolution wants, with the reason for each: where it was asked for, else the first
     * package that needs it.
     */
    static List<Wanted> of(Resolution resolution) {
        Map<PackageName, String> reasons = new HashMap<>();
        for (Pin pin : resolution.pins()) {
            pin.dependencies().forEach(d -> reasons.putIfAbsent(d.name(), "required by " + pin));
        }
        Map<PackageName, String> addresses = new HashMap<>();
        for (RootRequirement root : resolution.requirements().reversed()) {
            if (root.requirement().url() != null) {
                addresses.put(root.requirement().name(), root.requirement().url());
            }
            reasons.put(root.requirement().name(), root.origin());
        }
        List<Wanted> wanted = new ArrayList<>();
        for (Pin pin : resolution.pins()) {
            String asked = addresses.get(pin.name());
            wanted.add(
                    new Wanted(
                            pin.name(),
                            pin.version(),
                            pin.direct(),
                            reasons.getOrDefault(pin.name(), "part of the resolution"),
                            new Source.Pinned(
                                    pin, asked == null ? DirectUrls.address(pin.file()) : asked)));
        }
        return wanted;
    }

    /**
     * The same, with the interpreter's own pip where there is no other.
     *
     * @param again what does not count as installed
     */
    static List<Wanted> withPip(
            Resolution resolution, Situation situation, Set<PackageName> again) {
        List<Wanted> wanted = of(resolution);
        boolean hasPip =
                resolution.pin(InstalledDistribution.PIP).isPresent()
                        || (!again.contains(InstalledDistribution.PIP)
                                && situation.installed().stream()
                                        .anyMatch(d -> d.name().equals(InstalledDistribution.PIP)));
        if (!hasPip) {
            pip(situation.interpreter().bundledWheels()).ifPresent(wanted::add);
        }
        return wanted;
    }

    /** The pip that an interpreter brings with it, so that an environment is never without one. */
    private static Optional<Wanted> pip(List<Path> bundledWheels) {
        return bundledWheels.stream()
                .filter(w -> w.getFileName().toString().startsWith("pip-"))
                .findFirst()
                .map(w ->
                        new Wanted(
                                InstalledDistribution.PIP,
                                WheelName.parse(w.getFileName().toString()).version(),
                                false,
                                "comes with the interpreter",
                                new Source.Bundled(w)));
    }
}
