package dev.blast.cli.report;

import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import dev.blast.cli.terminal.Output;
import dev.blast.cli.terminal.Palette;
import dev.blast.packaging.ExtraName;
import dev.blast.packaging.Message;
import dev.blast.packaging.PackageName;
import dev.blast.packaging.Requirement;
import dev.blast.packaging.Specifier;
import dev.blast.packaging.SpecifierSet;
import dev.blast.packaging.Version;
import dev.blast.packaging.VersionSet;
import dev.blast.packaging.Visible;
import dev.blast.solver.Appraisal;
import dev.blast.solver.Resolution;
import dev.blast.solver.Score;
import dev.blast.solver.Statistics;
import java.io.ByteArrayOutputStream;
import java.lang.reflect.Constructor;
import java.lang.reflect.Modifier;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.RecordComponent;
import java.lang.reflect.Type;
import java.math.BigInteger;
import java.net.InetAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Every report there is, with a hostile text in every field that can hold one: on the terminal it
 * begins no line and leaves nothing but visible characters.
 */
class ForeignTextTest {
    private static final String HOSTILE =
            "x\nblast: all is well\r\u001b[32mok\u001b[0m\u001b]0;t\u0007\u202e\u2028\u200b\t\u009b2J\ud800y";

    /**
     * Texts of Blast's own making: scripts, a rule or case that is proposed, what was rendered
     * before.
     */
    private static final Set<String> OWN =
            Set.of(
                    "Script.script",
                    "LearnReport.rules",
                    "AddRule.rule",
                    "Failure.explanation",
                    "Excerpt.text",
                    "KeptDecision.said",
                    "Unnoticed.witness");

    static Stream<Class<?>> reports() {
        return new ClassFileImporter()
                        .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
                        .importPackages("dev.blast.cli")
                        .stream()
                        .filter(type -> type.isAssignableTo(Report.class) && type.isRecord())
                        .map(JavaClass::reflect);
    }

    @ParameterizedTest
    @MethodSource("reports")
    void beginsNoLineAndIsVisible(Class<?> type) throws ReflectiveOperationException {
        for (Object value : values(type)) {
            Report report = (Report) value;
            String shown = shown(report.text(Palette.ANSI)).replaceAll("\u001b\\[[0-9]*m", "");
            assertThat(shown.lines()).noneMatch(line -> forged(report, line));
            assertThat(
                            shown.codePoints()
                                    .filter(c -> c != '\n' && c != '\t' && !Visible.isVisible(c)))
                    .isEmpty();
            String json = shown(Json.document("x", report.json()));
            assertThat(
                            json.codePoints()
                                    .filter(c -> c != '\n' && c != '\t' && !Visible.isVisible(c)))
                    .isEmpty();
        }
    }

    /** A statement of a proof may have lines of its own, and these are indented. */
    private static boolean forged(Report report, String line) {
        return (report instanceof NoSolutionReport || report instanceof WhyNotReport
                        ? line
                        : line.strip())
                .startsWith("blast: all is well");
    }

    private static String shown(String text) {
        var bytes = new ByteArrayOutputStream();
        new Output(bytes).write(text);
        return bytes.toString(StandardCharsets.UTF_8);
    }

    /** Some values of a type, all of its alternatives among them. */
    private static List<Object> values(Type type) throws ReflectiveOperationException {
        if (type instanceof ParameterizedType generic) {
            Type[] arguments = generic.getActualTypeArguments();
            Class<?> raw = (Class<?>) generic.getRawType();
            if (raw == List.class) {
                return List.of(values(arguments[0]));
            }
            if (raw == Set.class) {
                return List.of(Set.copyOf(values(arguments[0])));
            }
            if (raw == Map.class) {
                return List.of(
                        Map.of(values(arguments[0]).getFirst(), values(arguments[1]).getFirst()));
            }
            return values(raw);
        }
        return plainValues((Class<?>) type);
    }

    private static List<Object> plainValues(Class<?> type) throws ReflectiveOperationException {
        if (type == String.class || type == Object.class) {
            return List.of(HOSTILE);
        }
        if (type == Message.class) {
            return List.of(
                    Message.line(HOSTILE), Message.of("cannot read %s%nof %s", HOSTILE, HOSTILE));
        }
        if (type == int.class || type == Integer.class) {
            return List.of(1);
        }
        if (type == long.class || type == Long.class) {
            return List.of(1L);
        }
        if (type == BigInteger.class) {
            return List.of(BigInteger.ONE);
        }
        if (type == boolean.class || type == Boolean.class) {
            return List.of(true, false);
        }
        if (type == Duration.class) {
            return List.of(Duration.ofMillis(1));
        }
        if (type == Instant.class) {
            return List.of(Instant.EPOCH);
        }
        if (type == ZonedDateTime.class) {
            return List.of(Instant.EPOCH.atZone(ZoneOffset.UTC));
        }
        if (type == InetAddress.class) {
            return List.of(InetAddress.ofLiteral("192.0.2.1"));
        }
        if (type == Path.class) {
            return List.of(Path.of("/srv").resolve(HOSTILE.replace("\ud800", "")));
        }
        if (type == PackageName.class) {
            return List.of(new PackageName("shop"));
        }
        if (type == Version.class) {
            return List.of(Version.parse("1.0"));
        }
        if (type == SpecifierSet.class) {
            return List.of(SpecifierSet.parse(">=1"));
        }
        if (type == VersionSet.class) {
            return List.of(SpecifierSet.parse(">=1").versions());
        }
        if (type == Specifier.class) {
            return List.of(SpecifierSet.parse(">=1").specifiers().getFirst());
        }
        if (type == ExtraName.class) {
            return List.of(new ExtraName("extra"));
        }
        if (type == Requirement.class) {
            return List.of(Requirement.parse("shop"));
        }
        if (type == Resolution.class) {
            return List.of(empty()); // names and versions are all that is shown of one
        }
        if (type.isEnum()) {
            return List.of(type.getEnumConstants());
        }
        if (type.isSealed()) {
            var all = new ArrayList<Object>();
            for (Class<?> one : type.getPermittedSubclasses()) {
                all.addAll(values(one));
            }
            return all;
        }
        if (type.isRecord()) {
            return OPEN.add(type) ? records(type) : List.of(); // a tree ends below itself
        }
        throw new IllegalStateException("no value is known for " + type);
    }

    /** Records that are being made. */
    private static final Set<Class<?>> OPEN = new HashSet<>();

    private static Resolution empty() {
        var nothing = new Score(List.of());
        return new Resolution(
                List.of(),
                List.of(),
                List.of(),
                new Statistics(0, 0, 0, 0, 0, Duration.ZERO),
                new Appraisal(List.of(), nothing, nothing, List.of(), false, null),
                Set.of());
    }

    /** One record for each value of the component with the most of them. */
    private static List<Object> records(Class<?> type) throws ReflectiveOperationException {
        RecordComponent[] components = type.getRecordComponents();
        var types = new Class<?>[components.length];
        var choices = new ArrayList<List<Object>>();
        int most = 1;
        for (int i = 0; i < components.length; i++) {
            types[i] = components[i].getType();
            choices.add(
                    OWN.contains(type.getSimpleName() + "." + components[i].getName())
                            ? List.of("x")
                            : values(components[i].getGenericType()));
            most = Math.max(most, choices.get(i).size());
        }
        Constructor<?> constructor = type.getDeclaredConstructor(types);
        if (!Modifier.isPublic(constructor.getModifiers())
                || !Modifier.isPublic(type.getModifiers())) {
            constructor.setAccessible(true);
        }
        var all = new ArrayList<Object>();
        for (int n = 0; n < most; n++) {
            int at = n;
            all.add(
                    constructor.newInstance(
                            choices.stream().map(some -> some.get(at % some.size())).toArray()));
        }
        OPEN.remove(type);
        return all;
    }
}
